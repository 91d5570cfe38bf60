// The tables of obstacles. What others may ask of them stands in obstacles.h.
#pragma once
#include "obstacles/obstacles.h"

namespace gw::obstacles {

std::vector<Step> steps_of(Db& db, ObstacleId obstacle_id);
std::vector<Obstacle> list_obstacles(Db& db, const std::optional<std::string>& unit_ids,
                                     const std::optional<Which>& which, const std::optional<Obstacle>& after,
                                     std::size_t count);
// Everything owed or answered, in the order it was raised, for the clocks.
std::vector<Obstacle> open_obstacles(Db& db);
std::vector<Obstacle> held_by(Db& db, UnitId unit_id, State state, std::int64_t count);
std::vector<Obstacle> answered_for(Db& db, UnitId unit_id, std::int64_t count);
std::optional<Case> find_case(Db& db, ObstacleCaseId case_id);
std::vector<Obstacle> obstacles_in(Db& db, ObstacleCaseId case_id);

// What the board counts: acts of bodies since a day, what was confirmed since then with the day it was
// raised, and what is owed now.
struct BodyAct {
    UnitId unit_id;
    Act act = Act::answer;
    Date acted_on{};
    Date owed_since{};
    Date due_on{};
};
BOOST_DESCRIBE_STRUCT(BodyAct, (), (unit_id, act, acted_on, owed_since, due_on))
std::vector<BodyAct> acts_of_bodies(Db& db, Date since);
struct Removal {
    UnitId holder_id;
    Date raised_on{};
    Date ended_on{};
};
BOOST_DESCRIBE_STRUCT(Removal, (), (holder_id, raised_on, ended_on))
std::vector<Removal> removals(Db& db, Date since);

}  // namespace gw::obstacles
