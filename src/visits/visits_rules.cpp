#include "visits/visits_rules.h"

#include "platform/checks.h"

namespace gw::visits {

Problems problems_in(const RecordVisit& request, Date today) {
    Problems problems;
    check_past_day(problems, "visited_on", request.visited_on, today);
    check_text(problems, "group_name", request.group_name);
    if (request.visitors) check_length(problems, "visitors", *request.visitors, longest_paragraph);
    if (request.strengths) check_length(problems, "strengths", *request.strengths, longest_paragraph);
    if (request.limits) check_length(problems, "limits", *request.limits, longest_paragraph);
    if (request.score && (*request.score < 0 || *request.score > 100))
        problems.push_back({"score", "visits.score_out_of_range"});
    if (request.kind == Kind::meeting_attended && !request.meeting_id)
        problems.push_back({"meeting_id", "visits.name_the_meeting"});
    for (std::size_t i = 0; i < request.advice_items.size(); ++i) {
        const AdviceToGive& advice = request.advice_items[i];
        const std::string place = "advice_items/" + std::to_string(i) + "/";
        check_text(problems, place + "text", advice.text, longest_paragraph);
        check_length(problems, place + "expected_change", advice.expected_change, longest_paragraph);
        check_day(problems, place + "check_on", advice.check_on);
        if (advice.check_on < request.visited_on)
            problems.push_back({place + "check_on", "visits.before_the_visit"});
    }
    return problems;
}

bool is_of_unit(const organisation::Tree& tree, UnitId home_unit_id, UnitId unit_id) {
    const auto home = tree.find(home_unit_id);
    const auto unit = tree.find(unit_id);
    return home && unit && tree.is_within(*home, tree.reach(*unit));
}

bool is_same(const VisitRecord& there, const RecordVisit& request) {
    const Visit& visit = there.visit;
    if (visit.unit_id != request.unit_id || visit.visited_on != request.visited_on ||
        visit.kind != request.kind || visit.group_name != request.group_name ||
        visit.score != request.score || there.advice_items.size() != request.advice_items.size() ||
        there.findings.size() != request.findings.size())
        return false;
    for (std::size_t i = 0; i < request.advice_items.size(); ++i)
        if (there.advice_items[i].text != request.advice_items[i].text ||
            there.advice_items[i].weight != request.advice_items[i].weight.value_or(Weight::medium))
            return false;
    for (std::size_t i = 0; i < request.findings.size(); ++i)
        if (!request.findings[i].again_of_id && there.findings[i].text != request.findings[i].text)
            return false;
    return true;
}

}  // namespace gw::visits
