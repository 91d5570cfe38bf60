#include "evaluation/evaluate.h"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_sort.h>
#include <tbb/partitioner.h>
#include <tbb/task_arena.h>

#include <algorithm>

#include "evaluation/judgement.h"

namespace gw::evaluation {
namespace {

using Block = tbb::blocked_range<std::size_t>;
constexpr std::size_t members_at_once = 8192;
constexpr std::size_t units_at_once = 256;

// Takes the steps of a judgement for everyone, each step shared out among threads.
class Everyone {
public:
    explicit Everyone(Judgement& judgement) : judgement_(judgement), benches_(std::cref(judgement)) {}

    std::vector<CapOutcome> judge() {
        judge_members();
        for (const Stage& stage : judgement_.stages().list()) judge_stage(stage);
        judge_roots();
        judgement_.sums().sum_counters_upwards();
        std::vector<CapOutcome> caps;
        for (const Bench& bench : benches_)
            caps.insert(caps.end(), bench.outcomes.begin(), bench.outcomes.end());
        tbb::parallel_sort(caps.begin(), caps.end());
        return caps;
    }

private:
    using Bench = Judgement::Bench;

    // Calls f(bench, from, to) for units, by position, with about equally many members.
    template <class F>
    void share_members(F f) {
        const MemberOrder& order = judgement_.members();
        const std::size_t members = order.all().count;
        tbb::parallel_for(
            Block(0, members, members_at_once),
            [&](const Block& block) {
                const std::size_t from = order.first_unit_at(block.begin());
                const std::size_t to = order.first_unit_at(block.end());
                if (from < to) f(benches_.local(), from, to);
            },
            tbb::simple_partitioner());
    }
    template <class F>
    void share_units(std::size_t count, F f) {
        tbb::parallel_for(
            Block(0, count, units_at_once),
            [&](const Block& block) { f(benches_.local(), block.begin(), block.end()); },
            tbb::simple_partitioner());
    }

    void judge_members() {
        const auto settle = [&](Bench& bench, std::size_t from, std::size_t to) {
            for (std::size_t unit = from; unit < to; ++unit)
                judgement_.cap_members_of(bench, static_cast<std::int32_t>(unit));
            judgement_.sums().add_members(bench.member_sums, judgement_.members(), from, to);
        };
        const bool is_late = judgement_.has_late_member_cap();
        share_members([&](Bench& bench, std::size_t from, std::size_t to) {
            judgement_.score_members(bench, judgement_.members().rows(from, to));
            if (!is_late) settle(bench, from, to);
        });
        if (is_late) {
            judgement_.cap_late_members(benches_.local());
            share_members(settle);
        }
        judgement_.sums().sum_members_upwards();
    }

    // Everything below the units of a stage is scored: their children become final, then they are scored.
    void judge_stage(const Stage& stage) {
        const std::span<const std::int32_t> units = judgement_.stages().units(stage);
        share_units(units.size(), [&](Bench& bench, std::size_t from, std::size_t to) {
            bench.children.clear();
            for (std::size_t i = from; i < to; ++i) {
                const std::size_t first = bench.children.size();
                judgement_.add_children(units[i], bench.children);
                judgement_.cap_siblings(bench, std::span(bench.children).subspan(first), units[i]);
            }
            finish(bench, bench.children);
            judgement_.score_units(bench, stage.kind, {units.data() + from, 0, to - from});
        });
        if (stage.is_last_of_kind && is_capped_late(judgement_.plan(), stage.kind))
            judgement_.cap_late_units(benches_.local(), stage.kind);
    }

    void judge_roots() {
        const Tree& tree = judgement_.input().tree;
        std::vector<std::int32_t> roots;
        for (std::size_t at = 0; at < tree.size(); at = static_cast<std::size_t>(tree.end[at]))
            roots.push_back(static_cast<std::int32_t>(at));
        Bench& bench = benches_.local();
        judgement_.cap_siblings(bench, roots, -1);
        finish(bench, roots);
    }

    // The classes of these units are final: weak reasons are found and their parents receive what they sum.
    void finish(Bench& bench, std::span<const std::int32_t> units) {
        const Rows rows{units.data(), 0, units.size()};
        judgement_.find_weak(bench, units);
        judgement_.sums().add_units(bench.unit_sums, rows);
        judgement_.sums().count_units(bench.unit_counts, rows);
    }

    Judgement& judgement_;
    tbb::enumerable_thread_specific<Bench> benches_;
};

}  // namespace

std::vector<CapOutcome> judge_everyone(Judgement& judgement) { return Everyone(judgement).judge(); }

Result evaluate(const Plan& plan, const Evaluation& input, unsigned threads) {
    tbb::task_arena arena(static_cast<int>(std::max(1U, threads)));
    return arena.execute([&] {
        Judgement judgement(plan, input, Judgement::Fit::actual);
        if (judgement.problems().empty()) return judgement.take_result(judge_everyone(judgement));
        Result result;
        result.problems = judgement.problems();
        return result;
    });
}

Scores evaluate_rows(const Plan& plan, std::string_view subject, const Table& table) {
    Scores scores;
    const SubjectPlan* of = plan.find_subject(subject);
    if (of == nullptr) {
        scores.problems.push_back({std::string(subject), "", -1, "the rulebook has no such subject"});
        return scores;
    }
    const Binding binding(plan, plan.rulebook.subjects[of->subject].domain, table);
    scores.problems = binding.problems();
    if (!scores.problems.empty()) return scores;
    const std::size_t rows = table.rows();
    scores.score = Numbers(rows, of->scores.output_range(0));
    scores.maximum = Numbers(rows, of->scores.output_range(1));
    scores.pre_class = Numbers(rows, of->scores.output_range(2));
    scores.state = Numbers(rows, {0, static_cast<std::int64_t>(State::no_subject)});
    const Sink sinks[] = {
        {scores.score.view()}, {scores.maximum.view()}, {scores.pre_class.view()}, {scores.state.view()}};
    const Rows all{nullptr, 0, rows};
    Runner(of->scores, binding.columns()).run(all, sinks);
    binding.mark_missing(*of, all, scores);
    scores.final_class = scores.pre_class;
    return scores;
}

Denominators count_denominators(const Scores& scores, std::span<const std::uint8_t> included) {
    Denominators count;
    for (std::size_t row = 0; row < scores.state.size(); ++row) {
        const auto state = static_cast<State>(scores.state[row]);
        if ((!included.empty() && included[row] == 0) || state == State::no_subject) continue;
        ++count.total;
        count.exempt += state == State::exempt;
        count.not_evaluated += state == State::not_evaluated || state == State::facts_missing;
        count.evaluated += state == State::evaluated;
    }
    return count;
}

}  // namespace gw::evaluation
