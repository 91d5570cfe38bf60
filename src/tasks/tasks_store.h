// The tasks table. What others may ask of it stands in tasks.h.
#pragma once
#include "tasks/tasks.h"

namespace gw::tasks {

// `unit_ids` are numbers with commas between, or nothing for all units. Rows come in the order asked for,
// after the row given.
std::vector<Task> list_tasks(Db& db, const ListTasks& wanted, const std::optional<std::string>& unit_ids,
                             Date today, const std::optional<Task>& after, std::size_t count);

// What was written down of a task, the oldest first.
std::vector<TaskStep> steps_of(Db& db, TaskId task_id);

}  // namespace gw::tasks
