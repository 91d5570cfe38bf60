// The parts of an explanation: one subject's own numbers, its cap group, and the search for changes.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "evaluation/binding.h"
#include "evaluation/cap.h"
#include "evaluation/explain.h"
#include "evaluation/plan.h"

namespace gw::evaluation {

// Everything that an explanation says about a row by itself: facts, criteria, deductions, gates, score and
// class before the cap. final_class is left at the class before the cap.
Explanation explain_alone(const Plan& plan, const SubjectPlan& subject, const Binding& binding,
                          const Table& table, std::size_t row);

// A fact or aggregate as it stands in a row.
FactReason fact_at(const Plan& plan, const Environment& environment, const Binding& binding,
                   const std::string& key, std::size_t row);

// The others of a cap group, ready to be asked where a row would stand among them.
class Rivals {
public:
    Rivals(const Cap& cap, std::int64_t below, std::vector<std::int32_t> rows, std::int32_t row,
           const Ranking& ranking, const Scores& scores);

    // The class that the row would end with, had it this class before the cap and this key.
    std::int64_t final_class(std::int64_t pre_class, const std::vector<std::int64_t>& key) const;
    // Base, limit, rank and neighbours as they are.
    CapReason reason(const Table& table, const Scores& scores) const;

private:
    const Cap& cap_;
    std::int64_t below_;
    std::int32_t row_;
    const Ranking& ranking_;
    std::int64_t own_pre_class_;
    std::int64_t base_of_others_ = 0;
    std::vector<std::int32_t> candidates_;  // others of the capped class, best first
    std::vector<std::vector<std::int64_t>> keys_;
};

// The smallest single changes of facts and aggregates that give another class. `rivals` and `ranking` may be
// nullptr when no cap applies.
std::vector<SingleChange> find_changes(const Plan& plan, const SubjectPlan& subject, const Binding& binding,
                                       std::size_t row, std::int64_t final_class, const Rivals* rivals,
                                       const Ranking* ranking);

}  // namespace gw::evaluation
