// A small year of records in the sample world: two cells with members who met, worked and were visited.
#pragma once
#include "classification/classes.h"
#include "classification/what_if.h"
#include "meetings/meetings.h"
#include "support/store_for_test.h"
#include "support/world.h"
#include "tasks/tasks.h"
#include "visits/visits.h"

namespace gw::test {

inline Date on(int month, int day) {
    return std::chrono::year(2024) / std::chrono::month(static_cast<unsigned>(month)) /
           std::chrono::day(static_cast<unsigned>(day));
}

// The editions shipped with the program.
inline const rulebooks::Library& shipped() {
    static const rulebooks::Library library =
        rulebooks::Library::read_folder(std::string(GROUNDWORK_SOURCE_DIR) + "/rulebooks");
    return library;
}

struct YearForTest {
    explicit YearForTest(Store& store) : world(store), readings(store), setting(shipped(), readings) {
        world.go_to(on(12, 31));
    }

    // A full member since 2015 unless `shape` says otherwise.
    MemberId add_member(UnitId unit_id, const std::string& name,
                        const std::function<void(members::Member&)>& shape = {}) {
        members::Member member;
        member.id = MemberId{world.ids.next(world.now)};
        member.unit_id = unit_id;
        member.code = "T" + std::to_string(++last_code);
        member.full_name = name;
        member.joined_on = Date{std::chrono::year(2015) / 1 / 1};
        member.full_on = member.joined_on;
        if (shape) shape(member);
        world.write([&](const Call& call) {
            members::add_members(call, std::span(&member, 1));
            call.record("member.added", member.id, unit_id);
        });
        return member.id;
    }

    // A held meeting with the marks of those expected; `score_milli` makes it scored.
    MeetingId add_meeting(UnitId unit_id, Date day,
                          const std::vector<std::pair<MemberId, meetings::Mark>>& roll,
                          std::optional<std::int64_t> score_milli = {}, bool is_thematic = false) {
        meetings::Meeting meeting;
        meeting.id = MeetingId{world.ids.next(world.now)};
        meeting.unit_id = unit_id;
        meeting.subject = "Regular meeting";
        meeting.meets_on = day;
        meeting.planned_for = moment_of(day, 8 * 60, world.zone_minutes);
        meeting.started_at = meeting.planned_for;
        meeting.ended_at = moment_of(day, 10 * 60, world.zone_minutes);
        meeting.has_thematic_part = is_thematic;
        meeting.state = meetings::State::held;
        meeting.unit_members = meeting.members_expected = static_cast<std::int64_t>(roll.size());
        std::vector<meetings::Attendance> attendances;
        for (const auto& [member_id, mark] : roll) {
            if (mark == meetings::Mark::present) ++meeting.members_present;
            else if (mark == meetings::Mark::excused) ++meeting.excused_count;
            else ++meeting.unexcused_count;
            attendances.push_back({meeting.id, member_id, mark, ""});
        }
        if (score_milli) {
            meeting.score_milli = score_milli;
            meeting.maximum_milli = 100'000;
            meeting.score_class = "good";
        }
        world.write([&](const Call& call) {
            meetings::add_meetings(call, std::span(&meeting, 1));
            meetings::add_attendances(call, attendances);
            call.record("meeting.held", meeting.id, unit_id);
        });
        return meeting.id;
    }

    // Everybody present at each monthly meeting, a thematic part in each quarter.
    void meet_all_year(UnitId unit_id, const std::vector<MemberId>& people,
                       std::int64_t score_milli = 90'000) {
        std::vector<std::pair<MemberId, meetings::Mark>> roll;
        for (const MemberId id : people) roll.emplace_back(id, meetings::Mark::present);
        for (int month = 1; month <= 12; ++month)
            add_meeting(unit_id, on(month, 3), roll, score_milli, month % 3 == 0);
    }

    TaskId add_task(UnitId unit_id, std::optional<MemberId> owner, Date due_on, std::optional<Date> done_on,
                    bool is_exceeded = false) {
        tasks::Task task;
        task.id = TaskId{world.ids.next(world.now)};
        task.unit_id = unit_id;
        task.title = "A task";
        task.owner_kind = owner ? tasks::OwnerKind::member : tasks::OwnerKind::unit;
        task.owner_member_id = owner;
        if (!owner) task.owner_unit_id = unit_id;
        task.due_on = due_on;
        if (done_on) {
            task.state = tasks::State::done;
            task.progress = 100;
            task.done_on = done_on;
            task.is_exceeded = is_exceeded;
        }
        world.write([&](const Call& call) {
            tasks::add_tasks(call, std::span(&task, 1));
            call.record("task.assigned", task.id, unit_id);
        });
        return task.id;
    }

    classification::ReviewReport review(std::int64_t year = 2024) {
        classification::ReviewReport report;
        world.read([&](const Call& call) { report = classification::review(call, year, shipped()); });
        world.announcements.deliver();
        return report;
    }

    // The value of a collected fact; nothing when it is not known.
    std::optional<std::int64_t> fact_of(const std::string& name, std::int64_t id,
                                        classification::SubjectKind subject_kind) {
        std::optional<std::int64_t> value;
        world.read([&](const Call& call) {
            const auto edition = shipped().find("vn.classification", 2024);
            const auto facts = classification::collect_facts(call, 2024, edition->rulebook());
            const auto& table =
                subject_kind == classification::SubjectKind::unit ? facts.units : facts.members;
            const auto* column = table.find(name);
            REQUIRE(column);
            for (std::size_t row = 0; row < table.ids.size(); ++row)
                if (table.ids[row] == id && column->given[row]) value = column->values[row];
        });
        return value;
    }
    std::optional<std::int64_t> member_fact(const std::string& name, MemberId id) {
        return fact_of(name, id.number, classification::SubjectKind::member);
    }
    std::optional<std::int64_t> unit_fact(const std::string& name, UnitId id) {
        return fact_of(name, id.number, classification::SubjectKind::unit);
    }

    std::optional<classification::MemberClass> class_of(MemberId id) {
        std::optional<classification::MemberClass> found;
        world.read([&](const Call& call) { found = classification::find_member_class(call.db, id, 2024); });
        return found;
    }
    std::optional<classification::UnitClass> class_of(UnitId id) {
        std::optional<classification::UnitClass> found;
        world.read([&](const Call& call) { found = classification::find_unit_class(call.db, id, 2024); });
        return found;
    }

    World world;
    members::Readings readings;
    classification::Setting setting;
    int last_code = 0;
};

}  // namespace gw::test
