#include "visits/orders_rules.h"

#include <algorithm>

#include "platform/checks.h"
#include "visits/visits_rules.h"

namespace gw::visits {

namespace {

constexpr std::size_t most_units = 60, most_members = 20;
constexpr std::int64_t longest_days = 366;

template <class AnyId>
bool has_twins(std::vector<AnyId> ids) {
    std::sort(ids.begin(), ids.end());
    return std::adjacent_find(ids.begin(), ids.end()) != ids.end();
}

}  // namespace

OrderState state_of(const Order& order, Date today) {
    if (order.ended_at) return OrderState::ended;
    if (order.until_on < today) return OrderState::over;
    return order.from_on > today ? OrderState::coming : OrderState::in_force;
}

void check_days(Problems& problems, Date from_on, Date until_on, Date today) {
    const std::size_t before = problems.size();
    check_day(problems, "from_on", from_on);
    check_day(problems, "until_on", until_on);
    if (problems.size() > before) return;
    if (until_on < from_on) problems.push_back({"until_on", "visits.ends_before_it_begins"});
    else if (until_on < today) problems.push_back({"until_on", "visits.order_is_past"});
    else if (day_number(until_on) - day_number(from_on) >= longest_days)
        problems.push_back({"until_on", "visits.order_too_long"});
}

bool may_be_sent(const Named& person, UnitId sender, const organisation::Tree& tree) {
    if (!person.account || person.account->is_locked) return false;
    const auto home = tree.find(person.account->home_unit_id);
    return home && tree.is_within(*home, tree.reach(tree.get(sender)));
}

Problems problems_in(const OrderPlan& plan, UnitId sender, std::span<const Named> people,
                     const organisation::Tree& tree, Date today) {
    Problems problems;
    check_days(problems, plan.from_on, plan.until_on, today);
    const Reach below = tree.reach(tree.get(sender));
    if (plan.unit_ids.empty()) problems.push_back({"unit_ids", "visits.name_a_unit"});
    if (plan.unit_ids.size() > most_units || has_twins(plan.unit_ids))
        problems.push_back({"unit_ids", "visits.too_many_units", {{"most", std::to_string(most_units)}}});
    for (std::size_t i = 0; i < plan.unit_ids.size(); ++i) {
        const auto position = tree.find(plan.unit_ids[i]);
        if (!position || !tree.is_within(*position, below) || plan.unit_ids[i] == sender)
            problems.push_back({"unit_ids/" + std::to_string(i), "visits.unit_elsewhere"});
    }
    if (plan.account_ids.empty()) problems.push_back({"account_ids", "visits.name_a_member"});
    if (plan.account_ids.size() > most_members || has_twins(plan.account_ids))
        problems.push_back(
            {"account_ids", "visits.too_many_members", {{"most", std::to_string(most_members)}}});
    for (std::size_t i = 0; i < people.size(); ++i) {
        const std::string place = "account_ids/" + std::to_string(i);
        const auto& account = people[i].account;
        if (!may_be_sent(people[i], sender, tree)) {
            problems.push_back({place, "visits.person_elsewhere"});
            continue;
        }
        const bool visits_own = std::any_of(plan.unit_ids.begin(), plan.unit_ids.end(), [&](UnitId unit_id) {
            return std::any_of(people[i].own_unit_ids.begin(), people[i].own_unit_ids.end(),
                               [&](UnitId own) { return is_of_unit(tree, own, unit_id); });
        });
        if (visits_own)
            problems.push_back({place, "visits.own_unit_ordered", {{"name", account->full_name}}});
    }
    if (std::find(plan.account_ids.begin(), plan.account_ids.end(), plan.leader_id) == plan.account_ids.end())
        problems.push_back({"leader_id", "visits.name_the_leader"});
    return problems;
}

bool is_same(const Order& there, std::span<const OrderUnit> units, std::span<const OrderMember> members,
             const SendOut& request) {
    std::vector<UnitId> unit_ids = request.unit_ids;
    std::vector<AccountId> account_ids = request.account_ids;
    std::sort(unit_ids.begin(), unit_ids.end());
    std::sort(account_ids.begin(), account_ids.end());
    return there.unit_id == request.unit_id && there.number_text == request.number_text &&
           there.purpose == request.purpose && there.subject == request.subject &&
           there.from_on == request.from_on && there.until_on == request.until_on &&
           std::equal(units.begin(), units.end(), unit_ids.begin(), unit_ids.end(),
                      [](const OrderUnit& unit, UnitId id) { return unit.unit_id == id; }) &&
           std::equal(members.begin(), members.end(), account_ids.begin(), account_ids.end(),
                      [&](const OrderMember& member, AccountId id) {
                          return member.account_id == id && member.is_leader == (id == request.leader_id);
                      });
}

}  // namespace gw::visits
