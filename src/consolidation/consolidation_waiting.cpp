#include <algorithm>
#include <map>

#include "accounts/accounts.h"
#include "consolidation/consolidation_parts.h"
#include "consolidation/consolidation_rules.h"
#include "consolidation/consolidation_store.h"

namespace gw::consolidation {

namespace {

constexpr std::size_t most = 100;
constexpr int days_ahead = 14;

Date day_after(Date day, int days) { return date_of(day_number(day) + days); }

// Whether the actor is one of those who hold a permission nearest to a unit.
class Nearest {
public:
    Nearest(const Call& call, const char* permission) : call_(call), permission_(permission) {}

    bool is_actor(UnitId unit_id) {
        if (!call_.actor.may(permission_, unit_id)) return false;
        const auto known = known_.find(unit_id);
        if (known != known_.end()) return known->second;
        const auto holders = accounts::nearest_holders(call_, permission_, unit_id);
        return known_[unit_id] = std::ranges::find(holders, call_.actor.account_id, &accounts::Account::id) !=
                                 holders.end();
    }

private:
    const Call& call_;
    const char* permission_;
    std::map<UnitId, bool> known_;
};

// When the unit came on the list, or back on it, the last time.
Date came_on(std::span<const Step> steps, const Case& about) {
    Date day = about.entered_on.value_or(about.proposed_on);
    for (const Step& step : steps)
        if (step.act == Act::put || step.act == Act::relapse) day = step.acted_on;
    return day;
}

bool has_step(std::span<const Step> steps, Act act, Date from) {
    return std::ranges::any_of(steps,
                               [&](const Step& step) { return step.act == act && step.acted_on >= from; });
}

Late late_of(const Call& call, const Case& about, std::span<const Step> steps) {
    Late late;
    for (const Measure& measure : measures_of(call.db, about.id))
        late.measures += !measure.done_on && measure.due_on < call.today ? 1 : 0;
    const Date last_month = month_before(call.today, 1);
    late.is_note_missing = about.helper_member_id && came_on(steps, about) < last_month &&
                           !has_step(steps, Act::note, last_month);
    return late;
}

void add_of_bodies(const Call& call, std::vector<Waiting>& waiting) {
    const bool may_decide = !call.actor.reach("consolidation.decide").empty();
    const bool may_help = !call.actor.reach("consolidation.help").empty();
    if (!may_decide && !may_help) return;
    Nearest deciders(call, "consolidation.decide"), helpers(call, "consolidation.help");
    std::map<ConsolidationId, CaseCounts> counts;
    for (const CaseCounts& row : counts_of_running(call.db)) counts.emplace(row.case_id, row);
    for (const Case& about : running_cases(call.db)) {
        const auto above = unit_above(call, about.unit_id);
        if (!above) continue;
        const CaseCounts& count = counts[about.id];
        if (about.state == State::proposed && deciders.is_actor(*above))
            waiting.push_back({about.id, about.unit_id, Owing::decision,
                               steps_of(call.db, about.id).front().text, std::nullopt});
        if (about.state != State::open) continue;
        const std::string name = name_of(call, about.unit_id);
        if (count.exit_conditions == 0 && helpers.is_actor(*above))
            waiting.push_back({about.id, about.unit_id, Owing::plan, name, std::nullopt});
        if (count.exit_conditions > 0 && count.accepted == count.exit_conditions && deciders.is_actor(*above))
            waiting.push_back({about.id, about.unit_id, Owing::leaving, name, std::nullopt});
    }
}

void add_measure(const Call& call, std::vector<Waiting>& waiting) {
    const UnitId home = call.actor.home_unit_id;
    if (!home || !call.actor.may("consolidation.report", home)) return;
    const auto about = find_running(call.db, home);
    if (!about || about->state == State::proposed) return;
    const std::vector<Measure> measures = measures_of(call.db, about->id);
    const auto next =
        std::ranges::find_if(measures, [](const Measure& measure) { return !measure.done_on.has_value(); });
    if (next != measures.end() && next->due_on <= day_after(call.today, days_ahead))
        waiting.push_back({about->id, home, Owing::measure, next->text, next->due_on});
}

void add_notes(const Call& call, std::vector<Waiting>& waiting) {
    if (!call.actor.member_id) return;
    const Date month_begins = month_before(call.today, 0);
    const Date month_ends = date_of(day_number(call.today.year() / call.today.month() / std::chrono::last));
    for (const Case& about : open_cases_of_helper(call.db, call.actor.member_id)) {
        const std::vector<Step> steps = steps_of(call.db, about.id);
        if (came_on(steps, about) < month_begins && !has_step(steps, Act::note, month_begins))
            waiting.push_back(
                {about.id, about.unit_id, Owing::note, name_of(call, about.unit_id), month_ends});
    }
}

}  // namespace

std::int64_t urge_late(const Call& call, const Setting& setting) {
    std::int64_t urged = 0;
    for (const Case& about : open_cases(call.db)) {
        const std::vector<Step> steps = steps_of(call.db, about.id);
        if (has_step(steps, Act::urge, month_before(call.today, 0))) continue;
        const Late late = late_of(call, about, steps);
        if (late.measures == 0 && !late.is_note_missing) continue;
        add_step(call, about, Act::urge, "");
        if (setting.tell) setting.tell(call, about, Telling::late, late);
        ++urged;
    }
    return urged;
}

std::vector<Waiting> waiting_for(const Call& call) {
    std::vector<Waiting> waiting;
    add_measure(call, waiting);
    add_notes(call, waiting);
    add_of_bodies(call, waiting);
    std::ranges::stable_sort(waiting, {}, [](const Waiting& each) { return each.due_on.value_or(Date{}); });
    if (waiting.size() > most) waiting.resize(most);
    return waiting;
}

}  // namespace gw::consolidation
