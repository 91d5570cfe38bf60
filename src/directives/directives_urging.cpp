#include <algorithm>
#include <set>

#include "directives/directives.h"
#include "directives/directives_parts.h"
#include "directives/directives_rules.h"
#include "directives/directives_store.h"
#include "platform/checks.h"
#include "platform/json/json.h"
#include "platform/text.h"

namespace gw::directives {

namespace {

UrgedUnit urged_unit(const UnitStanding& unit, Date today) {
    return {unit.unit_id, unit.unit_name, unit.late_days, next_urge_on(unit.urged_on, today)};
}

// The late units: those named, or all.
Urging late_units(const Call& call, const Directive& directive, const UrgeUnits& request) {
    const std::set<UnitId> named(request.unit_ids.begin(), request.unit_ids.end());
    std::set<UnitId> late;
    Urging urging;
    for (const UnitStanding& unit : standings(call, directive)) {
        if (unit.standing != Standing::late) continue;
        late.insert(unit.unit_id);
        if (!named.empty() && !named.contains(unit.unit_id)) continue;
        UrgedUnit line = urged_unit(unit, call.today);
        (line.possible_on ? urging.left_out : urging.reached).push_back(std::move(line));
    }
    Problems problems;
    for (std::size_t i = 0; i < request.unit_ids.size(); ++i)
        if (!late.contains(request.unit_ids[i]))
            problems.push_back({"unit_ids/" + std::to_string(i), "directives.not_late"});
    refuse_if(problems);
    return urging;
}

// What an act that was sent before has done.
Urging urging_of(const Call& call, const Directive& directive, std::span<const DirectiveUrge> urges) {
    std::set<UnitId> urged;
    for (const DirectiveUrge& urge : urges) urged.insert(urge.unit_id);
    Urging urging;
    for (const UnitStanding& unit : standings(call, directive))
        if (urged.contains(unit.unit_id))
            urging.reached.push_back({unit.unit_id, unit.unit_name, unit.late_days, {}});
    return urging;
}

}  // namespace

Urging urge(const Call& call, const UrgeUnits& request, const Setting& setting) {
    const Directive directive = get_directive(call, request.directive_id);
    call.require("directives.send", directive.unit_id);
    if (request.id)
        if (const auto urges = urges_of_act(call.db, *request.id); !urges.empty()) {
            if (urges.front().directive_id != directive.id || urges.front().urged_by != call.actor.account_id)
                throw Refusal(Reason::conflict, Problem{"id", "directives.id_taken"});
            return urging_of(call, directive, urges);
        }
    require_in_force(call, directive);
    Problems problems;
    check_length(problems, "note", request.note.value_or(""));
    refuse_if(problems);
    Urging urging = late_units(call, directive, request);
    if (urging.reached.empty() && urging.left_out.empty())
        throw Refusal(Reason::conflict, Problem{"", "directives.nobody_late"});
    if (urging.reached.empty()) {
        Date possible = *urging.left_out.front().possible_on;
        for (const UrgedUnit& unit : urging.left_out) possible = std::min(possible, *unit.possible_on);
        throw Refusal(Reason::conflict,
                      Problem{"", "directives.urged_this_week", {{"day", to_text(possible)}}});
    }

    const DirectiveUrgeId urging_id = request.id ? *request.id : call.new_id<DirectiveUrgeId>();
    std::vector<DirectiveUrge> urges;
    for (const UrgedUnit& unit : urging.reached)
        urges.push_back({call.new_id<DirectiveUrgeId>(), urging_id, directive.id, unit.unit_id, call.today,
                         call.now, call.actor.account_id, std::string(trimmed(request.note.value_or("")))});
    call.db.insert_all("directive_urges", std::span<const DirectiveUrge>(urges));
    for (const DirectiveUrge& urge : urges) {
        call.record("directive.urged", directive.id, urge.unit_id, to_json(urge));
        call.announce("directives", urge.unit_id);
        if (setting.tell_urged) setting.tell_urged(call, directive, urge);
    }
    return urging;
}

}  // namespace gw::directives
