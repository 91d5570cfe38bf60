#include "organisation/organisation.h"
#include "support/store_for_test.h"
#include "support/world.h"

namespace gw::organisation {
using test::refuses;

TEST_CASE("a list looks at no more units than the reader may see") {
    test::for_each_store([](Store& store) {
        test::World world(store);
        const Actor reader = world.person({"tasks.read"}, world.khau_tinh);
        world.read(reader, [&](const Call& call) {
            const Tree& tree = *call.tree;
            const Selection all = select_units(call, "tasks.read", {}, {});
            CHECK(all.count() == 4);
            CHECK(all.holds(tree, world.front_board));
            CHECK_FALSE(all.holds(tree, world.son_phu));
            CHECK_FALSE(all.holds(tree, UnitId{1}));
            // A wider part of the tree is cut down to the reader's own.
            CHECK(select_units(call, "tasks.read", {}, world.tuyen_quang).count() == 4);
            CHECK(select_units(call, "tasks.read", {}, world.na_lung).count() == 2);
            const Selection one = select_units(call, "tasks.read", world.na_lung, {});
            CHECK(one.count() == 1);
            CHECK(one.id_list(tree) == std::to_string(world.na_lung.number));
            CHECK_FALSE(all.id_list(tree, 3));
            CHECK(refuses([&] { select_units(call, "tasks.read", world.son_phu, {}); }, Reason::forbidden,
                          "platform.forbidden"));
            CHECK(refuses([&] { select_units(call, "tasks.read", world.na_lung, world.ban_lang); },
                          Reason::forbidden, "platform.forbidden"));
            CHECK(refuses([&] { select_units(call, "tasks.assign", {}, {}); }, Reason::forbidden,
                          "platform.forbidden"));
            CHECK(refuses([&] { select_units(call, "tasks.read", {}, UnitId{1}); }, Reason::not_found,
                          "platform.not_found"));
        });
    });
}

TEST_CASE("rows are picked in order until enough of them pass") {
    std::size_t reads = 0;
    const auto numbers = [&](const std::optional<int>& after, std::size_t count) {
        ++reads;
        std::vector<int> rows;
        for (int n = after.value_or(0) + 1; n <= 5000 && rows.size() < count; ++n) rows.push_back(n);
        return rows;
    };
    const auto every_hundredth = [](const int& n) { return n % 100 == 0; };
    CHECK(pick<int>(3, std::nullopt, every_hundredth, numbers) == std::vector<int>{100, 200, 300});
    CHECK(pick<int>(2, 4850, every_hundredth, numbers) == std::vector<int>{4900, 5000});
    reads = 0;
    CHECK(pick<int>(
              5, std::nullopt, [](const int&) { return false; }, numbers)
              .empty());
    CHECK(reads < 15);
}

}  // namespace gw::organisation
