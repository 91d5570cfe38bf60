// Binds a table to the numbered columns of a domain: fills what is missing, refuses what lies outside the
// declared ranges.
#pragma once
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "evaluation/plan.h"

namespace gw::evaluation {

class Binding {
public:
    // Reads facts by name from `table`; with `aggregates` given, aggregates come from there, otherwise they
    // are read by name from `table` as well. Both must outlive the binding. Check `problems` before use.
    Binding(const Plan& plan, Domain domain, const Table& table, const Table* aggregates = nullptr);

    // Tells where the values of a column made by the engine stand.
    void set(Environment::Own which, const std::int64_t* values);

    std::span<const std::int64_t* const> columns() const { return columns_; }
    const std::int64_t* column(std::int64_t number) const {
        return columns_[static_cast<std::size_t>(number)];
    }
    bool is_given(std::size_t fact, std::size_t row) const {
        return masks_[fact] == nullptr || masks_[fact][row] != 0;
    }
    bool has_gaps(std::size_t fact) const { return masks_[fact] != nullptr; }
    const Problems& problems() const { return problems_; }

    // Marks rows of a subject that lack a required fact: class 0, score 0, state facts_missing. A row that is
    // exempt stays exempt.
    void mark_missing(const SubjectPlan& subject, std::span<const std::int32_t> rows, Scores& scores) const;

private:
    void check_range(const Column& column, const Range& range, const std::uint8_t* mask);
    void bind_fact(std::size_t place, const Table& table);
    void bind_given(std::size_t place, std::size_t rows);

    const Plan& plan_;
    const Environment& environment_;
    std::string table_name_;
    std::vector<const std::int64_t*> columns_;
    std::vector<const std::uint8_t*> masks_;  // by fact; nullptr when every value is given
    std::deque<std::vector<std::int64_t>> filled_;
    std::vector<std::uint8_t> none_;
    Problems problems_;
};

// The name of a domain in problems: "member", "unit", "meeting".
const char* name_of(Domain domain);

}  // namespace gw::evaluation
