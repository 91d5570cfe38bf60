// A district whose body inspects a member, and everybody who watches.
#pragma once
#include "inspections/inspections.h"
#include "support/people.h"
#include "support/store_for_test.h"

namespace gw::test {

using namespace gw::inspections;

// On 2024-05-04: the district of Na Hang inspects a member of Na Lung, and the commune of Khau Tinh watches.
struct District {
    explicit District(Store& store) : world(store) {
        people = add_people(world, world.na_lung, 4);
        body = world.person({"inspections.read", "inspections.decide", "findings.decide"}, world.na_hang);
        leader = world.person({"inspections.read", "findings.read", "findings.check"}, world.tuyen_quang);
        second = world.person({"inspections.read", "findings.read"}, world.na_hang);
        member = world.person({"inspections.read", "findings.read"}, world.na_lung, people[2]);
        other_member = world.person({"inspections.read", "findings.read"}, world.na_lung, people[3]);
        secretary =
            world.person({"inspections.read", "findings.read", "findings.report"}, world.na_lung, people[0]);
        commune = world.person({"inspections.read", "inspections.decide", "findings.read", "findings.report",
                                "findings.check", "findings.decide"},
                               world.khau_tinh);
        province =
            world.person({"inspections.read", "inspections.decide", "findings.decide"}, world.tuyen_quang);
        administrator = world.person(
            {"inspections.read", "findings.read", "findings.report", "findings.check"}, world.tuyen_quang);
        neighbour = world.person({"inspections.read"}, world.phia_trang);
        setting.candidates = [this](const Call&, UnitId, UnitId) {
            return std::vector<Candidate>{{leader.account_id, "Trần Thị Trưởng", world.tuyen_quang},
                                          {second.account_id, "Lê Văn Viên", world.na_hang}};
        };
        setting.tell_late = [this](const Call&, const Inspection&, Phase phase, Date,
                                   const std::vector<AccountId>& team) {
            told.push_back(phase);
            CHECK(team.size() == 2);
        };
    }
    DecideInspection request(bool is_of_member = true) const {
        DecideInspection asked;
        asked.unit_id = world.na_hang;
        asked.kind = Kind::sign_inspection;
        asked.object_unit_id = world.na_lung;
        if (is_of_member) asked.object_member_id = people[2];
        asked.theme = "Việc chấp hành chế độ sinh hoạt";
        asked.content = "Dự họp, đóng đảng phí trong sáu tháng";
        asked.period_from = day("2023-10-01");
        asked.period_until = day("2024-04-01");
        asked.decision_number = "12-QĐ/UBKTHU";
        asked.team = {{leader.account_id, Part::leader, "Phụ trách chung"},
                      {second.account_id, Part::member, {}}};
        return asked;
    }
    InspectionId decided(bool is_of_member = true) {
        InspectionId id;
        world.write(body, [&](const Call& call) {
            id = decide(call, request(is_of_member), setting).line.inspection.id;
        });
        return id;
    }
    void write(InspectionId id, std::int64_t from, std::int64_t until) {
        for (std::int64_t number = from; number <= until; ++number)
            world.write(leader, [&](const Call& call) {
                write_paper(call, {id, number, "Giấy số " + std::to_string(number), {}});
            });
    }
    void give(InspectionId id, std::int64_t number) {
        world.write(leader, [&](const Call& call) { deliver(call, {id, number}); });
    }
    bool sees(const Actor& actor, InspectionId id) {
        bool is_there = false;
        world.read(actor, [&](const Call& call) {
            is_there = !refuses([&] { show(call, {id}); }, Reason::not_found, "platform.not_found");
        });
        return is_there;
    }
    InspectionRecord seen_by(const Actor& actor, InspectionId id) {
        InspectionRecord record;
        world.read(actor, [&](const Call& call) { record = show(call, {id}); });
        return record;
    }
    template <class Act>
    bool refused(const Actor& actor, Reason reason, std::string_view key, Act act) {
        return refuses([&] { world.write(actor, [&](const Call& call) { act(call); }); }, reason, key);
    }
    World world;
    std::vector<MemberId> people;
    Actor body, leader, second, member, other_member, secretary, commune, province, administrator, neighbour;
    Setting setting;
    std::vector<Phase> told;
};

inline findings::FindingToNote fault() {
    findings::FindingToNote note;
    note.gravity = findings::Gravity::serious;
    note.text = "Vắng ba buổi liền không lý do";
    note.remedy = "Dự đủ, kiểm điểm trước chi bộ";
    note.due_on = day("2024-07-01");
    return note;
}

}  // namespace gw::test
