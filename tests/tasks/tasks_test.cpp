#include "tasks/tasks.h"

#include "cell_for_tasks.h"
#include "support/store_for_test.h"

namespace gw::tasks {
using test::day;
using test::refuses;

TEST_CASE("a task is given, reported, finished and checked") {
    test::for_each_store([](Store& store) {
        CellForTasks cell(store);
        const auto before = cell.world.audit_count();
        Task task = cell.given();
        CHECK(task.state == State::open);
        CHECK(task.origin == Origin::own);
        cell.world.write(cell.member, [&](const Call& call) {
            task = report_progress(call, {task.id, 40, "đã mua sơn"});
        });
        CHECK(task.progress == 40);
        cell.world.write(cell.member, [&](const Call& call) {
            task = finish(call, {task.id, "đã kẻ xong 6 biển", true, {}});
        });
        CHECK(task.state == State::done);
        CHECK(task.progress == 100);
        CHECK(task.is_exceeded);
        CHECK(task.done_on == day("2024-05-04"));
        cell.world.write(cell.secretary, [&](const Call& call) { task = check(call, {task.id}); });
        CHECK(task.checked_on == day("2024-05-04"));
        CHECK(task.checked_by == cell.secretary.account_id);
        CHECK(cell.world.audit_count() == before + 4);
        cell.world.write(cell.secretary, [&](const Call& call) {
            task = reopen(call, {task.id, "biển sai tên"});
        });
        CHECK(task.state == State::open);
        CHECK_FALSE(task.done_on);
        CHECK_FALSE(task.checked_by);
        cell.world.write(cell.secretary, [&](const Call& call) {
            task = change(call, {task.id, task.version, day("2024-06-01"), "mưa"});
        });
        CHECK(task.due_on == day("2024-06-01"));
        cell.world.write(cell.secretary, [&](const Call& call) {
            task = drop(call, {task.id, "xã đã làm"});
        });
        CHECK(task.state == State::dropped);
        CHECK(task.dropped_on == day("2024-05-04"));
        cell.world.read(
            [&](const Call& call) { CHECK(find_task(call.db, task.id)->drop_reason == "xã đã làm"); });
    });
}

TEST_CASE("a task sent twice is one task") {
    test::for_each_store([](Store& store) {
        CellForTasks cell(store);
        AssignTask asked = cell.request();
        asked.id = TaskId{cell.world.ids.next(cell.world.now)};
        const Task first = cell.given(asked);
        const auto audit = cell.world.audit_count();
        CHECK(cell.given(asked).id == first.id);
        CHECK(cell.world.audit_count() == audit);
        asked.title = "Việc khác";
        CHECK(cell.refused(cell.secretary, Reason::conflict, "tasks.id_taken",
                           [&](const Call& call) { assign(call, asked); }));
    });
}

TEST_CASE("giving a task is refused with its reason") {
    test::for_each_store([](Store& store) {
        CellForTasks cell(store);
        const auto asked = [&](const std::function<void(AssignTask&)>& change) {
            return [&cell, change](const Call& call) {
                AssignTask request = cell.request();
                change(request);
                assign(call, request);
            };
        };
        CHECK(cell.refused(cell.member, Reason::forbidden, "platform.forbidden", asked([](AssignTask&) {})));
        CHECK(
            cell.refused(cell.outsider, Reason::forbidden, "platform.forbidden", asked([](AssignTask&) {})));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "platform.required",
                           asked([](AssignTask& r) { r.title = "  "; })));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "checks.day_out_of_range",
                           asked([](AssignTask& r) { r.due_on = day("2224-05-20"); })));
        const auto strangers = test::add_people(cell.world, cell.world.ban_lang, 1);
        CHECK(cell.refused(cell.secretary, Reason::invalid, "tasks.owner_is_elsewhere",
                           asked([&](AssignTask& r) { r.owner_member_id = strangers[0]; })));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "tasks.owner_is_elsewhere",
                           asked([](AssignTask& r) { r.owner_member_id = MemberId{77}; })));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "tasks.owner_is_elsewhere",
                           asked([&](AssignTask& r) {
                               r.owner_kind = OwnerKind::unit;
                               r.owner_member_id.reset();
                               r.owner_unit_id = cell.world.ban_lang;
                           })));
        test::change_member(cell.world, cell.people[3],
                            [](members::Member& m) { m.left_on = day("2024-05-01"); });
        CHECK(cell.refused(cell.secretary, Reason::invalid, "tasks.owner_has_left",
                           asked([&](AssignTask& r) { r.owner_member_id = cell.people[3]; })));
    });
}

TEST_CASE("reporting, checking and closing are refused with their reasons") {
    test::for_each_store([](Store& store) {
        CellForTasks cell(store);
        Task task = cell.given();
        const Actor other = cell.world.person({"tasks.read"}, cell.world.na_lung, cell.people[3]);
        CHECK(cell.refused(other, Reason::forbidden, "platform.forbidden", [&](const Call& call) {
            report_progress(call, {task.id, 10, ""});
        }));
        CHECK(
            cell.refused(cell.member, Reason::invalid, "tasks.progress_out_of_range", [&](const Call& call) {
                report_progress(call, {task.id, 100, ""});
            }));
        CHECK(cell.refused(cell.member, Reason::invalid, "platform.required", [&](const Call& call) {
            finish(call, {task.id, "", false, {}});
        }));
        CHECK(cell.refused(cell.member, Reason::invalid, "checks.day_in_future", [&](const Call& call) {
            finish(call, {task.id, "xong", false, day("2024-05-05")});
        }));
        CHECK(cell.refused(cell.secretary, Reason::conflict, "tasks.not_done",
                           [&](const Call& call) { check(call, {task.id}); }));
        CHECK(cell.refused(cell.secretary, Reason::conflict, "tasks.already_open", [&](const Call& call) {
            reopen(call, {task.id, "vì"});
        }));
        CHECK(
            cell.refused(cell.secretary, Reason::conflict, "tasks.changed_meanwhile", [&](const Call& call) {
                change(call, {task.id, 7, day("2024-06-01"), "mưa"});
            }));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "platform.required", [&](const Call& call) {
            change(call, {task.id, 1, day("2024-06-01"), ""});
        }));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "platform.required", [&](const Call& call) {
            drop(call, {task.id, ""});
        }));
        CHECK(cell.refused(cell.member, Reason::forbidden, "platform.forbidden", [&](const Call& call) {
            drop(call, {task.id, "khó"});
        }));
        CHECK(cell.refused(cell.secretary, Reason::not_found, "platform.not_found", [&](const Call& call) {
            finish(call, {TaskId{5}, "xong", false, {}});
        }));

        cell.world.write(cell.member, [&](const Call& call) { finish(call, {task.id, "xong", false, {}}); });
        const Actor own = cell.world.person(everything_of_tasks, cell.world.na_lung, cell.people[2]);
        CHECK(cell.refused(own, Reason::forbidden, "tasks.owner_cannot_check",
                           [&](const Call& call) { check(call, {task.id}); }));
        CHECK(cell.refused(cell.member, Reason::forbidden, "platform.forbidden",
                           [&](const Call& call) { check(call, {task.id}); }));
        CHECK(cell.refused(cell.member, Reason::conflict, "tasks.already_closed", [&](const Call& call) {
            finish(call, {task.id, "xong", false, {}});
        }));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "platform.required", [&](const Call& call) {
            reopen(call, {task.id, " "});
        }));
        cell.world.write(cell.secretary, [&](const Call& call) { check(call, {task.id}); });
        CHECK(cell.refused(cell.secretary, Reason::conflict, "tasks.already_checked",
                           [&](const Call& call) { check(call, {task.id}); }));
    });
}

TEST_CASE("whoever reported a task as done does not check it, from whatever account") {
    test::for_each_store([](Store& store) {
        CellForTasks cell(store);
        const Actor office = cell.world.person(everything_of_tasks, cell.world.khau_tinh);
        const Actor second = cell.world.person(everything_of_tasks, cell.world.na_lung, cell.people[0]);
        Task task = cell.given();
        const auto refused_to = [&](const Actor& actor) {
            return cell.refused(actor, Reason::forbidden, "tasks.reporter_cannot_check",
                                [&](const Call& call) { check(call, {task.id}); });
        };
        cell.world.write(office, [&](const Call& call) {
            task = finish(call, {task.id, "xong", false, {}});
        });
        CHECK(task.done_by == office.account_id);
        CHECK_FALSE(task.done_by_member_id);
        CHECK(refused_to(office));
        cell.world.write(cell.secretary, [&](const Call& call) {
            check(call, {task.id});
            task = reopen(call, {task.id, "chưa đạt"});
            CHECK_FALSE(task.done_by);
            task = finish(call, {task.id, "xong", false, {}});
        });
        CHECK(refused_to(cell.secretary));
        REQUIRE(second.account_id != cell.secretary.account_id);
        CHECK(refused_to(second));
        cell.world.write(
            office, [&](const Call& call) { CHECK(check(call, {task.id}).checked_by == office.account_id); });
    });
}

TEST_CASE("people of an owning group report its tasks and cannot check them") {
    test::for_each_store([](Store& store) {
        CellForTasks cell(store);
        AssignTask asked = cell.request("Vận động hiến đất mở đường");
        asked.owner_kind = OwnerKind::unit;
        asked.owner_member_id.reset();
        asked.owner_unit_id = cell.world.front_board;
        const Task task = cell.given(asked);
        Actor board = cell.world.person({"tasks.report"}, cell.world.front_board);
        cell.world.write(board, [&](const Call& call) {
            CHECK(finish(call, {task.id, "12 hộ hiến đất", true, {}}).state == State::done);
        });
        board.may = [](std::string_view, UnitId) { return true; };
        CHECK(cell.refused(board, Reason::forbidden, "tasks.owner_cannot_check",
                           [&](const Call& call) { check(call, {task.id}); }));
        cell.world.read(cell.secretary, [&](const Call& call) {
            CHECK(show(call, {task.id}).owner_name == "Ban công tác Mặt trận Nà Lung");
        });
    });
}

TEST_CASE("lists hold what was asked for and what the reader may see, page by page") {
    test::for_each_store([](Store& store) {
        CellForTasks cell(store);
        for (int i = 1; i <= 5; ++i) {
            AssignTask asked = cell.request("Việc số " + std::to_string(i));
            asked.due_on = day("2024-05-0" + std::to_string(6 - i));
            asked.owner_member_id = cell.people[static_cast<std::size_t>(i % 2 == 0 ? 2 : 3)];
            cell.given(asked);
        }
        AssignTask elsewhere = cell.request("Việc ở Bản Lãng");
        elsewhere.unit_id = cell.world.ban_lang;
        elsewhere.owner_member_id = test::add_people(cell.world, cell.world.ban_lang, 1)[0];
        cell.world.write([&](const Call& call) { assign(call, elsewhere); });

        const auto titles = [&](const Actor& actor, const ListTasks& wanted) {
            std::string all;
            cell.world.read(actor, [&](const Call& call) {
                for (const TaskLine& line : list(call, wanted).tasks)
                    all += line.task.title.substr(line.task.title.size() - 1) + (line.is_late ? "! " : " ");
            });
            return all;
        };
        CHECK(titles(cell.secretary, {}) == "5! 4! 3! 2 1 ");
        ListTasks wanted;
        wanted.unit_id = cell.world.na_lung;
        wanted.late = true;
        CHECK(titles(cell.secretary, wanted) == "5! 4! 3! ");
        wanted.late = false;
        CHECK(titles(cell.secretary, wanted) == "2 1 ");
        wanted = {};
        wanted.owner = Whose::me;
        CHECK(titles(cell.member, wanted) == "4! 2 ");
        wanted = {};
        wanted.text = "viec so 3";
        CHECK(titles(cell.secretary, wanted) == "3! ");
        wanted = {};
        wanted.sort = Sort::newest;
        wanted.within = cell.world.tuyen_quang;
        CHECK(titles(cell.world.program, wanted) == "g 5! 4! 3! 2 1 ");
        wanted = {};
        wanted.due_from = day("2024-05-02");
        wanted.due_until = day("2024-05-03");
        wanted.state = State::open;
        CHECK(titles(cell.secretary, wanted) == "4! 3! ");

        cell.world.read(cell.secretary, [&](const Call& call) {
            ListTasks page;
            page.limit = 2;
            std::string all;
            for (;;) {
                const TaskPage answer = list(call, page);
                CHECK(answer.tasks.size() <= 2);
                for (const TaskLine& line : answer.tasks) all += line.task.title.back();
                if (!answer.next) break;
                page.after = answer.next;
            }
            CHECK(all == "54321");
            page.limit = 0;
            CHECK(refuses([&] { list(call, page); }, Reason::invalid, "checks.limit_out_of_range"));
            page = {};
            page.unit_id = cell.world.ban_lang;
            CHECK(refuses([&] { list(call, page); }, Reason::forbidden, "platform.forbidden"));
        });
        cell.world.read(cell.outsider, [&](const Call& call) {
            Task any;
            cell.world.read([&](const Call& inner) { any = list(inner, {}).tasks[0].task; });
            CHECK(refuses([&] { show(call, {any.id}); }, Reason::not_found, "platform.not_found"));
        });
    });
}

TEST_CASE("counts of a year leave out what was dropped") {
    test::for_each_store([](Store& store) {
        CellForTasks cell(store);
        std::vector<Task> given;
        for (int i = 0; i < 4; ++i) given.push_back(cell.given());
        cell.world.go_to(day("2024-05-25"));
        cell.world.write([&](const Call& call) {
            finish(call, {given[0].id, "xong", true, day("2024-05-10")});
            finish(call, {given[1].id, "xong", false, day("2024-05-22")});
            drop(call, {given[2].id, "thôi"});
        });
        cell.world.read([&](const Call& call) {
            const auto owners = count_by_owner(call.db, day("2024-01-01"), day("2024-12-31"), call.today);
            REQUIRE(owners.size() == 1);
            CHECK(owners[0].unit_id == cell.world.na_lung);
            CHECK(owners[0].owner_id == cell.people[2]);
            const Counts& counts = owners[0].counts;
            CHECK(counts.assigned == 3);
            CHECK(counts.done == 2);
            CHECK(counts.done_late == 1);
            CHECK(counts.exceeded == 1);
            CHECK(counts.overdue == 1);
            CHECK(count_by_owner(call.db, day("2023-01-01"), day("2023-12-31"), call.today).empty());
            const UnitId here[] = {cell.world.na_lung}, elsewhere[] = {cell.world.ban_lang};
            CHECK(count_by_owner(call.db, day("2024-01-01"), day("2024-12-31"), call.today, here).size() ==
                  1);
            CHECK(
                count_by_owner(call.db, day("2024-01-01"), day("2024-12-31"), call.today, elsewhere).empty());
            CHECK(tasks_done(call.db, cell.world.na_lung, day("2024-05-01"), day("2024-05-15")).size() == 1);
        });
    });
}

TEST_CASE("many tasks go in at once") {
    test::for_each_store([](Store& store) {
        CellForTasks cell(store);
        const Task like = cell.given();
        std::vector<Task> many(1000, like);
        for (Task& task : many) task.id = TaskId{cell.world.ids.next(cell.world.now)};
        cell.world.write([&](const Call& call) { add_tasks(call, many); });
        cell.world.read([&](const Call& call) {
            CHECK(count_by_owner(call.db, day("2024-01-01"), day("2024-12-31"), call.today)[0]
                      .counts.assigned == 1001);
        });
    });
}

}  // namespace gw::tasks
