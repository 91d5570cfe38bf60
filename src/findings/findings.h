// Findings: shortcomings that a visit or an inspection saw, each with its remedy, until somebody from outside
// has looked whether the remedy works.
//
// Words: a finding is *open*, *remedied* as its owner says, *closed* after an *effect check*; it *comes back*
// when the same thing is seen again within a year of its closing, and is open again, with its history. It is
// *personal* when it is about a member. Its *owner*, a member or else the unit, remedies it. The *inspectors*
// are those who noted it, the *deciding body* the unit that sent them.
//
// Permissions, over the unit: findings.read, findings.report (the unit says that a finding is remedied),
// findings.check (effect check, coming back); over the deciding body, for people who come from it:
// findings.decide. A personal finding is shown to its member, its owner, the inspectors and the deciding
// body, and is unknown to everybody else; so is each finding of an inspection until its conclusion was
// delivered.
#pragma once
#include <functional>
#include <span>

#include "platform/call.h"

namespace gw {
class Router;
class Texts;
using FindingId = Id<struct FindingThing>;
using FindingStepId = Id<struct FindingStepThing>;
using DirectiveId = Id<struct DirectiveThing>;
}  // namespace gw

namespace gw::findings {

// The visit or inspection that noted it, as source_kind says.
using SourceId = Id<struct FindingSource>;

BOOST_DEFINE_ENUM_CLASS(SourceKind, visit, inspection)
BOOST_DEFINE_ENUM_CLASS(Gravity, minor, moderate, serious)
BOOST_DEFINE_ENUM_CLASS(State, open, remedied, closed)
BOOST_DEFINE_ENUM_CLASS(StepKind, noted, remedied, not_effective, closed, came_back, answered)
BOOST_DEFINE_ENUM_CLASS(Order, due_on, gravity, age)

inline constexpr int days_to_come_back = 365;

struct Finding {
    FindingId id;
    SourceKind source_kind = SourceKind::visit;
    SourceId source_id;
    std::string source_name;  // the working group, or the subject of the inspection
    UnitId unit_id;
    std::int64_t number = 1;  // within its source
    Gravity gravity = Gravity::minor;
    std::string text;  // the fact
    std::optional<MemberId> about_member_id;
    std::optional<DirectiveId> rule_directive_id;
    std::string rule_edition, rule_criterion;  // of a rulebook
    std::string rule_text;                     // the rule broken, in words
    std::string cause;
    std::string remedy;                       // what is to be done
    std::optional<MemberId> owner_member_id;  // the unit when absent
    Date due_on{};
    Date noted_on{};
    std::optional<Date> reopened_on;
    std::optional<Date> told_on;  // from then on others than inspectors and deciding body may see it
    std::optional<UnitId> deciding_unit_id;
    std::int64_t came_back_count = 0;
    State state = State::open;
    std::string remedied_how;
    std::optional<Date> remedied_on;
    std::string closing_note;
    std::optional<AccountId> closed_by;
    std::optional<Date> closed_on;
};
BOOST_DESCRIBE_STRUCT(Finding, (),
                      (id, source_kind, source_id, source_name, unit_id, number, gravity, text,
                       about_member_id, rule_directive_id, rule_edition, rule_criterion, rule_text, cause,
                       remedy, owner_member_id, due_on, noted_on, reopened_on, told_on, deciding_unit_id,
                       came_back_count, state, remedied_how, remedied_on, closing_note, closed_by, closed_on))

// One step of its history, never changed.
struct Step {
    FindingStepId id;
    FindingId finding_id;
    StepKind kind = StepKind::noted;
    Date day{};
    std::string text;
    std::optional<SourceKind> source_kind;  // of a finding noted, or noted again
    std::optional<SourceId> source_id;
    AccountId said_by;
    std::string said_by_name;
    Moment said_at{};
};
BOOST_DESCRIBE_STRUCT(Step, (),
                      (id, finding_id, kind, day, text, source_kind, source_id, said_by, said_by_name,
                       said_at))

struct FindingToNote {
    std::optional<FindingId> id;
    Gravity gravity = Gravity::minor;
    std::string text;
    std::string remedy;
    Date due_on{};
    std::optional<MemberId> about_member_id = {};
    std::optional<DirectiveId> rule_directive_id = {};
    std::optional<std::string> rule_edition = {}, rule_criterion = {}, rule_text = {};
    std::optional<std::string> cause = {};
    std::optional<MemberId> owner_member_id = {};
    std::optional<FindingId> again_of_id = {};  // the earlier finding that came back
};
BOOST_DESCRIBE_STRUCT(FindingToNote, (),
                      (id, gravity, text, remedy, due_on, about_member_id, rule_directive_id, rule_edition,
                       rule_criterion, rule_text, cause, owner_member_id, again_of_id))

// What notes findings: a visit or an inspection of a unit, or of a member of it.
struct Source {
    SourceKind kind = SourceKind::visit;
    SourceId id;
    std::string name;
    UnitId unit_id;
    Date day{};
    std::optional<Date> told_on;
    std::optional<UnitId> deciding_unit_id;
    std::vector<AccountId> inspectors;
};

struct Setting {
    int days_until_check = 7;  // after the remedy, so that its effect can be seen
};

struct ListFindings {
    std::optional<UnitId> unit_id, within;
    std::optional<State> state;
    std::optional<Gravity> gravity;
    std::optional<bool> is_late;
    std::optional<bool> came_back;
    std::optional<Order> order;  // by due day when absent
    std::optional<FindingId> after;
    std::optional<std::int64_t> limit;  // 1 to 200, 50 when absent
};
BOOST_DESCRIBE_STRUCT(ListFindings, (),
                      (unit_id, within, state, gravity, is_late, came_back, order, after, limit))

struct FindingLine {
    Finding finding;
    std::string unit_name;
    std::string group_name;  // who noted it
    bool is_late = false;    // not closed, or not yet remedied, after its day
};
BOOST_DESCRIBE_STRUCT(FindingLine, (), (finding, unit_name, group_name, is_late))

struct FindingPage {
    std::vector<FindingLine> findings;
    std::optional<FindingId> next;
};
BOOST_DESCRIBE_STRUCT(FindingPage, (), (findings, next))

struct FindingKey {
    FindingId finding_id;
};
BOOST_DESCRIBE_STRUCT(FindingKey, (), (finding_id))

// What the reader may do with it now.
struct Acts {
    bool may_report = false, may_check = false, may_reopen = false, may_answer = false;
};
BOOST_DESCRIBE_STRUCT(Acts, (), (may_report, may_check, may_reopen, may_answer))

struct FindingRecord {
    Finding finding;
    std::string unit_name;
    std::string about_name, owner_name;  // empty without such a member
    bool is_late = false;
    std::optional<Date> check_from;  // of a remedied one: the first day of its effect check
    std::vector<Step> steps;         // the first one first
    Acts acts;
};
BOOST_DESCRIBE_STRUCT(FindingRecord, (),
                      (finding, unit_name, about_name, owner_name, is_late, check_from, steps, acts))

struct MyFindings {
    std::vector<FindingLine> findings;  // about the reader or theirs to remedy, the newest first
};
BOOST_DESCRIBE_STRUCT(MyFindings, (), (findings))

struct ReportRemedy {
    FindingId finding_id;
    std::string remedied_how;
    std::optional<Date> remedied_on;  // today when absent
};
BOOST_DESCRIBE_STRUCT(ReportRemedy, (), (finding_id, remedied_how, remedied_on))

struct CloseFinding {
    FindingId finding_id;
    std::string closing_note;
};
BOOST_DESCRIBE_STRUCT(CloseFinding, (), (finding_id, closing_note))

struct ReopenFinding {
    FindingId finding_id;
    std::string reason;
    Date due_on{};
};
BOOST_DESCRIBE_STRUCT(ReopenFinding, (), (finding_id, reason, due_on))

struct AnswerFinding {
    FindingId finding_id;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(AnswerFinding, (), (finding_id, text))

// Everything wrong with findings that `source` is about to note, by field below `place` ("findings/"): an
// empty or overlong text or remedy, a due day before the source, a rule named in two ways or a directive or
// rulebook without words, a member who is not of the unit, an earlier finding that is of another unit, not
// closed, or closed more than a year ago.
Problems problems_in(const Call& call, const Source& source, std::span<const FindingToNote> notes,
                     const std::string& place);
// Ids that are taken, or named twice, by field.
Problems taken_ids(Db& db, std::span<const FindingToNote> notes, const std::string& place);
// Notes findings already checked and writes their audit entries, without words when they are personal or not
// told yet. One that names an earlier finding reopens that one instead.
void note(const Call& call, const Source& source, std::span<const FindingToNote> notes);
// The findings of a source become visible to those they concern.
void tell(const Call& call, SourceKind kind, SourceId source_id);
// The same findings without what nobody else may read, for an audit entry.
std::vector<FindingToNote> without_personal(std::span<const FindingToNote> notes);

// The owner says that it is remedied. Refused: not_found for those who may not see it; forbidden to others
// than the owner and, over the unit, findings.report; conflict unless open; invalid without a word on how, or
// with a day in the future or before it was noted.
Finding report_remedied(const Call& call, const ReportRemedy& request);
// The effect check: the remedy works. Refused: not_found; forbidden to the owner, to whoever reported the
// remedy, to people of the unit, and without findings.check to others than inspectors and deciding body;
// conflict unless remedied, or before the days of the setting passed; invalid without a note.
Finding close(const Call& call, const CloseFinding& request, const Setting& setting);
// The remedy does not work, or a closed finding came back: open again until another day. Refused as close;
// conflict when open, or closed more than a year ago; invalid without a reason or with a day before today.
Finding reopen(const Call& call, const ReopenFinding& request);
// What the person it is about, its owner or the unit's office says to it, kept beside it. Refused: not_found;
// forbidden to others; invalid without a text.
FindingRecord answer(const Call& call, const AnswerFinding& request, const Setting& setting);

FindingRecord show(const Call& call, const FindingKey& request, const Setting& setting);
FindingPage list(const Call& call, const ListFindings& request);
MyFindings list_mine(const Call& call);

// What the actor owes today: to remedy what is theirs, or their own unit's; to look whether a remedy works,
// once its days have passed, for those who noted it, the body that sent them, and whoever holds
// findings.check over the unit from above it. The most urgent first, 100 at most.
BOOST_DEFINE_ENUM_CLASS(Owing, remedy, check)
struct Waiting {
    FindingId id;
    UnitId unit_id;
    std::string unit_name;
    std::string text;
    Owing owing = Owing::remedy;
    Date due_on{};  // of a check: the first day on which it may be made
    bool is_late = false;
};
BOOST_DESCRIBE_STRUCT(Waiting, (), (id, unit_id, unit_name, text, owing, due_on, is_late))
std::vector<Waiting> waiting_for(const Call& call, const Setting& setting);

// For attachments: refuses (not_found), or returns the unit. Changes are for those who may act on it.
UnitId require_reader(const Call& call, FindingId finding_id);
UnitId require_actor(const Call& call, FindingId finding_id);
bool is_of_inspection(Db& db, FindingId finding_id);

// For the capabilities above: what the actor may see of the findings of a source, or of those a unit got or
// got again within [from, until], oldest first.
std::vector<Finding> findings_of_source(const Call& call, SourceKind kind, SourceId source_id);
std::vector<Finding> findings_of_unit(const Call& call, UnitId unit_id, Date from, Date until);

// Those of a unit that were closed within the last year, the newest first.
std::vector<Finding> findings_that_may_come_back(const Call& call, UnitId unit_id);

// For facts of a year, by unit id: findings noted or come back within [from, until]. Numbers only, so that
// personal findings count as well.
struct UnitCounts {
    UnitId unit_id;
    std::int64_t findings = 0;
    std::int64_t open = 0;  // not closed
    std::int64_t serious_open = 0;
    std::int64_t late = 0;       // open and due before `today`
    std::int64_t came_back = 0;  // at least once
};
std::vector<UnitCounts> count_by_unit(Db& db, Date from, Date until, Date today,
                                      std::span<const UnitId> only = {});

// For figures over time: from when until when each finding was open, without a word of what it says. One that
// came back counts as open since it was first noted.
struct OpenTime {
    UnitId unit_id;
    SourceKind source_kind = SourceKind::visit;
    Date noted_on{};
    std::optional<Date> closed_on;
};
void each_open_time(Db& db, std::span<const UnitId> only, const std::function<void(const OpenTime&)>& tell);

// For the sample: many at once, already checked; the caller writes the audit entry.
void add_findings(const Call& call, std::span<const Finding> findings);

// GET /api/findings (also as /api/findings/table.csv and .xlsx), /api/my_findings,
// /api/findings/{finding_id}, and POST of remedy, closing, reopening and answers below it. `texts` must
// outlive the router.
void add_routes(Router& router, Setting setting, const Texts& texts);

}  // namespace gw::findings
