#include "evaluation/cap.h"

#include <algorithm>

namespace gw::evaluation {

Ranking::Ranking(const SubjectPlan& plan, const Subject& subject, const Binding& binding, const Table& table)
    : ids_(table.ids.data()) {
    for (std::size_t i = 0; i < plan.tie_columns.size(); ++i)
        columns_.emplace_back(binding.column(plan.tie_columns[i]), subject.cap->tie_breaks[i].is_descending);
    if (subject.cap && plan.tie_columns.size() < subject.cap->tie_breaks.size())
        is_id_descending_ = subject.cap->tie_breaks[plan.tie_columns.size()].is_descending;
}

bool Ranking::operator()(std::int32_t a, std::int32_t b) const {
    for (const auto& [values, is_descending] : columns_)
        if (values[a] != values[b]) return is_descending ? values[a] > values[b] : values[a] < values[b];
    return is_id_descending_ ? ids_[a] > ids_[b] : ids_[a] < ids_[b];
}

std::vector<std::int64_t> Ranking::key_of(std::int32_t row) const {
    std::vector<std::int64_t> values;
    for (const auto& column : columns_) values.push_back(column.first[row]);
    return key_of(row, values);
}

std::vector<std::int64_t> Ranking::key_of(std::int32_t row, std::span<const std::int64_t> tie_values) const {
    // Complement instead of minus: it reverses the order and cannot leave 64 bits.
    std::vector<std::int64_t> key;
    for (std::size_t i = 0; i < columns_.size(); ++i)
        key.push_back(columns_[i].second ? ~tie_values[i] : tie_values[i]);
    key.push_back(is_id_descending_ ? ~ids_[row] : ids_[row]);
    return key;
}

std::int64_t class_below(const Rulebook& rulebook, std::int64_t number) {
    std::int64_t below = 0;
    for (const Named& one : rulebook.classes)
        if (one.number < number) below = std::max(below, one.number);
    return below;
}

bool is_in_base(const Cap& cap, std::int64_t below, std::int64_t pre_class) {
    switch (cap.base) {
        case CapBase::good_exclusive: return pre_class == below;
        case CapBase::good_or_better: return pre_class >= below;
        case CapBase::evaluated: return pre_class > 0;
    }
    return false;
}

std::int64_t allowed_of(const Cap& cap, std::int64_t base_count) {
    const std::int64_t hundredths = base_count * cap.percent;
    switch (cap.rounding) {
        case Rounding::floor: return hundredths / 100;
        case Rounding::half_up: return (hundredths + 50) / 100;
        case Rounding::ceil: return (hundredths + 99) / 100;
    }
    return 0;
}

CapOutcome apply_cap(const Cap& cap, std::int64_t below, std::span<const std::int32_t> rows,
                     const Ranking& ranking, Scores& scores) {
    CapOutcome outcome;
    std::vector<std::int32_t> candidates;
    for (const std::int32_t row : rows) {
        const std::int64_t pre = scores.pre_class[static_cast<std::size_t>(row)];
        scores.final_class[static_cast<std::size_t>(row)] = pre;
        outcome.base_count += is_in_base(cap, below, pre);
        if (pre == cap.class_number) candidates.push_back(row);
    }
    outcome.candidates = static_cast<std::int64_t>(candidates.size());
    outcome.allowed = allowed_of(cap, outcome.base_count);
    if (outcome.candidates <= outcome.allowed) return outcome;
    // Selection, not sorting: who is inside matters, not in which order.
    const auto line = candidates.begin() + outcome.allowed;
    std::nth_element(candidates.begin(), line, candidates.end(), ranking);
    for (auto at = line; at != candidates.end(); ++at)
        scores.final_class[static_cast<std::size_t>(*at)] = below;
    return outcome;
}

std::vector<std::int32_t> nearest_of_kind(const Tree& tree, std::int64_t kind) {
    std::vector<std::int32_t> nearest(tree.size(), -1);
    for (std::size_t at = 0; at < tree.size(); ++at) {
        if (tree.kind[at] == kind) nearest[at] = static_cast<std::int32_t>(at);
        else if (tree.parent[at] >= 0) nearest[at] = nearest[static_cast<std::size_t>(tree.parent[at])];
    }
    return nearest;
}

Groups group_rows(std::span<const std::int32_t> rows, std::span<const std::int32_t> keys,
                  std::size_t highest_key) {
    Groups groups;
    groups.first.assign(highest_key + 3, 0);
    for (const std::int32_t row : rows)
        ++groups.first[static_cast<std::size_t>(keys[static_cast<std::size_t>(row)] + 2)];
    for (std::size_t i = 1; i < groups.first.size(); ++i) groups.first[i] += groups.first[i - 1];
    groups.list.resize(rows.size());
    std::vector<std::size_t> next = groups.first;
    for (const std::int32_t row : rows)
        groups.list[next[static_cast<std::size_t>(keys[static_cast<std::size_t>(row)] + 1)]++] = row;
    return groups;
}

}  // namespace gw::evaluation
