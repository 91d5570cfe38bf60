// What follows from the record of a cell's month without asking anybody: its state, its usual day, what is
// usual among similar cells. Private to month_board.
#pragma once
#include <array>
#include <span>

#include "month_board/month_board.h"

namespace gw::month_board {

// Months counted from year 0, so that they can be subtracted.
int month_number(Date day);
Date first_of(int month_number);
Date last_of(int month_number);

// What the record of one cell and month says, packed: a nation has six million of them a year.
struct MonthRecord {
    std::int64_t meeting_id = 0;     // of the regular meeting held, or else of the one planned
    std::int64_t resolution_id = 0;  // of the meeting held
    std::int32_t held_day = 0;       // days since 1970; 0 for none, as in all that follow
    std::int32_t planned_day = 0;
    std::int32_t published_day = 0;
    std::int32_t score_milli = 0;
    std::int32_t maximum_milli = 0;  // 0 when not scored
    std::uint16_t item_count = 0;
    std::uint8_t score_class = 0;  // index into the classes seen, from 1; 0 until all is scored
    bool has_topic = false;
    bool is_cancelled = false;
    bool operator==(const MonthRecord&) const = default;
};

// What else decides about a month.
struct CellCircumstances {
    std::int32_t established_day = 0;
    std::int64_t full_members = 0;  // today
    int usual_day = 0;              // of a month; 0 when not known
};

struct Standing {
    MonthState state = MonthState::open;
    std::optional<WhyNotExpected> why;
    std::int32_t late_day = 0;  // the first on which it is late; 0 when it cannot be
};
Standing standing_of(const MonthRecord& record, const CellCircumstances& circumstances, int month,
                     Date today);

// The middle one of the days of a month; 0 for fewer than three.
int usual_day_of(std::span<const int> days);
// Thousandths of the maximum; nothing when not scored.
std::optional<std::int64_t> share_of(const MonthRecord& record);
// Cells of one band are of a size: up to 8, 14, 29 full and probationary members, or more. The bands follow
// the minutes that a meeting must last (HD 42).
int size_band(std::int64_t members);
// The middle one, the upper of two; nothing for fewer than fewest_similar.
std::optional<std::int64_t> middle_of(std::vector<std::int64_t>& shares);
// The letter of a month in CellMonth::months.
char letter_of(const Standing& standing, const MonthRecord& record);
bool is_in_time(const MonthRecord& record);

}  // namespace gw::month_board
