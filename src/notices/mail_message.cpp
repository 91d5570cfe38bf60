#include "notices/mail_message.h"

#include <algorithm>
#include <ctime>

namespace gw::notices {

namespace {

constexpr std::size_t longest_word = 75;  // RFC 2047 2
constexpr std::string_view word_begin = "=?UTF-8?Q?", word_end = "?=";

bool is_plain(char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           letter == ' ' || letter == '.' || letter == '-';
}

// One character of UTF-8 as Q encoding writes it.
std::string encoded(std::string_view character) {
    static constexpr char digits[] = "0123456789ABCDEF";
    if (character == " ") return "_";
    if (character.size() == 1 && is_plain(character[0])) return std::string(character);
    std::string text;
    for (const char letter : character) {
        const auto byte = static_cast<unsigned char>(letter);
        text += {'=', digits[byte >> 4], digits[byte & 15]};
    }
    return text;
}

std::size_t length_of_character(char first) {
    const auto byte = static_cast<unsigned char>(first);
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

std::string person(const std::string& name, const std::string& address) {
    return name.empty() ? address : encoded_phrase(name) + " <" + address + ">";
}

}  // namespace

std::string encoded_phrase(std::string_view text) {
    if (std::all_of(text.begin(), text.end(), is_plain)) return std::string(text);
    std::string phrase, word;
    const auto end_word = [&] {
        phrase += (phrase.empty() ? "" : "\r\n ") + std::string(word_begin) + word + std::string(word_end);
        word.clear();
    };
    while (!text.empty()) {
        const std::size_t length = std::min(length_of_character(text[0]), text.size());
        const std::string next = encoded(text.substr(0, length));
        text.remove_prefix(length);
        if (word_begin.size() + word.size() + next.size() + word_end.size() > longest_word) end_word();
        word += next;
    }
    end_word();
    return phrase;
}

std::string mail_date(Moment moment) {
    const std::time_t seconds = static_cast<std::time_t>(moment.milliseconds / 1000);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    char text[64];
    std::snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d +0000", days[parts.tm_wday],
                  parts.tm_mday, months[parts.tm_mon], parts.tm_year + 1900, parts.tm_hour, parts.tm_min,
                  parts.tm_sec);
    return text;
}

std::vector<std::string> headers_of(const MailMessage& message) {
    std::vector<std::string> headers{
        "Date: " + mail_date(message.sent_at),
        "From: " + person(message.from_name, message.from_address),
        "To: " + person(message.to_name, message.to_address),
        "Subject: " + encoded_phrase(message.subject),
        "Message-ID: <" + message.message_id + ">",
        "MIME-Version: 1.0",
        "Auto-Submitted: auto-generated",
    };
    if (!message.stop_url.empty()) {
        headers.push_back("List-Unsubscribe: <" + message.stop_url + ">");
        headers.push_back("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
    }
    return headers;
}

}  // namespace gw::notices
