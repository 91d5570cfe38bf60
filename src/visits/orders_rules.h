// Decisions about orders that need no database.
#pragma once
#include "organisation/tree.h"
#include "visits/orders.h"

namespace gw::visits {

// What sending out and changing have in common.
struct OrderPlan {
    Date from_on{};
    Date until_on{};
    std::vector<UnitId> unit_ids;
    std::vector<AccountId> account_ids;
    AccountId leader_id;
};

// Somebody named in an order, as far as it is known.
struct Named {
    std::optional<accounts::Account> account;
    std::vector<UnitId> own_unit_ids;  // where the person comes from, and where a member
};

OrderState state_of(const Order& order, Date today);
// Everything wrong with the days of an order.
void check_days(Problems& problems, Date from_on, Date until_on, Date today);
// True for somebody of the sender or below it who may sign in.
bool may_be_sent(const Named& person, UnitId sender, const organisation::Tree& tree);
// Everything wrong with days, units and people; `people` stand in the order of plan.account_ids.
Problems problems_in(const OrderPlan& plan, UnitId sender, std::span<const Named> people,
                     const organisation::Tree& tree, Date today);
// True when `there` is what `request` asks for: the same order sent twice.
bool is_same(const Order& there, std::span<const OrderUnit> units, std::span<const OrderMember> members,
             const SendOut& request);

}  // namespace gw::visits
