#include "obstacles/obstacles.h"

#include <algorithm>

#include "ladder.h"
#include "obstacles/obstacles_table.h"
#include "platform/router.h"
#include "platform/texts/texts.h"

namespace gw::obstacles {

TEST_CASE("an obstacle that nobody answers climbs to the top, stays owed there, and comes back solved") {
    test::for_each_store([](Store& store) {
        Ladder it(store);
        const auto audit = it.world.audit_count();
        const ObstacleId id = it.raised(it.world.na_lung);
        CHECK(it.world.audit_count() == audit + 1);
        CHECK(it.get(id).holder_id == it.world.khau_tinh);
        CHECK(it.told == std::vector<Told>{{Telling::owed, it.world.khau_tinh, {}}});
        CHECK(it.go_to(15) == 0);
        CHECK(it.go_to(16) == 1);
        CHECK(it.go_to(16) == 0);
        CHECK(it.get(id).holder_id == it.world.na_hang);
        CHECK(it.told[1] == Told{Telling::passed_up, it.world.na_hang, it.world.khau_tinh});
        CHECK(it.told[2] == Told{Telling::owed, it.world.na_hang, {}});
        CHECK(it.go_to(32) == 1);
        CHECK(it.get(id).holder_id == it.world.tuyen_quang);
        CHECK(it.go_to(100) == 0);
        Obstacle late = it.get(id);
        CHECK(late.holder_id == it.world.tuyen_quang);
        CHECK(late.due_on == it.on(47));
        CHECK(it.story(id, it.province).line.days_left == -53);
        CHECK(it.story(id, it.province).may_answer);
        CHECK_FALSE(it.story(id, it.province).may_pass_up);
        it.world.write(it.province, [&](const Call& call) {
            answer(call, {id, Way::solve, "Điện lực kéo đường dây", it.on(120)}, it.setting);
        });
        CHECK(it.told.back().telling == Telling::answered);
        CHECK(it.get(id).due_on == it.on(135));
        it.world.write(it.secretary, [&](const Call& call) {
            confirm(call, {id, true, "Đã có điện"}, it.setting);
        });
        const ObstacleStory story = it.story(id, it.member);
        CHECK(story.line.obstacle.state == State::gone);
        CHECK(!story.line.owed_by);
        std::vector<Act> acts;
        for (const StepLine& step : story.steps) acts.push_back(step.step.act);
        CHECK(acts == std::vector{Act::raise, Act::silence, Act::silence, Act::solve, Act::confirm});
        CHECK(story.steps[1].unit_name == "Khau Tinh");
        CHECK(story.steps[1].step.by_name == "");
        CHECK(!story.steps[1].step.account_id);
        CHECK(story.steps[2].step.acted_on == it.on(32));
        CHECK(it.world.audit_count() == audit + 5);
    });
}

TEST_CASE("after standing still the clocks give what running every day gives") {
    test::for_each_store([](Store& store) {
        Ladder daily(store);
        const ObstacleId first = daily.raised(daily.world.na_lung);
        const ObstacleId second = daily.raised(daily.world.cell_1);
        daily.answered(daily.outsider, second);
        for (std::int64_t day = 1; day <= 40; ++day) daily.go_to(day);
        const Obstacle run_daily = daily.get(first), lapsed = daily.get(second);
        CHECK(lapsed.state == State::lapsed);
        CHECK(lapsed.ended_on == daily.on(16));
        daily.world.go_to(daily.start);
        const ObstacleId third = daily.raised(daily.world.na_lung);
        CHECK(daily.go_to(40) == 2);
        const Obstacle at_once = daily.get(third);
        CHECK(at_once.holder_id == run_daily.holder_id);
        CHECK(at_once.due_on == run_daily.due_on);
        CHECK(at_once.owed_since == run_daily.owed_since);
    });
}

TEST_CASE("an answer is reopened to the same body, then to the one above, and not a third time at the top") {
    test::for_each_store([](Store& store) {
        Ladder it(store);
        const ObstacleId id = it.raised(it.world.na_lung);
        const auto again = [&] {
            it.world.write(it.secretary, [&](const Call& call) {
                reopen(call, {id, "Vẫn chưa có điện"}, it.setting);
            });
            return it.get(id).holder_id;
        };
        it.answered(it.commune, id);
        CHECK(again() == it.world.khau_tinh);
        it.answered(it.commune, id);
        CHECK(again() == it.world.na_hang);
        it.answered(it.district, id, Way::pass_up);
        it.answered(it.province, id);
        CHECK(again() == it.world.tuyen_quang);
        it.answered(it.province, id, Way::solve);
        CHECK_FALSE(it.story(id, it.secretary).may_reopen);
        CHECK(it.refused(it.secretary, Reason::conflict, "obstacles.answered_twice_at_the_top",
                         [&](const Call& call) {
                             reopen(call, {id, "Vẫn chưa"}, it.setting);
                         }));
        it.world.write(it.secretary, [&](const Call& call) { confirm(call, {id, false, ""}, it.setting); });
        CHECK(it.get(id).state == State::accepted);
    });
}

TEST_CASE("obstacles refuse what may not be done") {
    test::for_each_store([](Store& store) {
        Ladder it(store);
        const auto raising = [&](const auto& change) {
            return [&it, change](const Call& call) {
                RaiseObstacle asked = it.request(it.world.na_lung);
                change(asked);
                raise(call, asked, it.setting);
            };
        };
        CHECK(it.refused(it.member, Reason::forbidden, "platform.forbidden", raising([](auto&) {})));
        CHECK(it.refused(it.outsider, Reason::forbidden, "platform.forbidden", raising([](auto&) {})));
        CHECK(it.refused(it.secretary, Reason::invalid, "platform.required",
                         raising([](auto& asked) { asked.text = " "; })));
        CHECK(it.refused(it.secretary, Reason::invalid, "platform.required",
                         raising([](auto& asked) { asked.asked = ""; })));
        CHECK(it.refused(it.secretary, Reason::invalid, "checks.day_in_future",
                         raising([&](auto& asked) { asked.since_on = it.on(1); })));
        CHECK(it.refused(it.province, Reason::invalid, "obstacles.nobody_above",
                         raising([&](auto& asked) { asked.unit_id = it.world.tuyen_quang; })));

        const ObstacleId id = it.raised(it.world.na_lung);
        it.world.write(it.secretary, [&](const Call& call) {
            RaiseObstacle same = it.request(it.world.na_lung);
            same.id = id;
            CHECK(raise(call, same, it.setting).steps.size() == 1);
        });
        CHECK(it.refused(it.secretary, Reason::conflict, "obstacles.id_taken", raising([&](auto& asked) {
                             asked.id = id;
                             asked.text = "Việc khác";
                         })));

        const auto answering = [&](Way way, std::string text, std::optional<Date> done_by = {}) {
            return [&it, id, way, text, done_by](const Call& call) {
                answer(call, {id, way, text, done_by}, it.setting);
            };
        };
        CHECK(it.refused(it.outsider, Reason::not_found, "platform.not_found", answering(Way::answer, "a")));
        CHECK(it.refused(it.secretary, Reason::forbidden, "platform.forbidden", answering(Way::answer, "a")));
        CHECK(it.refused(it.commune, Reason::invalid, "platform.required", answering(Way::answer, "")));
        CHECK(it.refused(it.commune, Reason::invalid, "platform.required", answering(Way::solve, "a")));
        CHECK(it.refused(it.commune, Reason::invalid, "obstacles.day_of_solution",
                         answering(Way::solve, "a", it.on(-1))));
        CHECK(it.refused(it.commune, Reason::invalid, "obstacles.day_of_solution",
                         answering(Way::solve, "a", it.on(400))));
        const auto confirming = [&](const Call& call) { confirm(call, {id, true, ""}, it.setting); };
        CHECK(it.refused(it.secretary, Reason::conflict, "obstacles.not_answered", confirming));

        it.answered(it.commune, id, Way::pass_up);
        // Its turn is over; it still reads what its cell raised.
        CHECK(it.refused(it.commune, Reason::forbidden, "platform.forbidden", answering(Way::answer, "a")));
        CHECK(it.story(id, it.commune).steps.size() == 2);
        it.answered(it.province, id, Way::pass_up);
        CHECK(
            it.refused(it.province, Reason::conflict, "obstacles.at_the_top", answering(Way::pass_up, "a")));
        it.answered(it.province, id);
        CHECK(it.refused(it.province, Reason::conflict, "obstacles.not_owed", answering(Way::answer, "a")));
        // The level above does not say for the cell that it is gone.
        CHECK(it.refused(it.commune, Reason::forbidden, "obstacles.unit_itself", confirming));
        CHECK(it.refused(it.member, Reason::forbidden, "platform.forbidden", confirming));
        CHECK(it.refused(it.secretary, Reason::invalid, "platform.required", [&](const Call& call) {
            reopen(call, {id, ""}, it.setting);
        }));
        CHECK(it.refused(it.secretary, Reason::invalid, "platform.required", [&](const Call& call) {
            withdraw(call, {id, ""}, it.setting);
        }));
        it.world.write(it.secretary, [&](const Call& call) {
            withdraw(call, {id, "Đã có điện"}, it.setting);
        });
        CHECK(it.get(id).state == State::withdrawn);
        CHECK(it.refused(it.secretary, Reason::conflict, "obstacles.has_ended", confirming));
        CHECK(it.refused(it.secretary, Reason::conflict, "obstacles.has_ended", [&](const Call& call) {
            withdraw(call, {id, "a"}, it.setting);
        }));
    });
}

TEST_CASE("who answered does not confirm, though they are of the unit") {
    test::for_each_store([](Store& store) {
        Ladder it(store);
        const ObstacleId id = it.raised(it.world.front_board);
        Actor both =
            it.world.person({"obstacles.read", "obstacles.raise", "obstacles.answer"}, it.world.na_lung);
        both.home_unit_id = it.world.front_board;
        it.answered(both, id);
        CHECK(it.refused(both, Reason::forbidden, "obstacles.own_answer", [&](const Call& call) {
            confirm(call, {id, true, ""}, it.setting);
        }));
        CHECK_FALSE(it.story(id, both).may_confirm);
    });
}

TEST_CASE("units that move or go while an obstacle is open leave somebody who owes") {
    test::for_each_store([](Store& store) {
        Ladder it(store);
        test::World& world = it.world;
        const ObstacleId moved = it.raised(world.na_lung), gone = it.raised(world.ban_lang),
                         answered = it.raised(world.phia_trang);
        it.answered(it.district, answered);
        it.world.go_to(it.on(5));
        const organisation::CountPeople nobody = [](const Call&, UnitId, Date) { return std::int64_t{0}; };
        world.write([&](const Call& call) {
            organisation::move(call, {world.na_lung, world.son_phu, call.today, "1-QĐ"});
            organisation::dissolve(call, {world.ban_lang, call.today, "2-QĐ"}, nobody);
            organisation::dissolve(call, {world.phia_trang, call.today, "3-QĐ"}, nobody);
        });
        CHECK(it.go_to(5) == 3);
        CHECK(it.go_to(5) == 0);
        // The new parent owes, with its full days.
        CHECK(it.get(moved).holder_id == world.son_phu);
        CHECK(it.get(moved).due_on == it.on(20));
        // The commune speaks for the cell that is gone, and the district owes the commune.
        CHECK(it.get(gone).unit_id == world.khau_tinh);
        CHECK(it.get(gone).holder_id == world.na_hang);
        CHECK(it.story(gone, it.commune).steps.back().unit_name == "Bản Lãng");
        CHECK(it.story(gone, it.commune).steps.back().step.act == Act::hand_over);
        CHECK(it.get(answered).unit_id == world.son_phu);
        CHECK(it.get(answered).due_on == it.on(20));
        // The holder goes: whoever is the parent of today owes.
        it.world.go_to(it.on(8));
        world.write([&](const Call& call) {
            organisation::move(call, {world.na_lung, world.khau_tinh, call.today, "4-QĐ"});
            organisation::dissolve(call, {world.son_phu, call.today, "5-QĐ"}, nobody);
        });
        it.go_to(8);
        CHECK(it.get(moved).holder_id == world.khau_tinh);
        CHECK(it.get(answered).unit_id == world.na_hang);
        // An act taken before the day job ran follows the tree as well.
        world.write([&](const Call& call) {
            organisation::move(call, {world.na_lung, world.an_tuong, call.today, "6-QĐ"});
        });
        it.answered(it.outsider, moved);
        CHECK(it.get(moved).state == State::answered);
        CHECK(it.get(moved).holder_id == world.an_tuong);
    });
}

TEST_CASE("like obstacles are one case with one answer, and each unit keeps its own word") {
    test::for_each_store([](Store& store) {
        Ladder it(store);
        const ObstacleId one =
            it.raised(it.world.na_lung, "Nhà văn hóa thôn chưa có điện, họp tối phải dùng đèn pin");
        const ObstacleId two =
            it.raised(it.world.ban_lang, "Nha van hoa thon chua co dien nen khong hop toi duoc");
        const ObstacleId three = it.raised(it.world.ban_lang, "Đảng viên trẻ đi làm xa, không về sinh hoạt");
        const HolderKey khau_tinh{it.world.khau_tinh};
        it.world.read(it.commune, [&](const Call& call) {
            const Held mine = held(call, khau_tinh);
            CHECK(mine.owed.size() == 3);
            CHECK(mine.may_answer);
            REQUIRE(mine.alike.size() == 1);
            CHECK(mine.alike[0].obstacle_ids == std::vector{one, two});
        });
        const auto joining = [&](std::vector<ObstacleId> ids, std::string title = "Điện nhà văn hóa") {
            return [&it, ids, title](const Call& call) { join(call, {it.world.khau_tinh, {}, title, ids}); };
        };
        CHECK(it.refused(it.secretary, Reason::forbidden, "platform.forbidden", joining({one, two})));
        CHECK(it.refused(it.commune, Reason::invalid, "platform.required", joining({one, two}, "")));
        CHECK(it.refused(it.commune, Reason::invalid, "obstacles.two_for_a_case", joining({one})));
        CHECK(it.refused(it.commune, Reason::conflict, "obstacles.not_owed_here",
                         joining({one, it.raised(it.world.khau_tinh)})));
        ObstacleCaseId case_id;
        it.world.write(it.commune, [&](const Call& call) {
            case_id = join(call, {it.world.khau_tinh, {}, "Điện nhà văn hóa", {one, two}}).about.id;
        });
        it.world.write(it.commune, [&](const Call& call) {
            CHECK(join(call, {it.world.khau_tinh, case_id, "", {three}}).obstacles.size() == 3);
            CHECK(leave_case(call, {case_id, three}).obstacles.size() == 2);
            CHECK(held(call, khau_tinh).alike.empty());
        });
        CHECK(it.refused(it.commune, Reason::conflict, "obstacles.not_in_case", [&](const Call& call) {
            leave_case(call, {case_id, three});
        }));
        CHECK(it.refused(it.commune, Reason::conflict, "obstacles.in_another_case", joining({one, three})));
        // The cell sees its own and how many others there are.
        it.world.read(it.secretary, [&](const Call& call) {
            const CaseStory seen = show_case(call, {case_id});
            CHECK(seen.obstacles.size() == 1);
            CHECK(seen.others == 1);
            CHECK(seen.may_answer_as.empty());
        });
        CHECK(it.refused(it.outsider, Reason::not_found, "platform.not_found",
                         [&](const Call& call) { show_case(call, {case_id}); }));
        const AnswerCase reply{case_id, it.world.khau_tinh, Way::answer, "Xã đã đăng ký với điện lực", {}};
        CHECK(it.refused(it.secretary, Reason::forbidden, "platform.forbidden",
                         [&](const Call& call) { answer_case(call, reply, it.setting); }));
        it.world.write(it.commune, [&](const Call& call) {
            CHECK(answer_case(call, reply, it.setting).may_answer_as.empty());
        });
        CHECK(it.refused(it.commune, Reason::conflict, "obstacles.not_owed",
                         [&](const Call& call) { answer_case(call, reply, it.setting); }));
        it.world.write(it.secretary, [&](const Call& call) { confirm(call, {one, true, ""}, it.setting); });
        CHECK(it.get(one).state == State::gone);
        CHECK(it.get(two).state == State::answered);
        CHECK(it.get(three).state == State::owed);
    });
}

TEST_CASE("lists, the board and what waits for somebody tell what the ladder holds") {
    test::for_each_store([](Store& store) {
        Ladder it(store);
        std::vector<ObstacleId> ids;
        for (int i = 0; i < 6; ++i)
            ids.push_back(it.raised(it.world.na_lung, "Việc số " + std::to_string(i)));
        for (std::size_t i = 0; i < 5; ++i) {
            it.go_to(static_cast<std::int64_t>(2 * i + 1));
            it.answered(it.commune, ids[i]);
        }
        it.world.write(it.secretary, [&](const Call& call) {
            confirm(call, {ids[0], true, ""}, it.setting);
        });
        it.world.read(it.secretary, [&](const Call& call) {
            CHECK(list(call, {it.world.na_lung, {}, Which::open, {}, 2}).obstacles.size() == 2);
            CHECK(list(call, {it.world.na_lung, {}, Which::open, {}, 2}).next);
            CHECK(list(call, {{}, {}, Which::ended, {}, {}}).obstacles.size() == 1);
            const auto waiting = waiting_for(call);
            REQUIRE(waiting.size() == 4);
            CHECK(waiting[0].owing == Owing::confirm);
        });
        it.world.read(it.commune, [&](const Call& call) {
            const auto waiting = waiting_for(call);
            REQUIRE(waiting.size() == 1);
            CHECK(waiting[0].owing == Owing::answer);
            CHECK(waiting[0].id == ids[5]);
        });
        it.world.read(it.district, [&](const Call& call) { CHECK(waiting_for(call).empty()); });
        CHECK(refuses(
            [&] { it.world.read(it.outsider, [&](const Call& call) { held(call, {it.world.khau_tinh}); }); },
            Reason::forbidden, "platform.forbidden"));
        CHECK(refuses(
            [&] {
                it.world.read(it.secretary, [&](const Call& call) { board(call, {it.world.khau_tinh}); });
            },
            Reason::forbidden, "platform.forbidden"));
        const Texts texts(std::string(GROUNDWORK_SOURCE_DIR) + "/messages");
        it.world.read(it.commune, [&](const Call& call) {
            const spreadsheets::Table owing = table_of_held(call, {it.world.khau_tinh}, texts);
            REQUIRE(owing.rows.size() == 5);  // one owed, four wait for their unit
            CHECK(std::get<std::string>(owing.rows[0][0]) == "Việc số 5");
            CHECK(std::get<std::string>(owing.rows[0][7]) == "Answer owed");
            CHECK(std::get<std::string>(owing.rows[1][7]) == "Answered, waits for the unit");
        });
        it.world.read(it.secretary, [&](const Call& call) {
            ListObstacles ended;
            ended.which = Which::ended;
            const spreadsheets::Table gone = table(call, ended, texts);
            REQUIRE(gone.rows.size() == 1);
            CHECK(gone.rows[0].size() == gone.headings.size());
            CHECK(std::get<std::string>(gone.rows[0][7]) == "It is gone");
            CHECK(std::holds_alternative<std::monostate>(gone.rows[0][9]));
            CHECK(std::get<Date>(gone.rows[0].back()) == it.on(9));
            CHECK(table(call, {}, texts).rows.size() == 6);
        });
        it.world.read(it.outsider, [&](const Call& call) {
            CHECK(refuses([&] { table_of_held(call, {it.world.khau_tinh}, texts); }, Reason::forbidden,
                          "platform.forbidden"));
            ListObstacles elsewhere;
            elsewhere.unit_id = it.world.na_lung;
            CHECK(refuses([&] { table(call, elsewhere, texts); }, Reason::forbidden, "platform.forbidden"));
        });
        it.go_to(20);
        it.world.read(it.province, [&](const Call& call) {
            const Board told = board(call, {it.world.tuyen_quang});
            REQUIRE(told.bodies.size() == 2);
            const BoardLine& na_hang = told.bodies[0];
            CHECK(na_hang.unit_id == it.world.na_hang);
            CHECK(na_hang.answered == 0);
            CHECK(!na_hang.median_days);
            CHECK(na_hang.open_week == 1);
            const BoardLine& khau_tinh = told.bodies[1];
            CHECK(khau_tinh.answered == 5);
            CHECK(khau_tinh.in_time == 5);
            CHECK(khau_tinh.silent == 1);
            CHECK(khau_tinh.median_days == 5);
            CHECK(khau_tinh.gone == 1);
            CHECK(!khau_tinh.median_removal);
            const Download file = spreadsheets::download_of(
                table_of_board(call, {it.world.tuyen_quang}, texts), spreadsheets::Format::csv);
            CHECK(file.file_name == "obstacle-board.csv");
            CHECK(file.bytes.find("Khau Tinh,5,5,1,5.0,1,,0,0,0,0") != std::string::npos);
        });
    });
}

}  // namespace gw::obstacles
