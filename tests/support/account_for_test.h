// Accounts that the capabilities find by what they may.
#pragma once
#include "accounts/accounts.h"
#include "support/people.h"

namespace gw::test {

// Somebody with an account of their own, who may this and that over a unit.
inline Actor add_account(World& world, const std::string& user_name, std::vector<std::string> permissions,
                         UnitId unit_id, MemberId member_id = {}) {
    Actor actor = world.person(permissions, unit_id, member_id);
    world.write([&](const Call& call) {
        accounts::AddAccount account;
        account.user_name = user_name;
        account.full_name = "Nguyễn " + user_name;
        account.home_unit_id = unit_id;
        if (member_id) account.member_id = member_id;
        account.language = "vi";
        actor.account_id = accounts::add_account(call, account, "no password fits this").id;
        const std::string role = "role_" + user_name;
        accounts::add_role(call, {role, role, role, role, permissions});
        accounts::add_grant(call, {actor.account_id, role, unit_id, day("2024-01-01"), {}});
    });
    return actor;
}

}  // namespace gw::test
