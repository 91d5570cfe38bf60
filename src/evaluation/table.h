// Columns of whole numbers by name: the only shape in which facts enter and results leave.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evaluation/numbers.h"

namespace gw::evaluation {

struct Column {
    std::string name;
    Numbers values;
    // 1 where the value is known. Empty means that every value is known.
    // The value beside a 0 is never read.
    std::vector<std::uint8_t> given;
    bool operator==(const Column&) const = default;
};

// Columns of one length. `ids` says who each row is; it breaks the last tie in a cap.
struct Table {
    Numbers ids;
    std::vector<Column> columns;

    std::size_t rows() const { return ids.size(); }
    bool operator==(const Table&) const = default;

    // The column of that name, or nullptr. Good until a column is added.
    const Column* find(std::string_view name) const {
        for (const Column& column : columns)
            if (column.name == name) return &column;
        return nullptr;
    }

    // Adds a column with `rows()` zeros, all known, and returns its values for filling. The
    // returned reference is good until the next column is added.
    Numbers& add(std::string name) {
        columns.push_back({std::move(name), Numbers(rows()), {}});
        return columns.back().values;
    }
};

}  // namespace gw::evaluation
