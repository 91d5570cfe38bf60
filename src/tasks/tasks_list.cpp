#include "members/members.h"
#include "organisation/organisation.h"
#include "platform/texts/texts.h"
#include "tasks/tasks.h"
#include "tasks/tasks_rules.h"
#include "tasks/tasks_store.h"
#include "tasks/tasks_table.h"

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

bool is_ownerless(const Call& call, const Task& task) {
    if (task.state != State::open) return false;
    if (task.owner_unit_id) return !may_own(*call.tree, *task.owner_unit_id, task.unit_id);
    const auto member =
        task.owner_member_id ? members::find_member(call.db, *task.owner_member_id) : std::nullopt;
    return !member || (member->left_on && *member->left_on <= call.today) ||
           !is_of(*call.tree, member->unit_id, task.unit_id);
}

}  // namespace

TaskLine line_of(const Call& call, const Task& task) {
    return {task,
            unit_name(call, task.unit_id),
            owner_name(call, task),
            is_late(task, call.today),
            is_mine(call, task),
            is_nearly_due(task, call.today),
            is_ownerless(call, task)};
}

std::string owner_name(const Call& call, const Task& task) {
    if (task.owner_unit_id) return unit_name(call, *task.owner_unit_id);
    const auto member =
        task.owner_member_id ? members::find_member(call.db, *task.owner_member_id) : std::nullopt;
    return member ? member->full_name : std::string();
}

TaskPage list(const Call& call, const ListTasks& request) {
    ListTasks wanted = request;
    organisation::Selection selection;
    const bool is_about_group = request.owner_unit_id && !request.unit_id && !request.within &&
                                call.actor.may("tasks.report", *request.owner_unit_id);
    const bool is_about_me = request.owner == Whose::me || is_about_group;
    if (request.owner == Whose::me) {
        if (!call.actor.member_id) return {};
        wanted.owner_member_id = call.actor.member_id;
    } else if (!is_about_group) {
        selection = organisation::select_units(call, "tasks.read", request.unit_id, request.within);
    }
    const auto unit_ids = is_about_me ? std::nullopt : selection.id_list(*call.tree);
    const std::string text = request.text ? folded(*request.text) : std::string();
    const auto holds = [&](const Task& task) {
        if (!is_about_me && !unit_ids && !selection.holds(*call.tree, task.unit_id)) return false;
        if (request.ownerless && is_ownerless(call, task) != *request.ownerless) return false;
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

TaskHistory history(const Call& call, const TaskKey& request) {
    const Task task = show(call, request).task;
    TaskHistory history{steps_of(call.db, task.id)};
    // A task of an imported past was given before its steps were written down.
    if (history.steps.empty() || history.steps[0].kind != StepKind::given)
        history.steps.insert(
            history.steps.begin(),
            {{}, task.id, StepKind::given, task.created_at, "", owner_name(call, task), 0, task.due_on});
    return history;
}

spreadsheets::Table table(const Call& call, const ListTasks& request, const Texts& texts) {
    const auto text = [&](const std::string& key) { return texts.text(call.language, key); };
    spreadsheets::Table table{
        text("tasks.table_file"),
        {text("tasks.title"), text("tasks.unit"), text("tasks.owner"), text("tasks.answerable"),
         text("tasks.due_on"), text("tasks.state"), text("tasks.progress"), text("tasks.result"),
         text("tasks.done_on"), text("tasks.checked_on"), text("tasks.late")},
        {}};
    const auto page_of = [&](const ListTasks& page) { return list(call, page); };
    organisation::each_page(request, page_of, [&](const TaskPage& page) {
        for (const TaskLine& line : page.tasks) {
            const Task& task = line.task;
            table.rows.push_back({task.title, line.unit_name, line.owner_name, task.answerable_name,
                                  task.due_on, text("tasks.state." + to_text(task.state)),
                                  std::to_string(task.progress) + " %", task.result,
                                  spreadsheets::cell_of(task.done_on), spreadsheets::cell_of(task.checked_on),
                                  line.is_late ? text("tasks.is_late") : std::string()});
        }
    });
    return table;
}

}  // namespace gw::tasks
