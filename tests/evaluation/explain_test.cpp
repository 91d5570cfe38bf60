// Nothing is explained that was not computed: explanations of random worlds add up, name what the slow
// interpreter finds, and promise only changes that keep their promise.
#include "evaluation/explain.h"

#include <doctest/doctest.h>

#include "evaluation/random_cases.h"
#include "evaluation/random_world.h"
#include "evaluation/slow_interpreter.h"

using namespace gw;
using namespace gw::evaluation;

namespace {

template <class A, class B>
void compare(const char* what, const A& explained, const B& expected) {
    if (explained == expected) return;
    CAPTURE(std::string(what));
    CHECK(explained == expected);
}

// One explained row beside the interpreter's.
struct Case {
    const slow::RandomWorld& world;
    const slow::Interpreter& interpreter;
    const Explanation& e;
    bool is_member;

    std::size_t place() const { return static_cast<std::size_t>(e.row); }
    const slow::Row& row() const { return (is_member ? interpreter.members : interpreter.units)[place()]; }
    const Subject& subject() const {
        return is_member ? *interpreter.member_subject() : *interpreter.subject_of(place());
    }
    bool holds(const Formula& formula) const { return slow::compute(formula.expression, row().values) != 0; }
};

struct Count {
    int capped = 0, changes = 0, upwards = 0, aggregate_changes = 0, gates = 0, not_met = 0, next = 0,
        nearest = 0;
};

// What a reader would do with an explanation: add it up.
void check_sums(const Case& c) {
    std::int64_t points = 0, maximum = 0;
    for (const CriterionReason& one : c.e.criteria) {
        points += one.points;
        maximum += one.maximum;
        compare("input", one.input, c.row().values.at("input." + one.key));
        compare("points", one.points, c.row().values.at("points." + one.key));
        for (const FactReason& fact : one.facts) compare("fact", fact.value, c.row().values.at(fact.key));
    }
    for (const DeductionReason& one : c.e.deductions) points -= one.points;
    compare("score re-added", std::max<std::int64_t>(0, points), c.e.score);
    compare("maximum re-added", maximum, c.e.maximum);
    compare("score", c.e.score, c.row().score);
    compare("maximum", c.e.maximum, c.row().maximum);
}

void check_gates(const Case& c, Count& count) {
    std::vector<std::string> expected;
    const auto add_first = [&](const std::vector<Gate>& gates) {
        for (const Gate& gate : gates)
            if (c.interpreter.is_known(c.subject(), gate.when.expression, c.row()) && c.holds(gate.when)) {
                expected.push_back(gate.key);
                return true;
            }
        return false;
    };
    if (!add_first(c.subject().not_classified) && !add_first(c.subject().class_when))
        for (const Gate& gate : c.subject().at_most)
            if (c.holds(gate.when)) expected.push_back(gate.key);
    std::vector<std::string> keys;
    for (const GateReason& gate : c.e.gates) {
        keys.push_back(gate.key);
        for (const FactReason& fact : gate.facts)
            compare("gate's fact", fact.value, c.row().values.at(fact.key));
    }
    compare("gates that hold", keys, expected);
    count.gates += static_cast<int>(keys.size());
}

void check_thresholds(const Case& c, Count& count) {
    compare("class by thresholds", c.e.threshold_class, c.row().by_thresholds);
    std::optional<std::int64_t> next;
    std::size_t not_met = 0;
    for (const Threshold& threshold : c.subject().thresholds) {
        if (threshold.class_number <= c.row().by_thresholds) continue;
        for (const Requirement& one : threshold.requirements) not_met += !c.holds(one.when);
        if (threshold.minimum && *threshold.minimum > c.row().score)
            next = std::min(next.value_or(*threshold.minimum), *threshold.minimum);
    }
    compare("next minimum", c.e.next_minimum == next, true);
    compare("requirements not met", c.e.not_met.size(), not_met);
    count.next += next.has_value();
    count.not_met += static_cast<int>(not_met);
}

void check_cap(const Case& c, Count& count) {
    if (!c.e.cap) return;
    const CapReason& cap = *c.e.cap;
    REQUIRE(c.row().line != nullptr);
    const slow::Line& line = *c.row().line;
    const auto candidates = static_cast<std::int64_t>(line.ids.size());
    compare("base", cap.base_count, line.base);
    compare("allowed", cap.allowed, line.allowed);
    compare("candidates", cap.candidates, candidates);
    const auto check_neighbour = [&](const char* what, const std::optional<Neighbour>& found,
                                     std::int64_t rank) {
        const bool is_there = rank >= 1 && rank <= candidates;
        compare(what, found.has_value(), is_there);
        if (!found || !is_there) return;
        compare(what, found->rank, rank);
        compare(what, found->id, line.ids[static_cast<std::size_t>(rank) - 1]);
        const auto& rows = c.is_member ? c.interpreter.members : c.interpreter.units;
        compare(what, found->score, rows[static_cast<std::size_t>(found->row)].score);
    };
    const std::int64_t last = std::min(line.allowed, candidates);
    check_neighbour("last inside", cap.last_inside, last);
    check_neighbour("first outside", cap.first_outside, line.allowed + 1);
    const auto own = std::find(line.ids.begin(), line.ids.end(), c.e.id);
    const std::int64_t rank =
        c.row().pre == cap.class_number && own != line.ids.end() ? own - line.ids.begin() + 1 : 0;
    compare("rank", cap.rank, rank);
    compare("lowered", cap.was_lowered, rank > line.allowed);
    if (rank == 0) return;
    check_neighbour("just above", cap.above, rank - 1);
    check_neighbour("just below", cap.below, rank + 1);
    ++count.capped;
}

// A promised change, made for real, must give the promised class; and no nearer value of a narrow fact may
// lead as far in the same direction.
void check_changes(const Case& c, Count& count) {
    const auto class_with = [&](const std::string& name, std::int64_t value) {
        return c.interpreter.class_with(c.is_member, c.place(), name, value);
    };
    const auto is_up = [&](std::int64_t number) { return number > c.e.final_class; };
    for (const SingleChange& change : c.e.changes) {
        CAPTURE(change.fact);
        CAPTURE(change.from);
        CAPTURE(change.to);
        compare("class after the change", class_with(change.fact, change.to), change.class_number);
        ++count.changes;
        count.upwards += is_up(change.class_number);
        count.aggregate_changes += change.fact[0] == 'g';
    }
    if (c.e.row % 5 != 0) return;
    for (const Fact& fact : c.world.book.facts) {
        if (fact.domain != c.subject().domain || fact.key == "w") continue;
        CAPTURE(fact.key);
        for (const bool up : {true, false}) {
            std::optional<std::int64_t> nearest;
            const std::int64_t now = c.row().values.at(fact.key);
            for (std::int64_t value = fact.lowest; value <= fact.highest; ++value) {
                const std::int64_t number = class_with(fact.key, value);
                if (number == 0 || number == c.e.final_class || is_up(number) != up || value == now) continue;
                nearest = std::min(nearest.value_or(1000), std::abs(value - now));
            }
            std::optional<std::int64_t> promised;
            for (const SingleChange& change : c.e.changes)
                if (change.fact == fact.key && is_up(change.class_number) == up && change.to != change.from)
                    promised = std::abs(change.to - change.from);
            CAPTURE(up);
            compare("the smallest change", promised.value_or(0), nearest.value_or(0));
            count.nearest += nearest.has_value();
        }
    }
}

void check_children(const Case& c) {
    if (c.is_member) return;
    std::size_t below = 0;
    for (std::size_t m = 0; m < c.world.member_units.size(); ++m)
        below += c.world.member_units[m] == c.e.row && c.interpreter.members[m].state != State::no_subject;
    for (std::size_t u = 0; u < c.world.tree.size(); ++u)
        below += c.world.tree.parent[u] == c.e.row && c.interpreter.units[u].state != State::no_subject;
    compare("children", c.e.children.size(), std::min<std::size_t>(below, 20));
    for (const ChildReason& child : c.e.children) {
        const auto at = static_cast<std::size_t>(child.row);
        const slow::Row& row = (child.is_member ? c.interpreter.members : c.interpreter.units)[at];
        compare("child's class", child.class_number, row.cls);
        compare("child's score", child.score, row.score);
    }
    for (const FactReason& aggregate : c.e.aggregates)
        compare("aggregate", aggregate.value, c.row().values.at(aggregate.key));
    std::int64_t bits = 0;
    for (const FactReason& reason : c.e.weak_reasons)
        for (const WeakReason& one : c.subject().weak_reasons)
            if (one.key == reason.key) bits |= one.bit;
    compare("weak reasons", bits, c.row().bits);
    compare("is weak", static_cast<std::int64_t>(c.e.is_weak), c.row().weak);
}

void check_explanation(const Case& c, Count& count) {
    compare("state", static_cast<int>(c.e.state), static_cast<int>(c.row().state));
    compare("class", c.e.final_class, c.row().cls);
    if (c.e.state == State::facts_missing) {
        compare("says what is missing", c.e.missing.empty(), false);
        for (const FactReason& fact : c.e.missing)
            compare("missing", c.row().values.at("given " + fact.key), 0);
        compare("no changes", c.e.changes.size(), 0U);
        return;
    }
    compare("class before the cap", c.e.pre_class, c.row().pre);
    check_sums(c);
    check_gates(c, count);
    check_thresholds(c, count);
    check_cap(c, count);
    check_changes(c, count);
    check_children(c);
}

}  // namespace

TEST_CASE("every explanation adds up, and every promised change keeps its promise") {
    Count count;
    const int worlds = slow::share_of_cases(300);
    for (int seed = 5001; seed <= 5000 + worlds; ++seed) {
        CAPTURE(seed);
        const slow::RandomWorld world(static_cast<std::uint64_t>(seed));
        const Evaluation input = world.input();
        const Result result = evaluate(*world.plan, input);
        REQUIRE(result.problems.empty());
        const slow::Interpreter interpreter(world.book, input);
        const Explainer explainer(*world.plan, input, result);
        for (std::size_t m = 0; m < world.members.rows(); ++m) {
            CAPTURE(m);
            const Explanation e = explainer.member(static_cast<std::int64_t>(m));
            check_explanation({world, interpreter, e, true}, count);
        }
        for (std::size_t u = 0; u < world.tree.size(); ++u) {
            CAPTURE(u);
            const Explanation e = explainer.unit(static_cast<std::int64_t>(u));
            if (e.state == State::no_subject)
                compare("no subject", interpreter.subject_of(u) == nullptr, true);
            else check_explanation({world, interpreter, e, false}, count);
        }
    }
    MESSAGE(count.changes, " changes, ", count.capped, " ranks, ", count.nearest, " smallest changes");
    CHECK(count.changes > worlds * 10);
    CHECK(count.upwards > worlds);
    CHECK(count.aggregate_changes > worlds / 4);
    CHECK(count.capped > worlds);
    CHECK(count.gates > worlds);
    CHECK(count.not_met > worlds);
    CHECK(count.next > worlds);
    CHECK(count.nearest > worlds);
}

TEST_CASE("an explanation reads its own row, its group and its children, and nobody else") {
    int explained = 0;
    for (std::uint64_t seed = 7001; explained < slow::share_of_cases(40); ++seed) {
        CAPTURE(seed);
        slow::RandomWorld world(seed);
        world.populate(slow::Shape::any, 12, 120);
        const Subject* member = world.book.subjects.empty() ? nullptr : &world.book.subjects[0];
        if (!member->cap || member->cap->group >= CapGroup::whole || world.tree.size() < 4) continue;
        Result result = evaluate(*world.plan, world.input());
        REQUIRE(result.problems.empty());
        const std::int32_t unit = world.member_units[0];
        const Explanation before = Explainer(*world.plan, world.input(), result).member(0);
        // Everybody in other units is changed, in facts and in results, to what is not true.
        for (std::size_t m = 0; m < world.members.rows(); ++m) {
            if (world.member_units[m] == unit) continue;
            for (Column& column : world.members.columns) column.values.set(m, column.values[0]);
            result.members.score.set(m, 1);
            result.members.pre_class.set(m, 4);
            result.members.final_class.set(m, 1);
        }
        const Explanation after = Explainer(*world.plan, world.input(), result).member(0);
        CHECK(before.score == after.score);
        CHECK(before.final_class == after.final_class);
        CHECK(before.cap.has_value() == after.cap.has_value());
        if (before.cap && after.cap) {
            CHECK(before.cap->rank == after.cap->rank);
            CHECK(before.cap->base_count == after.cap->base_count);
            CHECK(before.cap->candidates == after.cap->candidates);
        }
        REQUIRE(before.changes.size() == after.changes.size());
        for (std::size_t i = 0; i < before.changes.size(); ++i) {
            CHECK(before.changes[i].to == after.changes[i].to);
            CHECK(before.changes[i].class_number == after.changes[i].class_number);
        }
        ++explained;
    }
}
