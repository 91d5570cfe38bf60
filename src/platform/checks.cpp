#include "platform/checks.h"

namespace gw {

namespace {
constexpr int first_year = 2000;
constexpr int last_year = 2100;
constexpr std::int64_t first_asked_year = 1900, last_asked_year = 2200;
constexpr std::int64_t largest_page = 200;
constexpr std::size_t usual_page = 50;
}  // namespace

void check_length(Problems& problems, std::string_view field, std::string_view text, std::size_t longest) {
    if (character_count(text) > longest)
        problems.push_back(
            {std::string(field), "checks.too_long", {{"characters", std::to_string(longest)}}});
}

void check_text(Problems& problems, std::string_view field, std::string_view text, std::size_t longest) {
    if (trimmed(text).empty()) problems.push_back({std::string(field), "platform.required"});
    else check_length(problems, field, text, longest);
}

void check_day(Problems& problems, std::string_view field, Date day) {
    if (!day.ok() || static_cast<int>(day.year()) < first_year || static_cast<int>(day.year()) > last_year)
        problems.push_back({std::string(field), "checks.day_out_of_range"});
}

void check_moment(Problems& problems, std::string_view field, Moment moment) {
    using std::chrono::day, std::chrono::month, std::chrono::year;
    const Moment first = moment_of(year{first_year} / month{1} / day{1}, 0, 0);
    const Moment end = moment_of(year{last_year + 1} / month{1} / day{1}, 0, 0);
    if (moment < first || moment >= end) problems.push_back({std::string(field), "checks.day_out_of_range"});
}

void check_year(Problems& problems, std::string_view field, std::int64_t year) {
    if (year < first_asked_year || year > last_asked_year)
        problems.push_back(
            {std::string(field),
             "checks.year_out_of_range",
             {{"first", std::to_string(first_asked_year)}, {"last", std::to_string(last_asked_year)}}});
}

void check_past_day(Problems& problems, std::string_view field, Date day, Date today) {
    const std::size_t before = problems.size();
    check_day(problems, field, day);
    if (problems.size() == before && day > today)
        problems.push_back({std::string(field), "checks.day_in_future"});
}

std::size_t page_size(const std::optional<std::int64_t>& limit) {
    if (!limit) return usual_page;
    if (*limit < 1 || *limit > largest_page)
        throw Refusal(
            Reason::invalid,
            Problem{"limit", "checks.limit_out_of_range", {{"largest", std::to_string(largest_page)}}});
    return static_cast<std::size_t>(*limit);
}

}  // namespace gw
