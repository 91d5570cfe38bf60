#include "findings/findings_store.h"

#include "platform/db/dialect.h"

namespace gw::findings {

namespace {

// What a list is ordered by, as one text.
const char* key_of(Order order) {
    switch (order) {
        case Order::gravity:
            return "(CASE gravity WHEN 'serious' THEN '1' WHEN 'moderate' THEN '2' ELSE '3' END || due_on)";
        case Order::age: return "COALESCE(reopened_on, noted_on)";
        default: return "due_on";
    }
}

std::string key_value(Order order, const Finding& finding) {
    switch (order) {
        case Order::gravity:
            return std::to_string(3 - static_cast<int>(finding.gravity)) + to_text(finding.due_on);
        case Order::age: return to_text(finding.reopened_on.value_or(finding.noted_on));
        default: return to_text(finding.due_on);
    }
}

}  // namespace

std::optional<Finding> find_finding(Db& db, FindingId finding_id) {
    return db.one<Finding>("SELECT * FROM findings WHERE id = :id", {{"id", finding_id}});
}

std::vector<Finding> all_of_source(Db& db, SourceKind kind, SourceId source_id) {
    return db.list<Finding>(
        "SELECT * FROM findings WHERE id IN (SELECT finding_id FROM finding_steps WHERE source_id = :id AND "
        "source_kind = :kind UNION SELECT id FROM findings WHERE source_id = :id AND source_kind = :kind) "
        "ORDER BY CASE WHEN source_id = :id THEN 0 ELSE 1 END, number, id",
        {{"id", source_id}, {"kind", kind}});
}

std::vector<Finding> all_of_unit(Db& db, UnitId unit_id, Date from, Date until) {
    return db.list<Finding>(
        "SELECT * FROM findings WHERE unit_id = :unit_id AND COALESCE(reopened_on, noted_on) >= :from_on AND "
        "COALESCE(reopened_on, noted_on) <= :until_on ORDER BY noted_on, source_id, number",
        {{"unit_id", unit_id}, {"from_on", from}, {"until_on", until}});
}

std::vector<Finding> closed_of_unit(Db& db, UnitId unit_id, Date from) {
    return db.list<Finding>(
        "SELECT * FROM findings WHERE unit_id = :unit_id AND state = 'closed' AND closed_on >= :from_on "
        "ORDER BY closed_on DESC, id DESC LIMIT 100",
        {{"unit_id", unit_id}, {"from_on", from}});
}

std::vector<Finding> all_of_member(Db& db, MemberId member_id) {
    return db.list<Finding>(
        "SELECT * FROM findings WHERE about_member_id = :member_id OR owner_member_id = :member_id ORDER BY "
        "noted_on DESC, id DESC LIMIT 200",
        {{"member_id", member_id}});
}

std::int64_t last_number(Db& db, SourceKind kind, SourceId source_id) {
    return db.count("SELECT MAX(number) FROM findings WHERE source_id = :id AND source_kind = :kind",
                    {{"id", source_id}, {"kind", kind}});
}

std::vector<Finding> list_findings(Db& db, const std::optional<std::string>& unit_ids,
                                   const ListFindings& request, Date today,
                                   const std::optional<Finding>& after, std::size_t count) {
    const Order order = request.order.value_or(Order::due_on);
    const std::string key = key_of(order);
    std::string sql = "SELECT * FROM findings WHERE 1 = 1";
    if (unit_ids) sql += " AND unit_id IN (" + *unit_ids + ")";
    if (request.state) sql += " AND state = :state";
    if (request.gravity) sql += " AND gravity = :gravity";
    if (request.is_late)
        sql += *request.is_late ? " AND state = 'open' AND due_on < :today"
                                : " AND NOT (state = 'open' AND due_on < :today)";
    if (request.came_back)
        sql += *request.came_back ? " AND came_back_count > 0" : " AND came_back_count = 0";
    if (after) sql += " AND (" + key + ", id) > (:after_key, :after_id)";
    sql += " ORDER BY " + key + ", id LIMIT :count";
    return db.list<Finding>(sql, {{"state", request.state},
                                  {"gravity", request.gravity},
                                  {"today", today},
                                  {"after_key", after ? key_value(order, *after) : std::string()},
                                  {"after_id", after ? after->id : FindingId{}},
                                  {"count", static_cast<std::int64_t>(count)}});
}

std::vector<Finding> open_of_owner(Db& db, MemberId member_id, UnitId unit_id) {
    return db.list<Finding>(
        "SELECT * FROM findings WHERE state = 'open' AND told_on IS NOT NULL AND (owner_member_id = "
        ":member_id OR (owner_member_id IS NULL AND unit_id = :unit_id)) ORDER BY due_on, id LIMIT 100",
        {{"member_id", member_id}, {"unit_id", unit_id}});
}

std::vector<Finding> remedied_of_inspector(Db& db, UnitId deciding_unit_id, AccountId account_id) {
    return db.list<Finding>(
        "SELECT * FROM findings WHERE state = 'remedied' AND (deciding_unit_id = :unit_id OR id IN (SELECT "
        "s.finding_id FROM finding_steps s JOIN finding_inspectors i ON i.source_id = s.source_id AND "
        "i.source_kind = s.source_kind WHERE i.account_id = :account_id)) ORDER BY remedied_on, id LIMIT 100",
        {{"unit_id", deciding_unit_id}, {"account_id", account_id}});
}

std::vector<Step> steps_of(Db& db, FindingId finding_id) {
    return db.list<Step>("SELECT * FROM finding_steps WHERE finding_id = :id ORDER BY said_at, id",
                         {{"id", finding_id}});
}

AccountId last_reported_by(Db& db, FindingId finding_id) {
    return db
        .one<AccountId>(
            "SELECT said_by FROM finding_steps WHERE finding_id = :id AND kind = 'remedied' ORDER BY said_at "
            "DESC, id DESC LIMIT 1",
            {{"id", finding_id}})
        .value_or(AccountId{});
}

std::vector<SourceKind> sources_with(Db& db, FindingId finding_id, AccountId account_id) {
    std::vector<SourceKind> kinds;
    db.each(
        "SELECT DISTINCT i.source_kind FROM finding_inspectors i JOIN finding_steps s ON s.source_id = "
        "i.source_id AND s.source_kind = i.source_kind WHERE s.finding_id = :id AND i.account_id = "
        ":account_id ORDER BY i.source_kind",
        {{"id", finding_id}, {"account_id", account_id}},
        [&](const Row& row) { kinds.push_back(row.get<SourceKind>(0)); });
    return kinds;
}

void keep_inspectors(Db& db, const Source& source) {
    for (const AccountId account_id : source.inspectors)
        db.run(
            "INSERT INTO finding_inspectors (source_kind, source_id, account_id) VALUES (:kind, :id, "
            ":account_id) ON CONFLICT DO NOTHING",
            {{"kind", source.kind}, {"id", source.id}, {"account_id", account_id}});
}

std::vector<Finding> tell_findings(Db& db, SourceKind kind, SourceId source_id, Date day) {
    std::vector<Finding> told = all_of_source(db, kind, source_id);
    std::erase_if(told, [](const Finding& finding) { return finding.told_on.has_value(); });
    for (Finding& finding : told) {
        finding.told_on = day;
        db.update("findings", finding);
    }
    return told;
}

std::vector<UnitCounts> count_by_unit(Db& db, Date from, Date until, Date today,
                                      std::span<const UnitId> only) {
    std::vector<UnitCounts> rows;
    db.each(
        "SELECT unit_id, COUNT(*), SUM(CASE WHEN state <> 'closed' THEN 1 ELSE 0 END), "
        "SUM(CASE WHEN state <> 'closed' AND gravity = 'serious' THEN 1 ELSE 0 END), "
        "SUM(CASE WHEN state = 'open' AND due_on < :today THEN 1 ELSE 0 END), "
        "SUM(CASE WHEN came_back_count > 0 THEN 1 ELSE 0 END) FROM findings "
        "WHERE COALESCE(reopened_on, noted_on) >= :from_on AND COALESCE(reopened_on, noted_on) <= "
        ":until_on " +
            and_within(db.dialect(), "unit_id", "units", only) + "GROUP BY unit_id ORDER BY unit_id",
        {{"from_on", from}, {"until_on", until}, {"today", today}, {"units", id_list_text(only)}},
        [&](const Row& row) {
            rows.push_back({row.get<UnitId>(0), row.number(1), row.number(2), row.number(3), row.number(4),
                            row.number(5)});
        });
    return rows;
}

void each_open_time(Db& db, std::span<const UnitId> only, const std::function<void(const OpenTime&)>& tell) {
    db.each(
        "SELECT unit_id, source_kind, noted_on, CASE WHEN state = 'closed' THEN closed_on END FROM findings "
        "WHERE 1 = 1 " +
            and_within(db.dialect(), "unit_id", "units", only) + "ORDER BY id",
        {{"units", id_list_text(only)}}, [&](const Row& row) {
            tell({row.get<UnitId>(0), row.get<SourceKind>(1), row.get<Date>(2),
                  row.get<std::optional<Date>>(3)});
        });
}

}  // namespace gw::findings
