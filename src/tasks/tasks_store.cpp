#include "tasks/tasks_store.h"

#include "platform/db/dialect.h"

namespace gw::tasks {

namespace {

constexpr std::size_t most_single_looks = 16;

constexpr const char* counted =
    "COUNT(*) AS assigned, "
    "SUM(CASE WHEN state = 'done' THEN 1 ELSE 0 END) AS done, "
    "SUM(CASE WHEN state = 'done' AND done_on > due_on THEN 1 ELSE 0 END) AS done_late, "
    "SUM(CASE WHEN state = 'done' AND is_exceeded = 1 THEN 1 ELSE 0 END) AS exceeded, "
    "SUM(CASE WHEN state = 'open' AND due_on < :today THEN 1 ELSE 0 END) AS overdue, "
    "SUM(CASE WHEN checked_on IS NOT NULL THEN 1 ELSE 0 END) AS checked "
    "FROM tasks WHERE state <> 'dropped' AND due_on >= :from_on AND due_on <= :until_on ";

Counts counts_in(const Row& row) {
    return {row.get<std::int64_t>(2), row.get<std::int64_t>(3), row.get<std::int64_t>(4),
            row.get<std::int64_t>(5), row.get<std::int64_t>(6), row.get<std::int64_t>(7)};
}

}  // namespace

std::optional<Task> find_task(Db& db, TaskId task_id) {
    return db.one<Task>("SELECT * FROM tasks WHERE id = :id", {{"id", task_id}});
}

std::vector<Task> tasks_from(Db& db, Origin origin, std::span<const OriginId> origin_ids) {
    // Few ids are asked for one by one, so that the statement stays prepared.
    if (origin_ids.size() <= most_single_looks) {
        std::vector<Task> tasks;
        for (const OriginId id : origin_ids) {
            auto found = db.list<Task>(
                "SELECT * FROM tasks WHERE origin_id = :origin_id AND origin = :origin ORDER BY due_on, id",
                {{"origin_id", id}, {"origin", origin}});
            std::move(found.begin(), found.end(), std::back_inserter(tasks));
        }
        return tasks;
    }
    std::string ids;
    for (const OriginId id : origin_ids) ids += (ids.empty() ? "" : ",") + std::to_string(id.number);
    return db.list<Task>("SELECT * FROM tasks WHERE origin_id IN (" + ids +
                             ") AND origin = :origin ORDER BY origin_id, due_on, id",
                         {{"origin", origin}});
}

std::vector<OriginStanding> origins_of(Db& db, UnitId unit_id, Origin origin) {
    std::vector<OriginStanding> origins;
    db.each(
        "SELECT origin_id, MAX(CASE WHEN state = 'open' THEN 1 ELSE 0 END), "
        "MAX(CASE WHEN state = 'done' THEN 1 ELSE 0 END) FROM tasks WHERE unit_id = :unit_id AND "
        "origin = :origin AND origin_id IS NOT NULL GROUP BY origin_id ORDER BY origin_id",
        {{"unit_id", unit_id}, {"origin", origin}}, [&](const Row& row) {
            origins.push_back({row.get<OriginId>(0), row.number(1) == 1, row.number(2) == 1});
        });
    return origins;
}

std::vector<Task> tasks_of_origin(Db& db, UnitId unit_id, Origin origin, OriginId origin_id) {
    return db.list<Task>(
        "SELECT * FROM tasks WHERE unit_id = :unit_id AND origin = :origin AND origin_id = :origin_id ORDER "
        "BY "
        "due_on, id",
        {{"unit_id", unit_id}, {"origin", origin}, {"origin_id", origin_id}});
}

std::vector<UnitWork> count_by_unit(Db& db, Origin origin, OriginId origin_id, std::optional<UnitId> only) {
    std::vector<UnitWork> units;
    db.each(
        std::string("SELECT unit_id, SUM(CASE WHEN state = 'open' THEN 1 ELSE 0 END), "
                    "SUM(CASE WHEN state = 'done' THEN 1 ELSE 0 END) FROM tasks WHERE origin = :origin AND "
                    "origin_id = :origin_id AND state <> 'dropped'") +
            (only ? " AND unit_id = :unit_id" : "") + " GROUP BY unit_id ORDER BY unit_id",
        {{"origin", origin}, {"origin_id", origin_id}, {"unit_id", only.value_or(UnitId{})}},
        [&](const Row& row) {
            units.push_back({row.get<UnitId>(0), row.get<std::int64_t>(1), row.get<std::int64_t>(2)});
        });
    return units;
}

std::vector<TaskStep> steps_of(Db& db, TaskId task_id) {
    return db.list<TaskStep>("SELECT * FROM task_steps WHERE task_id = :task_id ORDER BY id",
                             {{"task_id", task_id}});
}

std::vector<Task> tasks_done(Db& db, UnitId unit_id, Date from, Date until) {
    return db.list<Task>(
        "SELECT * FROM tasks WHERE unit_id = :unit_id AND state = 'done' AND done_on >= :from_on AND "
        "done_on <= :until_on ORDER BY done_on, id",
        {{"unit_id", unit_id}, {"from_on", from}, {"until_on", until}});
}

std::vector<Task> open_tasks_due_from(Db& db, UnitId unit_id, Date from) {
    return db.list<Task>(
        "SELECT * FROM tasks WHERE unit_id = :unit_id AND state = 'open' AND due_on >= :from_on "
        "ORDER BY due_on, id",
        {{"unit_id", unit_id}, {"from_on", from}});
}

std::vector<Task> list_tasks(Db& db, const ListTasks& wanted, const std::optional<std::string>& unit_ids,
                             Date today, const std::optional<Task>& after, std::size_t count) {
    const bool newest = wanted.sort == Sort::newest;
    std::string sql = "SELECT * FROM tasks WHERE 1 = 1";
    if (unit_ids) sql += " AND unit_id IN (" + *unit_ids + ")";
    if (wanted.owner_member_id) sql += " AND owner_member_id = :owner_member_id";
    if (wanted.owner_unit_id) sql += " AND owner_unit_id = :owner_unit_id";
    if (wanted.state) sql += " AND state = :state";
    if (wanted.checked) sql += *wanted.checked ? " AND checked_on IS NOT NULL" : " AND checked_on IS NULL";
    if (wanted.due_from) sql += " AND due_on >= :due_from";
    if (wanted.due_until) sql += " AND due_on <= :due_until";
    const std::string late = "(state = 'open' AND due_on < :today OR state = 'done' AND done_on > due_on)";
    if (wanted.late) sql += (*wanted.late ? " AND " : " AND NOT ") + late;
    if (after) sql += newest ? " AND id < :after_id" : " AND (due_on, id) > (:after_due_on, :after_id)";
    sql += newest ? " ORDER BY id DESC" : " ORDER BY due_on, id";
    sql += " LIMIT :count";
    return db.list<Task>(sql, {{"owner_member_id", wanted.owner_member_id},
                               {"owner_unit_id", wanted.owner_unit_id},
                               {"state", wanted.state},
                               {"due_from", wanted.due_from},
                               {"due_until", wanted.due_until},
                               {"today", today},
                               {"after_id", after ? after->id : TaskId{}},
                               {"after_due_on", after ? after->due_on : today},
                               {"count", static_cast<std::int64_t>(count)}});
}

std::vector<OwnerCounts> count_by_owner(Db& db, Date from, Date until, Date today,
                                        std::span<const UnitId> only) {
    std::vector<OwnerCounts> rows;
    db.each("SELECT unit_id, owner_member_id, " + std::string(counted) +
                and_within(db.dialect(), "unit_id", "units", only) +
                "GROUP BY unit_id, owner_member_id ORDER BY unit_id, owner_member_id",
            {{"from_on", from}, {"until_on", until}, {"today", today}, {"units", id_list_text(only)}},
            [&](const Row& row) {
                rows.push_back({row.get<UnitId>(0), row.get<std::optional<MemberId>>(1), counts_in(row)});
            });
    return rows;
}

std::vector<OriginCounts> count_by_origin(Db& db, Origin origin, Date from, std::span<const OriginId> only) {
    std::vector<OriginCounts> rows;
    db.each(
        "SELECT origin_id, SUM(CASE WHEN state = 'open' THEN 1 ELSE 0 END), "
        "SUM(CASE WHEN state = 'done' THEN 1 ELSE 0 END), "
        "SUM(CASE WHEN state = 'done' AND done_on > due_on THEN 1 ELSE 0 END), "
        "SUM(CASE WHEN state = 'dropped' THEN 1 ELSE 0 END), "
        "MAX(CASE WHEN state <> 'dropped' THEN due_on END) "
        "FROM tasks WHERE origin = :origin AND origin_id IS NOT NULL AND due_on >= :from_on " +
            and_within(db.dialect(), "origin_id", "origins", only) + "GROUP BY origin_id ORDER BY origin_id",
        {{"origin", origin}, {"from_on", from}, {"origins", id_list_text(only)}}, [&](const Row& row) {
            rows.push_back({row.get<OriginId>(0), row.get<std::int64_t>(1), row.get<std::int64_t>(2),
                            row.get<std::int64_t>(3), row.get<std::int64_t>(4),
                            row.get<std::optional<Date>>(5)});
        });
    return rows;
}

}  // namespace gw::tasks
