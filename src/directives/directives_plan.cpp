#include "directives/directives.h"
#include "directives/directives_parts.h"
#include "directives/directives_rules.h"
#include "directives/directives_store.h"
#include "platform/json/json.h"

namespace gw::directives {

namespace {

constexpr std::size_t most_tasks = 50;

tasks::AssignTask assignment(const PlannedTask& task, const PlanDirective& request) {
    tasks::AssignTask given;
    given.id = task.id;
    given.unit_id = request.unit_id;
    given.title = task.title;
    given.owner_kind = task.owner_kind;
    given.owner_member_id = task.owner_member_id;
    given.owner_unit_id = task.owner_unit_id;
    given.answerable_name = task.answerable_name;
    given.due_on = task.due_on;
    given.origin = tasks::Origin::directive;
    given.origin_id = tasks::OriginId{request.directive_id.number};
    return given;
}

void check_tasks(const Call& call, const PlanDirective& request, Problems& problems) {
    if (request.tasks.empty()) problems.push_back({"tasks", "platform.required"});
    if (request.tasks.size() > most_tasks) problems.push_back({"tasks", "directives.too_many_tasks"});
    for (std::size_t i = 0; i < request.tasks.size(); ++i)
        for (Problem& problem : tasks::problems_in(call, assignment(request.tasks[i], request))) {
            problem.field = "tasks/" + std::to_string(i) + "/" + problem.field;
            problems.push_back(std::move(problem));
        }
}

UnitStanding standing_in(const Call& call, const Directive& directive, UnitId unit_id,
                         const Setting& setting) {
    for (UnitStanding& unit : standings(call, directive, setting))
        if (unit.unit_id == unit_id) return std::move(unit);
    refuse_unknown("unit_id");
}

}  // namespace

UnitStanding plan(const Call& call, const PlanDirective& request) {
    const Directive directive = get_directive(call, request.directive_id);
    call.tree->get(request.unit_id);
    call.require("directives.answer", request.unit_id);
    call.require("tasks.assign", request.unit_id);
    Problems problems;
    if (directive.kind == Kind::reminder)
        problems.push_back({"directive_id", "directives.reminder_is_discussed"});
    if (!reaches(call, directive.id, request.unit_id))
        problems.push_back({"unit_id", "directives.does_not_reach"});
    check_tasks(call, request, problems);
    refuse_if(problems);
    require_in_force(call, directive);

    for (const PlannedTask& task : request.tasks) tasks::assign(call, assignment(task, request));
    const auto there = find_valid_answer(call, directive.id, request.unit_id);
    if (!there || there->kind == AnswerKind::refused) {
        keep_answer(call.db, {directive.id, request.unit_id, AnswerKind::planned, std::nullopt, "",
                              call.today, call.actor.account_id});
    }
    call.record("directive.planned", directive.id, request.unit_id, to_json(request));
    call.announce("directives", request.unit_id);
    return standing_in(call, directive, request.unit_id, {});
}

Plan show_plan(const Call& call, const PlanKey& request, const Setting& setting) {
    const Directive directive = get_readable(call, request.directive_id, "directive_id");
    call.tree->get(request.unit_id);
    call.require("directives.read", request.unit_id);
    call.require("tasks.read", request.unit_id);
    Plan plan{standing_in(call, directive, request.unit_id, setting), {}};
    for (const tasks::Task& task : tasks::tasks_of_origin(call.db, request.unit_id, tasks::Origin::directive,
                                                          tasks::OriginId{directive.id.number}))
        plan.tasks.push_back(tasks::line_of(call, task));
    return plan;
}

}  // namespace gw::directives
