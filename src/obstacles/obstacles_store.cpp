#include "obstacles/obstacles_store.h"

#include "platform/db/bulk_rows.h"

namespace gw::obstacles {

std::optional<Obstacle> find_obstacle(Db& db, ObstacleId obstacle_id) {
    return db.one<Obstacle>("SELECT * FROM obstacles WHERE id = :id", {{"id", obstacle_id}});
}

std::vector<Step> steps_of(Db& db, ObstacleId obstacle_id) {
    return db.list<Step>("SELECT * FROM obstacle_steps WHERE obstacle_id = :id ORDER BY number",
                         {{"id", obstacle_id}});
}

std::vector<Obstacle> list_obstacles(Db& db, const std::optional<std::string>& unit_ids,
                                     const std::optional<Which>& which, const std::optional<Obstacle>& after,
                                     std::size_t count) {
    std::string sql = "SELECT * FROM obstacles WHERE 1 = 1";
    if (unit_ids) sql += " AND unit_id IN (" + *unit_ids + ")";
    if (which) sql += *which == Which::open ? " AND ended_on IS NULL" : " AND ended_on IS NOT NULL";
    if (after) sql += " AND (due_on, id) > (:after_on, :after_id)";
    sql += " ORDER BY due_on, id LIMIT :count";
    return db.list<Obstacle>(sql, {{"after_on", after ? after->due_on : Date{}},
                                   {"after_id", after ? after->id : ObstacleId{}},
                                   {"count", static_cast<std::int64_t>(count)}});
}

std::vector<Obstacle> open_obstacles(Db& db) {
    return db.list<Obstacle>("SELECT * FROM obstacles WHERE state IN ('owed', 'answered') ORDER BY id");
}

std::vector<Obstacle> held_by(Db& db, UnitId unit_id, State state, std::int64_t count) {
    return db.list<Obstacle>(
        "SELECT * FROM obstacles WHERE holder_id = :unit_id AND state = :state ORDER BY due_on, id LIMIT "
        ":count",
        {{"unit_id", unit_id}, {"state", state}, {"count", count}});
}

std::vector<Obstacle> answered_for(Db& db, UnitId unit_id, std::int64_t count) {
    return db.list<Obstacle>(
        "SELECT * FROM obstacles WHERE unit_id = :unit_id AND state = 'answered' ORDER BY due_on, id LIMIT "
        ":count",
        {{"unit_id", unit_id}, {"count", count}});
}

std::optional<Case> find_case(Db& db, ObstacleCaseId case_id) {
    return db.one<Case>("SELECT * FROM obstacle_cases WHERE id = :id", {{"id", case_id}});
}

std::vector<Obstacle> obstacles_in(Db& db, ObstacleCaseId case_id) {
    return db.list<Obstacle>("SELECT * FROM obstacles WHERE case_id = :id ORDER BY id", {{"id", case_id}});
}

std::vector<BodyAct> acts_of_bodies(Db& db, Date since) {
    return db.list<BodyAct>(
        "SELECT unit_id, act, acted_on, owed_since, due_on FROM obstacle_steps WHERE acted_on >= :since AND "
        "act IN ('solve', 'answer', 'pass_up', 'silence')",
        {{"since", since}});
}

std::vector<Removal> removals(Db& db, Date since) {
    return db.list<Removal>(
        "SELECT holder_id, raised_on, ended_on FROM obstacles WHERE state = 'gone' AND ended_on >= :since",
        {{"since", since}});
}

void add_obstacles(const Call& call, std::span<const Obstacle> obstacles, std::span<const Step> steps,
                   std::span<const Case> cases) {
    add_rows(call.db, "obstacle_cases", cases);
    add_rows(call.db, "obstacles", obstacles);
    add_rows(call.db, "obstacle_steps", steps);
}

}  // namespace gw::obstacles
