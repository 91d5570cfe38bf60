#include "notices/calendars.h"

#include <algorithm>
#include <set>

#include "notices/calendar.h"
#include "notices/notices_rules.h"
#include "notices/notices_store.h"
#include "organisation/tree.h"
#include "platform/texts/texts.h"

namespace gw::notices {

namespace {

constexpr std::size_t most_askings = 60;  // of one name within an hour
constexpr std::int64_t an_hour = 60LL * 60 * 1000;
constexpr int months_back = 3, months_ahead = 12;
constexpr std::int64_t fresh_seconds = 15 * 60;
constexpr std::size_t most_names = 20'000;  // kept in memory before old ones are looked through

Date months_from(Date day, int months) {
    Date moved = day + std::chrono::months(months);
    if (!moved.ok()) moved = moved.year() / moved.month() / std::chrono::last;
    return moved;
}

}  // namespace

void CalendarLimits::note(const std::string& name, Moment now) {
    const std::lock_guard hold(lock_);
    const auto is_old = [&](Moment at) { return now.milliseconds - at.milliseconds >= an_hour; };
    if (asked_.size() > most_names)
        std::erase_if(asked_, [&](const auto& each) { return is_old(each.second.back()); });
    std::vector<Moment>& at = asked_[name];
    std::erase_if(at, is_old);
    if (at.size() >= most_askings) {
        const std::int64_t wait = at.front().milliseconds + an_hour - now.milliseconds;
        throw Refusal(Reason::too_many,
                      Problem{"", "notices.asked_too_often", {{"seconds", std::to_string(wait / 1000 + 1)}}});
    }
    at.push_back(now);
}

CalendarAddress make_calendar(const Call& call) {
    const std::string secret = make_token();
    put_calendar(call.db, {call.actor.account_id, to_text(hash_of_token(secret)), call.now});
    call.record("calendar.made", call.actor.account_id);
    return {"/api/calendars/" + secret + ".ics", call.now};
}

Feed show_calendar(const Call& call, const CalendarKey& request, const Setting& setting,
                   CalendarLimits& limits) {
    constexpr std::string_view ending = ".ics";
    std::string_view secret = request.file_name;
    if (secret.ends_with(ending)) secret.remove_suffix(ending.size());
    const TokenHash hash = hash_of_token(secret);
    const auto calendar = is_token(secret) ? find_calendar(call.db, hash) : std::nullopt;
    limits.note(calendar ? to_text(hash) : "from " + call.remote_address, call.now);
    const auto account = calendar ? accounts::find_account(call.db, calendar->account_id) : std::nullopt;
    if (!account || account->is_locked) refuse_unknown("file_name");

    std::set<UnitId> units{account->home_unit_id};
    if (account->member_id)
        if (const auto member = members::find_member(call.db, *account->member_id))
            units.insert(member->unit_id);
    std::vector<CalendarEvent> events;
    std::set<MeetingId> there;
    const auto add = [&](const std::vector<meetings::Meeting>& meetings) {
        for (const meetings::Meeting& meeting : meetings)
            if (there.insert(meeting.id).second)
                events.push_back(event_of(call, meeting, setting, account->language));
    };
    const Date from = months_from(call.today, -months_back), until = months_from(call.today, months_ahead);
    for (const UnitId unit_id : units) {
        if (!accounts::may(call, account->id, "meetings.read", unit_id)) continue;
        add(meetings::meetings_of(call.db, unit_id, from, until));
        add(meetings::meetings_joined_by(call.db, unit_id, from, until));
    }
    return {"text/calendar; charset=utf-8",
            calendar_feed(setting.texts.text(account->language, "notices.calendar_name"), events),
            fresh_seconds};
}

CalendarEvent event_of(const Call& call, const meetings::Meeting& meeting, const Setting& setting,
                       const std::string& language) {
    CalendarEvent event{.meeting = meeting};
    if (const auto position = call.tree->find(meeting.unit_id))
        event.unit_name = call.tree->at(*position).name;
    if (meeting.state == meetings::State::cancelled)
        event.description =
            setting.texts.text(language, "notices.cancelled_because", {{"reason", meeting.cancel_reason}});
    if (!setting.public_url.empty()) event.url = setting.public_url + "/meetings/" + to_text(meeting.id);
    event.alarm_text = meeting.subject;
    // The same as long as the meeting is, so that a program which has this version is told so.
    const auto sent = find_invitation(call.db, meeting.id);
    event.stamp = sent ? sent->sent_at : meeting.created_at;
    return event;
}

}  // namespace gw::notices
