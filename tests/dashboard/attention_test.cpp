#include "dashboard/attention.h"

#include "consolidation/consolidation.h"
#include "obstacles/obstacles.h"
#include "platform/db/bulk_rows.h"
#include "support/store_for_test.h"
#include "support/world.h"
#include "tasks/tasks.h"
#include "visits/visits.h"

namespace gw::test {

using dashboard::Attention, dashboard::AttentionKind, dashboard::AttentionLine;

namespace {

// An organisation on 4 May 2024, whose figures are counted on demand.
struct Organisation {
    explicit Organisation(Store& store) : world(store) { world.go_to(Date{std::chrono::year(2024) / 5 / 4}); }

    Date day(int days_from_today) const {
        return date_of(day_number(day_of(world.now, world.zone_minutes)) + days_from_today);
    }
    void assign_task(UnitId cell, int due_in) {
        tasks::AssignTask request;
        request.unit_id = cell;
        request.title = "Task";
        request.owner_kind = tasks::OwnerKind::unit;
        request.owner_unit_id = cell;
        request.due_on = day(due_in);
        world.write([&](const Call& call) { tasks::assign(call, request); });
    }
    void visit(UnitId cell, int days_from_today, std::vector<int> check_in = {}) {
        visits::RecordVisit request;
        request.unit_id = cell;
        request.visited_on = day(days_from_today);
        request.group_name = "Group";
        for (const int days : check_in) request.advice_items.push_back({{}, "Advice", "Change", day(days)});
        world.write([&](const Call& call) { visits::record(call, request); });
    }
    Attention attention_of(const Actor& actor, UnitId unit_id) {
        Attention found;
        world.read([&](const Call& call) { figures.bring_up_to_date(call.db, world.tree(), call.today); });
        world.read(actor, [&](const Call& call) { found = dashboard::attention(call, {unit_id}, figures); });
        return found;
    }

    World world;
    dashboard::Figures figures;
};

AttentionLine line_of(const Attention& page, AttentionKind kind) {
    for (const AttentionLine& line : page.lines)
        if (line.kind == kind) return line;
    FAIL("the kind is missing");
    return {};
}

}  // namespace

TEST_CASE("what is late stands by its age, and the ages add up") {
    for_each_store([](Store& store) {
        Organisation organisation(store);
        World& world = organisation.world;
        for (const int due_in : {3, 0, -1, -7, -8, -30, -31, -90})
            organisation.assign_task(world.na_lung, due_in);
        organisation.assign_task(world.cell_1, -2);
        organisation.visit(world.na_lung, -40, {20, -5, -35});

        const Actor leader = world.person({"dashboard.read"}, world.tuyen_quang);
        const AttentionLine tasks =
            line_of(organisation.attention_of(leader, world.tuyen_quang), AttentionKind::late_task);
        CHECK(tasks.count == 7);
        CHECK(tasks.in_time == 0);
        CHECK(tasks.late_week == 3);
        CHECK(tasks.late_month == 2);
        CHECK(tasks.late_longer == 2);
        CHECK_FALSE(tasks.of_cells);
        // A commune sees what is below it.
        const Attention khau_tinh = organisation.attention_of(leader, world.khau_tinh);
        CHECK(khau_tinh.name == "Khau Tinh");
        CHECK(line_of(khau_tinh, AttentionKind::late_task).late_week == 2);
        const AttentionLine advice = line_of(khau_tinh, AttentionKind::advice);
        CHECK(advice.count == 3);
        CHECK(advice.in_time == 1);
        CHECK(advice.late_week == 1);
        CHECK(advice.late_month == 0);
        CHECK(advice.late_longer == 1);
    });
}

TEST_CASE("obstacles are counted for the body that owes the answer, and wait on its page") {
    for_each_store([](Store& store) {
        Organisation organisation(store);
        World& world = organisation.world;
        obstacles::RaiseObstacle raised;
        raised.unit_id = world.na_lung;
        raised.text = "No electricity in the meeting house";
        raised.asked = "A line to the house";
        world.write([&](const Call& call) { obstacles::raise(call, raised, {.answer_days = 10}); });
        const Actor office =
            world.person({"dashboard.read", "obstacles.read", "obstacles.answer"}, world.khau_tinh);
        CHECK(line_of(organisation.attention_of(office, world.khau_tinh), AttentionKind::obstacle).in_time ==
              1);
        CHECK(line_of(organisation.attention_of(world.program, world.tuyen_quang), AttentionKind::obstacle)
                  .count == 0);
        const auto needs_of = [&](const Actor& actor) {
            std::vector<dashboard::NeedKind> kinds;
            world.read(actor, [&](const Call& call) {
                for (const auto& need : dashboard::today(call, organisation.figures).needs)
                    kinds.push_back(need.kind);
            });
            return std::ranges::count(kinds, dashboard::NeedKind::obstacle_to_answer);
        };
        CHECK(needs_of(office) == 1);
        CHECK(needs_of(world.person({"dashboard.read", "obstacles.read"}, world.khau_tinh)) == 0);
        world.go_to(Date{std::chrono::year(2024) / 5 / 24});
        const AttentionLine late =
            line_of(organisation.attention_of(office, world.khau_tinh), AttentionKind::obstacle);
        CHECK(late.count == 1);
        CHECK(late.in_time == 0);
        CHECK(late.late_month == 1);
    });
}

TEST_CASE("cells that nobody visited for two years are listed, those never visited first") {
    for_each_store([](Store& store) {
        Organisation organisation(store);
        World& world = organisation.world;
        organisation.visit(world.na_lung, -800);
        organisation.visit(world.na_lung, -900);
        organisation.visit(world.ban_lang, -10);
        organisation.visit(world.khau_tinh, -10);  // a commune is no cell
        const Actor leader = world.person({"dashboard.read"}, world.tuyen_quang);
        const AttentionLine unvisited =
            line_of(organisation.attention_of(leader, world.tuyen_quang), AttentionKind::cell_unvisited);
        CHECK(unvisited.count == 4);
        CHECK(unvisited.of_cells == 5);
        CHECK_FALSE(unvisited.late_week);
        world.read(leader, [&](const Call& call) {
            const auto all = dashboard::list_unvisited(call, {world.tuyen_quang, {}, {}});
            REQUIRE(all.cells.size() == 4);
            CHECK(all.count == 4);
            CHECK_FALSE(all.cells[0].visited_on);
            CHECK_FALSE(all.cells[0].days);
            CHECK(all.cells[3].unit_id == world.na_lung);
            CHECK(all.cells[3].visited_on == organisation.day(-800));
            CHECK(all.cells[3].days == 800);
            CHECK(all.cells[3].parent_name == "Khau Tinh");
            const auto page = dashboard::list_unvisited(call, {world.tuyen_quang, 1, 2});
            REQUIRE(page.cells.size() == 2);
            CHECK(page.cells[0].unit_id == all.cells[1].unit_id);
            CHECK(page.next_offset == 3);
            CHECK(dashboard::list_unvisited(call, {world.khau_tinh, {}, {}}).count == 1);
        });
        // On the day two years later the visit still counts, the day after no more.
        world.go_to(Date{std::chrono::year(2026) / 4 / 24});
        CHECK(line_of(organisation.attention_of(leader, world.khau_tinh), AttentionKind::cell_unvisited)
                  .count == 1);
        world.go_to(Date{std::chrono::year(2026) / 4 / 25});
        CHECK(line_of(organisation.attention_of(leader, world.khau_tinh), AttentionKind::cell_unvisited)
                  .count == 2);
    });
}

TEST_CASE(
    "what was found waits for its unit on Today, and for whoever looks at the remedy once its days are "
    "over") {
    for_each_store([](Store& store) {
        Organisation organisation(store);
        World& world = organisation.world;
        visits::RecordVisit visit;
        visit.unit_id = world.na_lung;
        visit.visited_on = organisation.day(-3);
        visit.group_name = "Group";
        visit.findings.push_back({{}, findings::Gravity::minor, "No plan", "Make one", organisation.day(10)});
        FindingId finding;
        world.write([&](const Call& call) { finding = visits::record(call, visit).findings.front().id; });
        const Actor secretary = world.person({"findings.read", "findings.report"}, world.na_lung);
        const Actor office = world.person({"findings.read", "findings.check"}, world.khau_tinh);
        const auto kinds_for = [&](const Actor& actor) {
            std::vector<dashboard::NeedKind> kinds;
            world.read(actor, [&](const Call& call) {
                for (const auto& need :
                     dashboard::today(call, organisation.figures, {.days_until_check = 5}).needs)
                    kinds.push_back(need.kind);
            });
            return kinds;
        };
        CHECK(kinds_for(secretary) == std::vector{dashboard::NeedKind::finding_to_remedy});
        CHECK(kinds_for(office).empty());
        const Actor leader = world.person({"dashboard.read"}, world.tuyen_quang);
        const auto open_findings = [&] {
            return line_of(organisation.attention_of(leader, world.tuyen_quang), AttentionKind::finding)
                .count;
        };
        CHECK(open_findings() == 1);
        world.write(secretary, [&](const Call& call) {
            findings::report_remedied(call, {finding, "There is one", {}});
        });
        CHECK(kinds_for(secretary).empty());
        CHECK(kinds_for(office).empty());
        organisation.figures.mark_stale({world.na_lung});
        CHECK(open_findings() == 0);  // nobody owes a remedy any more
        world.go_to(Date{std::chrono::year(2024) / 5 / 9});
        CHECK(kinds_for(office) == std::vector{dashboard::NeedKind::finding_to_close});
    });
}

TEST_CASE("the list of weak units stands with its movement of the year, counted anew where it moved") {
    static const rulebooks::Library library =
        rulebooks::Library::read_folder(std::string(GROUNDWORK_SOURCE_DIR) + "/rulebooks/vn/classification");
    for_each_store([](Store& store) {
        Organisation organisation(store);
        World& world = organisation.world;
        const consolidation::Setting setting{library};
        const Actor leader = world.person({"dashboard.read"}, world.tuyen_quang);
        const auto movement_in = [&](UnitId unit_id) {
            const Attention page = organisation.attention_of(leader, unit_id);
            CHECK(line_of(page, AttentionKind::weak_unit).count == page.weak.on_list);
            return page.weak;
        };
        const auto propose = [&](UnitId unit_id) {
            ConsolidationId id;
            world.write([&](const Call& call) {
                id = consolidation::propose(call, {{}, unit_id, "Few members"}, setting).about.id;
            });
            return id;
        };
        const auto enter = [&](UnitId unit_id) {
            const ConsolidationId id = propose(unit_id);
            world.write([&](const Call& call) { consolidation::decide(call, {id, true, "Yes"}, setting); });
            return id;
        };
        propose(world.na_lung);
        enter(world.ban_lang);
        const ConsolidationId left = enter(world.cell_1);
        world.write([&](const Call& call) {
            consolidation::PlanCase plan;
            plan.case_id = left;
            plan.cause_keys = {"few_members"};
            plan.exit_conditions = {{consolidation::ExitKind::own, 0, 0, "New members"}};
            const auto planned = consolidation::plan(call, plan, setting);
            consolidation::accept(call, {left, planned.exit_conditions.front().item.id, "Seen"}, setting);
            consolidation::leave(call, {left, "Strong again"}, setting);
        });
        const dashboard::WeakMovement all = movement_in(world.tuyen_quang);
        CHECK(all.proposed == 1);
        CHECK(all.on_list == 1);
        CHECK(all.watched == 1);
        CHECK(all.entered == 2);
        CHECK(all.left == 1);
        CHECK(all.relapsed == 0);
        const dashboard::WeakMovement khau_tinh = movement_in(world.khau_tinh);
        CHECK(khau_tinh.on_list == 1);
        CHECK(khau_tinh.watched == 0);
        world.write([&](const Call& call) { consolidation::relapse(call, {left, "Weak again"}, setting); });
        organisation.figures.mark_stale({world.cell_1});
        CHECK(movement_in(world.tuyen_quang).relapsed == 1);
        CHECK(movement_in(world.tuyen_quang).on_list == 2);
        // Movement is of the year; what is on the list stays.
        world.go_to(Date{std::chrono::year(2025) / 1 / 2});
        CHECK(movement_in(world.tuyen_quang).entered == 0);
        CHECK(movement_in(world.tuyen_quang).on_list == 2);
    });
}

TEST_CASE("two years before the 29th of February is the 28th") {
    CHECK(dashboard::unvisited_before(Date{std::chrono::year(2028) / 2 / 29}) ==
          Date{std::chrono::year(2026) / 2 / 28});
}

TEST_CASE("attention and its lists are refused to who may not read the dashboard") {
    for_each_store([](Store& store) {
        Organisation organisation(store);
        World& world = organisation.world;
        organisation.attention_of(world.program, world.tuyen_quang);
        world.read(world.person({"dashboard.read"}, world.khau_tinh), [&](const Call& call) {
            CHECK(refuses([&] { dashboard::attention(call, {world.tuyen_quang}, organisation.figures); },
                          Reason::forbidden, "platform.forbidden"));
            CHECK(refuses([&] { dashboard::attention(call, {UnitId{5}}, organisation.figures); },
                          Reason::not_found, "platform.not_found"));
            CHECK(refuses(
                [&] {
                    dashboard::list_unvisited(call, {world.city, {}, {}});
                },
                Reason::forbidden, "platform.forbidden"));
            CHECK(refuses(
                [&] {
                    dashboard::list_unvisited(call, {UnitId{5}, {}, {}});
                },
                Reason::not_found, "platform.not_found"));
            CHECK(refuses(
                [&] {
                    dashboard::list_unvisited(call, {world.khau_tinh, {}, 500});
                },
                Reason::invalid, "checks.limit_out_of_range"));
        });
    });
}

}  // namespace gw::test
