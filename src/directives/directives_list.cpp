#include <algorithm>
#include <unordered_map>

#include "directives/directives.h"
#include "directives/directives_parts.h"
#include "directives/directives_rules.h"
#include "directives/directives_store.h"
#include "organisation/tree.h"
#include "platform/checks.h"

namespace gw::directives {

namespace {

constexpr std::int64_t most_listed = 200;

std::string name_of(const Call& call, UnitId unit_id) {
    const auto position = call.tree->find(unit_id);
    return position ? call.tree->at(*position).name : std::string();
}

// The unit and everything above it: whoever sends to one of these reaches it.
std::vector<UnitId> path_to(const Call& call, UnitId unit_id) {
    std::vector<UnitId> path;
    const auto position = call.tree->find(unit_id);
    if (position)
        for (const int each : call.tree->path(*position)) path.push_back(call.tree->at(each).id);
    return path;
}

DirectiveLine line_without_counts(const Call& call, const Directive& directive) {
    DirectiveLine line;
    line.directive = directive;
    line.sender_name = name_of(call, directive.unit_id);
    line.is_in_force = is_in_force(directive, call.today);
    line.may_send = call.actor.may("directives.send", directive.unit_id);
    return line;
}

bool may_read_unit(int position, const std::vector<Reach>& reaches) {
    return std::any_of(reaches.begin(), reaches.end(),
                       [&](const Reach& reach) { return position >= reach.first && position < reach.end; });
}

}  // namespace

std::vector<UnitStanding> standings(const Call& call, const Directive& directive, const Setting& setting) {
    std::unordered_map<UnitId, Work> plans, items;
    for (const tasks::UnitWork& unit :
         tasks::count_by_unit(call.db, tasks::Origin::directive, tasks::OriginId{directive.id.number}))
        plans.emplace(unit.unit_id, Work{unit.open + unit.done, unit.done});
    if (setting.items_citing)
        for (const UnitWork& unit : setting.items_citing(call, directive.id))
            items.emplace(unit.unit_id, unit.work);
    const std::unordered_map<UnitId, Date> urged = last_urges(call.db, directive.id);
    std::unordered_map<UnitId, Answer> answers;
    for (Answer& answer : answers_to(call.db, directive.id))
        if (answer.kind != AnswerKind::planned || plans.contains(answer.unit_id))
            answers.emplace(answer.unit_id, std::move(answer));
    std::unordered_map<UnitId, meetings::CarriedOn> discussed;
    if (directive.kind == Kind::reminder)
        for (const meetings::CarriedOn& carried : meetings::agendas_with(
                 call.db, meetings::SourceKind::reminder, meetings::SourceId{directive.id.number}))
            discussed.emplace(carried.unit_id, carried);
    const std::vector<Reach> readable = call.actor.reach("directives.read");
    std::vector<UnitStanding> units;
    for (const int position : reached_units(*call.tree, scopes_of(call.db, directive.id))) {
        const UnitId unit_id = call.tree->at(position).id;
        if (!may_read_unit(position, readable) && !call.actor.may("directives.read", unit_id)) continue;
        const auto answer = answers.find(unit_id);
        const auto carried = discussed.find(unit_id);
        UnitStanding unit =
            named(call,
                  standing_of(directive, answer == answers.end() ? nullptr : &answer->second,
                              carried == discussed.end() ? nullptr : &carried->second, call.today),
                  unit_id);
        if (const auto plan = plans.find(unit_id); plan != plans.end()) unit.plan = plan->second;
        if (const auto cited = items.find(unit_id); cited != items.end()) unit.items = cited->second;
        if (const auto last = urged.find(unit_id); last != urged.end()) unit.urged_on = last->second;
        units.push_back(std::move(unit));
    }
    std::stable_sort(units.begin(), units.end(), [](const UnitStanding& one, const UnitStanding& other) {
        return (one.standing == Standing::late) > (other.standing == Standing::late);
    });
    return units;
}

namespace {

bool may_see(const Call& call, const Directive& directive) {
    if (call.actor.may("directives.read", directive.unit_id)) return true;
    const std::vector<int> reached = reached_units(*call.tree, scopes_of(call.db, directive.id));
    return std::any_of(reached.begin(), reached.end(), [&](int position) {
        return call.actor.may("directives.read", call.tree->at(position).id);
    });
}

}  // namespace

Directive get_readable(const Call& call, DirectiveId directive_id, std::string_view field) {
    const auto directive = find_directive(call.db, directive_id);
    if (!directive || !may_see(call, *directive)) refuse_unknown(std::string(field));
    return *directive;
}

UnitStanding named(const Call& call, UnitStanding standing, UnitId unit_id) {
    standing.unit_id = unit_id;
    standing.unit_name = name_of(call, unit_id);
    if (const auto position = call.tree->find(unit_id))
        if (const int parent = call.tree->at(*position).parent; parent >= 0)
            standing.parent_name = call.tree->at(parent).name;
    return standing;
}

DirectiveLine line_of(const Call& call, const Directive& directive) {
    DirectiveLine line = line_without_counts(call, directive);
    for (const UnitStanding& unit : standings(call, directive)) count(line.counts, unit);
    return line;
}

Directives list(const Call& call, const ListDirectives& request) {
    if (request.unit_id && request.sent_by)
        throw Refusal(Reason::invalid, Problem{"unit_id", "directives.one_of_two"});
    const UnitId unit_id = request.sent_by   ? *request.sent_by
                           : request.unit_id ? *request.unit_id
                                             : call.actor.home_unit_id;
    const int position = call.tree->get(unit_id, request.sent_by ? "sent_by" : "unit_id");
    call.require("directives.read", unit_id);
    const bool has_members = !request.sent_by && call.tree->kind_of(position).has_members;
    Directives answer;
    for (const Directive& directive : request.sent_by
                                          ? directives_from(call.db, unit_id, most_listed)
                                          : directives_to(call.db, path_to(call, unit_id), most_listed)) {
        if (request.in_force && is_in_force(directive, call.today) != *request.in_force) continue;
        DirectiveLine line = line_without_counts(call, directive);
        for (UnitStanding& unit : standings(call, directive)) {
            if (has_members && unit.unit_id == unit_id) line.own = unit;
            count(line.counts, unit);
        }
        answer.directives.push_back(std::move(line));
    }
    return answer;
}

DirectiveLine show(const Call& call, const DirectiveKey& request) {
    return line_of(call, get_readable(call, request.directive_id, "directive_id"));
}

Progress progress(const Call& call, const ProgressKey& request, const Setting& setting) {
    const Directive directive = get_readable(call, request.directive_id, "directive_id");
    const std::size_t size = page_size(request.limit);
    const auto offset = static_cast<std::size_t>(std::max<std::int64_t>(0, request.offset.value_or(0)));
    Progress answer;
    std::vector<UnitStanding> chosen;
    const bool may_urge =
        is_in_force(directive, call.today) && call.actor.may("directives.send", directive.unit_id);
    for (UnitStanding& unit : standings(call, directive, setting)) {
        count(answer.counts, unit);
        answer.carried_out.total += unit.plan.total + unit.items.total;
        answer.carried_out.done += unit.plan.done + unit.items.done;
        if (unit.standing == Standing::late) {
            const bool is_urged = next_urge_on(unit.urged_on, call.today).has_value();
            answer.urged_late += is_urged ? 1 : 0;
            answer.may_urge += may_urge && !is_urged ? 1 : 0;
        }
        if (!request.standing || unit.standing == *request.standing) chosen.push_back(std::move(unit));
    }
    for (std::size_t i = offset; i < chosen.size() && i < offset + size; ++i)
        answer.units.push_back(std::move(chosen[i]));
    if (offset + size < chosen.size()) answer.next_offset = static_cast<std::int64_t>(offset + size);
    return answer;
}

bool reaches(const Call& call, DirectiveId directive_id, UnitId unit_id) {
    const std::vector<UnitId> path = path_to(call, unit_id);
    const auto position = call.tree->find(unit_id);
    if (!position || !call.tree->kind_of(*position).has_members) return false;
    for (const Scope& scope : scopes_of(call.db, directive_id))
        if (std::find(path.begin(), path.end(), scope.unit_id) != path.end()) return true;
    return false;
}

std::vector<UnitId> units_reached(const Call& call, DirectiveId directive_id) {
    std::vector<UnitId> units;
    for (const int position : reached_units(*call.tree, scopes_of(call.db, directive_id)))
        units.push_back(call.tree->at(position).id);
    return units;
}

UnitId require_reader(const Call& call, DirectiveId directive_id) {
    return get_readable(call, directive_id, "thing_id").unit_id;
}

bool is_readable(const Call& call, DirectiveId directive_id) {
    const auto directive = find_directive(call.db, directive_id);
    return directive && may_see(call, *directive);
}

UnitId require_sender(const Call& call, DirectiveId directive_id) {
    const UnitId unit_id = require_reader(call, directive_id);
    call.require("directives.send", unit_id);
    return unit_id;
}

std::vector<meetings::AgendaProposal> agenda_of_directives(const Call& call, UnitId unit_id, Date day) {
    std::vector<meetings::AgendaProposal> proposals;
    const std::vector<UnitId> path = path_to(call, unit_id);
    if (path.empty()) return proposals;
    std::optional<std::vector<meetings::SourceId>> discussed;
    for (const AskedDirective& directive : unanswered_directives(call.db, path, unit_id, day)) {
        const meetings::SourceId source{directive.id.number};
        if (directive.is_planned && find_valid_answer(call, directive.id, unit_id)) continue;
        const bool is_reminder = directive.kind == Kind::reminder;
        if (is_reminder) {
            if (!discussed)
                discussed = meetings::sources_carried(call.db, unit_id, meetings::SourceKind::reminder);
            if (std::find(discussed->begin(), discussed->end(), source) != discussed->end()) continue;
        }
        const std::string number = directive.number_text.empty() ? "" : directive.number_text + ": ";
        proposals.push_back({number + directive.title,
                             is_reminder ? meetings::SourceKind::reminder : meetings::SourceKind::directive,
                             source});
    }
    return proposals;
}

}  // namespace gw::directives
