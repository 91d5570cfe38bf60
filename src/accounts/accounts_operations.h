// The requests and answers of the routes of accounts. Private to accounts.
#pragma once
#include "accounts/accounts.h"
#include "accounts/accounts_store.h"
#include "platform/router.h"

namespace gw::accounts {

struct SignIn {
    std::string user_name;
    std::string password;
    std::optional<std::string> device;  // what the person will recognise in the list of sessions
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (user_name, password, device))

struct HeldPermission {
    std::string permission;
    UnitId unit_id;                 // and everything below it
    bool is_without_below = false;  // not what stands below it
};
BOOST_DESCRIBE_STRUCT(HeldPermission, (), (permission, unit_id, is_without_below))

struct CurrentAccount {
    AccountId account_id;
    std::string user_name;
    std::string full_name;
    std::string language;
    std::optional<MemberId> member_id;
    UnitId home_unit_id;
    std::string home_unit_name;
    std::vector<HeldPermission> permissions;
    Date today{};
    bool needs_pin = false;  // the home unit, or one above it, wants a PIN on its people's devices
};
BOOST_DESCRIBE_STRUCT(CurrentAccount, (),
                      (account_id, user_name, full_name, language, member_id, home_unit_id, home_unit_name,
                       permissions, today, needs_pin))

struct Session {
    SessionId id;
    Moment created_at;
    Moment last_seen_at;  // to within some minutes
    Moment expires_at;
    std::string remote_address;
    std::string device;
    bool is_current = false;
    bool is_over = false;  // ran out; the device may still hold what it kept
};
BOOST_DESCRIBE_STRUCT(Session, (),
                      (id, created_at, last_seen_at, expires_at, remote_address, device, is_current, is_over))

struct SessionList {
    std::vector<Session> sessions;
};
BOOST_DESCRIBE_STRUCT(SessionList, (), (sessions))

struct EndSession {
    SessionId session_id;
};
BOOST_DESCRIBE_STRUCT(EndSession, (), (session_id))

struct EndedSessions {
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(EndedSessions, (), (count))

struct ChooseLanguage {
    std::string language;
};
BOOST_DESCRIBE_STRUCT(ChooseLanguage, (), (language))

struct ChangePassword {
    std::string current_password;
    std::string password;
};
BOOST_DESCRIBE_STRUCT(ChangePassword, (), (current_password, password))

struct ShowPassword {
    std::string password;
};
BOOST_DESCRIBE_STRUCT(ShowPassword, (), (password))

struct RecoveryKey {
    std::string recovery_key;
};
BOOST_DESCRIBE_STRUCT(RecoveryKey, (), (recovery_key))

struct PinRuleKey {
    UnitId unit_id;
};
BOOST_DESCRIBE_STRUCT(PinRuleKey, (), (unit_id))

struct SetPinRule {
    UnitId unit_id;
    bool is_wanted = false;
};
BOOST_DESCRIBE_STRUCT(SetPinRule, (), (unit_id, is_wanted))

struct PinRule {
    UnitId unit_id;
    bool is_wanted = false;    // by the unit itself
    std::string wanted_above;  // the name of a unit above that wants it; empty when none does
};
BOOST_DESCRIBE_STRUCT(PinRule, (), (unit_id, is_wanted, wanted_above))

struct AskWhy {
    std::string permission;
    UnitId unit_id;
};
BOOST_DESCRIBE_STRUCT(AskWhy, (), (permission, unit_id))

// A grant with the names a reader needs.
struct NamedGrant {
    GrantId id;
    std::string role_key;
    std::string role_name;  // in the reader's language; what an order is called, when no role gives it
    UnitId unit_id;
    std::string unit_name;  // empty when the unit does not stand today
    Date from_on{};
    std::optional<Date> until_on;
    bool holds_today = false;
};
BOOST_DESCRIBE_STRUCT(NamedGrant, (),
                      (id, role_key, role_name, unit_id, unit_name, from_on, until_on, holds_today))

struct Why {
    bool is_allowed = false;
    std::vector<NamedGrant> grants;  // those that give it today
};
BOOST_DESCRIBE_STRUCT(Why, (), (is_allowed, grants))

struct ListAccounts {
    std::optional<UnitId> within;  // home units
    std::optional<std::string> text;
    std::optional<AccountId> after;  // the last one of the page before
    std::optional<std::int64_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListAccounts, (), (within, text, after, limit))

struct AccountLine {
    AccountId id;
    std::string user_name;
    std::string full_name;
    UnitId home_unit_id;
    std::string home_unit_name;
    bool is_locked = false;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(AccountLine, (),
                      (id, user_name, full_name, home_unit_id, home_unit_name, is_locked, version))

struct AccountPage {
    std::vector<AccountLine> accounts;
    std::optional<AccountId> next;  // give it as `after` for the next page
};
BOOST_DESCRIBE_STRUCT(AccountPage, (), (accounts, next))

struct LockAccount {
    AccountId account_id;
    bool is_locked = true;
};
BOOST_DESCRIBE_STRUCT(LockAccount, (), (account_id, is_locked))

struct OfAccount {
    AccountId account_id;
};
BOOST_DESCRIBE_STRUCT(OfAccount, (), (account_id))

struct GrantList {
    std::vector<NamedGrant> grants;
};
BOOST_DESCRIBE_STRUCT(GrantList, (), (grants))

struct RemoveGrant {
    GrantId grant_id;
};
BOOST_DESCRIBE_STRUCT(RemoveGrant, (), (grant_id))

struct SetGivenRoles {
    std::string role_key;
    std::vector<std::string> role_keys;  // those that whoever holds the role may give
};
BOOST_DESCRIBE_STRUCT(SetGivenRoles, (), (role_key, role_keys))

struct RoleList {
    std::vector<Role> roles;
    std::vector<std::string> may_give;  // keys of those that the reader may give somewhere today
};
BOOST_DESCRIBE_STRUCT(RoleList, (), (roles, may_give))

// Refused: not_signed_in when name or password is wrong, whichever; forbidden when the account is locked and
// the password right; too_many after repeated failures. Runs outside the writer, as hashing is slow.
CurrentAccount sign_in(const Call& call, const SignIn& request, SignInLimits& limits, Passwords& passwords,
                       const SessionLimits& lasting = {}, const FurtherGrants& further = {});
CurrentAccount current_account(const Call& call, const FurtherGrants& further = {});
Nothing sign_out(const Call& call);
// Ends all sessions of the actor, this one too.
EndedSessions sign_out_everywhere(const Call& call);
// The actor's own sessions, the one used last first.
SessionList list_sessions(const Call& call, const SessionLimits& lasting = {});
// Refused: not_found for a session that is not the actor's.
// The device is told at its next contact to forget what it holds, however much later that is.
Nothing end_session(const Call& call, const EndSession& request);
// Refused: invalid for a language there is no catalogue for.
Nothing choose_language(const Call& call, const ChooseLanguage& request);
// Ends all other sessions of the actor. Refused: invalid when the current password is wrong or the other one
// has problems; too_many after repeated failures. Runs outside the writer.
// The other sessions can no longer be used, but stay listed until somebody ends them.
Nothing change_password(const Call& call, const ChangePassword& request, SignInLimits& limits,
                        Passwords& passwords);
// What opens a device whose PIN was forgotten; the same for an account always. Refused: invalid for a wrong
// password; too_many like signing in.
RecoveryKey recovery_key(const Call& call, const ShowPassword& request, SignInLimits& limits,
                         Passwords& passwords);
// Refused: forbidden without accounts.require_pin over the unit.
PinRule pin_rule(const Call& call, const PinRuleKey& request);
PinRule set_pin_rule(const Call& call, const SetPinRule& request);
// Whether an account of that home unit needs a PIN on its devices.
bool needs_pin(const Call& call, UnitId home_unit_id);
// Ends the session for good: its device is told to forget what it holds.
void end_for_good(const Call& call, const SessionRow& session);
// Which of the actor's grants give a permission over a unit today. Anybody may ask about themselves.
Why why_may_i(const Call& call, const AskWhy& request, const FurtherGrants& further = {});

// Refused: forbidden without accounts.read anywhere within.
AccountPage list_accounts(const Call& call, const ListAccounts& request);
// As add_account, but hashes the password first; runs outside the writer. Refused also for a password with
// problems, not_found for an unknown member, and forbidden without accounts.change over the unit of the
// member: an account that is a member's may read that member's file.
Account create_account(const Call& call, const AddAccount& request, Passwords& passwords,
                       const UnitOfMember& unit_of_member);
// A locked account has no sessions. Refused: forbidden without accounts.change over the home unit, or when
// the account holds a role over a unit, today or later, that the actor may not give there; invalid for one's
// own account.
Account lock_account(const Call& call, const LockAccount& request);
// Refused: forbidden without accounts.read over the home unit, except for one's own.
GrantList list_grants(const Call& call, const OfAccount& request);
// Refused: forbidden without accounts.change over the account's home unit and over the unit, or when the
// actor may not give the role there today; a grant over a unit that does not stand needs only accounts.change
// over the home unit.
Nothing remove_grant(const Call& call, const RemoveGrant& request);
// Refused: forbidden without accounts.read over some unit.
RoleList list_roles_for_reader(const Call& call);
// Says which roles a role gives, in place of those it gave. Counts at once. Refused: forbidden without
// accounts.change_roles over the root; not_found for an unknown role; invalid for an unknown one among
// `role_keys`.
Role set_given_roles(const Call& call, const SetGivenRoles& request);
// Refuses the call (forbidden) unless a grant that the actor holds today gives the role over the unit.
void require_may_give(const Call& call, std::string_view role_key, UnitId unit_id);

}  // namespace gw::accounts
