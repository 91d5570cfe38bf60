// Checks of fields that many requests share: a text that must be there and not too long, a day that can be.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "platform/problem.h"
#include "platform/text.h"

namespace gw {

inline constexpr std::size_t longest_line = 500;        // characters of a title, a name, a reason
inline constexpr std::size_t longest_paragraph = 5000;  // characters of a text of several sentences

// platform.required when blank, checks.too_long when over `longest` characters.
void check_text(Problems& problems, std::string_view field, std::string_view text,
                std::size_t longest = longest_line);
// The same for a text that may be blank.
void check_length(Problems& problems, std::string_view field, std::string_view text,
                  std::size_t longest = longest_line);
// checks.day_out_of_range unless the day lies in 2000 to 2100: a slip of the finger.
void check_day(Problems& problems, std::string_view field, Date day);
void check_moment(Problems& problems, std::string_view field, Moment moment);
// checks.year_out_of_range unless the year is one of 1900 to 2200: years that records and calendars know.
void check_year(Problems& problems, std::string_view field, std::int64_t year);
// The same as check_day, and checks.day_in_future when it lies after `today`.
void check_past_day(Problems& problems, std::string_view field, Date day, Date today);
// The size of a page: 50 when not given. checks.limit_out_of_range outside 1 to 200.
std::size_t page_size(const std::optional<std::int64_t>& limit);

}  // namespace gw
