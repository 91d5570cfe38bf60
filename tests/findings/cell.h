// A cell whose findings are noted from above, and everybody who may or may not see them.
#pragma once
#include "findings/findings.h"
#include "support/people.h"
#include "support/store_for_test.h"

namespace gw::findings {

using test::day;
using test::refuses;

inline constexpr Setting week{.days_until_check = 7};

// On 2024-05-04 in Na Lung: an inspector from above, the secretary, a member of the cell, and others.
struct Cell {
    explicit Cell(Store& store) : world(store) {
        people = test::add_people(world, world.na_lung, 4);
        inspector = world.person({"findings.read", "findings.check"}, world.na_hang);
        second = world.person({"findings.read", "findings.check"}, world.na_hang);
        secretary =
            world.person({"findings.read", "findings.report", "findings.check"}, world.na_lung, people[0]);
        member = world.person({"findings.read"}, world.na_lung, people[2]);
        other_member = world.person({"findings.read"}, world.na_lung, people[3]);
        neighbour = world.person({"findings.read"}, world.ban_lang);
        commune = world.person({"findings.read", "findings.report", "findings.check", "findings.decide"},
                               world.khau_tinh);
        body = world.person({"findings.read", "findings.decide"}, world.na_hang);
    }
    Source source(SourceKind kind = SourceKind::visit) {
        Source noted;
        noted.kind = kind;
        noted.id = SourceId{world.ids.next(world.now)};
        noted.name = "Đoàn công tác";
        noted.unit_id = world.na_lung;
        noted.day = day("2024-04-17");
        if (kind == SourceKind::visit) noted.told_on = noted.day;
        noted.deciding_unit_id = world.na_hang;
        noted.inspectors = {inspector.account_id};
        return noted;
    }
    static FindingToNote fault() {
        FindingToNote fault;
        fault.gravity = Gravity::moderate;
        fault.text = "Sổ biên bản ghi thiếu";
        fault.remedy = "Ghi đủ ba tháng đầu năm";
        fault.due_on = day("2024-05-01");
        return fault;
    }
    FindingId noted(
        const std::function<void(FindingToNote&)>& change = [](FindingToNote&) {},
        std::optional<Source> from = std::nullopt) {
        FindingToNote asked = fault();
        asked.id = FindingId{world.ids.next(world.now)};
        change(asked);
        const Source by = from ? *from : source();
        world.write(inspector, [&](const Call& call) {
            REQUIRE(problems_in(call, by, std::span(&asked, 1), "").empty());
            note(call, by, std::span(&asked, 1));
        });
        return *asked.id;
    }
    void remedied(FindingId id, const char* on = "2024-04-20") {
        world.write(secretary, [&](const Call& call) { report_remedied(call, {id, "đã ghi đủ", day(on)}); });
    }
    void closed(FindingId id) {
        world.write(inspector, [&](const Call& call) { close(call, {id, "đã xem sổ"}, week); });
    }
    FindingRecord seen_by(const Actor& actor, FindingId id) {
        FindingRecord record;
        world.read(actor, [&](const Call& call) { record = show(call, {id}, week); });
        return record;
    }
    bool sees(const Actor& actor, FindingId id) {
        bool is_there = false;
        world.read(actor, [&](const Call& call) {
            is_there = !refuses([&] { show(call, {id}, week); }, Reason::not_found, "platform.not_found");
        });
        return is_there;
    }
    template <class Act>
    bool refused(const Actor& actor, Reason reason, std::string_view key, Act act) {
        return refuses([&] { world.write(actor, [&](const Call& call) { act(call); }); }, reason, key);
    }
    test::World world;
    std::vector<MemberId> people;
    Actor inspector, second, secretary, member, other_member, neighbour, commune, body;
};

}  // namespace gw::findings
