// The evaluation engine: columns in, columns and reasons out. Pure arithmetic: no files, no clock, no
// database, no locale; the same bits on every machine.
//
//   auto compiled = compile(rulebook);                      // once per rulebook; compiled.mistakes lists all
//   Evaluation input{tree, units, members, member_units};   // facts by the names the rulebook declares
//   Result result = evaluate(*compiled.plan, input, 4);     // score, class, state of everyone, roll-up; 4
//   threads Explanation why = explain_unit(*compiled.plan, input, result, position);          // explain.h
//   Scores sheet = evaluate_rows(*compiled.plan, "meeting", table);  // subjects without a tree
//
// Order of an evaluation: members -> cap of the members -> units from the bottom up, each with the aggregates
// of what lies below, caps of siblings before their parent -> weak units -> roll-up.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "evaluation/mistake.h"
#include "evaluation/rulebook.h"
#include "evaluation/table.h"
#include "evaluation/tree.h"

namespace gw::evaluation {

struct Plan;  // a compiled rulebook; plan.h, needed by nobody outside the engine

const Rulebook& rulebook_of(const Plan& plan);

struct Compilation {
    std::shared_ptr<const Plan> plan;  // empty when there are mistakes
    Mistakes mistakes;                 // all of them
};

// Checks a rulebook and turns its formulas into column passes. An expression that could leave 64 bits
// within the declared ranges of its facts is a mistake here, so it cannot happen later.
Compilation compile(Rulebook rulebook);

// What is to be evaluated. All parts must outlive the call. Tables may hold more columns than the rulebook
// needs; a column that it needs and that is absent counts as missing in every row.
struct Evaluation {
    const Tree& tree;
    const Table& units;                          // one row per position of the tree
    const Table& members;                        // in any order
    std::span<const std::int32_t> member_units;  // tree position of each member's unit
};

// One entry per row of the table evaluated. Class 0 means "not classified"; `state` says why.
struct Scores {
    Numbers score;
    Numbers maximum;    // points available to this row: criteria that do not apply are out
    Numbers pre_class;  // before the cap
    Numbers final_class;
    Numbers state;      // State
    Numbers weak_bits;  // reasons that hold, by their bits; units only
    Numbers is_weak;    // 1 or 0; units only
    Problems problems;  // of evaluate_rows; then the columns are empty
    bool operator==(const Scores&) const = default;
};

// How one cap group came out, so that a report can print base, rounding and limit.
struct CapOutcome {
    std::size_t subject = 0;  // place in Rulebook::subjects
    std::int32_t group = -1;  // tree position of the parent or ancestor, -1 for the whole
    std::int64_t kind = 0;    // of the units in the group; 0 for members and for mixed kinds
    std::int64_t base_count = 0;
    std::int64_t allowed = 0;
    std::int64_t candidates = 0;  // rows that earned the capped class

    // By subject, kind, group, which no two outcomes share.
    bool operator<(const CapOutcome& other) const {
        return std::tie(subject, kind, group) < std::tie(other.subject, other.kind, other.group);
    }
    bool operator==(const CapOutcome&) const = default;
};

struct WeakUnit {
    std::int32_t position = 0;
    std::int64_t score = 0;
    std::int64_t bits = 0;
    bool operator==(const WeakUnit&) const = default;
};

struct Result {
    Problems problems;             // when there are any, nothing was computed
    Scores members;                // rows as in the input
    Scores units;                  // rows are tree positions
    Table aggregates;              // one row per tree position: every Aggregate of the rulebook
    Table rollup;                  // one row per tree position: every Counter
    std::vector<WeakUnit> weak;    // ordered by kind number, score, id
    std::vector<CapOutcome> caps;  // ordered by subject, kind, group
    bool operator==(const Result&) const = default;
};

// Evaluates on that many threads; the result does not depend on their number. It is fastest when the members
// stand in the order of their units' positions.
Result evaluate(const Plan& plan, const Evaluation& input, unsigned threads = 1);

// Scores and classes of rows without a tree (meetings; the worked cases of any subject). Aggregates are read
// from the table as facts. No cap is applied: final_class equals pre_class.
Scores evaluate_rows(const Plan& plan, std::string_view subject, const Table& table);

// The four denominators of any set of subjects.
struct Denominators {
    std::int64_t total = 0;
    std::int64_t exempt = 0;
    std::int64_t not_evaluated = 0;  // facts_missing included
    std::int64_t evaluated = 0;
};
// Counts the rows for which `included` is not 0, all when it is empty. Units without a subject are in no
// number.
Denominators count_denominators(const Scores& scores, std::span<const std::uint8_t> included = {});

// Names of the facts and their tables that a rulebook asks for: what a collector has to provide.
std::vector<std::string> list_facts(const Rulebook& rulebook, Domain domain);

}  // namespace gw::evaluation
