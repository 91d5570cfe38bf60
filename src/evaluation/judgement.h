// An evaluation in progress: programs fitted to the columns, results as far as they are known, and the steps
// that lead from facts to classes. evaluate() takes the steps for everyone, standing.h for those whom a
// change concerns.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "evaluation/binding.h"
#include "evaluation/cap.h"
#include "evaluation/evaluate.h"
#include "evaluation/member_order.h"
#include "evaluation/plan.h"
#include "evaluation/stages.h"
#include "evaluation/tree_sums.h"

namespace gw::evaluation {

class Judgement {
public:
    // With Fit::actual arithmetic is as narrow as the values at hand allow; with Fit::declared any value that
    // the rulebook allows may come later.
    enum class Fit { actual, declared };
    Judgement(const Plan& plan, const Evaluation& input, Fit fit);
    Judgement(const Judgement&) = delete;
    ~Judgement();

    // When there are any, nothing else may be called.
    const Problems& problems() const { return problems_; }

    // The working memory of one thread.
    struct Bench {
        explicit Bench(const Judgement& judgement);
        std::unique_ptr<Runner> members;             // scores; empty when nobody judges members
        std::vector<std::unique_ptr<Runner>> units;  // by place in Plan::subjects; empty for others
        std::vector<std::unique_ptr<Runner>> weak;   // the same, empty without weak reasons
        SumBench member_sums, unit_sums, unit_counts;
        CapBench caps;
        std::vector<CapOutcome> outcomes;
        std::vector<std::int32_t> children, group;
    };

    // Score and class before the cap.
    void score_members(Bench& bench, const Rows& rows);
    void score_units(Bench& bench, std::int64_t kind, const Rows& rows);
    // Caps among members or siblings; `parent` is -1 for roots.
    void cap_members_of(Bench& bench, std::int32_t unit);
    void cap_siblings(Bench& bench, std::span<const std::int32_t> siblings, std::int32_t parent);
    // Caps beyond one unit or one parent: over a group of members, or of units of one kind.
    bool has_late_member_cap() const;
    std::vector<std::int32_t> late_groups(const SubjectPlan& subject) const;  // by position, -1 for the whole
    void cap_late_members(Bench& bench);
    void cap_late_units(Bench& bench, std::int64_t kind);
    // Caps one group and notes the outcome.
    void settle(Bench& bench, const SubjectPlan& subject, std::int32_t group, std::int64_t kind,
                const Rows& rows);
    // Weak reasons of units whose class is final.
    void find_weak(Bench& bench, std::span<const std::int32_t> units);

    const Plan& plan() const { return plan_; }
    const Evaluation& input() const { return input_; }
    const Stages& stages() const { return *stages_; }
    const MemberOrder& members() const { return *order_; }
    TreeSums& sums() { return *sums_; }
    Scores& member_scores() { return result_.members; }
    Scores& unit_scores() { return result_.units; }
    const SubjectPlan* member_subject() const { return member_subject_; }
    Binding& member_binding() { return member_binding_; }
    Binding& unit_binding() { return unit_binding_; }
    // Puts the direct children of a unit behind `children`.
    void add_children(std::int32_t parent, std::vector<std::int32_t>& children) const;

    // Ordered by kind number, score, id.
    std::vector<WeakUnit> list_weak() const;
    // Hands out scores and sums, with the outcomes of the caps and the weak list. Nothing may be called
    // after.
    Result take_result(std::vector<CapOutcome> caps);

private:
    // Programs for the columns at hand.
    struct Fitted {
        Program member_scores, member_sums, unit_sums, unit_counts;
        std::vector<Program> unit_scores, weak;  // by place in Plan::subjects
    };
    void check();
    void fit(Fit fit);
    void fit_units(bool is_actual);
    Program fitted(const Program& program, const Binding& binding, bool is_actual) const;
    void bound_sums(const Program& program, std::span<const std::size_t> aggregates, std::size_t rows);

    const Plan& plan_;
    const Evaluation input_;
    const SubjectPlan* member_subject_;
    Numbers kinds_;
    std::unique_ptr<TreeSums> sums_;
    Binding member_binding_;
    Binding unit_binding_;
    Problems problems_;
    std::unique_ptr<Stages> stages_;
    std::unique_ptr<MemberOrder> order_;
    Fitted fitted_;
    Result result_;
    std::vector<std::unique_ptr<Ranking>> rankings_;  // by place in Plan::subjects; empty without a cap
    std::vector<std::int64_t> below_;                 // the class below the capped one, by the same place
};

// Takes all the steps for everyone, shared out among the threads of the caller's arena. Returns how the caps
// came out, ordered by subject, kind, group.
std::vector<CapOutcome> judge_everyone(Judgement& judgement);

}  // namespace gw::evaluation
