#include "tasks/tasks.h"

#include "members/members.h"
#include "organisation/tree.h"
#include "platform/checks.h"
#include "platform/db/bulk_rows.h"
#include "platform/json/json.h"
#include "tasks/tasks_rules.h"

namespace gw::tasks {

namespace {

Task get_task(const Call& call, TaskId task_id) {
    auto task = find_task(call.db, task_id);
    if (!task) refuse_unknown("task_id");
    return *task;
}

bool is_own(const Call& call, const Task& task) {
    return task.owner_member_id && call.actor.member_id && *task.owner_member_id == call.actor.member_id;
}

// Another account of the same member is the same person.
bool is_reported_by(const Task& task, const Actor& actor) {
    return (task.done_by && *task.done_by == actor.account_id) ||
           (task.done_by_member_id && *task.done_by_member_id == actor.member_id);
}

void require_report(const Call& call, const Task& task) {
    if (is_own(call, task)) return;
    if (task.owner_unit_id && call.actor.may("tasks.report", *task.owner_unit_id)) return;
    call.require("tasks.report", task.unit_id);
}

void require_open(const Task& task) {
    if (task.state != State::open)
        throw Refusal(Reason::conflict,
                      Problem{"", "tasks.already_closed", {{"state", to_text(task.state)}}});
}

void check_owner(const Call& call, const AssignTask& request, Problems& problems) {
    if (request.owner_kind == OwnerKind::unit) {
        if (request.owner_unit_id && !may_own(*call.tree, *request.owner_unit_id, request.unit_id))
            problems.push_back({"owner_unit_id", "tasks.owner_is_elsewhere"});
        return;
    }
    if (!request.owner_member_id) return;
    const auto member = members::find_member(call.db, *request.owner_member_id);
    if (!member || !is_of(*call.tree, member->unit_id, request.unit_id))
        problems.push_back({"owner_member_id", "tasks.owner_is_elsewhere"});
    else if (member->left_on && *member->left_on <= call.today)
        problems.push_back({"owner_member_id", "tasks.owner_has_left"});
}

Task keep(const Call& call, Task task, std::string_view action, const std::string& detail) {
    ++task.version;
    call.db.update("tasks", task);
    call.record(action, task.id, task.unit_id, detail);
    call.announce("tasks", task.unit_id);
    return task;
}

}  // namespace

void require_reporter(const Call& call, const TaskKey& request) {
    require_report(call, get_task(call, request.task_id));
}

Problems problems_in(const Call& call, const AssignTask& request) {
    Problems problems = problems_in(request);
    check_owner(call, request, problems);
    return problems;
}

Task assign(const Call& call, const AssignTask& request) {
    call.require("tasks.assign", request.unit_id);
    call.tree->get(request.unit_id);
    if (request.id) {
        if (const auto there = find_task(call.db, *request.id)) {
            if (is_same(*there, request)) return *there;
            throw Refusal(Reason::conflict, Problem{"id", "tasks.id_taken"});
        }
    }
    refuse_if(problems_in(call, request));

    Task task;
    task.id = request.id ? *request.id : call.new_id<TaskId>();
    task.unit_id = request.unit_id;
    task.title = request.title;
    task.owner_kind = request.owner_kind;
    task.owner_member_id = request.owner_member_id;
    task.owner_unit_id = request.owner_unit_id;
    task.due_on = request.due_on;
    task.origin = request.origin.value_or(Origin::own);
    task.origin_id = request.origin_id;
    task.created_at = call.now;
    call.db.insert("tasks", task);
    call.record("task.assigned", task.id, task.unit_id, to_json(request));
    call.announce("tasks", task.unit_id);
    return task;
}

Task change(const Call& call, const ChangeTask& request) {
    Task task = get_task(call, request.task_id);
    call.require("tasks.assign", task.unit_id);
    if (task.version != request.version)
        throw Refusal(Reason::conflict, Problem{"version", "tasks.changed_meanwhile"});
    require_open(task);
    Problems problems;
    check_day(problems, "due_on", request.due_on);
    check_text(problems, "reason", request.reason);
    refuse_if(problems);

    task.due_on = request.due_on;
    return keep(call, task, "task.due_day_moved", to_json(request));
}

Task report_progress(const Call& call, const ReportProgress& request) {
    Task task = get_task(call, request.task_id);
    require_report(call, task);
    require_open(task);
    Problems problems;
    if (request.progress < 0 || request.progress > 99)
        problems.push_back({"progress", "tasks.progress_out_of_range"});
    check_length(problems, "result", request.result, longest_paragraph);
    refuse_if(problems);

    task.progress = request.progress;
    task.result = request.result;
    return keep(call, task, "task.progress_reported", to_json(request));
}

Task finish(const Call& call, const FinishTask& request) {
    Task task = get_task(call, request.task_id);
    require_report(call, task);
    require_open(task);
    const Date done_on = request.done_on.value_or(call.today);
    Problems problems;
    check_text(problems, "result", request.result, longest_paragraph);
    check_past_day(problems, "done_on", done_on, call.today);
    refuse_if(problems);

    task.state = State::done;
    task.progress = 100;
    task.result = request.result;
    task.is_exceeded = request.is_exceeded;
    task.done_on = done_on;
    if (call.actor.account_id) task.done_by = call.actor.account_id;
    if (call.actor.member_id) task.done_by_member_id = call.actor.member_id;
    return keep(call, task, "task.done", to_json(request));
}

Task check(const Call& call, const TaskKey& request) {
    Task task = get_task(call, request.task_id);
    call.require("tasks.check", task.unit_id);
    if (is_own(call, task) || (task.owner_unit_id && *task.owner_unit_id == call.actor.home_unit_id))
        throw Refusal(Reason::forbidden, Problem{"", "tasks.owner_cannot_check"});
    if (task.state != State::done) throw Refusal(Reason::conflict, Problem{"", "tasks.not_done"});
    if (task.checked_on) throw Refusal(Reason::conflict, Problem{"", "tasks.already_checked"});
    if (is_reported_by(task, call.actor))
        throw Refusal(Reason::forbidden, Problem{"", "tasks.reporter_cannot_check"});

    task.checked_by = call.actor.account_id;
    task.checked_on = call.today;
    return keep(call, task, "task.checked", {});
}

Task drop(const Call& call, const DropTask& request) {
    Task task = get_task(call, request.task_id);
    call.require("tasks.assign", task.unit_id);
    require_open(task);
    Problems problems;
    check_text(problems, "reason", request.reason);
    refuse_if(problems);

    task.state = State::dropped;
    task.dropped_on = call.today;
    task.drop_reason = request.reason;
    return keep(call, task, "task.dropped", to_json(request));
}

Task reopen(const Call& call, const ReopenTask& request) {
    Task task = get_task(call, request.task_id);
    call.require("tasks.assign", task.unit_id);
    if (task.state == State::open) throw Refusal(Reason::conflict, Problem{"", "tasks.already_open"});
    Problems problems;
    check_text(problems, "reason", request.reason);
    refuse_if(problems);

    task.state = State::open;
    task.progress = std::min<std::int64_t>(task.progress, 99);
    task.is_exceeded = false;
    task.done_on.reset();
    task.done_by.reset();
    task.done_by_member_id.reset();
    task.checked_by.reset();
    task.checked_on.reset();
    task.dropped_on.reset();
    task.drop_reason.clear();
    return keep(call, task, "task.reopened", to_json(request));
}

void add_tasks(const Call& call, std::span<const Task> tasks) { add_rows(call.db, "tasks", tasks); }

}  // namespace gw::tasks
