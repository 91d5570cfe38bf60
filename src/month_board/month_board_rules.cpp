#include "month_board/month_board_rules.h"

#include <algorithm>

#include "members/members.h"

namespace gw::month_board {

int month_number(Date day) {
    return static_cast<int>(day.year()) * 12 + static_cast<int>(static_cast<unsigned>(day.month())) - 1;
}

Date first_of(int month_number) { return std::chrono::year{month_number / 12} / (month_number % 12 + 1) / 1; }

Date last_of(int month_number) { return date_of(day_number(first_of(month_number + 1)) - 1); }

Standing standing_of(const MonthRecord& record, const CellCircumstances& circumstances, int month,
                     Date today) {
    if (record.held_day) return {MonthState::held, {}, 0};
    const auto first_day = static_cast<std::int32_t>(day_number(first_of(month)));
    const auto last_day = static_cast<std::int32_t>(day_number(last_of(month)));
    const auto now = static_cast<std::int32_t>(day_number(today));
    // A cell founded within the month owes its first meeting in the next.
    if (circumstances.established_day > first_day)
        return {MonthState::not_expected, WhyNotExpected::founded_later, 0};
    if (circumstances.full_members < members::fewest_full_members)
        return {MonthState::not_expected, WhyNotExpected::too_few_members, 0};
    std::int32_t late_day = last_day + 1;
    if (record.planned_day) late_day = std::min(late_day, record.planned_day + days_until_late);
    else if (circumstances.usual_day)
        late_day = std::min(late_day, first_day + circumstances.usual_day - 1 + days_until_late);
    if (now > last_day + days_after_month) return {MonthState::missing, {}, late_day};
    if (now >= late_day) return {MonthState::late, {}, late_day};
    return {record.planned_day ? MonthState::planned : MonthState::open, {}, late_day};
}

int usual_day_of(std::span<const int> days) {
    if (days.size() < 3) return 0;
    std::vector<int> sorted(days.begin(), days.end());
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    return *middle;
}

std::optional<std::int64_t> share_of(const MonthRecord& record) {
    if (record.maximum_milli <= 0 || !record.score_class) return std::nullopt;
    return std::int64_t{record.score_milli} * 1000 / record.maximum_milli;
}

int size_band(std::int64_t members) { return members <= 8 ? 0 : members <= 14 ? 1 : members <= 29 ? 2 : 3; }

std::optional<std::int64_t> middle_of(std::vector<std::int64_t>& shares) {
    if (shares.size() < fewest_similar) return std::nullopt;
    const auto middle = shares.begin() + static_cast<std::ptrdiff_t>(shares.size() / 2);
    std::nth_element(shares.begin(), middle, shares.end());
    return *middle;
}

char letter_of(const Standing& standing, const MonthRecord& record) {
    switch (standing.state) {
        case MonthState::not_expected: return '-';
        case MonthState::missing: return 'm';
        case MonthState::late: return 'l';
        case MonthState::open: return 'o';
        case MonthState::planned: return 'p';
        case MonthState::held: break;
    }
    const auto share = share_of(record);
    if (!share) return 'h';
    return *share < 500 ? '1' : *share < 650 ? '2' : *share < 800 ? '3' : '4';
}

bool is_in_time(const MonthRecord& record) {
    constexpr int days_to_publish = 2;  // HD 42: the resolution goes out within two days
    return record.published_day && record.published_day - record.held_day <= days_to_publish;
}

}  // namespace gw::month_board
