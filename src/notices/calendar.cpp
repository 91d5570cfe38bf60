#include "notices/calendar.h"

#include <libical/ical.h>

#include <ctime>
#include <memory>

namespace gw::notices {

namespace {

// A planned meeting has no end yet; this is how long the calendar keeps the evening free: the shortest
// regular meeting with a thematic part.
constexpr std::int64_t usual_length = 90LL * 60 * 1000;

struct FreeComponent {
    void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

icaltimetype time_of(std::int64_t milliseconds) {
    return icaltime_from_timet_with_zone(static_cast<std::time_t>(milliseconds / 1000), 0,
                                         icaltimezone_get_utc_timezone());
}

void add(icalcomponent* to, icalproperty* property) { icalcomponent_add_property(to, property); }

void add_x(icalcomponent* to, const char* name, const std::string& value) {
    icalproperty* property = icalproperty_new_x(value.c_str());
    icalproperty_set_x_name(property, name);
    add(to, property);
}

icalcomponent* alarm(const std::string& text, int minutes_before) {
    icalcomponent* valarm = icalcomponent_new_valarm();
    add(valarm, icalproperty_new_action(ICAL_ACTION_DISPLAY));
    add(valarm, icalproperty_new_description(text.c_str()));
    icaltriggertype trigger{};
    trigger.duration = icaldurationtype_from_int(-60 * minutes_before);
    add(valarm, icalproperty_new_trigger(trigger));
    return valarm;
}

icalcomponent* event_component(const CalendarEvent& event) {
    const meetings::Meeting& meeting = event.meeting;
    icalcomponent* vevent = icalcomponent_new_vevent();
    add(vevent, icalproperty_new_uid((to_text(meeting.id) + "@groundwork").c_str()));
    add(vevent, icalproperty_new_dtstamp(time_of(event.stamp.milliseconds)));
    // Every change of a meeting counts its version up, so programs know which of two is newer.
    add(vevent, icalproperty_new_sequence(static_cast<int>(meeting.version - 1)));
    const std::int64_t begins = meeting.started_at.value_or(meeting.planned_for).milliseconds;
    const std::int64_t ends = meeting.ended_at ? meeting.ended_at->milliseconds : begins + usual_length;
    add(vevent, icalproperty_new_dtstart(time_of(begins)));
    add(vevent, icalproperty_new_dtend(time_of(ends)));
    const std::string summary = meeting.subject + (event.unit_name.empty() ? "" : " – " + event.unit_name);
    add(vevent, icalproperty_new_summary(summary.c_str()));
    if (!meeting.place.empty()) add(vevent, icalproperty_new_location(meeting.place.c_str()));
    if (!event.description.empty()) add(vevent, icalproperty_new_description(event.description.c_str()));
    if (!event.url.empty()) add(vevent, icalproperty_new_url(event.url.c_str()));
    const bool is_cancelled = meeting.state == meetings::State::cancelled;
    add(vevent, icalproperty_new_status(is_cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED));
    if (meeting.state == meetings::State::planned && !event.alarm_text.empty())
        for (const int minutes : {24 * 60, 60})
            icalcomponent_add_component(vevent, alarm(event.alarm_text, minutes));
    return vevent;
}

Component calendar_component() {
    Component calendar(icalcomponent_new_vcalendar());
    add(calendar.get(), icalproperty_new_prodid("-//Groundwork//Meetings//EN"));
    add(calendar.get(), icalproperty_new_version("2.0"));
    add(calendar.get(), icalproperty_new_calscale("GREGORIAN"));
    return calendar;
}

std::string text_of(icalcomponent* component) {
    char* const written = icalcomponent_as_ical_string_r(component);
    std::string text(written);
    icalmemory_free_buffer(written);
    return text;
}

icalproperty* named(icalproperty* property, const std::string& name) {
    if (!name.empty()) icalproperty_add_parameter(property, icalparameter_new_cn(name.c_str()));
    return property;
}

}  // namespace

std::string calendar_feed(const std::string& name, std::span<const CalendarEvent> events) {
    const Component calendar = calendar_component();
    add(calendar.get(), icalproperty_new_method(ICAL_METHOD_PUBLISH));
    add_x(calendar.get(), "X-WR-CALNAME", name);
    add_x(calendar.get(), "X-PUBLISHED-TTL", "PT1H");
    for (const CalendarEvent& event : events)
        icalcomponent_add_component(calendar.get(), event_component(event));
    return text_of(calendar.get());
}

std::string method_of(const meetings::Meeting& meeting) {
    return meeting.state == meetings::State::cancelled ? "CANCEL" : "REQUEST";
}

std::string calendar_message(const CalendarEvent& event, const CalendarMail& mail) {
    const Component calendar = calendar_component();
    add(calendar.get(), icalproperty_new_method(method_of(event.meeting) == "CANCEL" ? ICAL_METHOD_CANCEL
                                                                                     : ICAL_METHOD_REQUEST));
    icalcomponent* vevent = event_component(event);
    add(vevent,
        named(icalproperty_new_organizer(("mailto:" + mail.organizer_address).c_str()), mail.organizer_name));
    icalproperty* attendee =
        named(icalproperty_new_attendee(("mailto:" + mail.attendee_address).c_str()), mail.attendee_name);
    icalproperty_add_parameter(attendee, icalparameter_new_role(ICAL_ROLE_REQPARTICIPANT));
    icalproperty_add_parameter(attendee, icalparameter_new_partstat(ICAL_PARTSTAT_NEEDSACTION));
    icalproperty_add_parameter(attendee, icalparameter_new_rsvp(ICAL_RSVP_FALSE));
    add(vevent, attendee);
    icalcomponent_add_component(calendar.get(), vevent);
    return text_of(calendar.get());
}

}  // namespace gw::notices
