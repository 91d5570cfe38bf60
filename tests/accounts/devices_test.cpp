#include "accounts/accounts_store.h"
#include "people_for_test.h"

using namespace gw;
using namespace gw::accounts;
using gw::test::password_for_test;
using gw::test::PeopleWorld;
using gw::test::refuses;

namespace {
constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1000;

SessionList listed(PeopleWorld& world, const std::string& token) {
    SessionList list;
    world.slow(*world.actor(token), token, [&](const Call& call) { list = list_sessions(call); });
    return list;
}
SessionId other_one(const SessionList& list) {
    for (const Session& session : list.sessions)
        if (!session.is_current) return session.id;
    return {};
}
}  // namespace

TEST_CASE("a session ended by a person is told apart from one that ran out") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        world.add("bi_thu", world.na_lung, "secretary", world.na_lung);
        const std::string lost = world.sign_in("bi_thu");
        CHECK_FALSE(world.sessions.was_ended(lost));
        CHECK_FALSE(world.sessions.was_ended("not a token"));
        CHECK_FALSE(world.sessions.was_ended(make_token()));

        // It runs out: nobody ended it, and what waits on it must not be lost.
        world.now.milliseconds += 10 * day_ms;
        CHECK_FALSE(world.actor(lost));
        CHECK_FALSE(world.sessions.was_ended(lost));

        // It is still listed, as one that ran out, and can be ended from another device.
        const std::string laptop = world.sign_in("bi_thu");
        const SessionList list = listed(world, laptop);
        REQUIRE(list.sessions.size() == 2);
        for (const Session& session : list.sessions) CHECK(session.is_over == !session.is_current);
        world.change(*world.actor(laptop), laptop,
                     [&](const Call& call) { end_session(call, {other_one(list)}); });
        CHECK(world.sessions.was_ended(lost));
        CHECK_FALSE(world.sessions.was_ended(laptop));
        CHECK(listed(world, laptop).sessions.size() == 1);

        // A year later it is still told so, only much later it is forgotten.
        const auto end_another = [&] {
            const std::string desk = world.sign_in("bi_thu"), tablet = world.sign_in("bi_thu");
            const auto sessions = listed(world, desk);
            world.change(*world.actor(desk), desk,
                         [&](const Call& call) { end_session(call, {other_one(sessions)}); });
        };
        world.now.milliseconds += 365 * day_ms;
        end_another();
        CHECK(world.sessions.was_ended(lost));
        world.now.milliseconds += 800 * day_ms;
        end_another();
        CHECK_FALSE(world.sessions.was_ended(lost));
    });
}

TEST_CASE("signing out ends for good, everywhere too; a changed password only signs out") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        world.add("bi_thu", world.na_lung, "secretary", world.na_lung);
        const std::string phone = world.sign_in("bi_thu"), laptop = world.sign_in("bi_thu");
        world.slow(*world.actor(phone), phone, [&](const Call& call) {
            change_password(call, {password_for_test, "another good one"}, world.limits, world.passwords);
        });
        CHECK_FALSE(world.actor(laptop));
        CHECK_FALSE(world.sessions.was_ended(laptop));
        REQUIRE(listed(world, phone).sessions.size() == 2);
        world.change(*world.actor(phone), phone, [](const Call& call) { sign_out_everywhere(call); });
        CHECK(world.sessions.was_ended(phone));
        CHECK(world.sessions.was_ended(laptop));
        const std::string desk = world.sign_in("bi_thu", "another good one");
        world.change(*world.actor(desk), desk, [](const Call& call) { sign_out(call); });
        CHECK(world.sessions.was_ended(desk));
    });
}

TEST_CASE("signing in again on the same device replaces its session that ran out") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        world.add("bi_thu", world.na_lung, "secretary", world.na_lung);
        const std::string first = world.sign_in("bi_thu");
        world.now.milliseconds += 10 * day_ms;
        world.slow(nobody(), first, [&](const Call& call) {
            sign_in(call, {"bi_thu", password_for_test, "a test"}, world.limits, world.passwords);
        });
        const std::string second = world.given_token.value_or("");
        CHECK(listed(world, second).sessions.size() == 1);
        CHECK_FALSE(world.sessions.was_ended(first));
    });
}

TEST_CASE("what opens a device without its PIN is given for the password only, and stays the same") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        world.add("bi_thu", world.na_lung, "secretary", world.na_lung);
        world.add("khac", world.na_lung, "member", world.na_lung);
        const auto asked = [&](const std::string& user_name, const std::string& password) {
            const std::string token = world.sign_in(user_name);
            RecoveryKey key;
            world.slow(*world.actor(token), token, [&](const Call& call) {
                key = recovery_key(call, {password}, world.limits, world.passwords);
            });
            return key.recovery_key;
        };
        const std::string key = asked("bi_thu", password_for_test);
        CHECK(is_token(key));
        CHECK(asked("bi_thu", password_for_test) == key);
        CHECK(asked("khac", password_for_test) != key);
        CHECK(
            refuses([&] { asked("bi_thu", "wrong password"); }, Reason::invalid, "accounts.wrong_password"));
        CHECK(refuses([&] { asked("bi_thu", std::string(5000, 'x')); }, Reason::invalid,
                      "accounts.wrong_password"));
        const std::string token = world.sign_in("bi_thu");
        const auto guess = [&] {
            world.slow(*world.actor(token), token, [&](const Call& call) {
                recovery_key(call, {"a guess at it"}, world.limits, world.passwords);
            });
        };
        for (int i = 0; i < 5; ++i) CHECK(refuses(guess, Reason::invalid, "accounts.wrong_password"));
        CHECK(refuses(guess, Reason::too_many, "accounts.too_many_attempts"));
    });
}

TEST_CASE("a unit says whether its people's devices need a PIN, for all units below") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        world.add("bi_thu", world.na_lung, "secretary", world.na_lung);
        world.add("van_phong", world.khau_tinh, "commune_office", world.khau_tinh);
        world.add("dang_vien", world.na_lung, "member", world.na_lung);
        const std::string office = world.sign_in("van_phong"), secretary = world.sign_in("bi_thu"),
                          member = world.sign_in("dang_vien");
        const auto needs = [&](const std::string& token) {
            bool answer = false;
            world.slow(*world.actor(token), token,
                       [&](const Call& call) { answer = current_account(call).needs_pin; });
            return answer;
        };
        const auto set = [&](const std::string& token, UnitId unit_id, bool is_wanted) {
            PinRule rule;
            world.change(*world.actor(token), token, [&](const Call& call) {
                rule = set_pin_rule(call, {unit_id, is_wanted});
            });
            return rule;
        };
        CHECK_FALSE(needs(member));
        const auto lines = world.audit_count();
        CHECK(set(secretary, world.na_lung, true).is_wanted);
        CHECK(set(secretary, world.na_lung, true).is_wanted);
        CHECK(world.audit_count() == lines + 1);
        CHECK(needs(member));
        CHECK_FALSE(needs(office));
        CHECK_FALSE(set(secretary, world.na_lung, false).is_wanted);
        CHECK_FALSE(needs(member));
        CHECK(set(office, world.khau_tinh, true).is_wanted);
        CHECK(needs(member));
        CHECK(needs(office));
        CHECK(set(office, world.na_lung, false).wanted_above == "Khau Tinh");
        CHECK(refuses([&] { set(secretary, world.khau_tinh, false); }, Reason::forbidden,
                      "platform.forbidden"));
        CHECK(refuses([&] { set(member, world.na_lung, true); }, Reason::forbidden, "platform.forbidden"));
    });
}
