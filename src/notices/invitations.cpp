#include <algorithm>
#include <map>

#include "notices/invitations.h"
#include "notices/notices_rules.h"
#include "notices/notices_store.h"
#include "platform/texts/texts.h"

namespace gw::notices {

namespace {

using meetings::Meeting;

ThingId thing_of(MeetingId meeting_id) { return ThingId{meeting_id.number}; }

// Whoever may not read the meeting does not learn of it.
Meeting get_plannable(const Call& call, MeetingId meeting_id) {
    const auto meeting = meetings::find_meeting(call.db, meeting_id);
    if (!meeting || !(call.actor.may("meetings.read", meeting->unit_id) ||
                      call.actor.may("meetings.plan", meeting->unit_id)))
        refuse_unknown("meeting_id");
    call.require("meetings.plan", meeting->unit_id);
    return *meeting;
}

std::vector<MemberId> expected(const Call& call, MeetingId meeting_id) {
    std::vector<MemberId> members;
    for (const meetings::RollMember& member : meetings::roll(call, {meeting_id}).members)
        members.push_back(member.id);
    return members;
}

ToTell about(const Meeting& meeting, Kind kind) {
    return {kind,
            meeting.unit_id,
            thing_of(meeting.id),
            "/meetings/" + to_text(meeting.id),
            {told("subject", meeting.subject), told("when", meeting.planned_for),
             told("place", meeting.place.empty() ? std::string("–") : meeting.place)}};
}

bool is_about_plan(Kind kind) {
    return kind == Kind::meeting_invited || kind == Kind::meeting_changed || kind == Kind::meeting_moved ||
           kind == Kind::meeting_cancelled;
}

// The last notice about the plan of a meeting that each account got.
std::map<AccountId, NoticeRow> last_told(Db& db, MeetingId meeting_id) {
    std::map<AccountId, NoticeRow> last;
    for (NoticeRow& row : notices_about(db, thing_of(meeting_id)))
        if (is_about_plan(row.kind)) last[row.account_id] = std::move(row);
    return last;
}

std::string agenda_now(const Call& call, MeetingId meeting_id, const Setting& setting) {
    return setting.agenda ? agenda_text(setting.agenda(call, meeting_id)) : std::string();
}

// The expected members' accounts, apart by whether they were told of the meeting before.
struct Apart {
    std::vector<AccountId> told, untold;
};
Apart apart(const Call& call, MeetingId meeting_id) {
    const auto last = last_told(call.db, meeting_id);
    Apart parts;
    for (const accounts::Account& account : accounts::accounts_of(call.db, expected(call, meeting_id)))
        (last.contains(account.id) ? parts.told : parts.untold).push_back(account.id);
    return parts;
}

InvitationRow sent_now(const Call& call, const Meeting& meeting, std::string agenda, Moment first_sent_at) {
    return {meeting.id,      meeting.unit_id,     first_sent_at, call.now,         call.actor.name,
            meeting.subject, meeting.planned_for, meeting.place, std::move(agenda)};
}

Delivery delivery_of(const Call& call, const Setting& setting, const meetings::RollMember& member,
                     bool has_account, const NoticeRow* notice) {
    Delivery delivery{.member_id = member.id, .member_name = member.full_name, .has_account = has_account};
    if (!notice) return delivery;
    delivery.kind = notice->kind;
    delivery.told_at = notice->told_at;
    delivery.read_at = notice->read_at;
    if (const auto mail = find_mail(call.db, notice->id)) {
        delivery.mail_state = mail->state;
        delivery.mail_ended_at = mail->ended_at;
        if (!mail->fault.empty()) delivery.mail_fault = setting.texts.text(call.language, mail->fault);
    }
    return delivery;
}

Invitation shown(const Call& call, const Meeting& meeting, const Setting& setting) {
    Invitation invitation;
    invitation.meeting_id = meeting.id;
    invitation.is_mail_on = setting.mail.is_on();
    if (const auto sent = find_invitation(call.db, meeting.id)) {
        invitation.first_sent_at = sent->first_sent_at;
        invitation.sent_at = sent->sent_at;
        invitation.sent_by = sent->sent_by;
        invitation.is_late = is_late(sent->first_sent_at, meeting.planned_for);
        if (meeting.state == meetings::State::planned)
            invitation.changed = changes_since(*sent, meeting, agenda_now(call, meeting.id, setting));
    }
    const auto last = last_told(call.db, meeting.id);
    const auto roll = meetings::roll(call, {meeting.id}).members;
    std::vector<MemberId> member_ids;
    for (const meetings::RollMember& member : roll) member_ids.push_back(member.id);
    const auto accounts = accounts::accounts_of(call.db, member_ids);
    for (const meetings::RollMember& member : roll) {
        // Of several accounts of one member, the one that was told last speaks for them.
        const NoticeRow* newest = nullptr;
        bool has_account = false;
        for (const accounts::Account& account : accounts) {
            if (account.member_id != member.id) continue;
            has_account = true;
            const auto found = last.find(account.id);
            if (found != last.end() && (!newest || newest->id < found->second.id)) newest = &found->second;
        }
        invitation.untold += has_account && !newest ? 1 : 0;
        invitation.deliveries.push_back(delivery_of(call, setting, member, has_account, newest));
    }
    return invitation;
}

// Whoever was told of the meeting, and whoever would be expected by now.
std::int64_t tell_of_cancellation(const Call& call, const Meeting& meeting, InvitationRow sent) {
    Recipients recipients{.members = expected(call, meeting.id)};
    for (const auto& [account_id, last] : last_told(call.db, meeting.id))
        recipients.accounts.push_back(account_id);
    ToTell what = about(meeting, Kind::meeting_cancelled);
    what.values.push_back(told("reason", meeting.cancel_reason));
    const Told told = tell(call, recipients, what);
    sent.is_cancelled = true;
    put_invitation(call.db, sent);
    return told.reached;
}

}  // namespace

Invitation invite(const Call& call, const Invite& request, const Setting& setting) {
    const Meeting meeting = get_plannable(call, request.meeting_id);
    if (meeting.state != meetings::State::planned)
        throw Refusal(Reason::conflict, Problem{"", "notices.not_planned"});
    if (meeting.planned_for < call.now)
        throw Refusal(Reason::conflict, Problem{"", "notices.meeting_is_over"});

    const std::string agenda = agenda_now(call, meeting.id, setting);
    const auto before = find_invitation(call.db, meeting.id);
    const Apart parts = apart(call, meeting.id);
    const bool has_changed = before && !changes_since(*before, meeting, agenda).empty();
    if (before && !has_changed && parts.untold.empty()) return shown(call, meeting, setting);

    const bool is_moved = before && before->planned_for != meeting.planned_for;
    tell(call, {.accounts = parts.untold}, about(meeting, Kind::meeting_invited));
    if (has_changed)
        tell(call, {.accounts = parts.told},
             about(meeting, is_moved ? Kind::meeting_moved : Kind::meeting_changed));
    put_invitation(call.db, sent_now(call, meeting, agenda, before ? before->first_sent_at : call.now));
    if (setting.note_sent) setting.note_sent(call, meeting.id);
    call.record("meeting.invited", meeting.id, meeting.unit_id,
                "{\"invited\":" + std::to_string(parts.untold.size()) + "}");
    call.announce("notices", meeting.unit_id);
    return shown(call, meeting, setting);
}

Invitation show_invitation(const Call& call, const Invite& request, const Setting& setting) {
    return shown(call, get_plannable(call, request.meeting_id), setting);
}

std::int64_t tell_of_plan(const Call& call, const Meeting& meeting) {
    auto sent = find_invitation(call.db, meeting.id);
    if (!sent || meeting.state == meetings::State::held) return 0;
    if (meeting.state == meetings::State::cancelled)
        return sent->is_cancelled ? 0 : tell_of_cancellation(call, meeting, *sent);
    const bool is_moved = sent->planned_for != meeting.planned_for;
    const bool is_back = sent->is_cancelled;
    if (!is_back && !is_moved && sent->place == meeting.place) return 0;
    const Kind kind = is_back    ? Kind::meeting_invited
                      : is_moved ? Kind::meeting_moved
                                 : Kind::meeting_changed;
    const Told told = tell(call, {.members = expected(call, meeting.id)}, about(meeting, kind));
    sent->subject = meeting.subject;
    sent->planned_for = meeting.planned_for;
    sent->place = meeting.place;
    sent->is_cancelled = false;
    put_invitation(call.db, *sent);
    return told.reached;
}

void tell_of_minutes(const Call& call, MeetingId meeting_id) {
    const auto meeting = meetings::find_meeting(call.db, meeting_id);
    if (!meeting || !meeting->published_on) return;
    ToTell what = about(*meeting, Kind::minutes_published);
    what.values.push_back(told("day", meeting->meets_on));
    tell(call, {.members = expected(call, meeting_id)}, what);
}

}  // namespace gw::notices
