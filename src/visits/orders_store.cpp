#include "visits/orders_store.h"

#include <array>

#include "platform/db/bulk_rows.h"

namespace gw::visits {

namespace {

// What a visit needs. Personal files are not among it.
using namespace std::string_view_literals;
constexpr std::array permissions_on_visit{"organisation.read"sv, "meetings.read"sv, "resolutions.read"sv,
                                          "tasks.read"sv,        "visits.read"sv,   "visits.record"sv,
                                          "directives.read"sv};

struct OrderedReach {
    UnitId unit_id;
    Date from_on{};
    Date until_on{};
    std::string number_text;
};
BOOST_DESCRIBE_STRUCT(OrderedReach, (), (unit_id, from_on, until_on, number_text))

}  // namespace

std::optional<Order> find_order(Db& db, VisitOrderId order_id) {
    return db.one<Order>("SELECT * FROM visit_orders WHERE id = :id", {{"id", order_id}});
}

std::vector<OrderUnit> units_of(Db& db, VisitOrderId order_id) {
    return db.list<OrderUnit>("SELECT * FROM visit_order_units WHERE order_id = :id ORDER BY unit_id",
                              {{"id", order_id}});
}

std::vector<OrderMember> members_of(Db& db, VisitOrderId order_id) {
    return db.list<OrderMember>("SELECT * FROM visit_order_members WHERE order_id = :id ORDER BY account_id",
                                {{"id", order_id}});
}

std::vector<accounts::FurtherGrant> reach_by_orders(Db& db, AccountId account_id) {
    std::vector<accounts::FurtherGrant> grants;
    for (const OrderedReach& each : db.list<OrderedReach>(
             "SELECT u.unit_id, o.from_on, o.until_on, o.number_text FROM visit_order_members m JOIN "
             "visit_orders o ON o.id = m.order_id JOIN visit_order_units u ON u.order_id = o.id WHERE "
             "m.account_id = :account_id AND o.ended_at IS NULL",
             {{"account_id", account_id}}))
        for (const std::string_view permission : permissions_on_visit)
            grants.push_back({std::string(permission), each.unit_id, each.from_on,
                              date_of(day_number(each.until_on) + 1), each.number_text});
    return grants;
}

std::vector<Order> orders_from(Db& db, UnitId sender, std::int64_t count) {
    return db.list<Order>(
        "SELECT * FROM visit_orders WHERE unit_id = :unit_id ORDER BY until_on DESC, id DESC LIMIT :count",
        {{"unit_id", sender}, {"count", count}});
}

std::vector<Order> orders_to(Db& db, UnitId unit_id, std::int64_t count) {
    return db.list<Order>(
        "SELECT o.* FROM visit_order_units u JOIN visit_orders o ON o.id = u.order_id WHERE u.unit_id = "
        ":unit_id ORDER BY o.until_on DESC, o.id DESC LIMIT :count",
        {{"unit_id", unit_id}, {"count", count}});
}

std::vector<Order> orders_of(Db& db, AccountId account_id, std::int64_t count) {
    return db.list<Order>(
        "SELECT o.* FROM visit_order_members m JOIN visit_orders o ON o.id = m.order_id WHERE m.account_id = "
        ":account_id ORDER BY o.until_on DESC, o.id DESC LIMIT :count",
        {{"account_id", account_id}, {"count", count}});
}

bool has_number(Db& db, UnitId sender, const std::string& number_text, int year) {
    using std::chrono::day, std::chrono::month;
    const std::chrono::year of{year};
    return db.count(
               "SELECT COUNT(*) FROM visit_orders WHERE unit_id = :unit_id AND number_text = :number_text "
               "AND "
               "from_on >= :first AND from_on <= :last",
               {{"unit_id", sender},
                {"number_text", number_text},
                {"first", Date{of / month{1} / day{1}}},
                {"last", Date{of / month{12} / day{31}}}}) > 0;
}

std::vector<NamedOrderUnit> visited_under(Db& db, VisitOrderId order_id) {
    std::vector<NamedOrderUnit> units;
    db.each("SELECT unit_id, MAX(visited_on) FROM visits WHERE order_id = :id GROUP BY unit_id",
            {{"id", order_id}}, [&](const Row& row) {
                units.push_back({row.get<UnitId>(0), "", "", row.get<Date>(1)});
            });
    return units;
}

bool was_ordered(Db& db, AccountId account_id, UnitId unit_id, Date day) {
    return db.count(
               "SELECT COUNT(*) FROM visit_order_members m JOIN visit_orders o ON o.id = m.order_id JOIN "
               "visit_order_units u ON u.order_id = o.id WHERE m.account_id = :account_id AND u.unit_id = "
               ":unit_id AND o.from_on <= :day AND o.until_on >= :day",
               {{"account_id", account_id}, {"unit_id", unit_id}, {"day", day}}) > 0;
}

void add_order_rows(Db& db, const Order& order, std::span<const OrderUnit> units,
                    std::span<const OrderMember> members) {
    db.insert("visit_orders", order);
    db.insert_all("visit_order_units", units);
    db.insert_all("visit_order_members", members);
}

void replace_order_rows(Db& db, const Order& order, std::span<const OrderUnit> units,
                        std::span<const OrderMember> members) {
    db.update("visit_orders", order);
    db.run("DELETE FROM visit_order_units WHERE order_id = :id", {{"id", order.id}});
    db.run("DELETE FROM visit_order_members WHERE order_id = :id", {{"id", order.id}});
    db.insert_all("visit_order_units", units);
    db.insert_all("visit_order_members", members);
}

void update_order_row(Db& db, const Order& order) { db.update("visit_orders", order); }

void add_orders(const Call& call, std::span<const Order> orders, std::span<const OrderUnit> units,
                std::span<const OrderMember> members) {
    add_rows(call.db, "visit_orders", orders);
    add_rows(call.db, "visit_order_units", units);
    add_rows(call.db, "visit_order_members", members);
}

}  // namespace gw::visits
