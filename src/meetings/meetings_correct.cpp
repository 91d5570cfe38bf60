#include <unordered_map>

#include "meetings/corrections.h"
#include "meetings/meetings_parts.h"
#include "meetings/meetings_rules.h"
#include "meetings/meetings_score.h"
#include "meetings/meetings_store.h"
#include "platform/checks.h"
#include "platform/router.h"

namespace gw::meetings {

namespace {

Happening happening_of(const Meeting& meeting, std::span<const Attendance> attendances,
                       std::span<const Contribution> contributions) {
    Happening happening;
    happening.started_at = meeting.started_at.value_or(Moment{});
    happening.ended_at = meeting.ended_at.value_or(Moment{});
    happening.clock_started_at = meeting.clock_started_at;
    happening.clock_ended_at = meeting.clock_ended_at;
    if (!meeting.times_reason.empty()) happening.times_reason = meeting.times_reason;
    happening.chair_id = meeting.chair_id;
    happening.minute_taker_id = meeting.minute_taker_id;
    happening.documents_sent_on = meeting.documents_sent_on;
    happening.has_thematic_part = meeting.has_thematic_part;
    if (!meeting.summary.empty()) happening.summary = meeting.summary;
    for (const Attendance& each : attendances)
        happening.roll.push_back(
            {each.member_id, each.mark, each.reason.empty() ? std::nullopt : std::optional(each.reason)});
    for (const Contribution& each : contributions)
        happening.contributions.push_back({each.id, each.member_id, each.text,
                                           each.about.empty() ? std::nullopt : std::optional(each.about)});
    return happening;
}

// What a resolution rests on must not be taken from under it, nor put into somebody else's mouth.
void check_cited(const Call& call, std::span<const Contribution> kept, const Happening& happening,
                 const CitedSource& is_cited, Problems& problems) {
    std::unordered_map<ContributionId, MemberId> speakers;
    for (const SpokenWord& word : happening.contributions)
        if (word.id) speakers.emplace(*word.id, word.member_id);
    for (const Contribution& each : kept) {
        const auto found = speakers.find(each.id);
        if (found != speakers.end() && found->second == each.member_id) continue;
        if (is_cited && is_cited(call, each.id))
            problems.push_back({"happening/contributions", "meetings.cited_stays", {{"text", each.text}}});
    }
}

}  // namespace

MeetingRecord correct(const Call& call, const CorrectRecord& request, const Setting& setting,
                      const CitedSource& is_cited) {
    const Meeting before = get_meeting(call, request.meeting_id);
    call.require("meetings.record", before.unit_id);
    require_state(before, State::held);
    const auto attendances = attendances_of(call.db, before.id);
    const auto contributions = contributions_of(call.db, before.id);
    if (is_same(before, attendances, contributions, request.happening))
        return show(call, {before.id}, setting);
    if (before.version != request.version)
        throw Refusal(Reason::conflict, Problem{"version", "meetings.changed_meanwhile"});
    Problems problems;
    check_text(problems, "reason", request.reason);
    check_cited(call, contributions, request.happening, is_cited, problems);
    refuse_if(problems);

    MeetingRecord record = held(call, before, request.happening, joined_units_of(call.db, before),
                                agenda_of(call.db, before.id), setting, "happening/");
    Meeting& meeting = record.meeting;
    // How the last resolution stood that evening was seen that evening.
    if (meeting.meets_on == before.meets_on) {
        meeting.results_total = before.results_total;
        meeting.results_done = before.results_done;
    }
    compute_score(setting.library, meeting, self_marks_of(call.db, meeting.id));
    meeting.version = before.version + 1;
    keep_record_version(call.db, before.id,
                        {before.version, happening_of(before, attendances, contributions), before.recorded_by,
                         request.reason, call.actor.account_id, call.actor.name, call.now});
    remove_roll_and_contributions(call.db, meeting.id);
    call.db.update("meetings", meeting);
    keep_roll_and_contributions(call, record);
    call.record("meeting.corrected", meeting.id, meeting.unit_id,
                "{\"version\":" + std::to_string(meeting.version) + "}");
    call.announce("meetings", meeting.unit_id);
    return record;
}

RecordVersions list_record_versions(const Call& call, const MeetingKey& request) {
    return {record_versions_of(call.db, get_readable(call, request.meeting_id).id)};
}

void add_correction_routes(Router& router, Setting given, CitedSource is_cited) {
    const auto setting = std::make_shared<const Setting>(std::move(given));
    router.put("/api/meetings/{meeting_id}/record", "Corrects the record of a held meeting, with a reason",
               [setting, is_cited = std::move(is_cited)](const Call& call, const CorrectRecord& request) {
                   return correct(call, request, *setting, is_cited);
               });
    router.get("/api/meetings/{meeting_id}/record_versions",
               "Lists what the record of a meeting said before it was corrected", list_record_versions);
}

}  // namespace gw::meetings
