// What the operations on directives share.
#pragma once
#include "directives/directives.h"

namespace gw::directives {

// The directive with the counts of the units the reader may read.
DirectiveLine line_of(const Call& call, const Directive& directive);
// Every unit reached that the reader may read, as it stands, the latest first.
std::vector<UnitStanding> standings(const Call& call, const Directive& directive,
                                    const Setting& setting = {});
// The answer of a unit that counts: a plan without a task left is none.
std::optional<Answer> find_valid_answer(const Call& call, DirectiveId directive_id, UnitId unit_id);
// The directive, to those who may see it; not_found under the field otherwise.
Directive get_readable(const Call& call, DirectiveId directive_id, std::string_view field);
Directive get_directive(const Call& call, DirectiveId directive_id);
// Refuses (conflict) when it is no longer in force.
void require_in_force(const Call& call, const Directive& directive);
// The same standing with the names of its unit.
UnitStanding named(const Call& call, UnitStanding standing, UnitId unit_id);

}  // namespace gw::directives
