// Accounts: who may sign in, and what they may do where.
//
// Words: an *account* is somebody who signs in; a *role* is a list of permissions, kept as data; a *grant*
// gives an account a role over a unit and everything below it, between two days; a *session* is one browser
// that is signed in. Nobody may anything that no grant gives. Only hashes of passwords and of session tokens
// are kept.
#pragma once
#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <span>
#include <unordered_map>

#include "organisation/organisation.h"
#include "platform/auth/passwords.h"
#include "platform/call.h"

namespace gw {
class Router;
class Announcements;
using GrantId = Id<struct GrantThing>;
using SessionId = Id<struct SessionThing>;
}  // namespace gw

namespace gw::accounts {

using gw::Passwords;

struct Account {
    AccountId id;
    std::string user_name;  // lower case; unique
    std::string full_name;
    std::optional<MemberId> member_id;  // the member this person is
    UnitId home_unit_id;     // the unit the person comes from; whoever holds accounts.change there keeps the
                             // account
    std::string language;    // vi, en or hi
    bool is_locked = false;  // may not sign in
    Moment created_at;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Account, (),
                      (id, user_name, full_name, member_id, home_unit_id, language, is_locked, created_at,
                       version))

struct Role {
    std::string key;  // "secretary"
    std::string name_vi, name_en, name_hi;
    std::vector<std::string> permissions;           // "meetings.plan"
    std::vector<std::string> given_role_keys = {};  // the roles that whoever holds this one may give
};
BOOST_DESCRIBE_STRUCT(Role, (), (key, name_vi, name_en, name_hi, permissions, given_role_keys))

struct Grant {
    GrantId id;
    AccountId account_id;
    std::string role_key;
    UnitId unit_id;
    Date from_on{};
    std::optional<Date> until_on;  // the first day it no longer holds
};
BOOST_DESCRIBE_STRUCT(Grant, (), (id, account_id, role_key, unit_id, from_on, until_on))

// A permission over exactly one unit, not over those below it, that no role gives: a capability above hands
// such grants over, for the days of an order. Whoever changes them announces "grants".
struct FurtherGrant {
    std::string permission;
    UnitId unit_id;
    Date from_on{};
    std::optional<Date> until_on;  // the first day it no longer holds
    std::string because;           // what gives it, for people: the number of an order
};
using FurtherGrants = std::function<std::vector<FurtherGrant>(Db&, AccountId)>;

struct AddAccount {
    std::optional<AccountId> id;  // made by the caller, or by the server
    std::string user_name;        // 3 to 40 letters a-z, digits, and . - _
    std::string full_name;
    std::optional<MemberId> member_id;
    UnitId home_unit_id;
    std::optional<std::string> language;  // vi when not given
    std::string password;                 // see problems_in_password
    // With a role the account gets its first grant in the same transaction.
    std::optional<std::string> role_key = {};
    std::optional<UnitId> unit_id = {};  // the home unit when not given
    std::optional<Date> from_on = {};    // as in AddGrant
    std::optional<Date> until_on = {};
};
BOOST_DESCRIBE_STRUCT(AddAccount, (),
                      (id, user_name, full_name, member_id, home_unit_id, language, password, role_key,
                       unit_id, from_on, until_on))

struct AddGrant {
    AccountId account_id;
    std::string role_key;
    UnitId unit_id;
    std::optional<Date> from_on;   // today when not given
    std::optional<Date> until_on;  // the first day it no longer holds
};
BOOST_DESCRIBE_STRUCT(AddGrant, (), (account_id, role_key, unit_id, from_on, until_on))

// All run inside the writer (Call of a write, or of Call::write); the hash comes from Passwords::hash, which
// takes tens of milliseconds and must not run there; `request.password` is not looked at. Refused: forbidden
// without accounts.change over the home unit; not_found for an unknown unit; invalid for a user name that is
// malformed or taken, an empty full name, an unknown language, a unit or a day of a role without the role;
// and with a role like add_grant, in which case there is no account either.
Account add_account(const Call& call, const AddAccount& request, const std::string& password_hash);
// Refused: forbidden without accounts.change over the account's home unit and over the unit, for the actor's
// own account or another one of the same member, and unless one grant that the actor holds today gives the
// role (Role::given_role_keys), reaches the unit and lasts over all the days; invalid for an unknown role, or
// when the last day comes before the first; conflict when the account holds the role there on some of those
// days already. The program itself may give every role.
Grant add_grant(const Call& call, const AddGrant& request);
// Adds a role, or changes the one of that key. There is no route to it. Refused: invalid when it gives a role
// that there is not.
void add_role(const Call& call, const Role& role);
// Somebody with one role over the unit they come from. For the shell and the sample.
struct Person {
    std::string user_name, full_name;
    std::string unit_code;
    std::string role_key;
    std::optional<MemberId> member_id = {};
};
// add_account and add_grant in one; not_found on `unit_code` when no unit of that code stands today.
Account add_person(const Call& call, const Person& person, const std::string& password_hash);
// Sets the password and ends all sessions of the account. For the shell.
void set_password(const Call& call, AccountId account_id, const std::string& password_hash);

// Everything wrong with a password: shorter than 10 characters, longer than 200, or holding the user name.
Problems problems_in_password(std::string_view password, std::string_view user_name, std::string_view field);
// Whether there is a catalogue of texts for it: vi, en, hi.
bool is_language(std::string_view language);
std::optional<Account> find_account(Db& db, std::string_view user_name);
std::optional<Account> find_account(Db& db, AccountId account_id);
std::vector<Role> list_roles(Db& db);
// The names of all roles by key, as readers of the language know them.
std::map<std::string, std::string> role_names(Db& db, std::string_view language);

// For the capabilities above, without a permission check. Accounts that are locked are left out.
std::vector<Account> accounts_of(Db& db, std::span<const MemberId> member_ids);
// Up to `count` by name, in whose names each word of `text` stands; only those who come from one of the units
// when these are named.
std::vector<Account> find_people(Db& db, std::string_view text,
                                 const std::optional<std::vector<UnitId>>& home_unit_ids, std::size_t count);
// Whoever holds a permission today by a grant over exactly this unit, not over one above it.
std::vector<Account> accounts_holding(const Call& call, std::string_view permission, UnitId unit_id);
// The same for the unit, or for the nearest one above it over which somebody holds it.
std::vector<Account> nearest_holders(const Call& call, std::string_view permission, UnitId unit_id);
// Whether some grant gives an account a permission over a unit today.
bool may(const Call& call, AccountId account_id, std::string_view permission, UnitId unit_id);

// How long a session lasts without being used, and at most.
struct SessionLimits {
    std::int64_t idle_milliseconds = 7LL * 24 * 60 * 60 * 1000;
    std::int64_t total_milliseconds = 30LL * 24 * 60 * 60 * 1000;
    std::int64_t noting_milliseconds = 5LL * 60 * 1000;  // how often the use of a session is written down
};

// Who a session token belongs to, kept in memory: asked for every request. Safe from many threads. A session
// that was ended, an account that was locked and a grant that was taken away count from the commit on.
class Sessions {
public:
    // The store must outlive it.
    explicit Sessions(Store& store, SessionLimits limits = {}, FurtherGrants further_grants = {});
    ~Sessions();
    Sessions(const Sessions&) = delete;
    Sessions& operator=(const Sessions&) = delete;

    // Null when the token belongs to nobody, the session has ended or the account is locked. Reads the store
    // only for a session it does not know yet; never call it while holding a Db of the same thread.
    std::shared_ptr<const Actor> find_actor(std::string_view token, Moment now, Date today,
                                            const std::shared_ptr<const organisation::Tree>& tree);
    // Whether a person ended the session of this token. One that ran out was not ended.
    bool was_ended(std::string_view token) const;
    // The person behind an account, for work that goes on after their request; null when there is none or it
    // is locked.
    std::shared_ptr<const Actor> actor_of(AccountId account_id, Moment now, Date today,
                                          const std::shared_ptr<const organisation::Tree>& tree);
    // Hears of changes to accounts, grants, sessions and units. Call once, before requests are answered.
    void listen(Announcements& announcements);
    // How many sessions are in memory.
    std::size_t count() const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

// Slows down whoever guesses passwords: counts the failures of a user name and of an address over a quarter
// of an hour; after 5 of one name or 30 of one address every further one doubles the time to wait, from 5
// seconds to a quarter of an hour. Addresses of this machine itself are not counted: behind them stands a
// proxy with everybody.
class SignInLimits {
public:
    // Counts an attempt before its outcome is known, so that many at once do not slip through. Refuses it
    // (too_many, with `seconds` to wait) without counting when it comes too early.
    void note_attempt(std::string_view user_name, std::string_view address, Moment now);
    // The attempt was right: forgets the failures of the name.
    void note_success(std::string_view user_name, std::string_view address);

private:
    struct Failures {
        std::vector<Moment> at;
        Moment not_before;
    };
    std::mutex lock_;
    std::unordered_map<std::string, Failures> failures_;
    void forget_old(Moment now);
};

// The unit a member belongs to; nothing for an unknown member. Accounts stands beside members and is told by
// them.
using UnitOfMember = std::function<std::optional<UnitId>(Db&, MemberId)>;

// Routes under /api/session, /api/sessions, /api/accounts, /api/grants and /api/roles. All must outlive the
// router.
void add_routes(Router& router, SignInLimits& sign_in_limits, Passwords& passwords,
                UnitOfMember unit_of_member, FurtherGrants further_grants = {});

}  // namespace gw::accounts
