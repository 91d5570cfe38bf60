// What waits for whom, and what stays unknown to others when it comes back or an order ends.
#include "cell.h"

namespace gw::findings {

namespace {

std::vector<Owing> owed(Cell& cell, const Actor& actor) {
    std::vector<Owing> owing;
    cell.world.read(actor, [&](const Call& call) {
        for (const Waiting& each : waiting_for(call, week)) owing.push_back(each.owing);
    });
    return owing;
}

}  // namespace

TEST_CASE("a finding waits for its owner, then for those who may look whether the remedy works") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const FindingId finding = cell.noted();
        cell.world.read(cell.secretary, [&](const Call& call) {
            const std::vector<Waiting> waiting = waiting_for(call, week);
            REQUIRE(waiting.size() == 1);
            CHECK(waiting[0].id == finding);
            CHECK(waiting[0].owing == Owing::remedy);
            CHECK(waiting[0].is_late);
            CHECK(waiting[0].due_on == day("2024-05-01"));
            CHECK(waiting[0].unit_name == "Nà Lung");
        });
        const Actor* others[] = {&cell.inspector, &cell.member, &cell.neighbour, &cell.commune, &cell.body};
        for (const Actor* actor : others) CHECK(owed(cell, *actor).empty());
        cell.remedied(finding, "2024-05-02");
        CHECK(owed(cell, cell.secretary).empty());
        CHECK(owed(cell, cell.inspector).empty());  // its days have not passed
        cell.world.go_to(day("2024-05-09"));
        const Actor* looking[] = {&cell.inspector, &cell.second, &cell.commune, &cell.body};
        for (const Actor* actor : looking) CHECK(owed(cell, *actor) == std::vector{Owing::check});
        const Actor* not_looking[] = {&cell.secretary, &cell.member, &cell.neighbour};
        for (const Actor* actor : not_looking) CHECK(owed(cell, *actor).empty());
        cell.closed(finding);
        for (const Actor* actor : looking) CHECK(owed(cell, *actor).empty());
    });
}

TEST_CASE("a finding about a member waits for nobody whom it does not concern") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const FindingId finding = cell.noted([&](FindingToNote& note) {
            note.about_member_id = cell.people[2];
            note.owner_member_id = cell.people[2];
        });
        CHECK(owed(cell, cell.member) == std::vector{Owing::remedy});
        const Actor* others[] = {&cell.secretary, &cell.other_member, &cell.commune, &cell.second};
        for (const Actor* actor : others) CHECK(owed(cell, *actor).empty());
        cell.world.write(cell.member, [&](const Call& call) {
            report_remedied(call, {finding, "x", day("2024-04-20")});
        });
        CHECK(owed(cell, cell.inspector) == std::vector{Owing::check});
        CHECK(owed(cell, cell.body) == std::vector{Owing::check});
        for (const Actor* actor : others) CHECK(owed(cell, *actor).empty());
    });
}

TEST_CASE("what an inspection saw again is unknown to the unit until it is told") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const FindingId finding = cell.noted();
        cell.remedied(finding);
        cell.closed(finding);
        CHECK(cell.sees(cell.secretary, finding));
        Source inspection = cell.source(SourceKind::inspection);
        inspection.day = day("2024-05-04");
        inspection.deciding_unit_id = cell.world.khau_tinh;
        inspection.inspectors = {cell.second.account_id};
        cell.noted(
            [&](FindingToNote& note) {
                note.again_of_id = finding;
                note.text = "Tháng tư lại ghi thiếu";
                note.due_on = day("2024-06-01");
            },
            inspection);
        // The earlier inspector, the new one and the new body know; the unit and those beside it do not.
        const Actor* concerned[] = {&cell.inspector, &cell.second, &cell.commune};
        for (const Actor* actor : concerned) CHECK(cell.sees(*actor, finding));
        const Actor* others[] = {&cell.secretary, &cell.member, &cell.neighbour};
        for (const Actor* actor : others) CHECK_FALSE(cell.sees(*actor, finding));
        CHECK(owed(cell, cell.secretary).empty());
        cell.world.write(cell.second,
                         [&](const Call& call) { tell(call, SourceKind::inspection, inspection.id); });
        const FindingRecord record = cell.seen_by(cell.secretary, finding);
        CHECK(record.finding.came_back_count == 1);
        CHECK(record.steps.back().text == "Tháng tư lại ghi thiếu");
        CHECK(owed(cell, cell.secretary) == std::vector{Owing::remedy});
    });
}

TEST_CASE("who noted a finding about a member on a visit sees it no more when their reach has ended") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const FindingId finding =
            cell.noted([&](FindingToNote& note) { note.about_member_id = cell.people[2]; });
        CHECK(cell.sees(cell.inspector, finding));
        Actor afterwards = cell.world.person({}, cell.world.na_hang);
        afterwards.account_id = cell.inspector.account_id;
        CHECK_FALSE(cell.sees(afterwards, finding));
        CHECK(owed(cell, afterwards).empty());
    });
}

TEST_CASE("who has to remedy a finding of the unit is named to those concerned alone") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const FindingId finding =
            cell.noted([&](FindingToNote& note) { note.owner_member_id = cell.people[2]; });
        cell.world.write(cell.member, [&](const Call& call) {
            report_remedied(call, {finding, "đã ghi đủ", day("2024-04-20")});
        });
        const FindingRecord for_office = cell.seen_by(cell.secretary, finding);
        CHECK(for_office.finding.owner_member_id == cell.people[2]);
        CHECK(for_office.steps.back().said_by == cell.member.account_id);
        const FindingRecord for_others = cell.seen_by(cell.other_member, finding);
        CHECK_FALSE(for_others.finding.owner_member_id);
        CHECK(for_others.owner_name.empty());
        CHECK_FALSE(for_others.steps.back().said_by);
        CHECK(for_others.steps.back().said_by_name == "Nà Lung");
        cell.world.read([&](const Call& call) {
            CHECK(call.db.count("SELECT COUNT(*) FROM audit_entries WHERE detail LIKE '%owner_member_id%'") ==
                  0);
        });
    });
}

}  // namespace gw::findings
