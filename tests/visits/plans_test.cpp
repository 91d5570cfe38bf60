#include "visits/plans.h"

#include <algorithm>
#include <set>

#include "accounts/people_for_test.h"
#include "support/people.h"
#include "visits/visits.h"

namespace gw::visits {
namespace {

using test::day;
using test::refuses;

const PlanSetting every_three_years{3};

// The province plans with two teams: one of its own people, one of a person from Na Lung.
struct Planning {
    explicit Planning(Store& store) : world(store, reach_by_orders) {
        office = world.person({"visits.order", "visits.read", "visits.record"}, world.tuyen_quang);
        of_province = world.add("tinh", world.tuyen_quang, "", {}).id;
        of_na_lung = world.add("na_lung", world.na_lung, "", {}).id;
    }
    PlanVisits request() const {
        PlanVisits asked;
        asked.unit_id = world.tuyen_quang;
        asked.from_on = day("2024-05-06");
        asked.until_on = day("2024-06-30");
        asked.count = 4;
        asked.seed = 4711;
        asked.teams = {{{of_province}, of_province, "1-QĐ", order_ids[0]},
                       {{of_na_lung}, of_na_lung, "2-QĐ", order_ids[1]}};
        return asked;
    }
    VisitPlan planned(const PlanVisits& asked) {
        VisitPlan plan;
        world.read(office, [&](const Call& call) { plan = plan_visits(call, asked, every_three_years); });
        return plan;
    }
    Orders ordered(const OrderPlannedVisits& asked) {
        Orders orders;
        world.write(office,
                    [&](const Call& call) { orders = order_planned_visits(call, asked, every_three_years); });
        return orders;
    }
    bool refused(const Actor& actor, const PlanVisits& asked, Reason reason, std::string_view key) {
        return refuses(
            [&] {
                world.read(actor, [&](const Call& call) { plan_visits(call, asked, every_three_years); });
            },
            reason, key);
    }
    bool refused(const OrderPlannedVisits& asked, Reason reason, std::string_view key) {
        return refuses([&] { ordered(asked); }, reason, key);
    }
    std::int64_t count_orders() {
        std::int64_t count = 0;
        world.read([&](const Call& call) { count = call.db.count("SELECT COUNT(*) FROM visit_orders"); });
        return count;
    }
    test::PeopleWorld world;
    Actor office;
    AccountId of_province, of_na_lung;
    VisitOrderId order_ids[2] = {VisitOrderId{9001}, VisitOrderId{9002}};
};

std::vector<UnitId> ids_of(const VisitPlan& plan) {
    std::vector<UnitId> ids;
    for (const PlannedUnit& unit : plan.units) ids.push_back(unit.unit_id);
    return ids;
}

// Cells below Khau Tinh that met in each month of the year; the first `visited_count` were visited in June
// and meet better by `points` from July on.
struct YearOfVisits {
    YearOfVisits(Store& store, int visited_count, int other_count, std::int64_t points) : world(store) {
        world.go_to(day("2024-12-16"));
        reader = world.person({"visits.read"}, world.khau_tinh);
        std::vector<organisation::UnitToAdd> units;
        std::vector<meetings::Meeting> held;
        std::vector<Visit> visits;
        for (int number = 0; number < visited_count + other_count; ++number) {
            const UnitId unit_id{world.ids.next(world.now)};
            const std::string code = "TEST" + std::to_string(number);
            units.push_back({unit_id, world.khau_tinh, code, code, "cell", day("2020-01-01")});
            unit_ids.push_back(unit_id);
            const bool is_visited = number < visited_count;
            for (unsigned month = 1; month <= 11; ++month) {
                meetings::Meeting meeting;
                meeting.id = MeetingId{world.ids.next(world.now)};
                meeting.unit_id = unit_id;
                meeting.state = meetings::State::held;
                meeting.meets_on = std::chrono::year{2024} / std::chrono::month{month} / 5;
                meeting.started_at = moment_of(meeting.meets_on, 19 * 60, world.zone_minutes);
                meeting.ended_at = moment_of(meeting.meets_on, 20 * 60, world.zone_minutes);
                meeting.score_class = "fair";
                meeting.score_milli =
                    1000 * (60 + number % 7 + (month * 5 + static_cast<unsigned>(number) * 3) % 4 +
                            (is_visited && month > 6 ? points : 0));
                meeting.maximum_milli = 100'000;
                held.push_back(meeting);
            }
            if (!is_visited) continue;
            Visit visit;
            visit.id = VisitId{world.ids.next(world.now)};
            visit.unit_id = unit_id;
            visit.visited_on = day("2024-06-12");
            visit.group_name = "Tổ công tác";
            visits.push_back(visit);
        }
        world.write([&](const Call& call) {
            organisation::add_units(call, units);
            meetings::add_meetings(call, held);
            add_visits(call, visits);
        });
    }
    void note(UnitId unit_id, findings::SourceKind source_kind, Date noted_on,
              std::optional<Date> closed_on) {
        findings::Finding finding;
        finding.id = FindingId{world.ids.next(world.now)};
        finding.unit_id = unit_id;
        finding.source_kind = source_kind;
        finding.source_id = findings::SourceId{world.ids.next(world.now)};
        finding.text = "Sổ ghi thiếu";
        finding.noted_on = noted_on;
        finding.due_on = noted_on;
        finding.closed_on = closed_on;
        if (closed_on) finding.state = findings::State::closed;
        world.write([&](const Call& call) { findings::add_findings(call, std::span(&finding, 1)); });
    }
    VisitEffect effect(const AskEffect& asked) {
        VisitEffect found;
        world.read(reader, [&](const Call& call) { found = effect_of_visits(call, asked); });
        return found;
    }
    test::World world;
    Actor reader;
    std::vector<UnitId> unit_ids;
};

}  // namespace

TEST_CASE("a plan is the same for the same seed, tells its reasons, and writes nothing") {
    test::for_each_store([](Store& store) {
        Planning office(store);
        const auto before = office.world.audit_count();
        const VisitPlan plan = office.planned(office.request());
        CHECK(plan.mark == office.planned(office.request()).mark);
        CHECK(ids_of(plan) == ids_of(office.planned(office.request())));
        REQUIRE(plan.units.size() == 4);
        CHECK(plan.every_years == 3);
        for (const PlannedUnit& unit : plan.units) {
            // Founded in 2020 and never visited.
            CHECK(unit.is_due);
            CHECK_FALSE(unit.visited_on);
            CHECK(unit.days_waited > 4 * 365);
            CHECK(unit.weakness_milli == unit.of_scores + unit.of_months + unit.of_findings + unit.of_advice);
            CHECK(unit.months == 12);
            CHECK(unit.months_met == 0);
            CHECK_FALSE(unit.parent_name.empty());
            CHECK(unit.urgency > 0);
        }
        CHECK(plan.due == plan.candidates);
        CHECK(plan.left_out_count == plan.candidates - 4);
        REQUIRE_FALSE(plan.left_out.empty());
        CHECK(plan.left_out[0].reason == LeftOutReason::due_without_room);

        // What if: more units, and one team alone.
        PlanVisits other = office.request();
        other.count = 5;
        other.teams.resize(1);
        const VisitPlan what_if = office.planned(other);
        CHECK(what_if.units.size() == 5);
        CHECK(what_if.teams.size() == 1);
        CHECK(what_if.mark != plan.mark);
        // Nobody chose the seed that a plan takes by itself.
        other.seed.reset();
        CHECK(office.planned(other).seed == 20240504);
        CHECK(office.world.audit_count() == before);
        CHECK(office.count_orders() == 0);
    });
}

TEST_CASE("teams share a plan evenly, and nobody visits the own unit") {
    test::for_each_store([](Store& store) {
        Planning office(store);
        PlanVisits asked = office.request();
        asked.count = 100;
        const VisitPlan plan = office.planned(asked);
        REQUIRE(plan.teams.size() == 2);
        CHECK(plan.teams[1].people[0].home_unit_name == "Nà Lung");
        const auto& own = plan.teams[1].unit_ids;
        CHECK(std::count(own.begin(), own.end(), office.world.na_lung) == 0);
        const auto first = plan.teams[0].unit_ids.size(), second = own.size();
        CHECK(first + second == plan.units.size());
        CHECK((first > second ? first - second : second - first) <= 1);
        for (const PlannedUnit& unit : plan.units) {
            REQUIRE(unit.team);
            const auto& ids = plan.teams[static_cast<std::size_t>(*unit.team)].unit_ids;
            CHECK(std::count(ids.begin(), ids.end(), unit.unit_id) == 1);
        }

        // With that team alone its own unit is left out, and says so.
        asked.teams.erase(asked.teams.begin());
        const VisitPlan alone = office.planned(asked);
        REQUIRE(alone.left_out.size() == 1);
        CHECK(alone.left_out[0].unit_id == office.world.na_lung);
        CHECK(alone.left_out[0].reason == LeftOutReason::no_team_may_go);
        CHECK(office.refused({asked, alone.mark, Purpose::survey, ""}, Reason::invalid,
                             "visits.unit_without_team"));
    });
}

TEST_CASE("a unit visited or established lately, or ordered already, is not due") {
    test::for_each_store([](Store& store) {
        Planning office(store);
        PlanVisits asked = office.request();
        asked.count = 100;
        const std::int64_t all = office.planned(asked).candidates;
        Visit visit;
        visit.id = VisitId{77};
        visit.unit_id = office.world.ban_lang;
        visit.visited_on = day("2024-04-17");
        office.world.write([&](const Call& call) { add_visits(call, std::span(&visit, 1)); });
        const VisitPlan plan = office.planned(asked);
        const auto unit = std::find_if(plan.units.begin(), plan.units.end(), [&](const PlannedUnit& each) {
            return each.unit_id == office.world.ban_lang;
        });
        REQUIRE(unit != plan.units.end());
        CHECK_FALSE(unit->is_due);
        CHECK(unit->visited_on == day("2024-04-17"));
        CHECK(plan.units.back().unit_id == office.world.ban_lang);
        CHECK(plan.due == all - 1);

        office.ordered({asked, plan.mark, Purpose::survey, ""});
        PlanVisits later = office.request();
        later.teams.clear();
        const VisitPlan rest = office.planned(later);
        CHECK(rest.ordered_already == all);
        CHECK(rest.candidates == 0);
        CHECK(rest.units.empty());
    });
}

TEST_CASE("ordering a plan sends out one order for each team, all or none, once") {
    test::for_each_store([](Store& store) {
        Planning office(store);
        const VisitPlan plan = office.planned(office.request());
        OrderPlannedVisits asked{office.request(), plan.mark, Purpose::survey, "Khảo sát"};

        OrderPlannedVisits without = asked;
        without.plan.teams[1].number_text.reset();
        CHECK(office.refused(without, Reason::invalid, "platform.required"));
        without.plan.teams.clear();
        CHECK(office.refused(without, Reason::invalid, "visits.name_a_team"));
        OrderPlannedVisits twins = asked;
        twins.plan.teams[1].number_text = "1-QĐ";
        CHECK(office.refused(twins, Reason::invalid, "visits.number_taken"));
        CHECK(office.count_orders() == 0);  // not even the first one

        const auto before = office.world.audit_count();
        const Orders orders = office.ordered(asked);
        REQUIRE(orders.orders.size() == 2);
        CHECK(office.world.audit_count() == before + 3);  // two orders and the draw
        std::set<UnitId> given;
        for (std::size_t team = 0; team < 2; ++team) {
            const OrderRecord& order = orders.orders[team];
            CHECK(order.order.plan_seed == 4711);
            CHECK(order.order.subject == "Khảo sát");
            CHECK(order.units.size() == plan.teams[team].unit_ids.size());
            for (const NamedOrderUnit& unit : order.units) CHECK(given.insert(unit.unit_id).second);
        }
        CHECK(given.size() == 4);

        // Sent again, as after a lost answer.
        CHECK(office.ordered(asked).orders.size() == 2);
        CHECK(office.count_orders() == 2);
        asked.plan.seed = 5;
        CHECK(office.refused(asked, Reason::conflict, "visits.id_taken"));
    });
}

TEST_CASE("a plan whose figures changed since it was shown is not ordered") {
    test::for_each_store([](Store& store) {
        Planning office(store);
        const VisitPlan plan = office.planned(office.request());
        findings::Finding finding;
        finding.id = FindingId{5};
        finding.unit_id = plan.units[2].unit_id;
        finding.text = "Sổ ghi thiếu";
        finding.noted_on = day("2024-05-02");
        finding.due_on = day("2024-06-02");
        office.world.write([&](const Call& call) { findings::add_findings(call, std::span(&finding, 1)); });
        CHECK(office.refused({office.request(), plan.mark, Purpose::survey, ""}, Reason::conflict,
                             "visits.plan_changed"));
        CHECK(office.count_orders() == 0);
        const VisitPlan again = office.planned(office.request());
        CHECK(std::any_of(again.units.begin(), again.units.end(), [&](const PlannedUnit& unit) {
            return unit.unit_id == finding.unit_id && unit.open_findings == 1 && unit.of_findings > 0;
        }));
        CHECK(office.ordered({office.request(), again.mark, Purpose::survey, ""}).orders.size() == 2);
    });
}

TEST_CASE("what cannot be planned is refused") {
    test::for_each_store([](Store& store) {
        Planning office(store);
        const auto with = [&](const std::function<void(PlanVisits&)>& change) {
            PlanVisits asked = office.request();
            change(asked);
            return asked;
        };
        const Actor reader = office.world.person({"visits.read"}, office.world.tuyen_quang);
        const Actor commune = office.world.person({"visits.order"}, office.world.khau_tinh);
        CHECK(office.refused(reader, office.request(), Reason::forbidden, "platform.forbidden"));
        CHECK(office.refused(commune, office.request(), Reason::forbidden, "platform.forbidden"));
        const auto invalid = [&](std::string_view key, const std::function<void(PlanVisits&)>& change) {
            return office.refused(office.office, with(change), Reason::invalid, key);
        };
        CHECK(invalid("visits.number_out_of_range", [](PlanVisits& asked) { asked.count = 0; }));
        CHECK(invalid("visits.number_out_of_range", [](PlanVisits& asked) { asked.count = 2001; }));
        CHECK(invalid("visits.number_out_of_range", [](PlanVisits& asked) { asked.every_years = 11; }));
        CHECK(invalid("visits.number_out_of_range", [](PlanVisits& asked) { asked.seed = 0; }));
        CHECK(invalid("visits.ends_before_it_begins",
                      [](PlanVisits& asked) { asked.until_on = day("2024-05-05"); }));
        CHECK(invalid("visits.order_is_past", [](PlanVisits& asked) {
            asked.from_on = day("2024-04-01");
            asked.until_on = day("2024-04-02");
        }));
        CHECK(
            invalid("visits.order_too_long", [](PlanVisits& asked) { asked.until_on = day("2025-05-07"); }));
        CHECK(invalid("visits.unit_elsewhere", [&](PlanVisits& asked) {
            asked.unit_id = office.world.khau_tinh;
            asked.within = office.world.son_phu;
        }));
        CHECK(invalid("visits.person_elsewhere",
                      [](PlanVisits& asked) { asked.teams[0].account_ids = {AccountId{1}}; }));
        CHECK(invalid("visits.person_twice",
                      [&](PlanVisits& asked) { asked.teams[1].account_ids = {office.of_province}; }));
        CHECK(invalid("visits.name_a_member", [](PlanVisits& asked) { asked.teams[0].account_ids.clear(); }));
        CHECK(invalid("visits.too_many_teams",
                      [](PlanVisits& asked) { asked.teams.resize(61, asked.teams[0]); }));
    });
}

TEST_CASE("the effect of visits is that of visited units beyond similar ones, with its interval") {
    test::for_each_store([](Store& store) {
        YearOfVisits year(store, 12, 60, 8);
        AskEffect asked;
        asked.unit_id = year.world.khau_tinh;
        const VisitEffect found = year.effect(asked);
        CHECK(found.visited == 12);
        CHECK(found.unvisited == 62);  // and Na Lung and Ban Lang, without meetings
        CHECK(found.months == 3);
        CHECK(found.score.is_known);
        CHECK(found.score.pairs == 12);
        CHECK(found.score.lowest_milli <= 8000);
        CHECK(found.score.highest_milli >= 8000);
        CHECK(found.score.lowest_milli > 6000);
        CHECK(found.score.highest_milli < 10'000);
        // Where nothing was open nothing changed.
        CHECK(found.open_count.mean_milli == 0);
    });
}

TEST_CASE("what a visit notes does not count against it; what is closed after it counts for it") {
    test::for_each_store([](Store& store) {
        YearOfVisits year(store, 12, 60, 0);
        for (std::size_t i = 0; i < year.unit_ids.size(); ++i) {
            const bool is_visited = i < 12;
            year.note(year.unit_ids[i], findings::SourceKind::inspection, day("2024-02-01"),
                      is_visited ? std::optional(day("2024-08-01")) : std::nullopt);
            if (is_visited) year.note(year.unit_ids[i], findings::SourceKind::visit, day("2024-06-12"), {});
        }
        AskEffect asked;
        asked.unit_id = year.world.khau_tinh;
        const VisitEffect found = year.effect(asked);
        CHECK(found.open_count.is_known);
        CHECK(found.open_count.mean_milli == -1000);
    });
}

TEST_CASE("too few visits, or too recent ones, tell nothing") {
    test::for_each_store([](Store& store) {
        YearOfVisits year(store, 7, 60, 8);
        AskEffect asked;
        asked.unit_id = year.world.khau_tinh;
        const VisitEffect few = year.effect(asked);
        CHECK_FALSE(few.score.is_known);
        CHECK(few.score.pairs == 7);
        CHECK(few.score.mean_milli == 0);

        asked.months = 6;
        const VisitEffect recent = year.effect(asked);
        CHECK(recent.too_recent == 7);
        CHECK(recent.score.pairs == 0);

        asked.months.reset();
        asked.until = day("2024-05-31");
        asked.from = day("2024-01-01");
        CHECK(year.effect(asked).visited == 0);

        const auto refused = [&](const AskEffect& wrong, Reason reason, std::string_view key) {
            return refuses([&] { year.effect(wrong); }, reason, key);
        };
        asked.from = day("2024-06-01");
        CHECK(refused(asked, Reason::invalid, "visits.ends_before_it_begins"));
        asked.from = day("2018-06-01");
        CHECK(refused(asked, Reason::invalid, "visits.stretch_too_long"));
        asked.from.reset();
        asked.months = 13;
        CHECK(refused(asked, Reason::invalid, "visits.number_out_of_range"));
        asked.months.reset();
        asked.unit_id = year.world.an_tuong;
        CHECK(refused(asked, Reason::forbidden, "platform.forbidden"));
    });
}

}  // namespace gw::visits
