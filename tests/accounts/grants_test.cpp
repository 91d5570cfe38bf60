#include "accounts/powers.h"
#include "people_for_test.h"

using namespace gw;
using namespace gw::accounts;
using gw::test::day;
using gw::test::password_for_test;
using gw::test::PeopleWorld;
using gw::test::refuses;

namespace {

// Moves the clock and the tree, as the program does when a day begins.
void go_to(PeopleWorld& world, Date wanted) {
    world.go_to(wanted);
    world.store.read([&](Db& db) { world.trees.rebuild(db, wanted); });
}

std::int64_t units_in(const std::vector<Reach>& reaches) {
    std::int64_t count = 0;
    for (const Reach reach : reaches) count += reach.end - reach.first;
    return count;
}

}  // namespace

TEST_CASE("a role gives its permissions over its unit and below, and nothing anywhere else") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        world.add("van_phong", world.khau_tinh, "commune_office", world.khau_tinh);
        const auto actor = world.actor(world.sign_in("van_phong"));
        for (const UnitId inside : {world.khau_tinh, world.na_lung, world.front_board, world.ban_lang})
            CHECK(actor->may("members.change", inside));
        for (const UnitId outside :
             {world.tuyen_quang, world.na_hang, world.son_phu, world.phia_trang, world.cell_1})
            CHECK_FALSE(actor->may("members.change", outside));
        CHECK_FALSE(actor->may("organisation.change", world.na_lung));
        CHECK_FALSE(actor->may("members", world.na_lung));
        CHECK_FALSE(actor->may("", world.na_lung));
        CHECK_FALSE(actor->may("members.change", UnitId{}));
        CHECK(units_in(actor->reach("members.change")) == 4);
        CHECK(actor->reach("organisation.change").empty());
    });
}

TEST_CASE("an account without a grant may nothing") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        world.add("moi", world.na_lung, "", {});
        const auto actor = world.actor(world.sign_in("moi"));
        REQUIRE(actor);
        CHECK_FALSE(actor->may("organisation.read", world.na_lung));
        CHECK(actor->reach("organisation.read").empty());
    });
}

TEST_CASE("overlapping grants count a unit once, and apart ones stay apart") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        const Account account = world.add("can_bo", world.na_hang, "member", world.na_lung);
        world.write([&](const Call& call) {
            add_grant(call, {account.id, "secretary", world.khau_tinh, {}, {}});
            add_grant(call, {account.id, "member", world.khau_tinh, {}, {}});
            add_grant(call, {account.id, "member", world.cell_2, {}, {}});
        });
        const auto actor = world.actor(world.sign_in("can_bo"));
        CHECK(actor->reach("organisation.read").size() == 2);
        CHECK(units_in(actor->reach("organisation.read")) == 4 + 2);
        CHECK(actor->may("organisation.read", world.self_management_group));
        CHECK_FALSE(actor->may("organisation.read", world.cell_1));
        CHECK_FALSE(actor->may("meetings.plan", world.cell_2));
    });
}

TEST_CASE("a grant holds from its first day until the day before its last") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        const Account account = world.add("doan", world.na_hang, "", {});
        world.write([&](const Call& call) {
            add_grant(call, {account.id, "inspector", world.khau_tinh, day(2024, 5, 6), day(2024, 5, 8)});
        });
        const std::string token = world.sign_in("doan");
        for (const auto& [on, may] : {std::pair{day(2024, 5, 5), false},
                                      {day(2024, 5, 6), true},
                                      {day(2024, 5, 7), true},
                                      {day(2024, 5, 8), false}}) {
            go_to(world, on);
            CHECK(world.actor(token)->may("visits.record", world.na_lung) == may);
            CHECK(world.actor(token)->reach("visits.record").empty() == !may);
        }
    });
}

TEST_CASE("permissions follow a unit that moves, and end with one that is dissolved") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        world.add("khau_tinh", world.khau_tinh, "commune_office", world.khau_tinh);
        world.add("son_phu", world.son_phu, "commune_office", world.son_phu);
        world.add("ban_lang", world.ban_lang, "secretary", world.ban_lang);
        const std::string giver = world.sign_in("khau_tinh"), taker = world.sign_in("son_phu"),
                          cell = world.sign_in("ban_lang");
        REQUIRE(world.actor(giver)->may("members.change", world.na_lung));
        world.write([&](const Call& call) {
            organisation::move(call, {world.na_lung, world.son_phu, day(2024, 5, 4), "1"});
            organisation::dissolve(call, {world.ban_lang, day(2024, 5, 5), "2"}, {});
        });
        CHECK_FALSE(world.actor(giver)->may("members.change", world.na_lung));
        CHECK(world.actor(taker)->may("members.change", world.na_lung));
        CHECK(world.actor(taker)->may("members.change", world.front_board));
        CHECK(world.actor(cell)->may("meetings.plan", world.ban_lang));
        go_to(world, day(2024, 5, 5));
        CHECK_FALSE(world.actor(cell)->may("meetings.plan", world.ban_lang));
    });
}

TEST_CASE("a grant counts at once, and so does taking it away") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        const Account account = world.add("moi", world.na_lung, "", {});
        const std::string token = world.sign_in("moi");
        CHECK_FALSE(world.actor(token)->may("organisation.read", world.na_lung));
        Grant grant;
        const auto before = world.audit_count();
        world.write([&](const Call& call) {
            grant = add_grant(call, {account.id, "member", world.na_lung, {}, {}});
        });
        CHECK(world.actor(token)->may("organisation.read", world.na_lung));
        world.write([&](const Call& call) { remove_grant(call, {grant.id}); });
        CHECK_FALSE(world.actor(token)->may("organisation.read", world.na_lung));
        CHECK(world.audit_count() == before + 2);
        CHECK(refuses([&] { world.write([&](const Call& call) { remove_grant(call, {grant.id}); }); },
                      Reason::not_found, "platform.not_found"));
    });
}

TEST_CASE("nobody gives, takes away or locks out beyond what their role gives") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        const Account secretary = world.add("bi_thu", world.na_lung, "secretary", world.na_lung);
        world.add("van_phong", world.khau_tinh, "commune_office", world.khau_tinh);
        const auto office = world.actor(world.sign_in("van_phong"));
        const auto giving = [&](AddGrant request) {
            return [&world, office, request] {
                world.write(*office, [&](const Call& call) { add_grant(call, request); });
            };
        };
        giving({secretary.id, "member", world.na_lung, {}, {}})();
        CHECK(refuses(giving({secretary.id, "administrator", world.na_lung, {}, {}}), Reason::forbidden,
                      "accounts.role_not_given"));
        CHECK(refuses(giving({secretary.id, "member", world.son_phu, {}, {}}), Reason::forbidden,
                      "platform.forbidden"));
        CHECK(refuses(giving({secretary.id, "member", world.na_hang, {}, {}}), Reason::forbidden,
                      "platform.forbidden"));
        const Account elsewhere = world.add("xa_khac", world.phia_trang, "", {});
        CHECK(refuses(giving({elsewhere.id, "member", world.na_lung, {}, {}}), Reason::forbidden,
                      "platform.forbidden"));
        // A grant of a role that it may not give it may not take away either.
        const Account administrator =
            world.add("quan_tri", world.khau_tinh, "administrator", world.khau_tinh);
        GrantList grants;
        world.read([&](const Call& call) { grants = list_grants(call, {administrator.id}); });
        CHECK(refuses(
            [&] {
                world.write(*office, [&](const Call& call) { remove_grant(call, {grants.grants[0].id}); });
            },
            Reason::forbidden, "accounts.role_not_given"));
        CHECK(refuses(
            [&] {
                world.write(*office, [&](const Call& call) { lock_account(call, {administrator.id, true}); });
            },
            Reason::forbidden, "accounts.role_not_given"));
    });
}

TEST_CASE("an office appoints a secretary though it may not do what a secretary does") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        const Account elected = world.add("bi_thu", world.na_lung, "", {});
        world.add("van_phong", world.khau_tinh, "commune_office", world.khau_tinh);
        const auto office = world.actor(world.sign_in("van_phong"));
        REQUIRE_FALSE(office->may("meetings.record", world.na_lung));
        Grant grant;
        world.write(*office, [&](const Call& call) {
            grant = add_grant(call, {elected.id, "secretary", world.na_lung, {}, {}});
        });
        CHECK(world.actor(world.sign_in("bi_thu"))->may("meetings.record", world.na_lung));
        world.write(*office, [&](const Call& call) {
            lock_account(call, {elected.id, true});
            lock_account(call, {elected.id, false});
            remove_grant(call, {grant.id});
        });
        CHECK_FALSE(world.actor(world.sign_in("bi_thu"))->may("meetings.record", world.na_lung));
        // The secretary gives nobody anything, and an account without a grant neither.
        const auto secretary = world.actor(world.sign_in("bi_thu"));
        CHECK(refuses(
            [&] {
                world.write(*secretary, [&](const Call& call) {
                    add_grant(call, {elected.id, "member", world.na_lung, {}, {}});
                });
            },
            Reason::forbidden, "platform.forbidden"));
    });
}

TEST_CASE("nobody gives a role to themselves, from whatever account") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        Account first, second;
        world.write([&](const Call& call) {
            AddAccount request{{}, "quan_tri", "Hoàng Văn A", MemberId{5}, world.khau_tinh, {}, ""};
            request.role_key = "administrator";
            first = add_account(call, request, world.passwords.hash(password_for_test));
            request.user_name = "quan_tri_2";
            request.role_key.reset();
            second = add_account(call, request, "no password fits this");
        });
        const auto actor = world.actor(world.sign_in("quan_tri"));
        for (const AccountId own : {first.id, second.id})
            CHECK(refuses(
                [&] {
                    world.write(*actor, [&](const Call& call) {
                        add_grant(call, {own, "member", world.na_lung, {}, {}});
                    });
                },
                Reason::forbidden, "accounts.own_grant"));
        CHECK(refuses(
            [&] {
                world.write(*actor, [&](const Call& call) {
                    AddAccount request{{}, "quan_tri_3", "Hoàng Văn A", MemberId{5}, world.khau_tinh, {}, ""};
                    request.role_key = "secretary";
                    add_account(call, request, "no password fits this");
                });
            },
            Reason::forbidden, "accounts.own_grant"));
        world.read([](const Call& call) { CHECK_FALSE(find_account(call.db, "quan_tri_3")); });
    });
}

TEST_CASE("a role is given only where and when the giver's own holds") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        const Account office = world.add("van_phong", world.khau_tinh, "", {});
        const Account other = world.add("moi", world.na_lung, "", {});
        world.write([&](const Call& call) {
            add_grant(call, {office.id, "commune_office", world.khau_tinh, day(2024, 5, 1), day(2024, 6, 1)});
            add_grant(call, {office.id, "commune_office", world.son_phu, day(2024, 5, 10), {}});
            add_grant(call, {office.id, "administrator", world.son_phu, day(2024, 4, 1), day(2024, 5, 1)});
        });
        const auto actor = world.actor(world.sign_in("van_phong"));
        const auto giving = [&](AddGrant request) {
            return [&world, actor, request] {
                world.write(*actor, [&](const Call& call) { add_grant(call, request); });
            };
        };
        const UnitId cell = world.na_lung;
        giving({other.id, "secretary", cell, day(2024, 5, 4), day(2024, 6, 1)})();
        CHECK(refuses(giving({other.id, "member", cell, {}, {}}), Reason::forbidden,
                      "accounts.outside_own_days"));
        CHECK(refuses(giving({other.id, "member", cell, {}, day(2024, 6, 2)}), Reason::forbidden,
                      "accounts.outside_own_days"));
        CHECK(refuses(giving({other.id, "member", cell, day(2024, 4, 30), day(2024, 5, 20)}),
                      Reason::forbidden, "accounts.outside_own_days"));
        // What holds later or held before gives nothing today.
        Actor over_both = *actor;
        over_both.may = [](std::string_view, UnitId) { return true; };
        for (const char* role : {"member", "administrator"})
            CHECK(refuses(
                [&] {
                    world.write(over_both, [&](const Call& call) {
                        add_grant(call, {other.id, role, world.son_phu, day(2024, 5, 12), day(2024, 5, 20)});
                    });
                },
                Reason::forbidden, "accounts.role_not_given"));
    });
}

TEST_CASE("the administrator says which roles a role gives, and it counts at once") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        const Account other = world.add("moi", world.na_lung, "", {});
        world.add("van_phong", world.khau_tinh, "commune_office", world.khau_tinh);
        world.add("quan_tri", world.tuyen_quang, "administrator", world.tuyen_quang);
        world.add("quan_tri_xa", world.khau_tinh, "administrator", world.khau_tinh);
        const auto office = world.actor(world.sign_in("van_phong")),
                   administrator = world.actor(world.sign_in("quan_tri")),
                   of_commune = world.actor(world.sign_in("quan_tri_xa"));
        const auto setting = [&](const Actor& by, const char* role, std::vector<std::string> given) {
            return [&world, &by, request = SetGivenRoles{role, std::move(given)}] {
                world.write(by, [&](const Call& call) { set_given_roles(call, request); });
            };
        };
        const auto giving = [&](const char* role) {
            return [&world, office, &other, role] {
                world.write(*office, [&](const Call& call) {
                    add_grant(call, {other.id, role, world.na_lung, {}, {}});
                });
            };
        };
        CHECK(refuses(setting(*office, "commune_office", {"administrator"}), Reason::forbidden,
                      "platform.forbidden"));
        CHECK(refuses(setting(*of_commune, "commune_office", {"administrator"}), Reason::forbidden,
                      "platform.forbidden"));
        CHECK(refuses(setting(*administrator, "king", {"member"}), Reason::not_found, "platform.not_found"));
        CHECK(refuses(setting(*administrator, "commune_office", {"member", "king"}), Reason::invalid,
                      "accounts.unknown_role"));
        CHECK(refuses(
            [&] {
                world.write([](const Call& call) {
                    add_role(call, {"reader", "Người đọc", "Reader", "पाठक", {}, {"king"}});
                });
            },
            Reason::invalid, "accounts.unknown_role"));
        CHECK(refuses(giving("organising_commission"), Reason::forbidden, "accounts.role_not_given"));
        const auto before = world.audit_count();
        setting(*administrator, "commune_office", {"organising_commission", "organising_commission"})();
        CHECK(world.audit_count() == before + 1);
        giving("organising_commission")();
        CHECK(refuses(giving("secretary"), Reason::forbidden, "accounts.role_not_given"));
        world.read([](const Call& call) {
            for (const Role& role : list_roles(call.db))
                if (role.key == "commune_office") {
                    CHECK(role.given_role_keys == std::vector<std::string>{"organising_commission"});
                    CHECK(role.permissions.size() >= 23);  // as before: only what it gives has changed
                }
        });
    });
}

TEST_CASE("a grant with mistakes is refused") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        const Account account = world.add("bi_thu", world.na_lung, "secretary", world.na_lung);
        const auto giving = [&](AddGrant request) {
            return [&world, request] { world.write([&](const Call& call) { add_grant(call, request); }); };
        };
        CHECK(refuses(giving({account.id, "king", world.na_lung, {}, {}}), Reason::invalid,
                      "platform.not_valid"));
        CHECK(refuses(giving({account.id, "member", world.na_lung, day(2024, 6, 1), day(2024, 6, 1)}),
                      Reason::invalid, "accounts.ends_before_it_begins"));
        CHECK(refuses(giving({account.id, "member", world.na_lung, day(1824, 6, 1), {}}), Reason::invalid,
                      "checks.day_out_of_range"));
        CHECK(refuses(giving({AccountId{4}, "member", world.na_lung, {}, {}}), Reason::not_found,
                      "platform.not_found"));
        CHECK(refuses(giving({account.id, "member", UnitId{4}, {}, {}}), Reason::not_found,
                      "platform.not_found"));
        CHECK(refuses(giving({account.id, "secretary", world.na_lung, day(2024, 8, 1), {}}), Reason::conflict,
                      "accounts.granted_already"));
        giving({account.id, "member", world.na_lung, day(2024, 5, 1), day(2024, 6, 1)})();
        giving({account.id, "member", world.na_lung, day(2024, 6, 1), {}})();
    });
}

TEST_CASE("why one may see something has an answer") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        world.add("bi_thu", world.na_lung, "secretary", world.khau_tinh);
        const auto actor = world.actor(world.sign_in("bi_thu"));
        const auto asking = [&](std::string permission, UnitId unit_id) {
            Why why;
            world.read(*actor, [&](const Call& call) { why = why_may_i(call, {permission, unit_id}); });
            return why;
        };
        const Why yes = asking("meetings.plan", world.na_lung);
        CHECK(yes.is_allowed);
        REQUIRE(yes.grants.size() == 1);
        CHECK(yes.grants[0].role_name == "Cell secretary");
        CHECK(yes.grants[0].unit_name == "Khau Tinh");
        const Why no = asking("meetings.plan", world.son_phu);
        CHECK_FALSE(no.is_allowed);
        CHECK(no.grants.empty());
        CHECK(refuses([&] { asking("meetings.plan", UnitId{3}); }, Reason::not_found, "platform.not_found"));
    });
}

TEST_CASE("who is signed in is told with the units that carry each permission") {
    test::for_each_store([](Store& store) {
        PeopleWorld world(store);
        world.add("bi_thu", world.na_lung, "secretary", world.na_lung);
        const std::string token = world.sign_in("bi_thu");
        CurrentAccount current;
        world.slow(*world.actor(token), token, [&](const Call& call) { current = current_account(call); });
        CHECK(current.user_name == "bi_thu");
        CHECK(current.home_unit_name == "Nà Lung");
        CHECK(current.today == day(2024, 5, 4));
        CHECK(std::count_if(current.permissions.begin(), current.permissions.end(),
                            [&](const HeldPermission& held) {
                                return held.permission == "meetings.record" && held.unit_id == world.na_lung;
                            }) == 1);
    });
}

// Who runs the program is no body that decides about people, and does not read what was found of them.
TEST_CASE(
    "the roles to begin with hold known permissions, and the administrator all but those of deciding "
    "bodies") {
    const std::set<std::string> of_bodies{"findings.decide", "inspections.decide"};
    test::for_each_store([&](Store& store) {
        PeopleWorld world(store);
        std::vector<Role> roles;
        world.read([&](const Call& call) { roles = list_roles(call.db); });
        REQUIRE(roles.size() == 9);
        const auto administrator = std::find_if(roles.begin(), roles.end(),
                                                [](const Role& role) { return role.key == "administrator"; });
        for (const Role& role : roles) {
            CHECK_FALSE(role.permissions.empty());
            for (const std::string& permission : role.permissions)
                CHECK(of_bodies.contains(permission) !=
                      (std::find(administrator->permissions.begin(), administrator->permissions.end(),
                                 permission) != administrator->permissions.end()));
        }
        world.write([](const Call& call) {
            add_role(call, {"reader", "Người đọc", "Reader", "पाठक", {"organisation.read"}});
        });
        world.add("doc", world.na_lung, "reader", world.na_lung);
        const std::string token = world.sign_in("doc");
        CHECK(world.actor(token)->may("organisation.read", world.na_lung));
        CHECK(refuses(
            [&] { world.read(*world.actor(token), [](const Call& call) { list_roles_for_reader(call); }); },
            Reason::forbidden, "platform.forbidden"));
        world.write([](const Call& call) { add_role(call, {"reader", "Người đọc", "Reader", "पाठक", {}}); });
        CHECK_FALSE(world.actor(token)->may("organisation.read", world.na_lung));
    });
}
