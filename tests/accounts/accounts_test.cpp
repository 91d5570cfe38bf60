#include <set>
#include <thread>

#include "people_for_test.h"
#include "platform/auth/tokens.h"

using namespace gw;
using namespace gw::accounts;
using gw::test::password_for_test;
using gw::test::PeopleWorld;
using gw::test::refuses;

namespace {

const UnitOfMember no_member = [](Db&, MemberId) { return std::optional<UnitId>(); };

AddAccount request_for(const PeopleWorld& world, std::string user_name) {
    return {{}, std::move(user_name), "Trần Văn A", {}, world.na_lung, {}, "a long enough one"};
}

AccountPage page(PeopleWorld& world, const Actor& actor, const ListAccounts& request) {
    AccountPage found;
    world.read(actor, [&](const Call& call) { found = list_accounts(call, request); });
    return found;
}

}  // namespace

TEST_CASE("an added account can sign in") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        Account account;
        world.slow(world.program, "", [&](const Call& call) {
            account = create_account(call, request_for(world, "Tran.A"), world.passwords, no_member);
        });
        CHECK(account.user_name == "tran.a");
        CHECK(account.language == "vi");
        CHECK(world.actor(world.sign_in("tran.a", "a long enough one")));
        world.read([&](const Call& call) {
            CHECK(find_account(call.db, "TRAN.A")->id == account.id);
            CHECK_FALSE(find_account(call.db, "tran.b"));
        });
    });
}

TEST_CASE("an account with mistakes is refused") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        world.add("bi_thu", world.na_lung, "secretary", world.na_lung);
        const MemberId known{5};
        const UnitOfMember unit_of_member = [&](Db&, MemberId member_id) {
            return member_id == known ? std::optional(world.phia_trang) : std::nullopt;
        };
        const auto creating = [&](AddAccount request, const Actor& actor) {
            return [&world, &actor, &unit_of_member, request] {
                world.slow(actor, "", [&](const Call& call) {
                    create_account(call, request, world.passwords, unit_of_member);
                });
            };
        };
        for (const char* name : {"", "ab", "bí thư", "a b c", "x'; DROP TABLE accounts; --",
                                 "12345678901234567890123456789012345678901"})
            CHECK(refuses(creating(request_for(world, name), world.program), Reason::invalid,
                          "accounts.user_name_malformed"));
        CHECK(refuses(creating(request_for(world, "BI_THU"), world.program), Reason::invalid,
                      "accounts.user_name_taken"));
        AddAccount request = request_for(world, "moi");
        request.full_name = " ";
        CHECK(refuses(creating(request, world.program), Reason::invalid, "platform.required"));
        request = request_for(world, "moi");
        request.password = "123456789";
        CHECK(refuses(creating(request, world.program), Reason::invalid, "accounts.password_length"));
        request.password = "here is moi again";
        CHECK(
            refuses(creating(request, world.program), Reason::invalid, "accounts.password_holds_user_name"));
        request = request_for(world, "moi");
        request.language = "xx";
        CHECK(refuses(creating(request, world.program), Reason::invalid, "platform.not_valid"));
        request = request_for(world, "moi");
        request.home_unit_id = UnitId{7};
        CHECK(refuses(creating(request, world.program), Reason::not_found, "platform.not_found"));
        const Actor other = world.person({"accounts.change"}, world.son_phu);
        CHECK(refuses(creating(request_for(world, "moi"), other), Reason::forbidden, "platform.forbidden"));
        // Nobody makes an account that is a member of somebody else's unit.
        const Actor keeper = world.person({"accounts.change"}, world.khau_tinh);
        request = request_for(world, "moi");
        request.member_id = known;
        CHECK(refuses(creating(request, keeper), Reason::forbidden, "platform.forbidden"));
        request.member_id = MemberId{6};
        CHECK(refuses(creating(request, keeper), Reason::not_found, "platform.not_found"));
        request = request_for(world, "moi");
        request.id = AccountId{77};
        creating(request, world.program)();
        request.user_name = "moi_2";
        CHECK(refuses(creating(request, world.program), Reason::conflict, "accounts.id_taken"));
    });
}

TEST_CASE("an account is added with its first role, or there is neither") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        world.add("van_phong", world.khau_tinh, "commune_office", world.khau_tinh);
        const auto office = world.actor(world.sign_in("van_phong"));
        const UnitOfMember nobody_known = [](Db&, MemberId) { return std::optional<UnitId>(); };
        const auto creating = [&](const AddAccount& request) {
            return [&world, office, request, &nobody_known] {
                world.slow(*office, "", [&](const Call& call) {
                    create_account(call, request, world.passwords, nobody_known);
                });
            };
        };
        AddAccount request = request_for(world, "bi_thu");
        request.until_on = gw::test::day(2026, 1, 1);
        CHECK(refuses(creating(request), Reason::invalid, "platform.required"));
        request.role_key = "administrator";
        CHECK(refuses(creating(request), Reason::forbidden, "accounts.role_not_given"));
        request.role_key = "secretary";
        request.unit_id = world.son_phu;
        CHECK(refuses(creating(request), Reason::forbidden, "platform.forbidden"));
        request.unit_id.reset();
        request.until_on = gw::test::day(2024, 1, 1);
        CHECK(refuses(creating(request), Reason::invalid, "accounts.ends_before_it_begins"));
        world.read([](const Call& call) { CHECK_FALSE(find_account(call.db, "bi_thu")); });
        request.until_on = gw::test::day(2026, 1, 1);
        creating(request)();
        const auto actor = world.actor(world.sign_in("bi_thu", request.password));
        REQUIRE(actor);
        CHECK(actor->may("meetings.record", request.home_unit_id));
        world.read(*actor, [&](const Call& call) {
            const GrantList held = list_grants(call, {actor->account_id});
            REQUIRE(held.grants.size() == 1);
            CHECK(held.grants[0].until_on == gw::test::day(2026, 1, 1));
        });
    });
}

TEST_CASE("a person from the shell has one role over the unit of the code") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        const std::string hash = world.passwords.hash(password_for_test);
        world.write([&](const Call& call) {
            add_person(call, {"quan_tri", "Quản trị", "08", "administrator"}, hash);
        });
        CHECK(world.actor(world.sign_in("quan_tri"))->may("accounts.change", world.cell_2));
        CHECK(refuses(
            [&] {
                world.write([&](const Call& call) {
                    add_person(call, {"khac", "Khác", "99", "member"}, hash);
                });
            },
            Reason::not_found, "platform.not_found"));
    });
}

TEST_CASE("accounts are listed within one's reach, searched without diacritics, page by page") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        for (const char* name : {"an", "binh", "chi"})
            world.add(std::string(name) + "_na_lung", world.na_lung, "", {});
        world.add("dung_son_phu", world.son_phu, "", {});
        const Actor keeper = world.person({"accounts.read"}, world.khau_tinh);
        ListAccounts request;
        CHECK(page(world, keeper, request).accounts.size() == 3);
        CHECK(page(world, world.program, request).accounts.size() == 4);
        request.text = "nguyen BINH";
        const auto found = page(world, keeper, request);
        REQUIRE(found.accounts.size() == 1);
        CHECK(found.accounts[0].user_name == "binh_na_lung");
        CHECK(found.accounts[0].home_unit_name == "Nà Lung");
        request.text = "100%";
        CHECK(page(world, keeper, request).accounts.empty());
        request = {};
        request.limit = 2;
        const auto first = page(world, keeper, request);
        CHECK(first.accounts.size() == 2);
        request.after = first.next;
        const auto second = page(world, keeper, request);
        CHECK(second.accounts.size() == 1);
        CHECK_FALSE(second.next);
        request.limit = 1000;
        CHECK(refuses([&] { page(world, keeper, request); }, Reason::invalid, "checks.limit_out_of_range"));
        request = {};
        request.after = AccountId{4};
        CHECK(refuses([&] { page(world, keeper, request); }, Reason::not_found, "platform.not_found"));
        request = {};
        request.within = world.son_phu;
        CHECK(refuses([&] { page(world, keeper, request); }, Reason::forbidden, "platform.forbidden"));
    });
}

TEST_CASE("locking is refused beyond one's reach, for oneself and for strangers' grants") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        const Account account = world.add("bi_thu", world.na_lung, "secretary", world.na_lung);
        const Account keeper = world.add("quan_tri", world.khau_tinh, "administrator", world.khau_tinh);
        const auto actor = world.actor(world.sign_in("quan_tri"));
        const auto locking = [&](const Actor& by, AccountId account_id) {
            return [&world, &by, account_id] {
                world.write(by, [&](const Call& call) { lock_account(call, {account_id, true}); });
            };
        };
        CHECK(refuses(locking(*actor, keeper.id), Reason::invalid, "accounts.own_account"));
        CHECK(refuses(locking(*actor, AccountId{4}), Reason::not_found, "platform.not_found"));
        const Actor other = world.person({"accounts.change"}, world.son_phu);
        CHECK(refuses(locking(other, account.id), Reason::forbidden, "platform.forbidden"));
        const auto before = world.audit_count();
        locking(*actor, account.id)();
        locking(*actor, account.id)();
        CHECK(world.audit_count() == before + 1);
        CHECK(refuses([&] { world.read(other, [&](const Call& call) { list_grants(call, {account.id}); }); },
                      Reason::forbidden, "platform.forbidden"));
        CHECK(refuses([&] { world.write([&](const Call& call) { set_password(call, AccountId{4}, "x"); }); },
                      Reason::not_found, "platform.not_found"));
    });
}

TEST_CASE("work that goes on after a request finds its person, unless locked") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        const Account account = world.add("bi_thu", world.na_lung, "secretary", world.na_lung);
        const auto find = [&](AccountId id) {
            return world.sessions.actor_of(id, world.now, test::day(2024, 5, 4), world.tree());
        };
        CHECK(find(account.id)->may("meetings.plan", world.na_lung));
        CHECK_FALSE(find(AccountId{3}));
        world.write([&](const Call& call) { lock_account(call, {account.id, true}); });
        CHECK_FALSE(find(account.id));
    });
}

TEST_CASE("what gives somebody a permission over a unit is told: the role, or else the order") {
    test::for_each_store([](Store& store) {
        UnitId ordered;
        const auto further = [&](Db&, AccountId) -> std::vector<FurtherGrant> {
            return {{"meetings.read", ordered, test::day(2024, 5, 1), test::day(2024, 6, 1), "47-QĐ"}};
        };
        PeopleWorld world(store, further);
        ordered = world.cell_1;
        const Account account = world.add("thanh_tra", world.tuyen_quang, "inspector", world.na_lung);
        const auto actor =
            world.sessions.actor_of(account.id, world.now, test::day(2024, 5, 4), world.tree());
        const Ground by_role = actor->ground("meetings.read", world.na_lung);
        CHECK(by_role.role_key == "inspector");
        CHECK(by_role.unit_id == world.na_lung);
        const Ground by_order = actor->ground("meetings.read", world.cell_1);
        CHECK(by_order.role_key.empty());
        CHECK(by_order.because == "47-QĐ");
        CHECK(by_order.unit_id == world.cell_1);
        for (const Ground& nothing :
             {actor->ground("meetings.read", world.cell_2), actor->ground("members.read_file", world.na_lung),
              nobody().ground("meetings.read", world.na_lung)}) {
            CHECK(nothing.role_key.empty());
            CHECK(nothing.because.empty());
            CHECK(!nothing.unit_id);
        }
        world.write([&](const Call& call) {
            add_grant(call, {account.id, "commune_office", world.khau_tinh, {}, {}});
        });
        const auto wider =
            world.sessions.actor_of(account.id, world.now, test::day(2024, 5, 4), world.tree());
        CHECK(wider->ground("meetings.read", world.na_lung).role_key == "commune_office");
        CHECK(wider->ground("visits.read", world.na_lung).unit_id == world.khau_tinh);
    });
}

TEST_CASE("many threads ask who is signed in while grants change") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        store.after_commit([&] { world.announcements.deliver(); });
        const Account account = world.add("bi_thu", world.na_lung, "secretary", world.na_lung);
        const std::string token = world.sign_in("bi_thu");
        const Date today = test::day(2024, 5, 4);
        const auto tree = world.tree();
        std::atomic<bool> is_over = false;
        std::atomic<int> mistakes = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                while (!is_over) {
                    const auto actor = world.sessions.find_actor(token, world.now, today, tree);
                    if (!actor || !actor->may("meetings.plan", world.na_lung)) ++mistakes;
                }
            });
        for (int i = 0; i < 20; ++i) {
            Grant grant;
            world.write([&](const Call& call) {
                grant = add_grant(call, {account.id, "member", world.khau_tinh, {}, {}});
            });
            if (!world.sessions.find_actor(token, world.now, today, tree)
                     ->may("organisation.read", world.ban_lang))
                ++mistakes;
            world.write([&](const Call& call) { remove_grant(call, {grant.id}); });
            if (world.sessions.find_actor(token, world.now, today, tree)
                    ->may("organisation.read", world.ban_lang))
                ++mistakes;
        }
        is_over = true;
        for (std::thread& thread : threads) thread.join();
        CHECK(mistakes == 0);
    });
}

TEST_CASE("every token is another one, and its hash does not show it") {
    std::set<std::string> tokens;
    for (int i = 0; i < 100; ++i) tokens.insert(make_token());
    CHECK(tokens.size() == 100);
    const std::string token = *tokens.begin();
    CHECK(is_token(token));
    CHECK_FALSE(is_token(token + "A"));
    CHECK_FALSE(is_token("=" + token.substr(1)));
    CHECK(to_text(hash_of_token(token)).size() == 64);
    CHECK(hash_of_token(token) == hash_of_token(token));
    CHECK(hash_of_token(token) != hash_of_token(*tokens.rbegin()));
}

TEST_CASE("a password fits its own hash only, and hashes of one password differ") {
    Passwords passwords;
    const std::string hash = passwords.hash("một mật khẩu dài");
    CHECK(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    CHECK(hash != passwords.hash("một mật khẩu dài"));
    CHECK(passwords.fits("một mật khẩu dài", &hash));
    CHECK_FALSE(passwords.fits("một mật khẩu dà", &hash));
    CHECK_FALSE(passwords.fits("một mật khẩu dài", nullptr));
    CHECK_FALSE(passwords.is_outdated(hash));
    const std::string broken = "not a hash";
    CHECK_FALSE(passwords.fits("", &broken));
}
