// Classes as they stand today: everyone is evaluated once, then every change of a fact is carried to whoever
// it concerns - the member, the others of the cap group, the unit, everything above with its caps, aggregates
// and counters - without evaluating the rest again. The state always equals that of a full evaluation.
//
// A change costs as much as the cap groups and sibling groups on its way to the root are large.
// Not safe from several threads at once.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "evaluation/evaluate.h"

namespace gw::evaluation {

class Judgement;

// Everything that is evaluated, by value.
struct Population {
    Tree tree;
    Table units;    // one row per position of the tree
    Table members;  // fastest in the order of their units' positions
    std::vector<std::int32_t> member_units;

    Evaluation input() const { return {tree, units, members, member_units}; }
};

class Standing {
public:
    Standing(std::shared_ptr<const Plan> plan, Population population, unsigned threads = 1);
    ~Standing();
    // When there are any, nothing else may be called.
    const Problems& problems() const;

    // Sets a fact of a member (by row) or of a unit (by position); nothing makes it unknown. A problem is
    // returned, and nothing has changed, when the rulebook has no such fact, the row does not exist, or the
    // value lies outside the declared range.
    std::optional<Problem> set_member_fact(std::size_t row, std::string_view fact,
                                           std::optional<std::int64_t> value);
    std::optional<Problem> set_unit_fact(std::size_t position, std::string_view fact,
                                         std::optional<std::int64_t> value);

    const Population& population() const { return population_; }
    const Scores& members() const;
    const Scores& units() const;
    const Table& aggregates() const;  // by position; without ids
    const Table& rollup() const;      // by position; without ids
    const std::vector<CapOutcome>& caps() const { return caps_; }
    std::vector<WeakUnit> weak() const;  // ordered by kind number, score, id
    // A copy, equal to what evaluate() gives.
    Result result() const;

private:
    struct Bench;
    using Weak =
        std::tuple<std::int32_t, std::int64_t, std::int64_t, std::int32_t>;  // kind, score, id, position

    std::optional<Problem> set_fact(Domain domain, Table& table, std::size_t row, std::string_view fact,
                                    std::optional<std::int64_t> value);
    void write(Domain domain, Table& table, std::size_t place, std::size_t row,
               std::optional<std::int64_t> value);
    void open(std::int32_t unit);
    void open_with_all_above(std::int32_t unit);
    void score_again(std::int32_t unit);
    void close(std::int32_t unit);
    void cap_members_with(std::int32_t row);
    void carry_upwards();
    void settle_children(std::int32_t parent);
    void settle_late(std::int64_t kind);
    void take_outcomes();
    Weak weak_key(std::int32_t unit) const;

    std::shared_ptr<const Plan> plan_;
    Population population_;
    std::unique_ptr<Judgement> judgement_;
    std::unique_ptr<Bench> bench_;
    std::vector<CapOutcome> caps_;
    std::set<Weak> weak_;
    std::vector<std::uint8_t> is_open_;                       // by position: what it counts for is taken away
    std::set<std::pair<std::size_t, std::int32_t>> waiting_;  // stage and unit to be scored again
    std::vector<std::int32_t> late_;  // units scored again whose cap reaches beyond their siblings
    std::vector<std::int32_t> siblings_;
    std::vector<std::int32_t> above_;
    std::vector<std::int64_t> classes_before_;
};

}  // namespace gw::evaluation
