// People for the sample units, and a cell meeting they hold.
#pragma once
#include <string>
#include <vector>

#include "meetings/meetings.h"
#include "rulebooks/rulebooks.h"
#include "support/world.h"

namespace gw::test {

// The day written as 2024-04-17.
inline Date day(std::string_view text) {
    Date date{};
    REQUIRE(from_text(text, date));
    return date;
}

// Adds `count` full members to a unit since 2020: the first is its secretary, the second its deputy.
inline std::vector<MemberId> add_people(World& world, UnitId unit_id, int count,
                                        const std::string& name = "Nguyễn Văn") {
    static int number = 0;
    std::vector<members::Member> people;
    for (int i = 0; i < count; ++i) {
        members::Member member;
        member.id = MemberId{world.ids.next(world.now)};
        member.unit_id = unit_id;
        member.code = std::to_string(++number);
        member.full_name = name + " " + std::to_string(i + 1);
        member.office = i == 0   ? members::Office::secretary
                        : i == 1 ? members::Office::deputy_secretary
                                 : members::Office::none;
        member.joined_on = day("2020-02-01");
        member.admitted_on = day("2020-02-01");
        member.full_on = day("2021-02-01");
        people.push_back(member);
    }
    world.write([&](const Call& call) { members::add_members(call, people); });
    std::vector<MemberId> ids;
    for (const members::Member& member : people) ids.push_back(member.id);
    return ids;
}

// Changes one member as the test needs it.
inline void change_member(World& world, MemberId member_id,
                          const std::function<void(members::Member&)>& change) {
    world.write([&](const Call& call) {
        members::Member member = members::get_member(call.db, member_id);
        change(member);
        members::change_members(call, std::span(&member, 1));
    });
}

// The ward's sheet alone, which then counts for every unit without anybody choosing it.
inline const rulebooks::Library& project_rulebooks() {
    static const rulebooks::Library library =
        rulebooks::Library::read_folder(std::string(GROUNDWORK_SOURCE_DIR) + "/rulebooks/vn/meeting/ward");
    return library;
}

// A meeting from 19:30, in which everybody is present and nothing was said.
inline meetings::Happening everybody_came(const World& world, Date on, const std::vector<MemberId>& people,
                                          int minutes = 95) {
    meetings::Happening happening;
    happening.started_at = moment_of(on, 19 * 60 + 30, world.zone_minutes);
    happening.ended_at = moment_of(on, 19 * 60 + 30 + minutes, world.zone_minutes);
    for (const MemberId member_id : people)
        happening.roll.push_back({member_id, meetings::Mark::present, std::nullopt});
    return happening;
}

inline meetings::AddMeeting meeting_on(const World& world, UnitId unit_id, Date on,
                                       std::optional<meetings::Happening> happening = std::nullopt) {
    meetings::AddMeeting request;
    request.unit_id = unit_id;
    request.subject = "Sinh hoạt thường kỳ";
    request.planned_for = moment_of(on, 19 * 60 + 30, world.zone_minutes);
    request.happening = std::move(happening);
    return request;
}

}  // namespace gw::test
