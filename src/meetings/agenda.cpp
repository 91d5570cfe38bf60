#include "meetings/agenda.h"

#include <algorithm>
#include <set>

#include "meetings/meetings_parts.h"
#include "meetings/meetings_store.h"
#include "meetings/planning_store.h"
#include "platform/checks.h"
#include "platform/json/json.h"

namespace gw::meetings {

namespace {

constexpr std::size_t longest_arranged = 200;

using SourceKey = std::pair<SourceKind, SourceId>;

SourceKey key_of(const AgendaItem& item) { return {item.source_kind, item.source_id.value_or(SourceId{})}; }

// What the sources want of this unit now. A joint meeting has an agenda of its own making only: each unit
// answers for its open items in its own meeting.
std::vector<AgendaProposal> proposals_for(const Call& call, const Meeting& meeting, const Setting& setting) {
    std::vector<AgendaProposal> all;
    if (meeting.kind == Kind::joint) return all;
    for (const AgendaSource& source : setting.agenda_sources)
        for (AgendaProposal& proposal : source(call, meeting.unit_id, meeting.meets_on))
            all.push_back(std::move(proposal));
    return all;
}

std::vector<AgendaItem> filled(MeetingId meeting_id, std::vector<AgendaItem> kept,
                               std::span<const SetAside> set_aside,
                               std::span<const AgendaProposal> proposals) {
    std::vector<AgendaItem> agenda;
    const auto proposed = [&](const SourceKey& key) {
        return std::find_if(proposals.begin(), proposals.end(), [&](const AgendaProposal& each) {
            return SourceKey{each.source_kind, each.source_id} == key;
        });
    };
    std::set<SourceKey> there;
    for (const SetAside& each : set_aside) there.insert({each.source_kind, each.source_id});
    for (AgendaItem& item : kept) {
        if (item.source_kind != SourceKind::own) {
            const auto still = proposed(key_of(item));
            if (still == proposals.end() || !there.insert(key_of(item)).second) continue;
            item.text = still->text;
        }
        agenda.push_back(std::move(item));
    }
    for (const AgendaProposal& each : proposals)
        if (there.insert({each.source_kind, each.source_id}).second)
            agenda.push_back({{}, meeting_id, 0, each.text, each.source_kind, each.source_id});
    for (std::size_t i = 0; i < agenda.size(); ++i) agenda[i].number = static_cast<std::int64_t>(i) + 1;
    return agenda;
}

void check_sources(const ArrangeAgenda& request, Problems& problems) {
    std::set<SourceKey> named;
    std::set<AgendaItemId> ids;
    for (std::size_t i = 0; i < request.agenda.size(); ++i) {
        const ArrangedAgendaItem& item = request.agenda[i];
        const std::string place = "agenda/" + std::to_string(i) + "/";
        check_text(problems, place + "text", item.text, longest_paragraph);
        const SourceKind kind = item.source_kind.value_or(SourceKind::own);
        if (kind == SourceKind::own) {
            if (item.source_id) problems.push_back({place + "source_id", "meetings.own_has_no_source"});
            if (item.id && !ids.insert(*item.id).second)
                problems.push_back({place + "id", "meetings.stands_twice"});
        } else if (!item.source_id) problems.push_back({place + "source_id", "platform.required"});
        else if (!named.insert({kind, *item.source_id}).second)
            problems.push_back({place + "source_id", "meetings.stands_twice"});
    }
    for (std::size_t i = 0; i < request.set_aside.size(); ++i) {
        const SourceSetAside& each = request.set_aside[i];
        const std::string place = "set_aside/" + std::to_string(i) + "/";
        check_text(problems, place + "reason", each.reason);
        if (each.source_kind == SourceKind::own)
            problems.push_back({place + "source_kind", "meetings.own_has_no_source"});
        else if (!named.insert({each.source_kind, each.source_id}).second)
            problems.push_back({place + "source_id", "meetings.stands_twice"});
    }
    if (request.agenda.size() > longest_arranged || request.set_aside.size() > longest_arranged)
        problems.push_back({"agenda", "meetings.too_many"});
}

std::vector<SetAside> set_aside_by(const ArrangeAgenda& request, std::span<const SetAside> before,
                                   std::span<const AgendaProposal> proposals) {
    std::vector<SetAside> kept;
    const auto text_of = [&](const SourceSetAside& wanted) {
        for (const AgendaProposal& each : proposals)
            if (each.source_kind == wanted.source_kind && each.source_id == wanted.source_id)
                return each.text;
        return std::string();
    };
    for (const SourceSetAside& each : request.set_aside)
        kept.push_back({request.meeting_id, each.source_kind, each.source_id, text_of(each), each.reason});
    // What somebody else set aside meanwhile stays so, unless it is named.
    for (const SetAside& each : before) {
        const auto is_it = [&](const auto& other) {
            return other.source_kind == each.source_kind && other.source_id == each.source_id;
        };
        if (std::none_of(request.set_aside.begin(), request.set_aside.end(), is_it) &&
            std::none_of(request.agenda.begin(), request.agenda.end(), is_it))
            kept.push_back(each);
    }
    return kept;
}

}  // namespace

std::vector<AgendaItem> own_agenda(const Call& call, MeetingId meeting_id,
                                   std::span<const std::string> texts) {
    std::vector<AgendaItem> agenda;
    for (const std::string& text : texts)
        agenda.push_back({call.new_id<AgendaItemId>(), meeting_id,
                          static_cast<std::int64_t>(agenda.size()) + 1, text, SourceKind::own, std::nullopt});
    return agenda;
}

std::vector<AgendaItem> agenda_now(const Call& call, const Meeting& meeting, std::vector<AgendaItem> kept,
                                   std::span<const SetAside> set_aside, const Setting& setting) {
    return filled(meeting.id, std::move(kept), set_aside, proposals_for(call, meeting, setting));
}

Agenda arrange(const Call& call, const ArrangeAgenda& request, const Setting& setting) {
    const Meeting meeting = get_meeting(call, request.meeting_id);
    call.require("meetings.plan", meeting.unit_id);
    require_state(meeting, State::planned);
    Problems problems;
    check_sources(request, problems);
    for (std::size_t i = 0; i < request.agenda.size(); ++i) {
        const auto& id = request.agenda[i].id;
        const auto owner = id ? find_meeting_of(call.db, *id) : std::nullopt;
        if (owner && *owner != meeting.id)
            problems.push_back({"agenda/" + std::to_string(i) + "/id", "meetings.id_taken"});
    }
    refuse_if(problems);

    std::vector<AgendaItem> arranged;
    std::set<AgendaItemId> named(request.removed.begin(), request.removed.end());
    const auto put = [&](AgendaItem item) {
        item.meeting_id = meeting.id;
        item.number = static_cast<std::int64_t>(arranged.size()) + 1;
        arranged.push_back(std::move(item));
    };
    const std::vector<AgendaItem> before = agenda_of(call.db, meeting.id);
    for (const ArrangedAgendaItem& item : request.agenda) {
        const SourceKind kind = item.source_kind.value_or(SourceKind::own);
        AgendaItemId id = item.id.value_or(AgendaItemId{});
        if (kind != SourceKind::own) {
            const auto row = std::find_if(before.begin(), before.end(), [&](const AgendaItem& each) {
                return each.source_kind == kind && each.source_id == item.source_id;
            });
            id = row == before.end() ? call.new_id<AgendaItemId>() : row->id;
        } else if (id == AgendaItemId{}) id = call.new_id<AgendaItemId>();
        if (kind == SourceKind::own) named.insert(id);
        put({id, meeting.id, 0, item.text, kind, item.source_id});
    }
    for (const AgendaItem& each : before)
        if (each.source_kind == SourceKind::own && !named.contains(each.id)) put(each);

    const std::vector<AgendaProposal> proposals = proposals_for(call, meeting, setting);
    const std::vector<SetAside> aside = set_aside_by(request, set_asides_of(call.db, meeting.id), proposals);
    keep_agenda(call.db, meeting.id, arranged, aside);
    call.record("meeting.agenda_arranged", meeting.id, meeting.unit_id, to_json(request));
    call.announce("meetings", meeting.unit_id);
    return {filled(meeting.id, std::move(arranged), aside, proposals), aside};
}

}  // namespace gw::meetings
