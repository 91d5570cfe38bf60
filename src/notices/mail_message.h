// A mail as it is written: headers, a plain text, and for meetings a part that calendars read. Private to
// notices.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/text.h"

namespace gw::notices {

struct MailMessage {
    std::string from_name, from_address;
    std::string to_name, to_address;
    std::string subject;
    std::string text;
    std::string message_id;  // without angle brackets
    Moment sent_at{};
    std::string stop_url;         // one click on it ends all mail; may be empty
    std::string calendar;         // iCalendar text; may be empty
    std::string calendar_method;  // REQUEST or CANCEL
};

// Header lines without line ends, each word of other letters encoded as RFC 2047 has it.
std::vector<std::string> headers_of(const MailMessage& message);
// A phrase for a header: as it is when it is plain, otherwise in encoded words of at most 75 characters, cut
// between characters.
std::string encoded_phrase(std::string_view text);
// "Sat, 04 May 2024 12:30:00 +0000"
std::string mail_date(Moment moment);

}  // namespace gw::notices
