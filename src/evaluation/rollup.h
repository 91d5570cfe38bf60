// Sums along the tree: aggregates that a unit is judged by, and counters for every unit's subtree.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "evaluation/binding.h"
#include "evaluation/plan.h"

namespace gw::evaluation {

class TreeSums {
public:
    TreeSums(const Plan& plan, const Tree& tree);

    // Aggregates as columns of units; complete for a unit once everything below it was added.
    const Table& aggregates() const { return aggregates_; }
    Table take_aggregates() { return std::move(aggregates_); }
    Table take_rollup() { return std::move(rollup_); }

    // All members at once, when their classes are final.
    void add_members(const Binding& members, std::span<const std::int32_t> member_units);
    // Units whose classes are final; everything below them was added before.
    void add_units(const Binding& units, std::span<const std::int32_t> rows);
    // When everything is final: counters of units, and all counters summed over subtrees.
    void count_units(const Binding& units);

private:
    void sum_upwards(std::vector<std::int64_t>& values) const;

    const Plan& plan_;
    const Tree& tree_;
    Table aggregates_;  // by place in Rulebook::aggregates
    Table rollup_;      // by place in Rulebook::counters
};

}  // namespace gw::evaluation
