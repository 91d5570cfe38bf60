// A cell with a secretary, a member who owns a task, and somebody from elsewhere.
#pragma once
#include "support/people.h"
#include "tasks/tasks.h"

namespace gw::tasks {

inline const std::vector<std::string> everything_of_tasks{"tasks.read", "tasks.assign", "tasks.report",
                                                          "tasks.check"};

struct CellForTasks {
    explicit CellForTasks(Store& store) : world(store), people(test::add_people(world, world.na_lung, 4)) {
        secretary = world.person(everything_of_tasks, world.na_lung, people[0]);
        member = world.person({"tasks.read"}, world.na_lung, people[2]);
        outsider = world.person(everything_of_tasks, world.ban_lang);
    }
    AssignTask request(std::string title = "Kẻ biển chỉ đường") {
        AssignTask asked;
        asked.unit_id = world.na_lung;
        asked.title = std::move(title);
        asked.owner_member_id = people[2];
        asked.due_on = test::day("2024-05-20");
        return asked;
    }
    Task given(std::optional<AssignTask> asked = std::nullopt) {
        Task task;
        world.write(secretary, [&](const Call& call) { task = assign(call, asked ? *asked : request()); });
        return task;
    }
    template <class Act>
    bool refused(const Actor& actor, Reason reason, std::string_view key, Act act) {
        return test::refuses([&] { world.write(actor, [&](const Call& call) { act(call); }); }, reason, key);
    }
    test::World world;
    std::vector<MemberId> people;
    Actor secretary, member, outsider;
};

}  // namespace gw::tasks
