// Classification: the class of every member and unit for a year, proposed by the engine from the records, with its
// proof. Facts are collected by the names the rulebook of the year asks for; lower levels come before higher ones.
//
// Words: a *review* is one year's classification as things stand on a day; a *proposal* is the class the rules give;
// a *self level* is what a member or unit says of itself (1 poor, 2 average, 3 good, 4 excellent); the *proof* is
// every number that led to a class and what would have changed it; the four *denominators* are total, exempt, not
// evaluated, evaluated.
//
// Permissions, over the unit: classification.read (classes of units and totals), members.read_file for the proof of
// another member, classification.self_assess, classification.propose (a review of the whole store).
#pragma once
#include <memory>
#include <span>

#include "platform/call.h"
#include "resolutions/resolutions.h"
#include "rulebooks/rulebooks.h"

namespace gw {
class Router;
}

namespace gw::classification {

BOOST_DEFINE_ENUM_CLASS(SubjectKind, member, unit)
// As the engine says it.
BOOST_DEFINE_ENUM_CLASS(EvaluationState, evaluated, exempt, not_evaluated)

// One line of the latest review, kept so that lists, the story and other capabilities need not evaluate again.
struct UnitClass {
    UnitId unit_id;
    std::int64_t year = 0;
    EvaluationState state = EvaluationState::evaluated;
    std::int64_t score_milli = 0;
    std::int64_t class_number = 0;  // 4 best ... 1; 0 when not classified
    std::string class_key;          // "excellent", "good", "completed", "not_completed", ""
    bool is_weak = false;
};
BOOST_DESCRIBE_STRUCT(UnitClass, (), (unit_id, year, state, score_milli, class_number, class_key, is_weak))

struct MemberClass {
    MemberId member_id;
    UnitId unit_id;
    std::int64_t year = 0;
    EvaluationState state = EvaluationState::evaluated;
    std::int64_t score_milli = 0;
    std::int64_t class_number = 0;
    std::string class_key;
};
BOOST_DESCRIBE_STRUCT(MemberClass, (), (member_id, unit_id, year, state, score_milli, class_number, class_key))

// For the capabilities above, without a permission check.
std::optional<UnitClass> find_unit_class(Db& db, UnitId unit_id, std::int64_t year);
std::vector<UnitClass> classes_of_year(Db& db, std::int64_t year);
std::vector<resolutions::StoryEntry> story_of_classes(const Call& call, UnitId unit_id, std::int64_t year);

// What a member or a unit says of itself for a year; a rulebook names the keys ("self_level_results").
struct SelfLevel {
    SubjectKind subject_kind = SubjectKind::unit;
    Id<struct SubjectThing> subject_id;
    std::int64_t year = 0;
    std::string key;
    std::int64_t level = 0;  // 1 to 4
};
BOOST_DESCRIBE_STRUCT(SelfLevel, (), (subject_kind, subject_id, year, key, level))
void add_self_levels(const Call& call, std::span<const SelfLevel> levels);

struct ReviewReport {
    std::int64_t year = 0;
    std::int64_t member_count = 0;
    std::int64_t unit_count = 0;
    std::int64_t weak_count = 0;
    std::int64_t collect_milliseconds = 0;
    std::int64_t evaluate_milliseconds = 0;
};
BOOST_DESCRIBE_STRUCT(ReviewReport, (), (year, member_count, unit_count, weak_count, collect_milliseconds, evaluate_milliseconds))

// Evaluates the whole store for a year and keeps the classes: one transaction, one audit entry. Collecting and
// evaluating happen outside the writer. Refused: forbidden without classification.propose over the root; not_found
// when no rulebook is in force that year.
ReviewReport review(const Call& call, std::int64_t year, const rulebooks::Library& library);

// GET /api/units/{unit_id}/class?year= (class, four denominators below, caps), GET /api/units/{unit_id}/class/proof?year=,
// GET /api/members/{member_id}/class/proof?year=, GET /api/units/{unit_id}/classes?year=&kind= (children or subtree
// with their classes), POST /api/units/{unit_id}/self_levels, POST /api/members/{member_id}/self_levels,
// POST /api/reviews {year} (slow). The library must outlive the router.
void add_routes(Router& router, const rulebooks::Library& library);

}  // namespace gw::classification
