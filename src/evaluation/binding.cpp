#include "evaluation/binding.h"

namespace gw::evaluation {

const char* name_of(Domain domain) {
    return domain == Domain::member ? "member" : domain == Domain::unit ? "unit" : "meeting";
}

Binding::Binding(const Plan& plan, Domain domain, const Table& table, const Table* aggregates)
    : plan_(plan), environment_(plan.environment(domain)), table_name_(name_of(domain)) {
    columns_.assign(environment_.columns(), nullptr);
    masks_.assign(environment_.facts.size(), nullptr);
    none_.assign(table.rows(), 0);
    for (std::size_t place = 0; place < environment_.facts.size(); ++place) bind_fact(place, table);
    for (std::size_t place = 0; place < environment_.aggregates.size(); ++place) {
        const Aggregate& aggregate = plan.rulebook.aggregates[environment_.aggregates[place]];
        const Column* column = (aggregates != nullptr ? *aggregates : table).find(aggregate.key);
        const auto number = static_cast<std::size_t>(environment_.aggregate(place));
        if (column != nullptr && column->values.size() == table.rows()) {
            columns_[number] = column->values.data();
            // Sums made by the engine are within their ranges; those that come with a table may not be.
            if (aggregates == nullptr)
                check_range(*column, plan.aggregate_ranges[environment_.aggregates[place]], nullptr);
        } else {
            filled_.emplace_back(table.rows(), 0);
            columns_[number] = filled_.back().data();
        }
    }
    for (const Environment::Own own : {Environment::score, Environment::pre_class, Environment::final_class,
                                       Environment::state, Environment::is_weak, Environment::kind}) {
        filled_.emplace_back(table.rows(), 0);
        set(own, filled_.back().data());
    }
}

void Binding::set(Environment::Own which, const std::int64_t* values) {
    columns_[static_cast<std::size_t>(environment_.own(which))] = values;
}

void Binding::check_range(const Column& column, const Range& range, const std::uint8_t* mask) {
    std::size_t outside = 0;
    std::size_t first = 0;
    for (std::size_t row = 0; row < column.values.size(); ++row) {
        const std::int64_t value = column.values[row];
        if ((value >= range.lowest && value <= range.highest) || (mask != nullptr && mask[row] == 0))
            continue;
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
    const std::size_t rows = table.rows();
    if (column != nullptr &&
        (column->values.size() != rows || (!column->given.empty() && column->given.size() != rows))) {
        problems_.push_back(
            {table_name_, fact.key, -1, "the column has another number of rows than the table has ids"});
        column = nullptr;
    }
    const std::int64_t filler = fact.when_missing.value_or(0);
    if (column == nullptr) {
        masks_[place] = none_.data();
        filled_.emplace_back(rows, filler);
        columns_[place] = filled_.back().data();
    } else {
        const std::uint8_t* mask = column->given.empty() ? nullptr : column->given.data();
        check_range(*column, {fact.lowest, fact.highest}, mask);
        columns_[place] = column->values.data();
        if (mask != nullptr) {
            masks_[place] = mask;
            filled_.push_back(column->values);
            for (std::size_t row = 0; row < rows; ++row)
                if (mask[row] == 0) filled_.back()[row] = filler;
            columns_[place] = filled_.back().data();
        }
    }
    bind_given(place, rows);
}

void Binding::bind_given(std::size_t place, std::size_t rows) {
    // Few formulas ask whether a fact is given; columns that nobody reads are not made.
    const std::int64_t number = environment_.given(place);
    const auto reads = [&](const Program& program) {
        for (const Program::Load& load : program.loads)
            if (load.column == number) return true;
        return false;
    };
    bool is_read =
        environment_.domain == Domain::member
            ? reads(plan_.member_sums)
            : environment_.domain == Domain::unit && (reads(plan_.unit_sums) || reads(plan_.unit_counts));
    for (const SubjectPlan& subject : plan_.subjects)
        if (plan_.rulebook.subjects[subject.subject].domain == environment_.domain)
            is_read = is_read || reads(subject.scores) || reads(subject.weak) || reads(subject.detail);
    if (!is_read) return;
    filled_.emplace_back(rows, 1);
    if (masks_[place] != nullptr)
        for (std::size_t row = 0; row < rows; ++row) filled_.back()[row] = masks_[place][row] != 0;
    columns_[static_cast<std::size_t>(number)] = filled_.back().data();
}

void Binding::mark_missing(const SubjectPlan& subject, std::span<const std::int32_t> rows,
                           Scores& scores) const {
    for (const std::size_t fact : subject.required) {
        const std::uint8_t* mask = masks_[fact];
        if (mask == nullptr) continue;
        for (const std::int32_t at : rows) {
            const auto row = static_cast<std::size_t>(at);
            if (mask[row] != 0 || scores.state[row] == static_cast<std::int64_t>(State::exempt)) continue;
            scores.state[row] = static_cast<std::int64_t>(State::facts_missing);
            scores.score[row] = 0;
            scores.maximum[row] = 0;
            scores.pre_class[row] = 0;
        }
    }
}

}  // namespace gw::evaluation
