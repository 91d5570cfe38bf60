#include <unordered_map>

#include "meetings/meetings.h"
#include "meetings/meetings_parts.h"
#include "meetings/meetings_rules.h"
#include "meetings/meetings_store.h"
#include "meetings/planning_store.h"
#include "organisation/organisation.h"

namespace gw::meetings {

Meeting get_readable(const Call& call, MeetingId meeting_id) {
    const auto meeting = find_meeting(call.db, meeting_id);
    const auto may_see = [&](UnitId unit_id) {
        return call.actor.may("meetings.read", unit_id) || call.actor.may("meetings.record", unit_id);
    };
    if (!meeting) refuse_unknown("meeting_id");
    if (!may_see(meeting->unit_id)) {
        const std::vector<UnitId> joined = joined_units_of(call.db, *meeting);
        if (std::none_of(joined.begin(), joined.end(), may_see)) refuse_unknown("meeting_id");
    }
    return *meeting;
}

std::vector<UnitId> joined_units_of(Db& db, const Meeting& meeting) {
    return meeting.kind == Kind::joint ? units_of_meeting(db, meeting.id) : std::vector<UnitId>();
}

std::vector<members::Person> people_of_all(Db& db, const Meeting& meeting,
                                           std::span<const UnitId> joined_units) {
    std::vector<members::Person> people = members::people_of(db, meeting.unit_id, meeting.meets_on);
    for (const UnitId unit_id : joined_units)
        for (members::Person& person : members::people_of(db, unit_id, meeting.meets_on))
            people.push_back(std::move(person));
    return people;
}

std::vector<members::Person> people_called(Db& db, const Meeting& meeting) {
    return expected_of(people_of_all(db, meeting, joined_units_of(db, meeting)), meeting.kind);
}

namespace {

// Names of people, also of those who have left the unit since.
class Names {
public:
    Names(Db& db, const Meeting& meeting) : db_(db) {
        for (members::Person& member : people_of_all(db, meeting, joined_units_of(db, meeting)))
            names_.emplace(member.id, std::move(member.full_name));
    }
    const std::string& of(MemberId member_id) {
        const auto [found, is_unknown] = names_.try_emplace(member_id);
        if (is_unknown)
            if (auto member = members::find_member(db_, member_id))
                found->second = std::move(member->full_name);
        return found->second;
    }

private:
    Db& db_;
    std::unordered_map<MemberId, std::string> names_;
};

Roll roll_with(UnitId unit_id, Date day, std::vector<members::Person> people, Kind kind) {
    Roll roll{unit_id, day, {}, 0};
    for (const members::Person& member : people) roll.excused_members += member.is_excused ? 1 : 0;
    for (members::Person& member : expected_of(std::move(people), kind))
        roll.members.push_back(
            {member.id, std::move(member.full_name), member.office, member.stage, std::nullopt});
    return roll;
}

}  // namespace

MeetingPage list(const Call& call, const ListMeetings& request) {
    const auto found = organisation::page_of_units<Meeting>(
        call, "meetings.read", request, find_meeting,
        [&](const auto& unit_ids, const std::optional<Meeting>& after, std::size_t count) {
            return list_meetings(call.db, request, unit_ids, after, count);
        });
    MeetingPage page{{}, found.next};
    for (const Meeting& meeting : found.rows)
        page.meetings.push_back({meeting, unit_name(call, meeting.unit_id), came_late(meeting)});
    return page;
}

MeetingRecord show(const Call& call, const MeetingKey& request, const Setting& setting) {
    return record_of(call, get_readable(call, request.meeting_id), setting);
}

MeetingRecord record_of(const Call& call, const Meeting& meeting, const Setting& setting) {
    MeetingRecord record{meeting, unit_name(call, meeting.unit_id), agenda_of(call.db, meeting.id), {}, {}};
    record.set_aside = set_asides_of(call.db, meeting.id);
    record.plan_changes = plan_changes_of(call.db, meeting.id);
    record.series_id = find_series_of(call.db, meeting.id);
    record.documents_came_late = came_late(meeting);
    for (const UnitId unit_id : joined_units_of(call.db, meeting))
        record.joined_units.push_back({unit_id, unit_name(call, unit_id)});
    if (meeting.state == State::planned)
        record.agenda = agenda_now(call, meeting, std::move(record.agenda), record.set_aside, setting);
    if (meeting.state != State::held) return record;
    Names names(call.db, meeting);
    for (Attendance& attendance : attendances_of(call.db, meeting.id)) {
        const MemberId member_id = attendance.member_id;
        record.attendances.push_back({std::move(attendance), names.of(member_id)});
    }
    for (Contribution& contribution : contributions_of(call.db, meeting.id)) {
        const MemberId member_id = contribution.member_id;
        record.contributions.push_back({std::move(contribution), names.of(member_id)});
    }
    return record;
}

std::vector<members::Person> expected_members(Db& db, UnitId unit_id, Date day) {
    return expected_of(members::people_of(db, unit_id, day), Kind::regular);
}

Roll roll(const Call& call, const MeetingKey& request) {
    const Meeting meeting = get_readable(call, request.meeting_id);
    Roll roll = roll_with(meeting.unit_id, meeting.meets_on,
                          people_of_all(call.db, meeting, joined_units_of(call.db, meeting)), meeting.kind);
    if (meeting.state != State::held) return roll;
    // The roll as it was called, whoever joined or left since.
    std::unordered_map<MemberId, RollMember> known;
    for (RollMember& member : roll.members) known.emplace(member.id, std::move(member));
    roll.members.clear();
    for (const Attendance& attendance : attendances_of(call.db, meeting.id)) {
        RollMember line;
        if (const auto found = known.find(attendance.member_id); found != known.end()) line = found->second;
        else if (const auto member = members::find_member(call.db, attendance.member_id))
            line = {member->id, member->full_name, member->office, member->stage, std::nullopt};
        line.id = attendance.member_id;
        line.mark = attendance.mark;
        roll.members.push_back(std::move(line));
    }
    return roll;
}

Roll roll_of_unit(const Call& call, const UnitRollKey& request) {
    require_meeting_unit(call, request.unit_id);
    if (!call.actor.may("meetings.record", request.unit_id)) call.require("meetings.read", request.unit_id);
    const Date day = request.day.value_or(call.today);
    return roll_with(request.unit_id, day, members::people_of(call.db, request.unit_id, day), Kind::regular);
}

}  // namespace gw::meetings
