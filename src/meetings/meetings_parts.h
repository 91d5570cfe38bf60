// What the operations on meetings share.
#pragma once
#include "meetings/meetings.h"

namespace gw::meetings {

Meeting get_meeting(const Call& call, MeetingId meeting_id);
// The same for a reader: unknown to those who may neither read nor record meetings of the unit.
Meeting get_readable(const Call& call, MeetingId meeting_id);
void require_state(const Meeting& meeting, State state);
std::string unit_name(const Call& call, UnitId unit_id);
// Refuses a unit without members of its own, which has nobody to call.
void require_meeting_unit(const Call& call, UnitId unit_id);

// A meeting as it is planned, not yet kept.
Meeting planned(const Call& call, const AddMeeting& request, const Setting& setting);
std::vector<AgendaItem> own_agenda(const Call& call, MeetingId meeting_id,
                                   std::span<const std::string> texts);
// The agenda of a planned meeting as things stand: what is kept in its order, without what its source no
// longer wants, then what came since.
std::vector<AgendaItem> agenda_now(const Call& call, const Meeting& meeting, std::vector<AgendaItem> kept,
                                   std::span<const SetAside> set_aside, const Setting& setting);
// Refuses the units that join a meeting unless they are those of a joint one, over which the caller may plan.
void require_joined_units(const Call& call, const AddMeeting& request);
// Tells all units of a meeting that it changed.
void announce_meeting(const Call& call, const Meeting& meeting);
// Keeps a planned meeting as changed, says in its history why, and tells those called.
void change_plan(const Call& call, const Meeting& before, Meeting& meeting, PlanChangeKind kind,
                 std::string_view reason, std::string_view told, const Setting& setting);
// A meeting whole, as it is shown.
MeetingRecord record_of(const Call& call, const Meeting& meeting, const Setting& setting);
// The people of a meeting's unit and of those that join it.
std::vector<members::Person> people_of_all(Db& db, const Meeting& meeting,
                                           std::span<const UnitId> joined_units);
// The meeting already kept under the id given, if it was planned alike; refused when another has the id.
std::optional<Meeting> find_sent_before(const Call& call, const std::optional<MeetingId>& id, UnitId unit_id,
                                        Kind kind, Moment planned_for);

// Fills `meeting` and the rows that go with it from what happened; refuses what cannot have. Nothing is kept
// yet.
MeetingRecord held(const Call& call, Meeting meeting, const Happening& happening,
                   std::span<const UnitId> joined_units, std::vector<AgendaItem> agenda,
                   const Setting& setting, const std::string& prefix);
void keep_roll_and_contributions(const Call& call, const MeetingRecord& record);

}  // namespace gw::meetings
