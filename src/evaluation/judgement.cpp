#include "evaluation/judgement.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <tuple>

namespace gw::evaluation {
namespace {

constexpr auto no_subject = static_cast<std::int64_t>(State::no_subject);
constexpr Range states{0, no_subject};

// The outputs of SubjectPlan::scores.
struct ScoreRanges {
    Range score, maximum, pre_class;  // 0 is always among them

    // A cap may give any class.
    explicit ScoreRanges(const std::vector<Named>& classes) {
        for (const Named& one : classes) pre_class = join(pre_class, {one.number, one.number});
    }
    void take(const Program& program) {
        score = join(score, program.output_range(0));
        maximum = join(maximum, program.output_range(1));
        pre_class = join(pre_class, program.output_range(2));
    }
};

// Every row will be scored: nothing is cleared that is written soon.
Scores room_for_all(std::size_t rows, const ScoreRanges& ranges) {
    Scores scores;
    scores.score = Numbers::unwritten(rows, ranges.score);
    scores.maximum = Numbers::unwritten(rows, ranges.maximum);
    scores.pre_class = Numbers::unwritten(rows, ranges.pre_class);
    scores.final_class = Numbers::unwritten(rows, ranges.pre_class);
    scores.state = Numbers::unwritten(rows, states);
    return scores;
}

// Only rows that have a subject will be scored.
Scores room_for_some(std::size_t rows, const ScoreRanges& ranges) {
    Scores scores;
    scores.score = Numbers(rows, ranges.score);
    scores.maximum = Numbers(rows, ranges.maximum);
    scores.pre_class = Numbers(rows, ranges.pre_class);
    scores.final_class = Numbers(rows, ranges.pre_class);
    scores.state = Numbers(rows, states);
    scores.state.visit([](auto cells) { std::fill(cells.begin(), cells.end(), no_subject); });
    return scores;
}

std::array<Sink, 4> sinks_of(Scores& scores) {
    return {Sink{scores.score.view()}, Sink{scores.maximum.view()}, Sink{scores.pre_class.view()},
            Sink{scores.state.view()}};
}

// Until a cap speaks, the class is the one before it.
void copy_classes(const Rows& rows, Scores& scores) {
    scores.pre_class.visit([&](auto before) {
        using Cell = typename decltype(before)::value_type;
        const auto after = scores.final_class.cells<std::remove_const_t<Cell>>();
        for (std::size_t i = 0; i < rows.count; ++i)
            after[static_cast<std::size_t>(rows[i])] = before[static_cast<std::size_t>(rows[i])];
    });
}

bool is_sibling_cap(const Cap& cap) {
    return cap.group == CapGroup::parent || cap.group == CapGroup::parent_and_kind;
}

}  // namespace

Judgement::Bench::Bench(const Judgement& judgement)
    : member_sums(judgement.fitted_.member_sums, judgement.member_binding_.columns()),
      unit_sums(judgement.fitted_.unit_sums, judgement.unit_binding_.columns()),
      unit_counts(judgement.fitted_.unit_counts, judgement.unit_binding_.columns()) {
    if (judgement.member_subject_ != nullptr)
        members =
            std::make_unique<Runner>(judgement.fitted_.member_scores, judgement.member_binding_.columns());
    units.resize(judgement.plan_.subjects.size());
    weak.resize(units.size());
    for (std::size_t i = 0; i < units.size(); ++i) {
        const Subject& subject = judgement.plan_.rulebook.subjects[judgement.plan_.subjects[i].subject];
        if (subject.domain != Domain::unit) continue;
        const auto columns = judgement.unit_binding_.columns();
        units[i] = std::make_unique<Runner>(judgement.fitted_.unit_scores[i], columns);
        if (!subject.weak_reasons.empty())
            weak[i] = std::make_unique<Runner>(judgement.fitted_.weak[i], columns);
    }
}

Judgement::Judgement(const Plan& plan, const Evaluation& input, Fit fit_to)
    : plan_(plan),
      input_(input),
      member_subject_(plan.find_member_subject()),
      sums_(std::make_unique<TreeSums>(plan, input.tree)),
      member_binding_(plan, Domain::member, input.members),
      unit_binding_(plan, Domain::unit, input.units, &sums_->aggregates()) {
    check();
    if (!problems_.empty()) return;
    order_ = std::make_unique<MemberOrder>(input_.member_units, input_.tree.size());
    kinds_ = Numbers(input_.tree.size());
    for (std::size_t at = 0; at < input_.tree.size(); ++at) kinds_.set(at, input_.tree.kind[at]);
    unit_binding_.set(Environment::kind, kinds_);
    if (fit_to == Fit::declared) {
        member_binding_.allow_declared();
        unit_binding_.allow_declared();
    }
    fit(fit_to);
    for (const SubjectPlan& one : plan_.subjects) {
        const Subject& subject = plan_.rulebook.subjects[one.subject];
        const bool is_member = subject.domain == Domain::member;
        const bool is_capped = subject.cap && subject.domain != Domain::meeting;
        rankings_.push_back(
            is_capped ? std::make_unique<Ranking>(one, subject, is_member ? member_binding_ : unit_binding_,
                                                  (is_member ? input_.members : input_.units).ids)
                      : nullptr);
        below_.push_back(is_capped ? class_below(plan_.rulebook, subject.cap->class_number) : 0);
    }
}

Judgement::~Judgement() = default;

void Judgement::check() {
    const auto say = [&](std::string table, std::string column, std::int64_t row, std::string message) {
        problems_.push_back({std::move(table), std::move(column), row, std::move(message)});
    };
    problems_ = problems_in(input_.tree);
    if (!problems_.empty()) return;
    const auto units = input_.tree.size();
    if (input_.units.rows() != units) say("unit", "", -1, "needs one row for every unit of the tree");
    if (input_.member_units.size() != input_.members.rows())
        say("member", "", -1, "needs the unit of every member");
    if (static_cast<std::int64_t>(units) > most_units ||
        static_cast<std::int64_t>(input_.members.rows()) > most_members)
        say("tree", "", -1, "is larger than the engine's sums are made for");
    // Taken as unsigned, a negative position is a large one; a maximum is found many rows at a time.
    std::uint32_t last = 0;
    for (const std::int32_t unit : input_.member_units)
        last = std::max(last, static_cast<std::uint32_t>(unit));
    if (!input_.member_units.empty() && last >= units) {
        const auto outside =
            std::find_if(input_.member_units.begin(), input_.member_units.end(),
                         [&](std::int32_t unit) { return static_cast<std::uint32_t>(unit) >= units; });
        say("member", "unit", outside - input_.member_units.begin(), "belongs to no unit of the tree");
    }
    for (const Binding* binding : {&member_binding_, &unit_binding_})
        problems_.insert(problems_.end(), binding->problems().begin(), binding->problems().end());
    stages_ = std::make_unique<Stages>(plan_, input_.tree, problems_);
}

Program Judgement::fitted(const Program& program, const Binding& binding, bool is_actual) const {
    return is_actual ? specialise(program, binding.columns()) : program;
}

// What a sum over that many rows can be, so that whoever is judged by it may calculate narrowly.
void Judgement::bound_sums(const Program& program, std::span<const std::size_t> aggregates,
                           std::size_t rows) {
    const Environment& environment = plan_.environment(Domain::unit);
    for (std::size_t k = 0; k < aggregates.size(); ++k) {
        const Range one = program.output_range(k);
        const Range declared = plan_.aggregate_ranges[aggregates[k]];
        Range all;
        if (__builtin_mul_overflow(std::min<std::int64_t>(one.lowest, 0), rows, &all.lowest) ||
            __builtin_mul_overflow(std::max<std::int64_t>(one.highest, 0), rows, &all.highest))
            continue;
        unit_binding_.set_range(
            environment.aggregate(aggregates[k]),
            {std::max(all.lowest, declared.lowest), std::min(all.highest, declared.highest)});
    }
}

void Judgement::fit(Fit fit_to) {
    const bool is_actual = fit_to == Fit::actual;
    ScoreRanges ranges(plan_.rulebook.classes);
    if (member_subject_ != nullptr) {
        fitted_.member_scores = fitted(member_subject_->scores, member_binding_, is_actual);
        ranges.take(fitted_.member_scores);
    }
    const std::size_t members = input_.members.rows();
    result_.members =
        member_subject_ != nullptr ? room_for_all(members, ranges) : room_for_some(members, ranges);
    member_binding_.set(result_.members);
    fitted_.member_sums = fitted(plan_.member_sums, member_binding_, is_actual);
    if (is_actual) bound_sums(fitted_.member_sums, plan_.aggregates_over_members, input_.members.rows());
    fit_units(is_actual);
    if (!is_actual) return;
    // Once more, now that the aggregates over units are known to be small.
    bound_sums(fitted_.unit_sums, plan_.aggregates_over_units, input_.tree.size());
    fit_units(is_actual);
}

void Judgement::fit_units(bool is_actual) {
    ScoreRanges ranges(plan_.rulebook.classes);
    Range weak_bits;
    fitted_.unit_scores.assign(plan_.subjects.size(), {});
    fitted_.weak.assign(plan_.subjects.size(), {});
    const auto is_unit = [&](std::size_t i) {
        return plan_.rulebook.subjects[plan_.subjects[i].subject].domain == Domain::unit;
    };
    for (std::size_t i = 0; i < plan_.subjects.size(); ++i) {
        if (!is_unit(i)) continue;
        fitted_.unit_scores[i] = fitted(plan_.subjects[i].scores, unit_binding_, is_actual);
        ranges.take(fitted_.unit_scores[i]);
        for (const WeakReason& reason : plan_.rulebook.subjects[plan_.subjects[i].subject].weak_reasons)
            weak_bits.highest |= reason.bit;
    }
    result_.units = room_for_some(input_.tree.size(), ranges);
    result_.units.weak_bits = Numbers(input_.tree.size(), weak_bits);
    result_.units.is_weak = Numbers(input_.tree.size(), {0, 1});
    unit_binding_.set(result_.units);
    for (std::size_t i = 0; i < plan_.subjects.size(); ++i)
        if (is_unit(i) && !plan_.rulebook.subjects[plan_.subjects[i].subject].weak_reasons.empty())
            fitted_.weak[i] = fitted(plan_.subjects[i].weak, unit_binding_, is_actual);
    fitted_.unit_sums = fitted(plan_.unit_sums, unit_binding_, is_actual);
    fitted_.unit_counts = fitted(plan_.unit_counts, unit_binding_, is_actual);
}

void Judgement::score_members(Bench& bench, const Rows& rows) {
    if (member_subject_ == nullptr || rows.count == 0) return;
    bench.members->run(rows, sinks_of(result_.members));
    member_binding_.mark_missing(*member_subject_, rows, result_.members);
    copy_classes(rows, result_.members);
}

void Judgement::score_units(Bench& bench, std::int64_t kind, const Rows& rows) {
    const SubjectPlan* subject = plan_.find_unit_subject(kind);
    if (subject == nullptr || rows.count == 0) return;
    bench.units[plan_.place_of(*subject)]->run(rows, sinks_of(result_.units));
    unit_binding_.mark_missing(*subject, rows, result_.units);
    copy_classes(rows, result_.units);
}

void Judgement::settle(Bench& bench, const SubjectPlan& plan, std::int32_t group, std::int64_t kind,
                       const Rows& rows) {
    const Subject& subject = plan_.rulebook.subjects[plan.subject];
    const std::size_t place = plan_.place_of(plan);
    Scores& scores = subject.domain == Domain::member ? result_.members : result_.units;
    CapOutcome outcome = bench.caps.apply(*subject.cap, below_[place], rows, *rankings_[place], scores);
    outcome.subject = plan.subject;
    outcome.group = group;
    outcome.kind = kind;
    bench.outcomes.push_back(outcome);
}

void Judgement::cap_members_of(Bench& bench, std::int32_t unit) {
    if (member_subject_ == nullptr) return;
    const std::optional<Cap>& cap = plan_.rulebook.subjects[member_subject_->subject].cap;
    if (!cap || !is_sibling_cap(*cap)) return;
    const auto at = static_cast<std::size_t>(unit);
    const Rows rows = order_->rows(at, at + 1);
    if (rows.count > 0) settle(bench, *member_subject_, unit, 0, rows);
}

void Judgement::cap_siblings(Bench& bench, std::span<const std::int32_t> siblings, std::int32_t parent) {
    for (const SubjectPlan& plan : plan_.subjects) {
        const Subject& subject = plan_.rulebook.subjects[plan.subject];
        if (subject.domain != Domain::unit || !subject.cap || !is_sibling_cap(*subject.cap)) continue;
        const bool is_by_kind = subject.cap->group == CapGroup::parent_and_kind;
        std::vector<std::int32_t>& group = bench.group;
        group.clear();
        const auto settle_group = [&](std::int64_t kind) {
            if (!group.empty()) settle(bench, plan, parent, kind, {group.data(), 0, group.size()});
            group.clear();
        };
        for (const std::int64_t kind : subject.kinds) {
            for (const std::int32_t at : siblings)
                if (input_.tree.kind[static_cast<std::size_t>(at)] == kind) group.push_back(at);
            if (is_by_kind) settle_group(kind);
        }
        settle_group(0);
    }
}

bool Judgement::has_late_member_cap() const {
    if (member_subject_ == nullptr) return false;
    const std::optional<Cap>& cap = plan_.rulebook.subjects[member_subject_->subject].cap;
    return cap && !is_sibling_cap(*cap);
}

std::vector<std::int32_t> Judgement::late_groups(const SubjectPlan& subject) const {
    const Cap& cap = *plan_.rulebook.subjects[subject.subject].cap;
    if (cap.group == CapGroup::ancestor) return nearest_of_kind(input_.tree, cap.ancestor_kind);
    return std::vector<std::int32_t>(input_.tree.size(), -1);
}

void Judgement::cap_late_members(Bench& bench) {
    const std::vector<std::int32_t> by_unit = late_groups(*member_subject_);
    std::vector<std::int32_t> keys(input_.member_units.size());
    for (std::size_t i = 0; i < keys.size(); ++i)
        keys[i] = by_unit[static_cast<std::size_t>(input_.member_units[i])];
    const Groups groups = group_rows(order_->all(), keys, input_.tree.size());
    for (std::int32_t key = -1; key < static_cast<std::int32_t>(input_.tree.size()); ++key)
        if (const Rows rows = groups.group(key); rows.count > 0)
            settle(bench, *member_subject_, key, 0, rows);
}

void Judgement::cap_late_units(Bench& bench, std::int64_t kind) {
    const SubjectPlan& subject = *plan_.find_unit_subject(kind);
    const std::vector<std::int32_t> keys = late_groups(subject);
    std::vector<std::int32_t> units;
    for (std::size_t at = 0; at < input_.tree.size(); ++at)
        if (input_.tree.kind[at] == kind) units.push_back(static_cast<std::int32_t>(at));
    const Groups groups = group_rows({units.data(), 0, units.size()}, keys, input_.tree.size());
    for (std::int32_t key = -1; key < static_cast<std::int32_t>(input_.tree.size()); ++key)
        if (const Rows rows = groups.group(key); rows.count > 0) settle(bench, subject, key, kind, rows);
}

void Judgement::find_weak(Bench& bench, std::span<const std::int32_t> units) {
    const std::array sinks{Sink{result_.units.weak_bits.view()}, Sink{result_.units.is_weak.view()}};
    for (std::size_t i = 0; i < plan_.subjects.size(); ++i) {
        if (bench.weak[i] == nullptr) continue;
        bench.group.clear();
        for (const std::int32_t at : units)
            if (plan_.find_unit_subject(input_.tree.kind[static_cast<std::size_t>(at)]) == &plan_.subjects[i])
                bench.group.push_back(at);
        bench.weak[i]->run({bench.group.data(), 0, bench.group.size()}, sinks);
    }
}

void Judgement::add_children(std::int32_t parent, std::vector<std::int32_t>& children) const {
    const std::int32_t end = input_.tree.end[static_cast<std::size_t>(parent)];
    for (std::int32_t child = parent + 1; child < end;
         child = input_.tree.end[static_cast<std::size_t>(child)])
        children.push_back(child);
}

std::vector<WeakUnit> Judgement::list_weak() const {
    std::vector<WeakUnit> list;
    for (std::size_t at = 0; at < input_.tree.size(); ++at)
        if (result_.units.is_weak[at] != 0)
            list.push_back(
                {static_cast<std::int32_t>(at), result_.units.score[at], result_.units.weak_bits[at]});
    const auto key = [&](const WeakUnit& unit) {
        const auto at = static_cast<std::size_t>(unit.position);
        return std::tuple(input_.tree.kind[at], unit.score, input_.units.ids[at]);
    };
    std::sort(list.begin(), list.end(),
              [&](const WeakUnit& a, const WeakUnit& b) { return key(a) < key(b); });
    return list;
}

Result Judgement::take_result(std::vector<CapOutcome> caps) {
    result_.caps = std::move(caps);
    result_.weak = list_weak();
    result_.aggregates = sums_->take_aggregates();
    result_.aggregates.ids = input_.units.ids;
    result_.rollup = sums_->take_rollup();
    result_.rollup.ids = input_.units.ids;
    return std::move(result_);
}

}  // namespace gw::evaluation
