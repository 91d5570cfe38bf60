#include "borders.h"

#include <algorithm>

#include "accounts/accounts.h"
#include "directives/directives.h"
#include "findings/findings.h"
#include "members/members.h"
#include "organisation/tree.h"
#include "platform/texts/texts.h"
#include "tasks/tasks.h"

namespace gw {

documents::Gates attachment_gates(int zone_minutes) {
    const auto meeting = [](const Call& call, documents::ThingId thing_id, documents::Act act) {
        const auto found = meetings::find_meeting(call.db, MeetingId{thing_id.number});
        const auto may = [&](const char* permission) { return call.actor.may(permission, found->unit_id); };
        if (!found || !(may("meetings.read") || may("meetings.record"))) refuse_unknown("thing_id");
        if (act == documents::Act::change && !may("meetings.plan"))
            call.require("meetings.record", found->unit_id);
        return found->unit_id;
    };
    const auto task = [](const Call& call, documents::ThingId thing_id, documents::Act act) {
        const tasks::TaskKey key{TaskId{thing_id.number}};
        const UnitId unit_id = tasks::show(call, key).task.unit_id;
        if (act == documents::Act::change) tasks::require_reporter(call, key);
        return unit_id;
    };
    const auto directive = [](const Call& call, documents::ThingId thing_id, documents::Act act) {
        const DirectiveId id{thing_id.number};
        return act == documents::Act::change ? directives::require_sender(call, id)
                                             : directives::require_reader(call, id);
    };
    const auto finding = [](const Call& call, documents::ThingId thing_id, documents::Act act) {
        const FindingId id{thing_id.number};
        return act == documents::Act::change ? findings::require_actor(call, id)
                                             : findings::require_reader(call, id);
    };
    const auto inspection = [](const Call& call, documents::ThingId thing_id, documents::Act act) {
        const InspectionId id{thing_id.number};
        return act == documents::Act::change ? inspections::require_writer(call, id)
                                             : inspections::require_reader(call, id);
    };
    documents::Gates gates{{documents::ThingKind::meeting, meeting},
                           {documents::ThingKind::task, task},
                           {documents::ThingKind::directive, directive},
                           {documents::ThingKind::finding, finding},
                           {documents::ThingKind::inspection, inspection}};
    // Nobody records an inspection: neither its file nor what it found takes a picture.
    gates.takes_no_picture = [](const Call& call, documents::ThingKind kind, documents::ThingId thing_id) {
        return kind == documents::ThingKind::inspection ||
               (kind == documents::ThingKind::finding &&
                findings::is_of_inspection(call.db, FindingId{thing_id.number}));
    };
    // The papers of a meeting went out when the last of them was there for everybody called.
    gates.after_change = [zone_minutes](const Call& call, documents::ThingKind kind,
                                        documents::ThingId thing_id) {
        if (kind != documents::ThingKind::meeting) return;
        std::optional<Moment> last;
        for (const documents::Attachment& each : documents::attachments_of(call.db, kind, thing_id))
            if (each.purpose == documents::Purpose::document) last = std::max(last, {each.added_at});
        meetings::note_documents(call, MeetingId{thing_id.number}, last, zone_minutes);
    };
    return gates;
}

namespace {

// Those whose probation ends this soon are on the next agenda, so that the vote comes in time.
constexpr int days_before_recognition = 30;

std::string day_for_people(Date day) {
    return std::to_string(static_cast<unsigned>(day.day())) + "/" +
           std::to_string(static_cast<unsigned>(day.month())) + "/" +
           std::to_string(static_cast<int>(day.year()));
}

}  // namespace

meetings::AgendaSource agenda_of_recognitions(const Texts& texts, const std::string& language) {
    return [&texts, &language](const Call& call, UnitId unit_id, Date day) {
        const Date until = date_of(day_number(std::min(day, call.today)) + days_before_recognition);
        std::vector<meetings::AgendaProposal> proposals;
        for (const members::ProbationEnd& end : members::probations_ending(call.db, unit_id, until))
            proposals.push_back({texts.text(language, "members.agenda_recognition",
                                            {{"name", end.full_name}, {"day", day_for_people(end.ends_on)}}),
                                 meetings::SourceKind::recognition, meetings::SourceId{end.id.number}});
        return proposals;
    };
}

std::vector<inspections::Candidate> inspection_candidates(const Call& call, UnitId body, UnitId object) {
    std::vector<inspections::Candidate> candidates;
    const auto inside = call.tree->find(object);
    const auto add = [&](const char* permission, UnitId unit_id) {
        for (const accounts::Account& account : accounts::accounts_holding(call, permission, unit_id)) {
            const auto home = call.tree->find(account.home_unit_id);
            const bool is_known = std::any_of(candidates.begin(), candidates.end(), [&](const auto& each) {
                return each.account_id == account.id;
            });
            if (account.is_locked || is_known || !home || !inside ||
                call.tree->is_within(*home, call.tree->reach(*inside)))
                continue;
            candidates.push_back({account.id, account.full_name, account.home_unit_id});
        }
    };
    add("findings.read", body);
    add("findings.check", object);
    return candidates;
}

void tell_late_inspection(const Call& call, const inspections::Inspection& inspection, Date due_on,
                          const std::vector<AccountId>& team) {
    notices::tell(call, {.accounts = team},
                  {notices::Kind::inspection_late,
                   inspection.unit_id,
                   notices::ThingId{inspection.id.number},
                   "/inspections/" + to_text(inspection.id),
                   {notices::told("subject", inspection.theme), notices::told("day", due_on)}});
}

// What goes out with the agenda went out with it; files added later count from then.
notices::NoteSent note_invitation_sent(int zone_minutes) {
    return [zone_minutes](const Call& call, MeetingId meeting_id) {
        const auto meeting = meetings::find_meeting(call.db, meeting_id);
        if (meeting && !meeting->documents_sent_on)
            meetings::note_documents(call, meeting_id, call.now, zone_minutes);
    };
}

namespace {

void add_answerers(const Call& call, UnitId unit_id, std::vector<AccountId>& to) {
    for (const accounts::Account& account : accounts::accounts_holding(call, "obstacles.answer", unit_id))
        to.push_back(account.id);
}

}  // namespace

void tell_of_obstacle(const Call& call, const obstacles::Obstacle& obstacle, obstacles::Telling telling,
                      UnitId left_unit_id) {
    const auto position = call.tree->find(obstacle.holder_id);
    notices::Recipients recipients;
    notices::ToTell what{notices::Kind::obstacle_owed,
                         obstacle.unit_id,
                         notices::ThingId{obstacle.id.number},
                         "/obstacles/" + to_text(obstacle.id),
                         {notices::told("obstacle", obstacle.text), notices::told("due", obstacle.due_on),
                          notices::told("holder", position ? call.tree->at(*position).name : std::string())}};
    switch (telling) {
        case obstacles::Telling::owed: add_answerers(call, obstacle.holder_id, recipients.accounts); break;
        case obstacles::Telling::answered:
            what.kind = notices::Kind::obstacle_answered;
            recipients.offices_of = {obstacle.unit_id};
            break;
        case obstacles::Telling::passed_up:
            what.kind = notices::Kind::obstacle_passed_up;
            recipients.offices_of = {obstacle.unit_id};
            if (left_unit_id) add_answerers(call, left_unit_id, recipients.accounts);
            break;
    }
    notices::tell(call, recipients, what);
}

void tell_of_weak_unit(const Call& call, const consolidation::Case& about, consolidation::Telling telling,
                       const consolidation::Late& late) {
    using consolidation::Telling;
    notices::ToTell what{
        notices::Kind::weak_unit_decided,
        about.unit_id,
        notices::ThingId{about.id.number},
        "/consolidation/" + to_text(about.id),
        {notices::told("act", to_text(telling)), notices::told("measures", std::to_string(late.measures)),
         notices::told("note", late.is_note_missing ? "missing" : "there")}};
    notices::Recipients recipients;
    if (about.helper_member_id) recipients.members = {*about.helper_member_id};
    const auto position = call.tree->find(about.unit_id);
    switch (telling) {
        case Telling::proposed:
            what.kind = notices::Kind::weak_unit_proposed;
            if (position && call.tree->at(*position).parent >= 0)
                for (const accounts::Account& account : accounts::nearest_holders(
                         call, "consolidation.decide", call.tree->at(call.tree->at(*position).parent).id))
                    recipients.accounts.push_back(account.id);
            break;
        case Telling::helper_named: what.kind = notices::Kind::weak_unit_helper; break;
        case Telling::late:
            what.kind = notices::Kind::weak_unit_late;
            if (late.measures > 0) recipients.offices_of = {about.unit_id};
            break;
        default:
            recipients.offices_of = {about.unit_id};
            recipients.accounts = {about.proposed_by};
            break;
    }
    notices::tell(call, recipients, what);
}

}  // namespace gw
