#include "members/members.h"
#include "organisation/organisation.h"
#include "tasks/tasks.h"
#include "tasks/tasks_store.h"

namespace gw::tasks {

namespace {

std::string unit_name(const Call& call, UnitId unit_id) {
    const auto position = call.tree->find(unit_id);
    return position ? call.tree->at(*position).name : std::string();
}

bool is_mine(const Call& call, const Task& task) {
    return call.actor.member_id && task.owner_member_id == call.actor.member_id;
}

bool may_read(const Call& call, const Task& task) {
    if (is_mine(call, task) || call.actor.may("tasks.read", task.unit_id)) return true;
    return task.owner_unit_id && call.actor.may("tasks.report", *task.owner_unit_id);
}

TaskLine line_of(const Call& call, const Task& task) {
    return {task, unit_name(call, task.unit_id), owner_name(call, task), is_late(task, call.today),
            is_mine(call, task)};
}

}  // namespace

std::string owner_name(const Call& call, const Task& task) {
    if (task.owner_unit_id) return unit_name(call, *task.owner_unit_id);
    const auto member =
        task.owner_member_id ? members::find_member(call.db, *task.owner_member_id) : std::nullopt;
    return member ? member->full_name : std::string();
}

TaskPage list(const Call& call, const ListTasks& request) {
    ListTasks wanted = request;
    organisation::Selection selection;
    const bool is_about_me = request.owner == Whose::me;
    if (is_about_me) {
        if (!call.actor.member_id) return {};
        wanted.owner_member_id = call.actor.member_id;
    } else {
        selection = organisation::select_units(call, "tasks.read", request.unit_id, request.within);
    }
    const auto unit_ids = is_about_me ? std::nullopt : selection.id_list(*call.tree);
    const std::string text = request.text ? folded(*request.text) : std::string();
    const auto holds = [&](const Task& task) {
        if (!is_about_me && !unit_ids && !selection.holds(*call.tree, task.unit_id)) return false;
        return text.empty() || folded(task.title).find(text) != std::string::npos;
    };
    const auto found = organisation::page_of<Task>(
        call, request, find_task, holds, [&](const std::optional<Task>& after, std::size_t count) {
            return list_tasks(call.db, wanted, unit_ids, call.today, after, count);
        });
    TaskPage page{{}, found.next};
    for (const Task& task : found.rows) page.tasks.push_back(line_of(call, task));
    return page;
}

TaskLine show(const Call& call, const TaskKey& request) {
    const auto task = find_task(call.db, request.task_id);
    if (!task || !may_read(call, *task)) refuse_unknown("task_id");
    return line_of(call, *task);
}

}  // namespace gw::tasks
