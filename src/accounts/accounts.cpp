#include "accounts/accounts.h"

#include <algorithm>

#include "accounts/accounts_operations.h"
#include "accounts/accounts_store.h"
#include "accounts/powers.h"
#include "organisation/organisation.h"
#include "platform/checks.h"
#include "platform/json/json.h"

namespace gw::accounts {

namespace {

constexpr std::size_t shortest_password = 10, longest_password = 200;  // characters
constexpr std::size_t shortest_user_name = 3, longest_user_name = 40;
constexpr std::size_t longest_full_name = 100;
constexpr std::int64_t most_units_by_index = 1000;  // above it, one walk over the names is quicker

bool is_user_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
}

Problems problems_in_account(const AddAccount& account, const std::string& user_name,
                             const std::string& full_name) {
    Problems problems;
    const bool has_form = user_name.size() >= shortest_user_name && user_name.size() <= longest_user_name &&
                          std::all_of(user_name.begin(), user_name.end(), is_user_name_character);
    if (!has_form) problems.push_back({"user_name", "accounts.user_name_malformed"});
    check_text(problems, "full_name", full_name, longest_full_name);
    if (account.language && !is_language(*account.language))
        problems.push_back({"language", "platform.not_valid"});
    if (!account.role_key && (account.unit_id || account.from_on || account.until_on))
        problems.push_back({"role_key", "platform.required"});
    return problems;
}

std::string name_on_tree(const Call& call, UnitId unit_id) {
    const auto position = call.tree->find(unit_id);
    return position ? call.tree->at(*position).name : std::string();
}

AccountLine line_of(const Call& call, const AccountRow& row) {
    return {
        row.id,        row.user_name, row.full_name, row.home_unit_id, name_on_tree(call, row.home_unit_id),
        row.is_locked, row.version};
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string rest = folded(text);
    for (std::size_t start = 0; start < rest.size();) {
        const std::size_t end = std::min(rest.find(' ', start), rest.size());
        words.push_back(rest.substr(start, end - start));
        start = end + 1;
    }
    return words;
}

}  // namespace

bool is_language(std::string_view language) {
    return language == "vi" || language == "en" || language == "hi";
}

Problems problems_in_password(std::string_view password, std::string_view user_name, std::string_view field) {
    Problems problems;
    const std::size_t length = character_count(password);
    if (length < shortest_password || length > longest_password)
        problems.push_back({std::string(field),
                            "accounts.password_length",
                            {{"shortest", std::to_string(shortest_password)},
                             {"longest", std::to_string(longest_password)}}});
    else if (!user_name.empty() && folded(password).find(folded(user_name)) != std::string::npos)
        problems.push_back({std::string(field), "accounts.password_holds_user_name"});
    return problems;
}

std::vector<Account> accounts_of(Db& db, std::span<const MemberId> member_ids) {
    std::vector<Account> accounts;
    if (member_ids.empty()) return accounts;
    for (AccountRow& row : account_rows_of(db, member_ids))
        accounts.push_back(without_secrets(std::move(row)));
    return accounts;
}

std::vector<Account> find_people(Db& db, std::string_view text,
                                 const std::optional<std::vector<UnitId>>& home_unit_ids, std::size_t count) {
    std::vector<Account> accounts;
    for (AccountRow& row : list_account_rows(db, words_of(text), home_unit_ids, std::nullopt, count))
        if (!row.is_locked) accounts.push_back(without_secrets(std::move(row)));
    return accounts;
}

std::vector<Account> accounts_holding(const Call& call, std::string_view permission, UnitId unit_id) {
    std::vector<Account> accounts;
    for (AccountRow& row : account_rows_holding(call.db, permission, unit_id, call.today))
        accounts.push_back(without_secrets(std::move(row)));
    return accounts;
}

std::vector<Account> nearest_holders(const Call& call, std::string_view permission, UnitId unit_id) {
    for (int each = call.tree->get(unit_id); each >= 0; each = call.tree->at(each).parent)
        if (auto holders = accounts_holding(call, permission, call.tree->at(each).id); !holders.empty())
            return holders;
    return {};
}

bool may(const Call& call, AccountId account_id, std::string_view permission, UnitId unit_id) {
    return Powers(permissions_of(call.db, account_id), {}, call.today, call.tree).may(permission, unit_id);
}

std::optional<Account> find_account(Db& db, std::string_view user_name) {
    auto row = find_account_row(db, folded(user_name));
    return row ? std::optional(without_secrets(*std::move(row))) : std::nullopt;
}

std::optional<Account> find_account(Db& db, AccountId account_id) {
    auto row = find_account_row(db, account_id);
    return row ? std::optional(without_secrets(*std::move(row))) : std::nullopt;
}

Account add_account(const Call& call, const AddAccount& request, const std::string& password_hash) {
    call.tree->get(request.home_unit_id, "home_unit_id");
    call.require("accounts.change", request.home_unit_id);
    const std::string user_name = folded(request.user_name), full_name(trimmed(request.full_name));
    Problems problems = problems_in_account(request, user_name, full_name);
    if (find_account_row(call.db, user_name)) problems.push_back({"user_name", "accounts.user_name_taken"});
    refuse_if(problems);
    const AccountId id = request.id && *request.id ? *request.id : call.new_id<AccountId>();
    if (find_account_row(call.db, id)) throw Refusal(Reason::conflict, Problem{"id", "accounts.id_taken"});
    const AccountRow row{id,
                         user_name,
                         full_name,
                         folded(full_name),
                         password_hash,
                         request.member_id,
                         request.home_unit_id,
                         request.language.value_or("vi"),
                         false,
                         call.now,
                         1};
    add_account_row(call.db, row);
    std::string detail = "{\"user_name\":";
    json::append_text(detail, user_name);
    call.record("account.added", id, request.home_unit_id, detail + "}");
    if (request.role_key)
        add_grant(call, {id, *request.role_key, request.unit_id.value_or(request.home_unit_id),
                         request.from_on, request.until_on});
    return without_secrets(row);
}

Account create_account(const Call& call, const AddAccount& request, Passwords& passwords,
                       const UnitOfMember& unit_of_member) {
    // Everything is checked before the slow hashing, and again in the transaction.
    call.tree->get(request.home_unit_id, "home_unit_id");
    call.require("accounts.change", request.home_unit_id);
    if (request.member_id) {
        const auto unit_id = unit_of_member(call.db, *request.member_id);
        if (!unit_id) refuse_unknown("member_id");
        call.require("accounts.change", *unit_id);
    }
    Problems problems =
        problems_in_account(request, folded(request.user_name), std::string(trimmed(request.full_name)));
    for (Problem& problem : problems_in_password(request.password, request.user_name, "password"))
        problems.push_back(std::move(problem));
    refuse_if(problems);
    const std::string hash = passwords.hash(request.password);
    Account account;
    call.write([&](const Call& inner) { account = add_account(inner, request, hash); });
    return account;
}

void set_password(const Call& call, AccountId account_id, const std::string& password_hash) {
    auto row = find_account_row(call.db, account_id);
    if (!row) refuse_unknown("account_id");
    call.require("accounts.change", row->home_unit_id);
    row->password_hash = password_hash;
    ++row->version;
    update_account_row(call.db, *row);
    remove_sessions(call.db, account_id);
    call.record("account.password_set", account_id, row->home_unit_id);
    call.announce("sessions");
}

AccountPage list_accounts(const Call& call, const ListAccounts& request) {
    const auto selection = organisation::select_units(call, "accounts.read", {}, request.within);
    std::optional<std::vector<UnitId>> home_unit_ids;
    if (selection.count() <= most_units_by_index) {
        home_unit_ids.emplace();
        for (const Reach range : selection.ranges)
            for (int position = range.first; position < range.end; ++position)
                home_unit_ids->push_back(call.tree->at(position).id);
    }
    const auto words = words_of(request.text.value_or(""));
    const auto found = organisation::page_of<AccountRow>(
        call, request, [](Db& db, AccountId id) { return find_account_row(db, id); },
        [&](const AccountRow& row) { return selection.holds(*call.tree, row.home_unit_id); },
        [&](const std::optional<AccountRow>& after, std::size_t count) {
            return list_account_rows(call.db, words, home_unit_ids, after, count);
        });
    AccountPage page{{}, found.next};
    for (const AccountRow& row : found.rows) page.accounts.push_back(line_of(call, row));
    return page;
}

Account lock_account(const Call& call, const LockAccount& request) {
    auto row = find_account_row(call.db, request.account_id);
    if (!row) refuse_unknown("account_id");
    call.require("accounts.change", row->home_unit_id);
    if (row->id == call.actor.account_id)
        throw Refusal(Reason::invalid, Problem{"account_id", "accounts.own_account"});
    for (const Grant& held : grants_of(call.db, row->id))
        if (call.tree->find(held.unit_id) && (!held.until_on || *held.until_on > call.today))
            require_may_give(call, held.role_key, held.unit_id);
    if (row->is_locked == request.is_locked) return without_secrets(*std::move(row));
    row->is_locked = request.is_locked;
    ++row->version;
    update_account_row(call.db, *row);
    if (row->is_locked) remove_sessions(call.db, row->id);
    call.record(row->is_locked ? "account.locked" : "account.unlocked", row->id, row->home_unit_id);
    call.announce("accounts");
    return without_secrets(*std::move(row));
}

}  // namespace gw::accounts
