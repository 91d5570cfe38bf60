// The few places where SQLite and PostgreSQL want other words for the same thing.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "platform/db/db.h"

namespace gw {

// A list of ids as one parameter: "... WHERE id IN " + id_list(db.dialect(), "ids") with {"ids",
// id_list_text(ids)}.
std::string id_list(Dialect dialect, std::string_view parameter_name);
std::string id_list_text(std::span<const std::int64_t> ids);
template <class Thing>
std::string id_list_text(std::span<const Id<Thing>> ids) {
    std::vector<std::int64_t> numbers;
    numbers.reserve(ids.size());
    for (const auto& id : ids) numbers.push_back(id.number);
    return id_list_text(std::span<const std::int64_t>(numbers));
}
template <class Thing>
std::string id_list_text(const std::vector<Id<Thing>>& ids) {
    return id_list_text(std::span<const Id<Thing>>(ids));
}

// A condition "AND column IN :ids" when there are ids, and nothing when all are wanted.
template <class Thing>
std::string and_within(Dialect dialect, std::string_view column, std::string_view parameter_name,
                       std::span<const Id<Thing>> ids) {
    if (ids.empty()) return "";
    return "AND " + std::string(column) + " IN " + id_list(dialect, parameter_name) + " ";
}

// The texts of a group joined by a separator, in no promised order.
std::string joined_texts(Dialect dialect, std::string_view expression, std::string_view separator);
// The larger and the smaller of two expressions that are not NULL.
std::string larger_of(Dialect dialect, std::string_view left, std::string_view right);
std::string smaller_of(Dialect dialect, std::string_view left, std::string_view right);

// A migration as the database wants it. On SQLite a table whose key is one number is kept in the order of
// that number instead of beside an index of it, when the number is called INTEGER.
std::string script_for(Dialect dialect, std::string_view sql);

bool has_table(Db& db, std::string_view table);
bool has_any_table(Db& db);

// "sqlite" or "postgres": the word in the name of a migration that only one of them runs.
std::string_view name_of(Dialect dialect);

}  // namespace gw
