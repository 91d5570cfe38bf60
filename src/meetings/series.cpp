#include "meetings/series.h"

#include <utility>

#include "meetings/meetings_parts.h"
#include "meetings/planning_store.h"
#include "meetings/series_rules.h"
#include "organisation/tree.h"
#include "platform/checks.h"
#include "platform/json/json.h"
#include "platform/router.h"

namespace gw::meetings {

namespace chrono = std::chrono;

namespace {

// How far ahead meetings are planned when nobody asks for more.
constexpr chrono::months months_ahead{3};
constexpr chrono::months most_months_ahead{12};
constexpr std::int64_t days_ended_series_are_listed = 366;

Date later(Date day, chrono::months by) {
    const Date then = day + by;
    return then.ok() ? then : Date{then.year() / then.month() / chrono::last};
}

Date day_before(Date day) { return date_of(day_number(day) - 1); }

Series get_series(const Call& call, SeriesId series_id) {
    auto series = find_series(call.db, series_id);
    if (!series) refuse_unknown("series_id");
    return *series;
}

Series get_to_plan(const Call& call, SeriesId series_id) {
    Series series = get_series(call, series_id);
    call.require("meetings.plan", series.unit_id);
    return series;
}

void require_version(const Series& series, std::int64_t version) {
    if (series.version != version)
        throw Refusal(Reason::conflict, Problem{"version", "meetings.series_changed_meanwhile"});
}

Meeting meeting_due(const Call& call, const Series& series, Date day, const Setting& setting) {
    AddMeeting request;
    request.unit_id = series.unit_id;
    request.kind = series.kind;
    request.subject = subject_on(series, day);
    request.planned_for = moment_of(day, static_cast<int>(series.minute_of_day), setting.zone_minutes);
    request.place = series.place;
    request.has_thematic_part = series.has_thematic_part;
    return planned(call, request, setting);
}

// A month that has a meeting of the kind already is left alone, whoever planned it.
bool has_one(const Call& call, const Series& series, Date due) {
    const chrono::year_month month = due.year() / due.month();
    return !days_with(call.db, series.unit_id, series.kind, Date{month / chrono::day{1}},
                      Date{month / chrono::last})
                .empty();
}

std::vector<Meeting> plan_until(const Call& call, const Series& series, Date until, const Setting& setting) {
    std::vector<Date> due = due_days(series, call.today, until);
    if (due.empty())
        if (const auto next = next_due_day(series, call.today)) due.push_back(*next);
    if (due.empty()) return {};
    std::vector<Date> there;
    for (const SeriesDay& each : days_of_series(call.db, series.id, due.front()))
        there.push_back(each.due_on);
    std::vector<Meeting> planned;
    for (const Date day : due) {
        if (std::find(there.begin(), there.end(), day) != there.end() || has_one(call, series, day)) continue;
        planned.push_back(meeting_due(call, series, day, setting));
        call.db.insert("meetings", planned.back());
        call.db.insert("meeting_series_days", SeriesDay{series.id, day, planned.back().id});
        call.record("meeting.planned", planned.back().id, series.unit_id, "{\"by_series\":true}");
    }
    if (!planned.empty()) call.announce("meetings", series.unit_id);
    return planned;
}

Series series_of(const Call& call, const StartSeries& request) {
    Series series;
    series.id = request.id ? *request.id : call.new_id<SeriesId>();
    series.unit_id = request.unit_id;
    series.kind = request.kind;
    series.subject = request.subject;
    series.place = request.place.value_or("");
    series.has_thematic_part = request.has_thematic_part.value_or(false) || request.kind == Kind::thematic;
    series.every_months = request.every_months;
    series.day_of_month = request.day_of_month;
    series.week = request.week;
    series.weekday = request.weekday;
    series.minute_of_day = request.minute_of_day;
    series.starts_on = request.starts_on;
    series.ends_on = request.ends_on;
    series.created_at = call.now;
    return series;
}

Series series_after(const Call& call, const Series& before, const ChangeSeries& request) {
    Series after = before;
    after.id = request.id ? *request.id : call.new_id<SeriesId>();
    after.subject = request.subject;
    after.place = request.place.value_or("");
    after.has_thematic_part = request.has_thematic_part.value_or(false) || before.kind == Kind::thematic;
    after.every_months = request.every_months;
    after.day_of_month = request.day_of_month;
    after.week = request.week;
    after.weekday = request.weekday;
    after.minute_of_day = request.minute_of_day;
    after.starts_on = request.from;
    after.ends_on = request.ends_on;
    after.follows_id = before.id;
    after.reason.clear();
    after.version = 1;
    after.created_at = call.now;
    return after;
}

// Somebody gave the meeting another time than the rule has for it.
bool was_moved_by_hand(const Series& series, const SeriesDay& day, const Meeting& meeting,
                       const Setting& setting) {
    return meeting.planned_for !=
           moment_of(day.due_on, static_cast<int>(series.minute_of_day), setting.zone_minutes);
}

void cancel_for(const Call& call, const Meeting& before, const std::string& reason, const Setting& setting) {
    Meeting meeting = before;
    meeting.state = State::cancelled;
    meeting.cancel_reason = reason;
    change_plan(call, before, meeting, PlanChangeKind::cancelled, reason, "", setting);
}

// A meeting planned by the old rule goes where the new one wants it in the same month.
void carry_over(const Call& call, const SeriesDay& day, const Series& before, const Series& after,
                const std::string& reason, const Setting& setting) {
    const auto meeting = find_meeting(call.db, day.meeting_id);
    if (!meeting || meeting->state != State::planned) return;
    const auto due = due_day(after, day.due_on.year() / day.due_on.month());
    if (!due) return cancel_for(call, *meeting, reason, setting);
    forget_series_day(call.db, day.meeting_id);
    call.db.insert("meeting_series_days", SeriesDay{after.id, *due, day.meeting_id});
    if (was_moved_by_hand(before, day, *meeting, setting)) return;
    Meeting wanted = *meeting;
    const Meeting now_due = meeting_due(call, after, *due, setting);
    wanted.subject = now_due.subject;
    wanted.planned_for = now_due.planned_for;
    wanted.meets_on = now_due.meets_on;
    wanted.place = now_due.place;
    wanted.has_thematic_part = now_due.has_thematic_part;
    if (wanted.planned_for != meeting->planned_for || wanted.place != meeting->place)
        return change_plan(call, *meeting, wanted, PlanChangeKind::moved, reason, "", setting);
    ++wanted.version;
    call.db.update("meetings", wanted);
}

bool is_same_start(const Series& kept, const Series& asked) {
    return kept.unit_id == asked.unit_id && kept.kind == asked.kind && kept.starts_on == asked.starts_on &&
           kept.every_months == asked.every_months && kept.day_of_month == asked.day_of_month &&
           kept.week == asked.week && kept.weekday == asked.weekday &&
           kept.minute_of_day == asked.minute_of_day;
}

}  // namespace

SeriesPlan start_series(const Call& call, const StartSeries& request, const Setting& setting) {
    require_meeting_unit(call, request.unit_id);
    call.require("meetings.plan", request.unit_id);
    const Series series = series_of(call, request);
    if (const auto there = find_series(call.db, series.id)) {
        if (!is_same_start(*there, series))
            throw Refusal(Reason::conflict, Problem{"id", "meetings.id_taken"});
        return {*there, {}};
    }
    refuse_if(problems_in(series));
    call.db.insert("meeting_series", series);
    call.record("meeting_series.started", series.id, series.unit_id, to_json(series));
    call.announce("meetings", series.unit_id);
    return {series, plan_until(call, series, later(call.today, months_ahead), setting)};
}

SeriesPlan change_series(const Call& call, const ChangeSeries& request, const Setting& setting) {
    Series before = get_to_plan(call, request.series_id);
    const Series after = series_after(call, before, request);
    if (const auto there = find_series(call.db, after.id)) {
        if (there->follows_id != before.id || !is_same_start(*there, after))
            throw Refusal(Reason::conflict, Problem{"id", "meetings.id_taken"});
        return {*there, {}};
    }
    require_version(before, request.version);
    Problems problems = problems_in(after);
    check_text(problems, "reason", request.reason);
    if (request.from <= before.starts_on || (before.ends_on && request.from > *before.ends_on))
        problems.push_back({"from", "meetings.outside_the_series"});
    refuse_if(problems);

    before.ends_on = day_before(request.from);
    before.reason = request.reason;
    ++before.version;
    call.db.update("meeting_series", before);
    call.db.insert("meeting_series", after);
    call.record("meeting_series.changed", before.id, before.unit_id, to_json(request));
    for (const SeriesDay& day : days_of_series(call.db, before.id, request.from))
        carry_over(call, day, before, after, request.reason, setting);
    call.announce("meetings", before.unit_id);
    return {after, plan_until(call, after, later(call.today, months_ahead), setting)};
}

Series end_series(const Call& call, const EndSeries& request, const Setting& setting) {
    Series series = get_to_plan(call, request.series_id);
    if (series.ends_on == request.ends_on && series.reason == request.reason) return series;
    require_version(series, request.version);
    Problems problems;
    check_day(problems, "ends_on", request.ends_on);
    check_text(problems, "reason", request.reason);
    if (request.ends_on < series.starts_on || (series.ends_on && request.ends_on > *series.ends_on))
        problems.push_back({"ends_on", "meetings.outside_the_series"});
    refuse_if(problems);

    series.ends_on = request.ends_on;
    series.reason = request.reason;
    ++series.version;
    call.db.update("meeting_series", series);
    call.record("meeting_series.ended", series.id, series.unit_id, to_json(request));
    for (const SeriesDay& day :
         days_of_series(call.db, series.id, date_of(day_number(request.ends_on) + 1))) {
        const auto meeting = find_meeting(call.db, day.meeting_id);
        if (meeting && meeting->state == State::planned) cancel_for(call, *meeting, request.reason, setting);
    }
    call.announce("meetings", series.unit_id);
    return series;
}

SeriesPlan resume_series(const Call& call, const ResumeSeries& request, const Setting& setting) {
    Series series = get_to_plan(call, request.series_id);
    require_version(series, request.version);
    if (!series.ends_on || is_followed(call.db, series.id))
        throw Refusal(Reason::conflict, Problem{"series_id", "meetings.series_not_ended"});
    if (request.ends_on && *request.ends_on < *series.ends_on)
        throw Refusal(Reason::invalid, Problem{"ends_on", "meetings.outside_the_series"});

    const Date ended_on = *series.ends_on;
    const std::string reason = std::exchange(series.reason, "");
    series.ends_on = request.ends_on;
    ++series.version;
    call.db.update("meeting_series", series);
    call.record("meeting_series.resumed", series.id, series.unit_id, to_json(request));
    for (const SeriesDay& day : days_of_series(call.db, series.id, date_of(day_number(ended_on) + 1))) {
        const auto meeting = find_meeting(call.db, day.meeting_id);
        if (meeting && meeting->state == State::cancelled && meeting->cancel_reason == reason &&
            meeting->planned_for > call.now && (!series.ends_on || day.due_on <= *series.ends_on))
            restore(call, {day.meeting_id}, setting);
    }
    call.announce("meetings", series.unit_id);
    return {series, plan_until(call, series, later(call.today, months_ahead), setting)};
}

void add_series(const Call& call, const Series& series, MeetingId first_meeting) {
    call.db.insert("meeting_series", series);
    call.db.insert("meeting_series_days", SeriesDay{series.id, series.starts_on, first_meeting});
}

SeriesPlan plan_series(const Call& call, const PlanSeries& request, const Setting& setting) {
    const Series series = get_to_plan(call, request.series_id);
    const Date until = request.until.value_or(later(call.today, months_ahead));
    if (until > later(call.today, most_months_ahead))
        throw Refusal(Reason::invalid, Problem{"until", "meetings.too_far_ahead"});
    return {series, plan_until(call, series, until, setting)};
}

SeriesList list_series(const Call& call, const ListSeries& request, const Setting& setting) {
    require_meeting_unit(call, request.unit_id);
    call.require("meetings.read", request.unit_id);
    SeriesList list{series_since(call.db, request.unit_id,
                                 date_of(day_number(call.today) - days_ended_series_are_listed)),
                    {}};
    for (const Series& series : list.series)
        for (const SeriesDay& day : days_of_series(call.db, series.id, call.today)) {
            const auto meeting = find_meeting(call.db, day.meeting_id);
            if (meeting && meeting->state == State::planned)
                list.meetings.push_back({series.id, day.meeting_id, day.due_on, meeting->planned_for,
                                         was_moved_by_hand(series, day, *meeting, setting)});
        }
    return list;
}

std::int64_t plan_all_series(const Call& call, const Setting& setting) {
    std::int64_t count = 0;
    for (const Series& series : series_since(call.db, std::nullopt, call.today)) {
        // A unit that was dissolved meets no more.
        if (!call.tree->find(series.unit_id)) continue;
        count += static_cast<std::int64_t>(
            plan_until(call, series, later(call.today, months_ahead), setting).size());
    }
    return count;
}

void add_series_routes(Router& router, Setting given) {
    const auto setting = std::make_shared<const Setting>(std::move(given));
    router.get("/api/meeting_series", "Lists the rules by which a unit meets",
               [setting](const Call& call, const ListSeries& request) {
                   return list_series(call, request, *setting);
               });
    router.post("/api/meeting_series", "Starts a series of meetings and plans the next ones",
                [setting](const Call& call, const StartSeries& request) {
                    return start_series(call, request, *setting);
                });
    router.post("/api/meeting_series/{series_id}/changes", "Changes the rule of a series from a day on",
                [setting](const Call& call, const ChangeSeries& request) {
                    return change_series(call, request, *setting);
                });
    router.post("/api/meeting_series/{series_id}/ending", "Ends a series, with a reason",
                [setting](const Call& call, const EndSeries& request) {
                    return end_series(call, request, *setting);
                });
    router.post("/api/meeting_series/{series_id}/resumption", "Takes back the ending of a series",
                [setting](const Call& call, const ResumeSeries& request) {
                    return resume_series(call, request, *setting);
                });
    router.post("/api/meeting_series/{series_id}/meetings", "Plans meetings of a series further ahead",
                [setting](const Call& call, const PlanSeries& request) {
                    return plan_series(call, request, *setting);
                });
}

}  // namespace gw::meetings
