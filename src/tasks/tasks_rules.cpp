#include "tasks/tasks_rules.h"

#include "platform/checks.h"

namespace gw::tasks {

Problems problems_in(const AssignTask& request) {
    Problems problems;
    check_text(problems, "title", request.title);
    check_day(problems, "due_on", request.due_on);
    check_owner_named(problems, request.owner_kind, request.owner_member_id, request.owner_unit_id,
                      request.answerable_name);
    return problems;
}

void check_owner_named(Problems& problems, OwnerKind owner_kind,
                       const std::optional<MemberId>& owner_member_id,
                       const std::optional<UnitId>& owner_unit_id,
                       const std::optional<std::string>& answerable_name) {
    const bool is_of_member = owner_kind == OwnerKind::member;
    if (is_of_member && !owner_member_id) problems.push_back({"owner_member_id", "platform.required"});
    if (!is_of_member && !owner_unit_id) problems.push_back({"owner_unit_id", "platform.required"});
    if (is_of_member && owner_unit_id) problems.push_back({"owner_unit_id", "tasks.two_owners"});
    if (!is_of_member && owner_member_id) problems.push_back({"owner_member_id", "tasks.two_owners"});
    if (!answerable_name || answerable_name->empty()) return;
    if (is_of_member) problems.push_back({"answerable_name", "tasks.member_answers_alone"});
    check_length(problems, "answerable_name", *answerable_name);
}

bool may_own(const organisation::Tree& tree, UnitId owner_unit_id, UnitId unit_id) {
    const auto owner = tree.find(owner_unit_id);
    const auto unit = tree.find(unit_id);
    if (!owner || !unit) return false;
    if (tree.is_within(*owner, tree.reach(*unit))) return true;
    return !tree.kind_of(*owner).is_judged && tree.at(*owner).parent == tree.at(*unit).parent;
}

bool is_of(const organisation::Tree& tree, UnitId member_unit_id, UnitId unit_id) {
    const auto home = tree.find(member_unit_id);
    const auto unit = tree.find(unit_id);
    return home && unit && tree.is_within(*home, tree.reach(*unit));
}

bool is_same(const Task& task, const AssignTask& request) {
    return task.unit_id == request.unit_id && task.title == request.title &&
           task.owner_kind == request.owner_kind && task.owner_member_id == request.owner_member_id &&
           task.owner_unit_id == request.owner_unit_id &&
           task.answerable_name == request.answerable_name.value_or("") &&
           task.origin == request.origin.value_or(Origin::own) && task.origin_id == request.origin_id;
}

bool is_late(const Task& task, Date today) {
    if (task.state == State::done) return task.done_on && *task.done_on > task.due_on;
    return task.state == State::open && task.due_on < today;
}

bool is_nearly_due(const Task& task, Date today) {
    return task.state == State::open && task.due_on >= today &&
           day_number(task.due_on) - day_number(today) <= nearly_due_days;
}

}  // namespace gw::tasks
