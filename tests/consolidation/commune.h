// A commune with a weak cell, those who decide and help, and its neighbour.
#pragma once
#include "consolidation/consolidation.h"
#include "support/account_for_test.h"
#include "support/people.h"
#include "support/store_for_test.h"
#include "support/world.h"

namespace gw::consolidation {

using test::day;
using test::refuses;

inline const rulebooks::Library& library() {
    static const rulebooks::Library read =
        rulebooks::Library::read_folder(std::string(GROUNDWORK_SOURCE_DIR) + "/rulebooks/vn/classification");
    return read;
}

struct Commune {
    explicit Commune(Store& store) : world(store), setting{library()} {
        test::add_people(world, world.na_lung, 2);
        neighbour_ids = test::add_people(world, world.ban_lang, 4);
        office = test::add_account(world, "office",
                                   {"consolidation.read", "consolidation.propose", "consolidation.decide",
                                    "consolidation.help", "consolidation.accept"},
                                   world.khau_tinh);
        secretary = world.person({"consolidation.read", "consolidation.report"}, world.na_lung);
        helper = world.person({"consolidation.accept"}, world.ban_lang, neighbour_ids[0]);
        outsider = world.person({"consolidation.read", "consolidation.propose", "consolidation.decide",
                                 "consolidation.help", "consolidation.accept", "consolidation.report"},
                                world.an_tuong);
    }

    template <class Act>
    CaseStory done(const Actor& actor, Act act) {
        CaseStory story;
        world.write(actor, [&](const Call& call) { story = act(call); });
        return story;
    }
    template <class Act>
    bool refused(const Actor& actor, Reason reason, std::string_view key, Act act) {
        return refuses([&] { world.write(actor, [&](const Call& call) { act(call); }); }, reason, key);
    }
    WeakList listed(const Actor& actor) {
        WeakList found;
        world.read(actor, [&](const Call& call) { found = list(call, {}, setting); });
        return found;
    }
    CaseStory shown(const Actor& actor, ConsolidationId id) {
        CaseStory story;
        world.read(actor, [&](const Call& call) { story = show(call, {id}, setting); });
        return story;
    }
    ConsolidationId proposed() {
        return done(office,
                    [&](const Call& call) {
                        return propose(call, {{}, world.na_lung, "Chỉ còn hai đảng viên"}, setting);
                    })
            .about.id;
    }
    ConsolidationId entered() {
        const ConsolidationId id = proposed();
        done(office, [&](const Call& call) { return decide(call, {id, true, "Cần giúp"}, setting); });
        return id;
    }
    PlanCase plan_of(ConsolidationId id) const {
        PlanCase asked;
        asked.case_id = id;
        asked.version = 1;
        asked.cause_keys = {"few_members", "irregular_meetings"};
        asked.helper_member_id = neighbour_ids[0];
        asked.group_name = "Tổ công tác số 2";
        asked.measures = {{{}, "Cố định ngày 5 hằng tháng", "fixed_day", "Bí thư", day("2024-06-05")}};
        asked.exit_conditions = {{ExitKind::measures_done, 100, 0, ""},
                                 {ExitKind::own, 0, 0, "Có nguồn kết nạp"}};
        return asked;
    }
    ConsolidationId planned() {
        const ConsolidationId id = entered();
        done(office, [&](const Call& call) { return plan(call, plan_of(id), setting); });
        return id;
    }
    void accept_all(ConsolidationId id) {
        for (const ExitLine& line : shown(office, id).exit_conditions)
            done(office, [&](const Call& call) {
                return accept(call, {id, line.item.id, "Đã xem"}, setting);
            });
    }
    ConsolidationId watched() {
        const ConsolidationId id = planned();
        accept_all(id);
        done(office, [&](const Call& call) { return leave(call, {id, "Đã vững"}, setting); });
        return id;
    }
    std::int64_t settled() {
        std::int64_t closed = 0;
        world.write([&](const Call& call) { closed = settle(call, setting); });
        return closed;
    }

    test::World world;
    Setting setting;
    std::vector<MemberId> neighbour_ids;
    Actor office, secretary, helper, outsider;
};

}  // namespace gw::consolidation
