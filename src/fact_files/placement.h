// Rows in another order: the members of a unit side by side, units as they stand in the tree.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "evaluation/table.h"

namespace gw::fact_files {

// From an id to the row that has it. Ids that lie close together are found by a table, others by search.
class IdIndex {
public:
    explicit IdIndex(const evaluation::Numbers& ids);
    // The row, or -1. Of rows with the same id any one.
    std::int32_t find(std::int64_t id) const {
        if (row_of_id_.empty()) return search(id);
        const std::int64_t place = id - lowest_;
        return place < 0 || place >= static_cast<std::int64_t>(row_of_id_.size())
                   ? -1
                   : row_of_id_[static_cast<std::size_t>(place)];
    }

private:
    std::int32_t search(std::int64_t id) const;

    std::int64_t lowest_ = 0;
    std::vector<std::int32_t> row_of_id_;
    std::vector<std::pair<std::int64_t, std::int32_t>> sorted_;
};

// Rows whose id an earlier row has, in order. Fast when there are none.
std::vector<std::size_t> repeated_rows(const evaluation::Numbers& ids, const evaluation::Range& range);

// Sorts rows by key (0 to `keys` - 1), rows of one key in their order: which row comes to each place.
std::vector<std::int32_t> rows_by_key(std::span<const std::int32_t> key_of_row, std::size_t keys);

// The values of a column in the order of `rows`, with room for `range`; gives the memory of `column` back.
evaluation::Column placed(evaluation::Column&& column, std::span<const std::int32_t> rows,
                          const evaluation::Range& range);

}  // namespace gw::fact_files
