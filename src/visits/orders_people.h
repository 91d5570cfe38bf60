// Who is named in an order, looked up with where they come from.
#pragma once
#include "visits/orders_rules.h"

namespace gw::visits {

// In the order of `account_ids`; without an account where there is none.
std::vector<Named> people_named(const Call& call, std::span<const AccountId> account_ids);

}  // namespace gw::visits
