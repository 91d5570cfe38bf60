// Weak units, their plans and steps in the database.
#pragma once
#include "consolidation/consolidation.h"

namespace gw::consolidation {

std::optional<Case> find_case(Db& db, ConsolidationId case_id);
std::optional<Case> find_running(Db& db, UnitId unit_id);  // neither refused nor closed
std::vector<Case> running_cases(Db& db);
std::vector<Case> open_cases(Db& db);
std::vector<Case> open_cases_of_helper(Db& db, MemberId member_id);
std::vector<Case> entered_cases(Db& db);  // every one that was put on the list
std::vector<Case> watches_over(Db& db, Date day);

struct CaseCounts {
    ConsolidationId case_id;
    std::int64_t measures = 0, measures_done = 0, exit_conditions = 0, accepted = 0;
};
BOOST_DESCRIBE_STRUCT(CaseCounts, (), (case_id, measures, measures_done, exit_conditions, accepted))
std::vector<CaseCounts> counts_of_running(Db& db);

std::vector<Step> steps_of(Db& db, ConsolidationId case_id);
// Those of the acts that move units on and off the list, oldest first.
std::vector<Step> moves(Db& db);

std::vector<Sign> signs_of(Db& db, ConsolidationId case_id, Date noted_on);
void add_signs(Db& db, ConsolidationId case_id, Date noted_on, std::span<const Sign> signs);

std::vector<Measure> measures_of(Db& db, ConsolidationId case_id);
std::vector<Measure> measures_with_remedy(Db& db);
void remove_open_measures(Db& db, ConsolidationId case_id);

std::vector<ExitCondition> exit_conditions_of(Db& db, ConsolidationId case_id);

struct CaseCause {
    ConsolidationId case_id;
    std::string cause_key;
};
BOOST_DESCRIBE_STRUCT(CaseCause, (), (case_id, cause_key))
std::vector<std::string> causes_of(Db& db, ConsolidationId case_id);
std::vector<CaseCause> cases_with(Db& db, const std::string& cause_key);
void keep_causes(Db& db, ConsolidationId case_id, std::span<const std::string> cause_keys);

std::vector<Cause> all_causes(Db& db);
std::vector<Remedy> all_remedies(Db& db);

}  // namespace gw::consolidation
