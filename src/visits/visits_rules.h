// Decisions about visits that need no database.
#pragma once
#include "organisation/tree.h"
#include "visits/visits.h"

namespace gw::visits {

// Everything wrong with a visit to be recorded.
Problems problems_in(const RecordVisit& request, Date today);
// True for people who come from the unit or from below it: they cannot judge it from outside.
bool is_of_unit(const organisation::Tree& tree, UnitId home_unit_id, UnitId unit_id);
// True when `there` is what `request` asks for: the same visit sent twice.
bool is_same(const VisitRecord& there, const RecordVisit& request);

}  // namespace gw::visits
