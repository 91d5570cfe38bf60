#include <algorithm>

#include "members/members.h"
#include "month_board/month_board_parts.h"
#include "month_board/month_board_store.h"
#include "platform/checks.h"
#include "platform/json/json.h"

namespace gw::month_board {

namespace {

constexpr std::int64_t urges_shown = 12;

std::string secretary_of(const Call& call, UnitId unit_id) {
    for (const members::Person& person : members::people_of(call.db, unit_id, call.today))
        if (person.office == members::Office::secretary) return person.full_name;
    return "";
}

UrgedCell cell_of(const Call& call, const View& view, std::size_t cell) {
    const auto& tree = *view.kept().tree;
    const auto& unit = tree.at(view.kept().cells[cell]);
    return {unit.id, unit.name, unit.parent >= 0 ? tree.at(unit.parent).name : "",
            secretary_of(call, unit.id), view.next_urge_on(cell)};
}

// The late cells below a unit: those named, or all.
std::vector<std::size_t> meant_cells(const View& view, UnitId unit_id, std::span<const UnitId> named) {
    const auto& kept = view.kept();
    const auto [first, end] = kept.cells_within(kept.tree->reach(kept.tree->get(unit_id)));
    std::vector<std::size_t> meant;
    if (named.empty()) {
        for (std::size_t cell = first; cell < end; ++cell)
            if (view.standing(cell).state == MonthState::late) meant.push_back(cell);
        return meant;
    }
    Problems problems;
    for (std::size_t i = 0; i < named.size(); ++i) {
        const auto position = kept.tree->find(named[i]);
        const auto cell = position ? kept.find_cell(*position) : std::nullopt;
        const std::string field = "cells/" + std::to_string(i);
        if (!cell || *cell < first || *cell >= end) problems.push_back({field, "month_board.not_below"});
        else if (view.standing(*cell).state != MonthState::late)
            problems.push_back({field, "month_board.not_late", {{"unit", kept.tree->at(*position).name}}});
        else meant.push_back(*cell);
    }
    refuse_if(problems);
    std::sort(meant.begin(), meant.end());
    meant.erase(std::unique(meant.begin(), meant.end()), meant.end());
    return meant;
}

Urging look_at(const Call& call, const View& view, std::span<const std::size_t> meant) {
    Urging urging;
    for (const std::size_t cell : meant) {
        UrgedCell line = cell_of(call, view, cell);
        (line.possible_on ? urging.left_out : urging.reached).push_back(std::move(line));
    }
    return urging;
}

// What an act that was sent before has done.
Urging urging_of(const Call& call, std::span<const Urge> urges) {
    Urging urging;
    for (const Urge& urge : urges) {
        const auto position = call.tree->find(urge.unit_id);
        if (!position) continue;
        const auto& unit = call.tree->at(*position);
        urging.reached.push_back({unit.id,
                                  unit.name,
                                  unit.parent >= 0 ? call.tree->at(unit.parent).name : "",
                                  secretary_of(call, unit.id),
                                  {}});
    }
    return urging;
}

}  // namespace

Urging preview_urging(const Call& call, const ShowBoard& request, Months& months) {
    call.tree->get(request.unit_id);
    call.require("month_board.urge", request.unit_id);
    const Date month = asked_month(call, request.month);
    const auto kept = months.find(call, month);
    const View view = view_of(call, *kept, month);
    return look_at(call, view, meant_cells(view, request.unit_id, {}));
}

Urging urge_cells(const Call& call, const UrgeCells& request, Months& months, const TellUrged& tell) {
    call.tree->get(request.unit_id);
    call.require("month_board.urge", request.unit_id);
    if (request.id)
        if (const auto urges = urges_of_act(call.db, *request.id); !urges.empty()) {
            if (urges.front().urged_by != call.actor.account_id)
                throw Refusal(Reason::conflict, Problem{"id", "month_board.id_taken"});
            return urging_of(call, urges);
        }
    Problems problems;
    check_length(problems, "note", request.note.value_or(""));
    refuse_if(problems);
    const Date month = asked_month(call, request.month);
    const auto kept = months.find(call, month);
    const View view = view_of(call, *kept, month);
    const std::vector<std::size_t> meant = meant_cells(view, request.unit_id, request.cells);
    if (meant.empty()) throw Refusal(Reason::conflict, Problem{"", "month_board.nobody_late"});
    Urging urging = look_at(call, view, meant);
    if (urging.reached.empty()) {
        Date possible = *urging.left_out.front().possible_on;
        for (const UrgedCell& cell : urging.left_out) possible = std::min(possible, *cell.possible_on);
        throw Refusal(Reason::conflict,
                      Problem{"", "month_board.urged_this_week", {{"day", to_text(possible)}}});
    }
    const UrgeId urging_id = request.id ? *request.id : call.new_id<UrgeId>();
    std::vector<Urge> urges;
    for (const UrgedCell& cell : urging.reached)
        urges.push_back({call.new_id<UrgeId>(), urging_id, cell.unit_id, request.unit_id, month, call.today,
                         call.now, call.actor.account_id, call.actor.name,
                         std::string(trimmed(request.note.value_or("")))});
    add_urges(call.db, urges);
    for (const Urge& urge : urges) {
        call.record("urge.sent", urge.id, urge.unit_id, to_json(urge));
        call.announce("month_board", urge.unit_id);
        if (tell) tell(call, urge);
    }
    return urging;
}

UnitUrges urges_of(const Call& call, const UnitKey& request) {
    call.tree->get(request.unit_id);
    call.require("meetings.read", request.unit_id);
    UnitUrges page;
    for (Urge& urge : urges_of_unit(call.db, request.unit_id, urges_shown)) {
        const auto from = call.tree->find(urge.from_unit_id);
        page.urges.push_back({std::move(urge), from ? call.tree->at(*from).name : ""});
    }
    return page;
}

}  // namespace gw::month_board
