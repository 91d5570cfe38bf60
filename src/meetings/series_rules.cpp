#include "meetings/series_rules.h"

#include "platform/checks.h"

namespace gw::meetings {

namespace chrono = std::chrono;

namespace {

constexpr std::int64_t minutes_of_a_day = 24 * 60;
constexpr std::int64_t most_months = 12;
constexpr std::size_t longest_subject = 200;

void check_within(Problems& problems, const char* field, const std::optional<std::int64_t>& value,
                  std::int64_t lowest, std::int64_t highest) {
    if (value && (*value < lowest || *value > highest))
        problems.push_back({field,
                            "meetings.mark_out_of_range",
                            {{"lowest", std::to_string(lowest)}, {"highest", std::to_string(highest)}}});
}

chrono::year_month month_of(Date day) { return day.year() / day.month(); }

}  // namespace

Problems problems_in(const Series& series) {
    Problems problems;
    check_text(problems, "subject", series.subject, longest_subject);
    check_length(problems, "place", series.place);
    check_day(problems, "starts_on", series.starts_on);
    if (series.ends_on) {
        check_day(problems, "ends_on", *series.ends_on);
        if (*series.ends_on < series.starts_on)
            problems.push_back({"ends_on", "meetings.series_ends_before_it_starts"});
    }
    if (series.kind == Kind::joint) problems.push_back({"kind", "meetings.no_joint_series"});
    check_within(problems, "every_months", series.every_months, 1, most_months);
    check_within(problems, "day_of_month", series.day_of_month, 1, 31);
    check_within(problems, "week", series.week, 1, last_week);
    check_within(problems, "weekday", series.weekday, 1, 7);
    check_within(problems, "minute_of_day", series.minute_of_day, 0, minutes_of_a_day - 1);
    if (series.day_of_month.has_value() == series.week.has_value())
        problems.push_back({"day_of_month", "meetings.rule_names_one_day"});
    else if (series.week.has_value() != series.weekday.has_value())
        problems.push_back({"weekday", "meetings.rule_names_one_day"});
    return problems;
}

std::optional<Date> due_day(const Series& series, chrono::year_month month) {
    const auto months = (month - month_of(series.starts_on)).count();
    if (months < 0 || months % series.every_months != 0) return std::nullopt;
    Date day{};
    if (series.day_of_month) {
        day = month / chrono::day{static_cast<unsigned>(*series.day_of_month)};
        if (!day.ok()) day = month / chrono::last;
    } else {
        const chrono::weekday weekday{static_cast<unsigned>(series.weekday.value_or(1)) % 7};
        day = series.week.value_or(1) == last_week
                  ? Date{chrono::sys_days{month / weekday[chrono::last]}}
                  : Date{chrono::sys_days{month / weekday[static_cast<unsigned>(series.week.value_or(1))]}};
    }
    if (day < series.starts_on || (series.ends_on && day > *series.ends_on)) return std::nullopt;
    return day;
}

std::vector<Date> due_days(const Series& series, Date from, Date until) {
    std::vector<Date> days;
    const Date first = std::max(from, series.starts_on);
    for (chrono::year_month month = month_of(first); month <= month_of(until); month += chrono::months(1))
        if (const auto day = due_day(series, month); day && *day >= first && *day <= until)
            days.push_back(*day);
    return days;
}

std::optional<Date> next_due_day(const Series& series, Date from) {
    const Date first = std::max(from, series.starts_on);
    chrono::year_month month = month_of(first);
    // The day of this month may be past, so that the next one is due a whole stretch later.
    for (std::int64_t i = 0; i <= 2 * most_months; ++i, month += chrono::months(1))
        if (const auto day = due_day(series, month); day && *day >= first) return day;
    return std::nullopt;
}

std::string subject_on(const Series& series, Date day) {
    return series.subject + " " + std::to_string(static_cast<unsigned>(day.month())) + "/" +
           std::to_string(static_cast<int>(day.year()));
}

}  // namespace gw::meetings
