#include "visits/plans_store.h"

#include "platform/db/dialect.h"

namespace gw::visits {

void each_last_visit(Db& db, std::span<const UnitId> only, const std::function<void(UnitId, Date)>& tell) {
    db.each("SELECT unit_id, MAX(visited_on) FROM visits WHERE 1 = 1 " +
                and_within(db.dialect(), "unit_id", "units", only) + "GROUP BY unit_id",
            {{"units", id_list_text(only)}},
            [&](const Row& row) { tell(row.get<UnitId>(0), row.get<Date>(1)); });
}

void each_visit_day(Db& db, Date from, Date until, std::span<const UnitId> only,
                    const std::function<void(UnitId, Date)>& tell) {
    db.each(
        "SELECT unit_id, visited_on FROM visits WHERE visited_on >= :from_on AND visited_on <= :until_on " +
            and_within(db.dialect(), "unit_id", "units", only) + "ORDER BY visited_on, id",
        {{"from_on", from}, {"until_on", until}, {"units", id_list_text(only)}},
        [&](const Row& row) { tell(row.get<UnitId>(0), row.get<Date>(1)); });
}

void each_ordered_unit(Db& db, Date today, const std::function<void(UnitId)>& tell) {
    db.each(
        "SELECT DISTINCT u.unit_id FROM visit_order_units u JOIN visit_orders o ON o.id = u.order_id WHERE "
        "o.ended_at IS NULL AND o.until_on >= :today",
        {{"today", today}}, [&](const Row& row) { tell(row.get<UnitId>(0)); });
}

void each_open_advice_time(
    Db& db, std::span<const UnitId> only,
    const std::function<void(UnitId, Date given_on, std::optional<Date> answered_on)>& tell) {
    db.each(
        "SELECT a.unit_id, v.visited_on, CASE WHEN a.state IN ('refused', 'refusal_accepted') THEN "
        "a.refused_on ELSE a.answered_on END FROM advice_items a JOIN visits v ON v.id = a.visit_id WHERE "
        "a.state <> 'withdrawn' " +
            and_within(db.dialect(), "a.unit_id", "units", only) + "ORDER BY a.id",
        {{"units", id_list_text(only)}},
        [&](const Row& row) { tell(row.get<UnitId>(0), row.get<Date>(1), row.get<std::optional<Date>>(2)); });
}

}  // namespace gw::visits
