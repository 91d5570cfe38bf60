// People with accounts in the small world, for tests of accounts.
#pragma once
#include "accounts/accounts.h"
#include "accounts/accounts_operations.h"
#include "platform/router.h"
#include "support/store_for_test.h"
#include "support/world.h"

namespace gw::test {

inline constexpr const char* password_for_test = "correct horse battery";

inline Date day(int year, unsigned month, unsigned day_of_month) {
    return Date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day_of_month}};
}

// A world with quick hashing, a session cache that hears of changes, and calls that carry a session token.
struct PeopleWorld : World {
    explicit PeopleWorld(Store& given, const accounts::FurtherGrants& further = {})
        : World(given), sessions(given, {}, further) {
        sessions.listen(announcements);
    }

    accounts::Account add(const std::string& user_name, UnitId home, const std::string& role_key,
                          UnitId over) {
        const std::string hash = passwords.hash(password_for_test);
        accounts::Account account;
        write([&](const Call& call) {
            account = accounts::add_account(
                call, {{}, user_name, "Nguyễn Thị " + user_name, {}, home, {}, ""}, hash);
            if (!role_key.empty()) accounts::add_grant(call, {account.id, role_key, over, {}, {}});
        });
        return account;
    }

    // A call outside the writer, as routes of the slow way get it.
    void slow(const Actor& actor, const std::string& token, const std::function<void(const Call&)>& act) {
        store.read([&](Db& db) { act(call_with(db, actor, token)); });
        announcements.deliver();
    }
    void change(const Actor& actor, const std::string& token, const std::function<void(const Call&)>& act) {
        store.write([&](Db& db) { act(call_with(db, actor, token)); });
        announcements.deliver();
    }

    // Returns the session token.
    std::string sign_in(const std::string& user_name, const std::string& password = password_for_test) {
        slow(nobody(), "", [&](const Call& call) {
            accounts::sign_in(call, {user_name, password, "a test"}, limits, passwords);
        });
        return given_token.value_or("");
    }
    std::shared_ptr<const Actor> actor(const std::string& token) {
        return sessions.find_actor(token, now, day_of(now, zone_minutes), tree());
    }

    Passwords passwords{{1, 8192}};
    accounts::SignInLimits limits;
    accounts::Sessions sessions;
    std::optional<std::string> given_token;
    std::string address = "203.0.113.7";

private:
    Call call_with(Db& db, const Actor& actor, const std::string& token) {
        given_token.reset();
        return {db,    actor,  now,    day_of(now, zone_minutes),
                "en",  tree(), ids,    announcements,
                store, *files, "TEST", &given_token,
                token, address};
    }
};

}  // namespace gw::test
