// Consolidation: weak units are found by their records, put on a list by a person, helped by a plan, and
// leave it after a test that was set at the start.
//
// Words: a *sign* is one figure of the record that speaks for weakness, with where it comes from. A unit is
// *proposed* to the body above it, which *puts* it on the list or does *not put* it there, with a reason; no
// number of signs decides. From then on there is a *case*: its *causes*, a plan of dated *measures* with
// owners, a *helper* (a committee member, with a working group), monthly *notes*, and the *exit conditions*.
// When each of these is accepted the body above lets the unit *leave*; it stays *watched* for a while, may
// *relapse* into the same case, and the end of the watch *closes* it. A *stay* lasts from the first entry of
// a case until it first leaves.
//
// Permissions: consolidation.read over the unit (the helper without any), consolidation.propose over the
// unit, consolidation.decide over the unit above it, consolidation.help over the unit (plan; notes, which the
// helper writes too), consolidation.report over the unit (measures done), consolidation.accept over the unit,
// never by the helper or somebody of the unit.
#pragma once
#include <array>
#include <functional>
#include <span>

#include "meetings/meetings.h"
#include "platform/call.h"
#include "platform/router.h"
#include "rulebooks/rulebooks.h"
#include "visits/visits.h"

namespace gw {
class Texts;
using ConsolidationId = Id<struct ConsolidationThing>;
using MeasureId = Id<struct MeasureThing>;
using ExitConditionId = Id<struct ExitConditionThing>;
}  // namespace gw

namespace gw::consolidation {

BOOST_DEFINE_ENUM_CLASS(State, proposed, not_put, open, watched, closed)
BOOST_DEFINE_ENUM_CLASS(Act, propose, put, not_put, note, urge, leave, relapse, close)
// class_not_completed: of the last review; rulebook_reason: one of its reasons of weakness, by name;
// few_full_members: below three; meetings_missed: whole months of this year without a regular meeting, three
// or more; meeting_score: mean of the regular meetings of the last twelve months, visit_score: of the last
// visit in these, below 60 points; findings_late, findings_serious, findings_came_back: not closed, or come
// back, of the last twelve months.
BOOST_DEFINE_ENUM_CLASS(SignKind, class_not_completed, rulebook_reason, few_full_members, meetings_missed,
                        meeting_score, visit_score, findings_late, findings_serious, findings_came_back)
BOOST_DEFINE_ENUM_CLASS(ExitKind, meeting_score, meetings_held, measures_done, no_serious_findings, own)

struct Sign {
    SignKind kind = SignKind::class_not_completed;
    std::optional<std::int64_t> figure;  // members, months, points, findings; the year of a class
    std::optional<std::int64_t> level;   // from which, or below which, it speaks for weakness
    std::string name;                    // of a rulebook's reason, in the language of the reader
    std::string source;                  // the edition of a rulebook; empty: the records themselves
    bool operator==(const Sign&) const = default;
};
BOOST_DESCRIBE_STRUCT(Sign, (), (kind, figure, level, name, source))

struct Case {
    ConsolidationId id;
    UnitId unit_id;
    State state = State::proposed;
    Date proposed_on{};
    AccountId proposed_by;
    std::optional<Date> entered_on;  // the first time
    std::optional<Date> left_on;     // the last time; nothing again after a relapse
    std::optional<Date> watch_until;
    std::optional<Date> closed_on;
    std::int64_t relapse_count = 0;
    std::optional<MemberId> helper_member_id;
    std::string group_name;
    std::int64_t version = 1;  // of the plan
};
BOOST_DESCRIBE_STRUCT(Case, (),
                      (id, unit_id, state, proposed_on, proposed_by, entered_on, left_on, watch_until,
                       closed_on, relapse_count, helper_member_id, group_name, version))

struct Step {
    ConsolidationId case_id;
    std::int64_t number = 1;
    Act act = Act::propose;
    std::string text;
    Date acted_on{};
    std::optional<AccountId> account_id;
    std::string by_name;  // empty: the program
};
BOOST_DESCRIBE_STRUCT(Step, (), (case_id, number, act, text, acted_on, account_id, by_name))

struct Measure {
    MeasureId id;
    ConsolidationId case_id;
    std::string text;
    std::optional<std::string> remedy_key;
    std::string owner_name;
    Date due_on{};
    std::optional<Date> done_on;
    std::string result;
};
BOOST_DESCRIBE_STRUCT(Measure, (), (id, case_id, text, remedy_key, owner_name, due_on, done_on, result))

struct ExitCondition {
    ExitConditionId id;
    ConsolidationId case_id;
    ExitKind kind = ExitKind::own;
    std::int64_t target = 0;  // points, months, percent
    std::int64_t months = 0;  // whole months before today that count
    std::string text;         // of an own item
    std::optional<Date> accepted_on;
    std::optional<AccountId> accepted_by;
    std::string accepted_by_name;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(ExitCondition, (),
                      (id, case_id, kind, target, months, text, accepted_on, accepted_by, accepted_by_name,
                       note))

struct Cause {
    std::string key;
    std::string name_vi, name_en, name_hi;
};
BOOST_DESCRIBE_STRUCT(Cause, (), (key, name_vi, name_en, name_hi))

struct Remedy {
    std::string key;
    std::string cause_key;
    std::string name_vi, name_en, name_hi;
};
BOOST_DESCRIBE_STRUCT(Remedy, (), (key, cause_key, name_vi, name_en, name_hi))

struct Causes {
    std::vector<Cause> causes;
    std::vector<Remedy> remedies;
};
BOOST_DESCRIBE_STRUCT(Causes, (), (causes, remedies))

// How far a case is: who helps, how much of the plan is done, how much of the exit test accepted.
struct Progress {
    std::string helper_name;
    std::int64_t measures = 0;
    std::int64_t measures_done = 0;
    std::int64_t exit_conditions = 0;
    std::int64_t accepted = 0;
};
BOOST_DESCRIBE_STRUCT(Progress, (), (helper_name, measures, measures_done, exit_conditions, accepted))

// A unit with signs, or with a case that is not over.
struct WeakUnit {
    UnitId unit_id;
    std::string unit_name;
    std::string parent_name;
    std::vector<Sign> signs;
    std::optional<Case> on_list;
    std::optional<Progress> progress;
    bool may_propose = false;
};
BOOST_DESCRIBE_STRUCT(WeakUnit, (), (unit_id, unit_name, parent_name, signs, on_list, progress, may_propose))

// Of this year, by the first day of each act.
struct Movement {
    std::int64_t entered = 0;
    std::int64_t left = 0;
    std::int64_t relapsed = 0;
    std::int64_t on_list = 0;  // now
    std::int64_t watched = 0;  // now
};
BOOST_DESCRIBE_STRUCT(Movement, (), (entered, left, relapsed, on_list, watched))

// Of those with signs and no case only the first `most_with_signs`, which is plenty for a province.
inline constexpr std::int64_t most_with_signs = 500;
struct WeakList {
    std::vector<WeakUnit> units;        // those with most signs first, then in the order of the tree
    std::int64_t with_signs_count = 0;  // all that have signs and no case
    Movement movement;
};
BOOST_DESCRIBE_STRUCT(WeakList, (), (units, with_signs_count, movement))

struct ExitLine {
    ExitCondition item;
    std::optional<std::int64_t> figure;  // as the record stands today; nothing: no record, or an own item
    std::optional<bool> is_met;
};
BOOST_DESCRIBE_STRUCT(ExitLine, (), (item, figure, is_met))

// A visit to the unit since it was proposed.
struct CaseVisit {
    VisitId id;
    Date visited_on{};
    visits::Kind kind = visits::Kind::survey;
    std::string group_name;
    std::optional<std::int64_t> score;  // points the group gave, 0 to 100
};
BOOST_DESCRIBE_STRUCT(CaseVisit, (), (id, visited_on, kind, group_name, score))

struct CaseStory {
    Case about;
    std::string unit_name;
    std::string parent_name;
    std::string helper_name;
    std::vector<std::string> cause_keys;
    std::vector<Sign> signs_before;  // when it was proposed
    std::vector<Sign> signs_today;
    std::vector<Step> steps;
    std::vector<Measure> measures;  // by due day
    std::vector<ExitLine> exit_conditions;
    std::vector<CaseVisit> visits;  // the last one first; none for readers without visits.read over the unit
    bool may_decide = false;
    bool may_help = false;
    bool may_note = false;
    bool may_report = false;
    bool may_accept = false;
};
BOOST_DESCRIBE_STRUCT(CaseStory, (),
                      (about, unit_name, parent_name, helper_name, cause_keys, signs_before, signs_today,
                       steps, measures, exit_conditions, visits, may_decide, may_help, may_note, may_report,
                       may_accept))

struct WithinKey {
    std::optional<UnitId> within;  // all that the reader may read when absent
};
BOOST_DESCRIBE_STRUCT(WithinKey, (), (within))

struct CaseKey {
    ConsolidationId case_id;
};
BOOST_DESCRIBE_STRUCT(CaseKey, (), (case_id))

struct ProposeUnit {
    std::optional<ConsolidationId> id;  // made by the caller, or by the server
    UnitId unit_id;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ProposeUnit, (), (id, unit_id, reason))

struct DecideCase {
    ConsolidationId case_id;
    bool is_put = true;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(DecideCase, (), (case_id, is_put, reason))

struct ReasonedCase {
    ConsolidationId case_id;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ReasonedCase, (), (case_id, reason))

struct PlannedMeasure {
    std::optional<MeasureId> id;  // of one that is there, or nothing
    std::string text;
    std::optional<std::string> remedy_key;
    std::string owner_name;
    Date due_on{};
};
BOOST_DESCRIBE_STRUCT(PlannedMeasure, (), (id, text, remedy_key, owner_name, due_on))

struct SetExitCondition {
    ExitKind kind = ExitKind::own;
    std::int64_t target = 0;
    std::int64_t months = 0;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(SetExitCondition, (), (kind, target, months, text))

// The plan as it shall stand. Measures that were done stay; exit conditions are set once.
struct PlanCase {
    ConsolidationId case_id;
    std::optional<std::int64_t> version;  // of the plan that is changed; not looked at when absent
    std::vector<std::string> cause_keys;
    std::optional<MemberId> helper_member_id;
    std::string group_name;
    std::vector<PlannedMeasure> measures;           // up to 50
    std::vector<SetExitCondition> exit_conditions;  // 1 to 20 the first time, none after that
};
BOOST_DESCRIBE_STRUCT(PlanCase, (),
                      (case_id, version, cause_keys, helper_member_id, group_name, measures, exit_conditions))

struct ReportMeasure {
    ConsolidationId case_id;
    MeasureId measure_id;
    std::string result;
};
BOOST_DESCRIBE_STRUCT(ReportMeasure, (), (case_id, measure_id, result))

struct AcceptCondition {
    ConsolidationId case_id;
    ExitConditionId exit_condition_id;
    std::string note;  // asked for when the record does not bear the item out
};
BOOST_DESCRIBE_STRUCT(AcceptCondition, (), (case_id, exit_condition_id, note))

struct SurvivalKey {
    std::optional<std::string> cause_key;  // any when absent
    std::optional<UnitId> within;
};
BOOST_DESCRIBE_STRUCT(SurvivalKey, (), (cause_key, within))

// The share that had left after some months, by Kaplan and Meier, in thousandths, with the 95% interval
// (log-log of Greenwood's variance); nothing where fewer than five were followed, or nobody was as long as
// that.
struct LeftBy {
    std::int64_t months = 0;
    std::int64_t followed = 0;  // still on the list, and followed, on that day, or had left by it
    std::optional<std::int64_t> share_milli, low_milli, high_milli;
};
BOOST_DESCRIBE_STRUCT(LeftBy, (), (months, followed, share_milli, low_milli, high_milli))

// What the plans of those that left had.
struct RemedyCount {
    std::string remedy_key;
    std::int64_t left = 0;     // stays that ended, with this remedy in the plan
    std::int64_t entered = 0;  // all stays with it
};
BOOST_DESCRIBE_STRUCT(RemedyCount, (), (remedy_key, left, entered))

struct Survival {
    std::int64_t entered = 0;
    std::int64_t left = 0;
    std::int64_t relapsed = 0;
    std::vector<LeftBy> after;  // 3, 6 and 12 months
    std::vector<RemedyCount> remedies;
};
BOOST_DESCRIBE_STRUCT(Survival, (), (entered, left, relapsed, after, remedies))

// What nobody did in time: measures past their day, and the note of the month before this one.
struct Late {
    std::int64_t measures = 0;
    bool is_note_missing = false;
};

// Tells people: `proposed` those who decide, `helper_named` the helper, `late` the unit and the helper, the
// others the unit, the helper and who proposed it.
BOOST_DEFINE_ENUM_CLASS(Telling, proposed, put, not_put, helper_named, late, left, relapsed, closed)
using Tell = std::function<void(const Call&, const Case&, Telling, const Late&)>;

// The library outlives the routes.
struct Setting {
    const rulebooks::Library& library;
    std::int64_t watch_months = 12;
    Tell tell = {};
};

// Units of the base of the tree: those whose kind has members, and those with nothing but such units below.
WeakList list(const Call& call, const WithinKey& request, const Setting& setting);
Causes list_causes(const Call& call, const Nothing& request);
// Adds a cause to the list. Refused: forbidden without consolidation.decide over the root; invalid when a
// name is empty or the key is no word of small letters; conflict when the key is taken.
Causes add_cause(const Call& call, const Cause& request);
// Proposes a unit to the body above it, with the signs of today; the same one sent again under its id is the
// one already there. Refused: forbidden without consolidation.propose; invalid without a reason, or when
// nobody stands above the unit; conflict when it has a case that is not over, or the id belongs to another.
CaseStory propose(const Call& call, const ProposeUnit& request, const Setting& setting);
// Refused: forbidden without consolidation.decide over the unit above; conflict unless it is proposed;
// invalid without a reason.
CaseStory decide(const Call& call, const DecideCase& request, const Setting& setting);
// Refused: forbidden without consolidation.help; conflict unless it is on the list, when somebody else
// changed the plan meanwhile, or when exit conditions are there already; invalid when a text is empty or too
// long, a key is unknown, the helper is of the unit, a day of a new measure lies in the past, a measure is
// not of the case, or a target cannot be.
CaseStory plan(const Call& call, const PlanCase& request, const Setting& setting);
// What the helper saw and did this month. Refused: forbidden to who is not the helper and without
// consolidation.help; conflict unless on the list or watched; invalid without a text.
CaseStory note(const Call& call, const ReasonedCase& request, const Setting& setting);
// Refused: forbidden without consolidation.report or consolidation.help; not_found for a measure of another
// case; conflict when it was done already or the case is over; invalid without a result.
CaseStory report(const Call& call, const ReportMeasure& request, const Setting& setting);
// Refused: forbidden without consolidation.accept, to the helper and to people of the unit; not_found for an
// item of another case; conflict unless on the list, or when accepted already; invalid without a note when
// the record does not bear it out.
CaseStory accept(const Call& call, const AcceptCondition& request, const Setting& setting);
// Lets the unit leave the list; the watch begins. Refused: forbidden without consolidation.decide over the
// unit above; conflict unless on the list, or when there is no exit condition or one is not accepted; invalid
// without a reason.
CaseStory leave(const Call& call, const ReasonedCase& request, const Setting& setting);
// Puts a watched unit back on the list: the same case, its exit conditions to be accepted anew. Refused as
// leave; conflict unless it is watched.
CaseStory relapse(const Call& call, const ReasonedCase& request, const Setting& setting);
// Refused: not_found to who may not read it.
CaseStory show(const Call& call, const CaseKey& request, const Setting& setting);
// Of the units the reader may read.
Survival survival(const Call& call, const SurvivalKey& request);

// Closes the cases whose watch is over. Run every day, after days of standing still, or twice, the result is
// the same. Returns how many were closed.
std::int64_t settle(const Call& call, const Setting& setting);
// Reminds of what is late in the plans of units on the list, each once in a month, however often it runs.
// Returns how many were reminded.
std::int64_t urge_late(const Call& call, const Setting& setting);

// What the actor owes today. `decision` and `leaving` (when every exit condition is accepted) are owed by
// whoever holds consolidation.decide nearest above the unit, `plan` by whoever holds consolidation.help
// nearest above it, `measure` (the first that is open, late or due within two weeks) by the unit, `note` of
// this month by the helper. The most urgent first.
BOOST_DEFINE_ENUM_CLASS(Owing, decision, plan, measure, note, leaving)
struct Waiting {
    ConsolidationId id;
    UnitId unit_id;
    Owing owing = Owing::decision;
    std::string text;  // of a measure, or why the unit was proposed
    std::optional<Date> due_on;
};
std::vector<Waiting> waiting_for(const Call& call);

// GET /api/consolidation (also as /api/consolidation/table.csv and .xlsx), POST a proposal; GET and POST
// causes; GET survival; GET a case, POST what is done in it. `texts` must outlive the router.
void add_routes(Router& router, const Setting& setting, const Texts& texts);

}  // namespace gw::consolidation
