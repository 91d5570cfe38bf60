#include "evaluation/binding.h"

#include <algorithm>

namespace gw::evaluation {
namespace {

Source constant(std::int64_t value) {
    Source source;
    source.filler = value;
    source.range = {value, value};
    return source;
}

}  // namespace

const char* name_of(Domain domain) {
    return domain == Domain::member ? "member" : domain == Domain::unit ? "unit" : "meeting";
}

Binding::Binding(const Plan& plan, Domain domain, const Table& table, const Table* aggregates)
    : plan_(plan), environment_(plan.environment(domain)), table_name_(name_of(domain)) {
    sources_.assign(environment_.columns(), constant(0));
    for (std::size_t place = 0; place < environment_.facts.size(); ++place) bind_fact(place, table);
    for (std::size_t place = 0; place < environment_.aggregates.size(); ++place)
        bind_aggregate(place, table, aggregates);
}

void Binding::set(Environment::Own which, const Numbers& values) {
    sources_[static_cast<std::size_t>(environment_.own(which))] = {values.view(), nullptr, 0, values.range()};
}

void Binding::set(const Scores& scores) {
    set(Environment::score, scores.score);
    set(Environment::pre_class, scores.pre_class);
    set(Environment::final_class, scores.final_class);
    set(Environment::state, scores.state);
    set(Environment::is_weak, scores.is_weak);
}

void Binding::set_range(std::int64_t column, const Range& range) {
    sources_[static_cast<std::size_t>(column)].range = range;
}

void Binding::check_range(const Column& column, const Range& range) {
    if (range.holds(column.values.range())) return;
    std::size_t outside = 0;
    std::size_t first = 0;
    for (std::size_t row = 0; row < column.values.size(); ++row) {
        if (range.holds(column.values[row]) || (!column.given.empty() && column.given[row] == 0)) continue;
        if (outside++ == 0) first = row;
    }
    if (outside == 0) return;
    problems_.push_back({table_name_, column.name, static_cast<std::int64_t>(first),
                         std::to_string(column.values[first]) + " is not within " +
                             std::to_string(range.lowest) + " to " + std::to_string(range.highest) +
                             (outside > 1 ? "; so in " + std::to_string(outside) + " rows" : "")});
}

void Binding::bind_fact(std::size_t place, const Table& table) {
    const Fact& fact = plan_.rulebook.facts[environment_.facts[place]];
    const Column* column = table.find(fact.key);
    if (column != nullptr && (column->values.size() != table.rows() ||
                              (!column->given.empty() && column->given.size() != table.rows()))) {
        problems_.push_back(
            {table_name_, fact.key, -1, "the column has another number of rows than the table has ids"});
        column = nullptr;
    }
    if (column != nullptr) {
        refresh(place, *column);
        check_range(*column, {fact.lowest, fact.highest});
        return;
    }
    sources_[place] = constant(fact.filler());
    sources_[static_cast<std::size_t>(environment_.given(place))] = constant(0);
}

void Binding::allow_declared() {
    is_declared_ = true;
    for (std::size_t place = 0; place < environment_.facts.size(); ++place) {
        const Fact& fact = plan_.rulebook.facts[environment_.facts[place]];
        sources_[place].range = {fact.lowest, fact.highest};
    }
}

bool Binding::refresh(std::size_t place, const Column& column) {
    const Fact& fact = plan_.rulebook.facts[environment_.facts[place]];
    const std::uint8_t* mask = column.given.empty() ? nullptr : column.given.data();
    const std::int64_t filler = fact.filler();
    Range range = column.values.range();
    if (mask != nullptr) range = {std::min(range.lowest, filler), std::max(range.highest, filler)};
    // Values that are not given may stand outside: they are never read.
    range = {std::max(range.lowest, fact.lowest), std::min(range.highest, fact.highest)};
    // A column without rows says 0, which the fact may not allow.
    if (range.lowest > range.highest) range = {filler, filler};
    if (is_declared_) range = {fact.lowest, fact.highest};
    const Source before = sources_[place];
    sources_[place] = {column.values.view(), mask, filler, range};
    sources_[static_cast<std::size_t>(environment_.given(place))] =
        mask == nullptr ? constant(1) : Source{{mask, Width::u8}, nullptr, 0, {0, 1}};
    return before.values.first != column.values.view().first ||
           before.values.width != column.values.width() || before.given != mask;
}

void Binding::bind_aggregate(std::size_t place, const Table& table, const Table* aggregates) {
    const std::size_t of = environment_.aggregates[place];
    const Column* column =
        (aggregates != nullptr ? *aggregates : table).find(plan_.rulebook.aggregates[of].key);
    if (column == nullptr || column->values.size() != table.rows()) return;
    Source& source = sources_[static_cast<std::size_t>(environment_.aggregate(place))];
    source = {column->values.view(), nullptr, 0, plan_.aggregate_ranges[of]};
    // Sums made by the engine are within their ranges; those that come with a table may not be.
    if (aggregates == nullptr) check_range(*column, plan_.aggregate_ranges[of]);
}

bool Binding::has_gaps(const SubjectPlan& subject) const {
    return std::any_of(subject.required.begin(), subject.required.end(), [&](std::size_t fact) {
        return sources_[fact].values.first == nullptr || sources_[fact].given != nullptr;
    });
}

void Binding::mark_missing(const SubjectPlan& subject, const Rows& rows, Scores& scores) const {
    if (!has_gaps(subject)) return;
    for (std::size_t i = 0; i < rows.count; ++i) {
        const auto row = static_cast<std::size_t>(rows[i]);
        const bool is_complete = std::all_of(subject.required.begin(), subject.required.end(),
                                             [&](std::size_t fact) { return is_given(fact, row); });
        if (is_complete || scores.state[row] == static_cast<std::int64_t>(State::exempt)) continue;
        scores.state.set(row, static_cast<std::int64_t>(State::facts_missing));
        scores.score.set(row, 0);
        scores.maximum.set(row, 0);
        scores.pre_class.set(row, 0);
    }
}

}  // namespace gw::evaluation
