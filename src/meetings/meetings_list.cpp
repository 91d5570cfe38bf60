#include <unordered_map>

#include "meetings/meetings.h"
#include "meetings/meetings_parts.h"
#include "meetings/meetings_rules.h"
#include "meetings/meetings_store.h"
#include "organisation/organisation.h"

namespace gw::meetings {

Meeting get_readable(const Call& call, MeetingId meeting_id) {
    const auto meeting = find_meeting(call.db, meeting_id);
    if (!meeting || !(call.actor.may("meetings.read", meeting->unit_id) ||
                      call.actor.may("meetings.record", meeting->unit_id)))
        refuse_unknown("meeting_id");
    return *meeting;
}

namespace {

// Names of people, also of those who have left the unit since.
class Names {
public:
    Names(Db& db, UnitId unit_id, Date day) : db_(db) {
        for (members::Person& member : members::people_of(db, unit_id, day))
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

Roll roll_on(const Call& call, UnitId unit_id, Date day, Kind kind) {
    Roll roll{unit_id, day, {}, 0};
    std::vector<members::Person> people = members::people_of(call.db, unit_id, day);
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
        page.meetings.push_back({meeting, unit_name(call, meeting.unit_id)});
    return page;
}

MeetingRecord show(const Call& call, const MeetingKey& request, const Setting& setting) {
    const Meeting meeting = get_readable(call, request.meeting_id);
    MeetingRecord record{meeting, unit_name(call, meeting.unit_id), agenda_of(call.db, meeting.id), {}, {}};
    if (meeting.state == State::planned)
        add_proposals(call, meeting.unit_id, meeting.id, setting, record.agenda, false);
    if (meeting.state != State::held) return record;
    Names names(call.db, meeting.unit_id, meeting.meets_on);
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
    Roll roll = roll_on(call, meeting.unit_id, meeting.meets_on, meeting.kind);
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
    return roll_on(call, request.unit_id, request.day.value_or(call.today), Kind::regular);
}

}  // namespace gw::meetings
