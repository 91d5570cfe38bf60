// What plans read of visits, advice and orders. What others may ask of them stands in plans.h.
#pragma once
#include <functional>

#include "visits/visits.h"

namespace gw::visits {

// The last visit of each unit.
void each_last_visit(Db& db, std::span<const UnitId> only,
                     const std::function<void(UnitId, Date visited_on)>& tell);
// Every visit within [from, until], by day.
void each_visit_day(Db& db, Date from, Date until, std::span<const UnitId> only,
                    const std::function<void(UnitId, Date visited_on)>& tell);
// Units of orders that are coming or in force.
void each_ordered_unit(Db& db, Date today, const std::function<void(UnitId)>& tell);
// Advice that nobody withdrew: from when until when it waited for an answer or a refusal.
void each_open_advice_time(
    Db& db, std::span<const UnitId> only,
    const std::function<void(UnitId, Date given_on, std::optional<Date> answered_on)>& tell);

}  // namespace gw::visits
