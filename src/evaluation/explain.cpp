#include "evaluation/explain.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "evaluation/reasons.h"

namespace gw::evaluation {
namespace {

constexpr std::size_t most_children = 20;

struct GroupOfRow {
    std::int32_t group = -1;
    std::vector<std::int32_t> rows;
};

GroupOfRow member_group(const Cap& cap, const Evaluation& input, std::size_t row) {
    GroupOfRow group;
    std::vector<std::int32_t> nearest;
    if (cap.group == CapGroup::ancestor) nearest = nearest_of_kind(input.tree, cap.ancestor_kind);
    const auto key = [&](std::size_t member) {
        const std::int32_t unit = input.member_units[member];
        if (cap.group == CapGroup::whole) return std::int32_t{-1};
        return nearest.empty() ? unit : nearest[static_cast<std::size_t>(unit)];
    };
    group.group = key(row);
    for (std::size_t member = 0; member < input.member_units.size(); ++member)
        if (key(member) == group.group) group.rows.push_back(static_cast<std::int32_t>(member));
    return group;
}

GroupOfRow unit_group(const Cap& cap, const Subject& subject, const Tree& tree, std::size_t row) {
    GroupOfRow group;
    const auto has_kind_of_subject = [&](std::int64_t kind) {
        return std::find(subject.kinds.begin(), subject.kinds.end(), kind) != subject.kinds.end();
    };
    std::vector<std::int32_t> keys(tree.size(), -1);
    if (cap.group == CapGroup::ancestor) keys = nearest_of_kind(tree, cap.ancestor_kind);
    if (cap.group == CapGroup::parent || cap.group == CapGroup::parent_and_kind) keys = tree.parent;
    group.group = keys[row];
    for (std::size_t at = 0; at < tree.size(); ++at)
        if (keys[at] == group.group && (cap.group == CapGroup::parent ? has_kind_of_subject(tree.kind[at])
                                                                      : tree.kind[at] == tree.kind[row]))
            group.rows.push_back(static_cast<std::int32_t>(at));
    return group;
}

void publish(Binding& binding, const Scores& scores) {
    binding.set(Environment::score, scores.score.data());
    binding.set(Environment::pre_class, scores.pre_class.data());
    binding.set(Environment::final_class, scores.final_class.data());
    binding.set(Environment::state, scores.state.data());
    binding.set(Environment::is_weak, scores.is_weak.data());
}

// Adds what the others decide: the cap, and the search for changes that knows the cap.
void add_cap_and_changes(const Plan& plan, const SubjectPlan& subject_plan, const Binding& binding,
                         const Table& table, const Scores& scores, const GroupOfRow& group, Explanation& e) {
    const Subject& subject = plan.rulebook.subjects[subject_plan.subject];
    const auto row = static_cast<std::size_t>(e.row);
    e.final_class = scores.final_class[row];
    if (e.state == State::facts_missing) return;
    if (!subject.cap) {
        e.changes = find_changes(plan, subject_plan, binding, row, e.final_class, nullptr, nullptr);
        return;
    }
    const Ranking ranking(subject_plan, subject, binding, table);
    const Rivals rivals(*subject.cap, class_below(plan.rulebook, subject.cap->class_number), group.rows,
                        static_cast<std::int32_t>(row), ranking, scores);
    if (e.state == State::evaluated) {
        e.cap = rivals.reason(table, scores);
        e.cap->group = group.group;
    }
    e.changes = find_changes(plan, subject_plan, binding, row, e.final_class, &rivals, &ranking);
}

// Members and units directly below, those that weigh most against the unit first.
void add_children(const Evaluation& input, const Result& result, std::int32_t position, Explanation& e) {
    const auto add = [&](bool is_member, std::size_t row, const Table& table, const Scores& scores) {
        const auto state = static_cast<State>(scores.state[row]);
        if (state == State::no_subject) return;
        e.children.push_back({is_member, static_cast<std::int64_t>(row), table.ids[row],
                              scores.final_class[row], scores.score[row], state});
    };
    for (std::size_t member = 0; member < input.member_units.size(); ++member)
        if (input.member_units[member] == position) add(true, member, input.members, result.members);
    for (std::int32_t child = position + 1; child < input.tree.end[static_cast<std::size_t>(position)];
         child = input.tree.end[static_cast<std::size_t>(child)])
        add(false, static_cast<std::size_t>(child), input.units, result.units);
    const auto key = [](const ChildReason& child) {
        return std::tuple(child.class_number == 0, child.class_number, child.score, child.id);
    };
    std::sort(e.children.begin(), e.children.end(),
              [&](const ChildReason& a, const ChildReason& b) { return key(a) < key(b); });
    if (e.children.size() > most_children) e.children.resize(most_children);
}

void add_weak_reasons(const Subject& subject, const Result& result, std::size_t row, Explanation& e) {
    e.is_weak = result.units.is_weak[row] != 0;
    for (const WeakReason& reason : subject.weak_reasons)
        if ((result.units.weak_bits[row] & reason.bit) != 0)
            e.weak_reasons.push_back({reason.key, reason.text, "", 1, true});
}

}  // namespace

Explanation explain_member(const Plan& plan, const Evaluation& input, const Result& result,
                           std::int64_t row) {
    const auto at = static_cast<std::size_t>(row);
    const SubjectPlan* subject = plan.find_member_subject();
    if (subject == nullptr) {
        Explanation e;
        e.row = row;
        e.id = input.members.ids[at];
        e.state = State::no_subject;
        return e;
    }
    Binding binding(plan, Domain::member, input.members);
    Explanation e = explain_alone(plan, *subject, binding, input.members, at);
    publish(binding, result.members);
    const std::optional<Cap>& cap = plan.rulebook.subjects[subject->subject].cap;
    add_cap_and_changes(plan, *subject, binding, input.members, result.members,
                        cap ? member_group(*cap, input, at) : GroupOfRow{}, e);
    return e;
}

Explanation explain_unit(const Plan& plan, const Evaluation& input, const Result& result,
                         std::int64_t position) {
    const auto at = static_cast<std::size_t>(position);
    const SubjectPlan* subject_plan = plan.find_unit_subject(input.tree.kind[at]);
    if (subject_plan == nullptr) {
        Explanation e;
        e.row = position;
        e.id = input.units.ids[at];
        e.state = State::no_subject;
        return e;
    }
    Binding binding(plan, Domain::unit, input.units, &result.aggregates);
    publish(binding, result.units);
    const std::vector<std::int64_t> kinds(input.tree.kind.begin(), input.tree.kind.end());
    binding.set(Environment::kind, kinds.data());
    Explanation e = explain_alone(plan, *subject_plan, binding, input.units, at);
    const Subject& subject = plan.rulebook.subjects[subject_plan->subject];
    add_cap_and_changes(plan, *subject_plan, binding, input.units, result.units,
                        subject.cap ? unit_group(*subject.cap, subject, input.tree, at) : GroupOfRow{}, e);
    for (const Aggregate& aggregate : plan.rulebook.aggregates)
        e.aggregates.push_back(fact_at(plan, plan.environment(Domain::unit), binding, aggregate.key, at));
    add_children(input, result, static_cast<std::int32_t>(position), e);
    add_weak_reasons(subject, result, at, e);
    return e;
}

Explanation explain_row(const Plan& plan, std::string_view subject, const Table& table, std::int64_t row) {
    const auto at = static_cast<std::size_t>(row);
    const SubjectPlan* subject_plan = plan.find_subject(subject);
    Explanation e;
    e.row = row;
    e.state = State::no_subject;
    if (subject_plan == nullptr) return e;
    const Binding binding(plan, plan.rulebook.subjects[subject_plan->subject].domain, table);
    if (!binding.problems().empty()) return e;
    e = explain_alone(plan, *subject_plan, binding, table, at);
    if (e.state != State::facts_missing)
        e.changes = find_changes(plan, *subject_plan, binding, at, e.final_class, nullptr, nullptr);
    return e;
}

}  // namespace gw::evaluation
