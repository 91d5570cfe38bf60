// Series of meetings: a unit meets by a rule, "the 4th of each month at 19:30", and real meetings are planned
// ahead of it.
//
// Words: the rule names a day of the month or a weekday of it, every so many months from the first on; the
// days it gives are *due*. A month too short for its day uses its last one. A month in which the unit has
// planned or held a meeting of the kind by itself is left alone. Permissions, over the unit: meetings.read,
// meetings.plan.
#pragma once
#include "meetings/meetings.h"

namespace gw::meetings {

inline constexpr std::int64_t last_week = 5;  // of the weeks of a month: the last one

struct Series {
    SeriesId id;
    UnitId unit_id;
    Kind kind = Kind::regular;
    std::string subject;  // of each meeting, which adds month and year
    std::string place;
    bool has_thematic_part = false;
    std::int64_t every_months = 1;             // 1 to 12
    std::optional<std::int64_t> day_of_month;  // 1 to 31, or
    std::optional<std::int64_t> week;          // 1 to 4, 5 the last, together with
    std::optional<std::int64_t> weekday;       // 1 Monday to 7 Sunday
    std::int64_t minute_of_day = 0;
    Date starts_on{};
    std::optional<Date> ends_on;         // the last day on which one may be due
    std::optional<SeriesId> follows_id;  // the series that this one goes on with by another rule
    std::string reason;                  // why it ended or goes on otherwise
    std::int64_t version = 1;
    Moment created_at{};
};
BOOST_DESCRIBE_STRUCT(Series, (),
                      (id, unit_id, kind, subject, place, has_thematic_part, every_months, day_of_month, week,
                       weekday, minute_of_day, starts_on, ends_on, follows_id, reason, version, created_at))

struct StartSeries {
    std::optional<SeriesId> id;  // made by the caller, or by the server
    UnitId unit_id;
    Kind kind = Kind::regular;
    std::string subject;
    std::optional<std::string> place;
    std::optional<bool> has_thematic_part;
    std::int64_t every_months = 1;
    std::optional<std::int64_t> day_of_month, week, weekday;
    std::int64_t minute_of_day = 0;
    Date starts_on{};
    std::optional<Date> ends_on;
};
BOOST_DESCRIBE_STRUCT(StartSeries, (),
                      (id, unit_id, kind, subject, place, has_thematic_part, every_months, day_of_month, week,
                       weekday, minute_of_day, starts_on, ends_on))

// From `from` on the rule is another: the old series ends the day before, and a new one goes on.
struct ChangeSeries {
    SeriesId series_id;
    std::int64_t version = 0;
    std::optional<SeriesId> id;  // of the series that goes on
    Date from{};
    std::string subject;
    std::optional<std::string> place;
    std::optional<bool> has_thematic_part;
    std::int64_t every_months = 1;
    std::optional<std::int64_t> day_of_month, week, weekday;
    std::int64_t minute_of_day = 0;
    std::optional<Date> ends_on;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ChangeSeries, (),
                      (series_id, version, id, from, subject, place, has_thematic_part, every_months,
                       day_of_month, week, weekday, minute_of_day, ends_on, reason))

struct EndSeries {
    SeriesId series_id;
    std::int64_t version = 0;
    Date ends_on{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(EndSeries, (), (series_id, version, ends_on, reason))

// An ending taken back: the series goes on until the day it had before, or without end.
struct ResumeSeries {
    SeriesId series_id;
    std::int64_t version = 0;
    std::optional<Date> ends_on;
};
BOOST_DESCRIBE_STRUCT(ResumeSeries, (), (series_id, version, ends_on))

struct PlanSeries {
    SeriesId series_id;
    std::optional<Date> until;  // three months ahead when absent, a year at most
};
BOOST_DESCRIBE_STRUCT(PlanSeries, (), (series_id, until))

struct ListSeries {
    UnitId unit_id;
};
BOOST_DESCRIBE_STRUCT(ListSeries, (), (unit_id))

struct SeriesPlan {
    Series series;
    std::vector<Meeting> meetings;  // planned by this call, the oldest first
};
BOOST_DESCRIBE_STRUCT(SeriesPlan, (), (series, meetings))

// A meeting that a series has planned and that is still to come.
struct SeriesMeeting {
    SeriesId series_id;
    MeetingId meeting_id;
    Date due_on{};  // by the rule
    Moment planned_for{};
    bool was_moved = false;  // by hand, so that a change of the rule leaves its time alone
};
BOOST_DESCRIBE_STRUCT(SeriesMeeting, (), (series_id, meeting_id, due_on, planned_for, was_moved))

struct SeriesList {
    std::vector<Series> series;  // those that go on, and those that ended within a year; the newest first
    std::vector<SeriesMeeting> meetings;  // of those series, each in the order of its days
};
BOOST_DESCRIBE_STRUCT(SeriesList, (), (series, meetings))

// The day due in a month, if the rule has one there.
std::optional<Date> due_day(const Series& series, std::chrono::year_month month);

// Starts a series and plans its next meetings: those of three months, at least one. The same sent again
// changes nothing. Refused: forbidden without meetings.plan; invalid when the subject is empty, the kind is
// joint, the rule names no day or two, a number is out of range, it ends before it starts, the unit has no
// members of its own; conflict when the id belongs to another series.
SeriesPlan start_series(const Call& call, const StartSeries& request, const Setting& setting);
// Meetings planned already from that day on are moved to where the new rule wants one in their month, with
// the reason, unless somebody moved them by hand; where it wants none they are cancelled. Refused as
// start_series, and: invalid without a reason, or when `from` lies outside the series; conflict on an old
// version.
SeriesPlan change_series(const Call& call, const ChangeSeries& request, const Setting& setting);
// Meetings planned already after the last day are cancelled with the reason. Refused: forbidden without
// meetings.plan; invalid without a reason, or for a day before the start or after the end there is; conflict
// on an old version.
Series end_series(const Call& call, const EndSeries& request, const Setting& setting);
// Meetings that the ending cancelled are planned again, unless their time is past, and the next ones with
// them. Refused: forbidden without meetings.plan; invalid for a last day before the one it takes back;
// conflict on an old version, when the series has no last day, or goes on by another rule.
SeriesPlan resume_series(const Call& call, const ResumeSeries& request, const Setting& setting);
// Plans what is due and not planned yet. Asked twice it plans nothing twice. Refused: forbidden without
// meetings.plan; invalid for a day over a year ahead.
SeriesPlan plan_series(const Call& call, const PlanSeries& request, const Setting& setting);
SeriesList list_series(const Call& call, const ListSeries& request, const Setting& setting);

// For the sample: a series, and the meeting that was planned for its first day. The caller writes the audit
// entry.
void add_series(const Call& call, const Series& series, MeetingId first_meeting);

// Plans every series of the organisation ahead, for the program itself; returns how many meetings it planned.
std::int64_t plan_all_series(const Call& call, const Setting& setting);

// GET and POST /api/meeting_series; below /api/meeting_series/{series_id} POST changes, ending,
// resumption and meetings.
void add_series_routes(Router& router, Setting setting);

}  // namespace gw::meetings
