#include "evaluation/rollup.h"

namespace gw::evaluation {
namespace {

std::vector<std::vector<std::int64_t>> run_all(const Program& program, const Binding& binding,
                                               std::span<const std::int32_t> rows, std::size_t count) {
    std::vector<std::vector<std::int64_t>> values(program.outputs.size(), std::vector<std::int64_t>(count));
    std::vector<std::int64_t*> outputs;
    for (auto& column : values) outputs.push_back(column.data());
    run(program, binding.columns(), rows, count, outputs);
    return values;
}

}  // namespace

TreeSums::TreeSums(const Plan& plan, const Tree& tree) : plan_(plan), tree_(tree) {
    // Columns are not added later, so pointers to their values stay good.
    aggregates_.ids.resize(tree.size());
    rollup_.ids.resize(tree.size());
    for (const Aggregate& aggregate : plan.rulebook.aggregates) aggregates_.add(aggregate.key);
    for (const Counter& counter : plan.rulebook.counters) rollup_.add(counter.key);
}

void TreeSums::sum_upwards(std::vector<std::int64_t>& values) const {
    for (std::size_t at = tree_.size(); at-- > 0;)
        if (tree_.parent[at] >= 0) values[static_cast<std::size_t>(tree_.parent[at])] += values[at];
}

void TreeSums::add_members(const Binding& members, std::span<const std::int32_t> member_units) {
    const auto values = run_all(plan_.member_sums, members, {}, member_units.size());
    const std::size_t aggregate_count = plan_.aggregates_over_members.size();
    for (std::size_t k = 0; k < values.size(); ++k) {
        std::vector<std::int64_t>& sums =
            k < aggregate_count ? aggregates_.columns[plan_.aggregates_over_members[k]].values
                                : rollup_.columns[plan_.counters_of_members[k - aggregate_count]].values;
        for (std::size_t row = 0; row < member_units.size(); ++row)
            sums[static_cast<std::size_t>(member_units[row])] += values[k][row];
        if (k < aggregate_count &&
            plan_.rulebook.aggregates[plan_.aggregates_over_members[k]].over == Over::subtree_members)
            sum_upwards(sums);
    }
}

void TreeSums::add_units(const Binding& units, std::span<const std::int32_t> rows) {
    const auto values = run_all(plan_.unit_sums, units, rows, rows.size());
    for (std::size_t k = 0; k < values.size(); ++k) {
        const std::size_t place = plan_.aggregates_over_units[k];
        const bool is_subtree = plan_.rulebook.aggregates[place].over == Over::subtree;
        std::vector<std::int64_t>& sums = aggregates_.columns[place].values;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto at = static_cast<std::size_t>(rows[i]);
            if (tree_.parent[at] < 0) continue;
            sums[static_cast<std::size_t>(tree_.parent[at])] += values[k][i] + (is_subtree ? sums[at] : 0);
        }
    }
}

void TreeSums::count_units(const Binding& units) {
    const auto values = run_all(plan_.unit_counts, units, {}, tree_.size());
    for (std::size_t k = 0; k < values.size(); ++k)
        rollup_.columns[plan_.counters_of_units[k]].values = values[k];
    for (Column& column : rollup_.columns) sum_upwards(column.values);
}

}  // namespace gw::evaluation
