// The tables of accounts, sessions, roles and grants. Private to accounts.
#pragma once
#include "accounts/accounts.h"
#include "platform/auth/tokens.h"

namespace gw::accounts {

struct AccountRow {
    AccountId id;
    std::string user_name;
    std::string full_name;
    std::string folded_name;
    std::string password_hash;
    std::optional<MemberId> member_id;
    UnitId home_unit_id;
    std::string language;
    bool is_locked = false;
    Moment created_at;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(AccountRow, (),
                      (id, user_name, full_name, folded_name, password_hash, member_id, home_unit_id,
                       language, is_locked, created_at, version))

struct SessionRow {
    SessionId id;
    std::string token_hash;
    AccountId account_id;
    Moment created_at;
    Moment last_seen_at;
    Moment expires_at;
    std::string remote_address;
    std::string device;
};
BOOST_DESCRIBE_STRUCT(SessionRow, (),
                      (id, token_hash, account_id, created_at, last_seen_at, expires_at, remote_address,
                       device))

// A permission that some grant gives over a unit between two days.
struct PermissionRow {
    std::string permission;
    std::string role_key;
    UnitId unit_id;
    Date from_on{};
    std::optional<Date> until_on;
};
BOOST_DESCRIBE_STRUCT(PermissionRow, (), (permission, role_key, unit_id, from_on, until_on))

std::optional<AccountRow> find_account_row(Db& db, std::string_view user_name);
std::optional<AccountRow> find_account_row(Db& db, AccountId account_id);
Account without_secrets(AccountRow row);
void add_account_row(Db& db, const AccountRow& row);
void update_account_row(Db& db, const AccountRow& row);
std::vector<AccountRow> account_rows_of(Db& db, std::span<const MemberId> member_ids);
std::vector<AccountRow> account_rows_holding(Db& db, std::string_view permission, UnitId unit_id, Date day);
// Up to `count` accounts by folded name and id, after the given one. Each of `words` stands in the full name
// or in the user name. Only those with a home among `home_unit_ids` when these are given.
std::vector<AccountRow> list_account_rows(Db& db, const std::vector<std::string>& words,
                                          const std::optional<std::vector<UnitId>>& home_unit_ids,
                                          const std::optional<AccountRow>& after, std::size_t count);

std::optional<SessionRow> find_session_row(Db& db, const TokenHash& hash);
std::optional<SessionRow> find_session_row(Db& db, SessionId session_id);
std::vector<SessionRow> sessions_of(Db& db, AccountId account_id);
void add_session_row(Db& db, const SessionRow& row);
void remove_session(Db& db, SessionId session_id);
// All sessions of an account, or all but one; returns how many ended.
std::int64_t remove_sessions(Db& db, AccountId account_id, SessionId except = {});
// All but one can no longer be used, and stay listed: what their devices hold can still be ended.
void expire_sessions(Db& db, AccountId account_id, SessionId except, Moment at);
// Remembers that a person ended a session, and forgets those ended before `forget_before`.
void keep_ended(Db& db, const std::string& token_hash, Moment at, Moment forget_before);
bool was_ended(Db& db, const TokenHash& hash);
std::optional<std::string> find_recovery_key(Db& db, AccountId account_id);
void add_recovery_key(Db& db, AccountId account_id, const std::string& recovery_key);
bool wants_pin(Db& db, UnitId unit_id);
void want_pin(Db& db, UnitId unit_id, Moment at);
void stop_wanting_pin(Db& db, UnitId unit_id);
void note_use(Db& db, SessionId session_id, Moment at);

bool has_role(Db& db, std::string_view role_key);
std::optional<Role> find_role(Db& db, std::string_view role_key);
// With its permissions and the roles it gives; these must exist.
void put_role(Db& db, const Role& role);

std::optional<Grant> find_grant(Db& db, GrantId grant_id);
std::vector<Grant> grants_of(Db& db, AccountId account_id);
// The grants of an account whose role gives `role_key`.
std::vector<Grant> grants_giving(Db& db, AccountId account_id, std::string_view role_key);
std::vector<PermissionRow> permissions_of(Db& db, AccountId account_id);
void add_grant_row(Db& db, const Grant& grant);
void remove_grant_row(Db& db, GrantId grant_id);

}  // namespace gw::accounts
