#include "visits/orders.h"

#include <algorithm>
#include <map>

#include "members/members.h"
#include "organisation/tree.h"
#include "platform/checks.h"
#include "platform/json/json.h"
#include "platform/router.h"
#include "visits/orders_people.h"
#include "visits/orders_rules.h"
#include "visits/orders_store.h"

namespace gw::visits {

namespace {

constexpr std::int64_t most_listed = 200;
constexpr std::size_t most_people = 20, longest_number = 60;
constexpr int most_homes_named = 1000;  // above it, one walk over the names is quicker

std::string name_of(const Call& call, UnitId unit_id) {
    const auto position = call.tree->find(unit_id);
    return position ? call.tree->at(*position).name : std::string();
}

Order get_order(const Call& call, VisitOrderId order_id) {
    auto order = find_order(call.db, order_id);
    if (!order) refuse_unknown("order_id");
    return *order;
}

void require_units(const Call& call, std::span<const UnitId> unit_ids) {
    for (const UnitId unit_id : unit_ids)
        if (call.tree->find(unit_id)) call.require("visits.order", unit_id);
}

std::vector<OrderUnit> unit_rows(VisitOrderId order_id, std::span<const UnitId> unit_ids) {
    std::vector<OrderUnit> rows;
    for (const UnitId unit_id : unit_ids) rows.push_back({order_id, unit_id});
    return rows;
}

std::vector<OrderMember> member_rows(VisitOrderId order_id, std::span<const AccountId> account_ids,
                                     AccountId leader_id) {
    std::vector<OrderMember> rows;
    for (const AccountId account_id : account_ids)
        rows.push_back({order_id, account_id, account_id == leader_id});
    return rows;
}

bool is_among(std::span<const OrderMember> members, AccountId account_id) {
    return std::any_of(members.begin(), members.end(),
                       [&](const OrderMember& each) { return each.account_id == account_id; });
}

// What a reader sees of an order; nothing when they have no part in it.
std::optional<OrderRecord> seen(const Call& call, const Order& order) {
    const std::vector<OrderMember> members = members_of(call.db, order.id);
    OrderRecord record{order, state_of(order, call.today), name_of(call, order.unit_id), {}, {}, false};
    record.is_member = is_among(members, call.actor.account_id);
    const bool sees_all = record.is_member || call.actor.may("visits.read", order.unit_id);
    std::map<UnitId, std::optional<Date>> visited;
    for (const NamedOrderUnit& unit : visited_under(call.db, order.id))
        visited[unit.unit_id] = unit.visited_on;
    std::vector<std::pair<int, UnitId>> standing;
    for (const OrderUnit& unit : units_of(call.db, order.id))
        if (sees_all || call.actor.may("visits.read", unit.unit_id))
            standing.emplace_back(call.tree->find(unit.unit_id).value_or(call.tree->size()), unit.unit_id);
    if (!sees_all && standing.empty()) return std::nullopt;
    std::sort(standing.begin(), standing.end());
    for (const auto& [position, unit_id] : standing) {
        NamedOrderUnit& unit = record.units.emplace_back();
        unit.unit_id = unit_id;
        unit.unit_name = name_of(call, unit_id);
        if (position < call.tree->size())
            if (const int parent = call.tree->at(position).parent; parent >= 0)
                unit.parent_name = call.tree->at(parent).name;
        unit.visited_on = visited[unit_id];
    }
    for (const OrderMember& member : members) {
        const auto account = accounts::find_account(call.db, member.account_id);
        if (!account) continue;
        record.members.push_back(
            {account->id, account->full_name, name_of(call, account->home_unit_id), member.is_leader});
    }
    std::stable_sort(record.members.begin(), record.members.end(),
                     [](const auto& one, const auto& other) { return one.is_leader > other.is_leader; });
    return record;
}

// Who may do what changed for some: actors in memory are made anew.
void announce(const Call& call, const Order& order) {
    call.announce("grants");
    call.announce("visits", order.unit_id);
}

}  // namespace

std::vector<Named> people_named(const Call& call, std::span<const AccountId> account_ids) {
    std::vector<Named> people;
    for (const AccountId account_id : account_ids) {
        Named& person = people.emplace_back();
        person.account = accounts::find_account(call.db, account_id);
        if (!person.account) continue;
        person.own_unit_ids.push_back(person.account->home_unit_id);
        if (!person.account->member_id) continue;
        if (const auto member = members::find_member(call.db, *person.account->member_id))
            person.own_unit_ids.push_back(member->unit_id);
    }
    return people;
}

OrderRecord send_out(const Call& call, const SendOut& request) {
    call.tree->get(request.unit_id);
    call.require("visits.order", request.unit_id);
    if (request.id) {
        if (const auto there = find_order(call.db, *request.id)) {
            if (is_same(*there, units_of(call.db, there->id), members_of(call.db, there->id), request))
                return show_order(call, {there->id});
            throw Refusal(Reason::conflict, Problem{"id", "visits.id_taken"});
        }
    }
    require_units(call, request.unit_ids);
    Problems problems = problems_in(
        {request.from_on, request.until_on, request.unit_ids, request.account_ids, request.leader_id},
        request.unit_id, people_named(call, request.account_ids), *call.tree, call.today);
    check_text(problems, "number_text", request.number_text, longest_number);
    check_length(problems, "subject", request.subject);
    if (problems.empty() &&
        has_number(call.db, request.unit_id, request.number_text, static_cast<int>(request.from_on.year())))
        problems.push_back({"number_text", "visits.number_taken"});
    refuse_if(problems);

    Order order;
    order.id = request.id ? *request.id : call.new_id<VisitOrderId>();
    order.unit_id = request.unit_id;
    order.number_text = request.number_text;
    order.purpose = request.purpose;
    order.subject = request.subject;
    order.from_on = request.from_on;
    order.until_on = request.until_on;
    order.plan_seed = request.plan_seed;
    order.ordered_by = call.actor.account_id;
    order.ordered_at = call.now;
    add_order_rows(call.db, order, unit_rows(order.id, request.unit_ids),
                   member_rows(order.id, request.account_ids, request.leader_id));
    call.record("visit_order.sent_out", order.id, order.unit_id, to_json(request));
    announce(call, order);
    return show_order(call, {order.id});
}

OrderRecord change_order(const Call& call, const ChangeOrder& request) {
    Order order = get_order(call, request.order_id);
    call.require("visits.order", order.unit_id);
    require_units(call, request.unit_ids);
    if (order.ended_at) throw Refusal(Reason::conflict, Problem{"", "visits.order_was_ended"});
    if (order.version != request.version)
        throw Refusal(Reason::conflict, Problem{"version", "visits.order_changed_meanwhile"});
    Problems problems = problems_in(
        {request.from_on, request.until_on, request.unit_ids, request.account_ids, request.leader_id},
        order.unit_id, people_named(call, request.account_ids), *call.tree, call.today);
    check_length(problems, "subject", request.subject);
    if (request.from_on != order.from_on && order.from_on <= call.today)
        problems.push_back({"from_on", "visits.order_has_begun"});
    refuse_if(problems);

    order.subject = request.subject;
    order.from_on = request.from_on;
    order.until_on = request.until_on;
    ++order.version;
    replace_order_rows(call.db, order, unit_rows(order.id, request.unit_ids),
                       member_rows(order.id, request.account_ids, request.leader_id));
    call.record("visit_order.changed", order.id, order.unit_id, to_json(request));
    announce(call, order);
    return show_order(call, {order.id});
}

OrderRecord end_order(const Call& call, const EndOrder& request) {
    Order order = get_order(call, request.order_id);
    call.require("visits.order", order.unit_id);
    const OrderState state = state_of(order, call.today);
    if (state == OrderState::ended || state == OrderState::over)
        throw Refusal(Reason::conflict, Problem{"", "visits.order_is_over"});
    Problems problems;
    check_text(problems, "reason", request.reason);
    refuse_if(problems);

    order.ended_at = call.now;
    order.end_reason = request.reason;
    ++order.version;
    update_order_row(call.db, order);
    call.record("visit_order.ended", order.id, order.unit_id, to_json(request));
    announce(call, order);
    return show_order(call, {order.id});
}

OrderRecord show_order(const Call& call, const OrderKey& request) {
    const auto order = find_order(call.db, request.order_id);
    auto record = order ? seen(call, *order) : std::nullopt;
    if (!record) refuse_unknown("order_id");
    return *std::move(record);
}

Orders list_orders(const Call& call, const ListOrders& request) {
    if (request.sent_by && request.unit_id)
        throw Refusal(Reason::invalid, Problem{"unit_id", "visits.one_of_two"});
    std::vector<Order> found;
    if (request.sent_by) {
        call.tree->get(*request.sent_by, "sent_by");
        call.require("visits.read", *request.sent_by);
        found = orders_from(call.db, *request.sent_by, most_listed);
    } else if (request.unit_id) {
        call.tree->get(*request.unit_id);
        call.require("visits.read", *request.unit_id);
        found = orders_to(call.db, *request.unit_id, most_listed);
    } else {
        found = orders_of(call.db, call.actor.account_id, most_listed);
    }
    Orders orders;
    for (const Order& order : found)
        if (auto record = seen(call, order)) orders.orders.push_back(*std::move(record));
    return orders;
}

OrderPeople find_order_people(const Call& call, const FindOrderPeople& request) {
    const Reach below = call.tree->reach(call.tree->get(request.unit_id));
    call.require("visits.order", request.unit_id);
    std::optional<std::vector<UnitId>> homes;
    if (below.end - below.first <= most_homes_named) {
        homes.emplace();
        for (int position = below.first; position < below.end; ++position)
            homes->push_back(call.tree->at(position).id);
    }
    OrderPeople answer;
    for (const accounts::Account& account :
         accounts::find_people(call.db, request.text.value_or(""), homes, homes ? most_people : 200)) {
        const auto home = call.tree->find(account.home_unit_id);
        if (!home || !call.tree->is_within(*home, below)) continue;
        answer.people.push_back(
            {account.id, account.full_name, account.home_unit_id, call.tree->at(*home).name});
        if (answer.people.size() == most_people) break;
    }
    return answer;
}

void add_order_routes(Router& router) {
    router.get("/api/visit_orders", "Lists orders of working groups: one's own, of a sender, or to a unit",
               list_orders);
    router.post("/api/visit_orders", "Sends out a working group", send_out);
    router.get("/api/visit_orders/{order_id}", "Shows an order of a working group", show_order);
    router.put("/api/visit_orders/{order_id}", "Changes units, members and days of an order", change_order);
    router.post("/api/visit_orders/{order_id}/ending", "Ends an order early, with a reason", end_order);
    router.get("/api/units/{unit_id}/order_people", "Finds people whom a unit may order on a visit",
               find_order_people);
}

}  // namespace gw::visits
