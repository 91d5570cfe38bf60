#include "evaluation/standing.h"

#include <tbb/task_arena.h>

#include <algorithm>
#include <limits>
#include <map>
#include <string>

#include "evaluation/judgement.h"

namespace gw::evaluation {
namespace {

// Stands behind every unit of a stage: the caps of the stage's kind that reach beyond siblings are due.
constexpr std::int32_t late_caps = std::numeric_limits<std::int32_t>::max();

// Cap groups that reach beyond siblings, found when the first change needs them.
struct LateGroups {
    std::vector<std::int32_t> keys;  // by row
    Groups groups;
};

}  // namespace

struct Standing::Bench {
    explicit Bench(const Judgement& judgement) : steps(judgement) {}
    Judgement::Bench steps;
    LateGroups members;
    std::map<std::int64_t, LateGroups> units;  // by kind
};

Standing::Standing(std::shared_ptr<const Plan> plan, Population population, unsigned threads)
    : plan_(std::move(plan)), population_(std::move(population)) {
    tbb::task_arena arena(static_cast<int>(std::max(1U, threads)));
    arena.execute([&] {
        judgement_ = std::make_unique<Judgement>(*plan_, population_.input(), Judgement::Fit::declared);
        if (judgement_->problems().empty()) caps_ = judge_everyone(*judgement_);
    });
    if (!judgement_->problems().empty()) return;
    bench_ = std::make_unique<Bench>(*judgement_);
    is_open_.assign(population_.tree.size(), 0);
    for (const WeakUnit& unit : judgement_->list_weak()) weak_.insert(weak_key(unit.position));
}

Standing::~Standing() = default;

const Problems& Standing::problems() const { return judgement_->problems(); }
const Scores& Standing::members() const { return judgement_->member_scores(); }
const Scores& Standing::units() const { return judgement_->unit_scores(); }
const Table& Standing::aggregates() const { return judgement_->sums().aggregates(); }
const Table& Standing::rollup() const { return judgement_->sums().rollup(); }

std::vector<WeakUnit> Standing::weak() const {
    std::vector<WeakUnit> list;
    for (const Weak& one : weak_) {
        const std::int32_t position = std::get<3>(one);
        list.push_back({position, std::get<1>(one), units().weak_bits[static_cast<std::size_t>(position)]});
    }
    return list;
}

Result Standing::result() const {
    Result result;
    result.members = members();
    result.units = units();
    result.aggregates = aggregates();
    result.rollup = rollup();
    result.aggregates.ids = result.rollup.ids = population_.units.ids;
    result.weak = weak();
    result.caps = caps_;
    return result;
}

Standing::Weak Standing::weak_key(std::int32_t unit) const {
    const auto at = static_cast<std::size_t>(unit);
    return {population_.tree.kind[at], units().score[at], population_.units.ids[at], unit};
}

std::optional<Problem> Standing::set_member_fact(std::size_t row, std::string_view fact,
                                                 std::optional<std::int64_t> value) {
    return set_fact(Domain::member, population_.members, row, fact, value);
}

std::optional<Problem> Standing::set_unit_fact(std::size_t position, std::string_view fact,
                                               std::optional<std::int64_t> value) {
    return set_fact(Domain::unit, population_.units, position, fact, value);
}

std::optional<Problem> Standing::set_fact(Domain domain, Table& table, std::size_t row, std::string_view fact,
                                          std::optional<std::int64_t> value) {
    const Environment& environment = plan_->environment(domain);
    const auto found = environment.fact_numbers.find(std::string(fact));
    const auto refused = [&](std::string message) {
        return Problem{name_of(domain), std::string(fact), static_cast<std::int64_t>(row),
                       std::move(message)};
    };
    if (found == environment.fact_numbers.end()) return refused("the rulebook has no such fact");
    if (row >= table.rows()) return refused("there is no such row");
    const auto place = static_cast<std::size_t>(found->second);
    const Fact& of = plan_->rulebook.facts[environment.facts[place]];
    if (value && !Range{of.lowest, of.highest}.holds(*value))
        return refused(std::to_string(*value) + " is not within " + std::to_string(of.lowest) + " to " +
                       std::to_string(of.highest));
    if (domain == Domain::unit) {
        score_again(static_cast<std::int32_t>(row));
        write(domain, table, place, row, value);
    } else {
        const auto member = static_cast<std::int32_t>(row);
        const std::int32_t unit = population_.member_units[row];
        score_again(unit);
        judgement_->sums().move_member(bench_->steps.member_sums, member, unit, -1);
        write(domain, table, place, row, value);
        judgement_->score_members(bench_->steps, {nullptr, member, 1});
        cap_members_with(member);
        judgement_->sums().move_member(bench_->steps.member_sums, member, unit, 1);
    }
    carry_upwards();
    return std::nullopt;
}

void Standing::write(Domain domain, Table& table, std::size_t place, std::size_t row,
                     std::optional<std::int64_t> value) {
    const std::string& key = plan_->rulebook.facts[plan_->environment(domain).facts[place]].key;
    auto column = std::find_if(table.columns.begin(), table.columns.end(),
                               [&](const Column& one) { return one.name == key; });
    if (column == table.columns.end()) {
        table.columns.push_back({key, Numbers(table.rows()), std::vector<std::uint8_t>(table.rows(), 0)});
        column = table.columns.end() - 1;
    }
    if (value) column->values.set(row, *value);
    else if (column->given.empty()) column->given.assign(table.rows(), 1);
    if (!column->given.empty()) column->given[row] = value.has_value();
    Binding& binding = domain == Domain::member ? judgement_->member_binding() : judgement_->unit_binding();
    // Rare: a value wider than any before, or the first that is not known.
    if (binding.refresh(place, *column)) bench_->steps = Judgement::Bench(*judgement_);
}

// Takes away what a unit counts for, before anything that it counts for changes.
void Standing::open(std::int32_t unit) {
    const auto at = static_cast<std::size_t>(unit);
    if (is_open_[at] != 0) return;
    is_open_[at] = 1;
    judgement_->sums().move_unit(bench_->steps.unit_sums, bench_->steps.unit_counts, unit, -1);
    if (units().is_weak[at] != 0) weak_.erase(weak_key(unit));
}

// Those above first: what they count for depends on the units below them.
void Standing::open_with_all_above(std::int32_t unit) {
    above_.clear();
    for (std::int32_t at = unit; at >= 0;) {
        above_.push_back(at);
        at = population_.tree.parent[static_cast<std::size_t>(at)];
        if (at < 0) break;
        waiting_.emplace(judgement_->stages().stage_of(at), at);
        if (is_open_[static_cast<std::size_t>(at)] != 0) break;
    }
    while (!above_.empty()) {
        open(above_.back());
        above_.pop_back();
    }
}

void Standing::score_again(std::int32_t unit) {
    open_with_all_above(unit);
    waiting_.emplace(judgement_->stages().stage_of(unit), unit);
}

void Standing::close(std::int32_t unit) {
    const auto at = static_cast<std::size_t>(unit);
    judgement_->find_weak(bench_->steps, {&unit, 1});
    judgement_->sums().move_unit(bench_->steps.unit_sums, bench_->steps.unit_counts, unit, 1);
    if (units().is_weak[at] != 0) weak_.insert(weak_key(unit));
    is_open_[at] = 0;
}

// The member was scored; the others of the cap group may keep or lose their class by it.
void Standing::cap_members_with(std::int32_t row) {
    const SubjectPlan* subject = judgement_->member_subject();
    if (subject == nullptr || !plan_->rulebook.subjects[subject->subject].cap) return;
    const auto unit = population_.member_units[static_cast<std::size_t>(row)];
    Rows group =
        judgement_->members().rows(static_cast<std::size_t>(unit), static_cast<std::size_t>(unit) + 1);
    std::int32_t key = unit;
    if (judgement_->has_late_member_cap()) {
        LateGroups& late = bench_->members;
        if (late.keys.empty()) {
            const std::vector<std::int32_t> by_unit = judgement_->late_groups(*subject);
            for (const std::int32_t of : population_.member_units)
                late.keys.push_back(by_unit[static_cast<std::size_t>(of)]);
            late.groups = group_rows(judgement_->members().all(), late.keys, population_.tree.size());
        }
        key = late.keys[static_cast<std::size_t>(row)];
        group = late.groups.group(key);
    }
    Numbers& classes = judgement_->member_scores().final_class;
    classes_before_.clear();
    for (std::size_t i = 0; i < group.count; ++i)
        classes_before_.push_back(classes[static_cast<std::size_t>(group[i])]);
    judgement_->settle(bench_->steps, *subject, key, 0, group);
    for (std::size_t i = 0; i < group.count; ++i) {
        const auto other = static_cast<std::size_t>(group[i]);
        const std::int64_t given = classes[other];
        if (group[i] == row || given == classes_before_[i]) continue;
        const std::int32_t of = population_.member_units[other];
        score_again(of);
        classes.set(other, classes_before_[i]);
        judgement_->sums().move_member(bench_->steps.member_sums, group[i], of, -1);
        classes.set(other, given);
        judgement_->sums().move_member(bench_->steps.member_sums, group[i], of, 1);
    }
}

// Scores what waits, stage by stage, as a full evaluation does.
void Standing::carry_upwards() {
    while (!waiting_.empty()) {
        const auto [stage, unit] = *waiting_.begin();
        waiting_.erase(waiting_.begin());
        const std::int64_t kind = judgement_->stages().list()[stage].kind;
        if (unit == late_caps) {
            settle_late(kind);
            continue;
        }
        settle_children(unit);
        judgement_->score_units(bench_->steps, kind, {nullptr, unit, 1});
        if (!is_capped_late(*plan_, kind)) continue;
        late_.push_back(unit);
        std::size_t last = stage;
        while (!judgement_->stages().list()[last].is_last_of_kind) ++last;
        waiting_.emplace(last, late_caps);
    }
    settle_children(-1);
    take_outcomes();
}

// The children of a unit are scored: those that were become final again, and so do those whose class changed
// because of them.
void Standing::settle_children(std::int32_t parent) {
    siblings_.clear();
    if (parent >= 0) judgement_->add_children(parent, siblings_);
    else
        for (std::size_t at = 0; at < population_.tree.size();
             at = static_cast<std::size_t>(population_.tree.end[at]))
            siblings_.push_back(static_cast<std::int32_t>(at));
    Numbers& classes = judgement_->unit_scores().final_class;
    classes_before_.clear();
    bool is_any_open = false;
    for (const std::int32_t unit : siblings_) {
        classes_before_.push_back(classes[static_cast<std::size_t>(unit)]);
        is_any_open = is_any_open || is_open_[static_cast<std::size_t>(unit)] != 0;
    }
    if (!is_any_open) return;
    judgement_->cap_siblings(bench_->steps, siblings_, parent);
    for (std::size_t i = 0; i < siblings_.size(); ++i) {
        const auto at = static_cast<std::size_t>(siblings_[i]);
        const std::int64_t given = classes[at];
        if (is_open_[at] == 0) {
            if (given == classes_before_[i]) continue;
            classes.set(at, classes_before_[i]);
            open(siblings_[i]);
            classes.set(at, given);
        }
        close(siblings_[i]);
    }
}

void Standing::settle_late(std::int64_t kind) {
    const SubjectPlan& subject = *plan_->find_unit_subject(kind);
    LateGroups& late = bench_->units[kind];
    if (late.keys.empty()) {
        late.keys = judgement_->late_groups(subject);
        std::vector<std::int32_t> units;
        for (std::size_t at = 0; at < population_.tree.size(); ++at)
            if (population_.tree.kind[at] == kind) units.push_back(static_cast<std::int32_t>(at));
        late.groups = group_rows({units.data(), 0, units.size()}, late.keys, population_.tree.size());
    }
    Numbers& classes = judgement_->unit_scores().final_class;
    std::set<std::int32_t> keys;
    for (const std::int32_t unit : late_) keys.insert(late.keys[static_cast<std::size_t>(unit)]);
    late_.clear();
    for (const std::int32_t key : keys) {
        const Rows group = late.groups.group(key);
        classes_before_.clear();
        for (std::size_t i = 0; i < group.count; ++i)
            classes_before_.push_back(classes[static_cast<std::size_t>(group[i])]);
        judgement_->settle(bench_->steps, subject, key, kind, group);
        for (std::size_t i = 0; i < group.count; ++i) {
            const auto at = static_cast<std::size_t>(group[i]);
            const std::int64_t given = classes[at];
            if (is_open_[at] != 0 || given == classes_before_[i]) continue;
            // It is not scored again, but its parent closes it and is.
            classes.set(at, classes_before_[i]);
            open_with_all_above(group[i]);
            classes.set(at, given);
        }
    }
}

void Standing::take_outcomes() {
    for (const CapOutcome& outcome : bench_->steps.outcomes)
        *std::lower_bound(caps_.begin(), caps_.end(), outcome) = outcome;
    bench_->steps.outcomes.clear();
}

}  // namespace gw::evaluation
