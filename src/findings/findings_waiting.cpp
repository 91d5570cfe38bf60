#include <algorithm>
#include <set>

#include "findings/findings.h"
#include "findings/findings_access.h"
#include "findings/findings_rules.h"
#include "findings/findings_store.h"
#include "organisation/organisation.h"

namespace gw::findings {

namespace {

constexpr std::size_t most = 100;

// Those of the units below one's own that one may check; the body that sent for a finding, and who noted it,
// check it wherever it is.
std::vector<Finding> to_check(const Call& call) {
    std::vector<Finding> found =
        remedied_of_inspector(call.db, call.actor.home_unit_id, call.actor.account_id);
    const UnitId home = call.actor.home_unit_id;
    if (!call.tree->find(home) || !call.actor.may("findings.check", home)) return found;
    const auto selection = organisation::select_units(call, "findings.check", std::nullopt, home);
    ListFindings remedied;
    remedied.state = State::remedied;
    const auto unit_ids = selection.id_list(*call.tree);
    for (Finding& finding : organisation::pick<Finding>(
             most, std::nullopt,
             [&](const Finding&each) { return unit_ids || selection.holds(*call.tree, each.unit_id); },
             [&](const std::optional<Finding>&after, std::size_t count) {
                 return list_findings(call.db, unit_ids, remedied, call.today, after, count);
             }))
        found.push_back(std::move(finding));
    return found;
}

}  // namespace

std::vector<Waiting> waiting_for(const Call& call, const Setting& setting) {
    std::vector<Waiting> waiting;
    const auto add = [&](const Finding& finding, Owing owing, Date due_on) {
        const auto position = call.tree->find(finding.unit_id);
        waiting.push_back({finding.id, finding.unit_id,
                           position ? call.tree->at(*position).name : std::string(), finding.text, owing,
                           due_on, owing == Owing::remedy && is_late(finding, call.today)});
    };
    for (const Finding& finding : open_of_owner(call.db, call.actor.member_id, call.actor.home_unit_id))
        if (is_owner(call, finding)) add(finding, Owing::remedy, finding.due_on);
    std::set<FindingId> seen;
    for (const Finding& finding : to_check(call)) {
        const Date due_on = check_from(finding, setting.days_until_check);
        if (due_on <= call.today && is_readable(call, finding) && may_judge(call, finding) &&
            seen.insert(finding.id).second)
            add(finding, Owing::check, due_on);
    }
    std::ranges::stable_sort(waiting, {}, [](const Waiting& each) { return each.due_on; });
    if (waiting.size() > most) waiting.resize(most);
    return waiting;
}

}  // namespace gw::findings
