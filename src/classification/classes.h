// What the routes of classification ask and answer.
#pragma once
#include "classification/proof.h"
#include "classification/todays_classes.h"

namespace gw::classification {

struct UnitYear {
    UnitId unit_id;
    std::optional<std::int64_t> year;  // of today when absent
};
BOOST_DESCRIBE_STRUCT(UnitYear, (), (unit_id, year))
struct MemberYear {
    MemberId member_id;
    std::optional<std::int64_t> year;
};
BOOST_DESCRIBE_STRUCT(MemberYear, (), (member_id, year))

// What a class is read from: the last review of the year, or the records of this year as they are now.
BOOST_DEFINE_ENUM_CLASS(Basis, review, today)
struct AskUnitClass {
    UnitId unit_id;
    std::optional<std::int64_t> year;
    std::optional<Basis> basis = {};  // review when absent
};
BOOST_DESCRIBE_STRUCT(AskUnitClass, (), (unit_id, year, basis))
struct AskMemberClass {
    MemberId member_id;
    std::optional<std::int64_t> year;
    std::optional<Basis> basis = {};
};
BOOST_DESCRIBE_STRUCT(AskMemberClass, (), (member_id, year, basis))

// The proposal for one subject.
struct ClassLine {
    EvaluationState state = EvaluationState::evaluated;
    std::int64_t score_milli = 0;
    std::int64_t maximum_milli = 0;
    NumberedClass final_class;
    NumberedClass pre_class;
};
BOOST_DESCRIBE_STRUCT(ClassLine, (), (state, score_milli, maximum_milli, final_class, pre_class))

struct WeakLine {
    std::string key;
    std::string name;
    RuleOrigin origin;
};
BOOST_DESCRIBE_STRUCT(WeakLine, (), (key, name, origin))

// A key that a subject may answer for itself, with what it said.
struct SelfLine {
    std::string key;
    std::string name;
    std::optional<std::int64_t> level;
    std::string level_name;
};
BOOST_DESCRIBE_STRUCT(SelfLine, (), (key, name, level, level_name))

struct ClassShare {
    NumberedClass of_class;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(ClassShare, (), (of_class, count))
// total = exempt + not_evaluated + evaluated; evaluated = the sum of the classes, the best first.
struct ClassMix {
    std::int64_t total = 0;
    std::int64_t exempt = 0;
    std::int64_t not_evaluated = 0;
    std::int64_t evaluated = 0;
    std::vector<ClassShare> classes;
};
BOOST_DESCRIBE_STRUCT(ClassMix, (), (total, exempt, not_evaluated, evaluated, classes))
struct KindMix {
    std::string kind;
    std::string name;
    ClassMix mix;
};
BOOST_DESCRIBE_STRUCT(KindMix, (), (kind, name, mix))

// How a cap came out in the group that stands below the unit.
struct CapLine {
    std::string subject;
    std::string subject_name;
    std::string kind;  // of the units in the group; empty for members and for several kinds
    std::string name;
    RuleOrigin origin;
    NumberedClass of_class;
    std::int64_t percent = 0;
    std::string base;
    std::string rounding;
    std::int64_t base_count = 0;
    std::int64_t allowed = 0;
    std::int64_t candidates = 0;  // earned the class
    std::int64_t lowered = 0;     // of these, those who did not get it
};
BOOST_DESCRIBE_STRUCT(CapLine, (),
                      (subject, subject_name, kind, name, origin, of_class, percent, base, rounding,
                       base_count, allowed, candidates, lowered))

struct UnitClassPage {
    UnitId unit_id;
    std::string unit_name;
    std::string kind;
    std::int64_t year = 0;
    bool has_rulebook = false;         // one is in force that year
    std::optional<ReviewHead> review;  // none: the year was not reviewed yet
    std::optional<ClassLine> outcome;  // none: the unit was no part of the review
    bool is_weak = false;
    std::vector<WeakLine> weak_reasons;
    std::vector<SelfLine> self_levels;
    ClassMix members;                  // of the unit and of all below it
    std::vector<KindMix> units_below;  // each kind that stands below, from the bottom of the tree up
    std::vector<CapLine> caps;
};
BOOST_DESCRIBE_STRUCT(UnitClassPage, (),
                      (unit_id, unit_name, kind, year, has_rulebook, review, outcome, is_weak, weak_reasons,
                       self_levels, members, units_below, caps))

BOOST_DEFINE_ENUM_CLASS(ClassSort, place, name, best_first, worst_first)
struct ListClasses {
    UnitId unit_id;
    std::optional<std::int64_t> year;
    std::optional<std::string> kind;  // everything of this kind below; the units directly below when absent
    std::optional<std::int64_t> class_number;  // 0 for those without a class
    std::optional<bool> weak;
    std::optional<ClassSort> sort;      // place in the tree when absent
    std::optional<std::int64_t> after;  // how many lines to leave out
    std::optional<std::int64_t> limit;  // 1 to 200, 50 when absent
    std::optional<Basis> basis = {};
};
BOOST_DESCRIBE_STRUCT(ListClasses, (), (unit_id, year, kind, class_number, weak, sort, after, limit, basis))
struct UnitClassLine {
    UnitId unit_id;
    std::string code;
    std::string name;
    std::string kind;
    std::optional<ClassLine> outcome;        // none: the unit was no part of the review
    std::optional<std::int64_t> self_level;  // said before the review
    bool is_weak = false;
};
BOOST_DESCRIBE_STRUCT(UnitClassLine, (), (unit_id, code, name, kind, outcome, self_level, is_weak))
struct UnitClassList {
    std::int64_t year = 0;
    std::vector<UnitClassLine> rows;
    std::int64_t total = 0;
    std::optional<std::int64_t> next_after;
};
BOOST_DESCRIBE_STRUCT(UnitClassList, (), (year, rows, total, next_after))

struct MemberClassLine {
    MemberId member_id;
    std::string full_name;  // empty without members.read over the unit
    ClassLine outcome;
};
BOOST_DESCRIBE_STRUCT(MemberClassLine, (), (member_id, full_name, outcome))
struct MemberClassList {
    UnitId unit_id;
    std::int64_t year = 0;
    std::vector<MemberClassLine> rows;  // the best first
};
BOOST_DESCRIBE_STRUCT(MemberClassList, (), (unit_id, year, rows))

struct MemberClassPage {
    MemberId member_id;
    std::int64_t year = 0;
    bool has_rulebook = false;
    std::optional<ReviewHead> review;
    std::optional<ClassLine> outcome;
    std::vector<SelfLine> self_levels;
};
BOOST_DESCRIBE_STRUCT(MemberClassPage, (), (member_id, year, has_rulebook, review, outcome, self_levels))

struct GivenLevel {
    std::string key;
    std::int64_t level = 0;
};
BOOST_DESCRIBE_STRUCT(GivenLevel, (), (key, level))
struct AssessUnit {
    UnitId unit_id;
    std::optional<std::int64_t> year;
    std::vector<GivenLevel> levels;  // those not named keep what they were
};
BOOST_DESCRIBE_STRUCT(AssessUnit, (), (unit_id, year, levels))
struct AssessMember {
    MemberId member_id;
    std::optional<std::int64_t> year;
    std::vector<GivenLevel> levels;
};
BOOST_DESCRIBE_STRUCT(AssessMember, (), (member_id, year, levels))
struct SelfLevels {
    std::int64_t year = 0;
    std::vector<SelfLine> levels;
};
BOOST_DESCRIBE_STRUCT(SelfLevels, (), (year, levels))

struct MakeReview {
    std::int64_t year = 0;
};
BOOST_DESCRIBE_STRUCT(MakeReview, (), (year))
struct ReviewList {
    std::vector<Review> reviews;  // the newest first, at most 100
};
BOOST_DESCRIBE_STRUCT(ReviewList, (), (reviews))

// What the operations stand on besides the call.
struct Setting {
    const rulebooks::Library& library;
    members::Readings& readings;
    Reviews reviews;
    TodaysClasses todays_classes;

    Setting(const rulebooks::Library& its_library, members::Readings& its_readings)
        : library(its_library), readings(its_readings), reviews(its_library), todays_classes(its_library) {}
};

// Null when the year was not reviewed, or no rulebook is in force. Refused: invalid when `today` is asked for
// another year than this; conflict as review() says.
std::shared_ptr<const KeptReview> find_classes(const Call& call, std::int64_t year,
                                               const std::optional<Basis>& basis, Setting& setting);
// The edition by which a review of the year is made. Refused as review() says before it begins.
std::shared_ptr<const rulebooks::Edition> edition_to_review_by(const Call& call, std::int64_t year,
                                                               const rulebooks::Library& library);

// Refused: not_found for units that do not stand; forbidden without classification.read over the unit.
UnitClassPage unit_class(const Call& call, const AskUnitClass& request, Setting& setting);
UnitClassList list_classes(const Call& call, const ListClasses& request, Setting& setting);
MemberClassList member_classes(const Call& call, const AskUnitClass& request, Setting& setting);
// Refused: forbidden without classification.read over the member's unit, unless it is the reader's own class.
MemberClassPage member_class(const Call& call, const AskMemberClass& request, Setting& setting);
// Refused also: not_found when the year was not reviewed, or the unit was no part of the review.
Proof unit_proof(const Call& call, const AskUnitClass& request, Setting& setting);
// Refused as unit_proof, and forbidden without members.read_file over the member's unit, unless it is the
// reader's own proof. Reading another's is noted.
Proof member_proof(const Call& call, const AskMemberClass& request, Setting& setting);

// Refused: forbidden without classification.self_assess over the unit (a member: of oneself without any);
// not_found when no rulebook is in force that year; invalid when nothing is said, a key is not one the
// rulebook asks the subject for, a key comes twice, a level is not 1 to 4, or the year has not begun.
SelfLevels assess_unit(const Call& call, const AssessUnit& request, const Setting& setting);
SelfLevels assess_member(const Call& call, const AssessMember& request, const Setting& setting);
// What may be said, and what was. Refused as the proof of the subject.
SelfLevels unit_self_levels(const Call& call, const UnitYear& request, const Setting& setting);
SelfLevels member_self_levels(const Call& call, const MemberYear& request, const Setting& setting);
std::vector<SelfLine> self_lines(const Call& call, SubjectKind subject_kind, std::int64_t subject_id,
                                 std::int64_t year, const rulebooks::Library& library);

std::int64_t year_asked(const Call& call, const std::optional<std::int64_t>& year);

}  // namespace gw::classification
