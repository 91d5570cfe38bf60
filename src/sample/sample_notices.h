// What the people of the sample found in their inbox, and the rules by which some cells meet.
#pragma once
#include "platform/call.h"

namespace gw {
class Texts;
}

namespace gw::sample {

// The cells of the commune of a cell meet by a rule from what each has planned next.
void start_series_beside(const Call& call, UnitId cell_id);
// What of the year its cell, its office and its members were told; what is old they have read.
void tell_of_year(const Call& call, UnitId cell_id, const Texts& texts);

}  // namespace gw::sample
