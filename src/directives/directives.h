// Directives: what a body asks of the units below it, and what each of them made of it.
//
// Words: a *directive* is *sent* by a unit down to its *scopes* (units chosen, each with everything below it;
// the whole of what stands below when none is chosen) and *reaches* every unit there that has members; a unit
// makes it *concrete* by a plan of its own or an item of a resolution that cites it, or *refuses* it with a
// reason, by the day given; a *reminder*, the lightest kind, asks only to stand on the agenda of one held
// meeting. A directive is *in force* until it expires, is ended by its sender, or another one *supersedes*
// it. A unit's *plan* is its tasks that come from the directive; how far it is *carried out* are the tasks of
// the plan and the resolution items that cite it, done of all. To *urge* is to remind the late units by one
// act.
//
// Permissions: directives.read and directives.answer over a unit that is reached (a plan asks for
// tasks.assign too, reading it for tasks.read), directives.send over the sender (also end and urge). Who may
// read over the sender or over any unit reached sees the directive.
#pragma once
#include <span>

#include "platform/call.h"

#include "meetings/meetings.h"
#include "tasks/tasks.h"

namespace gw {
class Router;
class Texts;
using DirectiveId = Id<struct DirectiveThing>;
using DirectiveUrgeId = Id<struct DirectiveUrgeThing>;
using ResolutionItemId = Id<struct ResolutionItemThing>;
}  // namespace gw

namespace gw::directives {

inline constexpr int days_between_urges = 7;  // of one unit about one directive, whoever urges

BOOST_DEFINE_ENUM_CLASS(Kind, resolution, programme, plan, regulation, reminder)
BOOST_DEFINE_ENUM_CLASS(AnswerKind, concrete, planned, refused)
// How a unit stands to a directive; `discussed` is the end of a reminder.
BOOST_DEFINE_ENUM_CLASS(Standing, open, late, concrete, refused, discussed)

struct Directive {
    DirectiveId id;
    UnitId unit_id;  // the sender
    Kind kind = Kind::plan;
    std::string number_text;  // as printed, may be empty
    std::string title;
    std::string summary;
    Date sent_on{};
    Date concrete_by{};              // the last day to make it concrete, or to discuss it
    std::optional<Date> expires_on;  // the last day in force
    std::optional<Date> ended_on;
    std::string end_reason;
    std::optional<DirectiveId> superseded_by_id;
    AccountId sent_by;
    Moment created_at{};
};
BOOST_DESCRIBE_STRUCT(Directive, (),
                      (id, unit_id, kind, number_text, title, summary, sent_on, concrete_by, expires_on,
                       ended_on, end_reason, superseded_by_id, sent_by, created_at))

// A unit that a directive goes down to, with everything below it.
struct Scope {
    DirectiveId directive_id;
    UnitId unit_id;
};
BOOST_DESCRIBE_STRUCT(Scope, (), (directive_id, unit_id))

struct Answer {
    DirectiveId directive_id;
    UnitId unit_id;
    AnswerKind kind = AnswerKind::concrete;
    std::optional<ResolutionItemId> resolution_item_id;
    std::string reason;  // of a refusal
    Date answered_on{};
    AccountId answered_by;
};
BOOST_DESCRIBE_STRUCT(Answer, (),
                      (directive_id, unit_id, kind, resolution_item_id, reason, answered_on, answered_by))

struct Counts {
    std::int64_t reached = 0;
    std::int64_t concrete = 0;  // or discussed
    std::int64_t refused = 0;
    std::int64_t late = 0;  // neither, and the day is over
};
BOOST_DESCRIBE_STRUCT(Counts, (), (reached, concrete, refused, late))

// What there is to do, dropped tasks and items left out.
struct Work {
    std::int64_t total = 0;
    std::int64_t done = 0;
};
BOOST_DESCRIBE_STRUCT(Work, (), (total, done))

// How one unit stands.
struct UnitStanding {
    UnitId unit_id;
    std::string unit_name;
    std::string parent_name;
    Standing standing = Standing::open;
    std::int64_t late_days = 0;  // until today, or until the answer came
    std::optional<Date> answered_on;
    std::optional<ResolutionItemId> resolution_item_id;
    std::optional<MeetingId> meeting_id;  // that discussed a reminder
    std::string reason;
    bool is_planned = false;       // concrete by a plan
    Work plan;                     // tasks of the unit that come from the directive
    Work items;                    // items of its resolutions that cite it
    std::optional<Date> urged_on;  // the last time
};
BOOST_DESCRIBE_STRUCT(UnitStanding, (),
                      (unit_id, unit_name, parent_name, standing, late_days, answered_on, resolution_item_id,
                       meeting_id, reason, is_planned, plan, items, urged_on))

// A directive as somebody reads it: with how the units stand that they may read.
struct DirectiveLine {
    Directive directive;
    std::string sender_name;
    bool is_in_force = true;
    Counts counts;
    std::optional<UnitStanding> own;  // of the unit asked for
    bool may_send = false;            // the reader may end, replace and urge
};
BOOST_DESCRIBE_STRUCT(DirectiveLine, (), (directive, sender_name, is_in_force, counts, own, may_send))

struct SendDirective {
    std::optional<DirectiveId> id;  // made by the caller, or by the server
    UnitId unit_id;
    Kind kind = Kind::plan;
    std::string number_text;
    std::string title;
    std::string summary;
    Date concrete_by{};
    std::optional<Date> expires_on;
    std::vector<UnitId> unit_ids;  // scopes; the sender itself when there is none
    std::optional<DirectiveId> supersedes_id;
};
BOOST_DESCRIBE_STRUCT(SendDirective, (),
                      (id, unit_id, kind, number_text, title, summary, concrete_by, expires_on, unit_ids,
                       supersedes_id))

struct EndDirective {
    DirectiveId directive_id;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(EndDirective, (), (directive_id, reason))

struct RefuseDirective {
    DirectiveId directive_id;
    UnitId unit_id;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(RefuseDirective, (), (directive_id, unit_id, reason))

struct PlannedTask {
    std::optional<TaskId> id;  // made by the caller, or by the server
    std::string title;
    tasks::OwnerKind owner_kind = tasks::OwnerKind::member;
    std::optional<MemberId> owner_member_id;
    std::optional<UnitId> owner_unit_id;
    std::optional<std::string> answerable_name;
    Date due_on{};
};
BOOST_DESCRIBE_STRUCT(PlannedTask, (),
                      (id, title, owner_kind, owner_member_id, owner_unit_id, answerable_name, due_on))

struct PlanDirective {
    DirectiveId directive_id;
    UnitId unit_id;
    std::vector<PlannedTask> tasks;  // 1 to 50, added to those there are
};
BOOST_DESCRIBE_STRUCT(PlanDirective, (), (directive_id, unit_id, tasks))

struct PlanKey {
    DirectiveId directive_id;
    UnitId unit_id;
};
BOOST_DESCRIBE_STRUCT(PlanKey, (), (directive_id, unit_id))

struct Plan {
    UnitStanding unit;
    std::vector<tasks::TaskLine> tasks;  // by due day
};
BOOST_DESCRIBE_STRUCT(Plan, (), (unit, tasks))

struct DirectiveUrge {
    DirectiveUrgeId id;
    DirectiveUrgeId urging_id;  // the act: all urges of one press of the button carry it
    DirectiveId directive_id;
    UnitId unit_id;
    Date urged_on{};
    Moment urged_at{};
    AccountId urged_by;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(DirectiveUrge, (),
                      (id, urging_id, directive_id, unit_id, urged_on, urged_at, urged_by, note))

struct UrgeUnits {
    std::optional<DirectiveUrgeId> id;  // made by the caller: sent twice it is one act
    DirectiveId directive_id;
    std::vector<UnitId> unit_ids;  // all late units when empty
    std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(UrgeUnits, (), (id, directive_id, unit_ids, note))

struct UrgedUnit {
    UnitId unit_id;
    std::string unit_name;
    std::int64_t late_days = 0;
    std::optional<Date> possible_on;  // urged within the week: left out until this day
};
BOOST_DESCRIBE_STRUCT(UrgedUnit, (), (unit_id, unit_name, late_days, possible_on))

struct Urging {
    std::vector<UrgedUnit> reached;
    std::vector<UrgedUnit> left_out;
};
BOOST_DESCRIBE_STRUCT(Urging, (), (reached, left_out))

// What capabilities above know, handed over in app.cpp: the resolution items that cite a directive, by unit,
// and how a unit's office is told of an urge.
struct UnitWork {
    UnitId unit_id;
    Work work;
};
struct Setting {
    std::function<std::vector<UnitWork>(const Call&, DirectiveId)> items_citing;
    std::function<void(const Call&, const Directive&, const DirectiveUrge&)> tell_urged;
};

struct DirectiveKey {
    DirectiveId directive_id;
};
BOOST_DESCRIBE_STRUCT(DirectiveKey, (), (directive_id))

// What reaches a unit, or what it sent, not both; what reaches one's own home unit when none is named.
struct ListDirectives {
    std::optional<UnitId> unit_id;
    std::optional<UnitId> sent_by;
    std::optional<bool> in_force;
};
BOOST_DESCRIBE_STRUCT(ListDirectives, (), (unit_id, sent_by, in_force))

struct Directives {
    std::vector<DirectiveLine> directives;  // the newest first, up to 200
};
BOOST_DESCRIBE_STRUCT(Directives, (), (directives))

struct ProgressKey {
    DirectiveId directive_id;
    std::optional<Standing> standing;
    std::optional<std::int64_t> offset;  // 0 when absent
    std::optional<std::int64_t> limit;   // 1 to 200, 50 when absent
};
BOOST_DESCRIBE_STRUCT(ProgressKey, (), (directive_id, standing, offset, limit))

struct Progress {
    Counts counts;
    Work carried_out;                 // of all units, by plans and resolution items
    std::int64_t may_urge = 0;        // late units that the reader may urge today
    std::int64_t urged_late = 0;      // late units that were urged within the week
    std::vector<UnitStanding> units;  // the latest first, then in the order of the tree
    std::optional<std::int64_t> next_offset;
};
BOOST_DESCRIBE_STRUCT(Progress, (), (counts, carried_out, may_urge, urged_late, units, next_offset))

// Sends a directive; the same one sent again under its id is the one already there. Refused: forbidden
// without directives.send; invalid when the title is empty or a text too long, the day lies in the past or it
// would expire before it, a scope does not stand below the sender, it reaches no unit, the one superseded is
// not the sender's or no longer in force; conflict when the id belongs to another.
DirectiveLine send(const Call& call, const SendDirective& request);
// Takes a directive back. Refused: conflict when it is no longer in force; invalid without a reason.
DirectiveLine end(const Call& call, const EndDirective& request);
// Says why the unit will not make it concrete. Refused: forbidden without directives.answer; invalid without
// a reason, for a reminder, or when it does not reach the unit; conflict when answered already or not in
// force.
UnitStanding refuse(const Call& call, const RefuseDirective& request);
// Gives tasks that carry the directive out in a unit: the first ones make it concrete. Refused: forbidden
// without directives.answer or tasks.assign; invalid without a task, with more than 50, for a reminder, when
// it does not reach the unit, and as tasks::assign; conflict when not in force.
UnitStanding plan(const Call& call, const PlanDirective& request);
// Reminds the late units named, or all, leaving out those urged within the last seven days. Refused:
// forbidden without directives.send over the sender; invalid when the note is too long or a unit named is not
// late; conflict when the directive is not in force, nobody is late, or all were urged within the week.
Urging urge(const Call& call, const UrgeUnits& request, const Setting& setting);

Directives list(const Call& call, const ListDirectives& request);
DirectiveLine show(const Call& call, const DirectiveKey& request);
Progress progress(const Call& call, const ProgressKey& request, const Setting& setting = {});
// A unit's plan. Refused: forbidden without directives.read and tasks.read over the unit.
Plan show_plan(const Call& call, const PlanKey& request, const Setting& setting = {});

// For the capabilities beside and above, without a permission check.
std::optional<Directive> find_directive(Db& db, DirectiveId directive_id);
bool is_in_force(const Directive& directive, Date day);
bool reaches(const Call& call, DirectiveId directive_id, UnitId unit_id);
// Every unit with members that it reaches, in the order of the tree.
std::vector<UnitId> units_reached(const Call& call, DirectiveId directive_id);
// Refuses (not_found, as documents wants it) who may not see the directive, or not send for its sender; its
// unit.
UnitId require_reader(const Call& call, DirectiveId directive_id);
bool is_readable(const Call& call, DirectiveId directive_id);
UnitId require_sender(const Call& call, DirectiveId directive_id);
// An item of the unit's resolution makes it concrete; the first answer stays, but a refusal and a plan whose
// tasks were all dropped give way.
void mark_concrete(const Call& call, DirectiveId directive_id, UnitId unit_id, ResolutionItemId item_id,
                   Date day);
// What `meetings` asks for: directives and reminders in force on the day that the unit has not answered.
std::vector<meetings::AgendaProposal> agenda_of_directives(const Call& call, UnitId unit_id, Date day);

// For the sample: many at once, already checked; the caller writes the audit entry.
void add_directives(const Call& call, std::span<const Directive> directives, std::span<const Scope> scopes,
                    std::span<const Answer> answers, std::span<const DirectiveUrge> urges = {});

// GET and POST /api/directives, GET /api/directives/{directive_id} and its progress (also .csv and .xlsx),
// POST ending, refusal and urging below it, GET and POST plan. `texts` must outlive the router.
void add_routes(Router& router, const Setting& setting, const Texts& texts);

}  // namespace gw::directives
