// The facts of a year as columns, gathered from the records of all capabilities by the names a rulebook asks
// for.
#pragma once
#include "classification/classification.h"
#include "evaluation/evaluate.h"

namespace gw::classification {

// Everything that one evaluation needs. Units are those of the tree that the rulebook judges, in pre-order;
// members are the probationary and full ones, by id.
struct YearFacts {
    Date as_of{};
    evaluation::Tree tree;
    evaluation::Table units;
    evaluation::Table members;
    std::vector<std::int32_t> member_units;  // position of each member's unit
    std::int64_t members_left_out = 0;       // their unit no longer stands, or nobody judges it

    evaluation::Evaluation input() const { return {tree, units, members, member_units}; }
};

// What counts, and until when: everything from the first of January to `as_of`. Meetings are due once in each
// whole month, and one with a thematic part once in each whole quarter, in which the unit stood; a month or
// quarter that has not ended counts when it was met already. Tasks count that were due by `as_of`, visits
// that were made by then. A unit's months run to the end of the year, a member's months to `as_of`. Refused
// as review() says.
YearFacts collect_facts(const Call& call, std::int64_t year, const evaluation::Rulebook& rulebook);

}  // namespace gw::classification
