// What an inspection waits for, from whom, and an inspection that is not carried on.
#include "inspections/district.h"

namespace gw::inspections {

using test::day;
using test::District;
using test::fault;

namespace {

std::vector<std::pair<Owing, std::int64_t>> owed(District& district, const Actor& actor) {
    std::vector<std::pair<Owing, std::int64_t>> owing;
    district.world.read(actor, [&](const Call& call) {
        for (const Waiting& each : waiting_for(call)) owing.emplace_back(each.owing, each.paper_number);
    });
    return owing;
}
using Owed = std::vector<std::pair<Owing, std::int64_t>>;

}  // namespace

TEST_CASE("an inspection waits for the team, for the own report of the object, and for its body at the end") {
    test::for_each_store([](Store& store) {
        District district(store);
        const InspectionId id = district.decided();
        CHECK(owed(district, district.leader) == Owed{{Owing::paper, 1}});
        CHECK(owed(district, district.second) == Owed{{Owing::paper, 1}});
        CHECK(owed(district, district.body).empty());
        district.write(id, 1, 4);
        CHECK(owed(district, district.leader) == Owed{{Owing::paper, 5}});
        CHECK(owed(district, district.member).empty());  // nobody asked yet
        district.give(id, 3);
        CHECK(owed(district, district.member) == Owed{{Owing::report, 5}});
        CHECK(owed(district, district.leader) == Owed{{Owing::paper, 6}});
        const Actor* others[] = {&district.other_member, &district.secretary,     &district.commune,
                                 &district.province,     &district.administrator, &district.neighbour};
        for (const Actor* actor : others) CHECK(owed(district, *actor).empty());
        district.write(id, 6, 6);
        district.write(id, 8, 8);
        CHECK(owed(district, district.leader) == Owed{{Owing::paper, 5}});
        district.world.go_to(day("2024-06-04"));
        district.world.read(district.member, [&](const Call& call) {
            const std::vector<Waiting> waiting = waiting_for(call);
            REQUIRE(waiting.size() == 1);
            CHECK(waiting[0].is_late);
            CHECK(waiting[0].due_on == day("2024-06-03"));
            CHECK(waiting[0].object_name == "Nguyễn Văn 3");
        });
        district.world.write(district.member, [&](const Call& call) {
            write_paper(call, {id, 5, "Tôi đã dự đủ", {}});
        });
        CHECK(owed(district, district.member).empty());
        district.write(id, 9, 12);
        CHECK(owed(district, district.body).empty());
        district.give(id, 10);
        CHECK(owed(district, district.leader).empty());
        CHECK(owed(district, district.body) == Owed{{Owing::closing, 0}});
        district.world.write(district.body, [&](const Call& call) { close(call, {id}); });
        CHECK(owed(district, district.body).empty());
    });
}

TEST_CASE("a line of the programme whose month is over waits for the decision of its body") {
    test::for_each_store([](Store& store) {
        District district(store);
        PlanLine line;
        line.unit_id = district.world.na_hang;
        line.year = 2024;
        line.month = 5;
        line.object_unit_id = district.world.na_lung;
        line.object_member_id = district.people[2];
        line.theme = "Sinh hoạt";
        ProgrammeLineId line_id;
        district.world.write(district.body,
                             [&](const Call& call) { line_id = plan_line(call, line).line.id; });
        CHECK(owed(district, district.body).empty());
        district.world.go_to(day("2024-06-01"));
        CHECK(owed(district, district.body) == Owed{{Owing::decision, 0}});
        CHECK(owed(district, district.second).empty());
        CHECK(owed(district, district.commune).empty());
        DecideInspection decision = district.request();
        decision.line_id = line_id;
        InspectionId id;
        district.world.write(district.body, [&](const Call& call) {
            id = decide(call, decision, district.setting).line.inspection.id;
        });
        CHECK(owed(district, district.body).empty());
        // Cancelled, it is owed again.
        district.world.write(district.body, [&](const Call& call) { cancel(call, {id, "Trưởng đoàn ốm"}); });
        CHECK(owed(district, district.body) == Owed{{Owing::decision, 0}});
        CHECK(owed(district, district.leader).empty());
        district.world.write(district.body,
                             [&](const Call& call) { decide(call, decision, district.setting); });
        CHECK(owed(district, district.body).empty());
    });
}

TEST_CASE("an inspection is cancelled with a reason, and its papers stay readable") {
    test::for_each_store([](Store& store) {
        District district(store);
        const InspectionId id = district.decided();
        district.write(id, 1, 3);
        district.give(id, 1);
        const auto cancelling = [&](InspectionId which, const std::string& reason) {
            return [=](const Call& call) { cancel(call, {which, reason}); };
        };
        CHECK(
            district.refused(district.leader, Reason::forbidden, "platform.forbidden", cancelling(id, "x")));
        CHECK(
            district.refused(district.member, Reason::forbidden, "platform.forbidden", cancelling(id, "x")));
        CHECK(
            district.refused(district.commune, Reason::not_found, "platform.not_found", cancelling(id, "x")));
        CHECK(district.refused(district.body, Reason::invalid, "platform.required", cancelling(id, " ")));
        CHECK(district.seen_by(district.body, id).may_cancel);
        CHECK_FALSE(district.seen_by(district.leader, id).may_cancel);
        const auto audit = district.world.audit_count();
        district.world.write(district.body, cancelling(id, "Đảng viên đi viện dài ngày"));
        CHECK(district.world.audit_count() == audit + 1);

        const InspectionRecord record = district.seen_by(district.member, id);
        CHECK(record.line.phase == Phase::cancelled);
        CHECK_FALSE(record.line.is_late);
        CHECK(record.line.inspection.cancel_reason == "Đảng viên đi viện dài ngày");
        CHECK(record.papers.size() == 1);
        CHECK(district.seen_by(district.leader, id).papers.size() == 3);
        CHECK_FALSE(district.seen_by(district.leader, id).may_write);
        const auto is_refused = [&](const std::function<void(const Call&)>& act) {
            return district.refused(district.body, Reason::conflict, "inspections.is_cancelled", act);
        };
        CHECK(is_refused(cancelling(id, "x")));
        CHECK(is_refused([&](const Call& call) { write_paper(call, {id, 4, "x", {}}); }));
        CHECK(is_refused([&](const Call& call) { deliver(call, {id, 3}); }));
        CHECK(is_refused([&](const Call& call) { note_findings(call, {id, {fault()}}, district.setting); }));
        CHECK(is_refused([&](const Call& call) { close(call, {id}); }));
        CHECK(is_refused([&](const Call& call) { require_writer(call, id); }));
        district.world.go_to(day("2024-08-01"));
        district.world.write([&](const Call& call) { CHECK(urge_late(call, district.setting) == 0); });
    });
}

TEST_CASE("what found something, or is closed, is not cancelled") {
    test::for_each_store([](Store& store) {
        District district(store);
        const InspectionId id = district.decided();
        const auto cancelling = [&](const Call& call) { cancel(call, {id, "x"}); };
        district.world.write(district.leader, [&](const Call& call) {
            note_findings(call, {id, {fault()}}, district.setting);
        });
        CHECK(district.refused(district.body, Reason::conflict, "inspections.has_found", cancelling));
        CHECK_FALSE(district.seen_by(district.body, id).may_cancel);
        district.write(id, 1, 12);
        district.give(id, 10);
        district.world.write(district.body, [&](const Call& call) { close(call, {id}); });
        CHECK(district.refused(district.body, Reason::conflict, "inspections.is_closed", cancelling));
    });
}

}  // namespace gw::inspections
