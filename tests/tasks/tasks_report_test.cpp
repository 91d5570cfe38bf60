// What follows a report: correcting, returning, handing on, and how groups and tables see tasks.
#include "tasks/tasks.h"

#include <algorithm>

#include "cell_for_tasks.h"
#include "platform/texts/texts.h"
#include "support/store_for_test.h"
#include "tasks/tasks_table.h"

namespace gw::tasks {

using test::day;
using test::refuses;

TEST_CASE("a report is corrected by whoever made it until it is checked, or returned with a reason") {
    test::for_each_store([](Store& store) {
        CellForTasks cell(store);
        const Task task = cell.given();
        const auto correct = [&](std::string result, std::optional<Date> on = {}) {
            return [&cell, &task, result, on](const Call& call) {
                correct_report(call, {task.id, result, false, on});
            };
        };
        CHECK(cell.refused(cell.member, Reason::conflict, "tasks.not_done", correct("4 biển")));
        CHECK(cell.refused(cell.secretary, Reason::conflict, "tasks.not_done", [&](const Call& call) {
            return_report(call, {task.id, "chưa xong"});
        }));
        cell.world.write(cell.member, [&](const Call& call) { finish(call, {task.id, "6 biển", true, {}}); });
        CHECK(cell.refused(cell.secretary, Reason::forbidden, "tasks.only_reporter_corrects",
                           correct("4 biển")));
        const Actor other = cell.world.person({"tasks.read"}, cell.world.na_lung, cell.people[3]);
        CHECK(cell.refused(other, Reason::forbidden, "platform.forbidden", correct("4 biển")));
        CHECK(cell.refused(cell.member, Reason::invalid, "platform.required", correct(" ")));
        CHECK(cell.refused(cell.member, Reason::invalid, "checks.day_in_future",
                           correct("4 biển", day("2024-05-05"))));
        cell.world.write(cell.member, correct("5 biển", day("2024-05-03")));
        cell.world.read([&](const Call& call) {
            const Task now = *find_task(call.db, task.id);
            CHECK(now.result == "5 biển");
            CHECK_FALSE(now.is_exceeded);
            CHECK(now.done_on == day("2024-05-03"));
        });
        CHECK(cell.refused(cell.member, Reason::forbidden, "platform.forbidden", [&](const Call& call) {
            return_report(call, {task.id, "chưa đạt"});
        }));
        const Actor own = cell.world.person(everything_of_tasks, cell.world.na_lung, cell.people[2]);
        CHECK(cell.refused(own, Reason::forbidden, "tasks.owner_cannot_check", [&](const Call& call) {
            return_report(call, {task.id, "chưa đạt"});
        }));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "platform.required", [&](const Call& call) {
            return_report(call, {task.id, ""});
        }));
        cell.world.write(cell.secretary, [&](const Call& call) {
            const Task back = return_report(call, {task.id, "thiếu biển ở ngã ba"});
            CHECK(back.state == State::open);
            CHECK(back.return_reason == "thiếu biển ở ngã ba");
            CHECK(back.result == "5 biển");
            CHECK_FALSE(back.done_by);
        });
        cell.world.write(cell.member, [&](const Call& call) {
            CHECK(finish(call, {task.id, "đủ 6 biển", false, {}}).return_reason.empty());
        });
        cell.world.write(cell.secretary, [&](const Call& call) { check(call, {task.id}); });
        CHECK(cell.refused(cell.member, Reason::conflict, "tasks.already_checked", correct("7 biển")));
        CHECK(cell.refused(cell.secretary, Reason::conflict, "tasks.already_checked", [&](const Call& call) {
            return_report(call, {task.id, "nghĩ lại"});
        }));
        cell.world.read(cell.member, [&](const Call& call) {
            std::vector<StepKind> kinds;
            const TaskHistory told = history(call, {task.id});
            for (const TaskStep& step : told.steps) kinds.push_back(step.kind);
            CHECK(kinds == std::vector{StepKind::given, StepKind::done, StepKind::corrected,
                                       StepKind::returned, StepKind::done, StepKind::checked});
            CHECK(told.steps[0].text == "Nguyễn Văn 3");
            CHECK(told.steps[3].text == "thiếu biển ở ngã ba");
            CHECK(told.steps[3].who == "a person");
        });
        cell.world.read(cell.outsider, [&](const Call& call) {
            CHECK(refuses([&] { history(call, {task.id}); }, Reason::not_found, "platform.not_found"));
        });
    });
}

TEST_CASE("a task whose owner left is seen and handed on") {
    test::for_each_store([](Store& store) {
        CellForTasks cell(store);
        const Task task = cell.given();
        AssignTask for_board = cell.request("Vận động hiến đất");
        for_board.owner_kind = OwnerKind::unit;
        for_board.owner_member_id.reset();
        for_board.owner_unit_id = cell.world.front_board;
        for_board.answerable_name = "Bà Ma Thị Lan";
        const Task board_task = cell.given(for_board);
        ListTasks wanted;
        wanted.unit_id = cell.world.na_lung;
        wanted.ownerless = true;
        const auto count = [&] {
            std::size_t found = 0;
            cell.world.read(cell.secretary,
                            [&](const Call& call) { found = list(call, wanted).tasks.size(); });
            return found;
        };
        CHECK(count() == 0);
        test::change_member(cell.world, cell.people[2],
                            [](members::Member& m) { m.left_on = day("2024-05-02"); });
        CHECK(count() == 1);
        cell.world.write([&](const Call& call) {
            organisation::dissolve(call, {cell.world.front_board, day("2024-05-03"), "03-QĐ"},
                                   [](const Call&, UnitId, Date) { return std::int64_t{0}; });
        });
        CHECK(count() == 2);
        cell.world.read(cell.secretary, [&](const Call& call) {
            CHECK(show(call, {task.id}).is_ownerless);
            CHECK(show(call, {board_task.id}).is_ownerless);
        });

        const auto asked = [&](const std::function<void(HandOnTask&)>& change = {}) {
            HandOnTask request{task.id, 1, OwnerKind::member, cell.people[3], {}, {}, "chuyển đi nơi khác"};
            if (change) change(request);
            return [request](const Call& call) { hand_on(call, request); };
        };
        using Request = HandOnTask;
        CHECK(cell.refused(cell.member, Reason::forbidden, "platform.forbidden", asked()));
        CHECK(cell.refused(cell.secretary, Reason::conflict, "tasks.changed_meanwhile",
                           asked([](Request& r) { r.version = 3; })));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "platform.required",
                           asked([](Request& r) { r.reason = ""; })));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "tasks.owner_has_left",
                           asked([&](Request& r) { r.owner_member_id = cell.people[2]; })));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "tasks.two_owners",
                           asked([&](Request& r) { r.owner_unit_id = cell.world.na_lung; })));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "tasks.member_answers_alone",
                           asked([](Request& r) { r.answerable_name = "Ai đó"; })));
        cell.world.write(cell.secretary, asked());
        CHECK(count() == 1);
        cell.world.write(cell.secretary, asked([&](Request& r) {
                             r.task_id = board_task.id;
                             r.owner_kind = OwnerKind::unit;
                             r.owner_member_id.reset();
                             r.owner_unit_id = cell.world.na_lung;
                         }));
        CHECK(count() == 0);
        cell.world.write(cell.secretary, [&](const Call& call) { drop(call, {task.id, "thôi"}); });
        CHECK(cell.refused(cell.secretary, Reason::conflict, "tasks.already_closed",
                           asked([](Request& r) { r.version = 3; })));
    });
}

TEST_CASE("the due days of many tasks are moved together or not at all") {
    test::for_each_store([](Store& store) {
        CellForTasks cell(store);
        const Task one = cell.given();
        const Task two = cell.given(cell.request("Việc khác"));
        const auto asked = [&](std::vector<TaskVersion> tasks, std::string reason = "mưa lũ") {
            return [tasks, reason](const Call& call) {
                move_due_days(call, {tasks, day("2024-06-10"), reason});
            };
        };
        CHECK(cell.refused(cell.secretary, Reason::invalid, "platform.required", asked({})));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "tasks.too_many_at_once",
                           asked(std::vector<TaskVersion>(201, {one.id, 1}))));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "tasks.named_twice",
                           asked({{one.id, 1}, {one.id, 1}})));
        CHECK(cell.refused(cell.secretary, Reason::conflict, "tasks.changed_meanwhile",
                           asked({{one.id, 1}, {two.id, 9}})));
        CHECK(cell.refused(cell.secretary, Reason::not_found, "platform.not_found",
                           asked({{one.id, 1}, {TaskId{5}, 1}})));
        CHECK(cell.refused(cell.member, Reason::forbidden, "platform.forbidden", asked({{one.id, 1}})));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "platform.required", asked({{one.id, 1}}, "")));
        cell.world.read([&](const Call& call) { CHECK(find_task(call.db, one.id)->due_on == one.due_on); });
        cell.world.write(cell.secretary, asked({{one.id, 1}, {two.id, 1}}));
        cell.world.read([&](const Call& call) {
            CHECK(find_task(call.db, one.id)->due_on == day("2024-06-10"));
            CHECK(find_task(call.db, two.id)->due_on == day("2024-06-10"));
        });
        // Taking it back puts each on its own day, again in one act.
        cell.world.write(cell.secretary, asked({{one.id, 2, one.due_on}, {two.id, 2, two.due_on}}));
        cell.world.read([&](const Call& call) {
            CHECK(find_task(call.db, one.id)->due_on == one.due_on);
            CHECK(find_task(call.db, two.id)->due_on == two.due_on);
        });
    });
}

TEST_CASE("whoever speaks for a group sees its tasks and only those") {
    test::for_each_store([](Store& store) {
        CellForTasks cell(store);
        AssignTask asked = cell.request("Vận động hiến đất mở đường");
        asked.owner_kind = OwnerKind::unit;
        asked.owner_member_id.reset();
        asked.owner_unit_id = cell.world.front_board;
        asked.answerable_name = "Bà Ma Thị Lan";
        cell.given(asked);
        cell.given();
        const Actor speaker = cell.world.person({"tasks.report"}, cell.world.front_board);
        ListTasks wanted;
        wanted.owner_unit_id = cell.world.front_board;
        cell.world.read(speaker, [&](const Call& call) {
            const TaskPage page = list(call, wanted);
            REQUIRE(page.tasks.size() == 1);
            CHECK(page.tasks[0].task.answerable_name == "Bà Ma Thị Lan");
            CHECK_FALSE(page.tasks[0].is_nearly_due);
            CHECK(refuses([&] { list(call, {}); }, Reason::forbidden, "platform.forbidden"));
        });
        const Actor stranger = cell.world.person({"tasks.report"}, cell.world.ban_lang);
        cell.world.read(stranger, [&](const Call& call) {
            CHECK(refuses([&] { list(call, wanted); }, Reason::forbidden, "platform.forbidden"));
        });
        cell.world.go_to(day("2024-05-18"));
        cell.world.read(speaker, [&](const Call& call) { CHECK(list(call, wanted).tasks[0].is_nearly_due); });
    });
}

TEST_CASE("the list of tasks comes as a table for a spreadsheet") {
    test::for_each_store([](Store& store) {
        CellForTasks cell(store);
        const Texts texts(GROUNDWORK_SOURCE_DIR "/messages");
        Task task = cell.given(cell.request("=Kẻ biển, \"sáu\" cái"));
        cell.given(cell.request("Việc khác"));
        cell.world.write(cell.member, [&](const Call& call) { finish(call, {task.id, "xong", false, {}}); });
        cell.world.read(cell.secretary, [&](const Call& call) {
            ListTasks wanted;
            wanted.unit_id = cell.world.na_lung;
            const Download all =
                spreadsheets::download_of(table(call, wanted, texts), spreadsheets::Format::csv);
            CHECK(all.file_name == "tasks.csv");
            CHECK(std::ranges::count(all.bytes, '\n') == 3);
            CHECK(all.bytes.find("\"'=Kẻ biển, \"\"sáu\"\" cái\"") != std::string::npos);
            CHECK(all.bytes.find("Nguyễn Văn 3") != std::string::npos);
            wanted.state = State::open;
            CHECK(table(call, wanted, texts).rows.size() == 1);
        });
        cell.world.read(cell.outsider, [&](const Call& call) {
            ListTasks wanted;
            wanted.unit_id = cell.world.na_lung;
            CHECK(refuses([&] { table(call, wanted, texts); }, Reason::forbidden, "platform.forbidden"));
        });
    });
}

}  // namespace gw::tasks
