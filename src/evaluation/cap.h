// Caps: at most so many percent of a group may hold a class; the others of that class fall to the next below.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "evaluation/binding.h"
#include "evaluation/plan.h"

namespace gw::evaluation {

// Who stands before whom for a capped class. The tie columns that a rulebook names, then the id.
class Ranking {
public:
    Ranking(const SubjectPlan& plan, const Subject& subject, const Binding& binding, const Numbers& ids);
    // True when row a stands before row b. No two rows are equal, as ids differ.
    bool operator()(std::int32_t a, std::int32_t b) const;
    // The values that rank a row, smaller first; a row can so be ranked with other facts than its own.
    std::vector<std::int64_t> key_of(std::int32_t row) const;
    // For a row that takes these values instead of its own.
    std::vector<std::int64_t> key_of(std::int32_t row, std::span<const std::int64_t> tie_values) const;

    // Whether all values of a key fit one unsigned number, as they mostly do.
    bool is_packed() const { return is_packed_; }
    // The key as one number, smaller first. Only when is_packed().
    std::uint64_t packed_key_of(std::size_t row) const;

private:
    struct Tie {
        const Source* source;
        bool is_descending;
        int bits;
    };
    std::vector<Tie> ties_;
    const Numbers& ids_;
    bool is_id_descending_ = false;
    bool is_packed_ = false;
    int id_bits_ = 0;
};

// The class that a capped row falls to: the next below.
std::int64_t class_below(const Rulebook& rulebook, std::int64_t number);

// Whether a class before the cap counts in the base.
bool is_in_base(const Cap& cap, std::int64_t below, std::int64_t pre_class);

std::int64_t allowed_of(const Cap& cap, std::int64_t base_count);

// The work of one thread: memory that is used again for every group.
class CapBench {
public:
    // Sets final_class of the rows of one group from pre_class. `below` is class_below of the capped class.
    CapOutcome apply(const Cap& cap, std::int64_t below, const Rows& rows, const Ranking& ranking,
                     Scores& scores);

private:
    struct Candidate {
        std::uint64_t key;
        std::int32_t row;
    };
    std::vector<Candidate> candidates_;
};

// For every unit the nearest unit of `kind` at or above it, -1 where there is none.
std::vector<std::int32_t> nearest_of_kind(const Tree& tree, std::int64_t kind);

// Rows sorted into groups: group g holds list[first[g]] to list[first[g + 1] - 1]. Keys run from -1.
struct Groups {
    std::vector<std::size_t> first;
    std::vector<std::int32_t> list;
    Rows group(std::int32_t key) const {
        const auto g = static_cast<std::size_t>(key + 1);
        return {list.data() + first[g], 0, first[g + 1] - first[g]};
    }
};
Groups group_rows(const Rows& rows, std::span<const std::int32_t> keys, std::size_t highest_key);

}  // namespace gw::evaluation
