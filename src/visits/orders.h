// Orders: which working group visits which units from when until when, and the reach that this gives.
//
// Words: an *order* is sent out by a unit and names its purpose, its *units*, its *members* with one
// *leader*, and its days. From the first day to the end of the last one, and only then, each member reaches
// exactly these units, not what stands below them: to read their meetings, resolutions, tasks and visits and
// to record a visit; no personal files. An order is *coming*, *in force*, *over*, or *ended* early with a
// reason.
//
// Permissions: visits.order over the unit that sends out and over the units to be visited (also change and
// end). Members see their own orders; visits.read over the sender or over a unit shows an order to others.
#pragma once
#include <span>

#include "accounts/accounts.h"
#include "platform/call.h"

namespace gw {
class Router;
using VisitOrderId = Id<struct VisitOrderThing>;
}  // namespace gw

namespace gw::visits {

BOOST_DEFINE_ENUM_CLASS(Purpose, survey, attend_meeting, check_consolidation, guide_directive)
BOOST_DEFINE_ENUM_CLASS(OrderState, coming, in_force, over, ended)

struct Order {
    VisitOrderId id;
    UnitId unit_id;           // the sender
    std::string number_text;  // as printed; once a year for a sender
    Purpose purpose = Purpose::survey;
    std::string subject;  // what to look at, may be empty
    Date from_on{};
    Date until_on{};                        // the last day
    std::optional<std::int64_t> plan_seed;  // of the plan it was made from
    std::optional<Moment> ended_at;
    std::string end_reason;
    AccountId ordered_by;
    Moment ordered_at{};
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Order, (),
                      (id, unit_id, number_text, purpose, subject, from_on, until_on, plan_seed, ended_at,
                       end_reason, ordered_by, ordered_at, version))

struct OrderUnit {
    VisitOrderId order_id;
    UnitId unit_id;
};
BOOST_DESCRIBE_STRUCT(OrderUnit, (), (order_id, unit_id))

struct OrderMember {
    VisitOrderId order_id;
    AccountId account_id;
    bool is_leader = false;
};
BOOST_DESCRIBE_STRUCT(OrderMember, (), (order_id, account_id, is_leader))

struct NamedOrderUnit {
    UnitId unit_id;
    std::string unit_name;
    std::string parent_name;
    std::optional<Date> visited_on;  // the last visit recorded under the order
};
BOOST_DESCRIBE_STRUCT(NamedOrderUnit, (), (unit_id, unit_name, parent_name, visited_on))

struct NamedOrderMember {
    AccountId account_id;
    std::string full_name;
    std::string home_unit_name;
    bool is_leader = false;
};
BOOST_DESCRIBE_STRUCT(NamedOrderMember, (), (account_id, full_name, home_unit_name, is_leader))

struct OrderRecord {
    Order order;
    OrderState state = OrderState::coming;
    std::string sender_name;
    std::vector<NamedOrderUnit> units;      // those that the reader may know of, in the order of the tree
    std::vector<NamedOrderMember> members;  // the leader first
    bool is_member = false;                 // the reader
};
BOOST_DESCRIBE_STRUCT(OrderRecord, (), (order, state, sender_name, units, members, is_member))

struct SendOut {
    std::optional<VisitOrderId> id;  // made by the caller, or by the server
    UnitId unit_id;
    std::string number_text;
    Purpose purpose = Purpose::survey;
    std::string subject;
    Date from_on{};
    Date until_on{};
    std::vector<UnitId> unit_ids;
    std::vector<AccountId> account_ids;  // the leader among them
    AccountId leader_id;
    std::optional<std::int64_t> plan_seed;
};
BOOST_DESCRIBE_STRUCT(SendOut, (),
                      (id, unit_id, number_text, purpose, subject, from_on, until_on, unit_ids, account_ids,
                       leader_id, plan_seed))

struct ChangeOrder {
    VisitOrderId order_id;
    std::int64_t version = 1;  // the one that the change was made from
    std::string subject;
    Date from_on{};
    Date until_on{};
    std::vector<UnitId> unit_ids;
    std::vector<AccountId> account_ids;
    AccountId leader_id;
};
BOOST_DESCRIBE_STRUCT(ChangeOrder, (),
                      (order_id, version, subject, from_on, until_on, unit_ids, account_ids, leader_id))

struct EndOrder {
    VisitOrderId order_id;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(EndOrder, (), (order_id, reason))

struct OrderKey {
    VisitOrderId order_id;
};
BOOST_DESCRIBE_STRUCT(OrderKey, (), (order_id))

// Those that a unit sent out, or those that visit a unit; the reader's own when neither is named.
struct ListOrders {
    std::optional<UnitId> sent_by;
    std::optional<UnitId> unit_id;
};
BOOST_DESCRIBE_STRUCT(ListOrders, (), (sent_by, unit_id))

struct Orders {
    std::vector<OrderRecord> orders;  // the one that ends last first, up to 200
};
BOOST_DESCRIBE_STRUCT(Orders, (), (orders))

struct FindOrderPeople {
    UnitId unit_id;  // the sender
    std::optional<std::string> text;
};
BOOST_DESCRIBE_STRUCT(FindOrderPeople, (), (unit_id, text))

struct OrderPerson {
    AccountId account_id;
    std::string full_name;
    UnitId home_unit_id;
    std::string home_unit_name;
};
BOOST_DESCRIBE_STRUCT(OrderPerson, (), (account_id, full_name, home_unit_id, home_unit_name))

struct OrderPeople {
    std::vector<OrderPerson> people;  // up to 20
};
BOOST_DESCRIBE_STRUCT(OrderPeople, (), (people))

// Sends out a working group; the same order sent again under its id is the one already there. Refused:
// forbidden without visits.order over the sender; invalid when the number is missing or taken this year, the
// days are in the wrong order, longer than a year or already past, no unit or nobody is named, a unit does
// not stand below the sender, a person is not of the sender or below it, is locked, or comes from a unit to
// be visited or from below it, or the leader is not among the members; conflict when the id belongs to
// another.
OrderRecord send_out(const Call& call, const SendOut& request);
// Changes units, members and days; an order that is over lives again when its days are made longer. Refused
// as above; invalid when its first day is moved after it began; conflict when it was ended or changed
// meanwhile.
OrderRecord change_order(const Call& call, const ChangeOrder& request);
// Ends it now. Refused: invalid without a reason; conflict when it is over or was ended.
OrderRecord end_order(const Call& call, const EndOrder& request);

OrderRecord show_order(const Call& call, const OrderKey& request);
Orders list_orders(const Call& call, const ListOrders& request);
// Who may be ordered by a unit. Refused: forbidden without visits.order over it.
OrderPeople find_order_people(const Call& call, const FindOrderPeople& request);

// For the capabilities beside and above, without a permission check.
std::optional<Order> find_order(Db& db, VisitOrderId order_id);
std::vector<OrderUnit> units_of(Db& db, VisitOrderId order_id);
std::vector<OrderMember> members_of(Db& db, VisitOrderId order_id);
// What `accounts` asks for: the permissions that orders give an account over their units, each for its days.
std::vector<accounts::FurtherGrant> reach_by_orders(Db& db, AccountId account_id);

// For the sample: many at once, already checked; the caller writes the audit entry.
void add_orders(const Call& call, std::span<const Order> orders, std::span<const OrderUnit> units,
                std::span<const OrderMember> members);

// GET and POST /api/visit_orders, GET /api/visit_orders/{order_id}, PUT to change, POST ending below it, and
// GET /api/units/{unit_id}/order_people.
void add_order_routes(Router& router);

}  // namespace gw::visits
