// Sums along the tree: aggregates that a unit is judged by, and counters for every unit's subtree. In
// pre-order the members of a unit are one range and everything below it is one range.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "evaluation/binding.h"
#include "evaluation/member_order.h"
#include "evaluation/plan.h"

namespace gw::evaluation {

// Runs a program whose outputs are to be added up, a chunk of rows at a time. One per thread.
class SumBench {
public:
    SumBench(const Program& program, std::span<const Source> columns);
    static constexpr std::size_t most_rows = 1024;
    // Computes the values of at most `most_rows` rows.
    void run(const Rows& rows) { runner_.run(rows, sinks_); }
    std::size_t outputs() const { return values_.size(); }
    // Output k of the rows of the last run; only as many are set as rows were run.
    const Numbers& values(std::size_t k) const { return values_[k]; }

private:
    Runner runner_;
    std::vector<Numbers> values_;
    std::vector<Sink> sinks_;
};

class TreeSums {
public:
    TreeSums(const Plan& plan, const Tree& tree);

    // Aggregates as columns of units; complete for a unit once everything below it was added.
    const Table& aggregates() const { return aggregates_; }
    const Table& rollup() const { return rollup_; }
    Table take_aggregates() { return std::move(aggregates_); }
    Table take_rollup() { return std::move(rollup_); }

    // Members, with final classes, of the units from position `from` up to `to`. Different units may be added
    // by different threads at the same time.
    void add_members(SumBench& bench, const MemberOrder& order, std::size_t from, std::size_t to);
    // Once all members were added.
    void sum_members_upwards();
    // Units whose classes are final; everything below them was added before. Units of different parents may
    // be added by different threads at the same time.
    void add_units(SumBench& bench, const Rows& rows);
    // What single units count, when their classes are final.
    void count_units(SumBench& bench, const Rows& rows);
    // Once everything was counted.
    void sum_counters_upwards();

    // Adds what a member or unit counts for (`sign` 1) or takes it away (-1), everywhere above it at once.
    void move_member(SumBench& bench, std::int32_t row, std::int32_t unit, std::int64_t sign);
    void move_unit(SumBench& sums, SumBench& counts, std::int32_t position, std::int64_t sign);

private:
    using Sums = std::span<std::int64_t>;
    Sums aggregate(std::size_t place) { return aggregates_.columns[place].values.cells<std::int64_t>(); }
    Sums counter(std::size_t place) { return rollup_.columns[place].values.cells<std::int64_t>(); }
    Sums of_members(std::size_t output);
    bool is_subtree_of_members(std::size_t output) const;
    void sum_upwards(Sums values) const;
    void add_upwards(Sums values, std::int32_t from, std::int64_t amount) const;

    const Plan& plan_;
    const Tree& tree_;
    Table aggregates_;  // by place in Rulebook::aggregates
    Table rollup_;      // by place in Rulebook::counters
};

}  // namespace gw::evaluation
