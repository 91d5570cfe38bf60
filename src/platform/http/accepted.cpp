#include "platform/http/accepted.h"

#include "platform/http/http.h"

#include <algorithm>
#include <charconv>

namespace gw::http {

namespace {

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Cuts off and returns what stands before the separator, trimmed.
std::string_view take_until(std::string_view& rest, char separator) {
    const auto end = std::min(rest.find(separator), rest.size());
    const auto piece = trim(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return piece;
}

// q=0, q=0.0, q=0.00 or q=0.000: "not acceptable", RFC 9110 12.4.2.
bool is_ruled_out(std::string_view parameters) {
    while (!parameters.empty()) {
        auto parameter = take_until(parameters, ';');
        const auto name = take_until(parameter, '=');
        if (!same_header_name(name, "q")) continue;
        return !parameter.empty() && parameter.find_first_not_of("0.") == parameter.npos;
    }
    return false;
}

// Whether the list allows the name; nothing when it does not mention it.
std::optional<bool> allows(std::string_view list, std::string_view name) {
    while (!list.empty()) {
        auto entry = take_until(list, ',');
        if (same_header_name(take_until(entry, ';'), name)) return !is_ruled_out(entry);
    }
    return std::nullopt;
}

std::optional<std::uint64_t> whole_number(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace

bool accepts_encoding(std::string_view accept_encoding, std::string_view coding) {
    if (const auto named = allows(accept_encoding, coding)) return *named;
    return allows(accept_encoding, "*").value_or(false);
}

bool names_media_type(std::string_view accept, std::string_view media_type) {
    return allows(accept, media_type).value_or(false);
}

bool matches_etag(std::string_view if_none_match, std::string_view etag) {
    if (trim(if_none_match) == "*") return true;
    while (!if_none_match.empty()) {
        auto candidate = take_until(if_none_match, ',');
        if (candidate.starts_with("W/")) candidate.remove_prefix(2);
        if (candidate == etag) return true;
    }
    return false;
}

std::optional<ByteRange> byte_range(std::string_view range, std::uint64_t size) {
    constexpr std::string_view unit = "bytes=";
    if (!range.starts_with(unit)) return std::nullopt;
    range.remove_prefix(unit.size());
    const auto dash = range.find('-');
    if (dash == range.npos) return std::nullopt;
    const auto first_text = trim(range.substr(0, dash));
    const auto last_text = trim(range.substr(dash + 1));
    const auto first = whole_number(first_text);
    const auto last = whole_number(last_text);
    if ((!first && !first_text.empty()) || (!last && !last_text.empty())) return std::nullopt;
    if (first && last && *last < *first) return std::nullopt;
    if (first) {
        if (*first >= size) return ByteRange{.satisfiable = false};
        const auto end = last && *last < size ? *last + 1 : size;
        return ByteRange{.offset = *first, .length = end - *first};
    }
    if (!last) return std::nullopt;
    if (*last == 0 || size == 0) return ByteRange{.satisfiable = false};
    const auto length = std::min(*last, size);
    return ByteRange{.offset = size - length, .length = length};
}

}  // namespace gw::http
