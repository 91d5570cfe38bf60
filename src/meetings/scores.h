// The score of a meeting: how good it was by the meeting rulebook, from what the record knows, from what the
// unit says of itself and from what a visitor saw.
//
// Permissions, over the unit: meetings.read or meetings.record to see it, meetings.record to self-score.
#pragma once
#include <functional>
#include <span>

#include "platform/call.h"

namespace gw {
using MeetingId = Id<struct MeetingThing>;
namespace rulebooks {
class Library;
struct Edition;
}  // namespace rulebooks
}  // namespace gw

namespace gw::meetings {

struct Meeting;
struct MeetingKey;
struct Setting;

// The points of a group that attended the meeting.
struct VisitorScore {
    std::string group_name;
    Date visited_on{};
    std::int64_t points_milli = 0;
};
BOOST_DESCRIBE_STRUCT(VisitorScore, (), (group_name, visited_on, points_milli))
using VisitorSource = std::function<std::optional<VisitorScore>(const Call&, MeetingId)>;

// Where the points of a criterion come from. `waiting`: the unit has not scored it yet; `not_asked`: it does
// not apply to this meeting and its points are not in the maximum.
BOOST_DEFINE_ENUM_CLASS(PointsFrom, record, self, waiting, not_asked)

struct ScoreFact {
    std::string key;
    std::string name;  // in the reader's language
    std::string unit;
    std::int64_t value = 0;
    bool is_given = false;
    bool is_self = false;  // said by the unit, not known from the record
    std::int64_t lowest = 0, highest = 1;
};
BOOST_DESCRIBE_STRUCT(ScoreFact, (), (key, name, unit, value, is_given, is_self, lowest, highest))

struct CriterionScore {
    std::string key;
    std::string group;
    std::string group_name;
    std::string name;
    PointsFrom points_from = PointsFrom::record;
    std::int64_t points_milli = 0;
    std::int64_t maximum_milli = 0;
    std::string chosen;  // the line of the rulebook that gave the points, when it has lines
    std::vector<ScoreFact> facts;
};
BOOST_DESCRIBE_STRUCT(CriterionScore, (),
                      (key, group, group_name, name, points_from, points_milli, maximum_milli, chosen, facts))

struct MeetingScore {
    MeetingId meeting_id;
    std::string rulebook;  // id and edition
    std::int64_t points_milli = 0;
    std::int64_t record_points_milli = 0;  // of the points, those known from the record
    std::int64_t self_points_milli = 0;    // of the points, those the unit gave itself
    std::int64_t maximum_milli = 0;        // this meeting can reach
    std::int64_t sheet_maximum_milli = 0;  // any meeting can reach
    std::int64_t waiting_milli = 0;        // of the maximum, not scored yet
    std::optional<std::string> score_class;
    std::string class_name;
    std::vector<CriterionScore> criteria;
    std::optional<VisitorScore> visitor;
    std::optional<std::int64_t> gap_milli;  // points minus those of the visitor, once all is scored
};
BOOST_DESCRIBE_STRUCT(MeetingScore, (),
                      (meeting_id, rulebook, points_milli, record_points_milli, self_points_milli,
                       maximum_milli, sheet_maximum_milli, waiting_milli, score_class, class_name, criteria,
                       visitor, gap_milli))

struct SelfMark {
    std::string fact;
    std::int64_t value = 0;
};
BOOST_DESCRIBE_STRUCT(SelfMark, (), (fact, value))

struct ScoreSelf {
    MeetingId meeting_id;
    std::vector<SelfMark> marks;  // those not named keep what they were
};
BOOST_DESCRIBE_STRUCT(ScoreSelf, (), (meeting_id, marks))

struct SelfMarks {
    MeetingId meeting_id;
    std::vector<SelfMark> marks;
};

// Refused (conflict) unless the meeting is held and of a kind that is scored.
MeetingScore score(const Call& call, const MeetingKey& request, const Setting& setting);
// Refused: forbidden without meetings.record; conflict unless held; invalid when a mark is not one the unit
// gives itself or is outside its range.
MeetingScore score_self(const Call& call, const ScoreSelf& request, const Setting& setting);

// For the sample: many at once, already checked; the caller writes the audit entry.
void add_self_marks(const Call& call, std::span<const SelfMarks> marks);
// Computes score_milli, maximum_milli and score_class of many held meetings at once; marks[i] belongs to
// meetings[i].
void score_meetings(const rulebooks::Library& library, std::span<Meeting> meetings,
                    std::span<const SelfMarks> marks);
// Every fact that units score themselves in the edition of a year, so that a sample can make it up.
std::vector<ScoreFact> self_facts(const rulebooks::Library& library, std::int64_t year);

}  // namespace gw::meetings
