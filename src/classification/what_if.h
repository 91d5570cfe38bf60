// What if a number of the rulebook were another: this year's records, evaluated by a changed copy of the
// edition in force. Nothing is kept.
#pragma once
#include "classification/classes.h"

namespace gw::classification {

struct AskSettings {
    UnitId unit_id;
};
BOOST_DESCRIBE_STRUCT(AskSettings, (), (unit_id))

struct CapToTry {
    NumberedClass of_class;
    std::string name;
    std::int64_t percent = 0;
};
BOOST_DESCRIBE_STRUCT(CapToTry, (), (of_class, name, percent))
struct ThresholdToTry {
    NumberedClass of_class;
    std::optional<std::int64_t> minimum_milli;  // none: requirements alone decide
};
BOOST_DESCRIBE_STRUCT(ThresholdToTry, (), (of_class, minimum_milli))
struct CriterionToTry {
    std::string key;
    std::string name;
    std::int64_t maximum_milli = 0;
};
BOOST_DESCRIBE_STRUCT(CriterionToTry, (), (key, name, maximum_milli))
struct SubjectToTry {
    std::string key;
    std::string name;
    std::int64_t maximum_milli = 0;
    std::optional<CapToTry> cap;
    std::vector<ThresholdToTry> thresholds;  // the best class first
    std::vector<CriterionToTry> criteria;    // those that have points
};
BOOST_DESCRIBE_STRUCT(SubjectToTry, (), (key, name, maximum_milli, cap, thresholds, criteria))
struct SettingsToTry {
    std::int64_t year = 0;
    std::string edition;
    std::string title;
    std::vector<SubjectToTry> subjects;
};
BOOST_DESCRIBE_STRUCT(SettingsToTry, (), (year, edition, title, subjects))

struct TriedCap {
    std::string subject;
    std::int64_t percent = 0;  // 0 to 100
};
BOOST_DESCRIBE_STRUCT(TriedCap, (), (subject, percent))
struct TriedThreshold {
    std::string subject;
    std::int64_t class_number = 0;
    std::int64_t minimum_milli = 0;  // 0 to the subject's maximum as it is tried
};
BOOST_DESCRIBE_STRUCT(TriedThreshold, (), (subject, class_number, minimum_milli))
// All points of the criterion grow or shrink with its maximum.
struct TriedMaximum {
    std::string subject;
    std::string criterion;
    std::int64_t maximum_milli = 0;  // 0 to 1000 points
};
BOOST_DESCRIBE_STRUCT(TriedMaximum, (), (subject, criterion, maximum_milli))
struct AskWhatIf {
    UnitId unit_id;
    std::optional<std::vector<TriedCap>> caps;
    std::optional<std::vector<TriedThreshold>> thresholds;
    std::optional<std::vector<TriedMaximum>> maximums;
    std::optional<std::int64_t> after;  // how many lines to leave out
    std::optional<std::int64_t> limit;  // 1 to 200, 50 when absent
};
BOOST_DESCRIBE_STRUCT(AskWhatIf, (), (unit_id, caps, thresholds, maximums, after, limit))

struct ClassMove {
    SubjectKind subject_kind = SubjectKind::unit;
    std::string judged_as_name;  // "Cell"
    NumberedClass from_class;
    NumberedClass to_class;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(ClassMove, (), (subject_kind, judged_as_name, from_class, to_class, count))
struct MovedSubject {
    SubjectKind subject_kind = SubjectKind::unit;
    std::optional<Id<struct SubjectThing>>
        subject_id;  // none and no name: a member whom the reader may not see
    std::string name;
    UnitId unit_id;  // itself, or the member's
    std::string unit_name;
    NumberedClass from_class;
    NumberedClass to_class;
    std::int64_t from_score_milli = 0;
    std::int64_t to_score_milli = 0;
};
BOOST_DESCRIBE_STRUCT(MovedSubject, (),
                      (subject_kind, subject_id, name, unit_id, unit_name, from_class, to_class,
                       from_score_milli, to_score_milli))
struct WhatIfAnswer {
    std::int64_t year = 0;
    Date as_of{};
    std::int64_t units_changed = 0;    // of the unit and all below it
    std::int64_t members_changed = 0;  // the same
    std::vector<ClassMove> moves;      // the most first
    std::vector<MovedSubject> rows;    // units in the order of the tree, then members
    std::int64_t total = 0;
    std::optional<std::int64_t> next_after;
    std::int64_t compile_microseconds = 0;
    std::int64_t evaluate_microseconds = 0;  // of the whole organisation
};
BOOST_DESCRIBE_STRUCT(WhatIfAnswer, (),
                      (year, as_of, units_changed, members_changed, moves, rows, total, next_after,
                       compile_microseconds, evaluate_microseconds))

// Refused: not_found for units that do not stand or when no rulebook is in force; forbidden without
// classification.propose over the unit.
SettingsToTry settings_to_try(const Call& call, const AskSettings& request,
                              const rulebooks::Library& library);
// Refused also: invalid, with all mistakes, when nothing is tried, the edition has no such subject, cap,
// class or criterion, a number is tried twice or lies outside its range, or the changed rulebook would
// contradict itself; conflict as review() says.
WhatIfAnswer what_if(const Call& call, const AskWhatIf& request, Setting& setting);

}  // namespace gw::classification
