// Caps: at most so many percent of a group may hold a class; the others of that class fall to the next below.
#pragma once
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "evaluation/binding.h"
#include "evaluation/plan.h"

namespace gw::evaluation {

// Who stands before whom for a capped class.
class Ranking {
public:
    Ranking(const SubjectPlan& plan, const Subject& subject, const Binding& binding, const Table& table);
    // True when row a stands before row b. No two rows are equal, as ids differ.
    bool operator()(std::int32_t a, std::int32_t b) const;
    // The values that rank a row, smaller first; a row can so be ranked with other facts than its own.
    std::vector<std::int64_t> key_of(std::int32_t row) const;
    // For a row that takes these values instead of its own.
    std::vector<std::int64_t> key_of(std::int32_t row, std::span<const std::int64_t> tie_values) const;

private:
    std::vector<std::pair<const std::int64_t*, bool>> columns_;  // values, is_descending
    const std::int64_t* ids_;
    bool is_id_descending_ = false;
};

// The class that a capped row falls to: the next below.
std::int64_t class_below(const Rulebook& rulebook, std::int64_t number);

// Whether a class before the cap counts in the base.
bool is_in_base(const Cap& cap, std::int64_t below, std::int64_t pre_class);

std::int64_t allowed_of(const Cap& cap, std::int64_t base_count);

// Sets final_class of the rows of one group from pre_class.
CapOutcome apply_cap(const Cap& cap, std::int64_t below, std::span<const std::int32_t> rows,
                     const Ranking& ranking, Scores& scores);

// For every unit the nearest unit of `kind` at or above it, -1 where there is none.
std::vector<std::int32_t> nearest_of_kind(const Tree& tree, std::int64_t kind);

// Rows sorted into groups: group g holds list[first[g]] to list[first[g + 1] - 1]. Keys run from -1.
struct Groups {
    std::vector<std::size_t> first;
    std::vector<std::int32_t> list;
    std::span<const std::int32_t> group(std::int32_t key) const {
        const auto g = static_cast<std::size_t>(key + 1);
        return std::span(list).subspan(first[g], first[g + 1] - first[g]);
    }
};
Groups group_rows(std::span<const std::int32_t> rows, std::span<const std::int32_t> keys,
                  std::size_t highest_key);

}  // namespace gw::evaluation
