// The engine agrees with a slow and obvious interpreter on rulebooks, trees and facts that nobody thought of.
#include <doctest/doctest.h>

#include "evaluation/explain.h"
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

// What a reader would do with an explanation: add it up.
void re_add(const Explanation& e) {
    if (e.state == State::facts_missing || e.state == State::no_subject) return;
    std::int64_t points = 0;
    std::int64_t maximum = 0;
    for (const CriterionReason& c : e.criteria) {
        points += c.points;
        maximum += c.maximum;
    }
    for (const DeductionReason& d : e.deductions) points -= d.points;
    compare("score re-added", static_cast<std::size_t>(e.row), std::max<std::int64_t>(0, points), e.score);
    compare("maximum re-added", static_cast<std::size_t>(e.row), maximum, e.maximum);
}

void check_explanation(const Explanation& e, const Scores& scores, std::size_t row) {
    re_add(e);
    compare("explained score", row, e.score, scores.score[row]);
    compare("explained pre-class", row, e.pre_class, scores.pre_class[row]);
    compare("explained class", row, e.final_class, scores.final_class[row]);
    compare("explained state", row, static_cast<std::int64_t>(e.state), scores.state[row]);
    if (e.cap && e.cap->rank > 0)
        compare("lowered by the cap", row, e.cap->was_lowered,
                scores.pre_class[row] != scores.final_class[row]);
}

// A promised change, made for real, must give the promised class.
void check_changes(const slow::RandomWorld& world, const Explanation& e, bool is_member) {
    for (const SingleChange& change : e.changes) {
        Table table = is_member ? world.members : world.units;
        bool is_fact = false;
        for (Column& column : table.columns)
            if (column.name == change.fact) {
                column.values.set(static_cast<std::size_t>(e.row), change.to);
                if (!column.given.empty()) column.given[static_cast<std::size_t>(e.row)] = 1;
                is_fact = true;
            }
        if (!is_fact) continue;  // an aggregate, or a column that was not there
        const Evaluation changed{world.tree, is_member ? world.units : table,
                                 is_member ? table : world.members, world.member_units};
        const Result result = evaluate(*world.plan, changed);
        const Scores& scores = is_member ? result.members : result.units;
        compare("class after the change", static_cast<std::size_t>(e.row),
                scores.final_class[static_cast<std::size_t>(e.row)], change.class_number);
    }
}

}  // namespace

TEST_CASE("engine and slow interpreter agree on random rulebooks, trees and facts") {
    int capped = 0, exempt = 0, missing = 0, weak = 0, lowered = 0;
    for (std::uint64_t seed = 1; seed <= 2500; ++seed) {
        CAPTURE(seed);
        const slow::RandomWorld world(seed);
        const Evaluation input = world.input();
        const Result result = evaluate(*world.plan, input);
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
        capped += !result.caps.empty();
        for (std::size_t i = 0; i < result.members.state.size(); ++i) {
            exempt += result.members.state[i] == static_cast<std::int64_t>(State::exempt);
            missing += result.members.state[i] == static_cast<std::int64_t>(State::facts_missing);
            lowered += result.members.pre_class[i] != result.members.final_class[i];
        }
        weak += static_cast<int>(result.weak.size());
    }
    // The worlds are only worth something when they are full of the difficult things.
    CHECK(capped > 700);
    CHECK(exempt > 1000);
    CHECK(missing > 1000);
    CHECK(lowered > 1000);
    CHECK(weak > 500);
}

TEST_CASE("every explanation adds up to its score, and every promised change keeps its promise") {
    std::size_t changes = 0;
    for (std::uint64_t seed = 5001; seed <= 5090; ++seed) {
        CAPTURE(seed);
        const slow::RandomWorld world(seed);
        const Evaluation input = world.input();
        const Result result = evaluate(*world.plan, input);
        REQUIRE(result.problems.empty());
        const Explainer explainer(*world.plan, input, result);
        for (std::size_t i = 0; i < world.members.rows(); i += 3) {
            const Explanation e = explainer.member(static_cast<std::int64_t>(i));
            check_explanation(e, result.members, i);
            check_changes(world, e, true);
            changes += e.changes.size();
        }
        for (std::size_t u = 0; u < world.tree.size(); ++u) {
            const Explanation e = explainer.unit(static_cast<std::int64_t>(u));
            if (e.state == State::no_subject) continue;
            check_explanation(e, result.units, u);
            check_changes(world, e, false);
            changes += e.changes.size();
        }
    }
    CHECK(changes > 1000);
}
