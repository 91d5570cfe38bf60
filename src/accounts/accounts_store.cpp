#include "accounts/accounts_store.h"

#include <algorithm>

#include "platform/db/dialect.h"

namespace gw::accounts {

namespace {

constexpr std::size_t most_words = 3;  // of a search; more are not looked at

// The text to give to LIKE for a word anywhere; its own % and _ stand for themselves.
std::string anywhere(std::string_view word) {
    std::string pattern = "%";
    for (const char c : word) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

}  // namespace

std::optional<AccountRow> find_account_row(Db& db, std::string_view user_name) {
    return db.one<AccountRow>("SELECT * FROM accounts WHERE user_name = :user_name",
                              {{"user_name", user_name}});
}

std::optional<AccountRow> find_account_row(Db& db, AccountId account_id) {
    return db.one<AccountRow>("SELECT * FROM accounts WHERE id = :id", {{"id", account_id}});
}

Account without_secrets(AccountRow row) {
    return {row.id,        std::move(row.user_name), std::move(row.full_name),
            row.member_id, row.home_unit_id,         std::move(row.language),
            row.is_locked, row.created_at,           row.version};
}

std::vector<AccountRow> account_rows_of(Db& db, std::span<const MemberId> member_ids) {
    return db.list<AccountRow>("SELECT * FROM accounts WHERE is_locked = 0 AND member_id IN " +
                                   id_list(db.dialect(), "member_ids") + " ORDER BY id",
                               {{"member_ids", id_list_text(member_ids)}});
}

std::vector<AccountRow> account_rows_holding(Db& db, std::string_view permission, UnitId unit_id, Date day) {
    return db.list<AccountRow>(
        "SELECT * FROM accounts WHERE is_locked = 0 AND id IN (SELECT g.account_id FROM grants g JOIN "
        "role_permissions p ON p.role_key = g.role_key WHERE g.unit_id = :unit_id AND p.permission = "
        ":permission AND g.from_on <= :day AND (g.until_on IS NULL OR g.until_on > :day)) ORDER BY id",
        {{"unit_id", unit_id}, {"permission", permission}, {"day", day}});
}

void add_account_row(Db& db, const AccountRow& row) { db.insert("accounts", row); }

void update_account_row(Db& db, const AccountRow& row) { db.update("accounts", row); }

std::vector<AccountRow> list_account_rows(Db& db, const std::vector<std::string>& words,
                                          const std::optional<std::vector<UnitId>>& home_unit_ids,
                                          const std::optional<AccountRow>& after, std::size_t count) {
    std::string sql = "SELECT * FROM accounts WHERE 1 = 1";
    std::vector<std::string> patterns(most_words);
    for (std::size_t i = 0; i < std::min(words.size(), most_words); ++i) {
        patterns[i] = anywhere(words[i]);
        const std::string word = ":word" + std::to_string(i);
        sql += " AND (folded_name LIKE " + word + " ESCAPE '\\' OR user_name LIKE " + word + " ESCAPE '\\')";
    }
    if (home_unit_ids) sql += " AND home_unit_id IN " + id_list(db.dialect(), "home_unit_ids");
    if (after) sql += " AND (folded_name, id) > (:after_name, :after_id)";
    sql += " ORDER BY folded_name, id LIMIT :count";
    return db.list<AccountRow>(
        sql, {{"word0", patterns[0]},
              {"word1", patterns[1]},
              {"word2", patterns[2]},
              {"home_unit_ids", home_unit_ids ? id_list_text(*home_unit_ids) : std::string()},
              {"after_name", after ? after->folded_name : std::string()},
              {"after_id", after ? after->id : AccountId{}},
              {"count", count}});
}

std::optional<SessionRow> find_session_row(Db& db, const TokenHash& hash) {
    return db.one<SessionRow>("SELECT * FROM sessions WHERE token_hash = :hash", {{"hash", to_text(hash)}});
}

std::optional<SessionRow> find_session_row(Db& db, SessionId session_id) {
    return db.one<SessionRow>("SELECT * FROM sessions WHERE id = :id", {{"id", session_id}});
}

std::vector<SessionRow> sessions_of(Db& db, AccountId account_id) {
    return db.list<SessionRow>(
        "SELECT * FROM sessions WHERE account_id = :account_id ORDER BY last_seen_at DESC, id DESC",
        {{"account_id", account_id}});
}

void add_session_row(Db& db, const SessionRow& row) { db.insert("sessions", row); }

void remove_session(Db& db, SessionId session_id) {
    db.run("DELETE FROM sessions WHERE id = :id", {{"id", session_id}});
}

std::int64_t remove_sessions(Db& db, AccountId account_id, SessionId except) {
    return db.run("DELETE FROM sessions WHERE account_id = :account_id AND id <> :except",
                  {{"account_id", account_id}, {"except", except}});
}

void expire_sessions(Db& db, AccountId account_id, SessionId except, Moment at) {
    db.run(
        "UPDATE sessions SET expires_at = :at WHERE account_id = :account_id AND id <> :except AND "
        "expires_at > :at",
        {{"at", at}, {"account_id", account_id}, {"except", except}});
}

void keep_ended(Db& db, const std::string& token_hash, Moment at, Moment forget_before) {
    db.run("DELETE FROM ended_sessions WHERE ended_at < :before", {{"before", forget_before}});
    db.run(
        "INSERT INTO ended_sessions (token_hash, ended_at) VALUES (:hash, :at) ON CONFLICT (token_hash) DO "
        "NOTHING",
        {{"hash", token_hash}, {"at", at}});
}

bool was_ended(Db& db, const TokenHash& hash) {
    return db.count("SELECT COUNT(*) FROM ended_sessions WHERE token_hash = :hash",
                    {{"hash", to_text(hash)}}) > 0;
}

std::optional<std::string> find_recovery_key(Db& db, AccountId account_id) {
    return db.one<std::string>("SELECT recovery_key FROM recovery_keys WHERE account_id = :account_id",
                               {{"account_id", account_id}});
}

void add_recovery_key(Db& db, AccountId account_id, const std::string& recovery_key) {
    db.run("INSERT INTO recovery_keys (account_id, recovery_key) VALUES (:account_id, :recovery_key)",
           {{"account_id", account_id}, {"recovery_key", recovery_key}});
}

bool wants_pin(Db& db, UnitId unit_id) {
    return db.count("SELECT COUNT(*) FROM pin_rules WHERE unit_id = :unit_id", {{"unit_id", unit_id}}) > 0;
}

void want_pin(Db& db, UnitId unit_id, Moment at) {
    db.run("INSERT INTO pin_rules (unit_id, wanted_since) VALUES (:unit_id, :at)",
           {{"unit_id", unit_id}, {"at", at}});
}

void stop_wanting_pin(Db& db, UnitId unit_id) {
    db.run("DELETE FROM pin_rules WHERE unit_id = :unit_id", {{"unit_id", unit_id}});
}

void note_use(Db& db, SessionId session_id, Moment at) {
    db.run("UPDATE sessions SET last_seen_at = :at WHERE id = :id AND last_seen_at < :at",
           {{"at", at}, {"id", session_id}});
}

std::vector<Role> list_roles(Db& db) {
    std::vector<Role> roles;
    db.each("SELECT key, name_vi, name_en, name_hi FROM roles ORDER BY key", {}, [&](const Row& row) {
        roles.push_back({row.get<std::string>(0),
                         row.get<std::string>(1),
                         row.get<std::string>(2),
                         row.get<std::string>(3),
                         {},
                         {}});
    });
    const auto fill = [&](const char* sql, std::vector<std::string> Role::*list) {
        db.each(sql, {}, [&](const Row& row) {
            for (Role& role : roles)
                if (role.key == row.text(0)) (role.*list).emplace_back(row.text(1));
        });
    };
    fill("SELECT role_key, permission FROM role_permissions ORDER BY permission", &Role::permissions);
    fill("SELECT role_key, given_role_key FROM role_given_roles ORDER BY given_role_key",
         &Role::given_role_keys);
    return roles;
}

bool has_role(Db& db, std::string_view role_key) {
    return db.count("SELECT COUNT(*) FROM roles WHERE key = :role_key", {{"role_key", role_key}}) > 0;
}

std::optional<Role> find_role(Db& db, std::string_view role_key) {
    for (Role& role : list_roles(db))
        if (role.key == role_key) return std::move(role);
    return std::nullopt;
}

void put_role(Db& db, const Role& role) {
    db.run(
        "INSERT INTO roles (key, name_vi, name_en, name_hi) VALUES (:key, :name_vi, :name_en, :name_hi) "
        "ON CONFLICT (key) DO UPDATE SET name_vi = excluded.name_vi, name_en = excluded.name_en, name_hi = "
        "excluded.name_hi",
        {{"key", role.key}, {"name_vi", role.name_vi}, {"name_en", role.name_en}, {"name_hi", role.name_hi}});
    db.run("DELETE FROM role_permissions WHERE role_key = :key", {{"key", role.key}});
    for (const std::string& permission : role.permissions)
        db.run(
            "INSERT INTO role_permissions (role_key, permission) VALUES (:key, :permission) ON CONFLICT DO "
            "NOTHING",
            {{"key", role.key}, {"permission", permission}});
    db.run("DELETE FROM role_given_roles WHERE role_key = :key", {{"key", role.key}});
    for (const std::string& given : role.given_role_keys)
        db.run(
            "INSERT INTO role_given_roles (role_key, given_role_key) VALUES (:key, :given) ON CONFLICT DO "
            "NOTHING",
            {{"key", role.key}, {"given", given}});
}

std::optional<Grant> find_grant(Db& db, GrantId grant_id) {
    return db.one<Grant>("SELECT * FROM grants WHERE id = :id", {{"id", grant_id}});
}

std::vector<Grant> grants_of(Db& db, AccountId account_id) {
    return db.list<Grant>("SELECT * FROM grants WHERE account_id = :account_id ORDER BY from_on, id",
                          {{"account_id", account_id}});
}

std::vector<Grant> grants_giving(Db& db, AccountId account_id, std::string_view role_key) {
    return db.list<Grant>(
        "SELECT g.* FROM grants g JOIN role_given_roles r ON r.role_key = g.role_key WHERE g.account_id = "
        ":account_id AND r.given_role_key = :role_key ORDER BY g.from_on, g.id",
        {{"account_id", account_id}, {"role_key", role_key}});
}

std::vector<PermissionRow> permissions_of(Db& db, AccountId account_id) {
    return db.list<PermissionRow>(
        "SELECT p.permission, g.role_key, g.unit_id, g.from_on, g.until_on FROM grants g JOIN "
        "role_permissions p ON "
        "p.role_key = g.role_key "
        "WHERE g.account_id = :account_id",
        {{"account_id", account_id}});
}

void add_grant_row(Db& db, const Grant& grant) { db.insert("grants", grant); }

void remove_grant_row(Db& db, GrantId grant_id) {
    db.run("DELETE FROM grants WHERE id = :id", {{"id", grant_id}});
}

}  // namespace gw::accounts
