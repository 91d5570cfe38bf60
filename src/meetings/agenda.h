// The agenda of a meeting: what the unit puts on it and what comes by itself, in the order people gave it.
//
// Words: a *source* knows what a unit must talk about next and *proposes* it; a proposal stands on the agenda
// of every planned meeting until its reason is gone. It may be *set aside* for one meeting, with a reason; on
// the next one it is back. What comes later stands after what was put in order. Permission: meetings.plan.
#pragma once
#include <functional>

#include "platform/call.h"

namespace gw {
using MeetingId = Id<struct MeetingThing>;
using AgendaItemId = Id<struct AgendaItemThing>;
}  // namespace gw

namespace gw::meetings {

struct Setting;

// The thing an agenda item comes from, as its source_kind says.
using SourceId = Id<struct SourceThing>;

// Where an agenda item comes from. recognition: a member whose probation ends; directive, reminder: the level
// above wants something made concrete, or no more than discussed.
BOOST_DEFINE_ENUM_CLASS(SourceKind, own, open_item, advice, directive, recognition, reminder)

struct AgendaItem {
    AgendaItemId id;  // 0 while it came by itself and nobody has put it in order
    MeetingId meeting_id;
    std::int64_t number = 1;
    std::string text;
    SourceKind source_kind = SourceKind::own;
    std::optional<SourceId> source_id;
};
BOOST_DESCRIBE_STRUCT(AgendaItem, (), (id, meeting_id, number, text, source_kind, source_id))

// What a source wants on the next agenda of a unit.
struct AgendaProposal {
    std::string text;
    SourceKind source_kind = SourceKind::own;
    SourceId source_id;
};
// What came after the day of the meeting is not on its agenda, however late the record is sent.
using AgendaSource = std::function<std::vector<AgendaProposal>(const Call&, UnitId, Date day)>;

// A proposal that one meeting leaves out.
struct SetAside {
    MeetingId meeting_id;
    SourceKind source_kind = SourceKind::open_item;
    SourceId source_id;
    std::string text;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(SetAside, (), (meeting_id, source_kind, source_id, text, reason))

struct ArrangedAgendaItem {
    std::optional<AgendaItemId> id;  // of an item of the unit's own, made by the caller
    std::string text;
    std::optional<SourceKind> source_kind;  // own when absent
    std::optional<SourceId> source_id;
};
BOOST_DESCRIBE_STRUCT(ArrangedAgendaItem, (), (id, text, source_kind, source_id))

struct SourceSetAside {
    SourceKind source_kind = SourceKind::open_item;
    SourceId source_id;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(SourceSetAside, (), (source_kind, source_id, reason))

// The agenda in its order. Items of the unit's own that are neither named nor removed were added by somebody
// else meanwhile, and stay, at the end; a proposal that was set aside is taken back by naming it. So two who
// arrange at the same time, or a phone that sends late, lose nothing.
struct ArrangeAgenda {
    MeetingId meeting_id;
    std::vector<ArrangedAgendaItem> agenda;
    std::vector<AgendaItemId> removed;
    std::vector<SourceSetAside> set_aside;
};
BOOST_DESCRIBE_STRUCT(ArrangeAgenda, (), (meeting_id, agenda, removed, set_aside))

struct Agenda {
    std::vector<AgendaItem> agenda;
    std::vector<SetAside> set_aside;
};
BOOST_DESCRIBE_STRUCT(Agenda, (), (agenda, set_aside))

// Refused: forbidden without meetings.plan; conflict unless planned; invalid when a text is empty or too
// long, an item stands twice or belongs to another meeting, something from a source does not say which, an
// item of the unit's own is set aside, a reason is missing, there are more than 200 items.
Agenda arrange(const Call& call, const ArrangeAgenda& request, const Setting& setting);

}  // namespace gw::meetings
