#include <algorithm>

#include "obstacles/obstacles.h"
#include "obstacles/obstacles_parts.h"
#include "obstacles/obstacles_store.h"
#include "organisation/organisation.h"

namespace gw::obstacles {

namespace {

constexpr std::int64_t most_waiting = 50;

}  // namespace

std::string name_of(const Call& call, UnitId unit_id) {
    const auto position = call.tree->find(unit_id);
    return position ? call.tree->at(*position).name : std::string();
}

bool is_of_unit(const Call& call, UnitId unit_id) {
    const auto home = call.tree->find(call.actor.home_unit_id), unit = call.tree->find(unit_id);
    return home && unit && call.tree->is_within(*home, call.tree->reach(*unit));
}

bool may_read(const Call& call, const Obstacle& obstacle) {
    return call.actor.may("obstacles.read", obstacle.unit_id) ||
           call.actor.may("obstacles.read", obstacle.holder_id);
}

Obstacle get_readable(const Call& call, ObstacleId obstacle_id, std::string_view field) {
    auto obstacle = find_obstacle(call.db, obstacle_id);
    if (!obstacle || !may_read(call, *obstacle)) refuse_unknown(std::string(field));
    return *obstacle;
}

ObstacleLine line_of(const Call& call, const Obstacle& obstacle) {
    ObstacleLine line;
    line.obstacle = obstacle;
    line.unit_name = name_of(call, obstacle.unit_id);
    if (line.unit_name.empty()) line.unit_name = obstacle.raised_by_unit_name;
    line.holder_name = name_of(call, obstacle.holder_id);
    line.owed_by = owed_by(obstacle);
    if (line.owed_by) {
        line.owed_by_name = obstacle.state == State::owed ? line.holder_name : line.unit_name;
        line.days_left = day_number(obstacle.due_on) - day_number(call.today);
    }
    if (obstacle.case_id)
        if (const auto about = find_case(call.db, *obstacle.case_id)) line.case_title = about->title;
    return line;
}

ObstacleStory story_of(const Call& call, const Obstacle& obstacle) {
    ObstacleStory story;
    story.line = line_of(call, obstacle);
    for (const Step& step : steps_of(call.db, obstacle.id)) {
        std::string name = name_of(call, step.unit_id);
        if (name.empty() && step.unit_id == obstacle.raised_by_unit_id) name = obstacle.raised_by_unit_name;
        story.steps.push_back(
            {step, name, step.to_unit_id ? name_of(call, *step.to_unit_id) : std::string()});
    }
    const Above above = above_of(*call.tree, obstacle.unit_id);
    const auto can = [&](Act act) { return !refusal_of(obstacle, act, above); };
    const bool is_holder = call.actor.may("obstacles.answer", obstacle.holder_id);
    const bool speaks = call.actor.may("obstacles.raise", obstacle.unit_id);
    const bool may_judge =
        speaks && is_of_unit(call, obstacle.unit_id) && obstacle.answered_by != call.actor.account_id;
    story.may_answer = is_holder && can(Act::answer);
    story.may_pass_up = is_holder && can(Act::pass_up);
    story.may_confirm = may_judge && can(Act::confirm);
    story.may_reopen = may_judge && can(Act::reopen);
    story.may_withdraw = speaks && can(Act::withdraw);
    if (const auto next = next_holder(above, obstacle.holder_id))
        story.next_holder_name = name_of(call, *next);
    return story;
}

ObstacleStory show(const Call& call, const ObstacleKey& request) {
    return story_of(call, get_readable(call, request.obstacle_id));
}

ObstaclePage list(const Call& call, const ListObstacles& request) {
    const auto found = organisation::page_of_units<Obstacle>(
        call, "obstacles.read", request, find_obstacle,
        [&](const auto& unit_ids, const std::optional<Obstacle>& after, std::size_t count) {
            return list_obstacles(call.db, unit_ids, request.which, after, count);
        });
    ObstaclePage page{{}, found.next};
    for (const Obstacle& obstacle : found.rows) page.obstacles.push_back(line_of(call, obstacle));
    return page;
}

std::vector<Waiting> waiting_for(const Call& call) {
    const UnitId home = call.actor.home_unit_id;
    std::vector<Waiting> waiting;
    const auto add = [&](const std::vector<Obstacle>& obstacles, Owing owing) {
        for (const Obstacle& obstacle : obstacles)
            if (owing == Owing::answer || obstacle.answered_by != call.actor.account_id)
                waiting.push_back({obstacle.id, obstacle.unit_id, name_of(call, obstacle.unit_id),
                                   obstacle.text, owing, obstacle.due_on});
    };
    if (!home) return waiting;
    if (call.actor.may("obstacles.answer", home))
        add(held_by(call.db, home, State::owed, most_waiting), Owing::answer);
    if (call.actor.may("obstacles.raise", home))
        add(answered_for(call.db, home, most_waiting), Owing::confirm);
    std::stable_sort(waiting.begin(), waiting.end(),
                     [](const Waiting& one, const Waiting& other) { return one.due_on < other.due_on; });
    return waiting;
}

}  // namespace gw::obstacles
