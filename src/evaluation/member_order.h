// Members in the order of their units' positions, so that the members of a unit, and of a whole subtree, are
// one range.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "evaluation/numbers.h"
#include "evaluation/program.h"

namespace gw::evaluation {

class MemberOrder {
public:
    // `member_units` holds the position of each member's unit, all within `units`. Nothing is copied when the
    // members stand in that order already; otherwise members of one unit keep their order.
    MemberOrder(std::span<const std::int32_t> member_units, std::size_t units);

    // The members of the units from position `from` up to, not including, `to`.
    Rows rows(std::size_t from, std::size_t to) const;
    Rows all() const { return rows(0, first_.size() - 1); }
    // The first unit none of whose members comes before that place; shares members out by whole units.
    std::size_t first_unit_at(std::size_t place) const;
    std::size_t count_before(std::size_t unit) const { return static_cast<std::size_t>(first_[unit]); }

private:
    std::vector<std::int32_t> first_;  // by position, and one more
    Cells<std::int32_t> list_;         // empty when the members stand in order
};

}  // namespace gw::evaluation
