// The months of every cell as they are kept in memory. Private to month_board.
#pragma once
#include "month_board/month_board_rules.h"
#include "organisation/organisation.h"

namespace gw::month_board {

// Cells are counted in the order of the tree, so that those of a subtree are a range. Immutable once handed
// out; the months that a change does not touch are shared with the state before it.
struct Months::Kept {
    using Month = std::vector<MonthRecord>;  // by cell

    Date today{};
    std::shared_ptr<const organisation::Tree> tree;
    std::int64_t position = 0;  // of the last entry of the trail seen
    std::vector<int> cells;     // positions in the tree, in order
    std::vector<CellCircumstances> circumstances;
    std::vector<std::int64_t> members;  // full and probationary, today
    int first_month = 0;
    std::vector<std::shared_ptr<const Month>> months;
    std::vector<std::string> classes;  // keys; a record names them from 1

    int end_month() const { return first_month + static_cast<int>(months.size()); }
    const MonthRecord& record(std::size_t cell, int month) const {
        return (*months[static_cast<std::size_t>(month - first_month)])[cell];
    }
    // The cells below a unit or the unit itself: [first, end).
    std::pair<std::size_t, std::size_t> cells_within(Reach reach) const;
    std::optional<std::size_t> find_cell(int position) const;
};

}  // namespace gw::month_board
