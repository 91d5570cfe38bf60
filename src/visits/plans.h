// Plans: whom to visit next and by which team, looked at as often as one likes before it is ordered; and
// whether visits helped.
//
// Words: a *plan* chooses units for a stretch of days by the rules in planner.h, and shares them out among
// *teams*. It is drawn anew from its *seed* whenever it is asked for and kept nowhere: the same seed, request
// and records give the same plan, so that others can check it. Without a seed of its own it takes the day as
// a number (20241216), which nobody chose. Its *mark* stands for everything that it shows: ordering it with
// the mark of a plan that would look different today is refused. The *effect* of visits compares visited
// units with similar unvisited ones, by the rules in effect.h.
//
// Permissions: visits.order over the sender and over the unit within which is chosen, for a plan and for
// ordering it; it shows to them how the units' meetings scored and how much is open, in figures. visits.read
// over the unit for the effect, which names no unit.
#pragma once
#include <span>

#include "platform/call.h"
#include "visits/orders.h"

namespace gw::visits {

BOOST_DEFINE_ENUM_CLASS(LeftOutReason, due_without_room, no_team_may_go)

struct PlanSetting {
    std::int64_t every_years = 3;  // in which each unit is visited at least once
};

struct TeamToPlan {
    std::vector<AccountId> account_ids;
    AccountId leader_id;
    std::optional<std::string> number_text = {};  // of the order; needed to order
    std::optional<VisitOrderId> order_id = {};    // made by the caller, or by the server
};
BOOST_DESCRIBE_STRUCT(TeamToPlan, (), (account_ids, leader_id, number_text, order_id))

struct PlanVisits {
    UnitId unit_id;                // the sender
    std::optional<UnitId> within;  // where to choose; everything below the sender when absent
    Date from_on{};
    Date until_on{};
    std::int64_t count = 0;                   // of units
    std::optional<std::int64_t> every_years;  // as set when absent
    std::optional<std::int64_t> seed;
    std::vector<TeamToPlan> teams;  // may be empty as long as one only looks
};
BOOST_DESCRIBE_STRUCT(PlanVisits, (), (unit_id, within, from_on, until_on, count, every_years, seed, teams))

struct PlannedUnit {
    UnitId unit_id;
    std::string unit_name;
    std::string parent_name;
    std::optional<Date> visited_on;  // the last visit
    std::int64_t days_waited = 0;    // until the plan ends: since then, or since it was established
    bool is_due = false;
    std::optional<std::int64_t> average_milli;  // of its meetings, over the months looked at
    std::int64_t months = 0, months_met = 0;
    std::int64_t open_findings = 0, open_advice = 0;
    // What makes the weakness, of 1000, and the random part that it was multiplied by.
    std::int64_t of_scores = 0, of_months = 0, of_findings = 0, of_advice = 0;
    std::int64_t weakness_milli = 0;
    std::int64_t chance_milli = 0;
    std::int64_t urgency = 0;
    std::optional<std::int64_t> team;  // index into teams
};
BOOST_DESCRIBE_STRUCT(PlannedUnit, (),
                      (unit_id, unit_name, parent_name, visited_on, days_waited, is_due, average_milli,
                       months, months_met, open_findings, open_advice, of_scores, of_months, of_findings,
                       of_advice, weakness_milli, chance_milli, urgency, team))

struct PlannedTeam {
    std::vector<OrderPerson> people;  // as named in the request
    AccountId leader_id;
    std::vector<UnitId> unit_ids;  // in the order of the tree
    std::int64_t steps = 0;        // up and down the tree from unit to unit
};
BOOST_DESCRIBE_STRUCT(PlannedTeam, (), (people, leader_id, unit_ids, steps))

struct LeftOut {
    UnitId unit_id;
    std::string unit_name;
    LeftOutReason reason = LeftOutReason::due_without_room;
};
BOOST_DESCRIBE_STRUCT(LeftOut, (), (unit_id, unit_name, reason))

struct VisitPlan {
    UnitId unit_id, within;
    std::string within_name;
    Date from_on{};
    Date until_on{};
    std::int64_t count = 0;  // asked for
    std::int64_t every_years = 3;
    std::int64_t seed = 0;
    std::int64_t candidates = 0;       // units that could be chosen
    std::int64_t due = 0;              // of those
    std::int64_t ordered_already = 0;  // units of an order that is coming or in force: not chosen again
    std::int64_t left_out_count = 0;
    std::vector<PlannedUnit> units;  // the most urgent first, those that are due before all others
    std::vector<PlannedTeam> teams;
    std::vector<LeftOut> left_out;  // the first 50
    std::string mark;
};
BOOST_DESCRIBE_STRUCT(VisitPlan, (),
                      (unit_id, within, within_name, from_on, until_on, count, every_years, seed, candidates,
                       due, ordered_already, left_out_count, units, teams, left_out, mark))

struct OrderPlannedVisits {
    PlanVisits plan;
    std::string mark;  // of the plan as it was shown
    Purpose purpose = Purpose::survey;
    std::string subject;
};
BOOST_DESCRIBE_STRUCT(OrderPlannedVisits, (), (plan, mark, purpose, subject))

struct AskEffect {
    UnitId unit_id;
    std::optional<Date> from, until;     // of the visits looked at; a year until today when absent
    std::optional<std::int64_t> months;  // before and after a visit: 1 to 12, 3 when absent
};
BOOST_DESCRIBE_STRUCT(AskEffect, (), (unit_id, from, until, months))

// A change that visits made beyond that of similar units, in thousandths.
struct Change {
    bool is_known = false;   // false: too few pairs to tell
    std::int64_t pairs = 0;  // visited units with similar ones
    std::int64_t mean_milli = 0;
    std::int64_t lowest_milli = 0, highest_milli = 0;  // the interval
};
BOOST_DESCRIBE_STRUCT(Change, (), (is_known, pairs, mean_milli, lowest_milli, highest_milli))

struct VisitEffect {
    UnitId unit_id;
    std::string unit_name;
    Date from{};
    Date until{};
    std::int64_t months = 0;
    std::int64_t visited = 0;     // units with a visit in this stretch
    std::int64_t unvisited = 0;   // and without
    std::int64_t too_recent = 0;  // of the visited: the months after the visit are not over yet
    std::int64_t fewest_pairs = 0;
    std::int64_t confidence_percent = 0;
    Change score;       // of meetings, in points
    Change open_count;  // of findings and advice that do not come from these visits
};
BOOST_DESCRIBE_STRUCT(VisitEffect, (),
                      (unit_id, unit_name, from, until, months, visited, unvisited, too_recent, fewest_pairs,
                       confidence_percent, score, open_count))

// Refused: forbidden without visits.order; not_found for an unknown unit; invalid when `within` is not the
// sender or below it, the days are in the wrong order, longer than a year or past, a number is out of its
// range, a person is not of the sender or below it, is locked, or named twice.
VisitPlan plan_visits(const Call& call, const PlanVisits& request, const PlanSetting& setting);
// Sends out one order for each team that has units, all or none; sent again under the same ids they are the
// ones already there. Refused as plan_visits and send_out; conflict when the plan would look different today;
// invalid without a team or a number, or when a chosen unit has no team.
Orders order_planned_visits(const Call& call, const OrderPlannedVisits& request, const PlanSetting& setting);

// Refused: forbidden without visits.read over the unit; invalid when the days are in the wrong order or span
// more than five years, or the months are out of range.
VisitEffect effect_of_visits(const Call& call, const AskEffect& request);

// POST /api/visit_plans (looks only), POST /api/visit_plans/orders, GET /api/units/{unit_id}/visit_effect.
void add_plan_routes(Router& router, PlanSetting setting);

}  // namespace gw::visits
