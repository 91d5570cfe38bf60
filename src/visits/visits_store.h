// The tables of visits and advice items. What others may ask of them stands in visits.h.
#pragma once
#include "visits/visits.h"

namespace gw::visits {

std::vector<AdviceItem> advice_items_of(Db& db, VisitId visit_id);
// What the actor may see of the findings of a visit.
std::vector<findings::Finding> findings_of(const Call& call, VisitId visit_id);

// `unit_ids` are numbers with commas between, or nothing for all units; by day, after the row given.
std::vector<AdviceItem> list_advice_items(Db& db, const std::optional<std::string>& unit_ids,
                                          const std::optional<AdviceState>& state,
                                          const std::optional<AdviceItem>& after, std::size_t count);

}  // namespace gw::visits
