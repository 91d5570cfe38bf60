// Classes kept up to date change by change are those of a full evaluation, bit for bit.
#include <doctest/doctest.h>

#include <random>

#include "evaluation/random_cases.h"
#include "evaluation/random_world.h"
#include "evaluation/reference_world.h"
#include "evaluation/standing.h"
#include "rulebooks/rulebooks.h"

using namespace gw;
using namespace gw::evaluation;

namespace {

// What stands after all changes is what a full evaluation of the changed facts gives.
void check_standing(const Standing& standing, const Plan& plan, unsigned threads = 1) {
    const Result expected = evaluate(plan, standing.population().input(), threads);
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
        if (!may_forget || below(10) > 0) value = value_of(fact);
        forgotten += !value.has_value();
        ++made;
        const std::size_t width_before = width(standing, is_member, fact.key);
        const auto problem = is_member ? standing.set_member_fact(below(rows), fact.key, value)
                                       : standing.set_unit_fact(below(rows), fact.key, value);
        REQUIRE_FALSE(problem.has_value());
        widened += width_before < width(standing, is_member, fact.key);
    }

    int made = 0, forgotten = 0, widened = 0;

private:
    // Mostly beside the lowest or the highest value, so that columns become as wide as they can.
    std::int64_t value_of(const Fact& fact) {
        const std::uint64_t width =
            static_cast<std::uint64_t>(fact.highest) - static_cast<std::uint64_t>(fact.lowest);
        const std::uint64_t near = std::min<std::uint64_t>(width, 14);
        const std::uint64_t way = below(6);
        const std::uint64_t step = way == 0                     ? width - below(near + 1)
                                   : way == 1 && width + 1 != 0 ? below(width + 1)
                                                                : below(near + 1);
        return static_cast<std::int64_t>(static_cast<std::uint64_t>(fact.lowest) + step);
    }
    // 0 to 3, or 4 with a mask; nothing before the column is there.
    static std::size_t width(const Standing& standing, bool is_member, const std::string& key) {
        const Population& population = standing.population();
        const Column* column = (is_member ? population.members : population.units).find(key);
        return column == nullptr ? 0 : static_cast<std::size_t>(column->values.width());
    }
    std::size_t below(std::size_t bound) { return random_() % bound; }
    std::mt19937_64 random_;
    std::vector<const Fact*> member_facts_, unit_facts_;
};

}  // namespace

TEST_CASE("random changes in random worlds leave what a full evaluation gives") {
    int lowered = 0, late = 0, made = 0, forgotten = 0, widened = 0;
    const int worlds = slow::share_of_cases(1200);
    for (int seed = 1; seed <= worlds; ++seed) {
        CAPTURE(seed);
        slow::RandomWorld world(static_cast<std::uint64_t>(seed));
        for (int population = 0; population < 2; ++population) {
            CAPTURE(population);
            world.populate();
            const auto threads = static_cast<unsigned>(1 + seed % 4);
            Standing standing(world.plan, {world.tree, world.units, world.members, world.member_units},
                              threads);
            REQUIRE(standing.problems().empty());
            check_standing(standing, *world.plan);
            Changes changes(rulebook_of(*world.plan), static_cast<std::uint64_t>(seed));
            for (const int count : {1, 2, 4, 8, 16}) {
                for (int i = 0; i < count; ++i) changes.make(standing, true);
                check_standing(standing, *world.plan, threads);
            }
            for (std::size_t row = 0; row < standing.members().state.size(); ++row)
                lowered += standing.members().pre_class[row] != standing.members().final_class[row];
            for (const Subject& subject : world.book.subjects)
                late += subject.cap && subject.cap->group >= CapGroup::whole;
            made += changes.made;
            forgotten += changes.forgotten;
            widened += changes.widened;
        }
    }
    MESSAGE(made, " changes, ", forgotten, " of them to unknown");
    CHECK(made > worlds * 50);
    CHECK(forgotten > worlds * 4);
    CHECK(widened > worlds / 2);
    CHECK(lowered > worlds / 2);
    CHECK(late > worlds / 2);
}

TEST_CASE("many changes by the reference job leave what a full evaluation gives") {
    const rulebooks::Reading reading =
        rulebooks::read_file(std::string(GROUNDWORK_SOURCE_DIR) + "/bench/reference.toml");
    REQUIRE(reading.edition != nullptr);
    struct Run {
        std::size_t scale;  // micro, commune
        std::uint64_t seed;
        int rounds, changes;
        bool may_forget;
    };
    const int share = slow::share_of_cases(100);
    int made = 0;
    for (const Run& run : {Run{0, 1, 100, 300, false}, Run{0, 2, 100, 300, true}, Run{1, 1, 20, 2500, false},
                           Run{1, 3, 12, 2500, true}}) {
        CAPTURE(run.scale);
        CAPTURE(run.seed);
        const reference_job::World world(reference_job::scales[run.scale], run.seed);
        const reference_job::Ordered ordered(world);
        const std::shared_ptr<const Plan> plan = reading.edition->plan;
        Standing standing(plan, {ordered.built.tree, ordered.units, ordered.members, ordered.member_units},
                          2);
        REQUIRE(standing.problems().empty());
        Changes changes(rulebook_of(*plan), run.seed);
        for (int round = 0; round < run.rounds; ++round) {
            for (int i = 0; i < run.changes * share / 100; ++i) changes.make(standing, run.may_forget);
            check_standing(standing, *plan);
        }
        made += changes.made;
    }
    // With the random worlds these are more than 200,000.
    CHECK(made == 140'000 * share / 100);
}

TEST_CASE("changes in a deep chain reach the top") {
    int tried = 0;
    for (std::uint64_t seed = 40'001; tried < slow::share_of_cases(3); ++seed) {
        CAPTURE(seed);
        slow::RandomWorld world(seed);
        if (!world.may_nest()) continue;
        ++tried;
        world.populate(slow::Shape::chain, 5000, 3000);
        Standing standing(world.plan, {world.tree, world.units, world.members, world.member_units});
        REQUIRE(standing.problems().empty());
        Changes changes(rulebook_of(*world.plan), seed);
        for (int i = 0; i < 30; ++i) changes.make(standing, true);
        check_standing(standing, *world.plan, 4);
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
