// Changes of plan: a planned meeting is moved or cancelled with a reason, and a cancelled one taken up again.
//
// Each change stays with the meeting for everybody to see: what was planned before, why it changed, and who
// was told. Permission: meetings.plan.
#pragma once
#include <functional>

#include "platform/call.h"

namespace gw {
using MeetingId = Id<struct MeetingThing>;
using PlanChangeId = Id<struct PlanChangeThing>;
}  // namespace gw

namespace gw::meetings {

struct Meeting;
struct MeetingKey;
struct Setting;

BOOST_DEFINE_ENUM_CLASS(PlanChangeKind, moved, cancelled, restored)

struct PlanChange {
    PlanChangeId id;
    MeetingId meeting_id;
    PlanChangeKind kind = PlanChangeKind::moved;
    Moment planned_before{};
    Moment planned_after{};
    std::string place_before;
    std::string place_after;
    std::string reason;
    std::string told;             // whom the unit told, and how, in its own words
    std::int64_t told_count = 0;  // members whom the program told
    AccountId changed_by;
    std::string changed_by_name;
    Moment changed_at{};
};
BOOST_DESCRIBE_STRUCT(PlanChange, (),
                      (id, meeting_id, kind, planned_before, planned_after, place_before, place_after, reason,
                       told, told_count, changed_by, changed_by_name, changed_at))

// Tells those called to the meeting, and returns how many it told.
using TellOfChange = std::function<std::int64_t(const Call&, const Meeting&, const PlanChange&)>;

struct MoveMeeting {
    MeetingId meeting_id;
    Moment from{};  // when it was planned for, as the mover saw it
    Moment planned_for{};
    std::optional<std::string> place;  // as before when absent
    std::string reason;
    std::optional<std::string> told;
};
BOOST_DESCRIBE_STRUCT(MoveMeeting, (), (meeting_id, from, planned_for, place, reason, told))

struct CancelMeeting {
    MeetingId meeting_id;
    std::string reason;
    std::optional<std::string> told = {};
};
BOOST_DESCRIBE_STRUCT(CancelMeeting, (), (meeting_id, reason, told))

// The same move sent again changes nothing. Refused: forbidden without meetings.plan; conflict unless
// planned, or when it was moved by somebody else meanwhile; invalid without a reason, when the moment lies
// outside 2000 to 2100 or is the one before.
Meeting move(const Call& call, const MoveMeeting& request, const Setting& setting);
// Refused: forbidden without meetings.plan; conflict when no longer planned; invalid without a reason.
Meeting cancel(const Call& call, const CancelMeeting& request, const Setting& setting);
// Refused: forbidden without meetings.plan; conflict unless cancelled, or when its time is past.
Meeting restore(const Call& call, const MeetingKey& request, const Setting& setting);

}  // namespace gw::meetings
