#include "platform/http/response_head.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>

namespace gw::http {

namespace {

void append_number(std::string& text, std::uint64_t number) {
    std::array<char, 20> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    text.append(digits.data(), end);
}

// A line break inside a value would start a header the program never meant to send.
void append_clean(std::string& text, std::string_view value) {
    for (const char letter : value)
        if ((static_cast<unsigned char>(letter) >= 0x20 && letter != 0x7f) || letter == '\t') text += letter;
}

void append_header(std::string& head, std::string_view name, std::string_view value) {
    append_clean(head, name);
    head += ": ";
    append_clean(head, value);
    head += "\r\n";
}

// The date changes once a second, so each thread formats it once a second. strftime would follow the
// locale, but HTTP dates are always English.
std::string_view date_now() {
    thread_local std::time_t formatted_at = 0;
    thread_local std::array<char, 64> text{};
    thread_local std::size_t length = 0;
    const std::time_t now = std::time(nullptr);
    if (now != formatted_at) {
        static constexpr std::array<const char*, 7> days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
        static constexpr std::array<const char*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        std::tm utc{};
        gmtime_r(&now, &utc);
        const int written = std::snprintf(text.data(), text.size(), "%s, %02d %s %d %02d:%02d:%02d GMT",
                                          days[static_cast<std::size_t>(utc.tm_wday)], utc.tm_mday,
                                          months[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900,
                                          utc.tm_hour, utc.tm_min, utc.tm_sec);
        length = static_cast<std::size_t>(written);
        formatted_at = now;
    }
    return {text.data(), length};
}

bool is_written_by_server(std::string_view name) {
    return same_header_name(name, "Date") || same_header_name(name, "Content-Length") ||
           same_header_name(name, "Connection") || same_header_name(name, "Transfer-Encoding");
}

}  // namespace

std::string response_head(const Response& response, std::uint64_t length, Persistence persistence) {
    std::string head;
    head.reserve(512);
    head += "HTTP/1.1 ";
    append_number(head, static_cast<std::uint64_t>(response.status));
    head += ' ';
    head += reason_phrase(response.status);
    head += "\r\nDate: ";
    head += date_now();
    head += "\r\n";
    if (!response.content_type.empty()) append_header(head, "Content-Type", response.content_type);
    for (const Header& header : response.headers)
        if (!is_written_by_server(header.name)) append_header(head, header.name, header.value);
    if (has_body(response.status)) {
        head += "Content-Length: ";
        append_number(head, length);
        head += "\r\n";
    }
    if (persistence == Persistence::keep_said) head += "Connection: keep-alive\r\n";
    if (persistence == Persistence::close) head += "Connection: close\r\n";
    head += "\r\n";
    return head;
}

bool has_body(int status) { return status >= 200 && status != 204 && status != 304; }

std::string_view reason_phrase(int status) {
    switch (status) {
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 206: return "Partial Content";
        case 301: return "Moved Permanently";
        case 302: return "Found";
        case 303: return "See Other";
        case 304: return "Not Modified";
        case 307: return "Temporary Redirect";
        case 308: return "Permanent Redirect";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 406: return "Not Acceptable";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 410: return "Gone";
        case 412: return "Precondition Failed";
        case 413: return "Content Too Large";
        case 415: return "Unsupported Media Type";
        case 416: return "Range Not Satisfiable";
        case 422: return "Unprocessable Content";
        case 423: return "Locked";
        case 428: return "Precondition Required";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 503: return "Service Unavailable";
        case 504: return "Gateway Timeout";
        default: return "";
    }
}

}  // namespace gw::http
