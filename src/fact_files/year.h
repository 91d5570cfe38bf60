// A year as three tables of facts: the tree of units, the facts of the units and those of the members.
#pragma once
#include <string>
#include <vector>

#include "evaluation/standing.h"
#include "fact_files/findings.h"
#include "fact_files/progress.h"

namespace gw::fact_files {

struct YearFiles {
    std::string units;         // unit_id, parent_id (-1 or empty: none), kind (its number in the rulebook)
    std::string unit_facts;    // unit_id and every fact of units
    std::string member_facts;  // member_id, cell_id or unit_id, and every fact of members
};

// Everything in the order that an evaluation is fastest in: units in pre-order, the members of a unit side by
// side, in the order of the file within their unit.
using Year = evaluation::Population;

// Reads the facts that the rulebooks ask for, one of which may be given twice. Adds to `findings` what is
// wrong in all three files: what cannot be read, unknown and repeated ids, cycles, facts outside their range,
// units that are to be judged and have no facts. Runs on the threads of the arena it is called in.
Year read_year(const std::vector<const evaluation::Rulebook*>& rulebooks, const YearFiles& files,
               Findings& findings, Progress& progress);

}  // namespace gw::fact_files
