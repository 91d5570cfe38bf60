#include "inspections/inspections_rules.h"

#include "platform/checks.h"

namespace gw::inspections {

Problems problems_in(const PlanLine& request) {
    Problems problems;
    check_year(problems, "year", request.year);
    if (request.month < 1 || request.month > 12) problems.push_back({"month", "inspections.no_such_month"});
    check_text(problems, "theme", request.theme);
    return problems;
}

Problems problems_in(const DecideInspection& request, Date today) {
    Problems problems;
    check_text(problems, "theme", request.theme);
    check_text(problems, "content", request.content, longest_paragraph);
    check_length(problems, "method", request.method.value_or(""), longest_paragraph);
    check_text(problems, "decision_number", request.decision_number);
    check_past_day(problems, "decided_on", request.decided_on.value_or(today), today);
    check_day(problems, "period_from", request.period_from);
    check_day(problems, "period_until", request.period_until);
    if (request.period_until < request.period_from)
        problems.push_back({"period_until", "inspections.ends_before_it_begins"});
    int leaders = 0;
    std::set<AccountId> named;
    for (std::size_t i = 0; i < request.team.size(); ++i) {
        const TeamChoice& person = request.team[i];
        const std::string place = "team/" + std::to_string(i) + "/";
        leaders += person.part == Part::leader;
        check_length(problems, place + "duty", person.duty.value_or(""));
        if (!named.insert(person.account_id).second)
            problems.push_back({place + "account_id", "inspections.named_twice"});
    }
    if (leaders != 1) problems.push_back({"team", "inspections.one_leader"});
    return problems;
}

bool is_needed(std::int64_t number) { return number != verification; }

Phase phase_of(std::int64_t number) {
    return number <= 4 ? Phase::prepare : number <= 8 ? Phase::conduct : Phase::close;
}

Phase phase_of(const Inspection& inspection, const std::set<std::int64_t>& written) {
    if (inspection.closed_on) return Phase::closed;
    if (inspection.cancelled_on) return Phase::cancelled;
    for (std::int64_t number = 1; number <= 8; ++number)
        if (is_needed(number) && !written.contains(number)) return phase_of(number);
    return Phase::close;
}

std::optional<Date> due_on(const Inspection& inspection, Phase phase) {
    switch (phase) {
        case Phase::prepare: return inspection.prepare_by;
        case Phase::conduct: return inspection.conduct_by;
        case Phase::close: return inspection.close_by;
        default: return std::nullopt;
    }
}

bool is_for_object(std::int64_t number) {
    switch (number) {
        case 2:
        case 8:
        case 9:
        case 12: return false;
        default: return true;
    }
}

Date ends_on(const ProgrammeLine& line) {
    return std::chrono::year{static_cast<int>(line.year)} /
           std::chrono::month{static_cast<unsigned>(line.month)} / std::chrono::last;
}

bool is_late(const ProgrammeLine& line, Date today) { return ends_on(line) < today; }

}  // namespace gw::inspections
