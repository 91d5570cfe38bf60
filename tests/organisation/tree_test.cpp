#include "organisation/tree.h"

#include <doctest/doctest.h>

#include "platform/problem.h"

using namespace gw;
using namespace gw::organisation;

namespace {

const Date day{std::chrono::year{2024}, std::chrono::month{5}, std::chrono::day{4}};

std::vector<TreeKind> two_kinds() {
    return {{"upper", "", "", "", 0, true, false}, {"lower", "", "", "", 1, true, true}};
}

TreeUnit unit(std::int64_t id, int parent, int kind, std::string code) {
    TreeUnit made;
    made.id = UnitId{id};
    made.parent = parent;
    made.kind = kind;
    made.code = std::move(code);
    return made;
}

std::vector<std::string> codes(const Tree& tree, const std::vector<int>& positions) {
    std::vector<std::string> found;
    for (int position : positions) found.push_back(tree.at(position).code);
    return found;
}

}  // namespace

TEST_CASE("a unit with everything below it is a range of positions, whatever the order the units come in") {
    // 1 stands above 3 and 2; 3 above 5 and 4.
    const Tree tree(day, two_kinds(),
                    {unit(4, 3, 1, "4"), unit(2, 2, 0, "2"), unit(1, -1, 0, "1"), unit(3, 2, 0, "3"),
                     unit(5, 3, 1, "5")});
    REQUIRE(tree.size() == 5);
    const int root = *tree.find(UnitId{1}), three = *tree.find(UnitId{3}), five = *tree.find(UnitId{5});
    CHECK(root == 0);
    CHECK(tree.at(root).end == 5);
    CHECK(tree.at(three).end - three == 3);
    CHECK(tree.at(five).depth == 2);
    CHECK(tree.is_within(five, tree.reach(three)));
    CHECK_FALSE(tree.is_within(*tree.find(UnitId{2}), tree.reach(three)));
    CHECK(codes(tree, tree.path(five)) == std::vector<std::string>{"1", "3", "5"});
    CHECK(codes(tree, tree.children(root)) == std::vector<std::string>{"2", "3"});
}

TEST_CASE("siblings stand in the order of their kinds, then of the numbers in their codes") {
    const Tree tree(day, two_kinds(),
                    {unit(1, -1, 0, "08"), unit(2, 0, 1, "08-10"), unit(3, 0, 1, "08-2"),
                     unit(4, 0, 0, "08-99"), unit(5, 0, 1, "08-2-a"), unit(6, 0, 1, "08-02")});
    CHECK(codes(tree, tree.children(0)) ==
          std::vector<std::string>{"08-99", "08-02", "08-2", "08-2-a", "08-10"});
}

TEST_CASE("a unit that does not stand is found nowhere and refused by name") {
    const Tree tree(day, two_kinds(), {unit(1, -1, 0, "1")});
    CHECK_FALSE(tree.find(UnitId{7}));
    CHECK_FALSE(tree.find(UnitId{0}));
    try {
        tree.get(UnitId{7}, "parent_id");
        FAIL("was not refused");
    } catch (const Refusal& refusal) {
        CHECK(refusal.reason == Reason::not_found);
        CHECK(refusal.problems[0].field == "parent_id");
    }
}

TEST_CASE("units in a circle make no tree") {
    CHECK_THROWS_AS(Tree(day, two_kinds(), {unit(1, -1, 0, "1"), unit(2, 2, 0, "2"), unit(3, 1, 0, "3")}),
                    std::logic_error);
}

TEST_CASE("an empty tree has no units and finds none") {
    const Tree tree(day, two_kinds(), {});
    CHECK(tree.size() == 0);
    CHECK_FALSE(tree.find(UnitId{1}));
}

TEST_CASE("every one of many units is found where it stands") {
    std::vector<TreeUnit> units{unit(1, -1, 0, "0")};
    for (int i = 1; i < 5000; ++i)
        units.push_back(unit(i * 4'194'304LL + 1, (i - 1) / 7, 1, std::to_string(i)));
    const Tree tree(day, two_kinds(), std::move(units));
    REQUIRE(tree.size() == 5000);
    for (int position = 0; position < tree.size(); ++position) {
        REQUIRE(tree.find(tree.at(position).id) == position);
        if (position > 0) REQUIRE(tree.is_within(position, tree.reach(tree.at(position).parent)));
    }
}
