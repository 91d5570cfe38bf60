// Counts a unit's own records for the dashboard, for some units or for all of them.
#pragma once
#include <functional>
#include <span>

#include "dashboard/dashboard.h"

namespace gw::dashboard {

// Calls `figures_of(unit)` for the place of each unit's figures (null: not asked for) and adds its records to
// them. Counts the calendar year and month of `today`; without `unit_ids`, the records of all units.
void count_records(Db& db, Date today, std::span<const std::int64_t> unit_ids,
                   const std::function<UnitFigures*(UnitId)>& figures_of);

// Obstacles to which the unit itself owes an answer: all, and those late, for a week and for a month at most.
struct OwedObstacles {
    std::int64_t count = 0, late = 0, late_week = 0, late_month = 0;
};
OwedObstacles count_owed_obstacles(Db& db, UnitId holder_id, Date today);

// Tells the last visit of every unit that had one.
void last_visits(Db& db, const std::function<void(UnitId, Date)>& tell);

}  // namespace gw::dashboard
