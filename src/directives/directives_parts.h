// What the operations on directives share.
#pragma once
#include "directives/directives.h"

namespace gw::directives {

// The directive with the counts of the units the reader may read.
DirectiveLine line_of(const Call& call, const Directive& directive);
// The same standing with the names of its unit.
UnitStanding named(const Call& call, UnitStanding standing, UnitId unit_id);

}  // namespace gw::directives
