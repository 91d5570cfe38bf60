#include "meetings/plan_changes.h"

#include "meetings/meetings_parts.h"
#include "meetings/planning_store.h"
#include "platform/checks.h"
#include "platform/json/json.h"

namespace gw::meetings {

void change_plan(const Call& call, const Meeting& before, Meeting& meeting, PlanChangeKind kind,
                 std::string_view reason, std::string_view told, const Setting& setting) {
    ++meeting.version;
    call.db.update("meetings", meeting);
    PlanChange change{call.new_id<PlanChangeId>(),
                      meeting.id,
                      kind,
                      before.planned_for,
                      meeting.planned_for,
                      before.place,
                      meeting.place,
                      std::string(reason),
                      std::string(told),
                      0,
                      call.actor.account_id,
                      call.actor.name,
                      call.now};
    if (setting.tell_of_change) change.told_count = setting.tell_of_change(call, meeting, change);
    call.db.insert("meeting_plan_changes", change);
    call.record("meeting." + std::string(to_text(kind)), meeting.id, meeting.unit_id, to_json(change));
    announce_meeting(call, meeting);
}

Meeting move(const Call& call, const MoveMeeting& request, const Setting& setting) {
    const Meeting before = get_meeting(call, request.meeting_id);
    call.require("meetings.plan", before.unit_id);
    const std::string place = request.place.value_or(before.place);
    if (before.planned_for == request.planned_for && before.place == place) {
        const auto changes = plan_changes_of(call.db, before.id);
        if (!changes.empty() && changes.back().kind == PlanChangeKind::moved &&
            changes.back().planned_before == request.from && changes.back().reason == request.reason)
            return before;
    }
    require_state(before, State::planned);
    if (before.planned_for != request.from)
        throw Refusal(Reason::conflict, Problem{"from", "meetings.moved_meanwhile"});
    Problems problems;
    check_moment(problems, "planned_for", request.planned_for);
    check_text(problems, "reason", request.reason);
    check_length(problems, "place", place);
    check_length(problems, "told", request.told.value_or(""));
    if (request.planned_for == before.planned_for)
        problems.push_back({"planned_for", "meetings.is_the_time_before"});
    refuse_if(problems);

    Meeting meeting = before;
    meeting.planned_for = request.planned_for;
    meeting.meets_on = day_of(request.planned_for, setting.zone_minutes);
    meeting.place = place;
    change_plan(call, before, meeting, PlanChangeKind::moved, request.reason, request.told.value_or(""),
                setting);
    return meeting;
}

Meeting cancel(const Call& call, const CancelMeeting& request, const Setting& setting) {
    const Meeting before = get_meeting(call, request.meeting_id);
    call.require("meetings.plan", before.unit_id);
    require_state(before, State::planned);
    Problems problems;
    check_text(problems, "reason", request.reason);
    check_length(problems, "told", request.told.value_or(""));
    refuse_if(problems);

    Meeting meeting = before;
    meeting.state = State::cancelled;
    meeting.cancel_reason = request.reason;
    change_plan(call, before, meeting, PlanChangeKind::cancelled, request.reason, request.told.value_or(""),
                setting);
    return meeting;
}

Meeting restore(const Call& call, const MeetingKey& request, const Setting& setting) {
    const Meeting before = get_meeting(call, request.meeting_id);
    call.require("meetings.plan", before.unit_id);
    require_state(before, State::cancelled);
    if (before.planned_for < call.now) throw Refusal(Reason::conflict, Problem{"", "meetings.time_is_past"});
    Meeting meeting = before;
    meeting.state = State::planned;
    meeting.cancel_reason.clear();
    change_plan(call, before, meeting, PlanChangeKind::restored, "", "", setting);
    return meeting;
}

}  // namespace gw::meetings
