#include "evaluation/cap.h"

#include <algorithm>
#include <bit>

namespace gw::evaluation {

namespace {

int bits_for(const Range& range) {
    return static_cast<int>(
        std::bit_width(static_cast<std::uint64_t>(range.highest) - static_cast<std::uint64_t>(range.lowest)));
}

// Moves a value of a range to 0 and upwards; the first in the wanted order becomes 0.
std::uint64_t placed(std::int64_t value, const Range& range, bool is_descending) {
    return is_descending ? static_cast<std::uint64_t>(range.highest) - static_cast<std::uint64_t>(value)
                         : static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(range.lowest);
}

}  // namespace

Ranking::Ranking(const SubjectPlan& plan, const Subject& subject, const Binding& binding, const Numbers& ids)
    : ids_(ids), id_bits_(bits_for(ids.range())) {
    int bits = id_bits_;
    for (std::size_t i = 0; i < plan.tie_columns.size(); ++i) {
        const Source& source = binding.source(plan.tie_columns[i]);
        ties_.push_back({&source, subject.cap->tie_breaks[i].is_descending, bits_for(source.range)});
        bits += ties_.back().bits;
    }
    is_packed_ = bits <= 64;
    if (subject.cap && plan.tie_columns.size() < subject.cap->tie_breaks.size())
        is_id_descending_ = subject.cap->tie_breaks[plan.tie_columns.size()].is_descending;
}

bool Ranking::operator()(std::int32_t a, std::int32_t b) const {
    const auto left = static_cast<std::size_t>(a);
    const auto right = static_cast<std::size_t>(b);
    for (const Tie& tie : ties_) {
        const std::int64_t x = tie.source->at(left);
        const std::int64_t y = tie.source->at(right);
        if (x != y) return tie.is_descending ? x > y : x < y;
    }
    return is_id_descending_ ? ids_[left] > ids_[right] : ids_[left] < ids_[right];
}

std::uint64_t Ranking::packed_key_of(std::size_t row) const {
    std::uint64_t key = 0;
    for (const Tie& tie : ties_)
        key = (tie.bits < 64 ? key << tie.bits : 0) |
              placed(tie.source->at(row), tie.source->range, tie.is_descending);
    return (id_bits_ < 64 ? key << id_bits_ : 0) | placed(ids_[row], ids_.range(), is_id_descending_);
}

std::vector<std::int64_t> Ranking::key_of(std::int32_t row) const {
    std::vector<std::int64_t> values;
    for (const Tie& tie : ties_) values.push_back(tie.source->at(static_cast<std::size_t>(row)));
    return key_of(row, values);
}

std::vector<std::int64_t> Ranking::key_of(std::int32_t row, std::span<const std::int64_t> tie_values) const {
    // Complement instead of minus: it reverses the order and cannot leave 64 bits.
    std::vector<std::int64_t> key;
    for (std::size_t i = 0; i < ties_.size(); ++i)
        key.push_back(ties_[i].is_descending ? ~tie_values[i] : tie_values[i]);
    const std::int64_t id = ids_[static_cast<std::size_t>(row)];
    key.push_back(is_id_descending_ ? ~id : id);
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

CapOutcome CapBench::apply(const Cap& cap, std::int64_t below, const Rows& rows, const Ranking& ranking,
                           Scores& scores) {
    CapOutcome outcome;
    candidates_.clear();
    scores.pre_class.visit([&](auto before) {
        using Cell = typename decltype(before)::value_type;
        const std::span<Cell> after = scores.final_class.cells<Cell>();
        for (std::size_t i = 0; i < rows.count; ++i) {
            const auto row = static_cast<std::size_t>(rows[i]);
            const std::int64_t pre = before[row];
            after[row] = before[row];
            outcome.base_count += is_in_base(cap, below, pre);
            if (pre == cap.class_number) candidates_.push_back({0, rows[i]});
        }
    });
    outcome.candidates = static_cast<std::int64_t>(candidates_.size());
    outcome.allowed = allowed_of(cap, outcome.base_count);
    if (outcome.candidates <= outcome.allowed) return outcome;
    // Selection, not sorting: who is inside matters, not in which order.
    const auto line = candidates_.begin() + outcome.allowed;
    if (ranking.is_packed()) {
        for (Candidate& one : candidates_) one.key = ranking.packed_key_of(static_cast<std::size_t>(one.row));
        std::nth_element(candidates_.begin(), line, candidates_.end(),
                         [](const Candidate& a, const Candidate& b) { return a.key < b.key; });
    } else {
        std::nth_element(candidates_.begin(), line, candidates_.end(),
                         [&](const Candidate& a, const Candidate& b) { return ranking(a.row, b.row); });
    }
    for (auto at = line; at != candidates_.end(); ++at)
        scores.final_class.set(static_cast<std::size_t>(at->row), below);
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

Groups group_rows(const Rows& rows, std::span<const std::int32_t> keys, std::size_t highest_key) {
    Groups groups;
    groups.first.assign(highest_key + 3, 0);
    for (std::size_t i = 0; i < rows.count; ++i)
        ++groups.first[static_cast<std::size_t>(keys[static_cast<std::size_t>(rows[i])] + 2)];
    for (std::size_t i = 1; i < groups.first.size(); ++i) groups.first[i] += groups.first[i - 1];
    groups.list.resize(rows.count);
    std::vector<std::size_t> next = groups.first;
    for (std::size_t i = 0; i < rows.count; ++i)
        groups.list[next[static_cast<std::size_t>(keys[static_cast<std::size_t>(rows[i])] + 1)]++] = rows[i];
    return groups;
}

}  // namespace gw::evaluation
