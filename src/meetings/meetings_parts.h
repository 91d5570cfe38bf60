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
// Adds what the sources want on the agenda, after the items there.
void add_proposals(const Call& call, UnitId unit_id, MeetingId meeting_id, const Setting& setting,
                   std::vector<AgendaItem>& agenda, bool is_final);
// The meeting already kept under the id given, if it was planned alike; refused when another has the id.
std::optional<Meeting> find_sent_before(const Call& call, const std::optional<MeetingId>& id, UnitId unit_id,
                                        Kind kind, Moment planned_for);

// Fills `meeting` and the rows that go with it from what happened; refuses what cannot have. Nothing is kept
// yet.
MeetingRecord held(const Call& call, Meeting meeting, const Happening& happening,
                   std::vector<AgendaItem> agenda, const Setting& setting, const std::string& prefix);
void keep_roll_and_contributions(const Call& call, const MeetingRecord& record);

}  // namespace gw::meetings
