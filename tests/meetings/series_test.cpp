#include "meetings/planning_desk.h"

namespace gw::meetings {
namespace {

using Desk = PlanningDesk;
using test::day;

// The series that goes on after another.
SeriesId series_following(Desk& desk, SeriesId series_id) {
    SeriesId found{};
    desk.world.read(desk.secretary, [&](const Call& call) {
        for (const Series& each : list_series(call, {desk.world.na_lung}, desk.setting).series)
            if (each.follows_id == series_id) found = each.id;
    });
    return found;
}

}  // namespace

TEST_CASE("a series gives its day in each month, the last one in months too short for it") {
    Series series;
    series.subject = "Sinh hoạt";
    series.starts_on = day("2024-01-01");
    const auto due = [&](int year, unsigned month) {
        const auto found = due_day(series, std::chrono::year{year} / std::chrono::month{month});
        return found ? to_text(*found) : std::string();
    };
    series.day_of_month = 31;
    CHECK(due(2024, 1) == "2024-01-31");
    CHECK(due(2024, 2) == "2024-02-29");
    CHECK(due(2025, 2) == "2025-02-28");
    CHECK(due(2024, 4) == "2024-04-30");
    CHECK(due(2023, 12) == "");
    series.every_months = 3;
    CHECK(due(2024, 4) == "2024-04-30");
    CHECK(due(2024, 5) == "");
    series.every_months = 1;
    series.day_of_month.reset();
    series.week = 1;
    series.weekday = 6;
    CHECK(due(2024, 6) == "2024-06-01");
    CHECK(due(2024, 7) == "2024-07-06");
    series.week = last_week;
    series.weekday = 7;
    CHECK(due(2024, 6) == "2024-06-30");
    series.ends_on = day("2024-06-29");
    CHECK(due(2024, 6) == "");
}

TEST_CASE("a series plans real meetings ahead, and asked twice nothing twice") {
    test::for_each_store([](Store& store) {
        Desk desk(store);
        using Days = std::vector<std::string>;
        StartSeries request = desk.fourth_of_each_month();
        request.id = SeriesId{desk.world.ids.next(desk.world.now)};
        const SeriesPlan plan = desk.started(request);
        REQUIRE(plan.meetings.size() == 3);
        CHECK(plan.meetings[0].subject == "Sinh hoạt thường kỳ 6/2024");
        CHECK(plan.meetings[0].planned_for == moment_of(day("2024-06-04"), 19 * 60 + 30, 420));
        CHECK(desk.days_planned(desk.world.na_lung) == Days{"2024-06-04", "2024-07-04", "2024-08-04"});
        CHECK(desk.started(request).meetings.empty());
        desk.world.write([&](const Call& call) { CHECK(plan_all_series(call, desk.setting) == 0); });
        CHECK(desk.shown(plan.meetings[0].id).series_id == plan.series.id);
        // A cancelled one is not planned anew, and each day that passes brings the next ones nearer.
        desk.world.write(desk.secretary, [&](const Call& call) {
            cancel(call, {plan.meetings[0].id, "Mưa lũ"}, desk.setting);
        });
        desk.world.go_to(day("2024-06-04"));
        desk.world.write([&](const Call& call) {
            CHECK(plan_all_series(call, desk.setting) == 1);
            CHECK(plan_all_series(call, desk.setting) == 0);
        });
        CHECK(desk.days_planned(desk.world.na_lung) == Days{"2024-07-04", "2024-08-04", "2024-09-04"});
        desk.world.write(desk.secretary, [&](const Call& call) {
            CHECK(plan_series(call, {plan.series.id, day("2024-12-31")}, desk.setting).meetings.size() == 3);
            CHECK(list_series(call, {desk.world.na_lung}, desk.setting).series.size() == 1);
        });
        CHECK(desk.refused(desk.secretary, Reason::invalid, "meetings.too_far_ahead", [&](const Call& call) {
            plan_series(call, {plan.series.id, day("2025-06-05")}, desk.setting);
        }));
    });
}

TEST_CASE(
    "a month that has its meeting already is left alone by a series, and a rare one plans at least one") {
    test::for_each_store([](Store& store) {
        Desk desk(store);
        using Days = std::vector<std::string>;
        desk.planned("2024-07-10");
        desk.started(desk.fourth_of_each_month());
        CHECK(desk.days_planned(desk.world.na_lung) == Days{"2024-06-04", "2024-07-10", "2024-08-04"});
        StartSeries rare = desk.fourth_of_each_month();
        rare.kind = Kind::thematic;
        rare.every_months = 12;
        rare.day_of_month.reset();
        rare.week = 1;
        rare.weekday = 6;
        const SeriesPlan plan = desk.started(rare);
        REQUIRE(plan.meetings.size() == 1);
        CHECK(to_text(plan.meetings[0].meets_on) == "2025-05-03");
        CHECK(plan.meetings[0].has_thematic_part);
    });
}

TEST_CASE("a series is changed from a day on: its meetings go where the new rule wants them") {
    test::for_each_store([](Store& store) {
        Desk desk(store);
        using Days = std::vector<std::string>;
        const SeriesPlan plan = desk.started(desk.fourth_of_each_month());
        // July was moved by hand and stays there.
        desk.world.write(desk.secretary, [&](const Call& call) {
            move(call,
                 {plan.meetings[1].id,
                  plan.meetings[1].planned_for,
                  moment_of(day("2024-07-09"), 8 * 60, 420),
                  {},
                  "Gặt lúa",
                  {}},
                 desk.setting);
        });
        ChangeSeries request;
        request.series_id = plan.series.id;
        request.version = plan.series.version;
        request.id = SeriesId{desk.world.ids.next(desk.world.now)};
        request.from = day("2024-07-01");
        request.subject = "Sinh hoạt thường kỳ";
        request.week = 1;
        request.weekday = 6;
        request.minute_of_day = 8 * 60;
        request.reason = "Bà con bận buổi tối";
        const auto changed = [&] {
            SeriesPlan answer;
            desk.world.write(desk.secretary,
                             [&](const Call& call) { answer = change_series(call, request, desk.setting); });
            return answer;
        };
        CHECK(changed().series.follows_id == plan.series.id);
        CHECK(desk.days_planned(desk.world.na_lung) == Days{"2024-06-04", "2024-07-09", "2024-08-03"});
        CHECK(desk.shown(plan.meetings[2].id).plan_changes[0].reason == "Bà con bận buổi tối");
        CHECK(desk.shown(plan.meetings[2].id).series_id == *request.id);
        CHECK(changed().meetings.empty());
        CHECK(desk.days_planned(desk.world.na_lung).size() == 3);
        const auto refused = [&](Reason reason, std::string_view key) {
            return desk.refused(desk.secretary, reason, key,
                                [&](const Call& call) { change_series(call, request, desk.setting); });
        };
        request.id.reset();
        CHECK(refused(Reason::conflict, "meetings.series_changed_meanwhile"));
        request.series_id = series_following(desk, plan.series.id);
        request.version = 1;
        CHECK(refused(Reason::invalid, "meetings.outside_the_series"));
        request.from = day("2024-08-01");
        request.reason = "";
        CHECK(refused(Reason::invalid, "platform.required"));
        // Where the new rule has no meeting in a month, the planned one is cancelled.
        request.reason = "Chỉ họp hai tháng một lần";
        request.from = day("2024-07-02");
        request.every_months = 2;
        changed();
        CHECK(desk.days_planned(desk.world.na_lung) == Days{"2024-06-04", "2024-07-09"});
        CHECK(desk.shown(plan.meetings[2].id).meeting.cancel_reason == request.reason);
    });
}

TEST_CASE("a series ends on a day, and what was planned after it is cancelled") {
    test::for_each_store([](Store& store) {
        Desk desk(store);
        const SeriesPlan plan = desk.started(desk.fourth_of_each_month());
        const EndSeries request{plan.series.id, plan.series.version, day("2024-07-31"), "Sáp nhập chi bộ"};
        const auto refused = [&](const Actor& actor, Reason reason, std::string_view key, EndSeries wrong) {
            return desk.refused(actor, reason, key,
                                [&](const Call& call) { end_series(call, wrong, desk.setting); });
        };
        EndSeries wrong = request;
        wrong.reason = "";
        CHECK(refused(desk.secretary, Reason::invalid, "platform.required", wrong));
        wrong = request;
        wrong.ends_on = day("2024-05-01");
        CHECK(refused(desk.secretary, Reason::invalid, "meetings.outside_the_series", wrong));
        CHECK(refused(desk.reader, Reason::forbidden, "platform.forbidden", request));
        desk.world.write(desk.secretary, [&](const Call& call) {
            CHECK(*end_series(call, request, desk.setting).ends_on == day("2024-07-31"));
            CHECK(*end_series(call, request, desk.setting).ends_on == day("2024-07-31"));
            CHECK(plan_all_series(call, desk.setting) == 0);
        });
        CHECK(desk.days_planned(desk.world.na_lung) == std::vector<std::string>{"2024-06-04", "2024-07-04"});
        CHECK(desk.shown(plan.meetings[2].id).meeting.cancel_reason == "Sáp nhập chi bộ");
        wrong = request;
        wrong.ends_on = day("2024-06-30");
        CHECK(refused(desk.secretary, Reason::conflict, "meetings.series_changed_meanwhile", wrong));
    });
}

TEST_CASE("an ending is taken back, and what it cancelled is planned again") {
    test::for_each_store([](Store& store) {
        Desk desk(store);
        const SeriesPlan plan = desk.started(desk.fourth_of_each_month());
        Series ended;
        desk.world.write(desk.secretary, [&](const Call& call) {
            // One that was cancelled before, for a reason of its own, stays cancelled.
            cancel(call, {plan.meetings[1].id, "Lũ"}, desk.setting);
            ended = end_series(call, {plan.series.id, plan.series.version, day("2024-05-31"), "Sáp nhập"},
                               desk.setting);
        });
        CHECK(desk.days_planned(desk.world.na_lung).empty());
        const auto refused = [&](const Actor& actor, Reason reason, std::string_view key,
                                 const ResumeSeries& request) {
            return desk.refused(actor, reason, key,
                                [&](const Call& call) { resume_series(call, request, desk.setting); });
        };
        const ResumeSeries request{ended.id, ended.version, {}};
        CHECK(refused(desk.reader, Reason::forbidden, "platform.forbidden", request));
        CHECK(refused(desk.secretary, Reason::conflict, "meetings.series_changed_meanwhile",
                      {ended.id, ended.version - 1, {}}));
        CHECK(refused(desk.secretary, Reason::invalid, "meetings.outside_the_series",
                      {ended.id, ended.version, day("2024-05-30")}));
        Series resumed;
        desk.world.write(desk.secretary, [&](const Call& call) {
            resumed = resume_series(call, request, desk.setting).series;
        });
        CHECK(!resumed.ends_on);
        CHECK(resumed.reason.empty());
        CHECK(desk.days_planned(desk.world.na_lung) == std::vector<std::string>{"2024-06-04", "2024-08-04"});
        CHECK(refused(desk.secretary, Reason::conflict, "meetings.series_not_ended",
                      {resumed.id, resumed.version, {}}));
    });
}

TEST_CASE("a series that goes on by another rule is not resumed, and each lists what it has planned") {
    test::for_each_store([](Store& store) {
        Desk desk(store);
        const SeriesPlan plan = desk.started(desk.fourth_of_each_month());
        desk.world.write(desk.secretary, [&](const Call& call) {
            const Meeting& last = plan.meetings[2];
            move(call,
                 {last.id, last.planned_for, {last.planned_for.milliseconds + 86'400'000}, {}, "Bận", {}},
                 desk.setting);
            ChangeSeries change;
            change.series_id = plan.series.id;
            change.version = plan.series.version;
            change.from = day("2024-07-01");
            change.subject = plan.series.subject;
            change.day_of_month = 10;
            change.minute_of_day = 20 * 60;
            change.reason = "Mùa gặt";
            change_series(call, change, desk.setting);
        });
        SeriesList list;
        desk.world.read(desk.reader, [&](const Call& call) {
            list = list_series(call, {desk.world.na_lung}, desk.setting);
        });
        REQUIRE(list.series.size() == 2);
        REQUIRE(list.meetings.size() == 3);
        for (const SeriesMeeting& meeting : list.meetings) {
            CHECK((meeting.series_id == plan.series.id) == (to_text(meeting.due_on) == "2024-06-04"));
            CHECK(meeting.was_moved == (to_text(meeting.due_on) == "2024-08-10"));
        }
        // What one rule moved, the next moves again.
        desk.world.write(desk.secretary, [&](const Call& call) {
            ChangeSeries change;
            change.series_id = list.series[0].id;
            change.version = list.series[0].version;
            change.from = day("2024-07-02");
            change.subject = plan.series.subject;
            change.day_of_month = 12;
            change.minute_of_day = 20 * 60;
            change.reason = "Mùa gặt";
            change_series(call, change, desk.setting);
        });
        CHECK(desk.days_planned(desk.world.na_lung) ==
              std::vector<std::string>{"2024-06-04", "2024-07-12", "2024-08-05"});
        CHECK(desk.refused(desk.secretary, Reason::conflict, "meetings.series_not_ended",
                           [&](const Call& call) {
                               const Series& before = list.series[1];
                               resume_series(call, {before.id, before.version, {}}, desk.setting);
                           }));
    });
}

TEST_CASE("a series that cannot be is refused") {
    test::for_each_store([](Store& store) {
        Desk desk(store);
        const auto refused = [&](const Actor& actor, Reason reason, std::string_view key,
                                 const std::function<void(StartSeries&)>& spoil) {
            StartSeries request = desk.fourth_of_each_month();
            spoil(request);
            return desk.refused(actor, reason, key,
                                [&](const Call& call) { start_series(call, request, desk.setting); });
        };
        const auto invalid = [&](std::string_view key, const std::function<void(StartSeries&)>& spoil) {
            return refused(desk.secretary, Reason::invalid, key, spoil);
        };
        CHECK(invalid("platform.required", [](StartSeries& it) { it.subject = " "; }));
        CHECK(invalid("meetings.no_joint_series", [](StartSeries& it) { it.kind = Kind::joint; }));
        CHECK(invalid("meetings.rule_names_one_day", [](StartSeries& it) { it.day_of_month.reset(); }));
        CHECK(invalid("meetings.rule_names_one_day", [](StartSeries& it) { it.week = 1, it.weekday = 1; }));
        CHECK(invalid("meetings.rule_names_one_day",
                      [](StartSeries& it) { it.day_of_month.reset(), it.week = 1; }));
        CHECK(invalid("meetings.mark_out_of_range", [](StartSeries& it) { it.day_of_month = 32; }));
        CHECK(invalid("meetings.mark_out_of_range", [](StartSeries& it) { it.minute_of_day = 1440; }));
        CHECK(invalid("meetings.mark_out_of_range", [](StartSeries& it) { it.every_months = 0; }));
        CHECK(invalid("meetings.series_ends_before_it_starts",
                      [](StartSeries& it) { it.ends_on = day("2024-01-01"); }));
        CHECK(refused(desk.commune, Reason::invalid, "meetings.unit_has_no_members",
                      [&](StartSeries& it) { it.unit_id = desk.world.khau_tinh; }));
        CHECK(refused(desk.reader, Reason::forbidden, "platform.forbidden", [](StartSeries&) {}));
        const SeriesPlan plan = desk.started(desk.fourth_of_each_month());
        CHECK(refused(desk.secretary, Reason::conflict, "meetings.id_taken", [&](StartSeries& it) {
            it.id = plan.series.id;
            it.day_of_month = 5;
        }));
    });
}

}  // namespace gw::meetings
