// Classification: the class of every member and unit for a year, proposed by the engine from the records,
// with its proof. Facts are collected by the names the rulebook of the year asks for; lower levels come
// before higher ones.
//
// Words: a *review* is one year's classification as things stand on a day; a *proposal* is the class the
// rules give; a *self level* is what a member or unit says of itself (1 poor, 2 average, 3 good, 4
// excellent); the *proof* is every number that led to a class and what would have changed it; the four
// *denominators* are total, exempt, not evaluated, evaluated.
//
// Permissions, over the unit: classification.read (classes of units and members, totals, the proof of a
// unit), members.read_file for the proof of another member, classification.self_assess,
// classification.propose (a review of the whole store). Members read their own proof and assess themselves
// without any.
#pragma once
#include <functional>
#include <memory>
#include <span>

#include "members/members.h"
#include "platform/call.h"
#include "platform/jobs/jobs.h"
#include "resolutions/resolutions.h"
#include "rulebooks/rulebooks.h"

namespace gw {
class Router;
using ReviewId = Id<struct ReviewThing>;
}  // namespace gw

namespace gw::classification {

BOOST_DEFINE_ENUM_CLASS(SubjectKind, member, unit)
// As the engine says it; a subject of which a needed fact is not known is not evaluated.
BOOST_DEFINE_ENUM_CLASS(EvaluationState, evaluated, exempt, not_evaluated)

// One line of the latest review, kept so that lists, the story and other capabilities need not evaluate
// again.
struct UnitClass {
    UnitId unit_id;
    std::int64_t year = 0;
    EvaluationState state = EvaluationState::evaluated;
    std::int64_t score_milli = 0;    // thousandths of a point
    std::int64_t maximum_milli = 0;  // that this unit could reach
    std::int64_t pre_class = 0;      // before the cap
    std::int64_t class_number = 0;   // 4 best ... 1; 0 when not classified
    std::string class_key;           // "excellent", "good", "completed", "not_completed", ""
    bool is_weak = false;
    std::int64_t weak_bits = 0;  // the reasons, by the bits of the rulebook
};
BOOST_DESCRIBE_STRUCT(UnitClass, (),
                      (unit_id, year, state, score_milli, maximum_milli, pre_class, class_number, class_key,
                       is_weak, weak_bits))

struct MemberClass {
    MemberId member_id;
    UnitId unit_id;
    std::int64_t year = 0;
    EvaluationState state = EvaluationState::evaluated;
    std::int64_t score_milli = 0;
    std::int64_t maximum_milli = 0;
    std::int64_t pre_class = 0;
    std::int64_t class_number = 0;
    std::string class_key;
};
BOOST_DESCRIBE_STRUCT(MemberClass, (),
                      (member_id, unit_id, year, state, score_milli, maximum_milli, pre_class, class_number,
                       class_key))

// For the capabilities above, without a permission check.
std::optional<UnitClass> find_unit_class(Db& db, UnitId unit_id, std::int64_t year);
std::optional<MemberClass> find_member_class(Db& db, MemberId member_id, std::int64_t year);
// Of the units in `only`, of all when it is empty.
std::vector<UnitClass> classes_of_year(Db& db, std::int64_t year, std::span<const UnitId> only = {});
// The class of the unit as an entry of its story, on the day of the review; nothing for readers without
// classification.read over the unit.
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
// For the sample: many at once for subjects that said nothing yet, already checked; the caller writes the
// audit entry.
void add_self_levels(const Call& call, std::span<const SelfLevel> levels);

struct ReviewReport {
    ReviewId review_id;
    std::int64_t year = 0;
    Date as_of{};  // records after this day do not count
    std::int64_t member_count = 0;
    std::int64_t unit_count = 0;
    std::int64_t weak_count = 0;
    std::int64_t members_left_out = 0;  // in units that no longer stand or that nobody judges
    std::int64_t collect_milliseconds = 0;
    std::int64_t evaluate_milliseconds = 0;
    std::int64_t keep_milliseconds = 0;
};
BOOST_DESCRIBE_STRUCT(ReviewReport, (),
                      (review_id, year, as_of, member_count, unit_count, weak_count, members_left_out,
                       collect_milliseconds, evaluate_milliseconds, keep_milliseconds))

// Evaluates the whole store for a year, as things stand today or stood on the last day of the year, and keeps
// the classes in place of those of the review before: one transaction, one audit entry. Collecting and
// evaluating happen outside the writer, so do not call it inside a change. Members and units stand where
// today's tree has them. Refused: forbidden without classification.propose over the root; not_found when no
// rulebook is in force that year; invalid when the year has not begun; conflict when the rulebook asks for a
// fact that no record gives, knows a kind of unit that is judged not, or when a fact lies outside its range.
// `progress` is told how many of the steps are done.
ReviewReport review(const Call& call, std::int64_t year, const rulebooks::Library& library,
                    const std::function<void(std::int64_t done, std::int64_t total)>& progress = {});

// GET /api/units/{unit_id}/class and, below it, proof; GET /api/units/{unit_id}/classes and member_classes;
// GET /api/members/{member_id}/class and, below it, proof: of the last review of a year, or as this year
// stands today (basis=today). GET and POST /api/units/{unit_id}/what_if; GET and POST self_levels below a
// unit or a member; GET /api/reviews, and POST, which begins a job. The library and the readings must outlive
// the router.
void add_routes(Router& router, const rulebooks::Library& library, members::Readings& readings);
// Makes the reviews that were asked for. The library must outlive the jobs.
void add_jobs(jobs::Jobs& jobs, const rulebooks::Library& library);

}  // namespace gw::classification
