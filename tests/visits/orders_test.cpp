#include "visits/orders.h"

#include "accounts/people_for_test.h"
#include "support/people.h"
#include "visits/visits.h"

namespace gw::visits {
namespace {

using test::day;
using test::refuses;

// The province sends two people, one of them the leader, to Na Lung and to the commune An Tuong, on a tree in
// which other units stand below both.
struct Mission {
    explicit Mission(Store& store) : world(store, reach_by_orders) {
        office = world.person({"visits.order", "visits.read", "visits.record"}, world.tuyen_quang);
        leader = world.add("truong_doan", world.tuyen_quang, "", {}).id;
        member = world.add("thanh_vien", world.an_tuong, "", {}).id;
        of_na_lung = world.add("na_lung", world.na_lung, "", {}).id;
    }
    SendOut request() const {
        SendOut asked;
        asked.unit_id = world.tuyen_quang;
        asked.number_text = "12-QĐ/BTCTU";
        asked.subject = "Khảo sát sinh hoạt chi bộ";
        asked.from_on = day("2024-05-06");
        asked.until_on = day("2024-05-10");
        asked.unit_ids = {world.na_lung, world.son_phu};
        asked.account_ids = {leader, member};
        asked.leader_id = leader;
        return asked;
    }
    OrderRecord sent(const SendOut& asked) {
        OrderRecord kept;
        world.write(office, [&](const Call& call) { kept = send_out(call, asked); });
        return kept;
    }
    OrderRecord sent() { return sent(request()); }
    bool refused(const Actor& actor, Reason reason, std::string_view key,
                 const std::function<void(const Call&)>& act) {
        return refuses([&] { world.write(actor, act); }, reason, key);
    }
    test::PeopleWorld world;
    Actor office;
    AccountId leader, member, of_na_lung;
};

}  // namespace

TEST_CASE("an order is kept with its units and members, and leaves a line in the trail") {
    test::for_each_store([](Store& store) {
        Mission mission(store);
        const auto before = mission.world.audit_count();
        const OrderRecord kept = mission.sent();
        CHECK(mission.world.audit_count() == before + 1);
        CHECK(kept.state == OrderState::coming);
        REQUIRE(kept.units.size() == 2);
        CHECK(kept.units[0].unit_name == "Sơn Phú");
        CHECK(kept.units[1].parent_name == "Khau Tinh");
        REQUIRE(kept.members.size() == 2);
        CHECK(kept.members[0].is_leader);
        CHECK(kept.members[0].account_id == mission.leader);
        SendOut again = mission.request();
        again.id = kept.order.id;
        CHECK(mission.sent(again).order.id == kept.order.id);
        again.subject = "Việc khác";
        CHECK(mission.refused(mission.office, Reason::conflict, "visits.id_taken",
                              [&](const Call& call) { send_out(call, again); }));
    });
}

TEST_CASE("members of an order reach its units, nothing below them, on its days and not a minute longer") {
    test::for_each_store([](Store& store) {
        Mission mission(store);
        test::PeopleWorld& world = mission.world;
        world.go_to(day("2024-05-05"), 23 * 60 + 59);
        const std::string token = world.sign_in("truong_doan");
        mission.sent();
        const auto may = [&](std::string_view permission, UnitId unit_id) {
            return world.actor(token)->may(permission, unit_id);
        };
        CHECK_FALSE(may("meetings.read", world.na_lung));

        world.go_to(day("2024-05-06"), 0);
        for (const char* permission : {"organisation.read", "meetings.read", "resolutions.read", "tasks.read",
                                       "visits.read", "visits.record"}) {
            CAPTURE(permission);
            CHECK(may(permission, world.na_lung));
            CHECK(may(permission, world.son_phu));
            CHECK_FALSE(may(permission, world.front_board));  // below Na Lung
            CHECK_FALSE(may(permission, world.phia_trang));   // below Son Phu
            CHECK_FALSE(may(permission, world.ban_lang));
            CHECK_FALSE(may(permission, world.khau_tinh));
            CHECK_FALSE(may(permission, world.tuyen_quang));
        }
        for (const char* permission :
             {"members.read", "members.read_file", "members.change", "visits.confirm", "visits.order",
              "meetings.record", "accounts.read"}) {
            CAPTURE(permission);
            CHECK_FALSE(may(permission, world.na_lung));
        }
        REQUIRE(world.actor(token)->reach("visits.read").size() == 2);
        CHECK(world.actor(token)->reach("visits.read")[0].end -
                  world.actor(token)->reach("visits.read")[0].first ==
              1);

        world.go_to(day("2024-05-10"), 23 * 60 + 59);
        CHECK(may("visits.record", world.na_lung));
        world.go_to(day("2024-05-11"), 0);
        CHECK_FALSE(may("visits.record", world.na_lung));
        CHECK(world.actor(token)->reach("visits.read").empty());
    });
}

TEST_CASE("the browser is told what an order gives, and why") {
    test::for_each_store([](Store& store) {
        Mission mission(store);
        test::PeopleWorld& world = mission.world;
        world.go_to(day("2024-05-06"));
        mission.sent();
        const auto actor = world.actor(world.sign_in("thanh_vien"));
        world.read(*actor, [&](const Call& call) {
            const auto account = accounts::current_account(call, reach_by_orders);
            const auto tells = [&](UnitId unit_id, bool is_without_below) {
                return std::any_of(account.permissions.begin(), account.permissions.end(),
                                   [&](const accounts::HeldPermission& held) {
                                       return held.permission == "visits.record" && held.unit_id == unit_id &&
                                              held.is_without_below == is_without_below;
                                   });
            };
            CHECK(tells(world.son_phu, true));
            CHECK(tells(world.na_lung, true));
            CHECK_FALSE(tells(world.son_phu, false));
            const auto why = accounts::why_may_i(call, {"visits.record", world.son_phu}, reach_by_orders);
            CHECK(why.is_allowed);
            REQUIRE(why.grants.size() == 1);
            CHECK(why.grants[0].role_name == "12-QĐ/BTCTU");
            CHECK(why.grants[0].until_on == day("2024-05-11"));
            CHECK_FALSE(
                accounts::why_may_i(call, {"visits.record", world.phia_trang}, reach_by_orders).is_allowed);
        });
    });
}

TEST_CASE("an order that is ended takes the reach from a session that is already signed in") {
    test::for_each_store([](Store& store) {
        Mission mission(store);
        test::PeopleWorld& world = mission.world;
        SendOut asked = mission.request();
        asked.from_on = day("2024-05-04");
        const OrderRecord kept = mission.sent(asked);
        CHECK(kept.state == OrderState::in_force);
        const std::string token = world.sign_in("truong_doan");
        CHECK(world.actor(token)->may("visits.record", world.na_lung));
        const EndOrder ending{kept.order.id, "Bão lũ, dời sang tháng sau"};
        CHECK(mission.refused(mission.office, Reason::invalid, "platform.required", [&](const Call& call) {
            end_order(call, {kept.order.id, " "});
        }));
        CHECK(mission.refused(*world.actor(token), Reason::forbidden, "platform.forbidden",
                              [&](const Call& call) { end_order(call, ending); }));
        const auto before = world.audit_count();
        world.write(mission.office,
                    [&](const Call& call) { CHECK(end_order(call, ending).state == OrderState::ended); });
        CHECK(world.audit_count() == before + 1);
        CHECK_FALSE(world.actor(token)->may("visits.record", world.na_lung));
        CHECK(mission.refused(mission.office, Reason::conflict, "visits.order_is_over",
                              [&](const Call& call) { end_order(call, ending); }));
        // What somebody wrote down on the visit and sends too late is told what happened.
        RecordVisit visit;
        visit.unit_id = world.na_lung;
        visit.visited_on = day("2024-05-04");
        visit.group_name = "Đoàn công tác";
        CHECK(mission.refused(*world.actor(token), Reason::forbidden, "visits.order_is_over",
                              [&](const Call& call) { record(call, visit); }));
    });
}

TEST_CASE("who leaves an order or whose unit leaves it loses the reach at once; longer days give it back") {
    test::for_each_store([](Store& store) {
        Mission mission(store);
        test::PeopleWorld& world = mission.world;
        world.go_to(day("2024-05-06"));
        const OrderRecord kept = mission.sent();
        const std::string leader = world.sign_in("truong_doan"), member = world.sign_in("thanh_vien");
        const auto change = [&](const std::function<void(ChangeOrder&)>& differ) {
            OrderRecord now;
            world.read(mission.office, [&](const Call& call) { now = show_order(call, {kept.order.id}); });
            ChangeOrder asked{kept.order.id,      now.order.version, "Khảo sát",       now.order.from_on,
                              now.order.until_on, {world.na_lung},   {mission.leader}, mission.leader};
            differ(asked);
            return asked;
        };
        const auto before = world.audit_count();
        world.write(mission.office, [&, asked = change([](ChangeOrder&) {})](const Call& call) {
            change_order(call, asked);
        });
        CHECK(world.audit_count() == before + 1);
        CHECK(world.actor(leader)->may("visits.record", world.na_lung));
        CHECK_FALSE(world.actor(leader)->may("visits.record", world.son_phu));
        CHECK_FALSE(world.actor(member)->may("visits.record", world.na_lung));

        CHECK(mission.refused(mission.office, Reason::conflict, "visits.order_changed_meanwhile",
                              [&, asked = change([](ChangeOrder& asked) { asked.version = 1; })](
                                  const Call& call) { change_order(call, asked); }));
        CHECK(mission.refused(mission.office, Reason::invalid, "visits.order_has_begun",
                              [&, asked = change([](ChangeOrder& asked) {
                                      asked.from_on = day("2024-05-07");
                                  })](const Call& call) { change_order(call, asked); }));
        CHECK(mission.refused(
            *world.actor(leader), Reason::forbidden, "platform.forbidden",
            [&, asked = change([](ChangeOrder&) {})](const Call& call) { change_order(call, asked); }));
        CHECK(mission.refused(mission.office, Reason::not_found, "platform.not_found",
                              [&, asked = change([](ChangeOrder& asked) {
                                      asked.order_id = VisitOrderId{5};
                                  })](const Call& call) { change_order(call, asked); }));

        world.go_to(day("2024-05-12"));
        CHECK_FALSE(world.actor(leader)->may("visits.record", world.na_lung));
        CHECK(mission.refused(
            mission.office, Reason::invalid, "visits.order_is_past",
            [&, asked = change([](ChangeOrder&) {})](const Call& call) { change_order(call, asked); }));
        world.write(mission.office, [&, asked = change([](ChangeOrder& asked) {
                                            asked.until_on = day("2024-05-12");
                                        })](const Call& call) { change_order(call, asked); });
        CHECK(world.actor(leader)->may("visits.record", world.na_lung));
        world.write(mission.office, [&](const Call& call) { end_order(call, {kept.order.id, "xong"}); });
        CHECK(mission.refused(
            mission.office, Reason::conflict, "visits.order_was_ended",
            [&, asked = change([](ChangeOrder&) {})](const Call& call) { change_order(call, asked); }));
    });
}

TEST_CASE("sending out is refused with its reason") {
    test::for_each_store([](Store& store) {
        Mission mission(store);
        test::PeopleWorld& world = mission.world;
        const Actor below = world.person({"visits.order"}, world.na_hang);
        const Actor reader = world.person({"visits.read"}, world.tuyen_quang);
        const auto asked = [&](const std::function<void(SendOut&)>& change) {
            return [&mission, change](const Call& call) {
                SendOut request = mission.request();
                change(request);
                send_out(call, request);
            };
        };
        const auto invalid = [&](std::string_view key, const std::function<void(SendOut&)>& change) {
            CAPTURE(key);
            return mission.refused(mission.office, Reason::invalid, key, asked(change));
        };
        CHECK(mission.refused(reader, Reason::forbidden, "platform.forbidden", asked([](SendOut&) {})));
        CHECK(mission.refused(below, Reason::forbidden, "platform.forbidden", asked([](SendOut&) {})));
        CHECK(mission.refused(below, Reason::forbidden, "platform.forbidden", asked([&](SendOut& each) {
                                  each.unit_id = world.na_hang;
                                  each.unit_ids = {world.cell_1};
                              })));
        CHECK(mission.refused(mission.office, Reason::not_found, "platform.not_found",
                              asked([](SendOut& each) { each.unit_id = UnitId{7}; })));
        CHECK(invalid("platform.required", [](SendOut& each) { each.number_text = " "; }));
        CHECK(invalid("checks.too_long", [](SendOut& each) { each.subject = std::string(501, 'x'); }));
        CHECK(invalid("checks.day_out_of_range", [](SendOut& each) { each.from_on = day("1924-05-06"); }));
        CHECK(invalid("visits.ends_before_it_begins",
                      [](SendOut& each) { each.until_on = day("2024-05-05"); }));
        CHECK(invalid("visits.order_is_past", [](SendOut& each) {
            each.from_on = day("2024-04-01");
            each.until_on = day("2024-05-03");
        }));
        CHECK(invalid("visits.order_too_long", [](SendOut& each) { each.until_on = day("2025-05-07"); }));
        CHECK(invalid("visits.name_a_unit", [](SendOut& each) { each.unit_ids.clear(); }));
        CHECK(
            invalid("visits.too_many_units", [&](SendOut& each) { each.unit_ids.push_back(world.na_lung); }));
        CHECK(invalid("visits.unit_elsewhere", [](SendOut& each) { each.unit_ids.push_back(UnitId{9}); }));
        CHECK(invalid("visits.unit_elsewhere", [&](SendOut& each) { each.unit_ids = {world.tuyen_quang}; }));
        CHECK(invalid("visits.name_a_member", [](SendOut& each) { each.account_ids.clear(); }));
        CHECK(invalid("visits.too_many_members",
                      [&](SendOut& each) { each.account_ids.push_back(mission.leader); }));
        CHECK(invalid("visits.person_elsewhere",
                      [](SendOut& each) { each.account_ids.push_back(AccountId{9}); }));
        CHECK(invalid("visits.name_the_leader", [&](SendOut& each) { each.leader_id = mission.of_na_lung; }));
        CHECK(mission.refused(mission.office, Reason::invalid, "visits.person_elsewhere",
                              asked([&](SendOut& each) {
                                  each.unit_id = world.city;
                                  each.unit_ids = {world.cell_1};
                              })));
        mission.sent();
        CHECK(invalid("visits.number_taken", [](SendOut&) {}));
    });
}

TEST_CASE("nobody is ordered to visit the own unit, neither the home nor where one is a member") {
    test::for_each_store([](Store& store) {
        Mission mission(store);
        test::PeopleWorld& world = mission.world;
        SendOut asked = mission.request();
        asked.account_ids.push_back(mission.of_na_lung);
        CHECK(mission.refused(mission.office, Reason::invalid, "visits.own_unit_ordered",
                              [&](const Call& call) { send_out(call, asked); }));
        // Nor does somebody of An Tuong visit An Tuong, or the city above it.
        SendOut home = mission.request();
        home.unit_ids = {world.city};
        CHECK(mission.refused(mission.office, Reason::invalid, "visits.own_unit_ordered",
                              [&](const Call& call) { send_out(call, home); }));
        // An official of the province who is a member of the cell Na Lung.
        const MemberId in_na_lung = test::add_people(world, world.na_lung, 1)[0];
        AccountId official;
        world.write([&](const Call& call) {
            official = accounts::add_account(
                           call, {{}, "can_bo", "Ma Thị Bình", in_na_lung, world.tuyen_quang, {}, ""}, "x")
                           .id;
        });
        SendOut as_member = mission.request();
        as_member.account_ids = {mission.leader, official};
        CHECK(mission.refused(mission.office, Reason::invalid, "visits.own_unit_ordered",
                              [&](const Call& call) { send_out(call, as_member); }));
        as_member.unit_ids = {world.son_phu};
        CHECK(mission.sent(as_member).members.size() == 2);
    });
}

TEST_CASE("an order shows to its members, to who reads for the sender, and to a unit only what concerns it") {
    test::for_each_store([](Store& store) {
        Mission mission(store);
        test::PeopleWorld& world = mission.world;
        const OrderRecord kept = mission.sent();
        const Actor secretary = world.person({"visits.read"}, world.na_lung);
        const Actor neighbour = world.person({"visits.read"}, world.ban_lang);
        world.read(secretary, [&](const Call& call) {
            const Orders orders = list_orders(call, {std::nullopt, world.na_lung});
            REQUIRE(orders.orders.size() == 1);
            CHECK(orders.orders[0].members.size() == 2);
            REQUIRE(orders.orders[0].units.size() == 1);
            CHECK(orders.orders[0].units[0].unit_id == world.na_lung);
            CHECK(list_orders(call, {}).orders.empty());
            CHECK(refuses(
                [&] {
                    list_orders(call, {world.tuyen_quang, std::nullopt});
                },
                Reason::forbidden, "platform.forbidden"));
            CHECK(refuses(
                [&] {
                    list_orders(call, {world.tuyen_quang, world.na_lung});
                },
                Reason::invalid, "visits.one_of_two"));
        });
        world.read(neighbour, [&](const Call& call) {
            CHECK(
                refuses([&] { show_order(call, {kept.order.id}); }, Reason::not_found, "platform.not_found"));
            CHECK(refuses(
                [&] {
                    list_orders(call, {std::nullopt, world.na_lung});
                },
                Reason::forbidden, "platform.forbidden"));
        });
        world.read(mission.office, [&](const Call& call) {
            CHECK(list_orders(call, {world.tuyen_quang, std::nullopt}).orders.size() == 1);
            CHECK(find_order_people(call, {world.tuyen_quang, "truong"}).people.size() == 1);
            CHECK(find_order_people(call, {world.city, std::nullopt}).people.size() == 1);
        });
        world.read(secretary, [&](const Call& call) {
            CHECK(refuses(
                [&] {
                    find_order_people(call, {world.na_lung, std::nullopt});
                },
                Reason::forbidden, "platform.forbidden"));
        });
        // A member keeps the paper itself, before the days and after them.
        const auto member = world.actor(world.sign_in("thanh_vien"));
        world.read(*member, [&](const Call& call) {
            REQUIRE(list_orders(call, {}).orders.size() == 1);
            CHECK(list_orders(call, {}).orders[0].is_member);
            CHECK(show_order(call, {kept.order.id}).units.size() == 2);
        });
    });
}

TEST_CASE("a visit under an order names its unit, one of its days and one of its members") {
    test::for_each_store([](Store& store) {
        Mission mission(store);
        test::PeopleWorld& world = mission.world;
        const OrderRecord kept = mission.sent();
        world.go_to(day("2024-05-08"));
        const auto leader = world.actor(world.sign_in("truong_doan"));
        RecordVisit visit;
        visit.unit_id = world.na_lung;
        visit.visited_on = day("2024-05-07");
        visit.group_name = "Đoàn công tác";
        visit.order_id = kept.order.id;
        const auto refused = [&](const Actor& actor, const std::function<void(RecordVisit&)>& change) {
            RecordVisit request = visit;
            change(request);
            return mission.refused(actor, Reason::invalid, "visits.not_on_order",
                                   [&](const Call& call) { record(call, request); });
        };
        CHECK(refused(*leader, [](RecordVisit& each) { each.visited_on = day("2024-05-05"); }));
        CHECK(refused(*leader, [](RecordVisit& each) { each.order_id = VisitOrderId{3}; }));
        CHECK(refused(mission.office, [](RecordVisit&) {}));
        CHECK(refused(mission.office, [&](RecordVisit& each) { each.unit_id = world.cell_1; }));
        world.write(*leader,
                    [&](const Call& call) { CHECK(record(call, visit).visit.order_id == kept.order.id); });
        world.read(*leader, [&](const Call& call) {
            const OrderRecord order = show_order(call, {kept.order.id});
            CHECK_FALSE(order.units[0].visited_on);
            CHECK(order.units[1].visited_on == day("2024-05-07"));
        });
    });
}

}  // namespace gw::visits
