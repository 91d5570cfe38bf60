// Plans by which units carry a directive out, how far they are, and urging the late ones.
#include "directives/directives_rules.h"
#include "directives/directives_table.h"
#include "directives/district.h"
#include "platform/router.h"
#include "platform/texts/texts.h"

namespace gw::directives {

using test::day;

namespace {

PlanDirective plan_for(const District& district, DirectiveId directive_id) {
    PlanDirective asked{directive_id, district.world.na_lung, {}};
    for (const char* title : {"Rà soát quần chúng ưu tú", "Cử một người đi học lớp cảm tình"}) {
        PlannedTask& task = asked.tasks.emplace_back();
        task.title = title;
        task.owner_member_id = district.people[asked.tasks.size()];
        task.due_on = day("2024-06-30");
    }
    return asked;
}

UnitStanding standing_in(District& district, DirectiveId directive_id, UnitId unit_id) {
    UnitStanding found;
    district.world.read(district.sender, [&](const Call& call) {
        for (const UnitStanding& unit : progress(call, {directive_id, {}, {}, {}}).units)
            if (unit.unit_id == unit_id) found = unit;
    });
    return found;
}

}  // namespace

TEST_CASE("a plan makes a directive concrete, and its tasks tell how far it is carried out") {
    test::for_each_store([](Store& store) {
        District district(store);
        test::World& world = district.world;
        const Directive sent = district.sent(district.request());
        const PlanDirective asked = plan_for(district, sent.id);
        world.write(district.secretary, [&](const Call& call) {
            const UnitStanding unit = plan(call, asked);
            CHECK(unit.standing == Standing::concrete);
            CHECK(unit.is_planned);
            CHECK(unit.plan.total == 2);
        });
        CHECK(district.on_agenda(world.na_lung) == 0);
        CHECK(district.on_agenda(world.ban_lang) == 1);

        Plan kept;
        world.read(district.secretary, [&](const Call& call) {
            kept = show_plan(call, {sent.id, world.na_lung});
            REQUIRE(kept.tasks.size() == 2);
            CHECK(kept.tasks[0].task.origin == tasks::Origin::directive);
            CHECK(kept.tasks[0].task.origin_id == tasks::OriginId{sent.id.number});
        });
        world.write(district.secretary, [&](const Call& call) {
            tasks::finish(call, {kept.tasks[0].task.id, "đã rà soát 9 người", false, {}});
        });
        const Setting setting{[&](const Call&, DirectiveId) {
                                  return std::vector<UnitWork>{{world.ban_lang, {1, 1}}};
                              },
                              {}};
        world.read(district.sender, [&](const Call& call) {
            const Progress far = progress(call, {sent.id, {}, {}, {}}, setting);
            CHECK(far.carried_out.total == 3);
            CHECK(far.carried_out.done == 2);
            const Texts texts(GROUNDWORK_SOURCE_DIR "/messages");
            const spreadsheets::Table made = table(call, {sent.id, {}, {}, {}}, setting, texts);
            CHECK(made.rows.size() == static_cast<std::size_t>(far.counts.reached));
            CHECK(table(call, {sent.id, Standing::concrete, {}, 1}, setting, texts).rows.size() == 1);
            const std::string csv = spreadsheets::csv_of(made);
            CHECK(csv.find("Nà Lung,Khau Tinh,Made concrete by a plan,2024-05-04,0,2,1,0,0,,") != csv.npos);
            CHECK(csv.find("Bản Lãng,Khau Tinh,Open,,0,0,0,1,1,,") != csv.npos);
        });
        world.read(district.outsider, [&](const Call& call) {
            const Texts texts(GROUNDWORK_SOURCE_DIR "/messages");
            CHECK(test::refuses(
                [&] {
                    table(call, {sent.id, {}, {}, {}}, setting, texts);
                },
                Reason::not_found, "platform.not_found"));
        });
        CHECK(standing_in(district, sent.id, world.na_lung).plan.done == 1);

        // More tasks come to the plan; the answer stays the one of the first day.
        world.go_to(day("2024-06-10"));
        world.write(district.secretary, [&](const Call& call) { plan(call, plan_for(district, sent.id)); });
        const UnitStanding later = standing_in(district, sent.id, world.na_lung);
        CHECK(later.plan.total == 4);
        CHECK(later.late_days == 0);
    });
}

TEST_CASE("a plan whose tasks were all dropped asks to be made again") {
    test::for_each_store([](Store& store) {
        District district(store);
        test::World& world = district.world;
        const Directive sent = district.sent(district.request());
        world.write(district.secretary, [&](const Call& call) {
            plan(call, plan_for(district, sent.id));
            for (const tasks::TaskLine& line : show_plan(call, {sent.id, world.na_lung}).tasks)
                tasks::drop(call, {line.task.id, "không còn cần"});
        });
        CHECK(district.on_agenda(world.na_lung) == 1);
        world.go_to(day("2024-06-03"));
        const UnitStanding late = standing_in(district, sent.id, world.na_lung);
        CHECK(late.standing == Standing::late);
        CHECK(late.late_days == 3);
        world.write(district.secretary, [&](const Call& call) {
            refuse(call, {sent.id, world.na_lung, "không có người"});
        });
        CHECK(standing_in(district, sent.id, world.na_lung).standing == Standing::refused);
        // A refusal gives way to a plan.
        world.write(district.secretary, [&](const Call& call) { plan(call, plan_for(district, sent.id)); });
        CHECK(standing_in(district, sent.id, world.na_lung).is_planned);
    });
}

TEST_CASE("planning is refused with its reasons") {
    test::for_each_store([](Store& store) {
        District district(store);
        test::World& world = district.world;
        const Directive sent = district.sent(district.request());
        const auto with = [&](const std::function<void(PlanDirective&)>& change) {
            PlanDirective asked = plan_for(district, sent.id);
            change(asked);
            return [asked](const Call& call) { plan(call, asked); };
        };
        const auto refused = [&](const Actor& actor, Reason reason, std::string_view key,
                                 const std::function<void(PlanDirective&)>& change) {
            return district.refused(actor, reason, key, with(change));
        };
        const auto as_it_is = [](PlanDirective&) {};
        CHECK(refused(district.sender, Reason::forbidden, "platform.forbidden", as_it_is));
        const Actor without_tasks = world.person({"directives.read", "directives.answer"}, world.na_lung);
        CHECK(refused(without_tasks, Reason::forbidden, "platform.forbidden", as_it_is));
        CHECK(refused(district.secretary, Reason::not_found, "platform.not_found",
                      [](PlanDirective& asked) { asked.directive_id = DirectiveId{3}; }));
        CHECK(refused(district.secretary, Reason::invalid, "platform.required",
                      [](PlanDirective& asked) { asked.tasks.clear(); }));
        CHECK(refused(district.secretary, Reason::invalid, "platform.required",
                      [](PlanDirective& asked) { asked.tasks[1].title = " "; }));
        CHECK(refused(district.secretary, Reason::invalid, "directives.too_many_tasks",
                      [](PlanDirective& asked) { asked.tasks.resize(51, asked.tasks[0]); }));
        SendDirective elsewhere = district.request();
        elsewhere.unit_ids = {world.ban_lang};
        const Directive other = district.sent(elsewhere);
        CHECK(refused(district.secretary, Reason::invalid, "directives.does_not_reach",
                      [&](PlanDirective& asked) { asked.directive_id = other.id; }));
        const Directive reminder = district.sent(district.request(Kind::reminder));
        CHECK(refused(district.secretary, Reason::invalid, "directives.reminder_is_discussed",
                      [&](PlanDirective& asked) { asked.directive_id = reminder.id; }));
        world.read(district.outsider, [&](const Call& call) {
            CHECK(test::refuses(
                [&] {
                    show_plan(call, {sent.id, world.na_lung});
                },
                Reason::not_found, "platform.not_found"));
        });
        world.read(without_tasks, [&](const Call& call) {
            CHECK(test::refuses(
                [&] {
                    show_plan(call, {sent.id, world.na_lung});
                },
                Reason::forbidden, "platform.forbidden"));
        });
        world.write(district.sender, [&](const Call& call) { end(call, {sent.id, "thôi"}); });
        CHECK(refused(district.secretary, Reason::conflict, "directives.not_in_force", as_it_is));
    });
}

TEST_CASE("late units are urged by one act, each at most once a week about a directive") {
    test::for_each_store([](Store& store) {
        District district(store);
        test::World& world = district.world;
        const Directive sent = district.sent(district.request());
        std::vector<DirectiveUrge> told;
        const Setting setting{{}, [&](const Call&, const Directive& directive, const DirectiveUrge& urge) {
                                  CHECK(directive.id == sent.id);
                                  told.push_back(urge);
                              }};
        const auto urging = [&](UrgeUnits asked) {
            return [&setting, asked](const Call& call) { urge(call, asked, setting); };
        };
        const UrgeUnits all{{}, sent.id, {}, {}};
        CHECK(district.refused(district.sender, Reason::conflict, "directives.nobody_late", urging(all)));
        world.write(district.secretary, [&](const Call& call) { plan(call, plan_for(district, sent.id)); });
        world.go_to(day("2024-06-10"));
        CHECK(district.refused(district.secretary, Reason::forbidden, "platform.forbidden", urging(all)));
        CHECK(district.refused(district.sender, Reason::invalid, "directives.not_late",
                               urging({{}, sent.id, {world.na_lung}, {}})));
        CHECK(district.refused(district.sender, Reason::invalid, "checks.too_long",
                               urging({{}, sent.id, {}, std::string(501, 'x')})));
        CHECK(district.refused(district.sender, Reason::not_found, "platform.not_found",
                               urging({{}, DirectiveId{3}, {}, {}})));
        CHECK(told.empty());

        const UrgeUnits one{
            DirectiveUrgeId{world.ids.next(world.now)}, sent.id, {world.ban_lang}, "  xin khẩn trương "};
        const auto audit = world.audit_count();
        world.write(district.sender, [&](const Call& call) {
            const Urging urged = urge(call, one, setting);
            REQUIRE(urged.reached.size() == 1);
            CHECK(urged.reached[0].late_days == 10);
        });
        CHECK(world.audit_count() == audit + 1);
        REQUIRE(told.size() == 1);
        CHECK(told[0].unit_id == world.ban_lang);
        CHECK(told[0].note == "xin khẩn trương");
        // Sent twice it is one act.
        world.write(district.sender, urging(one));
        CHECK(told.size() == 1);
        const Actor colleague = world.person({"directives.send", "directives.read"}, world.na_hang);
        CHECK(district.refused(colleague, Reason::conflict, "directives.id_taken", urging(one)));

        world.go_to(day("2024-06-12"));
        world.read(district.sender, [&](const Call& call) {
            const Progress seen = progress(call, {sent.id, {}, {}, {}}, setting);
            CHECK(seen.may_urge == 1);
            CHECK(seen.urged_late == 1);
        });
        world.read(district.secretary, [&](const Call& call) {
            CHECK(progress(call, {sent.id, {}, {}, {}}, setting).may_urge == 0);
        });
        world.write(district.sender, [&](const Call& call) {
            const Urging urged = urge(call, all, setting);
            REQUIRE(urged.reached.size() == 1);
            CHECK(urged.reached[0].unit_id == world.phia_trang);
            REQUIRE(urged.left_out.size() == 1);
            CHECK(urged.left_out[0].possible_on == day("2024-06-17"));
        });
        CHECK(district.refused(district.sender, Reason::conflict, "directives.urged_this_week", urging(all)));
        world.go_to(day("2024-06-17"));
        world.write(district.sender, [&](const Call& call) {
            const Urging urged = urge(call, all, setting);
            REQUIRE(urged.reached.size() == 1);
            CHECK(urged.reached[0].unit_id == world.ban_lang);
        });
        CHECK(told.size() == 3);
        CHECK(standing_in(district, sent.id, world.ban_lang).urged_on == day("2024-06-17"));
        world.write(district.sender, [&](const Call& call) { end(call, {sent.id, "thôi"}); });
        CHECK(district.refused(district.sender, Reason::conflict, "directives.not_in_force", urging(all)));
    });
}

TEST_CASE("a unit may be urged again on the seventh day") {
    CHECK_FALSE(next_urge_on(std::nullopt, day("2024-06-10")));
    CHECK(next_urge_on(day("2024-06-10"), day("2024-06-10")) == day("2024-06-17"));
    CHECK(next_urge_on(day("2024-06-10"), day("2024-06-16")) == day("2024-06-17"));
    CHECK_FALSE(next_urge_on(day("2024-06-10"), day("2024-06-17")));
}

}  // namespace gw::directives
