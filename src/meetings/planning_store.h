// The tables of plans: what is set aside, joint meetings, changes of plan, series.
#pragma once
#include "meetings/series.h"

namespace gw::meetings {

std::vector<SetAside> set_asides_of(Db& db, MeetingId meeting_id);
void keep_agenda(Db& db, MeetingId meeting_id, std::span<const AgendaItem> agenda,
                 std::span<const SetAside> set_aside);
// The meeting that a kept agenda item belongs to.
std::optional<MeetingId> find_meeting_of(Db& db, AgendaItemId item_id);

std::vector<UnitId> units_of_meeting(Db& db, MeetingId meeting_id);
void keep_units(Db& db, MeetingId meeting_id, std::span<const UnitId> unit_ids);

std::vector<PlanChange> plan_changes_of(Db& db, MeetingId meeting_id);

std::optional<Series> find_series(Db& db, SeriesId series_id);
// Those that have not ended before `day`, of a unit or of all; the newest first.
std::vector<Series> series_since(Db& db, std::optional<UnitId> unit_id, Date day);
// Another series goes on where this one ended.
bool is_followed(Db& db, SeriesId series_id);
std::optional<SeriesId> find_series_of(Db& db, MeetingId meeting_id);
// What a series has planned for the days due from `day` on, the earliest first.
struct SeriesDay {
    SeriesId series_id;
    Date due_on{};
    MeetingId meeting_id;
};
BOOST_DESCRIBE_STRUCT(SeriesDay, (), (series_id, due_on, meeting_id))
std::vector<SeriesDay> days_of_series(Db& db, SeriesId series_id, Date day);
// Takes a meeting out of the series it was planned for.
void forget_series_day(Db& db, MeetingId meeting_id);
// Days within [from, until] with a meeting of the kind that the unit has planned or held.
std::vector<Date> days_with(Db& db, UnitId unit_id, Kind kind, Date from, Date until);

}  // namespace gw::meetings
