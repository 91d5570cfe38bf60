// Who makes a call, and what they may do where. Decided by the accounts capability, asked by every other.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/text.h"

namespace gw {

using UnitId = Id<struct UnitThing>;
using MemberId = Id<struct MemberThing>;
using AccountId = Id<struct AccountThing>;

// Units [first, end) of the tree in pre-order: a unit with everything below it.
struct Reach {
    int first = 0;
    int end = 0;
};

// Through what somebody may do something: a role over a unit and everything below it, or, where no role gives
// it, an order over exactly one unit.
struct Ground {
    std::string role_key;
    std::string because;  // without a role: what gives it, for people
    UnitId unit_id;
};

struct Actor {
    AccountId account_id;
    MemberId member_id;   // 0 when the account belongs to no member
    UnitId home_unit_id;  // the unit the person comes from
    std::string name;     // as shown in the audit trail
    // A name to show to people: that of the program's own jobs is none.
    std::string name_for_people() const { return account_id || home_unit_id ? name : std::string(); }
    std::string language = "vi";

    // True when a role gives `permission` over `unit_id` today. Nobody may anything by default.
    std::function<bool(std::string_view permission, UnitId unit_id)> may = [](std::string_view, UnitId) {
        return false;
    };
    // Where a permission holds today: ranges of the tree that do not overlap, in order.
    std::function<std::vector<Reach>(std::string_view permission)> reach = [](std::string_view) {
        return std::vector<Reach>{};
    };
    // What gives `permission` over `unit_id` today; empty when nothing does. The program needs no ground.
    std::function<Ground(std::string_view permission, UnitId unit_id)> ground = [](std::string_view, UnitId) {
        return Ground{};
    };
};

// The program itself: jobs, imports at the command line, the sample. May everything.
Actor program_actor(std::string name);
// Somebody who has not signed in.
Actor nobody();

}  // namespace gw
