// Who may see an inspection, and a line of a list about it.
#pragma once
#include "inspections/inspections.h"

namespace gw::inspections {

bool is_deciding(const Call& call, UnitId body);
bool is_object(const Call& call, const Inspection& inspection);
// Of the team or the deciding body.
bool is_inspecting(const Call& call, const Inspection& inspection);
// For the object the inspection exists once a paper was delivered, and in time for its own report.
bool is_readable(const Call& call, const Inspection& inspection);
Inspection get_readable(const Call& call, InspectionId inspection_id);
// The same, forbidden to the object.
Inspection get_inspecting(const Call& call, InspectionId inspection_id);
// True once its findings were noted, or its conclusion delivered.
bool has_found(const Call& call, const Inspection& inspection);
// The papers that the reader may see.
std::vector<Paper> readable_papers(const Call& call, const Inspection& inspection);
InspectionLine line_of(const Call& call, const Inspection& inspection);
ProgrammeEntry entry_of(const Call& call, const ProgrammeLine& line);

}  // namespace gw::inspections
