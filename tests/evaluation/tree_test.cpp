#include "evaluation/tree.h"

#include <doctest/doctest.h>

using namespace gw::evaluation;

namespace {

TreeBuild build(const std::vector<std::int64_t>& ids, const std::vector<std::int64_t>& parents) {
    return build_tree(ids, parents, std::vector<std::int32_t>(ids.size(), 1));
}

}  // namespace

TEST_CASE("units in any order become a pre-order tree") {
    const TreeBuild made = build({30, 10, 20, 40, 50}, {10, -1, 10, 20, -1});
    REQUIRE(made.problems.empty());
    CHECK(made.row_at_position == std::vector<std::int32_t>{1, 0, 2, 3, 4});
    CHECK(made.tree.parent == std::vector<std::int32_t>{-1, 0, 0, 2, -1});
    CHECK(made.tree.end == std::vector<std::int32_t>{4, 2, 4, 4, 5});
    CHECK(problems_in(made.tree).empty());
}

TEST_CASE("a million units in one chain are a tree like any other") {
    std::vector<std::int64_t> ids, parents;
    for (std::int64_t i = 0; i < 1'000'000; ++i) {
        ids.push_back(i);
        parents.push_back(i - 1);
    }
    const TreeBuild made = build(ids, parents);
    CHECK(made.problems.empty());
    CHECK(made.tree.end[0] == 1'000'000);
    CHECK(problems_in(made.tree).empty());
}

TEST_CASE("what is no tree is refused with the row") {
    const TreeBuild twice = build({1, 1}, {-1, -1});
    REQUIRE(twice.problems.size() == 1);
    CHECK(twice.problems[0].row == 1);
    const TreeBuild orphan = build({1, 2}, {-1, 9});
    REQUIRE(orphan.problems.size() == 1);
    CHECK(orphan.problems[0].message == "there is no unit 9 to be the parent");
    const TreeBuild circle = build({1, 2, 3, 4}, {-1, 3, 2, 2});
    CHECK(circle.problems.size() == 3);
    CHECK(circle.tree.size() == 0);
    CHECK(build_tree(std::vector<std::int64_t>{1}, {}, {}).problems.size() == 1);
}

TEST_CASE("a tree made elsewhere is checked") {
    CHECK(problems_in(Tree{{-1, 0}, {2, 2}, {1, 1}}).empty());
    CHECK_FALSE(problems_in(Tree{{-1, 1}, {2, 2}, {1, 1}}).empty());
    CHECK_FALSE(problems_in(Tree{{-1, -1}, {2, 2}, {1, 1}}).empty());
    CHECK_FALSE(problems_in(Tree{{-1, 0}, {2, 3}, {1, 1}}).empty());
    CHECK_FALSE(problems_in(Tree{{-1, 0}, {2}, {1, 1}}).empty());
    CHECK_FALSE(problems_in(Tree{{-1}, {0}, {1}}).empty());
}
