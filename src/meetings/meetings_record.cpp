#include <unordered_map>

#include "meetings/meetings.h"
#include "meetings/meetings_parts.h"
#include "meetings/meetings_rulebook.h"
#include "meetings/meetings_rules.h"
#include "meetings/meetings_store.h"
#include "meetings/planning_store.h"

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

// What came by itself is kept from now on.
std::vector<AgendaItem> with_ids(const Call& call, std::vector<AgendaItem> agenda) {
    for (AgendaItem& item : agenda)
        if (item.id == AgendaItemId{}) item.id = call.new_id<AgendaItemId>();
    return agenda;
}

}  // namespace

MeetingRecord held(const Call& call, Meeting meeting, const Happening& happening,
                   std::span<const UnitId> joined_units, std::vector<AgendaItem> agenda,
                   const Setting& setting, const std::string& prefix) {
    meeting.meets_on = day_of(happening.started_at, setting.zone_minutes);
    std::vector<members::Person> people = people_of_all(call.db, meeting, joined_units);
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

    const std::vector<AgendaItem> kept = agenda_of(call.db, meeting.id);
    const std::vector<SetAside> aside = set_asides_of(call.db, meeting.id);
    MeetingRecord record =
        held(call, meeting, request.happening, joined_units_of(call.db, meeting),
             with_ids(call, agenda_now(call, meeting, kept, aside, setting)), setting, "happening/");
    ++record.meeting.version;
    call.db.update("meetings", record.meeting);
    // Items in their place already need not be written again.
    const bool goes_on =
        record.agenda.size() >= kept.size() &&
        std::equal(kept.begin(), kept.end(), record.agenda.begin(),
                   [](const AgendaItem& one, const AgendaItem& other) {
                       return one.id == other.id && one.number == other.number && one.text == other.text;
                   });
    if (!goes_on) remove_agenda(call.db, meeting.id);
    keep(call, record,
         std::span<const AgendaItem>(record.agenda).subspan(goes_on ? kept.size() : std::size_t{0}));
    record.set_aside = aside;
    return record;
}

MeetingRecord add(const Call& call, const AddMeeting& request, const Setting& setting) {
    if (!request.happening) {
        const Meeting meeting = plan(call, request, setting);
        return record_of(call, meeting, setting);
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
    require_joined_units(call, request);
    const Meeting meeting = planned(call, request, setting);
    const std::vector<UnitId> joined = request.joined_unit_ids.value_or(std::vector<UnitId>());
    MeetingRecord record = held(
        call, meeting, *request.happening, joined,
        with_ids(call, agenda_now(call, meeting, own_agenda(call, meeting.id, request.agenda), {}, setting)),
        setting, "happening/");
    call.db.insert("meetings", record.meeting);
    keep_units(call.db, meeting.id, joined);
    keep(call, record, record.agenda);
    return record;
}

}  // namespace gw::meetings
