// The engine through the rulebook of the sample year: states, denominators, caps, refusals, reasons.
#include "evaluation/evaluate.h"

#include <doctest/doctest.h>

#include <map>

#include "evaluation/explain.h"
#include "rulebooks/rulebooks.h"

using namespace gw;
using namespace gw::evaluation;

namespace {

const Plan& plan_of(const std::string& file) {
    static std::map<std::string, rulebooks::Reading> readings;
    rulebooks::Reading& reading = readings[file];
    if (reading.edition == nullptr)
        reading = rulebooks::read_file(GROUNDWORK_SOURCE_DIR "/rulebooks/vn/" + file);
    REQUIRE(reading.edition != nullptr);
    return *reading.edition->plan;
}
const Plan& levels() { return plan_of("classification/2023-2024.toml"); }
const Plan& meeting_sheet() { return plan_of("meeting/ward/2025.toml"); }

Column column(std::string name, const std::vector<std::int64_t>& values) {
    return {std::move(name), Numbers(values), {}};
}

// A commune with one cell of ten members, all with everything done and half of it exceeded.
struct Commune {
    Tree tree{{-1, 0, 1}, {3, 3, 3}, {2, 4, 6}};
    Table units, members;
    std::vector<std::int32_t> member_units = std::vector<std::int32_t>(10, 2);

    Commune() {
        units.ids = {100, 200, 300};
        units.columns.push_back(column("months_active", {12, 12, 12}));
        for (std::int64_t i = 1; i <= 10; ++i) members.ids.push_back(i);
        const auto all = [&](const char* name, std::int64_t value) {
            members.columns.push_back(column(name, std::vector<std::int64_t>(10, value)));
        };
        all("meetings_due", 12);
        all("meetings_attended", 12);
        all("meetings_excused", 0);
        all("tasks_assigned", 4);
        all("tasks_done", 4);
        all("tasks_done_on_time", 4);
        all("tasks_exceeded", 2);
        all("months_official", 60);
    }
    Numbers& fact(const std::string& name) {
        for (Column& one : members.columns)
            if (one.name == name) return one.values;
        members.columns.push_back(column(name, std::vector<std::int64_t>(10, 0)));
        return members.columns.back().values;
    }
    Evaluation input() const { return {tree, units, members, member_units}; }
};

std::int64_t rollup(const Result& result, const std::string& key, std::size_t at) {
    const Column* found = result.rollup.find(key);
    REQUIRE(found != nullptr);
    return found->values[at];
}

}  // namespace

TEST_CASE("two of ten excellent members keep the class, in the order of the tie-breaks") {
    Commune commune;
    commune.fact("tasks_exceeded").set(6, 3);
    commune.fact("contributions").set(8, 5);
    const Result result = evaluate(levels(), commune.input());
    REQUIRE(result.problems.empty());
    CHECK(result.members.pre_class == Numbers(std::vector<std::int64_t>(10, 4)));
    CHECK(result.members.final_class == Numbers{3, 3, 3, 3, 3, 3, 4, 3, 4, 3});
    const Explanation lowered = Explainer(levels(), commune.input(), result).member(0);
    REQUIRE(lowered.cap);
    CHECK(lowered.cap->was_lowered);
    CHECK(lowered.cap->base_count == 10);
    CHECK(lowered.cap->allowed == 2);
    CHECK(lowered.cap->rank == 3);
    CHECK(lowered.cap->last_inside->id == 9);
    CHECK(lowered.cap->first_outside->id == 1);
    CHECK(lowered.cap->above->id == 9);
    CHECK(lowered.cap->below->id == 2);
    CHECK(lowered.cap->group == 1);  // the grassroots organisation
    // One task exceeded more, or six contributions more, and this member would stand inside the line.
    REQUIRE(lowered.changes.size() >= 2);
    CHECK(lowered.changes[0].fact == "tasks_exceeded");
    CHECK(lowered.changes[0].to == 3);
    CHECK(lowered.changes[0].class_number == 4);
    CHECK(lowered.changes[1].fact == "contributions");
    CHECK(lowered.changes[1].to == 5);
}

TEST_CASE("exempt, not evaluated and missing are states, and the four denominators come out") {
    Commune commune;
    commune.fact("months_official").set(0, 3);
    commune.fact("suspended").set(1, 1);
    for (Column& one : commune.members.columns)
        if (one.name == "meetings_attended") {
            one.given.assign(10, 1);
            one.given[2] = 0;
        }
    const Result result = evaluate(levels(), commune.input());
    REQUIRE(result.problems.empty());
    CHECK(result.members.state[0] == static_cast<std::int64_t>(State::exempt));
    CHECK(result.members.state[1] == static_cast<std::int64_t>(State::exempt));
    CHECK(result.members.state[2] == static_cast<std::int64_t>(State::facts_missing));
    CHECK(result.members.final_class[2] == 0);
    const Denominators count = count_denominators(result.members);
    CHECK(count.total == 10);
    CHECK(count.exempt == 2);
    CHECK(count.not_evaluated == 1);
    CHECK(count.evaluated == 7);
    CHECK(rollup(result, "members_total", 0) == 10);
    CHECK(rollup(result, "members_exempt", 0) == 2);
    CHECK(rollup(result, "members_not_evaluated", 0) == 1);
    CHECK(rollup(result, "members_evaluated", 0) == 7);
    const std::vector<std::uint8_t> first_two{1, 1, 0, 0, 0, 0, 0, 0, 0, 0};
    CHECK(count_denominators(result.members, first_two).exempt == 2);
    CHECK(count_denominators(result.members, first_two).total == 2);
    const Explanation missing = Explainer(levels(), commune.input(), result).member(2);
    REQUIRE(missing.missing.size() == 1);
    CHECK(missing.missing[0].key == "meetings_attended");
    const Explanation exempt = Explainer(levels(), commune.input(), result).member(1);
    REQUIRE(exempt.gates.size() == 1);
    CHECK(exempt.gates[0].effect == GateEffect::not_classified);
    CHECK(exempt.gates[0].key == "suspended");
}

TEST_CASE("a gate that holds is explained with its values and its source") {
    Commune commune;
    commune.fact("discipline").set(4, 2);
    const Result result = evaluate(levels(), commune.input());
    const Explanation why = Explainer(levels(), commune.input(), result).member(4);
    CHECK(why.final_class == 1);
    REQUIRE(why.gates.size() == 1);
    CHECK(why.gates[0].effect == GateEffect::class_when);
    CHECK(why.gates[0].facts[0].key == "discipline");
    CHECK(why.gates[0].facts[0].value == 2);
    CHECK(why.gates[0].origin.basis == "general");
    CHECK(why.gates[0].formula_words.vi.find("Kỷ luật") != std::string::npos);
    bool says_discipline = false;
    for (const SingleChange& change : why.changes)
        says_discipline = says_discipline || (change.fact == "discipline" && change.to == 1);
    CHECK(says_discipline);
}

TEST_CASE("a unit is explained by what lies below it") {
    Commune commune;
    commune.fact("discipline").set(4, 2);
    const Result result = evaluate(levels(), commune.input());
    const Explanation cell = Explainer(levels(), commune.input(), result).unit(2);
    REQUIRE(cell.children.size() == 10);
    CHECK(cell.children[0].id == 5);
    CHECK(cell.children[0].class_number == 1);
    CHECK(cell.children[0].is_member);
    const auto failing = std::find_if(cell.aggregates.begin(), cell.aggregates.end(),
                                      [](const FactReason& one) { return one.key == "members_failing"; });
    REQUIRE(failing != cell.aggregates.end());
    CHECK(failing->value == 1);
    const Explanation commune_why = Explainer(levels(), commune.input(), result).unit(1);
    REQUIRE(commune_why.children.size() == 1);
    CHECK_FALSE(commune_why.children[0].is_member);
}

TEST_CASE("a month without a thematic part can reach 95, and the evaluation says so") {
    Table table;
    table.ids = {1, 2};
    const auto both = [&](const char* name, std::int64_t first, std::int64_t second) {
        table.columns.push_back(column(name, {first, second}));
    };
    both("minutes_held", 95, 95);
    both("unit_members", 12, 12);
    both("members_expected", 12, 12);
    both("members_present", 12, 12);
    both("unexcused_count", 0, 0);
    both("running_excused_count", 0, 0);
    both("speaker_count", 12, 12);
    both("results_total", 5, 5);
    both("results_done", 5, 5);
    both("has_thematic_part", 1, 0);
    const Scores scores = evaluate_rows(meeting_sheet(), "meeting", table);
    REQUIRE(scores.problems.empty());
    CHECK(scores.maximum == Numbers{100, 95});
    const Explanation why = explain_row(meeting_sheet(), "meeting", table, 1);
    CHECK(why.maximum == 95);
    int waiting = 0;
    std::int64_t from_record = 0;
    for (const CriterionReason& criterion : why.criteria) {
        bool is_waiting = false;
        for (const FactReason& fact : criterion.facts) is_waiting = is_waiting || !fact.is_given;
        waiting += is_waiting;
        if (!is_waiting) from_record += criterion.points;
        if (criterion.key == "thematic_content_covered") CHECK_FALSE(criterion.applies);
    }
    CHECK(waiting > 20);       // the self-scored lines, the documents and the publication
    CHECK(from_record == 45);  // length 5, attendance 4 + 1, speakers 5, last resolution 30
}

TEST_CASE("facts outside their ranges are refused with table, column and row") {
    Commune commune;
    commune.fact("discipline").set(3, 7);
    commune.fact("tasks_done").set(9, -1);
    const Result result = evaluate(levels(), commune.input());
    REQUIRE(result.problems.size() == 2);
    CHECK(result.problems[0].table == "member");
    CHECK(result.members.score.empty());
    std::map<std::string, std::int64_t> rows;
    for (const Problem& problem : result.problems) rows[problem.column] = problem.row;
    CHECK(rows == std::map<std::string, std::int64_t>{{"discipline", 3}, {"tasks_done", 9}});
}

TEST_CASE("what does not fit together is refused") {
    Commune commune;
    SUBCASE("a member of no unit") { commune.member_units[3] = 3; }
    SUBCASE("a negative unit") { commune.member_units[3] = -1; }
    SUBCASE("too few units") { commune.member_units.pop_back(); }
    SUBCASE("a unit without facts") { commune.units.ids = Numbers(commune.units.ids.size() - 1); }
    SUBCASE("a kind that the rulebook does not have") { commune.tree.kind[2] = 77; }
    SUBCASE("a district below a cell") { commune.tree.kind = {6, 4, 2}; }
    SUBCASE("a tree that is none") { commune.tree.parent[2] = 0; }
    SUBCASE("a column of another length") { commune.fact("discipline") = Numbers(9); }
    const Result result = evaluate(levels(), commune.input());
    CHECK_FALSE(result.problems.empty());
    CHECK(result.members.score.empty());
}

TEST_CASE("nobody and nothing is an answer too") {
    const Tree tree;
    const Table none;
    const Result result = evaluate(levels(), {tree, none, none, {}});
    CHECK(result.problems.empty());
    CHECK(result.members.score.empty());
    CHECK(evaluate_rows(levels(), "no such subject", none).problems.size() == 1);
}

TEST_CASE("a table without rows is evaluated, also when its fact may never be 0") {
    Rulebook rulebook;
    rulebook.id = "test";
    rulebook.edition = "1";
    rulebook.classes = {{"bad", 1, {}}, {"good", 2, {}}};
    rulebook.kinds = {{"cell", 1, {}}};
    Fact months;
    months.key = "months";
    months.lowest = 1;
    months.highest = 12;
    months.origin = {"sample", ""};
    rulebook.facts.push_back(months);
    Subject member;
    member.key = "member";
    Criterion share;
    share.key = "share";
    share.input = {"div(60, months)", read_formula("div(60, months)").expression};
    share.maximum = member.maximum = 60;
    share.origin = {"sample", ""};
    member.criteria.push_back(share);
    member.thresholds.push_back({2, 30, {}, {"sample", ""}});
    rulebook.subjects.push_back(member);
    const Compilation compiled = compile(rulebook);
    REQUIRE(compiled.mistakes.empty());
    Table members, units;
    members.columns.push_back({"months", {}, {}});
    const Result none = evaluate(*compiled.plan, {Tree{}, units, members, {}});
    CHECK(none.problems.empty());
    CHECK(none.members.score.empty());

    const Tree cell{{-1}, {1}, {1}};
    units.ids = {1};
    members.ids = {1, 2};
    members.columns[0].values = {2, 12};
    const std::vector<std::int32_t> of{0, 0};
    const Result two = evaluate(*compiled.plan, {cell, units, members, of});
    CHECK(two.members.score == Numbers{30, 5});
    CHECK(two.members.final_class == Numbers{2, 1});
}
