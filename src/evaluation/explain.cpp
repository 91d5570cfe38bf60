#include "evaluation/explain.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "evaluation/member_order.h"
#include "evaluation/reasons.h"

namespace gw::evaluation {
namespace {

constexpr std::size_t most_children = 20;

// Adds what the others decide: the cap, and the search for changes that knows the cap.
void add_cap_and_changes(const Plan& plan, const SubjectPlan& subject_plan, const Binding& binding,
                         const Table& table, const Scores& scores, std::int32_t group,
                         std::vector<std::int32_t> others, Explanation& e) {
    const Subject& subject = plan.rulebook.subjects[subject_plan.subject];
    const auto row = static_cast<std::size_t>(e.row);
    e.final_class = scores.final_class[row];
    if (e.state == State::facts_missing) return;
    if (!subject.cap) {
        e.changes = find_changes(plan, subject_plan, binding, row, e.final_class, nullptr, nullptr);
        return;
    }
    const Ranking ranking(subject_plan, subject, binding, table.ids);
    const Rivals rivals(*subject.cap, class_below(plan.rulebook, subject.cap->class_number),
                        std::move(others), static_cast<std::int32_t>(row), ranking, scores);
    if (e.state == State::evaluated) {
        e.cap = rivals.reason(table, scores);
        e.cap->group = group;
    }
    e.changes = find_changes(plan, subject_plan, binding, row, e.final_class, &rivals, &ranking);
}

void add_weak_reasons(const Subject& subject, const Result& result, std::size_t row, Explanation& e) {
    e.is_weak = result.units.is_weak[row] != 0;
    for (const WeakReason& reason : subject.weak_reasons)
        if ((result.units.weak_bits[row] & reason.bit) != 0)
            e.weak_reasons.push_back({reason.key, reason.text, "", 1, true});
}

}  // namespace

struct Explainer::Group {
    std::int32_t key = -1;  // tree position of the parent or ancestor, -1 for the whole
    std::vector<std::int32_t> rows;
};

Explainer::Explainer(const Plan& plan, const Evaluation& input, const Result& result)
    : plan_(plan),
      input_(input),
      result_(result),
      order_(std::make_unique<MemberOrder>(input.member_units, input.tree.size())),
      kinds_(input.tree.size()) {
    auto members = std::make_unique<Binding>(plan, Domain::member, input.members);
    members->set(result.members);
    members_ = std::move(members);
    auto units = std::make_unique<Binding>(plan, Domain::unit, input.units, &result.aggregates);
    units->set(result.units);
    for (std::size_t at = 0; at < input.tree.size(); ++at) kinds_.set(at, input.tree.kind[at]);
    units->set(Environment::kind, kinds_);
    units_ = std::move(units);
}

Explainer::~Explainer() = default;

Explainer::Group Explainer::member_group(const Cap& cap, std::size_t row) const {
    Group group;
    const Tree& tree = input_.tree;
    std::int32_t unit = input_.member_units[row];
    Rows rows = order_->all();
    if (cap.group == CapGroup::ancestor) {
        const auto is_of_kind = [&](std::int32_t at) {
            return tree.kind[static_cast<std::size_t>(at)] == cap.ancestor_kind;
        };
        while (unit >= 0 && !is_of_kind(unit)) unit = tree.parent[static_cast<std::size_t>(unit)];
        group.key = unit;
        const std::vector<std::int32_t> nearest = nearest_of_kind(tree, cap.ancestor_kind);
        if (unit >= 0)
            rows = order_->rows(static_cast<std::size_t>(unit),
                                static_cast<std::size_t>(tree.end[static_cast<std::size_t>(unit)]));
        for (std::size_t i = 0; i < rows.count; ++i) {
            const auto of = static_cast<std::size_t>(input_.member_units[static_cast<std::size_t>(rows[i])]);
            if (nearest[of] == unit) group.rows.push_back(rows[i]);
        }
        return group;
    }
    if (cap.group != CapGroup::whole) {
        group.key = unit;
        rows = order_->rows(static_cast<std::size_t>(unit), static_cast<std::size_t>(unit) + 1);
    }
    for (std::size_t i = 0; i < rows.count; ++i) group.rows.push_back(rows[i]);
    return group;
}

Explainer::Group Explainer::unit_group(const Cap& cap, const Subject& subject, std::size_t row) const {
    Group group;
    const Tree& tree = input_.tree;
    const auto take = [&](std::size_t at) {
        const bool has_kind =
            cap.group == CapGroup::parent
                ? std::find(subject.kinds.begin(), subject.kinds.end(), tree.kind[at]) != subject.kinds.end()
                : tree.kind[at] == tree.kind[row];
        if (has_kind) group.rows.push_back(static_cast<std::int32_t>(at));
    };
    if (cap.group == CapGroup::parent || cap.group == CapGroup::parent_and_kind) {
        group.key = tree.parent[row];
        const std::size_t first = static_cast<std::size_t>(group.key + 1);
        const std::size_t last =
            group.key < 0 ? tree.size()
                          : static_cast<std::size_t>(tree.end[static_cast<std::size_t>(group.key)]);
        for (std::size_t at = first; at < last; at = static_cast<std::size_t>(tree.end[at])) take(at);
        return group;
    }
    std::vector<std::int32_t> keys(tree.size(), -1);
    if (cap.group == CapGroup::ancestor) keys = nearest_of_kind(tree, cap.ancestor_kind);
    group.key = keys[row];
    for (std::size_t at = 0; at < tree.size(); ++at)
        if (keys[at] == group.key) take(at);
    return group;
}

// Members and units directly below, those that weigh most against the unit first.
void Explainer::add_children(std::int32_t position, Explanation& e) const {
    const auto add = [&](bool is_member, std::size_t row, const Table& table, const Scores& scores) {
        const auto state = static_cast<State>(scores.state[row]);
        if (state == State::no_subject) return;
        e.children.push_back({is_member, static_cast<std::int64_t>(row), table.ids[row],
                              scores.final_class[row], scores.score[row], state});
    };
    const auto at = static_cast<std::size_t>(position);
    const Rows rows = order_->rows(at, at + 1);
    for (std::size_t i = 0; i < rows.count; ++i)
        add(true, static_cast<std::size_t>(rows[i]), input_.members, result_.members);
    for (std::int32_t child = position + 1; child < input_.tree.end[at];
         child = input_.tree.end[static_cast<std::size_t>(child)])
        add(false, static_cast<std::size_t>(child), input_.units, result_.units);
    const auto key = [](const ChildReason& child) {
        return std::tuple(child.class_number == 0, child.class_number, child.score, child.id);
    };
    std::sort(e.children.begin(), e.children.end(),
              [&](const ChildReason& a, const ChildReason& b) { return key(a) < key(b); });
    if (e.children.size() > most_children) e.children.resize(most_children);
}

Explanation Explainer::member(std::int64_t row) const {
    const auto at = static_cast<std::size_t>(row);
    const SubjectPlan* subject = plan_.find_member_subject();
    if (subject == nullptr) {
        Explanation e;
        e.row = row;
        e.id = input_.members.ids[at];
        e.state = State::no_subject;
        return e;
    }
    Explanation e = explain_alone(plan_, *subject, *members_, input_.members, at);
    const std::optional<Cap>& cap = plan_.rulebook.subjects[subject->subject].cap;
    Group group = cap ? member_group(*cap, at) : Group{};
    add_cap_and_changes(plan_, *subject, *members_, input_.members, result_.members, group.key,
                        std::move(group.rows), e);
    return e;
}

Explanation Explainer::unit(std::int64_t position) const {
    const auto at = static_cast<std::size_t>(position);
    const SubjectPlan* subject_plan = plan_.find_unit_subject(input_.tree.kind[at]);
    if (subject_plan == nullptr) {
        Explanation e;
        e.row = position;
        e.id = input_.units.ids[at];
        e.state = State::no_subject;
        return e;
    }
    Explanation e = explain_alone(plan_, *subject_plan, *units_, input_.units, at);
    const Subject& subject = plan_.rulebook.subjects[subject_plan->subject];
    Group group = subject.cap ? unit_group(*subject.cap, subject, at) : Group{};
    add_cap_and_changes(plan_, *subject_plan, *units_, input_.units, result_.units, group.key,
                        std::move(group.rows), e);
    for (const Aggregate& aggregate : plan_.rulebook.aggregates)
        e.aggregates.push_back(fact_at(plan_, plan_.environment(Domain::unit), *units_, aggregate.key, at));
    add_children(static_cast<std::int32_t>(position), e);
    add_weak_reasons(subject, result_, at, e);
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
