#include <algorithm>

#include "accounts/accounts_operations.h"
#include "accounts/accounts_store.h"
#include "accounts/powers.h"
#include "platform/checks.h"
#include "platform/json/json.h"

namespace gw::accounts {

namespace {

NamedGrant named(const Call& call, const Grant& grant, const std::vector<Role>& roles) {
    NamedGrant line{grant.id, grant.role_key, grant.role_key, grant.unit_id,
                    "",       grant.from_on,  grant.until_on, false};
    for (const Role& role : roles)
        if (role.key == grant.role_key)
            line.role_name = call.language == "hi"   ? role.name_hi
                             : call.language == "en" ? role.name_en
                                                     : role.name_vi;
    if (const auto position = call.tree->find(grant.unit_id)) {
        line.unit_name = call.tree->at(*position).name;
        line.holds_today = holds_on(grant.from_on, grant.until_on, call.today);
    }
    return line;
}

// Nobody gives or takes away what they do not hold themselves.
void require_all_of_role(const Call& call, std::string_view role_key, UnitId unit_id) {
    for (const std::string& permission : permissions_of_role(call.db, role_key))
        if (!call.actor.may(permission, unit_id))
            throw Refusal(Reason::forbidden,
                          Problem{"role_key", "accounts.role_holds_more", {{"permission", permission}}});
}

bool overlap(const Grant& left, const Grant& right) {
    return (!left.until_on || right.from_on < *left.until_on) &&
           (!right.until_on || left.from_on < *right.until_on);
}

std::string detail_of(const Grant& grant) {
    std::string detail;
    write_json(detail, grant);
    return detail;
}

AccountRow get_account_row(Db& db, AccountId account_id) {
    auto row = find_account_row(db, account_id);
    if (!row) refuse_unknown("account_id");
    return *std::move(row);
}

}  // namespace

Grant add_grant(const Call& call, const AddGrant& request) {
    const AccountRow account = get_account_row(call.db, request.account_id);
    call.tree->get(request.unit_id);
    call.require("accounts.change", account.home_unit_id);
    call.require("accounts.change", request.unit_id);
    Grant grant{{},
                request.account_id,
                request.role_key,
                request.unit_id,
                request.from_on.value_or(call.today),
                request.until_on};
    Problems problems;
    if (!has_role(call.db, grant.role_key)) problems.push_back({"role_key", "platform.not_valid"});
    check_day(problems, "from_on", grant.from_on);
    if (grant.until_on) check_day(problems, "until_on", *grant.until_on);
    if (grant.until_on && *grant.until_on <= grant.from_on)
        problems.push_back({"until_on", "accounts.ends_before_it_begins"});
    refuse_if(problems);
    require_all_of_role(call, grant.role_key, grant.unit_id);
    for (const Grant& other : grants_of(call.db, grant.account_id))
        if (other.role_key == grant.role_key && other.unit_id == grant.unit_id && overlap(other, grant))
            throw Refusal(Reason::conflict, Problem{"from_on", "accounts.granted_already"});
    grant.id = call.new_id<GrantId>();
    add_grant_row(call.db, grant);
    call.record("grant.added", grant.id, grant.unit_id, detail_of(grant));
    call.announce("grants");
    return grant;
}

Nothing remove_grant(const Call& call, const RemoveGrant& request) {
    const auto grant = find_grant(call.db, request.grant_id);
    if (!grant) refuse_unknown("grant_id");
    call.require("accounts.change", get_account_row(call.db, grant->account_id).home_unit_id);
    if (call.tree->find(grant->unit_id)) {
        call.require("accounts.change", grant->unit_id);
        require_all_of_role(call, grant->role_key, grant->unit_id);
    }
    remove_grant_row(call.db, grant->id);
    call.record("grant.removed", grant->id, grant->unit_id, detail_of(*grant));
    call.announce("grants");
    return {};
}

GrantList list_grants(const Call& call, const OfAccount& request) {
    const AccountRow account = get_account_row(call.db, request.account_id);
    if (account.id != call.actor.account_id) call.require("accounts.read", account.home_unit_id);
    const auto roles = list_roles(call.db);
    GrantList list;
    for (const Grant& grant : grants_of(call.db, account.id))
        list.grants.push_back(named(call, grant, roles));
    return list;
}

RoleList list_roles_for_reader(const Call& call) {
    if (call.actor.reach("accounts.read").empty())
        throw Refusal(Reason::forbidden,
                      Problem{"", "platform.forbidden", {{"permission", "accounts.read"}}});
    return {list_roles(call.db)};
}

Account add_person(const Call& call, const Person& person, const std::string& password_hash) {
    const auto units = call.tree->units();
    const auto unit = std::find_if(units.begin(), units.end(), [&](const organisation::TreeUnit& each) {
        return each.code == person.unit_code;
    });
    if (unit == units.end()) refuse_unknown("unit_code");
    const Account account = add_account(
        call, {{}, person.user_name, person.full_name, person.member_id, unit->id, {}, ""}, password_hash);
    add_grant(call, {account.id, person.role_key, unit->id, {}, {}});
    return account;
}

void add_role(const Call& call, const Role& role) {
    put_role(call.db, role);
    call.record("role.set", Id<struct RoleThing>{}, {}, to_json(role));
    call.announce("grants");
}

Why why_may_i(const Call& call, const AskWhy& request) {
    const int wanted = call.tree->get(request.unit_id);
    const auto roles = list_roles(call.db);
    Why why;
    for (const Grant& grant : grants_of(call.db, call.actor.account_id)) {
        const auto position = call.tree->find(grant.unit_id);
        if (!position || !call.tree->is_within(wanted, call.tree->reach(*position)) ||
            !holds_on(grant.from_on, grant.until_on, call.today))
            continue;
        const auto role = std::find_if(roles.begin(), roles.end(),
                                       [&](const Role& each) { return each.key == grant.role_key; });
        if (role == roles.end() || std::find(role->permissions.begin(), role->permissions.end(),
                                             request.permission) == role->permissions.end())
            continue;
        why.grants.push_back(named(call, grant, roles));
    }
    why.is_allowed = call.actor.may(request.permission, request.unit_id);
    return why;
}

}  // namespace gw::accounts
