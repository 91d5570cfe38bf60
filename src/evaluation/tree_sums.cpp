#include "evaluation/tree_sums.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <limits>

namespace gw::evaluation {
namespace {

constexpr Range any_number{std::numeric_limits<std::int64_t>::min(),
                           std::numeric_limits<std::int64_t>::max()};

// Members of one unit within a chunk.
struct Stretch {
    std::size_t unit;
    std::size_t from;
    std::size_t to;
};

template <class Cell>
std::int64_t sum(std::span<const Cell> cells) {
    std::int64_t total = 0;
    for (const Cell cell : cells) total += cell;
    return total;
}

}  // namespace

SumBench::SumBench(const Program& program, std::span<const Source> columns) : runner_(program, columns) {
    for (std::size_t k = 0; k < program.outputs.size(); ++k)
        values_.push_back(Numbers::unwritten(most_rows, program.output_range(k)));
    for (Numbers& values : values_) sinks_.push_back({values.view(), false});
}

TreeSums::TreeSums(const Plan& plan, const Tree& tree) : plan_(plan), tree_(tree) {
    // Columns are not added later, so pointers to their values stay good.
    aggregates_.ids = Numbers(tree.size());
    rollup_.ids = Numbers(tree.size());
    for (const Aggregate& aggregate : plan.rulebook.aggregates)
        aggregates_.columns.push_back({aggregate.key, Numbers::unwritten(tree.size(), any_number), {}});
    for (const Counter& counter : plan.rulebook.counters)
        rollup_.columns.push_back({counter.key, Numbers::unwritten(tree.size(), any_number), {}});
    // For a nation this is memory that takes longer to be had than to be filled, so the threads share it.
    const std::size_t aggregates = aggregates_.columns.size();
    tbb::parallel_for(std::size_t{0}, aggregates + rollup_.columns.size(), [&](std::size_t k) {
        const Sums sums = k < aggregates ? aggregate(k) : counter(k - aggregates);
        std::fill(sums.begin(), sums.end(), 0);
    });
}

TreeSums::Sums TreeSums::of_members(std::size_t output) {
    const std::size_t aggregates = plan_.aggregates_over_members.size();
    return output < aggregates ? aggregate(plan_.aggregates_over_members[output])
                               : counter(plan_.counters_of_members[output - aggregates]);
}

bool TreeSums::is_subtree_of_members(std::size_t output) const {
    return output >= plan_.aggregates_over_members.size() ||
           plan_.rulebook.aggregates[plan_.aggregates_over_members[output]].over == Over::subtree_members;
}

void TreeSums::sum_upwards(Sums values) const {
    for (std::size_t at = tree_.size(); at-- > 0;)
        if (tree_.parent[at] >= 0) values[static_cast<std::size_t>(tree_.parent[at])] += values[at];
}

void TreeSums::add_upwards(Sums values, std::int32_t from, std::int64_t amount) const {
    for (std::int32_t at = from; at >= 0; at = tree_.parent[static_cast<std::size_t>(at)])
        values[static_cast<std::size_t>(at)] += amount;
}

void TreeSums::add_members(SumBench& bench, const MemberOrder& order, std::size_t from, std::size_t to) {
    const Rows rows = order.rows(from, to);
    const std::size_t before = order.count_before(from);
    std::vector<Stretch> stretches;
    std::size_t unit = from;
    for (std::size_t start = 0; start < rows.count; start += SumBench::most_rows) {
        const std::size_t end = std::min(rows.count, start + SumBench::most_rows);
        bench.run(rows.part(start, end - start));
        stretches.clear();
        for (std::size_t at = start; at < end;) {
            while (order.count_before(unit + 1) - before <= at) ++unit;
            const std::size_t stop = std::min(end, order.count_before(unit + 1) - before);
            stretches.push_back({unit, at - start, stop - start});
            at = stop;
        }
        for (std::size_t k = 0; k < bench.outputs(); ++k) {
            const Sums sums = of_members(k);
            bench.values(k).visit([&](auto cells) {
                for (const Stretch& s : stretches) sums[s.unit] += sum(cells.subspan(s.from, s.to - s.from));
            });
        }
    }
}

void TreeSums::sum_members_upwards() {
    tbb::parallel_for(std::size_t{0}, plan_.aggregates_over_members.size(), [&](std::size_t k) {
        if (is_subtree_of_members(k)) sum_upwards(of_members(k));
    });
}

void TreeSums::add_units(SumBench& bench, const Rows& rows) {
    for (std::size_t start = 0; start < rows.count; start += SumBench::most_rows) {
        const Rows part = rows.part(start, std::min(rows.count - start, SumBench::most_rows));
        bench.run(part);
        for (std::size_t k = 0; k < bench.outputs(); ++k) {
            const std::size_t place = plan_.aggregates_over_units[k];
            const bool is_subtree = plan_.rulebook.aggregates[place].over == Over::subtree;
            const Sums sums = aggregate(place);
            bench.values(k).visit([&](auto cells) {
                for (std::size_t i = 0; i < part.count; ++i) {
                    const auto at = static_cast<std::size_t>(part[i]);
                    if (tree_.parent[at] < 0) continue;
                    sums[static_cast<std::size_t>(tree_.parent[at])] +=
                        cells[i] + (is_subtree ? sums[at] : 0);
                }
            });
        }
    }
}

void TreeSums::count_units(SumBench& bench, const Rows& rows) {
    for (std::size_t start = 0; start < rows.count; start += SumBench::most_rows) {
        const Rows part = rows.part(start, std::min(rows.count - start, SumBench::most_rows));
        bench.run(part);
        for (std::size_t k = 0; k < bench.outputs(); ++k) {
            const Sums sums = counter(plan_.counters_of_units[k]);
            bench.values(k).visit([&](auto cells) {
                for (std::size_t i = 0; i < part.count; ++i)
                    sums[static_cast<std::size_t>(part[i])] += cells[i];
            });
        }
    }
}

void TreeSums::sum_counters_upwards() {
    tbb::parallel_for(std::size_t{0}, rollup_.columns.size(),
                      [&](std::size_t k) { sum_upwards(counter(k)); });
}

void TreeSums::move_member(SumBench& bench, std::int32_t row, std::int32_t unit, std::int64_t sign) {
    bench.run({nullptr, row, 1});
    for (std::size_t k = 0; k < bench.outputs(); ++k) {
        const std::int64_t amount = sign * bench.values(k)[0];
        if (amount == 0) continue;
        if (is_subtree_of_members(k)) add_upwards(of_members(k), unit, amount);
        else of_members(k)[static_cast<std::size_t>(unit)] += amount;
    }
}

void TreeSums::move_unit(SumBench& sums, SumBench& counts, std::int32_t position, std::int64_t sign) {
    const std::int32_t parent = tree_.parent[static_cast<std::size_t>(position)];
    sums.run({nullptr, position, 1});
    for (std::size_t k = 0; k < sums.outputs() && parent >= 0; ++k) {
        const std::size_t place = plan_.aggregates_over_units[k];
        const std::int64_t amount = sign * sums.values(k)[0];
        if (amount == 0) continue;
        if (plan_.rulebook.aggregates[place].over == Over::subtree)
            add_upwards(aggregate(place), parent, amount);
        else aggregate(place)[static_cast<std::size_t>(parent)] += amount;
    }
    counts.run({nullptr, position, 1});
    for (std::size_t k = 0; k < counts.outputs(); ++k)
        if (const std::int64_t amount = sign * counts.values(k)[0]; amount != 0)
            add_upwards(counter(plan_.counters_of_units[k]), position, amount);
}

}  // namespace gw::evaluation
