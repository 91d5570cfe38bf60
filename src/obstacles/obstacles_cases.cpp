#include <algorithm>
#include <map>
#include <set>

#include "obstacles/obstacles.h"
#include "obstacles/obstacles_parts.h"
#include "obstacles/obstacles_store.h"
#include "platform/checks.h"
#include "platform/json/json.h"
#include "platform/likeness.h"

namespace gw::obstacles {

namespace {

constexpr std::int64_t most_held = 500;

// Each obstacle with those that are like it, the ones with most first; nobody is in two groups.
std::vector<AlikeObstacles> groups_of(const std::vector<Obstacle>& obstacles) {
    ShortTexts words;
    for (const Obstacle& obstacle : obstacles) words.add(obstacle.text);
    words.settle();
    std::vector<std::vector<std::size_t>> like(obstacles.size());
    for (std::size_t a = 0; a < obstacles.size(); ++a)
        for (std::size_t b = a + 1; b < obstacles.size(); ++b)
            if (words.likeness(a, b) >= ShortTexts::alike_enough) {
                like[a].push_back(b);
                like[b].push_back(a);
            }
    std::vector<std::size_t> order(obstacles.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return like[a].size() > like[b].size(); });
    std::vector<bool> is_taken(obstacles.size());
    std::vector<AlikeObstacles> groups;
    for (const std::size_t first : order) {
        if (is_taken[first]) continue;
        AlikeObstacles group;
        std::set<std::optional<ObstacleCaseId>> cases;
        const auto add = [&](std::size_t at) {
            group.obstacle_ids.push_back(obstacles[at].id);
            cases.insert(obstacles[at].case_id);
            if (obstacles[at].case_id && !group.case_id) group.case_id = obstacles[at].case_id;
            is_taken[at] = true;
        };
        add(first);
        for (const std::size_t other : like[first])
            if (!is_taken[other]) add(other);
        const bool is_joined = cases.size() == 1 && group.case_id;
        if (group.obstacle_ids.size() > 1 && !is_joined) groups.push_back(std::move(group));
    }
    return groups;
}

Case get_case(const Call& call, ObstacleCaseId case_id) {
    auto about = find_case(call.db, case_id);
    if (!about) refuse_unknown("case_id");
    return *about;
}

CaseStory story_of_case(const Call& call, const Case& about) {
    CaseStory story;
    story.about = about;
    story.unit_name = name_of(call, about.unit_id);
    for (const Obstacle& obstacle : obstacles_in(call.db, about.id)) {
        if (!may_read(call, obstacle)) {
            ++story.others;
            continue;
        }
        story.obstacles.push_back(line_of(call, obstacle));
        auto& bodies = story.may_answer_as;
        if (obstacle.state == State::owed && call.actor.may("obstacles.answer", obstacle.holder_id) &&
            std::find(bodies.begin(), bodies.end(), obstacle.holder_id) == bodies.end())
            bodies.push_back(obstacle.holder_id);
    }
    if (story.obstacles.empty() && !call.actor.may("obstacles.read", about.unit_id))
        refuse_unknown("case_id");
    return story;
}

std::vector<Obstacle> obstacles_to_join(const Call& call, const JoinCase& request) {
    const std::set<ObstacleId> ids(request.obstacle_ids.begin(), request.obstacle_ids.end());
    std::vector<Obstacle> obstacles;
    for (const ObstacleId id : ids) {
        Obstacle obstacle = get_readable(call, id, "obstacle_ids");
        if (obstacle.holder_id != request.unit_id || obstacle.state != State::owed)
            throw Refusal(Reason::conflict, Problem{"obstacle_ids", "obstacles.not_owed_here"});
        if (obstacle.case_id && obstacle.case_id != request.case_id)
            throw Refusal(Reason::conflict, Problem{"obstacle_ids", "obstacles.in_another_case"});
        obstacles.push_back(std::move(obstacle));
    }
    return obstacles;
}

}  // namespace

Held held(const Call& call, const HolderKey& request) {
    call.tree->get(request.unit_id);
    call.require("obstacles.read", request.unit_id);
    Held answer;
    answer.unit_name = name_of(call, request.unit_id);
    answer.may_answer = call.actor.may("obstacles.answer", request.unit_id);
    const std::vector<Obstacle> owed = held_by(call.db, request.unit_id, State::owed, most_held);
    std::map<ObstacleCaseId, std::vector<ObstacleId>> cases;
    for (const Obstacle& obstacle : owed) {
        answer.owed.push_back(line_of(call, obstacle));
        if (obstacle.case_id) cases[*obstacle.case_id].push_back(obstacle.id);
    }
    for (const Obstacle& obstacle : held_by(call.db, request.unit_id, State::answered, most_held))
        answer.answered.push_back(line_of(call, obstacle));
    for (auto& [case_id, ids] : cases)
        if (const auto about = find_case(call.db, case_id)) answer.cases.push_back({*about, std::move(ids)});
    answer.alike = groups_of(owed);
    std::stable_sort(answer.alike.begin(), answer.alike.end(),
                     [](const AlikeObstacles& one, const AlikeObstacles& other) {
                         return one.obstacle_ids.size() > other.obstacle_ids.size();
                     });
    return answer;
}

CaseStory join(const Call& call, const JoinCase& request) {
    call.tree->get(request.unit_id);
    call.require("obstacles.answer", request.unit_id);
    Problems problems;
    if (!request.case_id) check_text(problems, "title", request.title);
    if (request.obstacle_ids.size() > most_held)
        problems.push_back({"obstacle_ids", "obstacles.too_many_in_a_case"});
    refuse_if(problems);
    std::vector<Obstacle> obstacles = obstacles_to_join(call, request);
    if (obstacles.empty() || (!request.case_id && obstacles.size() < 2))
        throw Refusal(Reason::invalid, Problem{"obstacle_ids", "obstacles.two_for_a_case"});

    Case about;
    if (request.case_id) {
        about = get_case(call, *request.case_id);
        story_of_case(call, about);  // refuses who may not know of it
    } else {
        about = {call.new_id<ObstacleCaseId>(), request.unit_id, request.title, call.today,
                 call.actor.account_id};
        call.db.insert("obstacle_cases", about);
        call.record("obstacle_case.opened", about.id, about.unit_id, to_json(about));
    }
    for (Obstacle& obstacle : obstacles) {
        if (obstacle.case_id) continue;
        obstacle.case_id = about.id;
        call.db.update("obstacles", obstacle);
        call.record("obstacle.joined_case", obstacle.id, obstacle.holder_id, to_json(CaseKey{about.id}));
    }
    call.announce("obstacles", request.unit_id);
    return story_of_case(call, about);
}

CaseStory show_case(const Call& call, const CaseKey& request) {
    return story_of_case(call, get_case(call, request.case_id));
}

CaseStory answer_case(const Call& call, const AnswerCase& request, const Setting& setting) {
    const Case about = get_case(call, request.case_id);
    story_of_case(call, about);  // refuses who may not know of it
    call.require("obstacles.answer", request.unit_id);
    refuse_if(problems_in(request.way, request.text, request.done_by, call.today));
    std::int64_t count = 0;
    for (Obstacle& obstacle : obstacles_in(call.db, about.id)) {
        settle_one(call, obstacle, setting);
        if (obstacle.holder_id != request.unit_id || obstacle.state != State::owed) continue;
        answer_one(call, obstacle, {obstacle.id, request.way, request.text, request.done_by}, setting);
        ++count;
    }
    if (count == 0) throw Refusal(Reason::conflict, Problem{"", "obstacles.not_owed"});
    call.record("obstacle_case.answered", about.id, request.unit_id, to_json(request));
    return story_of_case(call, about);
}

CaseStory leave_case(const Call& call, const LeaveCase& request) {
    const Case about = get_case(call, request.case_id);
    Obstacle obstacle = get_readable(call, request.obstacle_id);
    call.require("obstacles.answer", obstacle.holder_id);
    if (obstacle.case_id != about.id) throw Refusal(Reason::conflict, Problem{"", "obstacles.not_in_case"});
    obstacle.case_id = std::nullopt;
    call.db.update("obstacles", obstacle);
    call.record("obstacle.left_case", obstacle.id, obstacle.holder_id, to_json(CaseKey{about.id}));
    call.announce("obstacles", obstacle.holder_id);
    return story_of_case(call, about);
}

}  // namespace gw::obstacles
