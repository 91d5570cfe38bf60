// A rulebook as checked structs: everything the engine knows about who is judged, by which facts,
// criteria, gates, thresholds and caps. `rulebooks` reads it from TOML; nothing here knows files.
#pragma once
#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "evaluation/formula.h"
#include "evaluation/text.h"

namespace gw::evaluation {

// A formula with the text it was written as.
struct Formula {
    std::string text;
    Expression expression;
    bool is_empty() const { return text.empty(); }
};

// Which table a fact or subject belongs to.
enum class Domain { member, unit, meeting };

// Something with a number and a name in three languages: a class (the higher the better, from 1),
// a level of a criterion (from 1), or a kind of unit.
struct Named {
    std::string key;
    std::int64_t number = 0;
    Text text;
};

struct Fact {
    std::string key;
    Domain domain = Domain::member;
    std::int64_t lowest = 0;  // a value outside is refused before anything is computed
    std::int64_t highest = 0;
    // What a missing value counts as. Without it a subject whose fact is missing is not evaluated.
    std::optional<std::int64_t> when_missing;
    // What a missing value is read as: when_missing, else the value of the range that is nearest to 0.
    std::int64_t filler() const {
        return when_missing.value_or(std::clamp<std::int64_t>(0, lowest, highest));
    }
    std::string unit;      // "meetings", "months", "yes_no", "level"
    bool is_self = false;  // said by those who are judged, not known from records
    Text text;
    Origin origin;
};

// A fact of a unit made from the members or units below it: the sum of `of` (1 when empty)
// over those for which `where` holds (all when empty).
enum class Over {
    members,          // members of the unit itself
    subtree_members,  // members of the unit and of every unit below
    children,         // direct children
    subtree           // every unit below, not itself
};
struct Aggregate {
    std::string key;
    Over over = Over::members;
    Formula of;
    Formula where;
    Text text;
    Origin origin;
};

// A number summed over the subtree of every unit, itself included; asked for after all classes are final.
struct Counter {
    std::string key;
    Domain domain = Domain::member;  // counts members or units
    Formula of;
    Formula when;
    Text text;
};

struct Derived {
    std::string key;
    Formula formula;
    Text text;
};

struct Point {
    std::int64_t x = 0;
    std::int64_t y = 0;
};
struct Choice {
    Formula when;
    std::int64_t points = 0;
    Text text;
};

enum class Scoring {
    direct,     // the input itself, kept within 0 and the maximum
    piecewise,  // straight lines between points, flat outside; divisions rounded towards the earlier point
    steps,      // first x <= bound gives its points, else `otherwise`
    yes_no,     // not 0 gives the maximum, 0 gives `otherwise`
    level,      // level number n gives points[n - 1].y, anything else `otherwise`
    choice      // first condition that holds gives its points, else `otherwise`
};

struct CriteriaGroup {
    std::string key;
    std::int64_t maximum = 0;
    Text text;
    Origin origin;
};

struct Criterion {
    std::string key;
    std::string group;     // key of a CriteriaGroup, or empty
    Formula input;         // empty for Scoring::choice
    Formula applies_when;  // when given and not true, neither points nor maximum count
    Scoring scoring = Scoring::direct;
    std::vector<Point> points;
    std::vector<Choice> choices;
    std::int64_t otherwise = 0;
    std::int64_t maximum = 0;
    std::int64_t input_scale = 1;  // the input is shown divided by this: 100 for hundredths of a percent
    std::string input_unit;
    Text text;
    Origin origin;
};

// Points taken away: the value of `amount`, or its score by steps or lines.
struct Deduction {
    std::string key;
    Formula amount;
    Scoring scoring = Scoring::direct;
    std::vector<Point> points;
    std::int64_t otherwise = 0;
    Text text;
    Origin origin;
};

enum class State : std::int64_t {
    evaluated = 0,
    exempt = 1,         // the rulebook says that this subject is not to be judged
    not_evaluated = 2,  // it ought to be judged, but a condition of the rulebook says it was not
    facts_missing = 3,  // a fact that its subject needs is not known
    no_subject = 4      // the rulebook has no subject for this kind of unit
};

// A condition with its consequence: a state, the class, or the highest class possible.
struct Gate {
    std::string key;
    Formula when;
    State state = State::evaluated;  // of a not_classified gate
    std::int64_t class_number = 0;   // of a class_when or at_most gate
    Text text;
    Origin origin;
};

struct Requirement {
    std::string key;
    Formula when;
    Text text;
    Origin origin;
};

// A class is given when the score reaches the minimum and all requirements hold; the highest such class
// counts.
struct Threshold {
    std::int64_t class_number = 0;
    std::optional<std::int64_t> minimum;  // a scheme of levels has none
    std::vector<Requirement> requirements;
    Origin origin;
};

enum class CapBase { good_exclusive, good_or_better, evaluated };
enum class CapGroup { parent_and_kind, parent, whole, ancestor };
enum class Rounding { floor, half_up, ceil };

struct TieBreak {
    std::string column;  // "score", a fact, or "id"
    bool is_descending = false;
};

// At most `percent` of the base may hold `class_number`; the others of that class fall to the next class
// below. "good" is that next class. The base counts classes before the cap.
struct Cap {
    std::int64_t class_number = 0;
    std::int64_t percent = 0;
    CapBase base = CapBase::good_or_better;
    CapGroup group = CapGroup::parent_and_kind;
    std::int64_t ancestor_kind = 0;  // of CapGroup::ancestor: the nearest unit above of this kind
    Rounding rounding = Rounding::floor;
    std::vector<TieBreak> tie_breaks;  // after these the smaller id wins
    Text text;
    Origin origin;
};

struct WeakReason {
    std::string key;
    std::int64_t bit = 0;  // 1, 2, 4, ...
    Formula when;
    Text text;
    Origin origin;
};

// A worked case: facts (aggregates of units included) and the answer that the rulebook must give.
// A fact that is not named is its when_missing, or unknown.
struct WorkedCase {
    std::string name;
    std::map<std::string, std::int64_t> facts;
    std::optional<std::int64_t> score;
    std::optional<std::int64_t> maximum;
    std::int64_t class_number = 0;  // before any cap
};

struct Subject {
    std::string key;
    Domain domain = Domain::member;
    std::vector<std::int64_t> kinds;  // of Domain::unit
    Text text;
    std::int64_t maximum = 0;  // the sum of all criteria
    std::vector<CriteriaGroup> groups;
    std::vector<Derived> derived;
    std::vector<Criterion> criteria;
    std::vector<Deduction> deductions;
    std::vector<Gate> not_classified;  // in order; the first that holds gives the state
    std::vector<Gate> class_when;      // in order; the first that holds gives the class
    std::vector<Gate> at_most;         // every one that holds lowers
    std::vector<Threshold> thresholds;
    std::optional<Cap> cap;
    std::vector<WeakReason> weak_reasons;
    Formula weak_when;  // over "reason.key"
    std::vector<WorkedCase> cases;
};

struct Rulebook {
    std::string id;                           // "vn.classification"
    std::string edition;                      // "2023-2024"
    std::int64_t valid_from = 0;              // first year
    std::optional<std::int64_t> valid_until;  // last year, none when still in force
    // An edition that begins or ends within a year says the days, as 2025-10-28; empty otherwise.
    std::string first_day;
    std::string last_day;
    bool is_by_choice = false;  // counts only where a unit chose it
    Text title;
    Text note;
    std::vector<std::string> languages;  // in which every text must be given
    std::int64_t score_scale = 1;        // a point is this many units of score
    std::map<std::string, std::string> sources;
    std::vector<Named> classes;
    std::vector<Named> levels;
    std::vector<Named> kinds;  // from the bottom of the tree to the top
    std::vector<Fact> facts;
    std::vector<Aggregate> aggregates;
    std::vector<Subject> subjects;
    std::vector<Counter> counters;

    const Subject* find_subject(const std::string& key) const {
        for (const Subject& subject : subjects)
            if (subject.key == key) return &subject;
        return nullptr;
    }
    const Named* find_class(std::int64_t number) const {
        for (const Named& one : classes)
            if (one.number == number) return &one;
        return nullptr;
    }
    const Named* find_kind(const std::string& key) const {
        for (const Named& one : kinds)
            if (one.key == key) return &one;
        return nullptr;
    }
};

}  // namespace gw::evaluation
