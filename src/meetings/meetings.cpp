#include "meetings/meetings.h"

#include <set>

#include "meetings/meetings_parts.h"
#include "meetings/meetings_rules.h"
#include "meetings/meetings_score.h"
#include "meetings/meetings_store.h"
#include "meetings/planning_store.h"
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

void require_joined_units(const Call& call, const AddMeeting& request) {
    Problems problems;
    std::set<UnitId> named{request.unit_id};
    const std::vector<UnitId> joined = request.joined_unit_ids.value_or(std::vector<UnitId>());
    for (std::size_t i = 0; i < joined.size(); ++i) {
        const std::string place = "joined_unit_ids/" + std::to_string(i);
        if (!named.insert(joined[i]).second) problems.push_back({place, "meetings.named_twice"});
        const auto position = call.tree->find(joined[i]);
        if (!position || !call.tree->kind_of(*position).has_members)
            problems.push_back({place, "meetings.unit_has_no_members"});
    }
    if ((request.kind == Kind::joint) == joined.empty())
        problems.push_back({"joined_unit_ids", "meetings.joint_names_units"});
    refuse_if(problems);
    for (const UnitId unit_id : joined) call.require("meetings.plan", unit_id);
}

void announce_meeting(const Call& call, const Meeting& meeting) {
    call.announce("meetings", meeting.unit_id);
    for (const UnitId unit_id : joined_units_of(call.db, meeting)) call.announce("meetings", unit_id);
}

std::optional<Meeting> find_sent_before(const Call& call, const std::optional<MeetingId>& id, UnitId unit_id,
                                        Kind kind, Moment planned_for) {
    if (!id) return std::nullopt;
    auto there = find_meeting(call.db, *id);
    if (there && (there->unit_id != unit_id || there->kind != kind || there->planned_for != planned_for))
        throw Refusal(Reason::conflict, Problem{"id", "meetings.id_taken"});
    return there;
}

Meeting plan(const Call& call, const AddMeeting& request, const Setting& setting) {
    require_meeting_unit(call, request.unit_id);
    call.require("meetings.plan", request.unit_id);
    if (const auto there =
            find_sent_before(call, request.id, request.unit_id, request.kind, request.planned_for))
        return *there;
    require_joined_units(call, request);
    refuse_if(problems_in(Plan{request.subject, request.planned_for,
                               request.place ? *request.place : std::string_view(), request.agenda,
                               request.documents_sent_on}));

    const Meeting meeting = planned(call, request, setting);
    call.db.insert("meetings", meeting);
    call.db.insert_all("agenda_items",
                       std::span<const AgendaItem>(own_agenda(call, meeting.id, request.agenda)));
    if (request.joined_unit_ids) keep_units(call.db, meeting.id, *request.joined_unit_ids);
    call.record("meeting.planned", meeting.id, meeting.unit_id, to_json(request));
    announce_meeting(call, meeting);
    return meeting;
}

Meeting change(const Call& call, const ChangeMeeting& request) {
    Meeting meeting = get_meeting(call, request.meeting_id);
    call.require("meetings.plan", meeting.unit_id);
    if (meeting.version != request.version)
        throw Refusal(Reason::conflict, Problem{"version", "meetings.changed_meanwhile"});
    require_state(meeting, State::planned);
    refuse_if(problems_in(Plan{request.subject,
                               meeting.planned_for,
                               request.place ? *request.place : std::string_view(),
                               {},
                               request.documents_sent_on}));

    meeting.subject = request.subject;
    meeting.place = request.place.value_or("");
    meeting.has_thematic_part = request.has_thematic_part.value_or(meeting.kind == Kind::thematic);
    if (meeting.documents_sent_on != request.documents_sent_on) {
        // What a person says replaces what the program saw.
        meeting.documents_sent_on = request.documents_sent_on;
        meeting.documents_sent_at.reset();
    }
    ++meeting.version;
    call.db.update("meetings", meeting);
    call.record("meeting.changed", meeting.id, meeting.unit_id, to_json(request));
    announce_meeting(call, meeting);
    return meeting;
}

void note_documents(const Call& call, MeetingId meeting_id, std::optional<Moment> sent_at, int zone_minutes) {
    Meeting meeting = get_meeting(call, meeting_id);
    if (meeting.state != State::planned || meeting.documents_sent_at == sent_at) return;
    meeting.documents_sent_at = sent_at;
    meeting.documents_sent_on = sent_at ? std::optional(day_of(*sent_at, zone_minutes)) : std::nullopt;
    call.db.update("meetings", meeting);
    call.record("meeting.documents_sent", meeting.id, meeting.unit_id);
    announce_meeting(call, meeting);
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
