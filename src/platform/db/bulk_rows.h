// Described structs into a table by the fastest way the database has.
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "platform/db/db.h"

namespace gw {

// Adds rows to `table`; the fields of the struct are the columns.
template <Record R>
void add_rows(Db& db, std::string_view table, std::span<const R> records) {
    if (records.empty()) return;
    std::vector<std::string_view> columns;
    each_field(records.front(), [&](const char* name, const auto&) { columns.emplace_back(name); });
    db.bulk(table, columns, records.size(), [&](std::size_t i, std::vector<Value>& row) {
        std::size_t column = 0;
        each_field(records[i], [&](const char*, const auto& field) { row[column++] = to_value(field); });
    });
}

}  // namespace gw
