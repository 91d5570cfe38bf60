#include "evaluation/evaluate.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <tuple>

#include "evaluation/binding.h"
#include "evaluation/cap.h"
#include "evaluation/plan.h"
#include "evaluation/rollup.h"

namespace gw::evaluation {
namespace {

constexpr auto no_subject = static_cast<std::int64_t>(State::no_subject);

Scores empty_scores(std::size_t rows) {
    Scores scores;
    for (auto* column : {&scores.score, &scores.maximum, &scores.pre_class, &scores.final_class,
                         &scores.weak_bits, &scores.is_weak})
        column->assign(rows, 0);
    scores.state.assign(rows, no_subject);
    return scores;
}

void publish(Binding& binding, const Scores& scores) {
    binding.set(Environment::score, scores.score.data());
    binding.set(Environment::pre_class, scores.pre_class.data());
    binding.set(Environment::final_class, scores.final_class.data());
    binding.set(Environment::state, scores.state.data());
    binding.set(Environment::is_weak, scores.is_weak.data());
}

// Runs a program over some rows and puts its first outputs where the rows stand.
void run_into(const Program& program, const Binding& binding, std::span<const std::int32_t> rows,
              std::span<std::vector<std::int64_t>* const> targets) {
    std::vector<std::vector<std::int64_t>> compact(targets.size(), std::vector<std::int64_t>(rows.size()));
    std::vector<std::int64_t*> outputs;
    for (auto& column : compact) outputs.push_back(column.data());
    run(program, binding.columns(), rows, rows.size(), outputs);
    for (std::size_t k = 0; k < targets.size(); ++k)
        for (std::size_t i = 0; i < rows.size(); ++i)
            (*targets[k])[static_cast<std::size_t>(rows[i])] = compact[k][i];
}

void score_rows(const SubjectPlan& subject, const Binding& binding, std::span<const std::int32_t> rows,
                Scores& scores) {
    std::vector<std::int64_t>* const targets[] = {&scores.score, &scores.maximum, &scores.pre_class,
                                                  &scores.state};
    run_into(subject.scores, binding, rows, targets);
    binding.mark_missing(subject, rows, scores);
    for (const std::int32_t row : rows)
        scores.final_class[static_cast<std::size_t>(row)] = scores.pre_class[static_cast<std::size_t>(row)];
}

class Run {
public:
    Run(const Plan& plan, const Evaluation& input)
        : plan_(plan),
          input_(input),
          members_(plan, Domain::member, input.members),
          sums_(plan, input.tree),
          units_(plan, Domain::unit, input.units, &sums_.aggregates()) {}

    Result result() {
        check();
        if (!result_.problems.empty()) return std::move(result_);
        result_.members = empty_scores(input_.members.rows());
        result_.units = empty_scores(input_.tree.size());
        publish(members_, result_.members);
        publish(units_, result_.units);
        kinds_.assign(input_.tree.kind.begin(), input_.tree.kind.end());
        units_.set(Environment::kind, kinds_.data());
        evaluate_members();
        evaluate_units();
        list_weak();
        sums_.count_units(units_);
        result_.aggregates = sums_.take_aggregates();
        result_.aggregates.ids = input_.units.ids;
        result_.rollup = sums_.take_rollup();
        result_.rollup.ids = input_.units.ids;
        return std::move(result_);
    }

private:
    void say(std::string table, std::string column, std::int64_t row, std::string message) {
        result_.problems.push_back({std::move(table), std::move(column), row, std::move(message)});
    }

    void check() {
        Problems& problems = result_.problems;
        problems = problems_in(input_.tree);
        const Tree& tree = input_.tree;
        if (!problems.empty()) return;
        if (input_.units.rows() != tree.size())
            say("unit", "", -1, "needs one row for every unit of the tree");
        if (input_.member_units.size() != input_.members.rows())
            say("member", "", -1, "needs the unit of every member");
        if (static_cast<std::int64_t>(tree.size()) > most_units ||
            static_cast<std::int64_t>(input_.members.rows()) > most_members)
            say("tree", "", -1, "is larger than the engine's sums are made for");
        for (std::size_t row = 0; row < input_.member_units.size(); ++row)
            if (input_.member_units[row] < 0 ||
                input_.member_units[row] >= static_cast<std::int32_t>(tree.size())) {
                say("member", "unit", static_cast<std::int64_t>(row), "belongs to no unit of the tree");
                break;
            }
        for (const Binding* binding : {&members_, &units_})
            problems.insert(problems.end(), binding->problems().begin(), binding->problems().end());
        find_ranks();
    }

    // Kinds are ranked as the rulebook lists them, from the bottom; no unit may stand below a lower kind.
    void find_ranks() {
        const Tree& tree = input_.tree;
        rank_.assign(tree.size(), 0);
        depth_.assign(tree.size(), 0);
        const std::vector<Named>& kinds = plan_.rulebook.kinds;
        for (std::size_t at = 0; at < tree.size(); ++at) {
            const auto found = std::find_if(kinds.begin(), kinds.end(),
                                            [&](const Named& kind) { return kind.number == tree.kind[at]; });
            if (found == kinds.end()) {
                say("tree", "kind", static_cast<std::int64_t>(at),
                    "the rulebook has no kind " + std::to_string(tree.kind[at]));
                return;
            }
            rank_[at] = static_cast<std::int32_t>(found - kinds.begin());
            if (tree.parent[at] < 0) continue;
            const auto above = static_cast<std::size_t>(tree.parent[at]);
            depth_[at] = depth_[above] + 1;
            if (rank_[above] < rank_[at]) {
                say("tree", "kind", static_cast<std::int64_t>(at), "stands below a unit of a lower kind");
                return;
            }
            if (rank_[above] == rank_[at] && is_capped_late(tree.kind[at])) {
                say("tree", "kind", static_cast<std::int64_t>(at),
                    "a kind capped beyond its siblings may not stand below itself");
                return;
            }
        }
    }

    // Caps over more than siblings are settled when the whole kind is scored.
    bool is_capped_late(std::int64_t kind) const {
        const SubjectPlan* plan = plan_.find_unit_subject(kind);
        if (plan == nullptr) return false;
        const std::optional<Cap>& cap = plan_.rulebook.subjects[plan->subject].cap;
        return cap && (cap->group == CapGroup::whole || cap->group == CapGroup::ancestor);
    }

    void evaluate_members() {
        const SubjectPlan* subject = plan_.find_member_subject();
        std::vector<std::int32_t> rows(input_.members.rows());
        std::iota(rows.begin(), rows.end(), 0);
        if (subject != nullptr) {
            score_rows(*subject, members_, rows, result_.members);
            cap_members(*subject, rows);
        }
        sums_.add_members(members_, input_.member_units);
    }

    void cap_members(const SubjectPlan& plan, std::span<const std::int32_t> rows) {
        const Subject& subject = plan_.rulebook.subjects[plan.subject];
        if (!subject.cap) return;
        std::vector<std::int32_t> keys(input_.member_units.begin(), input_.member_units.end());
        if (subject.cap->group == CapGroup::whole) std::fill(keys.begin(), keys.end(), -1);
        if (subject.cap->group == CapGroup::ancestor) {
            const std::vector<std::int32_t> nearest =
                nearest_of_kind(input_.tree, subject.cap->ancestor_kind);
            for (std::int32_t& key : keys) key = nearest[static_cast<std::size_t>(key)];
        }
        const Ranking ranking(plan, subject, members_, input_.members);
        cap_groups(subject, group_rows(rows, keys, input_.tree.size()), 0, ranking, result_.members);
    }

    void cap_groups(const Subject& subject, const Groups& groups, std::int64_t kind, const Ranking& ranking,
                    Scores& scores) {
        const std::int64_t below = class_below(plan_.rulebook, subject.cap->class_number);
        for (std::int32_t key = -1; key < static_cast<std::int32_t>(input_.tree.size()); ++key) {
            const std::span<const std::int32_t> rows = groups.group(key);
            if (!rows.empty()) settle(subject, key, kind, below, rows, ranking, scores);
        }
    }

    void settle(const Subject& subject, std::int32_t key, std::int64_t kind, std::int64_t below,
                std::span<const std::int32_t> rows, const Ranking& ranking, Scores& scores) {
        CapOutcome outcome = apply_cap(*subject.cap, below, rows, ranking, scores);
        outcome.subject = subject.key;
        outcome.group = key;
        outcome.kind = kind;
        if (outcome.base_count > 0) result_.caps.push_back(std::move(outcome));
    }

    // From the bottom up: by kind as the rulebook lists them, deeper units of one kind first.
    void evaluate_units() {
        std::vector<std::int32_t> order(input_.tree.size());
        std::iota(order.begin(), order.end(), 0);
        const auto stage = [&](std::int32_t at) {
            const auto i = static_cast<std::size_t>(at);
            return std::pair(rank_[i], -depth_[i]);
        };
        std::stable_sort(order.begin(), order.end(),
                         [&](std::int32_t a, std::int32_t b) { return stage(a) < stage(b); });
        for (std::size_t from = 0; from < order.size();) {
            std::size_t to = from;
            while (to < order.size() && stage(order[to]) == stage(order[from])) ++to;
            const std::span<const std::int32_t> batch = std::span(order).subspan(from, to - from);
            evaluate_batch(batch);
            const auto next_rank = to < order.size() ? rank_[static_cast<std::size_t>(order[to])] : -1;
            if (next_rank != rank_[static_cast<std::size_t>(batch[0])])
                cap_late(input_.tree.kind[static_cast<std::size_t>(batch[0])]);
            from = to;
        }
        std::vector<std::int32_t> roots;
        for (std::size_t at = 0; at < input_.tree.size(); ++at)
            if (input_.tree.parent[at] < 0) roots.push_back(static_cast<std::int32_t>(at));
        cap_siblings(roots, -1);
        finish(roots);
    }

    void evaluate_batch(std::span<const std::int32_t> batch) {
        std::vector<std::int32_t> children;
        for (const std::int32_t at : batch) {
            const std::size_t first = children.size();
            const auto i = static_cast<std::size_t>(at);
            for (std::int32_t child = at + 1; child < input_.tree.end[i];
                 child = input_.tree.end[static_cast<std::size_t>(child)])
                children.push_back(child);
            cap_siblings(std::span(children).subspan(first), at);
        }
        finish(children);
        const std::int64_t kind = input_.tree.kind[static_cast<std::size_t>(batch[0])];
        if (const SubjectPlan* subject = plan_.find_unit_subject(kind))
            score_rows(*subject, units_, batch, result_.units);
    }

    // Caps among the children of one parent, just before they are final.
    void cap_siblings(std::span<const std::int32_t> siblings, std::int32_t parent) {
        for (const SubjectPlan& plan : plan_.subjects) {
            const Subject& subject = plan_.rulebook.subjects[plan.subject];
            if (subject.domain != Domain::unit || !subject.cap) continue;
            if (subject.cap->group != CapGroup::parent && subject.cap->group != CapGroup::parent_and_kind)
                continue;
            const bool is_by_kind = subject.cap->group == CapGroup::parent_and_kind;
            const std::int64_t below = class_below(plan_.rulebook, subject.cap->class_number);
            const Ranking ranking(plan, subject, units_, input_.units);
            std::vector<std::int32_t> rows;
            for (const std::int64_t kind : subject.kinds) {
                for (const std::int32_t at : siblings)
                    if (input_.tree.kind[static_cast<std::size_t>(at)] == kind) rows.push_back(at);
                if (!is_by_kind || rows.empty()) continue;
                settle(subject, parent, kind, below, rows, ranking, result_.units);
                rows.clear();
            }
            if (!rows.empty()) settle(subject, parent, 0, below, rows, ranking, result_.units);
        }
    }

    void cap_late(std::int64_t kind) {
        if (!is_capped_late(kind)) return;
        const SubjectPlan& plan = *plan_.find_unit_subject(kind);
        const Subject& subject = plan_.rulebook.subjects[plan.subject];
        std::vector<std::int32_t> keys(input_.tree.size(), -1);
        if (subject.cap->group == CapGroup::ancestor)
            keys = nearest_of_kind(input_.tree, subject.cap->ancestor_kind);
        std::vector<std::int32_t> rows;
        for (std::size_t at = 0; at < input_.tree.size(); ++at)
            if (input_.tree.kind[at] == kind) rows.push_back(static_cast<std::int32_t>(at));
        const Ranking ranking(plan, subject, units_, input_.units);
        cap_groups(subject, group_rows(rows, keys, input_.tree.size()), kind, ranking, result_.units);
    }

    // The classes of these units are final: weak reasons are found and their parents receive what they sum.
    void finish(std::span<const std::int32_t> rows) {
        std::vector<std::int64_t>* const targets[] = {&result_.units.weak_bits, &result_.units.is_weak};
        for (const SubjectPlan& plan : plan_.subjects) {
            const Subject& subject = plan_.rulebook.subjects[plan.subject];
            if (subject.weak_reasons.empty()) continue;
            std::vector<std::int32_t> own;
            for (const std::int32_t at : rows)
                if (plan_.find_unit_subject(input_.tree.kind[static_cast<std::size_t>(at)]) == &plan)
                    own.push_back(at);
            run_into(plan.weak, units_, own, targets);
        }
        sums_.add_units(units_, rows);
    }

    void list_weak() {
        for (std::size_t at = 0; at < input_.tree.size(); ++at)
            if (result_.units.is_weak[at] != 0)
                result_.weak.push_back(
                    {static_cast<std::int32_t>(at), result_.units.score[at], result_.units.weak_bits[at]});
        const auto key = [&](const WeakUnit& unit) {
            const auto at = static_cast<std::size_t>(unit.position);
            return std::tuple(input_.tree.kind[at], unit.score, input_.units.ids[at]);
        };
        std::sort(result_.weak.begin(), result_.weak.end(),
                  [&](const WeakUnit& a, const WeakUnit& b) { return key(a) < key(b); });
    }

    const Plan& plan_;
    const Evaluation& input_;
    Binding members_;
    TreeSums sums_;
    Binding units_;
    Result result_;
    std::vector<std::int64_t> kinds_;
    std::vector<std::int32_t> rank_;
    std::vector<std::int32_t> depth_;
};

}  // namespace

Result evaluate(const Plan& plan, const Evaluation& input) { return Run(plan, input).result(); }

Scores evaluate_rows(const Plan& plan, std::string_view subject, const Table& table) {
    Scores scores;
    const SubjectPlan* of = plan.find_subject(subject);
    if (of == nullptr) {
        scores.problems.push_back({std::string(subject), "", -1, "the rulebook has no such subject"});
        return scores;
    }
    Binding binding(plan, plan.rulebook.subjects[of->subject].domain, table);
    if (!binding.problems().empty()) {
        scores.problems = binding.problems();
        return scores;
    }
    scores = empty_scores(table.rows());
    std::vector<std::int32_t> rows(table.rows());
    std::iota(rows.begin(), rows.end(), 0);
    score_rows(*of, binding, rows, scores);
    return scores;
}

Denominators count_denominators(const Scores& scores, std::span<const std::uint8_t> included) {
    Denominators count;
    for (std::size_t row = 0; row < scores.state.size(); ++row) {
        if ((!included.empty() && included[row] == 0) || scores.state[row] == no_subject) continue;
        const auto state = static_cast<State>(scores.state[row]);
        ++count.total;
        count.exempt += state == State::exempt;
        count.not_evaluated += state == State::not_evaluated || state == State::facts_missing;
        count.evaluated += state == State::evaluated;
    }
    return count;
}

}  // namespace gw::evaluation
