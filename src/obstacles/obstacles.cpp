#include "obstacles/obstacles.h"

#include "obstacles/obstacles_parts.h"
#include "obstacles/obstacles_rules.h"
#include "obstacles/obstacles_store.h"
#include "platform/checks.h"
#include "platform/json/json.h"

namespace gw::obstacles {

namespace {

Days days_of(const Setting& setting) { return {setting.answer_days, setting.confirm_days}; }

void tell(const Call& call, const Obstacle& obstacle, Telling telling, const Setting& setting,
          UnitId left_unit_id = {}) {
    if (setting.tell) setting.tell(call, obstacle, telling, left_unit_id);
}

// Who hears of it, once it is kept.
void tell_of(const Call& call, const Obstacle& obstacle, Act act, UnitId left_unit_id,
             const Setting& setting) {
    switch (act) {
        case Act::solve:
        case Act::answer: tell(call, obstacle, Telling::answered, setting); break;
        case Act::pass_up: tell(call, obstacle, Telling::passed_up, setting); break;
        case Act::silence: tell(call, obstacle, Telling::passed_up, setting, left_unit_id); break;
        default: break;
    }
    if (obstacle.state == State::owed) tell(call, obstacle, Telling::owed, setting);
}

std::string_view action_of(Act act) {
    switch (act) {
        case Act::raise: return "obstacle.raised";
        case Act::solve: return "obstacle.solved";
        case Act::answer: return "obstacle.answered";
        case Act::pass_up: return "obstacle.passed_up";
        case Act::silence: return "obstacle.passed_up_by_silence";
        case Act::confirm: return "obstacle.confirmed";
        case Act::accept: return "obstacle.accepted";
        case Act::no_word: return "obstacle.lapsed";
        case Act::reopen: return "obstacle.reopened";
        case Act::withdraw: return "obstacle.withdrawn";
        case Act::hand_over: return "obstacle.handed_over";
    }
    return "";
}

// A step with what was owed before it; `obstacle` is as it stands now.
void keep(const Call& call, Obstacle& obstacle, const Obstacle& before, Step step, const Setting& setting) {
    step.obstacle_id = obstacle.id;
    step.number = ++obstacle.step_count;
    step.to_unit_id = owed_by(obstacle);
    step.owed_since = before.owed_since;
    step.due_on = before.due_on;
    if (call.actor.account_id) step.account_id = call.actor.account_id;
    step.by_name = call.actor.account_id ? call.actor.name : std::string();
    if (step.act == Act::raise) call.db.insert("obstacles", obstacle);
    else call.db.update("obstacles", obstacle);
    call.db.insert("obstacle_steps", step);
    call.record(action_of(step.act), obstacle.id, step.unit_id, to_json(step));
    call.announce("obstacles", obstacle.unit_id);
    if (obstacle.holder_id != obstacle.unit_id) call.announce("obstacles", obstacle.holder_id);
    tell_of(call, obstacle, step.act, before.holder_id, setting);
}

// The program's own steps are nobody's, even while a person's call brings them about.
Call as_program(const Call& call, const Actor& program) {
    return {call.db,       program,    call.now,       call.today,
            call.language, call.tree,  call.ids,       call.announcements,
            call.store,    call.files, call.request_id};
}

void require_possible(const Obstacle& obstacle, Act act, const Above& above) {
    if (const auto key = refusal_of(obstacle, act, above))
        throw Refusal(Reason::conflict, Problem{"", std::string(*key)});
}

// The obstacle as it stands today, when the actor may speak for its unit.
Obstacle get_own(const Call& call, ObstacleId obstacle_id, const Setting& setting) {
    Obstacle obstacle = get_readable(call, obstacle_id);
    settle_one(call, obstacle, setting);
    call.require("obstacles.raise", obstacle.unit_id);
    return obstacle;
}

// The same for a word on the answer: of the unit's own people, and of nobody who answered.
Obstacle get_to_confirm(const Call& call, ObstacleId obstacle_id, Act act, const Setting& setting) {
    Obstacle obstacle = get_own(call, obstacle_id, setting);
    if (!is_of_unit(call, obstacle.unit_id))
        throw Refusal(Reason::forbidden, Problem{"", "obstacles.unit_itself"});
    require_possible(obstacle, act, above_of(*call.tree, obstacle.unit_id));
    if (obstacle.answered_by == call.actor.account_id)
        throw Refusal(Reason::forbidden, Problem{"", "obstacles.own_answer"});
    return obstacle;
}

Obstacle say(const Call& call, Obstacle obstacle, Act act, const std::string& text, const Setting& setting) {
    const Above above = above_of(*call.tree, obstacle.unit_id);
    require_possible(obstacle, act, above);
    const Obstacle before = obstacle;
    take(obstacle, act, above, call.today, days_of(setting));
    Step step;
    step.act = act;
    step.unit_id = before.unit_id;
    step.text = text;
    step.acted_on = call.today;
    keep(call, obstacle, before, step, setting);
    return obstacle;
}

void check_reason(const std::string& reason) {
    Problems problems;
    check_text(problems, "reason", reason, longest_paragraph);
    refuse_if(problems);
}

}  // namespace

std::int64_t settle_one(const Call& call, Obstacle& obstacle, const Setting& setting) {
    const Actor program = program_actor("obstacles");
    const Call own = as_program(call, program);
    std::int64_t count = 0;
    Obstacle before = obstacle;
    if (follow_tree(obstacle, *call.tree, call.today, days_of(setting))) {
        if (obstacle.unit_id == before.unit_id && obstacle.holder_id == before.holder_id) {
            call.db.update("obstacles", obstacle);
        } else {
            Step step;
            step.act = Act::hand_over;
            step.unit_id = before.unit_id != obstacle.unit_id ? before.unit_id : before.holder_id;
            step.acted_on = call.today;
            keep(own, obstacle, before, step, setting);
            ++count;
        }
    }
    const Above above = above_of(*call.tree, obstacle.unit_id);
    while (const auto lapse = lapse_of(obstacle, above, call.today)) {
        before = obstacle;
        take(obstacle, lapse->act, above, lapse->day, days_of(setting));
        Step step;
        step.act = lapse->act;
        step.unit_id = owed_by(before).value();
        step.acted_on = lapse->day;
        keep(own, obstacle, before, step, setting);
        ++count;
    }
    return count;
}

std::int64_t settle(const Call& call, const Setting& setting) {
    std::int64_t count = 0;
    for (Obstacle& obstacle : open_obstacles(call.db)) count += settle_one(call, obstacle, setting);
    return count;
}

ObstacleStory raise(const Call& call, const RaiseObstacle& request, const Setting& setting) {
    const int position = call.tree->get(request.unit_id);
    call.require("obstacles.raise", request.unit_id);
    if (request.id) {
        if (const auto there = find_obstacle(call.db, *request.id)) {
            if (is_same(*there, request)) return show(call, {there->id});
            throw Refusal(Reason::conflict, Problem{"id", "obstacles.id_taken"});
        }
    }
    Problems problems = problems_in(request, call.today);
    const Above above = above_of(*call.tree, request.unit_id);
    if (above.empty()) problems.push_back({"unit_id", "obstacles.nobody_above"});
    refuse_if(problems);

    Obstacle obstacle;
    obstacle.id = request.id ? *request.id : call.new_id<ObstacleId>();
    obstacle.unit_id = obstacle.raised_by_unit_id = request.unit_id;
    obstacle.raised_by_unit_name = call.tree->at(position).name;
    obstacle.above = text_of(above);
    obstacle.text = request.text;
    obstacle.since_on = request.since_on.value_or(call.today);
    obstacle.tried = request.tried;
    obstacle.asked = request.asked;
    obstacle.raised_on = call.today;
    obstacle.raised_by = call.actor.account_id;
    take(obstacle, Act::raise, above, call.today, days_of(setting));
    Step step;
    step.act = Act::raise;
    step.unit_id = obstacle.unit_id;
    step.acted_on = call.today;
    const Obstacle begun = obstacle;
    keep(call, obstacle, begun, step, setting);
    return story_of(call, obstacle);
}

Obstacle answer_one(const Call& call, Obstacle obstacle, const AnswerObstacle& request,
                    const Setting& setting) {
    const Act act = act_of(request.way);
    const Above above = above_of(*call.tree, obstacle.unit_id);
    require_possible(obstacle, act, above);
    const Obstacle before = obstacle;
    const auto done_by = request.way == Way::solve ? request.done_by : std::nullopt;
    take(obstacle, act, above, call.today, days_of(setting), done_by);
    if (act != Act::pass_up) obstacle.answered_by = call.actor.account_id;
    Step step;
    step.act = act;
    step.unit_id = before.holder_id;
    step.text = request.text;
    step.done_by = done_by;
    step.acted_on = call.today;
    keep(call, obstacle, before, step, setting);
    return obstacle;
}

ObstacleStory answer(const Call& call, const AnswerObstacle& request, const Setting& setting) {
    Obstacle obstacle = get_readable(call, request.obstacle_id);
    settle_one(call, obstacle, setting);
    call.require("obstacles.answer", obstacle.holder_id);
    refuse_if(problems_in(request.way, request.text, request.done_by, call.today));
    return story_of(call, answer_one(call, obstacle, request, setting));
}

ObstacleStory confirm(const Call& call, const ConfirmObstacle& request, const Setting& setting) {
    const Act act = request.is_gone ? Act::confirm : Act::accept;
    const Obstacle obstacle = get_to_confirm(call, request.obstacle_id, act, setting);
    Problems problems;
    check_length(problems, "text", request.text, longest_paragraph);
    refuse_if(problems);
    return story_of(call, say(call, obstacle, act, request.text, setting));
}

ObstacleStory reopen(const Call& call, const ReasonedObstacle& request, const Setting& setting) {
    const Obstacle obstacle = get_to_confirm(call, request.obstacle_id, Act::reopen, setting);
    check_reason(request.reason);
    return story_of(call, say(call, obstacle, Act::reopen, request.reason, setting));
}

ObstacleStory withdraw(const Call& call, const ReasonedObstacle& request, const Setting& setting) {
    const Obstacle obstacle = get_own(call, request.obstacle_id, setting);
    check_reason(request.reason);
    return story_of(call, say(call, obstacle, Act::withdraw, request.reason, setting));
}

}  // namespace gw::obstacles
