// Inspections: a body looks by duty how a unit below it, or a member of one, keeps the rules.
//
// Words: the *deciding body* plans a yearly *programme* and decides on each inspection; its *team* goes
// there; the *object* is the unit or member inspected. Every inspection and supervision has three *phases*
// (prepare, conduct, close) with twelve *papers*: 1 plan, 2 the team's detailed plan, 3 outline for the
// object, 4 minutes of the opening; 5 the object's own report, 6 minutes with the object, 7 minutes of
// verification, when one was needed, 8 the team's report; 9 extract of the meeting that concluded, 10 notice
// of conclusion, 11 minutes of its delivery, 12 index of the file. A paper that was *delivered* may be read
// by the object, who may answer it.
//
// Permissions: inspections.decide over the deciding body, for people who come from it; inspections.read over
// the object's unit (that a unit is inspected, on what and until when; never the papers, and nothing of a
// member). Everything else is for the team, the deciding body and, once delivered, the object: the member
// inspected, or who speaks for the unit (findings.report, and comes from it). To all others such an
// inspection is unknown.
#pragma once
#include <functional>

#include "findings/findings.h"
#include "platform/call.h"

namespace gw {
class Router;
class Texts;
namespace rulebooks {
class Library;
}
using InspectionId = Id<struct InspectionThing>;
using ProgrammeLineId = Id<struct ProgrammeLineThing>;
using InspectionPaperId = Id<struct InspectionPaperThing>;
using InspectionAnswerId = Id<struct InspectionAnswerThing>;
}  // namespace gw

namespace gw::inspections {

BOOST_DEFINE_ENUM_CLASS(Kind, regular_inspection, sign_inspection, periodic_inspection, regular_supervision,
                        thematic_supervision)
BOOST_DEFINE_ENUM_CLASS(Phase, prepare, conduct, close, closed, cancelled)
BOOST_DEFINE_ENUM_CLASS(Format, pdf, docx)
BOOST_DEFINE_ENUM_CLASS(Part, leader, secretary, member)

inline constexpr std::int64_t paper_count = 12, outline_paper = 3, own_report = 5, verification = 7,
                              conclusion = 10;

// Whom a team may be made of, for an object: asked of accounts.
struct Candidate {
    AccountId account_id;
    std::string full_name;
    UnitId home_unit_id;
};
BOOST_DESCRIBE_STRUCT(Candidate, (), (account_id, full_name, home_unit_id))

struct Inspection;
struct Setting {
    // No rule gives these days; an installation sets its own. From the day of the decision.
    int days_to_prepare = 10, days_to_conduct = 30, days_to_close = 45;
    std::function<std::vector<Candidate>(const Call&, UnitId body, UnitId object)> candidates;
    // Whose criteria a finding may name; none when empty. Must outlive the router.
    const rulebooks::Library* rulebooks = nullptr;
    // Told once per phase that is late.
    std::function<void(const Call&, const Inspection&, Phase, Date due_on,
                       const std::vector<AccountId>& team)>
        tell_late;
};

struct ProgrammeLine {
    ProgrammeLineId id;
    UnitId unit_id;  // the deciding body
    std::int64_t year = 0, month = 1;
    Kind kind = Kind::regular_inspection;
    UnitId object_unit_id;
    std::optional<MemberId> object_member_id;
    std::string theme;
    AccountId planned_by;
    Moment planned_at{};
};
BOOST_DESCRIBE_STRUCT(ProgrammeLine, (),
                      (id, unit_id, year, month, kind, object_unit_id, object_member_id, theme, planned_by,
                       planned_at))

struct PlanLine {
    std::optional<ProgrammeLineId> id;
    UnitId unit_id;
    std::int64_t year = 0, month = 1;
    Kind kind = Kind::regular_inspection;
    UnitId object_unit_id;
    std::optional<MemberId> object_member_id;
    std::string theme;
};
BOOST_DESCRIBE_STRUCT(PlanLine, (), (id, unit_id, year, month, kind, object_unit_id, object_member_id, theme))

struct LineKey {
    ProgrammeLineId line_id;
};
BOOST_DESCRIBE_STRUCT(LineKey, (), (line_id))

struct ShowProgramme {
    UnitId unit_id;
    std::optional<std::int64_t> year;  // this year when absent
};
BOOST_DESCRIBE_STRUCT(ShowProgramme, (), (unit_id, year))

struct ProgrammeEntry {
    ProgrammeLine line;
    std::string object_name;  // the member, or the unit
    std::string object_unit_name;
    std::optional<InspectionId> inspection_id;  // made from it
    std::optional<Phase> phase;
    bool is_late = false;  // its month is over, and no inspection was decided
};
BOOST_DESCRIBE_STRUCT(ProgrammeEntry, (),
                      (line, object_name, object_unit_name, inspection_id, phase, is_late))

struct Inspection {
    InspectionId id;
    UnitId unit_id;  // the deciding body
    std::optional<ProgrammeLineId> line_id;
    Kind kind = Kind::regular_inspection;
    UnitId object_unit_id;
    std::optional<MemberId> object_member_id;
    std::string theme;
    std::string content;
    std::string method;
    Date period_from{}, period_until{};  // what is looked at
    std::string decision_number;
    Date decided_on{};
    Date prepare_by{}, conduct_by{}, close_by{};
    std::optional<Date> told_on;  // the conclusion was delivered
    std::optional<Date> closed_on;
    std::optional<Date> cancelled_on;
    std::string cancel_reason;
    AccountId decided_by;
    Moment decided_at{};
};
BOOST_DESCRIBE_STRUCT(Inspection, (),
                      (id, unit_id, line_id, kind, object_unit_id, object_member_id, theme, content, method,
                       period_from, period_until, decision_number, decided_on, prepare_by, conduct_by,
                       close_by, told_on, closed_on, cancelled_on, cancel_reason, decided_by, decided_at))

struct TeamPerson {
    AccountId account_id;
    std::string full_name;
    Part part = Part::member;
    std::string duty;
};
BOOST_DESCRIBE_STRUCT(TeamPerson, (), (account_id, full_name, part, duty))

struct TeamChoice {
    AccountId account_id;
    Part part = Part::member;
    std::optional<std::string> duty;
};
BOOST_DESCRIBE_STRUCT(TeamChoice, (), (account_id, part, duty))

struct DecideInspection {
    std::optional<InspectionId> id;
    UnitId unit_id;
    std::optional<ProgrammeLineId> line_id;
    Kind kind = Kind::regular_inspection;
    UnitId object_unit_id;
    std::optional<MemberId> object_member_id;
    std::string theme;
    std::string content;
    std::optional<std::string> method;
    Date period_from{}, period_until{};
    std::string decision_number;
    std::optional<Date> decided_on;  // today when absent
    std::vector<TeamChoice> team;
};
BOOST_DESCRIBE_STRUCT(DecideInspection, (),
                      (id, unit_id, line_id, kind, object_unit_id, object_member_id, theme, content, method,
                       period_from, period_until, decision_number, decided_on, team))

struct Paper {
    InspectionPaperId id;
    InspectionId inspection_id;
    std::int64_t number = 1;
    std::string text;
    Date day{};
    std::optional<Date> delivered_on;
    AccountId written_by;
    std::string written_by_name;
    Moment written_at{};
};
BOOST_DESCRIBE_STRUCT(Paper, (),
                      (id, inspection_id, number, text, day, delivered_on, written_by, written_by_name,
                       written_at))

struct Answer {
    InspectionAnswerId id;
    InspectionId inspection_id;
    std::int64_t paper_number = 0;  // 0: to the inspection
    std::string text;
    AccountId said_by;
    std::string said_by_name;
    Moment said_at{};
};
BOOST_DESCRIBE_STRUCT(Answer, (), (id, inspection_id, paper_number, text, said_by, said_by_name, said_at))

struct InspectionKey {
    InspectionId inspection_id;
};
BOOST_DESCRIBE_STRUCT(InspectionKey, (), (inspection_id))

struct WritePaper {
    InspectionId inspection_id;
    std::int64_t number = 1;
    std::string text;
    std::optional<Date> day;  // today when absent
};
BOOST_DESCRIBE_STRUCT(WritePaper, (), (inspection_id, number, text, day))

struct PaperKey {
    InspectionId inspection_id;
    std::int64_t number = 1;
};
BOOST_DESCRIBE_STRUCT(PaperKey, (), (inspection_id, number))

struct PrintPaper {
    InspectionId inspection_id;
    std::int64_t number = 1;
    std::optional<Format> format;  // pdf when absent
};
BOOST_DESCRIBE_STRUCT(PrintPaper, (), (inspection_id, number, format))

struct NoteFindings {
    InspectionId inspection_id;
    std::vector<findings::FindingToNote> findings;
};
BOOST_DESCRIBE_STRUCT(NoteFindings, (), (inspection_id, findings))

struct AnswerInspection {
    InspectionId inspection_id;
    std::optional<std::int64_t> paper_number;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(AnswerInspection, (), (inspection_id, paper_number, text))

struct CancelInspection {
    InspectionId inspection_id;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(CancelInspection, (), (inspection_id, reason))

struct InspectionLine {
    Inspection inspection;
    std::string body_name, object_name, object_unit_name;
    Phase phase = Phase::prepare;
    std::optional<Date> due_on;  // of the phase
    bool is_late = false;
    std::int64_t papers_written = 0;
    bool may_open = false;  // the reader may see its papers
};
BOOST_DESCRIBE_STRUCT(InspectionLine, (),
                      (inspection, body_name, object_name, object_unit_name, phase, due_on, is_late,
                       papers_written, may_open))

struct ListInspections {
    std::optional<UnitId> unit_id;         // the deciding body
    std::optional<UnitId> object_unit_id;  // inspected
    std::optional<std::int64_t> year;      // of the decision
};
BOOST_DESCRIBE_STRUCT(ListInspections, (), (unit_id, object_unit_id, year))

struct InspectionList {
    std::vector<InspectionLine> inspections;  // the newest first, 200 at most
};
BOOST_DESCRIBE_STRUCT(InspectionList, (), (inspections))

struct Programme {
    std::vector<ProgrammeEntry> entries;  // by month
    bool may_plan = false;
};
BOOST_DESCRIBE_STRUCT(Programme, (), (entries, may_plan))

struct InspectionRecord {
    InspectionLine line;
    std::vector<TeamPerson> team;
    std::vector<Paper> papers;  // for the object those delivered and its own report
    std::vector<findings::Finding> findings;
    std::vector<Answer> answers;
    bool is_object = false;  // the reader is inspected
    bool may_write = false;  // papers and findings
    bool may_close = false;  // everything is there
    bool may_cancel = false;
    bool may_answer = false;  // something was delivered to the reader
};
BOOST_DESCRIBE_STRUCT(InspectionRecord, (),
                      (line, team, papers, findings, answers, is_object, may_write, may_close, may_cancel,
                       may_answer))

struct ListCandidates {
    UnitId unit_id;
    UnitId object_unit_id;
};
BOOST_DESCRIBE_STRUCT(ListCandidates, (), (unit_id, object_unit_id))

struct Candidates {
    std::vector<Candidate> candidates;
};
BOOST_DESCRIBE_STRUCT(Candidates, (), (candidates))

// Adds a line to the body's programme. Refused: forbidden to others than the deciding body; invalid for a
// month or year that cannot be, an object that is not below the body or a member of another unit, without a
// theme; conflict when the id is taken.
ProgrammeEntry plan_line(const Call& call, const PlanLine& request);
// Refused: not_found; conflict when an inspection was made from it.
ProgrammeLine remove_line(const Call& call, const LineKey& request);
// Refused as plan_line; invalid without a leader, with somebody named twice, somebody who is not a candidate
// or comes from the object, without content or number, a period that ends before it begins or a decision in
// the future; conflict when the line has its inspection.
InspectionRecord decide(const Call& call, const DecideInspection& request, const Setting& setting);
// Writes one of the twelve papers, or writes it anew until it was delivered. The object writes the own report
// alone. Refused: not_found for all who may not see it; forbidden to the object for other papers; invalid for
// another number, an empty text, a day before the decision or in the future; conflict when closed or
// delivered, or when a paper of an earlier phase is missing.
InspectionRecord write_paper(const Call& call, const WritePaper& request);
// Delivers a written paper to the object; with the notice of conclusion its findings. Refused: not_found;
// forbidden to the object; conflict when it is not written, delivered already, or only for the team.
InspectionRecord deliver(const Call& call, const PaperKey& request);
// Refused: not_found, forbidden to the object; conflict when the conclusion was delivered; invalid as
// findings say, or with a directive or criterion that does not exist or that the actor may not read.
InspectionRecord note_findings(const Call& call, const NoteFindings& request, const Setting& setting);
// Refused: not_found; forbidden to others than the deciding body; conflict when closed, when a paper is
// missing or the conclusion was not delivered.
InspectionRecord close(const Call& call, const InspectionKey& request);
// Ends an inspection that is not carried on; whoever could read its papers still can, and its line of the
// programme may be decided on again. Refused: not_found; forbidden to others than the deciding body; conflict
// when closed, cancelled, or once something was found: that has to be concluded; invalid without a reason.
InspectionRecord cancel(const Call& call, const CancelInspection& request);
// Refused: not_found; forbidden to others than the object; conflict before that paper was delivered; invalid
// without a text.
InspectionRecord answer(const Call& call, const AnswerInspection& request);

InspectionRecord show(const Call& call, const InspectionKey& request);
Programme show_programme(const Call& call, const ShowProgramme& request);
// What the reader may see of the inspections of a body or of a unit.
InspectionList list(const Call& call, const ListInspections& request);
// Those on whose team the reader is, or who inspect the reader.
InspectionList list_mine(const Call& call);
Candidates list_candidates(const Call& call, const ListCandidates& request, const Setting& setting);

// What the actor owes today: the next paper of a team, the own report of whoever was given its outline, a
// decision that the programme has for a month that is over, the closing of a complete file. The most urgent
// first.
BOOST_DEFINE_ENUM_CLASS(Owing, paper, report, decision, closing)
struct Waiting {
    std::optional<InspectionId> inspection_id;  // none: a decision owed
    std::optional<ProgrammeLineId> line_id;     // of a decision owed
    UnitId unit_id;                             // inspected
    std::string object_name;
    std::string theme;
    Owing owing = Owing::paper;
    std::int64_t paper_number = 0;  // 0: a decision or the closing
    Date due_on{};
    bool is_late = false;
};
BOOST_DESCRIBE_STRUCT(Waiting, (),
                      (inspection_id, line_id, unit_id, object_name, theme, owing, paper_number, due_on,
                       is_late))
std::vector<Waiting> waiting_for(const Call& call);

// Tells the teams whose phase is late, each phase once, however often it runs. Returns how many were told.
std::int64_t urge_late(const Call& call, const Setting& setting);

// For attachments: refuses (not_found, forbidden), or returns the unit inspected.
UnitId require_reader(const Call& call, InspectionId inspection_id);
UnitId require_writer(const Call& call, InspectionId inspection_id);

// For the sample: already checked; the caller writes the audit entry.
void add_inspections(const Call& call, std::span<const ProgrammeLine> lines,
                     std::span<const Inspection> inspections, std::span<const Paper> papers);
void add_team(const Call& call, InspectionId inspection_id, std::span<const TeamPerson> team);

// The registers are also given as tables (.csv and .xlsx). `language` is that of the organisation: its papers
// are printed in it. Texts must outlive the router.
void add_routes(Router& router, Setting setting, const Texts& texts, std::string language);

}  // namespace gw::inspections
