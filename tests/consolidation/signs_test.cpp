// What makes a unit weak by its records, each sign with its figure, and the figures of the exit test.
#include <algorithm>

#include "commune.h"
#include "meetings/meetings.h"
#include "visits/visits.h"

namespace gw::consolidation {
namespace {

std::vector<Sign> signs_of(Commune& it, UnitId unit_id, SignKind kind) {
    std::vector<Sign> found;
    for (const WeakUnit& unit : it.listed(it.office).units)
        if (unit.unit_id == unit_id)
            for (const Sign& sign : unit.signs)
                if (sign.kind == kind) found.push_back(sign);
    return found;
}

bool has_figure(Commune& it, UnitId unit_id, SignKind kind, std::int64_t figure) {
    const std::vector<Sign> signs = signs_of(it, unit_id, kind);
    return signs.size() == 1 && signs[0].figure == figure;
}

void keep_meeting(Commune& it, Date day, std::int64_t points) {
    meetings::Meeting meeting;
    meeting.id = MeetingId{it.world.ids.next(it.world.now)};
    meeting.unit_id = it.world.na_lung;
    meeting.state = meetings::State::held;
    meeting.meets_on = day;
    meeting.started_at = moment_of(day, 19 * 60, it.world.zone_minutes);
    meeting.ended_at = moment_of(day, 20 * 60, it.world.zone_minutes);
    meeting.score_class = "fair";
    meeting.score_milli = points * 1000;
    meeting.maximum_milli = 100'000;
    it.world.write([&](const Call& call) { meetings::add_meetings(call, std::span(&meeting, 1)); });
}

findings::FindingToNote fault(findings::Gravity gravity, Date due_on) {
    findings::FindingToNote fault;
    fault.gravity = gravity;
    fault.text = "Ba tháng không họp";
    fault.remedy = "Họp lại";
    fault.due_on = due_on;
    return fault;
}

std::vector<findings::Finding> visit(Commune& it, Date day, std::optional<std::int64_t> score,
                                     std::vector<findings::FindingToNote> notes = {}) {
    std::vector<findings::Finding> noted;
    it.world.write([&](const Call& call) {
        visits::RecordVisit record;
        record.unit_id = it.world.na_lung;
        record.visited_on = day;
        record.group_name = "Tổ công tác số 2";
        record.score = score;
        record.findings = std::move(notes);
        noted = visits::record(call, record).findings;
    });
    return noted;
}

}  // namespace

TEST_CASE("the class of the last review and its reasons are signs, with the rulebook they come from") {
    test::for_each_store([](Store& store) {
        Commune it(store);
        const UnitId unit_id = it.world.na_lung;
        const auto judge = [&](std::int64_t year, const char* class_key, bool is_weak, std::int64_t bits) {
            it.world.write([&](const Call& call) {
                call.db.run(
                    "INSERT INTO unit_classes (unit_id, year, state, score_milli, maximum_milli, pre_class, "
                    "class_number, class_key, is_weak, weak_bits) VALUES (:unit, :year, 'evaluated', 1000, "
                    "16000, 1, 1, :class, :is_weak, :bits)",
                    {{"unit", unit_id},
                     {"year", year},
                     {"class", std::string(class_key)},
                     {"is_weak", is_weak},
                     {"bits", bits}});
            });
        };
        CHECK(signs_of(it, unit_id, SignKind::class_not_completed).empty());
        judge(2023, "not_completed", true, 1 + 4);
        CHECK(has_figure(it, unit_id, SignKind::class_not_completed, 2023));
        const std::vector<Sign> reasons = signs_of(it, unit_id, SignKind::rulebook_reason);
        REQUIRE(reasons.size() == 1);  // the other one is the class itself
        CHECK_FALSE(reasons[0].name.empty());
        CHECK(reasons[0].source.starts_with("vn.classification"));
        // A review of this year says it anew.
        judge(2024, "completed", false, 0);
        CHECK(signs_of(it, unit_id, SignKind::class_not_completed).empty());
        CHECK(signs_of(it, unit_id, SignKind::rulebook_reason).empty());
    });
}

TEST_CASE("poor meetings and poor visits are signs below the points from which they are told") {
    test::for_each_store([](Store& store) {
        Commune it(store);
        const UnitId unit_id = it.world.na_lung;
        keep_meeting(it, day("2024-02-05"), 60);
        visit(it, day("2024-02-06"), 60);
        CHECK(signs_of(it, unit_id, SignKind::meeting_score).empty());
        CHECK(signs_of(it, unit_id, SignKind::visit_score).empty());
        keep_meeting(it, day("2024-03-05"), 50);
        visit(it, day("2024-03-06"), 42);
        CHECK(has_figure(it, unit_id, SignKind::meeting_score, 55));
        CHECK(has_figure(it, unit_id, SignKind::visit_score, 42));
        CHECK(signs_of(it, unit_id, SignKind::meetings_missed).empty());  // two of four months
        // A better visit later is the one that counts, and after a year none does.
        visit(it, day("2024-04-06"), 75);
        CHECK(signs_of(it, unit_id, SignKind::visit_score).empty());
        it.world.go_to(day("2025-06-01"));
        CHECK(signs_of(it, unit_id, SignKind::meeting_score).empty());
    });
}

TEST_CASE("findings that are late, serious or come back are signs, until they are closed") {
    test::for_each_store([](Store& store) {
        Commune it(store);
        const UnitId unit_id = it.world.na_lung;
        const auto noted = visit(it, day("2024-04-01"), {},
                                 {fault(findings::Gravity::minor, day("2024-05-04")),
                                  fault(findings::Gravity::serious, day("2024-06-04"))});
        REQUIRE(noted.size() == 2);
        CHECK(signs_of(it, unit_id, SignKind::findings_late).empty());
        CHECK(has_figure(it, unit_id, SignKind::findings_serious, 1));
        CHECK(signs_of(it, unit_id, SignKind::findings_came_back).empty());
        it.world.go_to(day("2024-05-05"));
        CHECK(has_figure(it, unit_id, SignKind::findings_late, 1));
        const findings::Setting at_once{.days_until_check = 0};
        it.world.write([&](const Call& call) {
            for (const findings::Finding& finding : noted) {
                findings::report_remedied(call, {finding.id, "Đã họp", {}});
                findings::close(call, {finding.id, "Đã xem"}, at_once);
            }
        });
        CHECK(signs_of(it, unit_id, SignKind::findings_late).empty());
        CHECK(signs_of(it, unit_id, SignKind::findings_serious).empty());
        it.world.write([&](const Call& call) {
            findings::reopen(call, {noted[1].id, "Lại không họp", day("2024-07-01")});
        });
        CHECK(has_figure(it, unit_id, SignKind::findings_came_back, 1));
        CHECK(has_figure(it, unit_id, SignKind::findings_serious, 1));
    });
}

TEST_CASE("the exit test counts meetings, points and serious findings since the unit came on the list") {
    test::for_each_store([](Store& store) {
        Commune it(store);
        keep_meeting(it, day("2024-04-05"), 20);  // before it came on the list
        const ConsolidationId id = it.entered();
        PlanCase asked = it.plan_of(id);
        asked.exit_conditions = {{ExitKind::meeting_score, 70, 3, ""},
                                 {ExitKind::meetings_held, 2, 3, ""},
                                 {ExitKind::no_serious_findings, 0, 0, ""}};
        it.done(it.office, [&](const Call& call) { return plan(call, asked, it.setting); });
        const auto figures = [&] {
            std::vector<std::pair<std::optional<std::int64_t>, std::optional<bool>>> found;
            for (const ExitLine& line : it.shown(it.office, id).exit_conditions)
                found.emplace_back(line.figure, line.is_met);
            return found;
        };
        using Figures = decltype(figures());
        CHECK(figures() == Figures{{std::nullopt, false}, {0, false}, {0, true}});
        it.world.go_to(day("2024-07-10"));
        keep_meeting(it, day("2024-06-05"), 68);
        keep_meeting(it, day("2024-07-05"), 76);
        visit(it, day("2024-07-06"), {}, {fault(findings::Gravity::serious, day("2024-08-01"))});
        CHECK(figures() == Figures{{72, true}, {2, true}, {1, false}});
    });
}

}  // namespace gw::consolidation
