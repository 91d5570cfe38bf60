// The list of tasks as a table for a spreadsheet.
#pragma once
#include "platform/router.h"
#include "tasks/tasks.h"

namespace gw::tasks {

// Up to 10,000 tasks, chosen and ordered as list() does and refused likewise.
Download table(const Call& call, const ListTasks& request, const Texts& texts);

}  // namespace gw::tasks
