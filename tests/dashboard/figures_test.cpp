#include <algorithm>
#include <random>

#include "dashboard/dashboard.h"
#include "meetings/meetings.h"
#include "members/members_operations.h"
#include "platform/router.h"
#include "rulebooks/rulebooks.h"
#include "support/store_for_test.h"
#include "support/world.h"
#include "tasks/tasks.h"
#include "visits/visits.h"

namespace gw::test {

using dashboard::Figures, dashboard::UnitFigures;

namespace {

const rulebooks::Library& shipped() {
    static const rulebooks::Library library =
        rulebooks::Library::read_folder(std::string(GROUNDWORK_SOURCE_DIR) + "/rulebooks");
    return library;
}

// Changes of every kind, at random, through the operations that people use.
class RandomChanges {
public:
    RandomChanges(World& world, std::uint32_t seed) : world_(world), random_(seed) {
        for (const UnitId cell : cells())
            for (int i = 0; i < 4; ++i) add_member(cell);
    }

    void make_one() {
        const UnitId cell = cells()[below(cells().size())];
        switch (below(10)) {
            case 0: return add_member(cell);
            case 1: return transfer_member(cell);
            case 2: return leave();
            case 3: return hold_meeting(cell);
            case 4:
            case 5: return assign_task(cell);
            case 6: return finish_task();
            case 7: return record_visit(cell);
            case 8: return close_finding();
            default: return move_unit();
        }
    }

    void add_member(UnitId cell) {
        members::AddMember request;
        request.unit_id = cell;
        request.code = "C" + std::to_string(++codes_);
        request.full_name = "Member";
        request.stage = static_cast<members::Stage>(below(3));
        request.joined_on = date_of(day_number(today()) - 30);
        world_.write([&](const Call& call) { people_.emplace_back(members::add(call, request).id, cell); });
    }

    void hold_meeting(UnitId cell) {
        meetings::AddMeeting request;
        request.unit_id = cell;
        request.subject = "Meeting";
        request.planned_for = {world_.now.milliseconds - 3'600'000};
        meetings::Happening happening;
        happening.started_at = request.planned_for;
        happening.ended_at = world_.now;
        world_.write([&](const Call& call) {
            for (const auto& member : meetings::expected_members(call.db, cell, today()))
                happening.roll.push_back(
                    {member.id, below(3) > 0 ? meetings::Mark::present : meetings::Mark::absent, {}});
            if (happening.roll.empty()) return;
            request.happening = happening;
            meetings::add(call, request, {.library = shipped()});
        });
    }

    void assign_task(UnitId cell) {
        tasks::AssignTask request;
        request.unit_id = cell;
        request.title = "Task";
        request.owner_kind = tasks::OwnerKind::unit;
        request.owner_unit_id = cell;
        request.due_on = date_of(day_number(today()) - 20 + static_cast<int>(below(40)));
        world_.write([&](const Call& call) { open_tasks_.push_back(tasks::assign(call, request).id); });
    }

private:
    std::vector<UnitId> cells() const {
        return {world_.na_lung, world_.ban_lang, world_.phia_trang, world_.cell_1, world_.cell_2};
    }
    std::size_t below(std::size_t count) { return random_() % count; }
    Date today() const { return day_of(world_.now, world_.zone_minutes); }

    void transfer_member(UnitId cell) {
        auto& [id, unit_id] = people_[below(people_.size())];
        if (unit_id == cell) return;
        world_.write([&](const Call& call) {
            const auto member = members::get_member(call.db, id);
            if (member.left_on || member.joined_on >= today()) return;
            members::transfer(call, {id, cell, today()});
            unit_id = cell;
        });
    }

    void leave() {
        const auto& [id, unit_id] = people_[below(people_.size())];
        world_.write([&](const Call& call) {
            if (members::get_member(call.db, id).left_on) return;
            members::leave(call, {id, today(), "moved away"});
        });
    }

    void finish_task() {
        if (open_tasks_.empty()) return;
        const std::size_t which = below(open_tasks_.size());
        const TaskId id = open_tasks_[which];
        open_tasks_.erase(open_tasks_.begin() + static_cast<std::ptrdiff_t>(which));
        world_.write([&](const Call& call) {
            if (below(3) == 0) tasks::drop(call, {id, "not needed"});
            else tasks::finish(call, {id, "done", false, {}});
        });
    }

    void record_visit(UnitId cell) {
        visits::RecordVisit request;
        request.unit_id = cell;
        request.visited_on = today();
        request.group_name = "Group";
        request.advice_items.push_back({{}, "Advice", "Change", today()});
        request.findings.push_back({{}, findings::Gravity::minor, "Finding", "Remedy", today()});
        world_.write([&](const Call& call) {
            for (const auto& finding : visits::record(call, request).findings)
                findings_.push_back(finding.id);
        });
    }

    void close_finding() {
        if (findings_.empty()) return;
        const FindingId id = findings_.back();
        findings_.pop_back();
        world_.write([&](const Call& call) { findings::report_remedied(call, {id, "put right", {}}); });
        world_.write([&](const Call& call) { findings::close(call, {id, "seen"}, {.days_until_check = 0}); });
    }

    void move_unit() {
        const bool to_son_phu =
            world_.tree()->at(world_.tree()->at(*world_.tree()->find(world_.ban_lang)).parent).id ==
            world_.khau_tinh;
        world_.write([&](const Call& call) {
            organisation::move(call, {world_.ban_lang, to_son_phu ? world_.son_phu : world_.khau_tinh,
                                      today(), "QD-" + std::to_string(++codes_)});
        });
    }

    World& world_;
    std::mt19937 random_;
    std::vector<std::pair<MemberId, UnitId>> people_;
    std::vector<TaskId> open_tasks_;
    std::vector<FindingId> findings_;
    int codes_ = 0;
};

void check_same(World& world, Figures& kept, Figures& fresh) {
    for (const auto& unit : world.tree()->units()) {
        const auto a = kept.of(unit.id), b = fresh.of(unit.id);
        REQUIRE(a);
        REQUIRE(b);
        each_field(*b, [&, field = 0](const char* name, const auto& value) mutable {
            int at = 0;
            each_field(*a, [&](const char*, const auto& other) {
                if (at++ == field) CHECK_MESSAGE(other == value, unit.name << " " << name);
            });
            ++field;
        });
    }
}

// A world that tells its announcements after each commit, as the program does.
struct Running {
    explicit Running(Store& store) : world(store) {
        world.go_to(Date{std::chrono::year(2024) / 5 / 4});
        figures.start({store, [this] { return world.tree(); },
                       [this] { return day_of(world.now, world.zone_minutes); }},
                      world.announcements);
    }
    ~Running() { figures.stop(); }
    World world;
    Figures figures;
};

}  // namespace

TEST_CASE("figures after many changes are those of a fresh count") {
    for_each_store([](Store& store) {
        World world(store);
        Figures kept;
        for (const char* topic : {"members", "meetings", "tasks", "visits", "resolutions", "units"})
            world.announcements.listen(topic, [&](const std::set<UnitId>& units) { kept.mark_stale(units); });
        RandomChanges changes(world, 7);
        const Date today{std::chrono::year(2024) / 5 / 4};
        for (int i = 1; i <= 500; ++i) {
            changes.make_one();
            if (i % 5 == 0)
                world.read([&](const Call& call) { kept.bring_up_to_date(call.db, world.tree(), today); });
            if (i % 100 != 0) continue;
            Figures fresh;
            world.read([&](const Call& call) { fresh.bring_up_to_date(call.db, world.tree(), today); });
            check_same(world, kept, fresh);
        }
        const auto total = kept.of(world.tuyen_quang);
        REQUIRE(total);
        CHECK(total->cells == 5);
        CHECK(total->units == 11);
        CHECK(total->members > 0);
        CHECK(total->members == total->full_members + total->probationary_members);
        CHECK(total->meetings_held > 0);
        CHECK(total->tasks_done > 0);
        CHECK(total->tasks_late > 0);
        CHECK(total->advice_open > 0);
        world.read([&](const Call& call) {
            CHECK(total->tasks_open == call.db.count("SELECT COUNT(*) FROM tasks WHERE state = 'open'"));
            CHECK(total->findings_open ==
                  call.db.count("SELECT COUNT(*) FROM findings WHERE state = 'open'"));
            CHECK(total->present == call.db.count("SELECT COUNT(*) FROM attendances WHERE mark = 'present'"));
        });
    });
}

TEST_CASE("whoever changed something reads it in the figures at once") {
    for_each_store([](Store& store) {
        Running running(store);
        RandomChanges changes(running.world, 3);
        for (int i = 1; i <= 40; ++i) {
            changes.assign_task(running.world.na_lung);
            for (const UnitId id :
                 {running.world.na_lung, running.world.khau_tinh, running.world.tuyen_quang})
                CHECK(running.figures.of(id)->tasks_open == i);
            for (const auto& [unit_id, figures] : running.figures.below(running.world.khau_tinh))
                CHECK(figures.tasks_open == (unit_id == running.world.na_lung ? i : 0));
        }
    });
}

TEST_CASE("a change that names no unit beside one that names some makes everything stale") {
    Announcements announcements;
    std::vector<std::set<UnitId>> heard;
    announcements.listen("members", [&](const std::set<UnitId>& units) { heard.push_back(units); });
    announcements.announce("members", UnitId{7});
    announcements.announce("members", UnitId{8});
    announcements.deliver();
    announcements.announce("members", UnitId{7});
    announcements.announce("members", {});
    announcements.deliver();
    REQUIRE(heard.size() == 2);
    CHECK(heard[0] == std::set<UnitId>{UnitId{7}, UnitId{8}});
    CHECK(heard[1].empty());
}

TEST_CASE("classes of a review and weak units show in the figures of the year") {
    for_each_store([](Store& store) {
        Running running(store);
        running.world.write([&](const Call& call) {
            call.db.run(
                "INSERT INTO unit_classes (unit_id, year, state, score_milli, maximum_milli, pre_class, "
                "class_number, class_key, is_weak, "
                "weak_bits) VALUES (:cell, 2024, 'evaluated', 1000, 16000, 1, 1, 'not_completed', 1, 1), "
                "(:above, 2024, 'evaluated', 9000, 16000, 3, 3, 'good', 0, 0), (:cell, 2023, 'evaluated', "
                "9000, 16000, 4, 4, 'excellent', 0, 0)",
                {{"cell", running.world.na_lung}, {"above", running.world.khau_tinh}});
            call.announce("classification");
        });
        const auto total = running.figures.of(running.world.tuyen_quang);
        REQUIRE(total);
        CHECK(total->class_not_completed == 1);
        CHECK(total->class_good == 0);  // the mix is of cells
        CHECK(total->class_excellent == 0);
        CHECK(total->weak_units == 1);
    });
}

TEST_CASE("a dashboard is shown to who may read it, and today's page to everybody") {
    for_each_store([](Store& store) {
        Running running(store);
        RandomChanges changes(running.world, 5);
        World& world = running.world;
        changes.assign_task(world.na_lung);
        const Actor reader = world.person({"dashboard.read", "meetings.read"}, world.khau_tinh);
        const Actor stranger = world.person({}, world.khau_tinh);
        world.read(reader, [&](const Call& call) {
            const auto page = dashboard::unit_dashboard(call, {world.khau_tinh}, running.figures);
            CHECK(page.figures.tasks_open == 1);
            const auto below = dashboard::rows_below(call, {world.khau_tinh}, running.figures);
            CHECK(below.rows.size() == 2);
            CHECK(refuses([&] { dashboard::unit_dashboard(call, {world.city}, running.figures); },
                          Reason::forbidden, "platform.forbidden"));
            CHECK(refuses([&] { dashboard::rows_below(call, {world.city}, running.figures); },
                          Reason::forbidden, "platform.forbidden"));
            CHECK(refuses([&] { dashboard::unit_dashboard(call, {UnitId{5}}, running.figures); },
                          Reason::not_found, "platform.not_found"));
            const auto today = dashboard::today(call, running.figures);
            REQUIRE(today.figures);
            CHECK(today.unit_name == "Khau Tinh");
            // Neither cell has met this month yet.
            CHECK(std::count_if(today.needs.begin(), today.needs.end(), [](const auto& need) {
                      return need.kind == dashboard::NeedKind::unit_without_meeting;
                  }) == 2);
            CHECK(today.need_count == static_cast<std::int64_t>(today.needs.size()));
        });
        changes.hold_meeting(world.na_lung);
        world.read(reader, [&](const Call& call) {
            const auto today = dashboard::today(call, running.figures);
            CHECK(std::count_if(today.needs.begin(), today.needs.end(), [](const auto& need) {
                      return need.kind == dashboard::NeedKind::unit_without_meeting;
                  }) == 1);
        });
        world.read(stranger, [&](const Call& call) {
            const auto today = dashboard::today(call, running.figures);
            CHECK_FALSE(today.figures);
            CHECK(today.needs.empty());
            CHECK(refuses([&] { dashboard::unit_dashboard(call, {world.khau_tinh}, running.figures); },
                          Reason::forbidden, "platform.forbidden"));
        });
    });
}

TEST_CASE("today's page lists own tasks, late ones first") {
    for_each_store([](Store& store) {
        Running running(store);
        World& world = running.world;
        MemberId id;
        world.write([&](const Call& call) {
            members::AddMember request;
            request.unit_id = world.na_lung;
            request.code = "1";
            request.full_name = "Somebody";
            id = members::add(call, request).id;
            for (const int days : {5, -3, 1}) {
                tasks::AssignTask task;
                task.unit_id = world.na_lung;
                task.title = "due in " + std::to_string(days);
                task.owner_member_id = id;
                task.due_on = date_of(day_number(call.today) + days);
                tasks::assign(call, task);
            }
        });
        world.read(world.person({}, world.na_lung, id), [&](const Call& call) {
            const auto today = dashboard::today(call, running.figures);
            REQUIRE(today.needs.size() == 3);
            CHECK(today.needs[0].text == "due in -3");
            CHECK(today.needs[0].is_late);
            CHECK(today.needs[1].text == "due in 1");
            CHECK_FALSE(today.needs[1].is_late);
        });
        Router router;
        dashboard::add_routes(router, running.figures, {});
        CHECK(router.routes().size() == 3);
    });
}

TEST_CASE("much of one kind on today's page hides no other") {
    for_each_store([](Store& store) {
        Running running(store);
        World& world = running.world;
        MemberId id;
        world.write([&](const Call& call) {
            members::AddMember request;
            request.unit_id = world.na_lung;
            request.code = "1";
            request.full_name = "Somebody";
            id = members::add(call, request).id;
            for (int i = 0; i < 90; ++i) {
                tasks::AssignTask task;
                task.unit_id = world.na_lung;
                task.title = "task " + std::to_string(i);
                if (i < 45) task.owner_member_id = id;
                else {
                    task.owner_kind = tasks::OwnerKind::unit;
                    task.owner_unit_id = world.na_lung;
                }
                task.due_on = date_of(day_number(call.today) - (i < 45 ? 10 : 30));
                tasks::assign(call, task);
            }
        });
        world.read(world.person({"tasks.assign", "tasks.read"}, world.na_lung, id), [&](const Call& call) {
            const auto today = dashboard::today(call, running.figures);
            CHECK(today.need_count == 80);
            CHECK(std::ranges::count(today.needs, dashboard::NeedKind::task, &dashboard::Need::kind) == 15);
            CHECK(std::ranges::count(today.needs, dashboard::NeedKind::unit_task, &dashboard::Need::kind) ==
                  15);
        });
    });
}

TEST_CASE("today's page lists what a group was given, for whoever speaks for it") {
    for_each_store([](Store& store) {
        Running running(store);
        World& world = running.world;
        world.write([&](const Call& call) {
            tasks::AssignTask task;
            task.unit_id = world.cell_2;
            task.title = "Keep watch at night";
            task.owner_kind = tasks::OwnerKind::unit;
            task.owner_unit_id = world.self_management_group;
            task.due_on = call.today;
            tasks::assign(call, task);
        });
        const auto needs_of = [&](const Actor& actor) {
            std::vector<dashboard::Need> needs;
            world.read(actor,
                       [&](const Call& call) { needs = dashboard::today(call, running.figures).needs; });
            return needs;
        };
        const auto needs = needs_of(world.person({"tasks.report"}, world.self_management_group));
        REQUIRE(needs.size() == 1);
        CHECK(needs[0].kind == dashboard::NeedKind::unit_task);
        CHECK(needs[0].text == "Keep watch at night");
        CHECK(needs[0].unit_id == world.cell_2);
        CHECK(needs_of(world.person({"tasks.read"}, world.self_management_group)).empty());
        CHECK(needs_of(world.person({"tasks.report"}, world.front_board)).empty());
        CHECK(needs_of(world.person({"tasks.report"}, world.cell_2)).empty());
    });
}

}  // namespace gw::test
