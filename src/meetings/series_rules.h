// Decisions about series of meetings that need no database.
#pragma once
#include "meetings/series.h"

namespace gw::meetings {

Problems problems_in(const Series& series);
// The days due within [from, until], within the life of the series.
std::vector<Date> due_days(const Series& series, Date from, Date until);
// The first day due on `from` or later; nothing when the series ends before.
std::optional<Date> next_due_day(const Series& series, Date from);
// The subject of the meeting due on `day`: that of the series with the month.
std::string subject_on(const Series& series, Date day);

}  // namespace gw::meetings
