// Decisions about tasks that need no database.
#pragma once
#include "organisation/tree.h"
#include "tasks/tasks.h"

namespace gw::tasks {

// Everything wrong with a task to be given, apart from whether its owner exists.
Problems problems_in(const AssignTask& request);
// An affiliated group beside the unit, the unit itself, or any unit below it may own its tasks.
bool may_own(const organisation::Tree& tree, UnitId owner_unit_id, UnitId unit_id);
// The unit itself or any unit below it.
bool is_of(const organisation::Tree& tree, UnitId member_unit_id, UnitId unit_id);
// Everything wrong with an owner as it is named, apart from whether there is one.
void check_owner_named(Problems& problems, OwnerKind owner_kind,
                       const std::optional<MemberId>& owner_member_id,
                       const std::optional<UnitId>& owner_unit_id,
                       const std::optional<std::string>& answerable_name);
// True when `task` is what `request` asks for: the same task sent twice.
bool is_same(const Task& task, const AssignTask& request);

}  // namespace gw::tasks
