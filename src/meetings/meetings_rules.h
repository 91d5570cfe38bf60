// Decisions about meetings that need no database.
#pragma once
#include "meetings/meetings.h"

namespace gw::meetings {

// What a meeting is planned with, wherever the plan comes from.
struct Plan {
    std::string_view subject;
    Moment planned_for;
    std::string_view place;
    std::span<const std::string> agenda;
    std::optional<Date> documents_sent_on;
};
Problems problems_in(const Plan& plan);

// Those of the unit's people whom a meeting of this kind calls: probationary and full members, neither
// excused nor suspended; of a committee only who holds an office.
std::vector<members::Person> expected_of(std::vector<members::Person> people, Kind kind);

// Fills what the unit is like at the time: its members, and whether it has a committee.
void count_unit(Meeting& meeting, std::span<const members::Person> people);

// Everything wrong with a record, given who was expected; fields carry `prefix`.
Problems problems_in(const Happening& happening, std::span<const members::Person> expected, Moment now,
                     const std::string& prefix);

// Fills the counts of the roll and of the speakers, times and people into `meeting`.
void count_roll(Meeting& meeting, const Happening& happening);

// True when what is kept is what `happening` says: the same record sent twice.
bool is_same(const Meeting& meeting, std::span<const Attendance> attendances,
             std::span<const Contribution> contributions, const Happening& happening);

std::int64_t minutes_held(const Meeting& meeting);
// The share of members present, in hundredths of a percent, rounded down; a meeting that expected nobody has
// none.
std::optional<std::int64_t> attendance_share(const Meeting& meeting);
// Days from `earlier` to `later`.
std::int64_t days_between(Date earlier, Date later);

}  // namespace gw::meetings
