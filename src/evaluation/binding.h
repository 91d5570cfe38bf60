// Binds a table to the numbered columns of a domain: says where each column is read, what a missing value
// counts as, and refuses what lies outside the declared ranges. It copies nothing.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "evaluation/plan.h"

namespace gw::evaluation {

class Binding {
public:
    // Reads facts by name from `table`; with `aggregates` given, aggregates come from there, otherwise they
    // are read by name from `table` as well. Both must outlive the binding. Check `problems` before use.
    Binding(const Plan& plan, Domain domain, const Table& table, const Table* aggregates = nullptr);

    // Tells where a column made by the engine stands, or narrows what a column is known to hold.
    void set(Environment::Own which, const Numbers& values);
    // Tells so of score, classes, state and weakness.
    void set(const Scores& scores);
    void set_range(std::int64_t column, const Range& range);
    // Looks again where the values of a fact stand. Returns whether they stand elsewhere than before.
    bool refresh(std::size_t fact, const Column& column);
    // From now on facts may take any value of their declared range.
    void allow_declared();

    std::span<const Source> columns() const { return sources_; }
    const Source& source(std::int64_t column) const { return sources_[static_cast<std::size_t>(column)]; }
    std::int64_t at(std::int64_t column, std::size_t row) const { return source(column).at(row); }
    bool is_given(std::size_t fact, std::size_t row) const {
        const Source& source = sources_[fact];
        return source.values.first != nullptr && (source.given == nullptr || source.given[row] != 0);
    }
    // Whether a value that `subject` requires may be missing in some row.
    bool has_gaps(const SubjectPlan& subject) const;
    const Problems& problems() const { return problems_; }

    // Marks rows of a subject that lack a required fact: class 0, score 0, state facts_missing. A row that is
    // exempt stays exempt.
    void mark_missing(const SubjectPlan& subject, const Rows& rows, Scores& scores) const;

private:
    void check_range(const Column& column, const Range& range);
    void bind_fact(std::size_t place, const Table& table);
    void bind_aggregate(std::size_t place, const Table& table, const Table* aggregates);

    const Plan& plan_;
    const Environment& environment_;
    std::string table_name_;
    std::vector<Source> sources_;  // by column of the environment
    bool is_declared_ = false;
    Problems problems_;
};

// The name of a domain in problems: "member", "unit", "meeting".
const char* name_of(Domain domain);

}  // namespace gw::evaluation
