// Meetings as iCalendar (RFC 5545), written by libical: times in UTC, so that every program shows them on its
// own clock. Private to notices.
#pragma once
#include <optional>
#include <span>
#include <string>

#include "meetings/meetings.h"

namespace gw::notices {

// One meeting as a calendar shows it.
struct CalendarEvent {
    meetings::Meeting meeting;
    std::string unit_name = {};
    std::string description = {};
    std::string url = {};         // of its page; may be empty
    std::string alarm_text = {};  // what the calendar says a day and an hour before; empty: no alarms
    Moment stamp{};               // when this version was made
};

// What a calendar program reads again and again: `name` is shown above its entries.
std::string calendar_feed(const std::string& name, std::span<const CalendarEvent> events);

// What goes out with a mail: REQUEST for a planned meeting, CANCEL for a cancelled one.
struct CalendarMail {
    std::string organizer_name, organizer_address;
    std::string attendee_name, attendee_address;
};
std::string calendar_message(const CalendarEvent& event, const CalendarMail& mail);
// "REQUEST" or "CANCEL", as the content type of the part repeats it.
std::string method_of(const meetings::Meeting& meeting);

}  // namespace gw::notices
