// A compiled rulebook: its formulas as programs over numbered columns. Only the engine reads it.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "evaluation/evaluate.h"
#include "evaluation/graph.h"
#include "evaluation/program.h"

namespace gw::evaluation {

// More rows than these are refused, so that sums stay inside the ranges found when the rulebook was compiled.
constexpr std::int64_t most_members = 200'000'000;
constexpr std::int64_t most_units = 20'000'000;

// The numbered columns of one domain: facts, then whether each fact is given, then what the engine itself
// makes, then aggregates.
struct Environment {
    enum Own : std::int64_t { score, pre_class, final_class, state, is_weak, kind, own_count };

    Domain domain = Domain::member;
    std::vector<std::size_t> facts;       // places in Rulebook::facts
    std::vector<std::size_t> aggregates;  // places in Rulebook::aggregates; units only
    std::map<std::string, std::int64_t> fact_numbers;
    std::map<std::string, std::int64_t> aggregate_numbers;

    std::int64_t fact(std::size_t place) const { return static_cast<std::int64_t>(place); }
    std::int64_t given(std::size_t place) const { return static_cast<std::int64_t>(facts.size() + place); }
    std::int64_t own(Own which) const { return static_cast<std::int64_t>(2 * facts.size()) + which; }
    std::int64_t aggregate(std::size_t place) const {
        return own(own_count) + static_cast<std::int64_t>(place);
    }
    std::size_t columns() const { return 2 * facts.size() + own_count + aggregates.size(); }
};

// Where the values of an explanation stand among the outputs of SubjectPlan::detail.
struct DetailPlaces {
    struct OfCriterion {
        std::size_t input = 0;
        std::size_t applies = 0;
        std::size_t points = 0;
        std::size_t choice = 0;  // number of the chosen line from 1, 0 for none
    };
    std::vector<OfCriterion> criteria;
    std::vector<std::size_t> derived;
    std::vector<std::size_t> deductions;
    std::vector<std::size_t> not_classified;
    std::vector<std::size_t> class_when;
    std::vector<std::size_t> at_most;
    std::vector<std::vector<std::size_t>> requirements;  // by threshold
    std::size_t threshold_class = 0;
    std::size_t score = 0;
    std::size_t maximum = 0;
    std::size_t pre_class = 0;
    std::size_t state = 0;
};

struct SubjectPlan {
    std::size_t subject = 0;  // place in Rulebook::subjects
    Program scores;           // score, maximum, pre_class, state
    Program weak;             // bits, is_weak; empty outputs when the subject has no reasons
    Program detail;
    DetailPlaces places;
    std::vector<std::int64_t> weak_reason_places;  // of WeakReason conditions in `weak`, after the two
    std::vector<std::size_t> required;             // facts (places in the environment) that must be known
    std::vector<std::size_t> used;                 // all facts that score, class or rank depend on
    std::vector<std::int64_t> tie_columns;
};

struct Plan {
    Rulebook rulebook;
    Environment environments[3];  // by Domain
    std::vector<SubjectPlan> subjects;
    std::vector<Range> aggregate_ranges;  // by place in Rulebook::aggregates
    Program member_sums;                  // sources of aggregates over members, then counters of members
    Program unit_sums;                    // sources of aggregates over units
    Program unit_counts;                  // counters of units
    std::vector<std::size_t> aggregates_over_members;  // places in Rulebook::aggregates
    std::vector<std::size_t> aggregates_over_units;
    std::vector<std::size_t> counters_of_members;  // places in Rulebook::counters
    std::vector<std::size_t> counters_of_units;

    const Environment& environment(Domain domain) const {
        return environments[static_cast<std::size_t>(domain)];
    }
    std::size_t place_of(const SubjectPlan& subject) const {
        return static_cast<std::size_t>(&subject - subjects.data());
    }
    const SubjectPlan* find_subject(std::string_view key) const {
        for (const SubjectPlan& one : subjects)
            if (rulebook.subjects[one.subject].key == key) return &one;
        return nullptr;
    }
    // The subject that judges members, or nullptr.
    const SubjectPlan* find_member_subject() const {
        for (const SubjectPlan& one : subjects)
            if (rulebook.subjects[one.subject].domain == Domain::member) return &one;
        return nullptr;
    }
    const SubjectPlan* find_unit_subject(std::int64_t kind) const {
        for (const SubjectPlan& one : subjects) {
            const Subject& subject = rulebook.subjects[one.subject];
            if (subject.domain != Domain::unit) continue;
            for (const std::int64_t number : subject.kinds)
                if (number == kind) return &one;
        }
        return nullptr;
    }
};

}  // namespace gw::evaluation
