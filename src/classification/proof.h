// The proof of one class as people read it: every number, rule and neighbour, in the reader's language.
#pragma once
#include "classification/reviews.h"
#include "evaluation/explain.h"

namespace gw::classification {

struct NumberedClass {
    std::int64_t number = 0;  // 4 best ... 1; 0 when not classified
    std::string key;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(NumberedClass, (), (number, key, name))

// Where a rule comes from. Basis: source (the cited document says so), general (common practice), sample
// (this organisation's own choice), assumed (the product's default, never to be shown as law).
struct RuleOrigin {
    std::string basis;
    std::string source;  // the document as it is cited, or empty
};
BOOST_DESCRIBE_STRUCT(RuleOrigin, (), (basis, source))

struct ProofFact {
    std::string key;
    std::string name;
    std::string unit;  // "meetings", "months", "yes_no", "level", ...
    std::int64_t value = 0;
    bool is_given = true;  // false: not known, `value` is what it counts as
};
BOOST_DESCRIBE_STRUCT(ProofFact, (), (key, name, unit, value, is_given))

struct ProofCriterion {
    std::string key;
    std::string group;
    std::string group_name;
    std::string name;
    RuleOrigin origin;
    bool applies = true;
    std::vector<ProofFact> facts;
    std::string formula;        // as the rulebook writes it
    std::string formula_words;  // with the facts' names
    std::int64_t input = 0;     // what the formula gave, in units of 1 / input_scale
    std::int64_t input_scale = 1;
    std::string input_unit;
    std::string level_name;  // of a criterion judged by levels
    std::string choice;      // the line of the rulebook that gave the points, when it has lines
    std::int64_t points_milli = 0;
    std::int64_t maximum_milli = 0;
};
BOOST_DESCRIBE_STRUCT(ProofCriterion, (),
                      (key, group, group_name, name, origin, applies, facts, formula, formula_words, input,
                       input_scale, input_unit, level_name, choice, points_milli, maximum_milli))

struct ProofDeduction {
    std::string key;
    std::string name;
    RuleOrigin origin;
    std::vector<ProofFact> facts;
    std::string formula;
    std::int64_t points_milli = 0;
};
BOOST_DESCRIBE_STRUCT(ProofDeduction, (), (key, name, origin, facts, formula, points_milli))

// What a gate that holds does, or a requirement that is not met would have allowed.
BOOST_DEFINE_ENUM_CLASS(GateEffect, not_classified, class_when, at_most, requirement)
struct ProofGate {
    GateEffect effect = GateEffect::at_most;
    std::string key;
    std::string name;
    RuleOrigin origin;
    NumberedClass of_class;  // given, not to be exceeded, or asked for
    std::vector<ProofFact> facts;
    std::string formula;
    std::string formula_words;
};
BOOST_DESCRIBE_STRUCT(ProofGate, (), (effect, key, name, origin, of_class, facts, formula, formula_words))

// Somebody else in the cap group. Who it is stands here only for readers who may see them.
struct ProofNeighbour {
    std::optional<Id<struct SubjectThing>> id;
    std::string name;
    std::int64_t rank = 0;
    std::int64_t score_milli = 0;
};
BOOST_DESCRIBE_STRUCT(ProofNeighbour, (), (id, name, rank, score_milli))

struct ProofCap {
    std::optional<UnitId> group_unit_id;  // below which the group stands; none for the whole organisation
    std::string group_name;
    std::string name;
    RuleOrigin origin;
    NumberedClass of_class;
    std::int64_t percent = 0;
    std::string base;      // good_exclusive, good_or_better, evaluated
    std::string rounding;  // floor, half_up, ceil
    std::int64_t base_count = 0;
    std::int64_t allowed = 0;
    std::int64_t candidates = 0;  // those who earned the class
    std::int64_t rank = 0;        // of this subject among them from 1; 0 when it is none
    bool was_lowered = false;
    std::optional<ProofNeighbour> last_inside, first_outside, above, below;
};
BOOST_DESCRIBE_STRUCT(ProofCap, (),
                      (group_unit_id, group_name, name, origin, of_class, percent, base, rounding, base_count,
                       allowed, candidates, rank, was_lowered, last_inside, first_outside, above, below))

struct ProofChild {
    SubjectKind subject_kind = SubjectKind::unit;
    std::optional<Id<struct SubjectThing>> id;
    std::string name;
    EvaluationState state = EvaluationState::evaluated;
    NumberedClass of_class;
    std::int64_t score_milli = 0;
};
BOOST_DESCRIBE_STRUCT(ProofChild, (), (subject_kind, id, name, state, of_class, score_milli))

struct ProofChange {
    std::string fact;
    std::string name;
    std::string unit;
    std::int64_t from = 0;
    std::int64_t to = 0;
    NumberedClass of_class;
    bool is_exact = true;  // false: a smaller change may do, not every value was tried
};
BOOST_DESCRIBE_STRUCT(ProofChange, (), (fact, name, unit, from, to, of_class, is_exact))

// The review that a page speaks of.
struct ReviewHead {
    ReviewId id;
    std::int64_t year = 0;
    Date as_of{};
    Moment made_at;
    std::string made_by_name;
    std::string rulebook_id;
    std::string edition;
    std::string title;  // of the rulebook
    std::string note;   // what the rulebook says of itself
    std::string checksum;
    bool is_kept = true;  // false: nobody made a review, the year as it stands today; without id and maker
};
BOOST_DESCRIBE_STRUCT(ReviewHead, (),
                      (id, year, as_of, made_at, made_by_name, rulebook_id, edition, title, note, checksum,
                       is_kept))

struct Proof {
    ReviewHead review;
    SubjectKind subject_kind = SubjectKind::unit;
    Id<struct SubjectThing> subject_id;
    std::string name;
    std::string judged_as;  // "cell", the rulebook's subject
    std::string judged_as_name;
    UnitId unit_id;  // of a member: the unit at the review
    std::string unit_name;
    EvaluationState state = EvaluationState::evaluated;
    std::vector<ProofFact> missing;  // without which nothing could be evaluated
    std::int64_t score_milli = 0;
    std::int64_t maximum_milli = 0;
    NumberedClass final_class;
    NumberedClass pre_class;                         // before the cap
    NumberedClass threshold_class;                   // by score and requirements, before gates and cap
    std::optional<std::int64_t> next_minimum_milli;  // the score of the next class above
    std::vector<ProofCriterion> criteria;
    std::vector<ProofDeduction> deductions;
    std::vector<ProofGate> gates;    // that hold
    std::vector<ProofGate> not_met;  // requirements of the classes above
    std::optional<ProofCap> cap;
    std::vector<ProofChild> children;  // of a unit: those that weigh most against it, at most 20
    std::vector<ProofFact> aggregates;
    std::vector<ProofFact> weak_reasons;
    bool is_weak = false;
    std::vector<ProofChange> changes;  // of one fact alone that would have given another class, upwards first
    LaterChanges changed_since;  // of records of the unit and what is below it, after the review was made
};
BOOST_DESCRIBE_STRUCT(Proof, (),
                      (review, subject_kind, subject_id, name, judged_as, judged_as_name, unit_id, unit_name,
                       state, missing, score_milli, maximum_milli, final_class, pre_class, threshold_class,
                       next_minimum_milli, criteria, deductions, gates, not_met, cap, children, aggregates,
                       weak_reasons, is_weak, changes, changed_since))

NumberedClass numbered_class(const evaluation::Rulebook& rulebook, std::int64_t number,
                             std::string_view language);
RuleOrigin rule_origin(const evaluation::Rulebook& rulebook, const evaluation::Origin& origin);
ReviewHead head_of(const KeptReview& kept, std::string_view language);
// The name of a unit today, or its identifier when it no longer stands.
std::string name_of_unit(const Call& call, UnitId unit_id);

// Without a permission check on the subject itself; others are named only to readers who may see them.
Proof prove_unit(const Call& call, const KeptReview& kept, std::int32_t position);
Proof prove_member(const Call& call, const KeptReview& kept, std::size_t row, const std::string& full_name);

}  // namespace gw::classification
