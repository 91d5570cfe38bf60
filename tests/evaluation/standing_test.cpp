// Classes kept up to date change by change are those of a full evaluation, bit for bit.
#include <doctest/doctest.h>

#include <random>

#include "evaluation/random_world.h"
#include "evaluation/reference_world.h"
#include "evaluation/standing.h"
#include "rulebooks/rulebooks.h"

using namespace gw;
using namespace gw::evaluation;

namespace {

// What stands after all changes is what a full evaluation of the changed facts gives.
void check_standing(const Standing& standing, const Plan& plan) {
    const Result expected = evaluate(plan, standing.population().input(), 2);
    REQUIRE(expected.problems.empty());
    const Result result = standing.result();
    CHECK(result.members == expected.members);
    CHECK(result.units == expected.units);
    CHECK(result.aggregates == expected.aggregates);
    CHECK(result.rollup == expected.rollup);
    CHECK(result.caps == expected.caps);
    CHECK(result.weak == expected.weak);
}

// Changes facts of members and units at random: to small values, any values, and to unknown.
class Changes {
public:
    Changes(const Rulebook& rulebook, std::uint64_t seed) : random_(seed) {
        for (const Fact& fact : rulebook.facts)
            (fact.domain == Domain::unit ? unit_facts_ : member_facts_).push_back(&fact);
    }

    void make(Standing& standing, bool may_forget) {
        const bool is_member =
            standing.population().members.rows() > 0 && !member_facts_.empty() && below(4) > 0;
        const std::vector<const Fact*>& facts = is_member ? member_facts_ : unit_facts_;
        const std::size_t rows =
            is_member ? standing.population().members.rows() : standing.population().tree.size();
        if (facts.empty() || rows == 0) return;
        const Fact& fact = *facts[below(facts.size())];
        std::optional<std::int64_t> value;
        const auto width = static_cast<std::uint64_t>(fact.highest - fact.lowest) + 1;
        if (!may_forget || below(10) > 0)
            value = fact.lowest + static_cast<std::int64_t>(
                                      below(below(3) > 0 ? std::min<std::uint64_t>(width, 15) : width));
        const auto problem = is_member ? standing.set_member_fact(below(rows), fact.key, value)
                                       : standing.set_unit_fact(below(rows), fact.key, value);
        REQUIRE_FALSE(problem.has_value());
    }

private:
    std::size_t below(std::size_t bound) { return random_() % bound; }
    std::mt19937_64 random_;
    std::vector<const Fact*> member_facts_, unit_facts_;
};

}  // namespace

TEST_CASE("random changes in random worlds leave what a full evaluation gives") {
    int lowered = 0;
    for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
        CAPTURE(seed);
        const slow::RandomWorld world(seed);
        Standing standing(world.plan, {world.tree, world.units, world.members, world.member_units});
        REQUIRE(standing.problems().empty());
        Changes changes(rulebook_of(*world.plan), seed);
        for (int round = 0; round < 3; ++round) {
            for (int i = 0; i < 8; ++i) changes.make(standing, true);
            check_standing(standing, *world.plan);
        }
        for (std::size_t row = 0; row < standing.members().state.size(); ++row)
            lowered += standing.members().pre_class[row] != standing.members().final_class[row];
    }
    CHECK(lowered > 500);
}

TEST_CASE("many changes to a commune by the reference job leave what a full evaluation gives") {
    const rulebooks::Reading reading =
        rulebooks::read_file(std::string(GROUNDWORK_SOURCE_DIR) + "/bench/reference.toml");
    REQUIRE(reading.edition != nullptr);
    const reference_job::World world(reference_job::scales[1], 1);
    const reference_job::Ordered ordered(world);
    const std::shared_ptr<const Plan> plan = reading.edition->plan;
    Standing standing(plan, {ordered.built.tree, ordered.units, ordered.members, ordered.member_units}, 2);
    REQUIRE(standing.problems().empty());
    Changes changes(rulebook_of(*plan), 7);
    for (int round = 0; round < 20; ++round) {
        for (int i = 0; i < 500; ++i) changes.make(standing, false);
        check_standing(standing, *plan);
    }
}

TEST_CASE("a change that cannot be is refused and changes nothing") {
    const slow::RandomWorld world(3);
    Standing standing(world.plan, {world.tree, world.units, world.members, world.member_units});
    const Rulebook& rulebook = rulebook_of(*world.plan);
    const auto fact = std::find_if(rulebook.facts.begin(), rulebook.facts.end(),
                                   [](const Fact& one) { return one.domain == Domain::unit; });
    REQUIRE(fact != rulebook.facts.end());
    const auto above = standing.set_unit_fact(0, fact->key, fact->highest + 1);
    REQUIRE(above.has_value());
    CHECK(above->column == fact->key);
    CHECK(above->row == 0);
    CHECK(standing.set_unit_fact(0, fact->key, fact->lowest - 1).has_value());
    CHECK(standing.set_unit_fact(world.tree.size(), fact->key, fact->lowest).has_value());
    CHECK(standing.set_unit_fact(0, "no_such_fact", 1).has_value());
    CHECK(standing.set_member_fact(world.members.rows(), fact->key, 1).has_value());
    check_standing(standing, *world.plan);
}
