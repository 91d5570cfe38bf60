// The list of tasks as a table to keep.
#pragma once
#include "spreadsheets/spreadsheets.h"
#include "tasks/tasks.h"

namespace gw::tasks {

// Up to 10,000 tasks, chosen and ordered as list() does and refused likewise.
spreadsheets::Table table(const Call& call, const ListTasks& request, const Texts& texts);

}  // namespace gw::tasks
