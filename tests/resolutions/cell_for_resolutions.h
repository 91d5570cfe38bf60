// A cell that has met, and the resolution it may adopt.
#pragma once
#include "resolutions/resolutions.h"
#include "support/people.h"

namespace gw::resolutions {

inline const std::vector<std::string> permissions_in_cell{
    "meetings.read", "meetings.plan", "meetings.record", "resolutions.read", "resolutions.adopt",
    "tasks.read",    "tasks.assign",  "tasks.report",    "visits.read"};

struct CellForResolutions {
    explicit CellForResolutions(Store& store)
        : world(store), people(test::add_people(world, world.na_lung, 6)) {
        secretary = world.person(permissions_in_cell, world.na_lung, people[0]);
        reader = world.person({"meetings.read"}, world.na_lung, people[3]);
        world.go_to(test::day("2024-05-04"), 22 * 60);
        meeting = held(test::day("2024-05-04"));
    }
    meetings::MeetingRecord held(Date on) {
        meetings::MeetingRecord kept;
        meetings::Happening happening = test::everybody_came(world, on, people);
        happening.contributions = {{{}, people[1], "Nên rải cấp phối đường nội thôn"},
                                   {{}, people[2], "Giữ vệ sinh chung"}};
        world.write(secretary, [&](const Call& call) {
            kept = meetings::add(call, test::meeting_on(world, world.na_lung, on, happening), setting);
        });
        return kept;
    }
    TaskToGive task(std::string title, std::size_t owner = 2, std::string_view due = "2024-05-25") const {
        TaskToGive given;
        given.title = std::move(title);
        given.owner_member_id = people[owner];
        given.due_on = test::day(due);
        return given;
    }
    AdoptResolution request() const {
        AdoptResolution asked;
        asked.meeting_id = meeting.meeting.id;
        asked.title = "Nghị quyết tháng 5";
        asked.votes_for = 6;
        asked.items = {
            {{},
             "Rải cấp phối 800 m đường nội thôn",
             {{CitationKind::contribution, CitedId{meeting.contributions[0].contribution.id.number}}},
             {task("Vận động góp ngày công"), task("Mua đá dăm", 3)}},
            {{}, "Tổng vệ sinh sáng thứ bảy", {}, {}}};
        return asked;
    }
    ResolutionRecord adopted(const AdoptResolution& asked) {
        ResolutionRecord kept;
        world.write(secretary, [&](const Call& call) { kept = adopt(call, asked); });
        return kept;
    }
    void finish(TaskId task_id) {
        world.write(secretary, [&](const Call& call) { tasks::finish(call, {task_id, "xong", false, {}}); });
    }
    std::vector<ResolutionItem> open() {
        std::vector<ResolutionItem> items;
        world.read([&](const Call& call) { items = open_items_of(call.db, world.na_lung); });
        return items;
    }
    template <class Act>
    bool refused(const Actor& actor, Reason reason, std::string_view key, Act act) {
        return test::refuses([&] { world.write(actor, [&](const Call& call) { act(call); }); }, reason, key);
    }
    test::World world;
    std::vector<MemberId> people;
    Actor secretary, reader;
    meetings::Setting setting{test::project_rulebooks()};
    meetings::MeetingRecord meeting;
};

}  // namespace gw::resolutions
