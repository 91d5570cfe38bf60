// What a case waits for, whom Today tells it, and what is urged when nobody did it.
#include <algorithm>

#include "commune.h"

namespace gw::consolidation {
namespace {

using Owed = std::vector<std::pair<Owing, std::optional<Date>>>;

Owed owed_by(Commune& it, const Actor& actor) {
    Owed owed;
    it.world.read(actor, [&](const Call& call) {
        for (const Waiting& each : waiting_for(call)) owed.push_back({each.owing, each.due_on});
    });
    return owed;
}

struct Told {
    Telling telling = Telling::proposed;
    std::int64_t measures = 0;
    bool is_note_missing = false;
    bool operator==(const Told&) const = default;
};

std::vector<Told>& listen(Commune& it) {
    auto told = std::make_shared<std::vector<Told>>();
    it.setting.tell = [told](const Call&, const Case&, Telling telling, const Late& late) {
        told->push_back({telling, late.measures, late.is_note_missing});
    };
    return *told;
}

std::int64_t urged(Commune& it) {
    std::int64_t count = 0;
    it.world.write([&](const Call& call) { count = urge_late(call, it.setting); });
    return count;
}

}  // namespace

TEST_CASE(
    "a case waits for whoever decides, plans, carries out, notes and lets it leave, one after another") {
    test::for_each_store([](Store& store) {
        Commune it(store);
        const Actor above = test::add_account(
            it.world, "above", {"consolidation.read", "consolidation.decide", "consolidation.help"},
            it.world.na_hang);
        const ConsolidationId id = it.proposed();
        CHECK(owed_by(it, it.office) == Owed{{Owing::decision, {}}});
        CHECK(owed_by(it, above).empty());  // somebody nearer decides
        CHECK(owed_by(it, it.outsider).empty());
        CHECK(owed_by(it, it.secretary).empty());
        it.done(it.office, [&](const Call& call) {
            return decide(call, {id, true, "Cần giúp"}, it.setting);
        });
        CHECK(owed_by(it, it.office) == Owed{{Owing::plan, {}}});
        it.done(it.office, [&](const Call& call) { return plan(call, it.plan_of(id), it.setting); });
        CHECK(owed_by(it, it.office).empty());
        CHECK(owed_by(it, it.secretary).empty());  // the measure is more than two weeks ahead
        CHECK(owed_by(it, it.helper).empty());     // the month it came on the list needs no note
        it.world.go_to(day("2024-06-03"));
        CHECK(owed_by(it, it.secretary) == Owed{{Owing::measure, day("2024-06-05")}});
        CHECK(owed_by(it, it.helper) == Owed{{Owing::note, day("2024-06-30")}});
        it.done(it.helper, [&](const Call& call) { return note(call, {id, "Đã dự họp"}, it.setting); });
        CHECK(owed_by(it, it.helper).empty());
        const MeasureId measure_id = it.shown(it.office, id).measures.at(0).id;
        it.done(it.secretary, [&](const Call& call) {
            return report(call, {id, measure_id, "Đã họp"}, it.setting);
        });
        CHECK(owed_by(it, it.secretary).empty());
        it.accept_all(id);
        CHECK(owed_by(it, it.office) == Owed{{Owing::leaving, {}}});
        it.done(it.office, [&](const Call& call) { return leave(call, {id, "Đã vững"}, it.setting); });
        for (const Actor* actor : {&it.office, &it.secretary, &it.helper}) CHECK(owed_by(it, *actor).empty());
    });
}

TEST_CASE("where nobody near decides, a proposal waits for the next one above who does") {
    test::for_each_store([](Store& store) {
        Commune it(store);
        const Actor commune =
            it.world.person({"consolidation.read", "consolidation.propose"}, it.world.son_phu);
        const Actor above = test::add_account(
            it.world, "above", {"consolidation.read", "consolidation.decide"}, it.world.na_hang);
        it.done(commune, [&](const Call& call) {
            return propose(call, {{}, it.world.phia_trang, "Ba tháng không họp"}, it.setting);
        });
        CHECK(owed_by(it, above) == Owed{{Owing::decision, {}}});
        CHECK(owed_by(it, it.office).empty());
    });
}

TEST_CASE("each act is told once, and taking the same plan again names no helper anew") {
    test::for_each_store([](Store& store) {
        Commune it(store);
        const std::vector<Told>& told = listen(it);
        const ConsolidationId id = it.watched();
        it.done(it.office, [&](const Call& call) { return relapse(call, {id, "Lại yếu"}, it.setting); });
        PlanCase again = it.plan_of(id);
        again.version.reset();
        again.exit_conditions.clear();
        it.done(it.office, [&](const Call& call) { return plan(call, again, it.setting); });
        it.accept_all(id);
        it.done(it.office, [&](const Call& call) { return leave(call, {id, "Đã vững"}, it.setting); });
        it.world.go_to(day("2025-12-01"));
        it.settled();
        std::vector<Telling> acts;
        for (const Told& each : told) acts.push_back(each.telling);
        CHECK(acts == std::vector{Telling::proposed, Telling::put, Telling::helper_named, Telling::left,
                                  Telling::relapsed, Telling::left, Telling::closed});
    });
}

TEST_CASE("what is late is urged once in a month, in the history and to those it waits for") {
    test::for_each_store([](Store& store) {
        Commune it(store);
        const std::vector<Told>& told = listen(it);
        const ConsolidationId id = it.planned();
        CHECK(urged(it) == 0);
        it.world.go_to(day("2024-06-05"));  // the day of the measure, and May was no whole month on the list
        CHECK(urged(it) == 0);
        it.world.go_to(day("2024-07-01"));
        CHECK(urged(it) == 1);
        CHECK(told.back() == Told{Telling::late, 1, true});
        it.world.go_to(day("2024-07-02"));
        CHECK(urged(it) == 0);
        it.done(it.helper, [&](const Call& call) { return note(call, {id, "Đã dự họp"}, it.setting); });
        it.world.go_to(day("2024-08-01"));
        CHECK(urged(it) == 1);
        CHECK(told.back() == Told{Telling::late, 1, false});
        const CaseStory story = it.shown(it.office, id);
        CHECK(std::ranges::count(story.steps, Act::urge, &Step::act) == 2);
        for (const Step& step : story.steps) CHECK(step.by_name.empty() == (step.act == Act::urge));
        it.done(it.secretary, [&](const Call& call) {
            return report(call, {id, story.measures.at(0).id, "Đã họp"}, it.setting);
        });
        it.done(it.helper, [&](const Call& call) { return note(call, {id, "Khá hơn"}, it.setting); });
        it.world.go_to(day("2024-09-01"));
        CHECK(urged(it) == 0);
    });
}

}  // namespace gw::consolidation
