#include "visits/plans.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "findings/findings.h"
#include "meetings/meetings.h"
#include "platform/checks.h"
#include "platform/files/files.h"
#include "platform/json/json.h"
#include "visits/orders_people.h"
#include "visits/planner.h"
#include "visits/plans_store.h"

namespace gw::visits {

namespace {

constexpr std::int64_t most_planned = 2000, most_years = 10, most_seed = 999'999'999;
constexpr std::size_t most_teams = 60, most_left_out = 50;
constexpr std::int64_t months_looked_at = 12;

Date first_of_month(Date day, std::int64_t months_before) {
    return (day.year() / day.month() - std::chrono::months(months_before)) / 1;
}

std::int64_t months_between(Date from, Date until) {
    const auto month_of = [](Date day) {
        return static_cast<int>(day.year()) * 12 + static_cast<int>(static_cast<unsigned>(day.month()));
    };
    return month_of(until) - month_of(from);
}

std::int64_t day_as_number(Date day) {
    return (static_cast<int>(day.year()) * 100 + static_cast<unsigned>(day.month())) * 100LL +
           static_cast<unsigned>(day.day());
}

// What the records say of a unit that may be chosen.
struct Figures {
    UnitId unit_id;
    int position = 0;
    Date established_on{};
    std::optional<Date> visited_on;
    WeaknessSigns signs;
    std::int64_t scored = 0, score_sum_milli = 0;
};

class Gathered {
public:
    Gathered(const Call& call, Reach within) : call_(call), at_(static_cast<std::size_t>(call.tree->size())) {
        std::set<UnitId> ordered;
        each_ordered_unit(call.db, call.today, [&](UnitId unit_id) { ordered.insert(unit_id); });
        const auto established = organisation::establishment_days(call.db);
        for (int position = within.first; position < within.end; ++position) {
            if (!call.tree->kind_of(position).has_members) continue;
            const UnitId unit_id = call.tree->at(position).id;
            if (ordered.contains(unit_id)) {
                ++ordered_already;
                continue;
            }
            const auto day = established.find(unit_id);
            at_[static_cast<std::size_t>(position)] = static_cast<int>(figures.size()) + 1;
            figures.push_back(
                {unit_id, position, day == established.end() ? call.today : day->second, {}, {}, 0, 0});
        }
        // Naming the units pays as long as they are few.
        std::vector<UnitId> only;
        if (figures.size() * 4 < static_cast<std::size_t>(call.tree->size()))
            for (const Figures& of : figures) only.push_back(of.unit_id);
        if (!figures.empty()) read(only);
    }

    std::vector<Figures> figures;  // in the order of the tree
    std::int64_t ordered_already = 0;

private:
    Figures* find(UnitId unit_id) {
        const auto position = call_.tree->find(unit_id);
        const int at = position ? at_[static_cast<std::size_t>(*position)] : 0;
        return at > 0 ? &figures[static_cast<std::size_t>(at) - 1] : nullptr;
    }

    void read(std::span<const UnitId> only) {
        const Date month = first_of_month(call_.today, 0);
        for (Figures& of : figures)
            of.signs.months =
                std::clamp<std::int64_t>(months_between(of.established_on, month) - 1, 0, months_looked_at);
        meetings::each_unit_month(call_.db, first_of_month(call_.today, months_looked_at),
                                  date_of(day_number(month) - 1), only, [&](const meetings::UnitMonth& in) {
                                      Figures* of = find(in.unit_id);
                                      if (!of) return;
                                      ++of->signs.months_met;
                                      of->scored += in.scored;
                                      of->score_sum_milli += in.score_sum_milli;
                                  });
        for (Figures& of : figures)
            if (of.scored > 0) of.signs.average_milli = of.score_sum_milli / of.scored;
        each_last_visit(call_.db, only, [&](UnitId unit_id, Date day) {
            if (Figures* of = find(unit_id)) of->visited_on = day;
        });
        findings::each_open_time(call_.db, only, [&](const findings::OpenTime& open) {
            if (open.closed_on) return;
            if (Figures* of = find(open.unit_id)) ++of->signs.open_findings;
        });
        each_open_advice_time(call_.db, only, [&](UnitId unit_id, Date, std::optional<Date> answered_on) {
            if (answered_on) return;
            if (Figures* of = find(unit_id)) ++of->signs.open_advice;
        });
    }

    const Call& call_;
    std::vector<int> at_;  // by position: one more than the place among the figures
};

void check_range(Problems& problems, std::string_view field, std::int64_t value, std::int64_t most) {
    if (value < 1 || value > most)
        problems.push_back(
            {std::string(field), "visits.number_out_of_range", {{"most", std::to_string(most)}}});
}

void check_teams(const Call& call, Problems& problems, const PlanVisits& request,
                 std::span<const std::vector<Named>> people) {
    if (request.teams.size() > most_teams)
        problems.push_back({"teams", "visits.too_many_teams", {{"most", std::to_string(most_teams)}}});
    std::set<AccountId> named;
    for (std::size_t team = 0; team < request.teams.size(); ++team) {
        const std::string place = "teams/" + std::to_string(team) + "/account_ids";
        if (people[team].empty()) problems.push_back({place, "visits.name_a_member"});
        for (std::size_t i = 0; i < people[team].size(); ++i) {
            const std::string at = place + "/" + std::to_string(i);
            if (!may_be_sent(people[team][i], request.unit_id, *call.tree))
                problems.push_back({at, "visits.person_elsewhere"});
            else if (!named.insert(request.teams[team].account_ids[i]).second)
                problems.push_back(
                    {at, "visits.person_twice", {{"name", people[team][i].account->full_name}}});
        }
    }
}

std::string parent_name_of(const organisation::Tree& tree, int position) {
    const int parent = tree.at(position).parent;
    return parent < 0 ? "" : tree.at(parent).name;
}

PlannedUnit planned(const organisation::Tree& tree, const Chosen& chosen, const Figures& of, Date until_on) {
    const Weakness weakness = weakness_of(of.signs);
    PlannedUnit unit;
    unit.unit_id = of.unit_id;
    unit.unit_name = tree.at(of.position).name;
    unit.parent_name = parent_name_of(tree, of.position);
    unit.visited_on = of.visited_on;
    unit.days_waited = std::max<std::int64_t>(
        0, day_number(until_on) - day_number(of.visited_on.value_or(of.established_on)));
    unit.is_due = chosen.is_due;
    unit.average_milli = of.signs.average_milli;
    unit.months = of.signs.months;
    unit.months_met = of.signs.months_met;
    unit.open_findings = of.signs.open_findings;
    unit.open_advice = of.signs.open_advice;
    unit.of_scores = weakness.of_scores;
    unit.of_months = weakness.of_months;
    unit.of_findings = weakness.of_findings;
    unit.of_advice = weakness.of_advice;
    unit.weakness_milli = weakness.milli();
    unit.chance_milli = chosen.chance_milli;
    unit.urgency = chosen.urgency;
    return unit;
}

PlannedTeam named_team(const Call& call, const TeamToPlan& asked, std::span<const Named> people) {
    PlannedTeam team;
    team.leader_id = asked.leader_id;
    for (const Named& person : people) {
        const auto home = call.tree->get(person.account->home_unit_id);
        team.people.push_back({person.account->id, person.account->full_name, person.account->home_unit_id,
                               call.tree->at(home).name});
    }
    return team;
}

void leave_out(VisitPlan& plan, const organisation::Tree& tree, UnitId unit_id, LeftOutReason reason) {
    ++plan.left_out_count;
    if (plan.left_out.size() < most_left_out)
        plan.left_out.push_back({unit_id, tree.at(tree.get(unit_id)).name, reason});
}

void share_among_teams(const Call& call, VisitPlan& plan, const Choice& choice, const PlanVisits& request,
                       std::span<const std::vector<Named>> people) {
    std::vector<TeamHomes> homes;
    for (const std::vector<Named>& team : people) {
        TeamHomes& of = homes.emplace_back();
        for (const Named& person : team)
            of.own_unit_ids.insert(of.own_unit_ids.end(), person.own_unit_ids.begin(),
                                   person.own_unit_ids.end());
    }
    const Shares shares = share_out(*call.tree, choice.chosen, homes);
    std::unordered_map<UnitId, std::int64_t> team_of;
    for (std::size_t team = 0; team < people.size(); ++team) {
        PlannedTeam& of = plan.teams.emplace_back(named_team(call, request.teams[team], people[team]));
        of.unit_ids = shares.units[team];
        of.steps = shares.steps[team];
        for (const UnitId unit_id : of.unit_ids) team_of[unit_id] = static_cast<std::int64_t>(team);
    }
    for (PlannedUnit& unit : plan.units)
        if (const auto team = team_of.find(unit.unit_id); team != team_of.end()) unit.team = team->second;
    for (const UnitId unit_id : shares.nobodys)
        leave_out(plan, *call.tree, unit_id, LeftOutReason::no_team_may_go);
}

std::string mark_of(const VisitPlan& plan) {
    std::string shown;
    for (const PlannedUnit& unit : plan.units) shown += to_json(unit);
    return sha256_of(shown).substr(0, 16);
}

// The orders of a plan that were sent out under these ids before; nothing when there is none.
std::optional<Orders> ordered_before(const Call& call, const OrderPlannedVisits& request) {
    Orders orders;
    for (const TeamToPlan& team : request.plan.teams) {
        const auto order = team.order_id ? find_order(call.db, *team.order_id) : std::nullopt;
        if (!order) continue;
        if (order->unit_id != request.plan.unit_id ||
            (request.plan.seed && order->plan_seed != request.plan.seed) ||
            order->number_text != team.number_text)
            throw Refusal(Reason::conflict, Problem{"plan/teams", "visits.id_taken"});
        orders.orders.push_back(show_order(call, {order->id}));
    }
    return orders.orders.empty() ? std::nullopt : std::optional(std::move(orders));
}

}  // namespace

VisitPlan plan_visits(const Call& call, const PlanVisits& request, const PlanSetting& setting) {
    const UnitId within = request.within.value_or(request.unit_id);
    const int sender = call.tree->get(request.unit_id), top = call.tree->get(within, "within");
    call.require("visits.order", request.unit_id);
    call.require("visits.order", within);
    VisitPlan plan;
    plan.unit_id = request.unit_id;
    plan.within = within;
    plan.within_name = call.tree->at(top).name;
    plan.from_on = request.from_on;
    plan.until_on = request.until_on;
    plan.count = request.count;
    plan.every_years = request.every_years.value_or(setting.every_years);
    plan.seed = request.seed.value_or(day_as_number(call.today));
    std::vector<std::vector<Named>> people;
    for (const TeamToPlan& team : request.teams) people.push_back(people_named(call, team.account_ids));

    Problems problems;
    check_days(problems, request.from_on, request.until_on, call.today);
    if (!call.tree->is_within(top, call.tree->reach(sender)))
        problems.push_back({"within", "visits.unit_elsewhere"});
    check_range(problems, "count", plan.count, most_planned);
    check_range(problems, "every_years", plan.every_years, most_years);
    check_range(problems, "seed", plan.seed, most_seed);
    check_teams(call, problems, request, people);
    refuse_if(problems);

    const Gathered gathered(call, call.tree->reach(top));
    std::vector<Candidate> candidates;
    for (const Figures& of : gathered.figures)
        if (of.position != sender)
            candidates.push_back({of.unit_id, of.position, weakness_of(of.signs).milli(),
                                  of.visited_on.value_or(of.established_on)});
    const Choice choice =
        choose_units(candidates, {request.from_on, request.until_on, static_cast<std::size_t>(plan.count),
                                  static_cast<int>(plan.every_years), static_cast<std::uint64_t>(plan.seed)});
    plan.candidates = static_cast<std::int64_t>(candidates.size());
    plan.ordered_already = gathered.ordered_already;
    plan.due = static_cast<std::int64_t>(choice.due_left_out.size());
    for (const Chosen& chosen : choice.chosen) {
        const auto of =
            std::lower_bound(gathered.figures.begin(), gathered.figures.end(), chosen.position,
                             [](const Figures& one, int position) { return one.position < position; });
        plan.units.push_back(planned(*call.tree, chosen, *of, request.until_on));
        plan.due += chosen.is_due;
    }
    if (!people.empty()) share_among_teams(call, plan, choice, request, people);
    for (const Chosen& chosen : choice.due_left_out)
        leave_out(plan, *call.tree, chosen.unit_id, LeftOutReason::due_without_room);
    plan.mark = mark_of(plan);
    return plan;
}

Orders order_planned_visits(const Call& call, const OrderPlannedVisits& request, const PlanSetting& setting) {
    call.tree->get(request.plan.unit_id);
    call.require("visits.order", request.plan.unit_id);
    if (auto before = ordered_before(call, request)) return *std::move(before);
    const VisitPlan plan = plan_visits(call, request.plan, setting);
    Problems problems;
    if (request.plan.teams.empty()) problems.push_back({"plan/teams", "visits.name_a_team"});
    for (std::size_t team = 0; team < request.plan.teams.size(); ++team)
        check_text(problems, "plan/teams/" + std::to_string(team) + "/number_text",
                   request.plan.teams[team].number_text.value_or(""));
    refuse_if(problems);
    if (plan.mark != request.mark) throw Refusal(Reason::conflict, Problem{"mark", "visits.plan_changed"});
    for (const LeftOut& unit : plan.left_out)
        if (unit.reason == LeftOutReason::no_team_may_go)
            throw Refusal(Reason::invalid,
                          Problem{"plan/teams", "visits.unit_without_team", {{"name", unit.unit_name}}});

    Orders orders;
    for (std::size_t team = 0; team < plan.teams.size(); ++team) {
        if (plan.teams[team].unit_ids.empty()) continue;
        const TeamToPlan& asked = request.plan.teams[team];
        orders.orders.push_back(
            send_out(call, {asked.order_id, plan.unit_id, asked.number_text.value_or(""), request.purpose,
                            request.subject, plan.from_on, plan.until_on, plan.teams[team].unit_ids,
                            asked.account_ids, asked.leader_id, plan.seed}));
    }
    // What the draw needs to be repeated.
    if (!orders.orders.empty())
        call.record("visit_order.planned", orders.orders.front().order.id, plan.unit_id, to_json(request));
    return orders;
}

}  // namespace gw::visits
