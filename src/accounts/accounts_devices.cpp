#include "accounts/accounts_operations.h"
#include "accounts/accounts_store.h"

namespace gw::accounts {

namespace {

// Longer than a lost phone lies in a drawer and still has power.
constexpr std::int64_t ended_are_kept = 800LL * 24 * 60 * 60 * 1000;
constexpr std::size_t longest_given_password = 1000;  // bytes hashed at most, whatever was typed

}  // namespace

void end_for_good(const Call& call, const SessionRow& session) {
    remove_session(call.db, session.id);
    keep_ended(call.db, session.token_hash, call.now, {call.now.milliseconds - ended_are_kept});
}

RecoveryKey recovery_key(const Call& call, const ShowPassword& request, SignInLimits& limits,
                         Passwords& passwords) {
    const auto row = find_account_row(call.db, call.actor.account_id);
    if (!row) throw Refusal(Reason::not_signed_in, Problem{"", "platform.not_signed_in"});
    limits.note_attempt(row->user_name, call.remote_address, call.now);
    if (request.password.size() > longest_given_password ||
        !passwords.fits(request.password, &row->password_hash))
        throw Refusal(Reason::invalid, Problem{"password", "accounts.wrong_password"});
    limits.note_success(row->user_name, call.remote_address);
    if (const auto kept = find_recovery_key(call.db, row->id)) return {*kept};
    std::string key;
    call.write([&](const Call& inner) {
        // Somebody may have asked at the same time from another device.
        const auto kept = find_recovery_key(inner.db, row->id);
        key = kept ? *kept : make_token();
        if (kept) return;
        add_recovery_key(inner.db, row->id, key);
        inner.record("account.recovery_key_made", row->id, row->home_unit_id);
    });
    return {key};
}

bool needs_pin(const Call& call, UnitId home_unit_id) {
    const auto position = call.tree->find(home_unit_id);
    if (!position) return wants_pin(call.db, home_unit_id);
    for (const int each : call.tree->path(*position))
        if (wants_pin(call.db, call.tree->at(each).id)) return true;
    return false;
}

PinRule pin_rule(const Call& call, const PinRuleKey& request) {
    call.require("accounts.require_pin", request.unit_id);
    PinRule rule{request.unit_id, wants_pin(call.db, request.unit_id), ""};
    for (const int each : call.tree->path(call.tree->get(request.unit_id))) {
        const auto& unit = call.tree->at(each);
        if (unit.id != request.unit_id && wants_pin(call.db, unit.id)) rule.wanted_above = unit.name;
    }
    return rule;
}

PinRule set_pin_rule(const Call& call, const SetPinRule& request) {
    const PinRule before = pin_rule(call, {request.unit_id});
    if (before.is_wanted == request.is_wanted) return before;
    if (request.is_wanted) want_pin(call.db, request.unit_id, call.now);
    else stop_wanting_pin(call.db, request.unit_id);
    call.record(request.is_wanted ? "unit.pin_wanted" : "unit.pin_not_wanted", request.unit_id,
                request.unit_id);
    return pin_rule(call, {request.unit_id});
}

}  // namespace gw::accounts
