// Decisions about weak units that need no database.
#pragma once
#include "consolidation/consolidation.h"
#include "organisation/tree.h"

namespace gw::consolidation {

inline constexpr std::int64_t months_missed_to_tell = 3;
inline constexpr std::int64_t points_to_tell = 60;
inline constexpr std::int64_t fewest_followed = 5;

// The first day of the month that lies so many months before the one of `day`.
Date month_before(Date day, std::int64_t months);
// The same day so many months later, or the last day of that month.
Date months_after(Date day, std::int64_t months);
// A unit that is judged and stands at the base: it has members, or only such units below it.
bool is_at_the_base(const organisation::Tree& tree, int position);

// How long a unit was on the list, in days, and whether it left then or is only followed so far.
struct Stay {
    std::int64_t days = 0;
    bool has_left = false;
};
// By Kaplan and Meier; a month counts as a twelfth of 365 days, the day rounded up (3 months: 92 days).
LeftBy left_by(std::span<const Stay> stays, std::int64_t months);

Problems problems_in(const SetExitCondition& item, const std::string& field);
// Whether a figure of the record bears the item out.
std::optional<bool> is_met(const ExitCondition& item, std::optional<std::int64_t> figure);

}  // namespace gw::consolidation
