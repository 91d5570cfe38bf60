// One text form per small type (ids, days, enums), shared by JSON, SQL, CSV and addresses.
#pragma once
#include <boost/describe/enum.hpp>
#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enum_to_string.hpp>
#include <chrono>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gw {

// An identifier that cannot be mixed up with the identifier of another thing: a BIGINT in SQL,
// 13 characters of Crockford base32 everywhere people and programs see it. 0 means "not given yet".
template <class Thing>
struct Id {
    std::int64_t number = 0;
    auto operator<=>(const Id&) const = default;
    explicit operator bool() const { return number != 0; }
};

std::string base32_text(std::int64_t number);                     // always 13 characters
bool base32_number(std::string_view text, std::int64_t& number);  // false when it is no identifier

// A calendar day, in the organisation's own zone.
using Date = std::chrono::year_month_day;

// A point in time: milliseconds since 1970-01-01 UTC, in SQL a BIGINT, in JSON a number.
struct Moment {
    std::int64_t milliseconds = 0;
    auto operator<=>(const Moment&) const = default;
};

template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

template <class Thing>
std::string to_text(const Id<Thing>& id) {
    return base32_text(id.number);
}
template <class Thing>
bool from_text(std::string_view text, Id<Thing>& id) {
    return base32_number(text, id.number);
}

template <DescribedEnum E>
std::string to_text(E value) {
    return boost::describe::enum_to_string(value, "?");
}
template <DescribedEnum E>
bool from_text(std::string_view text, E& value) {
    return boost::describe::enum_from_string(std::string(text).c_str(), value);
}

std::string to_text(Date date);                     // 2024-04-17
bool from_text(std::string_view text, Date& date);  // false when it is no calendar day

// Days since 1970-01-01 and back, for arithmetic.
std::int64_t day_number(Date date);
Date date_of(std::int64_t day_number);
// The day and the minute of the day a moment falls on in the organisation's zone (a fixed offset in minutes).
Date day_of(Moment moment, int zone_minutes);
Moment moment_of(Date date, int minute_of_day, int zone_minutes);

template <class T>
concept Textual = requires(const T& value, T& target, std::string_view text) {
    { to_text(value) } -> std::same_as<std::string>;
    { from_text(text, target) } -> std::same_as<bool>;
};

// Lower case without diacritics, single spaces: what search compares. "Nguyễn Đức" -> "nguyen duc".
std::string folded(std::string_view text);
// The words of a text, folded and without what stands between them, in the order they are written.
std::vector<std::string> folded_words(std::string_view text);
// The length of a text in characters as a person counts them.
std::size_t character_count(std::string_view text);
bool is_valid_utf8(std::string_view text);
// Without white space at either end.
std::string_view trimmed(std::string_view text);

}  // namespace gw

template <class Thing>
struct std::hash<gw::Id<Thing>> {
    std::size_t operator()(const gw::Id<Thing>& id) const noexcept {
        return std::hash<std::int64_t>()(id.number);
    }
};
