#include "accounts/accounts_store.h"
#include "people_for_test.h"

using namespace gw;
using namespace gw::accounts;
using gw::test::password_for_test;
using gw::test::PeopleWorld;
using gw::test::refuses;

namespace {
constexpr std::int64_t hour = 60 * 60 * 1000;
}

TEST_CASE("whoever signs in is known by the token, of which only a hash is kept") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        const Account account = world.add("bi_thu", world.na_lung, "secretary", world.na_lung);
        const auto before = world.audit_count();
        const std::string token = world.sign_in("Bi_Thu");
        REQUIRE(is_token(token));
        CHECK(world.audit_count() == before + 1);
        const auto actor = world.actor(token);
        REQUIRE(actor);
        CHECK(actor->account_id == account.id);
        CHECK(actor->may("meetings.record", world.na_lung));
        CHECK(world.sessions.count() == 1);
        CHECK(world.actor(token) == actor);
        world.read([&](const Call& call) {
            CHECK(call.db.count("SELECT COUNT(*) FROM sessions") == 1);
            CHECK(call.db.count("SELECT COUNT(*) FROM sessions WHERE token_hash LIKE :token",
                                {{"token", "%" + token + "%"}}) == 0);
            CHECK(call.db.count("SELECT COUNT(*) FROM audit_entries WHERE detail LIKE :token",
                                {{"token", "%" + token + "%"}}) == 0);
            CHECK(call.db.count("SELECT COUNT(*) FROM accounts WHERE password_hash LIKE :password",
                                {{"password", std::string("%") + password_for_test + "%"}}) == 0);
        });
    });
}

TEST_CASE("a wrong password and an unknown name are refused alike") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        world.add("bi_thu", world.na_lung, "secretary", world.na_lung);
        CHECK(refuses([&] { world.sign_in("bi_thu", "wrong password"); }, Reason::not_signed_in,
                      "accounts.wrong_sign_in"));
        CHECK(
            refuses([&] { world.sign_in("nobody_here"); }, Reason::not_signed_in, "accounts.wrong_sign_in"));
        CHECK(refuses([&] { world.sign_in("bi_thu", std::string(5000, 'x')); }, Reason::not_signed_in,
                      "accounts.wrong_sign_in"));
        CHECK(refuses([&] { world.sign_in("bi_thu", ""); }, Reason::not_signed_in, "accounts.wrong_sign_in"));
        CHECK_FALSE(world.actor(""));
        CHECK_FALSE(world.actor("not a token"));
        CHECK_FALSE(world.actor(make_token()));
    });
}

TEST_CASE(
    "a locked account has no session any more and may not sign in, and only the right password tells so") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        const Account account = world.add("bi_thu", world.na_lung, "secretary", world.na_lung);
        const std::string token = world.sign_in("bi_thu");
        REQUIRE(world.actor(token));
        world.write([&](const Call& call) { lock_account(call, {account.id, true}); });
        CHECK_FALSE(world.actor(token));
        CHECK(refuses([&] { world.sign_in("bi_thu"); }, Reason::forbidden, "accounts.is_locked"));
        CHECK(refuses([&] { world.sign_in("bi_thu", "wrong password"); }, Reason::not_signed_in,
                      "accounts.wrong_sign_in"));
        world.write([&](const Call& call) { lock_account(call, {account.id, false}); });
        CHECK_FALSE(world.actor(token));
        CHECK(world.actor(world.sign_in("bi_thu")));
    });
}

TEST_CASE("signing out ends this session, signing out everywhere all of them") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        world.add("bi_thu", world.na_lung, "secretary", world.na_lung);
        world.add("khac", world.na_lung, "member", world.na_lung);
        const std::string phone = world.sign_in("bi_thu"), laptop = world.sign_in("bi_thu"),
                          tablet = world.sign_in("bi_thu"), other = world.sign_in("khac");
        const auto actor = world.actor(phone);
        REQUIRE(actor);
        world.change(*actor, phone, [](const Call& call) { sign_out(call); });
        CHECK(world.given_token == "");
        CHECK_FALSE(world.actor(phone));
        CHECK(world.actor(laptop));
        EndedSessions ended;
        world.change(*actor, laptop, [&](const Call& call) { ended = sign_out_everywhere(call); });
        CHECK(ended.count == 2);
        CHECK_FALSE(world.actor(laptop));
        CHECK_FALSE(world.actor(tablet));
        CHECK(world.actor(other));
    });
}

TEST_CASE("one's sessions are listed, and one of them can be ended, but nobody else's") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        world.add("bi_thu", world.na_lung, "secretary", world.na_lung);
        world.add("khac", world.na_lung, "member", world.na_lung);
        const std::string phone = world.sign_in("bi_thu"), laptop = world.sign_in("bi_thu"),
                          other = world.sign_in("khac");
        const auto actor = world.actor(phone);
        SessionList list;
        world.slow(*actor, phone, [&](const Call& call) { list = list_sessions(call); });
        REQUIRE(list.sessions.size() == 2);
        const bool first_is_current = list.sessions[0].is_current;
        CHECK(first_is_current != list.sessions[1].is_current);
        CHECK(list.sessions[0].device == "a test");
        CHECK(list.sessions[0].remote_address == "203.0.113.7");
        const SessionId not_current = list.sessions[first_is_current ? 1 : 0].id;
        const auto stranger = world.actor(other);
        CHECK(refuses(
            [&] {
                world.change(*stranger, other, [&](const Call& call) { end_session(call, {not_current}); });
            },
            Reason::not_found, "platform.not_found"));
        CHECK(world.actor(laptop));
        world.change(*actor, phone, [&](const Call& call) { end_session(call, {not_current}); });
        CHECK_FALSE(world.actor(laptop));
        CHECK(world.actor(phone));
        CHECK(refuses(
            [&] { world.change(*actor, phone, [&](const Call& call) { end_session(call, {not_current}); }); },
            Reason::not_found, "platform.not_found"));
    });
}

TEST_CASE("a session ends when it is not used for a week, and after thirty days whatever happens") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        world.add("bi_thu", world.na_lung, "secretary", world.na_lung);
        const std::string idle = world.sign_in("bi_thu");
        REQUIRE(world.actor(idle));
        world.now.milliseconds += 7 * 24 * hour - 1;
        CHECK(world.actor(idle));
        world.now.milliseconds += 7 * 24 * hour;
        CHECK_FALSE(world.actor(idle));
        const std::string busy = world.sign_in("bi_thu");
        for (int days = 0; days < 29; ++days) {
            world.now.milliseconds += 24 * hour;
            CHECK(world.actor(busy));
            store.write([](Db&) {});  // lets the writer note the use first
        }
        world.now.milliseconds += 24 * hour;
        CHECK_FALSE(world.actor(busy));
        // What ran out stays listed for half a year, so that its device can still be ended.
        world.sign_in("bi_thu");
        world.read([](const Call& call) { CHECK(call.db.count("SELECT COUNT(*) FROM sessions") == 3); });
        world.now.milliseconds += 180 * 24 * hour;
        world.sign_in("bi_thu");
        world.read([](const Call& call) { CHECK(call.db.count("SELECT COUNT(*) FROM sessions") == 1); });
    });
}

TEST_CASE("the use of a session is written down, but not at every request") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        world.add("bi_thu", world.na_lung, "secretary", world.na_lung);
        const std::string token = world.sign_in("bi_thu");
        const auto seen = [&] {
            store.write([](Db&) {});  // behind whatever waits in the writer
            std::int64_t at = 0;
            world.read([&](const Call& call) { at = call.db.count("SELECT last_seen_at FROM sessions"); });
            return at;
        };
        const std::int64_t first = world.now.milliseconds;
        world.now.milliseconds += 4 * 60 * 1000;
        REQUIRE(world.actor(token));
        CHECK(seen() == first);
        world.now.milliseconds += 60 * 1000;
        REQUIRE(world.actor(token));
        CHECK(seen() == first + 5 * 60 * 1000);
    });
}

TEST_CASE("an account keeps at most twenty sessions") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        world.add("bi_thu", world.na_lung, "secretary", world.na_lung);
        const std::string first = world.sign_in("bi_thu");
        for (int i = 0; i < 20; ++i) {
            world.now.milliseconds += 1000;
            world.sign_in("bi_thu");
        }
        CHECK_FALSE(world.actor(first));
        world.read([](const Call& call) { CHECK(call.db.count("SELECT COUNT(*) FROM sessions") == 20); });
    });
}

TEST_CASE("a changed password ends the other sessions and is the one that counts") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        world.add("bi_thu", world.na_lung, "secretary", world.na_lung);
        const std::string phone = world.sign_in("bi_thu"), laptop = world.sign_in("bi_thu");
        const auto actor = world.actor(phone);
        const auto changing = [&](std::string current, std::string wanted) {
            return [&world, actor, phone, current, wanted] {
                world.slow(*actor, phone, [&](const Call& call) {
                    change_password(call, {current, wanted}, world.limits, world.passwords);
                });
            };
        };
        CHECK(refuses(changing("wrong password", "another good one"), Reason::invalid,
                      "accounts.wrong_password"));
        CHECK(refuses(changing(password_for_test, "short"), Reason::invalid, "accounts.password_length"));
        CHECK(refuses(changing(password_for_test, "my Bi_Thu name"), Reason::invalid,
                      "accounts.password_holds_user_name"));
        CHECK(world.actor(laptop));
        changing(password_for_test, "another good one")();
        CHECK(world.actor(phone));
        CHECK_FALSE(world.actor(laptop));
        CHECK(refuses([&] { world.sign_in("bi_thu"); }, Reason::not_signed_in, "accounts.wrong_sign_in"));
        CHECK(world.actor(world.sign_in("bi_thu", "another good one")));
        world.write([&](const Call& call) {
            set_password(call, actor->account_id, world.passwords.hash("from the shell"));
        });
        CHECK_FALSE(world.actor(phone));
        CHECK(world.actor(world.sign_in("bi_thu", "from the shell")));
    });
}

TEST_CASE("a hash made with less effort is made again at the next sign-in") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        world.add("bi_thu", world.na_lung, "secretary", world.na_lung);
        Passwords stronger{{2, 16384}};
        const auto hash_now = [&] {
            std::string hash;
            world.read([&](const Call& call) { hash = find_account_row(call.db, "bi_thu")->password_hash; });
            return hash;
        };
        const std::string before = hash_now();
        CHECK(stronger.is_outdated(before));
        world.slow(nobody(), "", [&](const Call& call) {
            sign_in(call, {"bi_thu", password_for_test, {}}, world.limits, stronger);
        });
        CHECK(hash_now() != before);
        CHECK_FALSE(stronger.is_outdated(hash_now()));
        CHECK(world.actor(world.sign_in("bi_thu")));
    });
}

TEST_CASE("the language of an account is one there is") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        world.add("bi_thu", world.na_lung, "secretary", world.na_lung);
        const std::string token = world.sign_in("bi_thu");
        const auto actor = world.actor(token);
        CHECK(actor->language == "vi");
        world.change(*actor, token, [](const Call& call) { choose_language(call, {"hi"}); });
        CHECK(world.actor(token)->language == "hi");
        CHECK(refuses(
            [&] { world.change(*actor, token, [](const Call& call) { choose_language(call, {"fr"}); }); },
            Reason::invalid, "platform.not_valid"));
    });
}

TEST_CASE("too many failures make one wait, longer each time, by name and by address") {
    SignInLimits limits;
    Moment now{1'700'000'000'000};
    for (int i = 0; i < 5; ++i) limits.note_attempt("bi_thu", "203.0.113.7", now);
    CHECK(refuses([&] { limits.note_attempt("bi_thu", "203.0.113.8", now); }, Reason::too_many,
                  "accounts.too_many_attempts"));
    limits.note_attempt("khac", "203.0.113.7", now);  // other names are not held up
    now.milliseconds += 5000;
    limits.note_attempt("bi_thu", "203.0.113.7", now);
    now.milliseconds += 9999;
    try {
        limits.note_attempt("bi_thu", "203.0.113.7", now);
        FAIL("was not refused");
    } catch (const Refusal& refusal) {
        CHECK(refusal.problems[0].arguments[0] == std::pair<std::string, std::string>{"seconds", "1"});
    }
    // The right password in time clears the name.
    now.milliseconds += 1;
    limits.note_attempt("bi_thu", "203.0.113.7", now);
    limits.note_success("bi_thu", "203.0.113.7");
    limits.note_attempt("bi_thu", "203.0.113.7", now);

    for (int i = 0; i < 30; ++i) limits.note_attempt("name" + std::to_string(i), "198.51.100.1", now);
    CHECK(refuses([&] { limits.note_attempt("fresh", "198.51.100.1", now); }, Reason::too_many,
                  "accounts.too_many_attempts"));
    now.milliseconds += 15 * 60 * 1000;
    limits.note_attempt("fresh", "198.51.100.1", now);
    for (int i = 0; i < 100; ++i) limits.note_attempt("name" + std::to_string(i), "127.0.0.1", now);
}

TEST_CASE("guessing is stopped before any password is looked at") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        world.add("bi_thu", world.na_lung, "secretary", world.na_lung);
        for (int i = 0; i < 5; ++i)
            CHECK(refuses([&] { world.sign_in("bi_thu", "wrong password"); }, Reason::not_signed_in,
                          "accounts.wrong_sign_in"));
        CHECK(refuses([&] { world.sign_in("bi_thu"); }, Reason::too_many, "accounts.too_many_attempts"));
        world.now.milliseconds += 5000;
        CHECK(world.actor(world.sign_in("bi_thu")));
    });
}
