#include "organisation/organisation.h"

#include <thread>

#include "support/store_for_test.h"
#include "support/world.h"

using namespace gw;
using namespace gw::organisation;
using gw::test::refuses;
using gw::test::World;

namespace {

Date day(int year, unsigned month, unsigned day_of_month) {
    return Date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day_of_month}};
}
const Date today = day(2024, 5, 4);
const Date in_june = day(2024, 6, 1);

EstablishUnit new_cell(const World& world, std::string code = "02263-3", Date effective_on = today) {
    return {{}, world.khau_tinh, "cell", std::move(code), "Khau Phiêng", effective_on, "15-QĐ/ĐU"};
}

Unit change(World& world, const std::function<Unit(const Call&)>& act) {
    Unit unit;
    world.write([&](const Call& call) { unit = act(call); });
    return unit;
}

bool refuses_to(World& world, const Actor& actor, const std::function<void(const Call&)>& act, Reason reason,
                std::string_view key) {
    return refuses([&] { world.write(actor, act); }, reason, key);
}

std::shared_ptr<const Tree> tree_on(World& world, Date wanted) {
    std::shared_ptr<const Tree> tree;
    world.read([&](const Call& call) { tree = world.trees.on(call.db, wanted); });
    return tree;
}

std::string name_on(World& world, UnitId unit_id, Date wanted) {
    const auto tree = tree_on(world, wanted);
    const auto position = tree->find(unit_id);
    return position ? tree->at(*position).name : "";
}

UnitId parent_on(World& world, UnitId unit_id, Date wanted) {
    const auto tree = tree_on(world, wanted);
    const int parent = tree->at(tree->get(unit_id)).parent;
    return parent < 0 ? UnitId{} : tree->at(parent).id;
}

const CountPeople no_people = [](const Call&, UnitId, Date) { return std::int64_t{0}; };

}  // namespace

TEST_CASE("an established unit stands from its day on, with an audit line and in today's tree") {
    test::for_each_store([](Store& store) {
        World world(store);
        const auto before = world.audit_count();
        const Unit unit = change(world, [&](const Call& call) { return establish(call, new_cell(world)); });
        CHECK(unit.name == "Khau Phiêng");
        CHECK(unit.depth == 3);
        CHECK(unit.parent_id == world.khau_tinh);
        CHECK(world.audit_count() == before + 1);
        CHECK(world.tree()->find(unit.id));
        CHECK_FALSE(tree_on(world, day(2024, 5, 3))->find(unit.id));
    });
}

TEST_CASE("a unit established for a later day is not there before") {
    test::for_each_store([](Store& store) {
        World world(store);
        const Unit unit = change(
            world, [&](const Call& call) { return establish(call, new_cell(world, "02263-3", in_june)); });
        CHECK_FALSE(world.tree()->find(unit.id));
        CHECK(tree_on(world, in_june)->find(unit.id));
        // It can be renamed for a still later day before it stands, by whoever keeps the unit above it.
        const Actor keeper = world.person({"organisation.change"}, world.khau_tinh);
        world.write(keeper, [&](const Call& call) {
            rename(call, {unit.id, "Khau Phiêng mới", day(2024, 7, 1), "16-QĐ/ĐU"});
        });
        CHECK(name_on(world, unit.id, in_june) == "Khau Phiêng");
        CHECK(name_on(world, unit.id, day(2024, 7, 1)) == "Khau Phiêng mới");
        const Actor stranger = world.person({"organisation.change"}, world.son_phu);
        CHECK(refuses_to(
            world, stranger,
            [&](const Call& call) {
                rename(call, {unit.id, "x", day(2024, 8, 1), "1"});
            },
            Reason::forbidden, "platform.forbidden"));
    });
}

TEST_CASE("establishing is refused with every mistake") {
    test::for_each_store([](Store& store) {
        World world(store);
        const auto establishing = [&](EstablishUnit request) {
            return [request](const Call& call) { establish(call, request); };
        };
        EstablishUnit request = new_cell(world);
        request.code = " ";
        request.name = "";
        request.decision_number = "";
        request.kind = "district";
        for (const char* key : {"platform.required", "organisation.kind_may_not_stand_there"})
            CHECK(refuses_to(world, world.program, establishing(request), Reason::invalid, key));
        request = new_cell(world);
        request.kind = "temple";
        CHECK(refuses_to(world, world.program, establishing(request), Reason::invalid, "platform.not_valid"));
        CHECK(refuses_to(world, world.program, establishing(new_cell(world, "02263-1")), Reason::invalid,
                         "organisation.code_taken"));
        CHECK(refuses_to(world, world.program, establishing(new_cell(world, "x", day(1924, 1, 1))),
                         Reason::invalid, "checks.day_out_of_range"));
        CHECK(refuses_to(world, world.program, establishing(new_cell(world, "x", day(2019, 12, 31))),
                         Reason::invalid, "organisation.parent_stands_later"));
        request = new_cell(world);
        request.parent_id = UnitId{1};
        CHECK(
            refuses_to(world, world.program, establishing(request), Reason::not_found, "platform.not_found"));
        request = new_cell(world);
        request.id = world.na_lung;
        CHECK(refuses_to(world, world.program, establishing(request), Reason::conflict,
                         "organisation.id_taken"));
        const Actor other = world.person({"organisation.change"}, world.son_phu);
        CHECK(
            refuses_to(world, other, establishing(new_cell(world)), Reason::forbidden, "platform.forbidden"));
        const Actor reader = world.person({"organisation.read"}, world.khau_tinh);
        CHECK(refuses_to(world, reader, establishing(new_cell(world)), Reason::forbidden,
                         "platform.forbidden"));
    });
}

TEST_CASE("a renamed unit keeps its former name on former days") {
    test::for_each_store([](Store& store) {
        World world(store);
        change(world, [&](const Call& call) {
            return rename(call, {world.na_lung, "Nà Lung 2", in_june, "20-QĐ/ĐU"});
        });
        CHECK(world.tree()->at(world.tree()->get(world.na_lung)).name == "Nà Lung");
        CHECK(name_on(world, world.na_lung, in_june) == "Nà Lung 2");
        // A second decision of the same day holds together with the first.
        change(world, [&](const Call& call) {
            return move(call, {world.na_lung, world.son_phu, in_june, "21-QĐ/ĐU"});
        });
        CHECK(name_on(world, world.na_lung, in_june) == "Nà Lung 2");
        CHECK(parent_on(world, world.na_lung, in_june) == world.son_phu);
        CHECK(parent_on(world, world.na_lung, day(2024, 5, 31)) == world.khau_tinh);
        // Before it nothing can be decided any more.
        CHECK(refuses_to(
            world, world.program,
            [&](const Call& call) {
                rename(call, {world.na_lung, "x", today, "22"});
            },
            Reason::invalid, "organisation.before_last_period"));
    });
}

TEST_CASE("a change may reach back inside the last period") {
    test::for_each_store([](Store& store) {
        World world(store);
        change(world, [&](const Call& call) {
            return rename(call, {world.na_lung, "Nà Lung cũ", day(2024, 2, 1), "5"});
        });
        CHECK(name_on(world, world.na_lung, day(2024, 1, 31)) == "Nà Lung");
        CHECK(name_on(world, world.na_lung, day(2024, 2, 1)) == "Nà Lung cũ");
        CHECK(world.tree()->at(world.tree()->get(world.na_lung)).name == "Nà Lung cũ");
    });
}

TEST_CASE("renaming is refused") {
    test::for_each_store([](Store& store) {
        World world(store);
        CHECK(refuses_to(
            world, world.program,
            [&](const Call& call) {
                rename(call, {world.na_lung, "  ", today, "1"});
            },
            Reason::invalid, "platform.required"));
        CHECK(refuses_to(
            world, world.program,
            [&](const Call& call) {
                rename(call, {world.na_lung, std::string(501, 'x'), today, "1"});
            },
            Reason::invalid, "checks.too_long"));
        CHECK(refuses_to(
            world, world.program,
            [&](const Call& call) {
                rename(call, {UnitId{5}, "x", today, "1"});
            },
            Reason::not_found, "platform.not_found"));
        const Actor neighbour = world.person({"organisation.change"}, world.ban_lang);
        CHECK(refuses_to(
            world, neighbour,
            [&](const Call& call) {
                rename(call, {world.na_lung, "x", today, "1"});
            },
            Reason::forbidden, "platform.forbidden"));
    });
}

TEST_CASE("a moved unit takes everything below it along") {
    test::for_each_store([](Store& store) {
        World world(store);
        const Unit moved = change(world, [&](const Call& call) {
            return move(call, {world.na_lung, world.son_phu, today, "30"});
        });
        CHECK(moved.parent_id == world.son_phu);
        CHECK(moved.child_count == 1);
        const auto tree = world.tree();
        CHECK(tree->is_within(tree->get(world.front_board), tree->reach(tree->get(world.son_phu))));
        CHECK_FALSE(tree->is_within(tree->get(world.front_board), tree->reach(tree->get(world.khau_tinh))));
    });
}

TEST_CASE("moving is refused") {
    test::for_each_store([](Store& store) {
        World world(store);
        const auto moving = [&](UnitId unit_id, UnitId parent_id) {
            return [unit_id, parent_id](const Call& call) { move(call, {unit_id, parent_id, today, "30"}); };
        };
        CHECK(refuses_to(world, world.program, moving(world.na_lung, world.khau_tinh), Reason::invalid,
                         "organisation.stands_there_already"));
        CHECK(refuses_to(world, world.program, moving(world.na_lung, world.na_hang), Reason::invalid,
                         "organisation.kind_may_not_stand_there"));
        CHECK(refuses_to(world, world.program, moving(world.tuyen_quang, world.na_hang), Reason::invalid,
                         "organisation.root_stays"));
        CHECK(refuses_to(world, world.program, moving(world.na_lung, UnitId{3}), Reason::not_found,
                         "platform.not_found"));
        // Whoever keeps only one of the two places cannot move between them.
        const Actor giver = world.person({"organisation.change"}, world.khau_tinh);
        const Actor taker = world.person({"organisation.change"}, world.son_phu);
        CHECK(refuses_to(world, giver, moving(world.na_lung, world.son_phu), Reason::forbidden,
                         "platform.forbidden"));
        CHECK(refuses_to(world, taker, moving(world.na_lung, world.son_phu), Reason::forbidden,
                         "platform.forbidden"));
        const Actor itself = world.person({"organisation.change"}, world.na_lung);
        CHECK(refuses_to(world, itself, moving(world.na_lung, world.son_phu), Reason::forbidden,
                         "platform.forbidden"));
    });
}

TEST_CASE("a unit cannot come to stand below itself, not even by decisions for later days") {
    test::for_each_store([](Store& store) {
        World world(store);
        world.write([](const Call& call) {
            // Cells may stand below cells here, so that only the circle is in the way.
            const std::vector<std::pair<std::string, std::string>> below{{"cell", "cell"}};
            add_kinds(call, {}, below);
        });
        change(world, [&](const Call& call) {
            return move(call, {world.ban_lang, world.na_lung, in_june, "40"});
        });
        const auto under_ban_lang = [&](Date effective_on) {
            return [&world, effective_on](const Call& call) {
                move(call, {world.na_lung, world.ban_lang, effective_on, "41"});
            };
        };
        CHECK(refuses_to(world, world.program, under_ban_lang(in_june), Reason::invalid,
                         "organisation.below_itself"));
        CHECK(refuses_to(world, world.program, under_ban_lang(day(2024, 7, 1)), Reason::invalid,
                         "organisation.below_itself"));
        // Today it would do, but in June the circle would close.
        CHECK(refuses_to(world, world.program, under_ban_lang(today), Reason::invalid,
                         "organisation.below_itself"));
        CHECK(refuses_to(
            world, world.program,
            [&](const Call& call) {
                move(call, {world.na_lung, world.na_lung, today, "1"});
            },
            Reason::invalid, "organisation.below_itself"));
    });
}

TEST_CASE("a dissolved unit is gone from its day on and changes no more") {
    test::for_each_store([](Store& store) {
        World world(store);
        change(world, [&](const Call& call) {
            return dissolve(call, {world.ban_lang, in_june, "50"}, no_people);
        });
        CHECK(world.tree()->find(world.ban_lang));
        CHECK_FALSE(tree_on(world, in_june)->find(world.ban_lang));
        CHECK(refuses_to(
            world, world.program,
            [&](const Call& call) {
                rename(call, {world.ban_lang, "x", in_june, "51"});
            },
            Reason::conflict, "organisation.is_dissolved"));
        CHECK(refuses_to(
            world, world.program,
            [&](const Call& call) {
                move(call, {world.ban_lang, world.son_phu, in_june, "51"});
            },
            Reason::conflict, "organisation.is_dissolved"));
        CHECK(refuses_to(
            world, world.program,
            [&](const Call& call) {
                dissolve(call, {world.ban_lang, in_june, "52"}, no_people);
            },
            Reason::conflict, "organisation.is_dissolved"));
        CHECK(refuses_to(
            world, world.program,
            [&](const Call& call) {
                establish(call, {{}, world.ban_lang, "front_board", "mt", "Mặt trận", in_june, "53"});
            },
            Reason::invalid, "organisation.parent_is_dissolved"));
    });
}

TEST_CASE("dissolving is refused while somebody is left") {
    test::for_each_store([](Store& store) {
        World world(store);
        const auto dissolving = [&](UnitId unit_id, Date effective_on, CountPeople people = no_people) {
            return [=](const Call& call) { dissolve(call, {unit_id, effective_on, "60"}, people); };
        };
        CHECK(refuses_to(world, world.program, dissolving(world.na_lung, in_june), Reason::invalid,
                         "organisation.has_units_below"));
        CHECK(refuses_to(
            world, world.program,
            dissolving(world.ban_lang, in_june, [](const Call&, UnitId, Date) { return std::int64_t{4}; }),
            Reason::invalid, "organisation.has_members"));
        CHECK(refuses_to(world, world.program, dissolving(world.ban_lang, day(2020, 1, 1)), Reason::invalid,
                         "organisation.dissolved_on_first_day"));
        CHECK(refuses_to(world, world.program, dissolving(world.tuyen_quang, in_june), Reason::invalid,
                         "organisation.root_stays"));
        // A unit that is only to come keeps it standing too.
        change(world, [&](const Call& call) {
            return establish(
                call, {{}, world.ban_lang, "front_board", "mt", "Mặt trận Bản Lãng", day(2024, 9, 1), "61"});
        });
        CHECK(refuses_to(world, world.program, dissolving(world.ban_lang, in_june), Reason::invalid,
                         "organisation.has_units_below"));
        const Actor itself = world.person({"organisation.change"}, world.phia_trang);
        CHECK(refuses_to(world, itself, dissolving(world.phia_trang, in_june), Reason::forbidden,
                         "platform.forbidden"));
    });
}

TEST_CASE("a refused change leaves nothing behind") {
    test::for_each_store([](Store& store) {
        World world(store);
        const auto before = world.audit_count();
        CHECK(refuses_to(
            world, world.program, [&](const Call& call) { establish(call, new_cell(world, "02263-1")); },
            Reason::invalid, "organisation.code_taken"));
        CHECK(world.audit_count() == before);
    });
}

TEST_CASE(
    "trees of other days follow changes, and an older look at the store does not replace a newer tree") {
    test::for_each_store([](Store& store) {
        World world(store);
        CHECK(tree_on(world, in_june) == tree_on(world, in_june));
        const auto june_before = tree_on(world, in_june);
        change(world, [&](const Call& call) { return rename(call, {world.na_lung, "Khác", in_june, "70"}); });
        CHECK(tree_on(world, in_june) != june_before);
        CHECK(tree_on(world, today) == world.tree());
        store.read([&](Db& older) {
            world.trees.rebuild(older, in_june);
            CHECK(world.tree()->as_of() == in_june);
            std::thread([&] {
                change(world, [&](const Call& call) {
                    return rename(call, {world.na_lung, "Khác nữa", in_june, "71"});
                });
            }).join();
            const auto newest = world.tree();
            world.trees.rebuild(older, in_june);
            CHECK(world.tree() == newest);
        });
        CHECK(name_on(world, world.na_lung, in_june) == "Khác nữa");
    });
}
