// The tables of meetings. What others may ask of them stands in meetings.h.
#pragma once
#include "meetings/corrections.h"

namespace gw::meetings {

std::vector<AgendaItem> agenda_of(Db& db, MeetingId meeting_id);
void remove_agenda(Db& db, MeetingId meeting_id);
// Members absent with a reason from each of the last `count` regular meetings of the unit this year before
// `day`.
std::vector<MemberId> running_excused(Db& db, UnitId unit_id, Date day, std::int64_t count);

std::vector<SelfMark> self_marks_of(Db& db, MeetingId meeting_id);
void keep_self_marks(Db& db, MeetingId meeting_id, std::span<const SelfMark> marks, AccountId scored_by,
                     Moment at);
void add_all_self_marks(Db& db, std::span<const SelfMarks> all, AccountId scored_by, Moment at);

// What a correction takes away before it puts the new record there.
void remove_roll_and_contributions(Db& db, MeetingId meeting_id);
void keep_record_version(Db& db, MeetingId meeting_id, const RecordVersion& version);
std::vector<RecordVersion> record_versions_of(Db& db, MeetingId meeting_id);  // the newest first

// `unit_ids` are numbers with commas between, or nothing for all units; newest first, after the row given.
std::vector<Meeting> list_meetings(Db& db, const ListMeetings& wanted,
                                   const std::optional<std::string>& unit_ids,
                                   const std::optional<Meeting>& after, std::size_t count);

}  // namespace gw::meetings
