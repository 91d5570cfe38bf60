// Decisions about inspections that need no database.
#pragma once
#include <set>

#include "inspections/inspections.h"

namespace gw::inspections {

Problems problems_in(const PlanLine& request);
Problems problems_in(const DecideInspection& request, Date today);
// Verification minutes are written only when something had to be verified.
bool is_needed(std::int64_t number);
// The phase of a paper.
Phase phase_of(std::int64_t number);
// The first phase of which a paper is missing; closing lasts until the body closes the inspection.
Phase phase_of(const Inspection& inspection, const std::set<std::int64_t>& written);
std::optional<Date> due_on(const Inspection& inspection, Phase phase);
// True for papers that the object gets; the others stay with the team and the body.
bool is_for_object(std::int64_t number);
// The last day of the month of a line.
Date ends_on(const ProgrammeLine& line);
bool is_late(const ProgrammeLine& line, Date today);

}  // namespace gw::inspections
