// What the operations on weak units share.
#pragma once
#include <unordered_map>

#include "consolidation/consolidation.h"

namespace gw::consolidation {

// The signs of the units named, by the records of today.
std::unordered_map<UnitId, std::vector<Sign>> find_signs(const Call& call, std::span<const UnitId> unit_ids,
                                                         const Setting& setting);
std::optional<std::int64_t> figure_of(const Call& call, const Case& about, const ExitCondition& item,
                                      std::span<const Measure> measures);
// The weak list without its bound.
WeakList list_all(const Call& call, const WithinKey& request, const Setting& setting);
CaseStory story_of(const Call& call, const Case& about, const Setting& setting);
// The unit above; nothing at the root.
std::optional<UnitId> unit_above(const Call& call, UnitId unit_id);
std::string name_of(const Call& call, UnitId unit_id);
// Whether the actor comes from the unit or from below it.
bool is_of_unit(const Call& call, UnitId unit_id);
bool is_helper(const Call& call, const Case& about);
// Writes one act into the history of the case, the audit trail and the ears of who listens.
void add_step(const Call& call, const Case& about, Act act, const std::string& text);

}  // namespace gw::consolidation
