#include "meetings/meetings.h"

#include "meetings/meetings_parts.h"
#include "meetings/meetings_rules.h"
#include "meetings/meetings_score.h"
#include "meetings/meetings_store.h"
#include "organisation/tree.h"
#include "platform/checks.h"
#include "platform/db/bulk_rows.h"
#include "platform/json/json.h"

namespace gw::meetings {

Meeting get_meeting(const Call& call, MeetingId meeting_id) {
    auto meeting = find_meeting(call.db, meeting_id);
    if (!meeting) refuse_unknown("meeting_id");
    return *meeting;
}

void require_state(const Meeting& meeting, State state) {
    if (meeting.state != state)
        throw Refusal(Reason::conflict,
                      Problem{"", "meetings.not_in_state", {{"state", to_text(meeting.state)}}});
}

std::string unit_name(const Call& call, UnitId unit_id) {
    const auto position = call.tree->find(unit_id);
    return position ? call.tree->at(*position).name : std::string();
}

void require_meeting_unit(const Call& call, UnitId unit_id) {
    const int position = call.tree->get(unit_id);
    if (!call.tree->kind_of(position).has_members)
        throw Refusal(Reason::invalid, Problem{"unit_id", "meetings.unit_has_no_members"});
}

Meeting planned(const Call& call, const AddMeeting& request, const Setting& setting) {
    Meeting meeting;
    meeting.id = request.id ? *request.id : call.new_id<MeetingId>();
    meeting.unit_id = request.unit_id;
    meeting.kind = request.kind;
    meeting.subject = request.subject;
    meeting.planned_for = request.planned_for;
    meeting.meets_on = day_of(request.planned_for, setting.zone_minutes);
    meeting.place = request.place.value_or("");
    meeting.has_thematic_part = request.has_thematic_part.value_or(request.kind == Kind::thematic);
    meeting.documents_sent_on = request.documents_sent_on;
    meeting.created_at = call.now;
    return meeting;
}

std::vector<AgendaItem> own_agenda(const Call& call, MeetingId meeting_id,
                                   std::span<const std::string> texts) {
    std::vector<AgendaItem> agenda;
    for (const std::string& text : texts)
        agenda.push_back({call.new_id<AgendaItemId>(), meeting_id,
                          static_cast<std::int64_t>(agenda.size()) + 1, text, SourceKind::own, std::nullopt});
    return agenda;
}

void add_proposals(const Call& call, UnitId unit_id, MeetingId meeting_id, const Setting& setting,
                   std::vector<AgendaItem>& agenda, bool is_final) {
    for (const AgendaSource& source : setting.agenda_sources)
        for (AgendaProposal& proposal : source(call, unit_id))
            agenda.push_back({is_final ? call.new_id<AgendaItemId>() : AgendaItemId{}, meeting_id,
                              static_cast<std::int64_t>(agenda.size()) + 1, std::move(proposal.text),
                              proposal.source_kind, proposal.source_id});
}

std::optional<Meeting> find_sent_before(const Call& call, const std::optional<MeetingId>& id, UnitId unit_id,
                                        Kind kind, Moment planned_for) {
    if (!id) return std::nullopt;
    auto there = find_meeting(call.db, *id);
    if (there && (there->unit_id != unit_id || there->kind != kind || there->planned_for != planned_for))
        throw Refusal(Reason::conflict, Problem{"id", "meetings.id_taken"});
    return there;
}

Meeting plan(const Call& call, const PlanMeeting& request, const Setting& setting) {
    require_meeting_unit(call, request.unit_id);
    call.require("meetings.plan", request.unit_id);
    if (const auto there =
            find_sent_before(call, request.id, request.unit_id, request.kind, request.planned_for))
        return *there;
    refuse_if(problems_in(Plan{request.subject, request.planned_for,
                               request.place ? *request.place : std::string_view(), request.agenda,
                               request.documents_sent_on}));

    const Meeting meeting = planned(call,
                                    {request.id,
                                     request.unit_id,
                                     request.kind,
                                     request.subject,
                                     request.planned_for,
                                     request.place,
                                     request.has_thematic_part,
                                     request.documents_sent_on,
                                     {},
                                     std::nullopt},
                                    setting);
    call.db.insert("meetings", meeting);
    call.db.insert_all("agenda_items",
                       std::span<const AgendaItem>(own_agenda(call, meeting.id, request.agenda)));
    call.record("meeting.planned", meeting.id, meeting.unit_id, to_json(request));
    call.announce("meetings", meeting.unit_id);
    return meeting;
}

Meeting change(const Call& call, const ChangeMeeting& request, const Setting& setting) {
    Meeting meeting = get_meeting(call, request.meeting_id);
    call.require("meetings.plan", meeting.unit_id);
    if (meeting.version != request.version)
        throw Refusal(Reason::conflict, Problem{"version", "meetings.changed_meanwhile"});
    require_state(meeting, State::planned);
    refuse_if(problems_in(Plan{request.subject, request.planned_for,
                               request.place ? *request.place : std::string_view(), request.agenda,
                               request.documents_sent_on}));

    meeting.subject = request.subject;
    meeting.planned_for = request.planned_for;
    meeting.meets_on = day_of(request.planned_for, setting.zone_minutes);
    meeting.place = request.place.value_or("");
    meeting.has_thematic_part = request.has_thematic_part.value_or(meeting.kind == Kind::thematic);
    meeting.documents_sent_on = request.documents_sent_on;
    ++meeting.version;
    call.db.update("meetings", meeting);
    remove_agenda(call.db, meeting.id);
    call.db.insert_all("agenda_items",
                       std::span<const AgendaItem>(own_agenda(call, meeting.id, request.agenda)));
    call.record("meeting.changed", meeting.id, meeting.unit_id, to_json(request));
    call.announce("meetings", meeting.unit_id);
    return meeting;
}

Meeting cancel(const Call& call, const CancelMeeting& request) {
    Meeting meeting = get_meeting(call, request.meeting_id);
    call.require("meetings.plan", meeting.unit_id);
    require_state(meeting, State::planned);
    Problems problems;
    check_text(problems, "reason", request.reason);
    refuse_if(problems);

    meeting.state = State::cancelled;
    meeting.cancel_reason = request.reason;
    ++meeting.version;
    call.db.update("meetings", meeting);
    call.record("meeting.cancelled", meeting.id, meeting.unit_id, to_json(request));
    call.announce("meetings", meeting.unit_id);
    return meeting;
}

Meeting publish(const Call& call, const PublishMeeting& request, const Setting& setting) {
    Meeting meeting = get_meeting(call, request.meeting_id);
    call.require("meetings.record", meeting.unit_id);
    require_state(meeting, State::held);
    if (meeting.published_on) throw Refusal(Reason::conflict, Problem{"", "meetings.already_published"});
    const Date published_on = request.published_on.value_or(call.today);
    Problems problems;
    check_past_day(problems, "published_on", published_on, call.today);
    if (published_on < meeting.meets_on) problems.push_back({"published_on", "meetings.before_the_meeting"});
    refuse_if(problems);

    meeting.published_on = published_on;
    ++meeting.version;
    compute_score(setting.library, meeting, self_marks_of(call.db, meeting.id));
    call.db.update("meetings", meeting);
    call.record("meeting.published", meeting.id, meeting.unit_id, to_json(request));
    call.announce("meetings", meeting.unit_id);
    return meeting;
}

void add_meetings(const Call& call, std::span<const Meeting> meetings) {
    add_rows(call.db, "meetings", meetings);
}

void add_attendances(const Call& call, std::span<const Attendance> attendances) {
    add_rows(call.db, "attendances", attendances);
}

void add_contributions(const Call& call, std::span<const Contribution> contributions) {
    add_rows(call.db, "contributions", contributions);
}

void add_agenda_items(const Call& call, std::span<const AgendaItem> agenda_items) {
    add_rows(call.db, "agenda_items", agenda_items);
}

void add_self_marks(const Call& call, std::span<const SelfMarks> marks) {
    add_all_self_marks(call.db, marks, call.actor.account_id, call.now);
}

}  // namespace gw::meetings
