#include "classification/what_if.h"

#include "year_for_test.h"

namespace gw::test {

using classification::AskWhatIf;
using classification::SubjectKind;

namespace {

// Five members of one cell, two of whom exceeded what they were given: the cap leaves one of them excellent.
struct Five {
    explicit Five(YearForTest& year) {
        for (int i = 0; i < 5; ++i) {
            people.push_back(year.add_member(year.world.na_lung, "Member " + std::to_string(i)));
            for (int task = 0; task < 4; ++task)
                year.add_task(year.world.na_lung, people.back(), on(3, 1), on(2, 20), i < 2 && task < 4 - i);
        }
        year.meet_all_year(year.world.na_lung, people);
    }
    std::vector<MemberId> people;
};

AskWhatIf capped_at(UnitId unit_id, std::int64_t percent) {
    AskWhatIf request;
    request.unit_id = unit_id;
    request.caps = {{"member", percent}};
    return request;
}

}  // namespace

TEST_CASE("another cap shows who changes class, and nothing is kept") {
    for_each_store([](Store& store) {
        YearForTest year(store);
        const Five five(year);
        const std::int64_t entries = year.world.audit_count();
        year.world.read([&](const Call& call) {
            const auto wider =
                classification::what_if(call, capped_at(year.world.tuyen_quang, 40), year.setting);
            CHECK(wider.members_changed == 1);
            REQUIRE_FALSE(wider.moves.empty());
            const auto& move = *std::find_if(wider.moves.begin(), wider.moves.end(), [](const auto& one) {
                return one.subject_kind == SubjectKind::member;
            });
            CHECK(move.from_class.key == "good");
            CHECK(move.to_class.key == "excellent");
            CHECK(move.count == 1);
            const auto& row = wider.rows.back();
            REQUIRE(row.subject_id);
            CHECK(row.subject_id->number == five.people[1].number);
            CHECK(row.name == "Member 1");
            CHECK(wider.total == wider.members_changed + wider.units_changed);
            CHECK(wider.total == static_cast<std::int64_t>(wider.rows.size()));
            const auto none =
                classification::what_if(call, capped_at(year.world.tuyen_quang, 0), year.setting);
            CHECK(none.members_changed == 1);
            CHECK(none.rows.back().from_class.key == "excellent");
            // Elsewhere nobody is concerned.
            CHECK(classification::what_if(call, capped_at(year.world.city, 40), year.setting).total == 0);
            const auto same =
                classification::what_if(call, capped_at(year.world.tuyen_quang, 20), year.setting);
            CHECK(same.total == 0);
            const auto page = classification::member_class(
                call, {five.people[1], 2024, classification::Basis::today}, year.setting);
            CHECK(page.outcome->final_class.key == "good");
        });
        CHECK(year.world.audit_count() == entries);
    });
}

TEST_CASE("what may be tried is listed, and another threshold or maximum changes what it should") {
    for_each_store([](Store& store) {
        YearForTest year(store);
        const Five five(year);
        year.world.read([&](const Call& call) {
            const auto settings = classification::settings_to_try(call, {year.world.tuyen_quang}, shipped());
            CHECK(settings.year == 2024);
            const auto& member = *std::find_if(settings.subjects.begin(), settings.subjects.end(),
                                               [](const auto& subject) { return subject.key == "member"; });
            CHECK(member.maximum_milli == 8000);
            REQUIRE(member.cap);
            CHECK(member.cap->percent == 20);
            CHECK(member.thresholds.front().of_class.key == "excellent");
            REQUIRE(member.criteria.size() == 2);

            // Excellent asks for eight points of eight where results weigh as they do, and for twelve of
            // twelve where they weigh twice: nobody changes.
            AskWhatIf request;
            request.unit_id = year.world.tuyen_quang;
            request.maximums = {{"member", "task_results", 8000}};
            request.thresholds = {{"member", member.thresholds.front().of_class.number, 12'000}};
            const auto twice = classification::what_if(call, request, year.setting);
            CHECK(twice.members_changed == 0);
            // Without the threshold's change the limit would be beyond what anybody has.
            request.maximums.reset();
            CHECK(refuses([&] { classification::what_if(call, request, year.setting); }, Reason::invalid,
                          "classification.not_within"));
            request.thresholds = {{"member", member.thresholds.front().of_class.number, 8000}};
            CHECK(classification::what_if(call, request, year.setting).members_changed == 0);
        });
    });
}

TEST_CASE("a long list of changed classes comes page by page") {
    for_each_store([](Store& store) {
        YearForTest year(store);
        std::vector<MemberId> people;
        for (int i = 0; i < 10; ++i) {
            people.push_back(year.add_member(year.world.na_lung, "Member " + std::to_string(i)));
            for (int task = 0; task < 2; ++task)
                year.add_task(year.world.na_lung, people.back(), on(3, 1), on(2, 20), true);
        }
        year.meet_all_year(year.world.na_lung, people);
        year.world.read([&](const Call& call) {
            AskWhatIf request = capped_at(year.world.na_lung, 100);
            const auto all = classification::what_if(call, request, year.setting);
            CHECK(all.members_changed == 8);
            request.limit = 3;
            std::vector<std::int64_t> seen;
            for (std::optional<std::int64_t> after = 0; after;) {
                request.after = after;
                const auto page = classification::what_if(call, request, year.setting);
                CHECK(page.total == all.total);
                for (const auto& row : page.rows) seen.push_back(row.subject_id->number);
                after = page.next_after;
            }
            std::vector<std::int64_t> expected;
            for (const auto& row : all.rows) expected.push_back(row.subject_id->number);
            CHECK(seen == expected);
        });
    });
}

TEST_CASE("what the rulebook does not have or allow is refused, all mistakes at once") {
    for_each_store([](Store& store) {
        YearForTest year(store);
        year.world.read([&](const Call& call) {
            AskWhatIf request;
            request.unit_id = year.world.tuyen_quang;
            const auto refused = [&](std::string_view key) {
                return refuses([&] { classification::what_if(call, request, year.setting); }, Reason::invalid,
                               key);
            };
            CHECK(refused("classification.nothing_tried"));
            request.caps = {{"member", 101}, {"nobody", 10}, {"cell", 20}, {"cell", 30}};
            request.maximums = {{"member", "no_such", 1000}, {"member", "task_results", -1}};
            request.thresholds = {{"member", 9, 1000}};
            try {
                classification::what_if(call, request, year.setting);
                FAIL("was not refused");
            } catch (const Refusal& refusal) {
                CHECK(refusal.reason == Reason::invalid);
                REQUIRE(refusal.problems.size() == 6);
                CHECK(refusal.problems[0].field == "maximums/0/criterion");
                CHECK(refusal.problems[1].field == "maximums/1/maximum_milli");
                CHECK(refusal.problems[2].field == "caps/0/percent");
                CHECK(refusal.problems[3].field == "caps/1/subject");
                CHECK(refusal.problems[4].field == "caps/3/subject");
                CHECK(refusal.problems[5].field == "thresholds/0/class_number");
            }
            request = capped_at(year.world.tuyen_quang, 30);
            request.limit = 0;
            CHECK(refused("checks.limit_out_of_range"));
        });
    });
}

TEST_CASE(
    "only who proposes classes over the unit may try, and members are named only to who may read them") {
    for_each_store([](Store& store) {
        YearForTest year(store);
        const Five five(year);
        const auto ask = [&](const Actor& actor, UnitId unit_id) {
            std::optional<classification::WhatIfAnswer> answer;
            year.world.read(actor, [&](const Call& call) {
                try {
                    classification::settings_to_try(call, {unit_id}, shipped());
                    answer = classification::what_if(call, capped_at(unit_id, 40), year.setting);
                } catch (const Refusal& refusal) {
                    CHECK(refusal.reason == Reason::forbidden);
                }
            });
            return answer;
        };
        const Actor reader =
            year.world.person({"classification.read", "members.read"}, year.world.tuyen_quang);
        CHECK_FALSE(ask(reader, year.world.tuyen_quang));
        const Actor office = year.world.person({"classification.propose"}, year.world.khau_tinh);
        CHECK_FALSE(ask(office, year.world.tuyen_quang));
        CHECK_FALSE(ask(office, year.world.city));
        const auto answer = ask(office, year.world.khau_tinh);
        REQUIRE(answer);
        REQUIRE(answer->members_changed == 1);
        CHECK_FALSE(answer->rows.back().subject_id);
        CHECK(answer->rows.back().name.empty());
    });
}

}  // namespace gw::test
