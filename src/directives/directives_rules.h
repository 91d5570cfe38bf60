// Decisions about directives that need no database.
#pragma once
#include "directives/directives.h"
#include "organisation/tree.h"

namespace gw::directives {

// Everything wrong with the wording and the days of a directive to be sent.
Problems problems_in(const SendDirective& request, Date today);
// True when `there` is what `request` asks for: the same directive sent twice.
bool is_same(const Directive& there, std::span<const Scope> scopes, const SendDirective& request);
// The first day on which a unit urged on `urged_on` may be urged again, when that is not today.
std::optional<Date> next_urge_on(const std::optional<Date>& urged_on, Date today);
// Positions of the units with members at or below the scopes, each once, in order.
std::vector<int> reached_units(const organisation::Tree& tree, std::span<const Scope> scopes);
// How a unit stands: by its answer, by the meeting that discussed it, or by the day.
UnitStanding standing_of(const Directive& directive, const Answer* answer,
                         const meetings::CarriedOn* discussed, Date today);
void count(Counts& counts, const UnitStanding& unit);

}  // namespace gw::directives
