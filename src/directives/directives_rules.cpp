#include "directives/directives_rules.h"

#include <algorithm>

#include "platform/checks.h"

namespace gw::directives {

bool is_in_force(const Directive& directive, Date day) {
    return directive.sent_on <= day && (!directive.ended_on || *directive.ended_on > day) &&
           (!directive.expires_on || *directive.expires_on >= day);
}

Problems problems_in(const SendDirective& request, Date today) {
    Problems problems;
    check_text(problems, "title", request.title);
    check_length(problems, "number_text", request.number_text, 60);
    check_length(problems, "summary", request.summary, longest_paragraph);
    check_day(problems, "concrete_by", request.concrete_by);
    if (request.concrete_by < today) problems.push_back({"concrete_by", "directives.day_is_over"});
    if (request.expires_on) {
        check_day(problems, "expires_on", *request.expires_on);
        if (*request.expires_on < request.concrete_by)
            problems.push_back({"expires_on", "directives.expires_too_soon"});
    }
    return problems;
}

bool is_same(const Directive& there, std::span<const Scope> scopes, const SendDirective& request) {
    std::vector<UnitId> asked = request.unit_ids;
    if (asked.empty()) asked.push_back(request.unit_id);
    std::sort(asked.begin(), asked.end());
    asked.erase(std::unique(asked.begin(), asked.end()), asked.end());
    return there.unit_id == request.unit_id && there.kind == request.kind && there.title == request.title &&
           there.summary == request.summary && there.concrete_by == request.concrete_by &&
           std::equal(scopes.begin(), scopes.end(), asked.begin(), asked.end(),
                      [](const Scope& scope, UnitId unit_id) { return scope.unit_id == unit_id; });
}

std::optional<Date> next_urge_on(const std::optional<Date>& urged_on, Date today) {
    if (!urged_on) return std::nullopt;
    const Date next = date_of(day_number(*urged_on) + days_between_urges);
    return next > today ? std::optional(next) : std::nullopt;
}

std::vector<int> reached_units(const organisation::Tree& tree, std::span<const Scope> scopes) {
    std::vector<int> positions;
    for (const Scope& scope : scopes) {
        const auto top = tree.find(scope.unit_id);
        if (!top) continue;
        const Reach reach = tree.reach(*top);
        for (int position = reach.first; position < reach.end; ++position)
            if (tree.kind_of(position).has_members) positions.push_back(position);
    }
    std::sort(positions.begin(), positions.end());
    positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
    return positions;
}

UnitStanding standing_of(const Directive& directive, const Answer* answer,
                         const meetings::CarriedOn* discussed, Date today) {
    UnitStanding unit;
    Date until = directive.ended_on ? std::min(today, *directive.ended_on) : today;
    if (answer) {
        unit.standing = answer->kind == AnswerKind::refused ? Standing::refused : Standing::concrete;
        unit.is_planned = answer->kind == AnswerKind::planned;
        unit.answered_on = answer->answered_on;
        unit.resolution_item_id = answer->resolution_item_id;
        unit.reason = answer->reason;
        until = answer->answered_on;
    } else if (discussed) {
        unit.standing = Standing::discussed;
        unit.answered_on = discussed->meets_on;
        unit.meeting_id = discussed->meeting_id;
        until = discussed->meets_on;
    }
    if (until > directive.concrete_by) {
        unit.late_days = day_number(until) - day_number(directive.concrete_by);
        if (unit.standing == Standing::open) unit.standing = Standing::late;
    }
    return unit;
}

void count(Counts& counts, const UnitStanding& unit) {
    ++counts.reached;
    counts.concrete += unit.standing == Standing::concrete || unit.standing == Standing::discussed;
    counts.refused += unit.standing == Standing::refused;
    counts.late += unit.standing == Standing::late;
}

}  // namespace gw::directives
