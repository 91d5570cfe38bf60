#include "organisation/organisation.h"
#include "visits/visits.h"
#include "visits/visits_rules.h"
#include "visits/visits_store.h"

namespace gw::visits {

namespace {

std::string unit_name(const Call& call, UnitId unit_id) {
    const auto position = call.tree->find(unit_id);
    return position ? call.tree->at(*position).name : std::string();
}

}  // namespace

UnitVisits list_of_unit(const Call& call, const ListUnitVisits& request) {
    call.tree->get(request.unit_id);
    call.require("visits.read", request.unit_id);
    using std::chrono::day, std::chrono::month, std::chrono::year;
    Problems problems;
    if (request.year) check_year(problems, "year", *request.year);
    refuse_if(problems);
    const year first{request.year ? static_cast<int>(*request.year) : 1900};
    const year last{request.year ? static_cast<int>(*request.year) : 2200};
    UnitVisits answer;
    std::vector<Visit> visits =
        visits_of(call.db, request.unit_id, first / month{1} / day{1}, last / month{12} / day{31});
    for (auto visit = visits.rbegin(); visit != visits.rend(); ++visit)
        answer.visits.push_back({*visit, unit_name(call, visit->unit_id), advice_items_of(call.db, visit->id),
                                 findings_of(call, visit->id)});
    return answer;
}

AdvicePage list_advice(const Call& call, const ListAdvice& request) {
    const auto found = organisation::page_of_units<AdviceItem>(
        call, "visits.read", request, find_advice_item,
        [&](const auto& unit_ids, const std::optional<AdviceItem>& after, std::size_t count) {
            return list_advice_items(call.db, unit_ids, request.state, after, count);
        });
    AdvicePage page{{}, found.next};
    for (const AdviceItem& advice : found.rows) {
        const auto visit = find_visit(call.db, advice.visit_id);
        page.advice_items.push_back({advice, unit_name(call, advice.unit_id),
                                     visit ? visit->group_name : std::string(),
                                     visit ? visit->visited_on : advice.check_on});
    }
    return page;
}

}  // namespace gw::visits
