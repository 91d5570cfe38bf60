#include <algorithm>
#include <map>
#include <set>

#include "consolidation/consolidation_parts.h"
#include "consolidation/consolidation_rules.h"
#include "consolidation/consolidation_store.h"
#include "members/members.h"
#include "organisation/organisation.h"

namespace gw::consolidation {

namespace {

std::string helper_name_of(const Call& call, const Case& about) {
    if (!about.helper_member_id) return {};
    const auto helper = members::find_member(call.db, *about.helper_member_id);
    return helper ? helper->full_name : std::string();
}

Progress progress_of(const Call& call, const Case& about, const CaseCounts& counts) {
    return {helper_name_of(call, about), counts.measures, counts.measures_done, counts.exit_conditions,
            counts.accepted};
}

}  // namespace

std::optional<UnitId> unit_above(const Call& call, UnitId unit_id) {
    const auto position = call.tree->find(unit_id);
    if (!position || call.tree->at(*position).parent < 0) return std::nullopt;
    return call.tree->at(call.tree->at(*position).parent).id;
}

std::string name_of(const Call& call, UnitId unit_id) {
    const auto position = call.tree->find(unit_id);
    return position ? call.tree->at(*position).name : std::string();
}

bool is_of_unit(const Call& call, UnitId unit_id) {
    const auto home = call.tree->find(call.actor.home_unit_id), unit = call.tree->find(unit_id);
    return home && unit && call.tree->is_within(*home, call.tree->reach(*unit));
}

bool is_helper(const Call& call, const Case& about) {
    return call.actor.member_id != MemberId{} && about.helper_member_id == call.actor.member_id;
}

namespace {

std::vector<CaseVisit> visits_since(const Call& call, const Case& about) {
    const Date until = about.closed_on.value_or(call.today);
    std::vector<CaseVisit> visits;
    for (visits::Visit& visit : visits::visits_of(call.db, about.unit_id, about.proposed_on, until))
        visits.push_back({visit.id, visit.visited_on, visit.kind, std::move(visit.group_name), visit.score});
    std::ranges::stable_sort(visits, std::ranges::greater(), &CaseVisit::visited_on);
    return visits;
}

}  // namespace

CaseStory story_of(const Call& call, const Case& about, const Setting& setting) {
    CaseStory story;
    story.about = about;
    story.unit_name = name_of(call, about.unit_id);
    const auto above = unit_above(call, about.unit_id);
    if (above) story.parent_name = name_of(call, *above);
    story.helper_name = helper_name_of(call, about);
    story.cause_keys = causes_of(call.db, about.id);
    story.signs_before = signs_of(call.db, about.id, about.proposed_on);
    const UnitId only[] = {about.unit_id};
    story.signs_today = find_signs(call, only, setting)[about.unit_id];
    story.steps = steps_of(call.db, about.id);
    story.measures = measures_of(call.db, about.id);
    for (const ExitCondition& item : exit_conditions_of(call.db, about.id)) {
        const auto figure = figure_of(call, about, item, story.measures);
        story.exit_conditions.push_back({item, figure, is_met(item, figure)});
    }
    if (call.actor.may("visits.read", about.unit_id)) story.visits = visits_since(call, about);
    const bool helps = call.actor.may("consolidation.help", about.unit_id);
    story.may_decide = above && call.actor.may("consolidation.decide", *above);
    story.may_help = helps && about.state == State::open;
    story.may_note =
        (helps || is_helper(call, about)) && (about.state == State::open || about.state == State::watched);
    story.may_report = (helps || call.actor.may("consolidation.report", about.unit_id)) &&
                       (about.state == State::open || about.state == State::watched);
    story.may_accept = about.state == State::open && !is_helper(call, about) &&
                       !is_of_unit(call, about.unit_id) &&
                       call.actor.may("consolidation.accept", about.unit_id);
    return story;
}

CaseStory show(const Call& call, const CaseKey& request, const Setting& setting) {
    const auto about = find_case(call.db, request.case_id);
    if (!about || (!call.actor.may("consolidation.read", about->unit_id) && !is_helper(call, *about)))
        refuse_unknown("case_id");
    return story_of(call, *about, setting);
}

WeakList list(const Call& call, const WithinKey& request, const Setting& setting) {
    WeakList answer = list_all(call, request, setting);
    std::int64_t with_signs = 0;
    std::erase_if(answer.units,
                  [&](const WeakUnit& unit) { return !unit.on_list && ++with_signs > most_with_signs; });
    return answer;
}

WeakList list_all(const Call& call, const WithinKey& request, const Setting& setting) {
    const auto selection =
        organisation::select_units(call, "consolidation.read", std::nullopt, request.within);
    WeakList answer;
    std::vector<UnitId> unit_ids;
    for (const Reach& range : selection.ranges)
        for (int at = range.first; at < range.end; ++at)
            if (is_at_the_base(*call.tree, at)) unit_ids.push_back(call.tree->at(at).id);
    auto signs = find_signs(call, unit_ids, setting);

    std::map<UnitId, Case> running;
    for (const Case& about : running_cases(call.db)) {
        if (!selection.holds(*call.tree, about.unit_id)) continue;
        running.emplace(about.unit_id, about);
        if (about.state == State::open) ++answer.movement.on_list;
        if (about.state == State::watched) ++answer.movement.watched;
    }
    std::map<ConsolidationId, CaseCounts> counts;
    for (const CaseCounts& row : counts_of_running(call.db)) counts.emplace(row.case_id, row);
    for (const UnitId unit_id : unit_ids) {
        const auto about = running.find(unit_id);
        WeakUnit unit;
        unit.unit_id = unit_id;
        unit.signs = std::move(signs[unit_id]);
        if (about != running.end()) {
            unit.on_list = about->second;
            unit.progress = progress_of(call, about->second, counts[about->second.id]);
        }
        if (unit.signs.empty() && !unit.on_list) continue;
        if (!unit.on_list) ++answer.with_signs_count;
        unit.unit_name = name_of(call, unit_id);
        const auto above = unit_above(call, unit_id);
        if (above) unit.parent_name = name_of(call, *above);
        unit.may_propose = above && !unit.on_list && call.actor.may("consolidation.propose", unit_id);
        answer.units.push_back(std::move(unit));
    }
    std::stable_sort(answer.units.begin(), answer.units.end(),
                     [](const WeakUnit& a, const WeakUnit& b) { return a.signs.size() > b.signs.size(); });

    std::map<ConsolidationId, Case> entered;
    for (const Case& about : entered_cases(call.db))
        if (selection.holds(*call.tree, about.unit_id)) entered.emplace(about.id, about);
    for (const Step& step : moves(call.db)) {
        if (step.acted_on.year() != call.today.year() || !entered.contains(step.case_id)) continue;
        if (step.act == Act::put) ++answer.movement.entered;
        if (step.act == Act::leave) ++answer.movement.left;
        if (step.act == Act::relapse) ++answer.movement.relapsed;
    }
    return answer;
}

Survival survival(const Call& call, const SurvivalKey& request) {
    const auto selection =
        organisation::select_units(call, "consolidation.read", std::nullopt, request.within);
    std::optional<std::set<ConsolidationId>> with_cause;
    if (request.cause_key) {
        with_cause.emplace();
        for (const CaseCause& row : cases_with(call.db, *request.cause_key)) with_cause->insert(row.case_id);
    }
    std::map<ConsolidationId, Date> first_left;
    for (const Step& step : moves(call.db))
        if (step.act == Act::leave) first_left.emplace(step.case_id, step.acted_on);

    Survival answer;
    std::vector<Stay> stays;
    std::set<ConsolidationId> counted;
    for (const Case& about : entered_cases(call.db)) {
        if (!selection.holds(*call.tree, about.unit_id)) continue;
        if (with_cause && !with_cause->contains(about.id)) continue;
        counted.insert(about.id);
        const auto left = first_left.find(about.id);
        const bool has_left = left != first_left.end();
        stays.push_back(
            {day_number(has_left ? left->second : call.today) - day_number(*about.entered_on), has_left});
        answer.left += has_left ? 1 : 0;
        answer.relapsed += about.relapse_count > 0 ? 1 : 0;
    }
    answer.entered = static_cast<std::int64_t>(stays.size());
    for (const std::int64_t months : {3, 6, 12}) answer.after.push_back(left_by(stays, months));

    std::map<std::string, std::set<ConsolidationId>> by_remedy;
    for (const Measure& measure : measures_with_remedy(call.db))
        if (counted.contains(measure.case_id)) by_remedy[*measure.remedy_key].insert(measure.case_id);
    for (const auto& [key, case_ids] : by_remedy) {
        RemedyCount count{key, 0, static_cast<std::int64_t>(case_ids.size())};
        for (const ConsolidationId id : case_ids) count.left += first_left.contains(id) ? 1 : 0;
        answer.remedies.push_back(std::move(count));
    }
    std::stable_sort(answer.remedies.begin(), answer.remedies.end(),
                     [](const RemedyCount& a, const RemedyCount& b) { return a.left > b.left; });
    return answer;
}

}  // namespace gw::consolidation
