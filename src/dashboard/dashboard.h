// Dashboard: what needs attention. For a person, today's page; for a unit with everything below it, one row of
// figures that is kept in memory and brought up to date after every change.
//
// Words: a *figure* is a count over a subtree (members, meetings held this year, late tasks ...); figures of a unit's
// own records are *direct*, those with everything below it *total*.
#pragma once
#include <array>
#include <memory>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <vector>

#include "platform/announcements.h"
#include "platform/call.h"

namespace gw {
class Router;
}

namespace gw::dashboard {

// What is counted, over the current year of the organisation's calendar. Names are the fields of the answer.
struct UnitFigures {
    std::int64_t units = 0;            // judged units
    std::int64_t cells = 0;            // units that have members
    std::int64_t members = 0;
    std::int64_t full_members = 0;
    std::int64_t probationary_members = 0;
    std::int64_t small_cells = 0;      // cells with fewer than three full members
    std::int64_t meetings_held = 0;    // this year
    std::int64_t meetings_this_month = 0;
    std::int64_t score_sum_milli = 0;  // of scored meetings this year
    std::int64_t scored_meetings = 0;
    std::int64_t present = 0;          // attendances this year
    std::int64_t expected = 0;
    std::int64_t tasks_open = 0;
    std::int64_t tasks_late = 0;
    std::int64_t tasks_done = 0;       // this year
    std::int64_t advice_open = 0;
    std::int64_t findings_open = 0;
    std::int64_t findings_late = 0;
    std::int64_t class_excellent = 0;  // units with members, by proposed class of the year
    std::int64_t class_good = 0;
    std::int64_t class_completed = 0;
    std::int64_t class_not_completed = 0;
    std::int64_t weak_units = 0;
};
BOOST_DESCRIBE_STRUCT(UnitFigures, (), (units, cells, members, full_members, probationary_members, small_cells, meetings_held,
                                        meetings_this_month, score_sum_milli, scored_meetings, present, expected, tasks_open,
                                        tasks_late, tasks_done, advice_open, findings_open, findings_late, class_excellent, class_good,
                                        class_completed, class_not_completed, weak_units))

// The figures of every unit, in memory. A reader gets the last finished state; a change makes its unit stale, and a
// stale unit's direct figures are counted again before the next answer that needs them, its ancestors by difference.
class Figures {
public:
    // Hears of changes. Call once, before requests are answered.
    void listen(Announcements& announcements);
    // Totals of a unit, brought up to date first. Counts everything the first time, on a new day and when the
    // tree changed.
    UnitFigures of(const Call& call, int position);

private:
    std::mutex lock_;
    std::set<UnitId> stale_;
    bool is_stale_ = true;
    std::shared_ptr<const organisation::Tree> tree_;
    Date counted_on_{};
    std::vector<UnitFigures> direct_, total_;
};

// GET /api/today: for the person signed in: own tasks, next meetings, late things, advice to answer, what to accept.
// GET /api/units/{unit_id}/dashboard: figures of the subtree and, row by row, of the units directly below.
void add_routes(Router& router, Figures& figures);

}  // namespace gw::dashboard
