#include "year_for_test.h"

namespace gw::test {

using meetings::Mark;

TEST_CASE("a member's facts are what the records say") {
    for_each_store([](Store& store) {
        YearForTest year(store);
        const UnitId cell = year.world.na_lung;
        const MemberId a = year.add_member(cell, "A", [](members::Member& m) {
            m.office = members::Office::secretary;
            m.discipline = 1;
        });
        const MemberId b = year.add_member(cell, "B", [](members::Member& m) { m.full_on = on(8, 15); });
        const MemberId c = year.add_member(cell, "C", [](members::Member& m) {
            m.full_on.reset();
            m.is_excused = true;
        });
        year.add_meeting(cell, on(1, 3), {{a, Mark::present}, {b, Mark::absent}});
        const MeetingId second = year.add_meeting(cell, on(2, 3), {{a, Mark::excused}, {b, Mark::present}});
        year.world.write([&](const Call& call) {
            const std::vector<meetings::Contribution> said{
                {ContributionId{call.ids.next(call.now)}, second, b, 1, "one"},
                {ContributionId{call.ids.next(call.now)}, second, b, 2, "two"}};
            meetings::add_contributions(call, said);
        });
        year.add_task(cell, a, on(3, 1), on(2, 20), true);
        year.add_task(cell, a, on(3, 1), on(3, 5));
        year.add_task(cell, a, on(4, 1), std::nullopt);

        CHECK(year.member_fact("meetings_due", a) == 2);
        CHECK(year.member_fact("meetings_attended", a) == 1);
        CHECK(year.member_fact("meetings_excused", a) == 1);
        CHECK(year.member_fact("meetings_attended", b) == 1);
        CHECK(year.member_fact("meetings_excused", b) == 0);
        CHECK(year.member_fact("contributions", b) == 2);
        CHECK(year.member_fact("contributions", a) == 0);
        CHECK(year.member_fact("tasks_assigned", a) == 3);
        CHECK(year.member_fact("tasks_done", a) == 2);
        CHECK(year.member_fact("tasks_done_on_time", a) == 1);
        CHECK(year.member_fact("tasks_exceeded", a) == 1);
        CHECK(year.member_fact("is_leader", a) == 1);
        CHECK(year.member_fact("discipline", a) == 1);
        CHECK(year.member_fact("months_official", a) == 119);
        CHECK(year.member_fact("months_official", b) == 4);
        CHECK_FALSE(
            year.member_fact("months_official", c));  // a full member, and nobody wrote down since when
        CHECK(year.member_fact("exempt", c) == 1);
        CHECK_FALSE(year.member_fact("self_level_results", a));
        CHECK(year.unit_fact("leader_discipline", cell) == 1);
        CHECK(year.unit_fact("tasks_assigned", cell) == 3);
    });
}

TEST_CASE("a cell's facts are what the records say") {
    for_each_store([](Store& store) {
        YearForTest year(store);
        const UnitId cell = year.world.na_lung;
        const MemberId a = year.add_member(cell, "A");
        year.add_meeting(cell, on(1, 3), {{a, Mark::present}}, 80'000, true);
        year.add_meeting(cell, on(1, 20), {{a, Mark::present}}, 90'000, true);
        year.add_meeting(cell, on(5, 3), {{a, Mark::present}});
        year.world.write([&](const Call& call) {
            visits::Visit visit;
            visit.id = VisitId{call.ids.next(call.now)};
            visit.unit_id = cell;
            visit.visited_on = on(4, 17);
            visit.group_name = "The group";
            visits::add_visits(call, std::span(&visit, 1));
            using visits::AdviceState;
            std::vector<visits::AdviceItem> advice;
            for (const AdviceState state :
                 {AdviceState::open, AdviceState::answered, AdviceState::confirmed, AdviceState::withdrawn}) {
                visits::AdviceItem one;
                one.id = AdviceItemId{call.ids.next(call.now)};
                one.visit_id = visit.id;
                one.unit_id = cell;
                one.number = static_cast<std::int64_t>(advice.size()) + 1;
                one.text = "Advice";
                one.expected_change = "Change";
                one.check_on = on(6, 1);
                one.state = state;
                advice.push_back(one);
            }
            visits::add_advice_items(call, advice);
            using findings::State;
            std::vector<findings::Finding> findings;
            for (const State state : {State::open, State::closed, State::closed}) {
                findings::Finding one;
                one.id = FindingId{call.ids.next(call.now)};
                one.source_id = findings::SourceId{visit.id.number};
                one.unit_id = cell;
                one.number = static_cast<std::int64_t>(findings.size()) + 1;
                one.text = "Finding";
                one.remedy = "Remedy";
                one.due_on = on(6, 1);
                one.noted_on = visit.visited_on;
                one.state = state;
                findings.push_back(one);
            }
            findings::add_findings(call, findings);
        });
        CHECK(year.unit_fact("meetings_due", cell) == 12);
        CHECK(year.unit_fact("meetings_held", cell) == 2);  // two in January are one month met
        CHECK(year.unit_fact("thematic_due", cell) == 4);
        CHECK(year.unit_fact("thematic_held", cell) == 1);
        CHECK(year.unit_fact("meeting_score_sum", cell) == 170'000);
        CHECK(year.unit_fact("meeting_score_count", cell) == 2);
        CHECK(year.unit_fact("advice_open", cell) == 1);
        CHECK(year.unit_fact("advice_answered", cell) == 2);
        CHECK(year.unit_fact("advice_confirmed", cell) == 1);
        CHECK(year.unit_fact("findings_open", cell) == 1);
        CHECK(year.unit_fact("findings_closed", cell) == 2);
        CHECK(year.unit_fact("findings_overdue", cell) == 1);
        CHECK(year.unit_fact("months_active", cell) == 12);
        // An upper unit has no meetings and leaders of its own: not known, rather than none.
        CHECK_FALSE(year.unit_fact("meetings_due", year.world.khau_tinh));
        CHECK_FALSE(year.unit_fact("leader_discipline", year.world.khau_tinh));
    });
}

TEST_CASE("in a running year only what has ended or was met is due") {
    for_each_store([](Store& store) {
        YearForTest year(store);
        const UnitId cell = year.world.na_lung;
        const MemberId a = year.add_member(cell, "A");
        year.world.go_to(on(5, 10));
        CHECK(year.unit_fact("meetings_due", cell) == 4);
        CHECK(year.unit_fact("thematic_due", cell) == 1);
        year.add_meeting(cell, on(5, 3), {{a, Mark::present}}, {}, true);
        CHECK(year.unit_fact("meetings_due", cell) == 5);
        CHECK(year.unit_fact("thematic_due", cell) == 2);
        year.add_task(cell, a, on(5, 9), std::nullopt);
        year.add_task(cell, a, on(5, 20), std::nullopt);
        CHECK(year.member_fact("tasks_assigned", a) == 1);
    });
}

TEST_CASE("resolution items count when they are due, done or done in time") {
    for_each_store([](Store& store) {
        YearForTest year(store);
        const UnitId cell = year.world.na_lung;
        const MemberId a = year.add_member(cell, "A");
        const MeetingId meeting = year.add_meeting(cell, on(3, 3), {{a, Mark::present}});
        year.world.write([&](const Call& call) {
            resolutions::Resolution resolution;
            resolution.id = ResolutionId{call.ids.next(call.now)};
            resolution.meeting_id = meeting;
            resolution.unit_id = cell;
            resolution.term_begins_on = on(1, 1);
            resolution.number = 1;
            resolution.adopted_on = on(3, 3);
            resolutions::add_resolutions(call, std::span(&resolution, 1));
            std::vector<resolutions::KeptResolutionItem> items;
            std::vector<tasks::Task> its_tasks;
            const auto add = [&](std::optional<Date> due_on, std::optional<Date> done_on,
                                 resolutions::ItemState closed_as, std::int64_t carried_over) {
                resolutions::KeptResolutionItem item;
                item.id = ResolutionItemId{call.ids.next(call.now)};
                item.resolution_id = resolution.id;
                item.unit_id = cell;
                item.number = static_cast<std::int64_t>(items.size()) + 1;
                item.text = "Item";
                item.closed_as = closed_as;
                item.carried_over = carried_over;
                if (due_on) {
                    tasks::Task task;
                    task.id = TaskId{call.ids.next(call.now)};
                    task.unit_id = cell;
                    task.title = "Task";
                    task.owner_member_id = a;
                    task.due_on = *due_on;
                    task.origin = tasks::Origin::resolution_item;
                    task.origin_id = tasks::OriginId{item.id.number};
                    task.done_on = done_on;
                    if (done_on) task.state = tasks::State::done, task.progress = 100;
                    its_tasks.push_back(task);
                    item.task_count = 1;
                }
                items.push_back(item);
            };
            using resolutions::ItemState;
            add(on(4, 1), on(3, 30), ItemState::open, 0);  // done in time
            add(on(4, 1), on(4, 9), ItemState::open, 1);   // done late
            add(on(4, 1), {}, ItemState::open, 3);         // due, not done
            add({}, {}, ItemState::open, 0);               // no task, not looked at again: not due
            add({}, {}, ItemState::open, 1);               // no task, found open later: due
            add({}, {}, ItemState::done, 0);               // closed by a decision
            add({}, {}, ItemState::dropped, 0);            // dropped: not due
            resolutions::add_items(call, items);
            tasks::add_tasks(call, its_tasks);
        });
        CHECK(year.unit_fact("resolution_items", cell) == 5);
        CHECK(year.unit_fact("resolution_items_done", cell) == 3);
        CHECK(year.unit_fact("resolution_items_done_on_time", cell) == 2);
    });
}

TEST_CASE("everyone of a day is listed once, with the unit of that day") {
    for_each_store([](Store& store) {
        YearForTest year(store);
        const MemberId a = year.add_member(year.world.na_lung, "A");
        year.add_member(year.world.na_lung, "gone", [](members::Member& m) { m.left_on = on(3, 1); });
        year.add_member(year.world.na_lung, "candidate", [](members::Member& m) {
            m.stage = members::Stage::candidate;
            m.full_on.reset();
        });
        year.world.read([&](const Call& call) {
            CHECK(members::members_on(call.db, on(2, 1)).size() == 3);
            CHECK(members::members_on(call.db, on(3, 1)).size() == 2);
            CHECK(members::members_on(call.db, Date{std::chrono::year(2014) / 1 / 1}).empty());
            const auto edition = shipped().find("vn.classification", 2024);
            const auto facts = classification::collect_facts(call, 2024, edition->rulebook());
            CHECK(facts.members.ids == evaluation::Numbers{a.number});  // candidates are no members yet
            CHECK(facts.units.ids.size() ==
                  11);  // the front board and the self-management group are not judged
        });
    });
}

}  // namespace gw::test
