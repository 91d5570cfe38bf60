// The engine agrees with a slow and obvious interpreter on rulebooks, trees and facts that nobody thought of.
#include <doctest/doctest.h>

#include <tuple>

#include "evaluation/random_cases.h"
#include "evaluation/random_world.h"
#include "evaluation/slow_interpreter.h"

using namespace gw;
using namespace gw::evaluation;

namespace {

void compare(const char* what, std::size_t row, std::int64_t engine, std::int64_t expected) {
    if (engine == expected) return;
    CAPTURE(std::string(what));
    CAPTURE(row);
    CHECK(engine == expected);
}

void compare_rows(const Scores& scores, const std::vector<slow::Row>& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        compare("state", i, scores.state[i], static_cast<std::int64_t>(rows[i].state));
        compare("score", i, scores.score[i], rows[i].score);
        compare("maximum", i, scores.maximum[i], rows[i].maximum);
        compare("pre", i, scores.pre_class[i], rows[i].pre);
        compare("final", i, scores.final_class[i], rows[i].cls);
        if (scores.is_weak.empty()) continue;  // of members
        compare("bits", i, scores.weak_bits[i], rows[i].bits);
        compare("weak", i, scores.is_weak[i], rows[i].weak);
    }
}

// By kind, score and id, with the reasons that hold.
void compare_weak(const slow::RandomWorld& world, const Result& result, const slow::Interpreter& expected) {
    std::vector<std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t>> weak, found;
    for (std::size_t u = 0; u < expected.units.size(); ++u)
        if (const slow::Row& row = expected.units[u]; row.weak != 0)
            weak.emplace_back(world.tree.kind[u], row.score, world.units.ids[u], row.bits);
    std::sort(weak.begin(), weak.end());
    for (const WeakUnit& unit : result.weak) {
        const auto at = static_cast<std::size_t>(unit.position);
        found.emplace_back(world.tree.kind[at], unit.score, world.units.ids[at], unit.bits);
    }
    CHECK(found == weak);
}

void compare_with_interpreter(const slow::RandomWorld& world, unsigned threads) {
    CAPTURE(threads);
    const Evaluation input = world.input();
    const Result result = evaluate(*world.plan, input, threads);
    REQUIRE(result.problems.empty());
    const slow::Interpreter expected(world.book, input);
    compare_rows(result.members, expected.members);
    compare_rows(result.units, expected.units);
    for (std::size_t u = 0; u < world.tree.size(); ++u) {
        for (const Column& column : result.rollup.columns)
            compare(column.name.c_str(), u, column.values[u], expected.rollup[u].at(column.name));
        for (const Column& column : result.aggregates.columns)
            compare(column.name.c_str(), u, column.values[u], expected.units[u].values.at(column.name));
    }
    CHECK(result.caps == expected.caps);
    compare_weak(world, result, expected);
}

constexpr unsigned thread_counts[] = {1, 2, 4};

// What the drawn worlds were like.
struct Drawn {
    int no_units = 0, no_members = 0, empty_units = 0, several_roots = 0, only_children = 0, one_unit = 0,
        deep = 0;
    int absent_columns = 0, gaps = 0, in_order = 0, in_any_order = 0, weak = 0, refused = 0;
    int widths[4] = {}, at_the_edge = 0;

    void look_at(const slow::RandomWorld& world) {
        const std::size_t size = world.tree.size();
        no_units += size == 0;
        no_members += size > 0 && world.members.rows() == 0;
        one_unit += size == 1;
        std::vector<int> children(size), members(size), depth(size);
        int roots = 0, deepest = 0;
        for (const std::int32_t unit : world.member_units) ++members[static_cast<std::size_t>(unit)];
        for (std::size_t at = 0; at < size; ++at) {
            const std::int32_t parent = world.tree.parent[at];
            if (parent < 0) ++roots;
            else ++children[static_cast<std::size_t>(parent)];
            if (parent >= 0) depth[at] = depth[static_cast<std::size_t>(parent)] + 1;
            deepest = std::max(deepest, depth[at]);
        }
        several_roots += roots > 1;
        deep += deepest >= 10;
        for (std::size_t at = 0; at < size; ++at) {
            only_children += children[at] == 1;
            empty_units += children[at] == 0 && members[at] == 0;
        }
        in_order += world.is_in_tree_order && world.members.rows() > 0;
        in_any_order += !std::is_sorted(world.member_units.begin(), world.member_units.end());
        for (const Fact& fact : world.book.facts) {
            const bool is_unit = fact.domain == Domain::unit;
            const Column* column = (is_unit ? world.units : world.members).find(fact.key);
            absent_columns += column == nullptr;
            if (column == nullptr || column->values.empty()) continue;
            gaps += !column->given.empty();
            ++widths[static_cast<std::size_t>(column->values.width())];
            at_the_edge += fact.key == "w" && column->values.range().highest == fact.highest;
        }
    }
};

}  // namespace

TEST_CASE("engine and slow interpreter agree on random rulebooks, trees and facts") {
    slow::seen = {};
    Drawn drawn;
    const int rulebooks = slow::share_of_cases(2800);
    const int populations = 4;
    for (int seed = 1; seed <= rulebooks; ++seed) {
        CAPTURE(seed);
        slow::RandomWorld world(static_cast<std::uint64_t>(seed));
        drawn.refused += world.refused;
        for (int population = 0; population < populations; ++population) {
            CAPTURE(population);
            if (population > 0) world.populate();
            drawn.look_at(world);
            compare_with_interpreter(world, thread_counts[(seed + population) % 3]);
        }
    }
    MESSAGE((rulebooks * populations), " cases; ", drawn.refused, " rulebooks were refused and drawn again");
    // The worlds are only worth something when they are full of the difficult things.
    const auto often = [&](const char* what, int times, int in_thousand_rulebooks) {
        CAPTURE(std::string(what));
        CHECK(times >= std::max(1, rulebooks * in_thousand_rulebooks / 1000));
    };
    often("no units", drawn.no_units, 50);
    often("no members", drawn.no_members, 50);
    often("one unit", drawn.one_unit, 100);
    often("empty units", drawn.empty_units, 1000);
    often("several roots", drawn.several_roots, 500);
    often("only children", drawn.only_children, 1000);
    often("chains of more than ten", drawn.deep, 50);
    often("absent columns", drawn.absent_columns, 500);
    often("columns with gaps", drawn.gaps, 1000);
    often("members in tree order", drawn.in_order, 500);
    often("members in any order", drawn.in_any_order, 500);
    for (const int columns : drawn.widths) often("columns of each width", columns, 200);
    often("facts at the end of their range", drawn.at_the_edge, 200);
    const slow::Seen& seen = slow::seen;
    often("denominators of zero", seen.zero_denominators, 1000);
    for (const auto& of : seen.lowered)
        for (const int groups : of) often("caps that lower, by group", groups, 20);
    for (const int groups : seen.bases) often("caps that lower, by base", groups, 100);
    for (const int groups : seen.roundings) often("caps that lower, by rounding", groups, 100);
    often("lines drawn by score", seen.decided_by_score, 100);
    often("lines drawn by another column", seen.decided_by_tie_column, 50);
    often("lines drawn by id", seen.decided_by_id, 50);
    for (const int criteria : seen.scorings) often("criteria of each scoring", criteria, 500);
    for (const int rows : seen.states) often("rows of each state", rows, 500);
}

TEST_CASE("trees and cells that fill many blocks come out the same on 1, 2 and 4 threads") {
    for (int seed = 20'001; seed <= 20'000 + slow::share_of_cases(8); ++seed) {
        CAPTURE(seed);
        slow::RandomWorld world(static_cast<std::uint64_t>(seed));
        world.populate(slow::Shape::any, 1500, 20'000);
        for (const unsigned threads : thread_counts) compare_with_interpreter(world, threads);
    }
}

TEST_CASE("trees and cells of every extreme agree with the slow interpreter") {
    struct Extreme {
        const char* name;
        slow::Shape shape;
        std::int64_t units, members;
        bool needs_nesting;
    };
    const std::int64_t many = slow::share_of_cases(60'000);
    const std::int64_t deep = 5000;
    const Extreme extremes[] = {
        {"many children of one parent", slow::Shape::star, many + 1, many / 10, false},
        {"many members of one cell", slow::Shape::one_cell, 1, many, false},
        {"many roots", slow::Shape::roots, many / 4, many / 10, false},
        {"a deep chain", slow::Shape::chain, deep, deep, true},
        {"no members", slow::Shape::no_members, 200, 0, false},
        {"no units", slow::Shape::no_units, 0, 0, false}};
    for (const Extreme& extreme : extremes) {
        CAPTURE(std::string(extreme.name));
        int tried = 0;
        for (std::uint64_t seed = 30'001; tried < 2; ++seed) {
            CAPTURE(seed);
            slow::RandomWorld world(seed);
            if (extreme.needs_nesting && !world.may_nest()) continue;
            if (world.book.aggregates.size() < 3) continue;
            ++tried;
            world.populate(extreme.shape, extreme.units, extreme.members);
            if (extreme.shape == slow::Shape::star) REQUIRE(world.tree.end[0] == extreme.units);
            compare_with_interpreter(world, tried == 1 ? 4 : 2);
        }
    }
}
