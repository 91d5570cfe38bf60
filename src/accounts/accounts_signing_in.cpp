#include "accounts/accounts_operations.h"
#include "accounts/accounts_store.h"
#include "accounts/powers.h"
#include "platform/checks.h"

namespace gw::accounts {

namespace {

constexpr std::size_t longest_given_password = 1000;  // bytes hashed at most, whatever was typed
constexpr std::size_t longest_device = 100;
constexpr std::int64_t stale_are_listed = 180LL * 24 * 60 * 60 * 1000;
constexpr std::size_t most_sessions = 20;  // of one account; the ones unused for longest end first

[[noreturn]] void refuse_sign_in() {
    throw Refusal(Reason::not_signed_in, Problem{"", "accounts.wrong_sign_in"});
}

// The same call, made by the person who has just shown who they are.
Call as_person(const Call& call, const Actor& person) {
    return {call.db,
            person,
            call.now,
            call.today,
            call.language,
            call.tree,
            call.ids,
            call.announcements,
            call.store,
            call.files,
            call.request_id,
            call.session_token,
            call.presented_token,
            call.remote_address};
}

CurrentAccount described(const Call& call, const AccountRow& row, const FurtherGrants& further) {
    const Powers powers(permissions_of(call.db, row.id), further_of(further, call.db, row.id), call.today,
                        call.tree);
    CurrentAccount account{
        row.id, row.user_name, row.full_name, row.language, row.member_id, row.home_unit_id, "",
        {},     call.today,    false};
    if (const auto position = call.tree->find(row.home_unit_id))
        account.home_unit_name = call.tree->at(*position).name;
    for (Powers::Head& head : powers.heads())
        account.permissions.push_back({std::move(head.permission), head.unit_id, head.is_without_below});
    account.needs_pin = needs_pin(call, row.home_unit_id);
    return account;
}

AccountRow own_row(const Call& call) {
    auto row = find_account_row(call.db, call.actor.account_id);
    if (!row) throw Refusal(Reason::not_signed_in, Problem{"", "platform.not_signed_in"});
    return *std::move(row);
}

std::optional<SessionRow> own_session(const Call& call) {
    auto session = find_session_row(call.db, hash_of_token(call.presented_token));
    if (session && session->account_id != call.actor.account_id) session.reset();
    return session;
}

bool is_over(const Call& call, const SessionRow& session, const SessionLimits& lasting) {
    return session.expires_at <= call.now ||
           call.now.milliseconds - session.last_seen_at.milliseconds >= lasting.idle_milliseconds;
}

// The session that ran out on this very device, sessions nobody used for half a year, and the oldest of too
// many. What ran out elsewhere stays listed: the device may be lost, and hold what can only be ended from
// here.
void remove_stale(const Call& call, AccountId account_id, const SessionLimits& lasting) {
    const std::string presented = to_text(hash_of_token(call.presented_token));
    const auto sessions = sessions_of(call.db, account_id);
    for (std::size_t i = 0; i < sessions.size(); ++i) {
        const SessionRow& session = sessions[i];
        const bool ran_out = is_over(call, session, lasting);
        const bool is_forgotten =
            call.now.milliseconds - session.last_seen_at.milliseconds >= stale_are_listed;
        if (i + 1 < most_sessions && !is_forgotten && !(ran_out && session.token_hash == presented)) continue;
        remove_session(call.db, session.id);
        if (!ran_out) call.announce("sessions");
    }
}

std::string device_name(const std::optional<std::string>& given) {
    const std::string_view device = trimmed(given ? std::string_view(*given) : std::string_view());
    return character_count(device) <= longest_device ? std::string(device) : std::string();
}

}  // namespace

CurrentAccount sign_in(const Call& call, const SignIn& request, SignInLimits& limits, Passwords& passwords,
                       const SessionLimits& lasting, const FurtherGrants& further) {
    const std::string user_name = folded(request.user_name);
    limits.note_attempt(user_name, call.remote_address, call.now);
    const auto row = find_account_row(call.db, user_name);
    const bool is_too_long = request.password.size() > longest_given_password;
    if (!passwords.fits(is_too_long ? std::string_view() : std::string_view(request.password),
                        row ? &row->password_hash : nullptr) ||
        is_too_long)
        refuse_sign_in();
    if (row->is_locked) throw Refusal(Reason::forbidden, Problem{"", "accounts.is_locked"});
    limits.note_success(user_name, call.remote_address);
    const std::string stronger_hash =
        passwords.is_outdated(row->password_hash) ? passwords.hash(request.password) : std::string();

    const std::string token = make_token();
    const Actor person = actor_of(
        *row, std::make_shared<const Powers>(permissions_of(call.db, row->id),
                                             further_of(further, call.db, row->id), call.today, call.tree));
    call.write([&](const Call& inner) {
        auto account = find_account_row(inner.db, row->id);
        // The password may have been changed, or the account locked, while this one was being checked.
        if (!account || account->is_locked || account->password_hash != row->password_hash) refuse_sign_in();
        if (!stronger_hash.empty()) {
            account->password_hash = stronger_hash;
            update_account_row(inner.db, *account);
        }
        remove_stale(inner, account->id, lasting);
        const SessionRow session{inner.new_id<SessionId>(),
                                 to_text(hash_of_token(token)),
                                 account->id,
                                 inner.now,
                                 inner.now,
                                 {inner.now.milliseconds + lasting.total_milliseconds},
                                 inner.remote_address,
                                 device_name(request.device)};
        add_session_row(inner.db, session);
        as_person(inner, person).record("session.begun", session.id, account->home_unit_id);
    });
    if (call.session_token) *call.session_token = token;
    return described(call, *row, further);
}

CurrentAccount current_account(const Call& call, const FurtherGrants& further) {
    return described(call, own_row(call), further);
}

Nothing sign_out(const Call& call) {
    if (const auto session = own_session(call)) {
        end_for_good(call, *session);
        call.record("session.ended", session->id, call.actor.home_unit_id);
        call.announce("sessions");
    }
    if (call.session_token) *call.session_token = "";
    return {};
}

EndedSessions sign_out_everywhere(const Call& call) {
    const auto sessions = sessions_of(call.db, call.actor.account_id);
    for (const SessionRow& session : sessions) end_for_good(call, session);
    call.record("account.signed_out_everywhere", call.actor.account_id, call.actor.home_unit_id);
    call.announce("sessions");
    if (call.session_token) *call.session_token = "";
    return {static_cast<std::int64_t>(sessions.size())};
}

SessionList list_sessions(const Call& call, const SessionLimits& lasting) {
    const auto current = own_session(call);
    SessionList list;
    for (const SessionRow& row : sessions_of(call.db, call.actor.account_id))
        list.sessions.push_back({row.id, row.created_at, row.last_seen_at, row.expires_at, row.remote_address,
                                 row.device, current && current->id == row.id, is_over(call, row, lasting)});
    return list;
}

Nothing end_session(const Call& call, const EndSession& request) {
    const auto session = find_session_row(call.db, request.session_id);
    if (!session || session->account_id != call.actor.account_id) refuse_unknown("session_id");
    end_for_good(call, *session);
    call.record("session.ended", session->id, call.actor.home_unit_id);
    call.announce("sessions");
    return {};
}

Nothing choose_language(const Call& call, const ChooseLanguage& request) {
    if (!is_language(request.language))
        throw Refusal(Reason::invalid, Problem{"language", "platform.not_valid"});
    AccountRow row = own_row(call);
    if (row.language == request.language) return {};
    row.language = request.language;
    ++row.version;
    update_account_row(call.db, row);
    call.record("account.language_chosen", row.id, row.home_unit_id);
    call.announce("accounts");
    return {};
}

Nothing change_password(const Call& call, const ChangePassword& request, SignInLimits& limits,
                        Passwords& passwords) {
    const AccountRow row = own_row(call);
    Problems problems = problems_in_password(request.password, row.user_name, "password");
    limits.note_attempt(row.user_name, call.remote_address, call.now);
    if (request.current_password.size() > longest_given_password ||
        !passwords.fits(request.current_password, &row.password_hash))
        problems.push_back({"current_password", "accounts.wrong_password"});
    else limits.note_success(row.user_name, call.remote_address);
    refuse_if(problems);
    const std::string hash = passwords.hash(request.password);
    call.write([&](const Call& inner) {
        AccountRow current = own_row(inner);
        if (current.password_hash != row.password_hash)
            throw Refusal(Reason::conflict,
                          Problem{"current_password", "accounts.password_changed_meanwhile"});
        current.password_hash = hash;
        ++current.version;
        update_account_row(inner.db, current);
        const auto session = own_session(inner);
        expire_sessions(inner.db, current.id, session ? session->id : SessionId{}, inner.now);
        inner.record("account.password_changed", current.id, current.home_unit_id);
        inner.announce("sessions");
    });
    return {};
}

}  // namespace gw::accounts
