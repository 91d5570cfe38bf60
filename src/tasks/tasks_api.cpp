#include "platform/router.h"
#include "tasks/tasks.h"
#include "tasks/tasks_table.h"

namespace gw::tasks {

namespace {

// Tasks from resolution items, advice and findings are given there, so that the trail back is true.
Task assign_from_outside(const Call& call, const AssignTask& request) {
    const Origin origin = request.origin.value_or(Origin::own);
    if (origin != Origin::own && origin != Origin::registration && origin != Origin::directive)
        throw Refusal(Reason::invalid, Problem{"origin", "tasks.origin_gives_its_tasks"});
    return assign(call, request);
}

}  // namespace

void add_routes(Router& router, const Texts& texts) {
    router.get("/api/tasks", "Lists tasks of a unit, of a part of the tree, or one's own", list);
    router.post("/api/tasks", "Gives a task to a member or a unit", assign_from_outside);
    spreadsheets::add_table_routes<ListTasks>(
        router, "/api/tasks/table", "Gives the list of tasks",
        [&texts](const Call& call, const ListTasks& request) { return table(call, request, texts); });
    router.post("/api/tasks/due_dates", "Moves the due day of many tasks, with a reason", move_due_days);
    router.get("/api/tasks/{task_id}", "Shows a task", show);
    router.get("/api/tasks/{task_id}/history", "Tells what happened to a task, step by step", history);
    router.post("/api/tasks/{task_id}/owner", "Gives an open task to another owner, with a reason", hand_on);
    router.put("/api/tasks/{task_id}/result", "Corrects the report of a task until it is checked",
               correct_report);
    router.post("/api/tasks/{task_id}/return", "Returns a done task whose result is not good enough",
                return_report);
    router.post("/api/tasks/{task_id}/due_date", "Moves the due day of a task, with a reason", change);
    router.post("/api/tasks/{task_id}/progress", "Says how far a task got", report_progress);
    router.post("/api/tasks/{task_id}/result", "Finishes a task with its result", finish);
    router.post("/api/tasks/{task_id}/check", "Confirms a done task, by somebody other than its owner",
                check);
    router.post("/api/tasks/{task_id}/dropping", "Drops a task, with a reason", drop);
    router.post("/api/tasks/{task_id}/reopening", "Opens a closed task again, with a reason", reopen);
}

}  // namespace gw::tasks
