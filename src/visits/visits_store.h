// The tables of visits, advice items and findings. What others may ask of them stands in visits.h.
#pragma once
#include "visits/visits.h"

namespace gw::visits {

std::optional<Finding> find_finding(Db& db, FindingId finding_id);
std::vector<AdviceItem> advice_items_of(Db& db, VisitId visit_id);
std::vector<Finding> findings_of(Db& db, VisitId visit_id);

// `unit_ids` are numbers with commas between, or nothing for all units; by day, after the row given.
std::vector<AdviceItem> list_advice_items(Db& db, const std::optional<std::string>& unit_ids,
                                          const std::optional<AdviceState>& state,
                                          const std::optional<AdviceItem>& after, std::size_t count);
std::vector<Finding> list_findings(Db& db, const std::optional<std::string>& unit_ids,
                                   const std::optional<FindingState>& state,
                                   const std::optional<Finding>& after, std::size_t count);

}  // namespace gw::visits
