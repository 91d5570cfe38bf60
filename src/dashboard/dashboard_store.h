// Counts a unit's own records for the dashboard, for one unit or for all of them.
#pragma once
#include <functional>
#include <optional>

#include "dashboard/dashboard.h"

namespace gw::dashboard {

// Calls `figures_of(unit)` for the place of each unit's figures (null: not asked for) and adds its records to
// them. Counts the calendar year and month of `today`.
void count_records(Db& db, Date today, std::optional<UnitId> unit_id,
                   const std::function<UnitFigures*(UnitId)>& figures_of);

}  // namespace gw::dashboard
