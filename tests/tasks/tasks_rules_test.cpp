#include "tasks/tasks_rules.h"

#include "support/people.h"
#include "support/store_for_test.h"

namespace gw::tasks {
using test::day;

namespace {
bool has(const Problems& problems, std::string_view field, std::string_view key) {
    for (const Problem& problem : problems)
        if (problem.field == field && problem.key == key) return true;
    return false;
}
}  // namespace

TEST_CASE("a task is late when open after its day or done after it") {
    Task task;
    task.due_on = day("2024-05-20");
    CHECK_FALSE(is_late(task, day("2024-05-20")));
    CHECK(is_late(task, day("2024-05-21")));
    task.state = State::done;
    task.done_on = day("2024-05-20");
    CHECK_FALSE(is_late(task, day("2024-06-30")));
    task.done_on = day("2024-05-21");
    CHECK(is_late(task, day("2024-06-30")));
    task.state = State::dropped;
    CHECK_FALSE(is_late(task, day("2024-06-30")));
}

TEST_CASE("every mistake of a task is listed at once") {
    AssignTask request;
    request.owner_unit_id = UnitId{1};
    const Problems problems = problems_in(request);
    CHECK(has(problems, "title", "platform.required"));
    CHECK(has(problems, "due_on", "checks.day_out_of_range"));
    CHECK(has(problems, "owner_member_id", "platform.required"));
    CHECK(has(problems, "owner_unit_id", "tasks.two_owners"));
    request = {};
    request.title = std::string(501, 'x');
    request.due_on = day("2024-05-20");
    request.owner_kind = OwnerKind::unit;
    request.owner_member_id = MemberId{1};
    const Problems others = problems_in(request);
    CHECK(has(others, "title", "checks.too_long"));
    CHECK(has(others, "owner_unit_id", "platform.required"));
    CHECK(has(others, "owner_member_id", "tasks.two_owners"));
}

TEST_CASE("an affiliated group may own tasks of its cell, a cell elsewhere may not") {
    test::for_each_store([](Store& store) {
        test::World world(store);
        const auto tree = world.tree();
        CHECK(may_own(*tree, world.front_board, world.na_lung));
        CHECK(may_own(*tree, world.na_lung, world.na_lung));
        CHECK(may_own(*tree, world.na_lung, world.khau_tinh));
        CHECK_FALSE(may_own(*tree, world.ban_lang, world.na_lung));
        CHECK_FALSE(may_own(*tree, world.self_management_group, world.na_lung));
        CHECK_FALSE(may_own(*tree, world.khau_tinh, world.na_lung));
        CHECK_FALSE(may_own(*tree, UnitId{12345}, world.na_lung));
    });
}

}  // namespace gw::tasks
