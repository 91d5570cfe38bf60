#include <unordered_map>

#include "meetings/meetings.h"
#include "meetings/meetings_parts.h"
#include "meetings/meetings_rulebook.h"
#include "meetings/meetings_rules.h"
#include "meetings/meetings_store.h"

namespace gw::meetings {

namespace {

// More meetings running than these, missed with a reason, cost a point.
constexpr std::int64_t tolerated_running_absences = 3;

void check_free_ids(const Call& call, MeetingId meeting_id, const Happening& happening,
                    const std::string& prefix, Problems& problems) {
    for (std::size_t i = 0; i < happening.contributions.size(); ++i) {
        const auto& id = happening.contributions[i].id;
        const auto taken = id ? find_contribution(call.db, *id) : std::nullopt;
        if (taken && taken->meeting_id != meeting_id)
            problems.push_back({prefix + "contributions/" + std::to_string(i) + "/id", "meetings.id_taken"});
    }
}

std::int64_t count_running_excused(const Call& call, const Meeting& meeting, const Happening& happening) {
    if (meeting.kind != Kind::regular || meeting.excused_count == 0) return 0;
    std::int64_t count = 0;
    for (const MemberId member_id :
         running_excused(call.db, meeting.unit_id, meeting.meets_on, tolerated_running_absences))
        for (const RollMark& given : happening.roll)
            if (given.member_id == member_id && given.mark == Mark::excused) ++count;
    return count;
}

// The edition that counts for the unit on the day; the meeting keeps it from now on.
void choose_edition(const Call& call, const Setting& setting, Meeting& meeting) {
    if (meeting.score_rulebook || !is_scored(meeting)) return;
    const auto edition = counting_edition(call, setting.library, meeting.unit_id, meeting.meets_on).edition;
    if (edition) meeting.score_rulebook = edition->full_name();
}

}  // namespace

MeetingRecord held(const Call& call, Meeting meeting, const Happening& happening,
                   std::vector<AgendaItem> agenda, const Setting& setting, const std::string& prefix) {
    meeting.meets_on = day_of(happening.started_at, setting.zone_minutes);
    std::vector<members::Person> people = members::people_of(call.db, meeting.unit_id, meeting.meets_on);
    count_unit(meeting, people);
    const std::vector<members::Person> expected = expected_of(std::move(people), meeting.kind);
    Problems problems = problems_in(happening, expected, call.now, prefix);
    check_free_ids(call, meeting.id, happening, prefix, problems);
    refuse_if(problems);

    count_roll(meeting, happening);
    meeting.state = State::held;
    meeting.recorded_by = call.actor.account_id;
    meeting.running_excused_count = count_running_excused(call, meeting, happening);
    if (setting.results) {
        if (const auto results = setting.results(call, meeting.unit_id, meeting.meets_on)) {
            meeting.results_total = results->total;
            meeting.results_done = results->done;
        }
    }
    choose_edition(call, setting, meeting);
    compute_score(setting.library, meeting, {});

    std::unordered_map<MemberId, const std::string*> names;
    for (const members::Person& member : expected) names.emplace(member.id, &member.full_name);
    MeetingRecord record{meeting, unit_name(call, meeting.unit_id), std::move(agenda), {}, {}};
    for (const RollMark& given : happening.roll)
        record.attendances.push_back({{meeting.id, given.member_id, given.mark, given.reason.value_or("")},
                                      *names.at(given.member_id)});
    for (const SpokenWord& word : happening.contributions)
        record.contributions.push_back(
            {{word.id ? *word.id : call.new_id<ContributionId>(), meeting.id, word.member_id,
              static_cast<std::int64_t>(record.contributions.size()) + 1, word.text, word.about.value_or("")},
             *names.at(word.member_id)});
    return record;
}

void keep_roll_and_contributions(const Call& call, const MeetingRecord& record) {
    std::vector<Attendance> attendances;
    for (const AttendanceLine& line : record.attendances) attendances.push_back(line.attendance);
    std::vector<Contribution> contributions;
    for (const SpokenContribution& spoken : record.contributions)
        contributions.push_back(spoken.contribution);
    call.db.insert_all("attendances", std::span<const Attendance>(attendances));
    call.db.insert_all("contributions", std::span<const Contribution>(contributions));
}

namespace {

void keep(const Call& call, const MeetingRecord& record, std::span<const AgendaItem> agenda) {
    keep_roll_and_contributions(call, record);
    call.db.insert_all("agenda_items", agenda);
    const Meeting& meeting = record.meeting;
    call.record("meeting.held", meeting.id, meeting.unit_id,
                "{\"members_expected\":" + std::to_string(meeting.members_expected) +
                    ",\"members_present\":" + std::to_string(meeting.members_present) +
                    ",\"contributions\":" + std::to_string(record.contributions.size()) + "}");
    call.announce("meetings", meeting.unit_id);
}

// The record kept already, when it says the same; refused otherwise.
MeetingRecord same_record(const Call& call, const Meeting& meeting, const Happening& happening,
                          const Setting& setting) {
    if (meeting.state == State::cancelled) require_state(meeting, State::held);
    if (!is_same(meeting, attendances_of(call.db, meeting.id), contributions_of(call.db, meeting.id),
                 happening))
        throw Refusal(Reason::conflict, Problem{"", "meetings.recorded_differently"});
    return show(call, {meeting.id}, setting);
}

}  // namespace

MeetingRecord record(const Call& call, const RecordMeeting& request, const Setting& setting) {
    const Meeting meeting = get_meeting(call, request.meeting_id);
    call.require("meetings.record", meeting.unit_id);
    if (meeting.state != State::planned) return same_record(call, meeting, request.happening, setting);

    std::vector<AgendaItem> agenda = agenda_of(call.db, meeting.id);
    const std::size_t own = agenda.size();
    add_proposals(call, meeting.unit_id, meeting.id, setting, agenda, true);
    MeetingRecord record = held(call, meeting, request.happening, std::move(agenda), setting, "happening/");
    ++record.meeting.version;
    call.db.update("meetings", record.meeting);
    keep(call, record, std::span<const AgendaItem>(record.agenda).subspan(own));
    return record;
}

MeetingRecord add(const Call& call, const AddMeeting& request, const Setting& setting) {
    if (!request.happening) {
        const Meeting meeting =
            plan(call,
                 {request.id, request.unit_id, request.kind, request.subject, request.planned_for,
                  request.place, request.has_thematic_part, request.documents_sent_on, request.agenda},
                 setting);
        MeetingRecord record{
            meeting, unit_name(call, meeting.unit_id), agenda_of(call.db, meeting.id), {}, {}};
        if (meeting.state == State::planned)
            add_proposals(call, meeting.unit_id, meeting.id, setting, record.agenda, false);
        return record;
    }
    require_meeting_unit(call, request.unit_id);
    call.require("meetings.plan", request.unit_id);
    call.require("meetings.record", request.unit_id);
    if (const auto there =
            find_sent_before(call, request.id, request.unit_id, request.kind, request.planned_for)) {
        if (there->state != State::planned) return same_record(call, *there, *request.happening, setting);
        return record(call, {there->id, *request.happening}, setting);
    }
    refuse_if(problems_in(Plan{request.subject, request.planned_for,
                               request.place ? *request.place : std::string_view(), request.agenda,
                               request.documents_sent_on}));
    const Meeting meeting = planned(call, request, setting);
    std::vector<AgendaItem> agenda = own_agenda(call, meeting.id, request.agenda);
    add_proposals(call, meeting.unit_id, meeting.id, setting, agenda, true);
    MeetingRecord record = held(call, meeting, *request.happening, std::move(agenda), setting, "happening/");
    call.db.insert("meetings", record.meeting);
    keep(call, record, record.agenda);
    return record;
}

}  // namespace gw::meetings
