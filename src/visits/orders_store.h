// The tables of orders. What others may ask of them stands in orders.h.
#pragma once
#include "visits/orders.h"

namespace gw::visits {

// By the sender, the unit visited or the member, the one that ends last first.
std::vector<Order> orders_from(Db& db, UnitId sender, std::int64_t count);
std::vector<Order> orders_to(Db& db, UnitId unit_id, std::int64_t count);
std::vector<Order> orders_of(Db& db, AccountId account_id, std::int64_t count);
// Whether an order of the sender has this number in a year, another than `except`.
bool has_number(Db& db, UnitId sender, const std::string& number_text, int year);
// The last day on which each unit was visited under an order.
std::vector<NamedOrderUnit> visited_under(Db& db, VisitOrderId order_id);
// Whether an account was ordered to a unit for this day, whatever became of the order since.
bool was_ordered(Db& db, AccountId account_id, UnitId unit_id, Date day);
void add_order_rows(Db& db, const Order& order, std::span<const OrderUnit> units,
                    std::span<const OrderMember> members);
// Changes the order; units and members are replaced.
void replace_order_rows(Db& db, const Order& order, std::span<const OrderUnit> units,
                        std::span<const OrderMember> members);
void update_order_row(Db& db, const Order& order);

}  // namespace gw::visits
