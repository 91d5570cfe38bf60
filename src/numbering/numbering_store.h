// The tables of numbering. Private to numbering.
#pragma once
#include "numbering/numbering.h"

namespace gw::numbering {

// The days on which terms of exactly this unit begin, the newest first.
std::vector<Date> term_days(Db& db, UnitId unit_id);
// False when the day is there already.
bool keep_term(Db& db, const BeginTerm& term);
// Takes the next number of a series.
std::int64_t take_number(Db& db, UnitId unit_id, Kind kind, Date term_begins_on);

}  // namespace gw::numbering
