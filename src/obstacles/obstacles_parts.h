// What the operations on obstacles share.
#pragma once
#include "obstacles/obstacles.h"
#include "obstacles/obstacles_rules.h"

namespace gw::obstacles {

std::string name_of(const Call& call, UnitId unit_id);
ObstacleLine line_of(const Call& call, const Obstacle& obstacle);
ObstacleStory story_of(const Call& call, const Obstacle& obstacle);
bool may_read(const Call& call, const Obstacle& obstacle);
// Refuses (not_found on `field`) who may not know of it.
Obstacle get_readable(const Call& call, ObstacleId obstacle_id, std::string_view field = "obstacle_id");
// True for people of the unit or of one below it.
bool is_of_unit(const Call& call, UnitId unit_id);
// Answers one that stands as of today, by somebody who may answer for its holder.
Obstacle answer_one(const Call& call, Obstacle obstacle, const AnswerObstacle& request,
                    const Setting& setting);
// Steps that the clock and the tree bring about; returns how many.
std::int64_t settle_one(const Call& call, Obstacle& obstacle, const Setting& setting);

}  // namespace gw::obstacles
