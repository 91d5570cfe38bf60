// Decisions about findings that need no database.
#pragma once
#include "findings/findings.h"
#include "organisation/tree.h"

namespace gw::findings {

// Everything wrong with the words and days of a finding noted on `day`.
Problems problems_in(const FindingToNote& note, Date day, const std::string& place);
// True for people who come from the unit or from below it: they cannot judge it from outside.
bool is_of_unit(const organisation::Tree& tree, UnitId home_unit_id, UnitId unit_id);
// A finding is late when its day passed before it was remedied.
bool is_late(const Finding& finding, Date today);
// The first day on which the effect of a remedy may be checked.
Date check_from(const Finding& finding, int days_until_check);
// True while a closed finding that is seen again is the same one, open again.
bool may_come_back(const Finding& finding, Date day);
// The finding, open again on `day` until `due_on`: what was said of the old remedy is in its steps.
Finding reopened(Finding finding, Date day, Date due_on);

}  // namespace gw::findings
