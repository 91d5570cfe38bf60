// A district that sends directives, and a cell below it.
#pragma once
#include "directives/directives.h"
#include "support/people.h"
#include "support/store_for_test.h"

namespace gw::directives {

struct District {
    explicit District(Store& store) : world(store), people(test::add_people(world, world.na_lung, 3)) {
        sender = world.person({"directives.send", "directives.read"}, world.na_hang);
        secretary = world.person({"directives.read", "directives.answer", "meetings.plan", "meetings.record",
                                  "tasks.assign", "tasks.read", "tasks.report"},
                                 world.na_lung, people[0]);
        outsider = world.person({"directives.read", "directives.send", "directives.answer"}, world.an_tuong);
        setting.agenda_sources = {agenda_of_directives};
    }
    SendDirective request(Kind kind = Kind::plan) const {
        SendDirective asked;
        asked.unit_id = world.na_hang;
        asked.kind = kind;
        asked.number_text = "15-KH/HU";
        asked.title = "Thực hiện Nghị quyết 21-NQ/TW";
        asked.summary = "Mỗi chi bộ có việc cụ thể";
        asked.concrete_by = test::day("2024-05-31");
        return asked;
    }
    Directive sent(const SendDirective& asked) {
        DirectiveLine line;
        world.write(sender, [&](const Call& call) { line = send(call, asked); });
        return line.directive;
    }
    std::size_t on_agenda(UnitId unit_id) {
        std::size_t count = 0;
        world.read([&](const Call& call) { count = agenda_of_directives(call, unit_id, call.today).size(); });
        return count;
    }
    meetings::MeetingRecord hold(std::string_view on) {
        world.go_to(test::day(on), 22 * 60);
        meetings::MeetingRecord kept;
        world.write(secretary, [&](const Call& call) {
            kept = meetings::add(call,
                                 test::meeting_on(world, world.na_lung, test::day(on),
                                                  test::everybody_came(world, test::day(on), people)),
                                 setting);
        });
        return kept;
    }
    template <class Act>
    bool refused(const Actor& actor, Reason reason, std::string_view key, Act act) {
        return test::refuses([&] { world.write(actor, [&](const Call& call) { act(call); }); }, reason, key);
    }
    test::World world;
    std::vector<MemberId> people;
    Actor sender, secretary, outsider;
    meetings::Setting setting{test::project_rulebooks()};
};

}  // namespace gw::directives
