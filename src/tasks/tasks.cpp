#include "tasks/tasks.h"

#include <set>

#include "members/members.h"
#include "organisation/tree.h"
#include "platform/checks.h"
#include "platform/db/bulk_rows.h"
#include "platform/json/json.h"
#include "tasks/tasks_rules.h"

namespace gw::tasks {

namespace {

constexpr std::size_t most_at_once = 200;

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

void check_owner(const Call& call, UnitId unit_id, OwnerKind owner_kind,
                 const std::optional<MemberId>& owner_member_id, const std::optional<UnitId>& owner_unit_id,
                 Problems& problems) {
    if (owner_kind == OwnerKind::unit) {
        if (owner_unit_id && !may_own(*call.tree, *owner_unit_id, unit_id))
            problems.push_back({"owner_unit_id", "tasks.owner_is_elsewhere"});
        return;
    }
    if (!owner_member_id) return;
    const auto member = members::find_member(call.db, *owner_member_id);
    if (!member || !is_of(*call.tree, member->unit_id, unit_id))
        problems.push_back({"owner_member_id", "tasks.owner_is_elsewhere"});
    else if (member->left_on && *member->left_on <= call.today)
        problems.push_back({"owner_member_id", "tasks.owner_has_left"});
}

void add_step(const Call& call, const Task& task, StepKind kind, const std::string& text) {
    call.db.insert("task_steps", TaskStep{call.new_id<TaskStepId>(), task.id, kind, call.now, call.actor.name,
                                          text, task.progress, task.due_on});
}

std::string action_of(StepKind kind) {
    switch (kind) {
        case StepKind::given: return "task.assigned";
        case StepKind::progress: return "task.progress_reported";
        case StepKind::corrected: return "task.report_corrected";
        default: return "task." + to_text(kind);
    }
}

// Keeps a task as it is after a step, which is written down with its text.
Task keep(const Call& call, Task task, StepKind kind, const std::string& text, const std::string& detail) {
    ++task.version;
    call.db.update("tasks", task);
    add_step(call, task, kind, text);
    call.record(action_of(kind), task.id, task.unit_id, detail);
    call.announce("tasks", task.unit_id);
    return task;
}

void check_result(const Call& call, const FinishTask& request, Date done_on) {
    Problems problems;
    check_text(problems, "result", request.result, longest_paragraph);
    check_past_day(problems, "done_on", done_on, call.today);
    refuse_if(problems);
}

// What whoever checks a done task must be, and the task.
void require_checkable(const Call& call, const Task& task) {
    call.require("tasks.check", task.unit_id);
    if (is_own(call, task) || (task.owner_unit_id && *task.owner_unit_id == call.actor.home_unit_id))
        throw Refusal(Reason::forbidden, Problem{"", "tasks.owner_cannot_check"});
    if (task.state != State::done) throw Refusal(Reason::conflict, Problem{"", "tasks.not_done"});
    if (task.checked_on) throw Refusal(Reason::conflict, Problem{"", "tasks.already_checked"});
    if (is_reported_by(task, call.actor))
        throw Refusal(Reason::forbidden, Problem{"", "tasks.reporter_cannot_check"});
}

void open_again(Task& task) {
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
}

void note_reporter(const Call& call, Task& task) {
    if (call.actor.account_id) task.done_by = call.actor.account_id;
    if (call.actor.member_id) task.done_by_member_id = call.actor.member_id;
}

}  // namespace

void require_reporter(const Call& call, const TaskKey& request) {
    require_report(call, get_task(call, request.task_id));
}

Problems problems_in(const Call& call, const AssignTask& request) {
    Problems problems = problems_in(request);
    check_owner(call, request.unit_id, request.owner_kind, request.owner_member_id, request.owner_unit_id,
                problems);
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
    task.answerable_name = request.answerable_name.value_or("");
    task.due_on = request.due_on;
    task.origin = request.origin.value_or(Origin::own);
    task.origin_id = request.origin_id;
    task.created_at = call.now;
    call.db.insert("tasks", task);
    add_step(call, task, StepKind::given, owner_name(call, task));
    call.record("task.assigned", task.id, task.unit_id, to_json(request));
    call.announce("tasks", task.unit_id);
    return task;
}

namespace {

// `place` says where in a longer request the task is named.
Task move_due_day(const Call& call, const ChangeTask& request, const std::string& place) {
    const auto found = find_task(call.db, request.task_id);
    if (!found) refuse_unknown(place + "task_id");
    Task task = *found;
    call.require("tasks.assign", task.unit_id);
    if (task.version != request.version)
        throw Refusal(Reason::conflict, Problem{place + "version", "tasks.changed_meanwhile"});
    require_open(task);
    Problems problems;
    check_day(problems, "due_on", request.due_on);
    check_text(problems, "reason", request.reason);
    refuse_if(problems);

    task.due_on = request.due_on;
    return keep(call, task, StepKind::due_day_moved, request.reason, to_json(request));
}

}  // namespace

Task change(const Call& call, const ChangeTask& request) { return move_due_day(call, request, ""); }

Tasks move_due_days(const Call& call, const MoveDueDays& request) {
    Problems problems;
    if (request.tasks.empty()) problems.push_back({"tasks", "platform.required"});
    if (request.tasks.size() > most_at_once) problems.push_back({"tasks", "tasks.too_many_at_once"});
    refuse_if(problems);
    Tasks moved;
    std::set<TaskId> seen;
    for (std::size_t i = 0; i < request.tasks.size(); ++i) {
        const TaskVersion& one = request.tasks[i];
        if (!seen.insert(one.task_id).second)
            throw Refusal(Reason::invalid,
                          Problem{"tasks/" + std::to_string(i) + "/task_id", "tasks.named_twice"});
        moved.tasks.push_back(move_due_day(
            call, {one.task_id, one.version, one.due_on.value_or(request.due_on), request.reason},
            "tasks/" + std::to_string(i) + "/"));
    }
    return moved;
}

Task hand_on(const Call& call, const HandOnTask& request) {
    Task task = get_task(call, request.task_id);
    call.require("tasks.assign", task.unit_id);
    if (task.version != request.version)
        throw Refusal(Reason::conflict, Problem{"version", "tasks.changed_meanwhile"});
    require_open(task);
    Problems problems;
    check_text(problems, "reason", request.reason);
    check_owner_named(problems, request.owner_kind, request.owner_member_id, request.owner_unit_id,
                      request.answerable_name);
    check_owner(call, task.unit_id, request.owner_kind, request.owner_member_id, request.owner_unit_id,
                problems);
    refuse_if(problems);

    task.owner_kind = request.owner_kind;
    task.owner_member_id = request.owner_member_id;
    task.owner_unit_id = request.owner_unit_id;
    task.answerable_name = request.answerable_name.value_or("");
    return keep(call, task, StepKind::handed_on, owner_name(call, task) + ": " + request.reason,
                to_json(request));
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
    return keep(call, task, StepKind::progress, request.result, to_json(request));
}

Task finish(const Call& call, const FinishTask& request) {
    Task task = get_task(call, request.task_id);
    require_report(call, task);
    require_open(task);
    const Date done_on = request.done_on.value_or(call.today);
    check_result(call, request, done_on);

    task.state = State::done;
    task.progress = 100;
    task.result = request.result;
    task.is_exceeded = request.is_exceeded;
    task.done_on = done_on;
    task.return_reason.clear();
    note_reporter(call, task);
    return keep(call, task, StepKind::done, request.result, to_json(request));
}

Task correct_report(const Call& call, const FinishTask& request) {
    Task task = get_task(call, request.task_id);
    require_report(call, task);
    if (task.state != State::done) throw Refusal(Reason::conflict, Problem{"", "tasks.not_done"});
    if (task.checked_on) throw Refusal(Reason::conflict, Problem{"", "tasks.already_checked"});
    // Two reporters of one result would leave open who may check it.
    if (!is_reported_by(task, call.actor))
        throw Refusal(Reason::forbidden, Problem{"", "tasks.only_reporter_corrects"});
    const Date done_on = request.done_on.value_or(*task.done_on);
    check_result(call, request, done_on);

    task.result = request.result;
    task.is_exceeded = request.is_exceeded;
    task.done_on = done_on;
    return keep(call, task, StepKind::corrected, request.result, to_json(request));
}

Task check(const Call& call, const TaskKey& request) {
    Task task = get_task(call, request.task_id);
    require_checkable(call, task);

    task.checked_by = call.actor.account_id;
    task.checked_on = call.today;
    return keep(call, task, StepKind::checked, {}, {});
}

Task return_report(const Call& call, const ReturnTask& request) {
    Task task = get_task(call, request.task_id);
    require_checkable(call, task);
    Problems problems;
    check_text(problems, "reason", request.reason);
    refuse_if(problems);

    open_again(task);
    task.return_reason = request.reason;
    return keep(call, task, StepKind::returned, request.reason, to_json(request));
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
    return keep(call, task, StepKind::dropped, request.reason, to_json(request));
}

void settle(const Call& call, Origin origin, OriginId origin_id, State state, const std::string& reason,
            Date day) {
    for (Task& task : tasks_from(call.db, origin, std::span(&origin_id, 1))) {
        if (task.state != State::open) continue;
        if (state == State::done) {
            task.state = State::done;
            task.progress = 100;
            task.result = task.result.empty() ? reason : task.result + "\n" + reason;
            task.done_on = day;
            task.return_reason.clear();
            note_reporter(call, task);
        } else {
            task.state = State::dropped;
            task.dropped_on = day;
            task.drop_reason = reason;
        }
        keep(call, task, state == State::done ? StepKind::done : StepKind::dropped, reason, {});
    }
}

Task reopen(const Call& call, const ReopenTask& request) {
    Task task = get_task(call, request.task_id);
    call.require("tasks.assign", task.unit_id);
    if (task.state == State::open) throw Refusal(Reason::conflict, Problem{"", "tasks.already_open"});
    Problems problems;
    check_text(problems, "reason", request.reason);
    refuse_if(problems);

    open_again(task);
    return keep(call, task, StepKind::reopened, request.reason, to_json(request));
}

void add_tasks(const Call& call, std::span<const Task> tasks) { add_rows(call.db, "tasks", tasks); }

}  // namespace gw::tasks
