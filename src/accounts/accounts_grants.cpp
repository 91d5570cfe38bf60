#include <algorithm>

#include "accounts/accounts_operations.h"
#include "accounts/accounts_store.h"
#include "accounts/powers.h"
#include "platform/checks.h"
#include "platform/json/json.h"

namespace gw::accounts {

namespace {

std::string name_of(const Role& role, std::string_view language) {
    return language == "hi" ? role.name_hi : language == "en" ? role.name_en : role.name_vi;
}

NamedGrant named(const Call& call, const Grant& grant, const std::vector<Role>& roles) {
    NamedGrant line{grant.id, grant.role_key, grant.role_key, grant.unit_id,
                    "",       grant.from_on,  grant.until_on, false};
    for (const Role& role : roles)
        if (role.key == grant.role_key) line.role_name = name_of(role, call.language);
    if (const auto position = call.tree->find(grant.unit_id)) {
        line.unit_name = call.tree->at(*position).name;
        line.holds_today = holds_on(grant.from_on, grant.until_on, call.today);
    }
    return line;
}

// What the actor holds today that gives the role somewhere.
std::vector<Grant> own_grants_giving(const Call& call, std::string_view role_key) {
    auto grants = grants_giving(call.db, call.actor.account_id, role_key);
    std::erase_if(grants, [&](const Grant& own) {
        return !call.tree->find(own.unit_id) || !holds_on(own.from_on, own.until_on, call.today);
    });
    return grants;
}

// What of it gives the role over the unit.
std::vector<Grant> own_grants_giving(const Call& call, std::string_view role_key, UnitId unit_id) {
    const int wanted = call.tree->get(unit_id);
    auto grants = own_grants_giving(call, role_key);
    std::erase_if(grants, [&](const Grant& own) {
        return !call.tree->is_within(wanted, call.tree->reach(call.tree->get(own.unit_id)));
    });
    return grants;
}

bool is_program(const Call& call) { return !call.actor.account_id; }

// Nobody gives a role that none of theirs gives, nor for days on which theirs does not hold.
void require_may_give_on(const Call& call, const Grant& wanted) {
    require_may_give(call, wanted.role_key, wanted.unit_id);
    if (is_program(call)) return;
    for (const Grant& own : own_grants_giving(call, wanted.role_key, wanted.unit_id))
        if (own.from_on <= wanted.from_on &&
            (!own.until_on || (wanted.until_on && *wanted.until_on <= *own.until_on)))
            return;
    throw Refusal(Reason::forbidden, Problem{"until_on", "accounts.outside_own_days"});
}

// Another account of the same member is the same person.
void refuse_own(const Call& call, const AccountRow& account) {
    if (account.id == call.actor.account_id ||
        (account.member_id && *account.member_id == call.actor.member_id))
        throw Refusal(Reason::forbidden, Problem{"account_id", "accounts.own_grant"});
}

void check_given_roles(const Call& call, const std::vector<std::string>& role_keys) {
    Problems problems;
    for (const std::string& key : role_keys)
        if (!has_role(call.db, key))
            problems.push_back({"role_keys", "accounts.unknown_role", {{"role", key}}});
    refuse_if(problems);
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

void require_may_give(const Call& call, std::string_view role_key, UnitId unit_id) {
    if (is_program(call) || !own_grants_giving(call, role_key, unit_id).empty()) return;
    const auto role = find_role(call.db, role_key);
    throw Refusal(Reason::forbidden,
                  Problem{"role_key",
                          "accounts.role_not_given",
                          {{"role", role ? name_of(*role, call.language) : std::string(role_key)}}});
}

Grant add_grant(const Call& call, const AddGrant& request) {
    const AccountRow account = get_account_row(call.db, request.account_id);
    call.tree->get(request.unit_id);
    call.require("accounts.change", account.home_unit_id);
    call.require("accounts.change", request.unit_id);
    refuse_own(call, account);
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
    require_may_give_on(call, grant);
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
        require_may_give(call, grant->role_key, grant->unit_id);
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

std::map<std::string, std::string> role_names(Db& db, std::string_view language) {
    std::map<std::string, std::string> names;
    for (const Role& role : list_roles(db)) names.emplace(role.key, name_of(role, language));
    return names;
}

RoleList list_roles_for_reader(const Call& call) {
    if (call.actor.reach("accounts.read").empty())
        throw Refusal(Reason::forbidden,
                      Problem{"", "platform.forbidden", {{"permission", "accounts.read"}}});
    RoleList list{list_roles(call.db), {}};
    for (const Role& role : list.roles)
        if (!own_grants_giving(call, role.key).empty()) list.may_give.push_back(role.key);
    return list;
}

Account add_person(const Call& call, const Person& person, const std::string& password_hash) {
    const auto units = call.tree->units();
    const auto unit = std::find_if(units.begin(), units.end(), [&](const organisation::TreeUnit& each) {
        return each.code == person.unit_code;
    });
    if (unit == units.end()) refuse_unknown("unit_code");
    AddAccount request{{}, person.user_name, person.full_name, person.member_id, unit->id, {}, ""};
    request.role_key = person.role_key;
    return add_account(call, request, password_hash);
}

Role set_given_roles(const Call& call, const SetGivenRoles& request) {
    if (call.tree->size() == 0) refuse_unknown("role_key");
    call.require("accounts.change_roles", call.tree->at(0).id);
    auto role = find_role(call.db, request.role_key);
    if (!role) refuse_unknown("role_key");
    check_given_roles(call, request.role_keys);
    role->given_role_keys = request.role_keys;
    put_role(call.db, *role);
    call.record("role.given_roles_set", Id<struct RoleThing>{}, {}, to_json(request));
    call.announce("grants");
    return *find_role(call.db, request.role_key);
}

void add_role(const Call& call, const Role& role) {
    std::vector<std::string> others = role.given_role_keys;
    std::erase(others, role.key);
    check_given_roles(call, others);
    put_role(call.db, role);
    call.record("role.set", Id<struct RoleThing>{}, {}, to_json(role));
    call.announce("grants");
}

Why why_may_i(const Call& call, const AskWhy& request, const FurtherGrants& further) {
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
    for (const FurtherGrant& each : further_of(further, call.db, call.actor.account_id))
        if (each.permission == request.permission && each.unit_id == request.unit_id &&
            holds_on(each.from_on, each.until_on, call.today))
            why.grants.push_back({{},
                                  "",
                                  each.because,
                                  each.unit_id,
                                  call.tree->at(wanted).name,
                                  each.from_on,
                                  each.until_on,
                                  true});
    why.is_allowed = call.actor.may(request.permission, request.unit_id);
    return why;
}

}  // namespace gw::accounts
