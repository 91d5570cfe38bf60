#include "visits/visits_store.h"

#include <map>

#include "platform/db/dialect.h"

namespace gw::visits {

std::optional<Visit> find_visit(Db& db, VisitId visit_id) {
    return db.one<Visit>("SELECT * FROM visits WHERE id = :id", {{"id", visit_id}});
}

std::optional<Visit> find_visit_of_meeting(Db& db, UnitId unit_id, MeetingId meeting_id) {
    return db.one<Visit>(
        "SELECT * FROM visits WHERE meeting_id = :meeting_id AND unit_id = :unit_id AND score IS NOT NULL "
        "ORDER BY id DESC LIMIT 1",
        {{"meeting_id", meeting_id}, {"unit_id", unit_id}});
}

std::vector<Visit> visits_of(Db& db, UnitId unit_id, Date from, Date until) {
    return db.list<Visit>(
        "SELECT * FROM visits WHERE unit_id = :unit_id AND visited_on >= :from_on AND visited_on <= "
        ":until_on ORDER BY visited_on, id",
        {{"unit_id", unit_id}, {"from_on", from}, {"until_on", until}});
}

std::optional<AdviceItem> find_advice_item(Db& db, AdviceItemId advice_item_id) {
    return db.one<AdviceItem>("SELECT * FROM advice_items WHERE id = :id", {{"id", advice_item_id}});
}

std::vector<AdviceItem> advice_items_of(Db& db, VisitId visit_id) {
    return db.list<AdviceItem>("SELECT * FROM advice_items WHERE visit_id = :visit_id ORDER BY number",
                               {{"visit_id", visit_id}});
}

std::vector<findings::Finding> findings_of(const Call& call, VisitId visit_id) {
    return findings::findings_of_source(call, findings::SourceKind::visit,
                                        findings::SourceId{visit_id.number});
}

std::vector<AdviceItem> open_advice_of(Db& db, UnitId unit_id, Date until) {
    return db.list<AdviceItem>(
        "SELECT a.* FROM advice_items a JOIN visits v ON v.id = a.visit_id WHERE a.unit_id = :unit_id AND "
        "a.state = 'open' AND v.visited_on <= :until_on ORDER BY a.check_on, a.id",
        {{"unit_id", unit_id}, {"until_on", until}});
}

std::vector<AdviceItem> advice_of(Db& db, UnitId unit_id, Date from, Date until) {
    return db.list<AdviceItem>(
        "SELECT a.* FROM advice_items a JOIN visits v ON v.id = a.visit_id WHERE v.unit_id = :unit_id AND "
        "v.visited_on >= :from_on AND v.visited_on <= :until_on ORDER BY v.visited_on, v.id, a.number",
        {{"unit_id", unit_id}, {"from_on", from}, {"until_on", until}});
}

std::vector<AdviceItem> list_advice_items(Db& db, const std::optional<std::string>& unit_ids,
                                          const std::optional<AdviceState>& state,
                                          const std::optional<AdviceItem>& after, std::size_t count) {
    std::string sql = "SELECT * FROM advice_items WHERE 1 = 1";
    if (unit_ids) sql += " AND unit_id IN (" + *unit_ids + ")";
    if (state) sql += " AND state = :state";
    if (after) sql += " AND (check_on, id) > (:after_on, :after_id)";
    sql += " ORDER BY check_on, id LIMIT :count";
    return db.list<AdviceItem>(sql, {{"state", state},
                                     {"after_on", after ? after->check_on : Date{}},
                                     {"after_id", after ? after->id : AdviceItemId{}},
                                     {"count", static_cast<std::int64_t>(count)}});
}

std::unordered_map<UnitId, std::int64_t> last_scores(Db& db, Date from, Date until,
                                                     std::span<const UnitId> only) {
    std::unordered_map<UnitId, std::int64_t> scores;
    db.each(
        "SELECT unit_id, score FROM visits WHERE visited_on >= :from_on AND visited_on <= :until_on AND "
        "score IS NOT NULL " +
            and_within(db.dialect(), "unit_id", "units", only) + "ORDER BY visited_on, id",
        {{"from_on", from}, {"until_on", until}, {"units", id_list_text(only)}},
        [&](const Row& row) { scores[row.get<UnitId>(0)] = row.number(1); });
    return scores;
}

std::vector<UnitCounts> count_by_unit(Db& db, Date from, Date until, std::span<const UnitId> only) {
    const std::string units_text = id_list_text(only);
    std::map<UnitId, UnitCounts> units;
    const auto at = [&](const Row& row) -> UnitCounts& {
        UnitCounts& counts = units[row.get<UnitId>(0)];
        counts.unit_id = row.get<UnitId>(0);
        return counts;
    };
    db.each("SELECT unit_id, COUNT(*) FROM visits WHERE visited_on >= :from_on AND visited_on <= :until_on " +
                and_within(db.dialect(), "unit_id", "units", only) + "GROUP BY unit_id",
            {{"from_on", from}, {"until_on", until}, {"units", units_text}},
            [&](const Row& row) { at(row).visits = row.get<std::int64_t>(1); });
    db.each(
        "SELECT a.unit_id, COUNT(*), SUM(CASE WHEN a.state IN ('answered', 'refused', 'confirmed') THEN 1 "
        "ELSE 0 END), "
        "SUM(CASE WHEN a.state = 'confirmed' THEN 1 ELSE 0 END) FROM advice_items a JOIN visits v ON v.id = "
        "a.visit_id "
        "WHERE a.state NOT IN ('withdrawn', 'refusal_accepted') AND v.visited_on >= :from_on AND "
        "v.visited_on <= :until_on " +
            and_within(db.dialect(), "a.unit_id", "units", only) + "GROUP BY a.unit_id",
        {{"from_on", from}, {"until_on", until}, {"units", units_text}}, [&](const Row& row) {
            UnitCounts& counts = at(row);
            counts.advice_given = row.get<std::int64_t>(1);
            counts.advice_answered = row.get<std::int64_t>(2);
            counts.advice_confirmed = row.get<std::int64_t>(3);
        });
    std::vector<UnitCounts> rows;
    for (const auto& [unit_id, counts] : units) rows.push_back(counts);
    return rows;
}

}  // namespace gw::visits
