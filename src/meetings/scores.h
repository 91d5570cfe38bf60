// The score of a meeting: how good it was by a meeting rulebook, line by line, three times over: *computed*
// from what the record knows, by the *unit itself*, and by a *visitor* who was there.
//
// Words: the *sheet* is the list of criteria of the edition that counts; a *mark* answers a fact that only
// the unit knows; a *figure* is the points somebody gives a criterion. What the record knows and the marks
// make the score that counts. Where the unit sees more or less than the record it gives a figure of its own
// and says why; that figure and the visitor's stand beside the score and change nothing in it. A *gap*
// compares two of the three over the criteria that both scored.
//
// Which rulebook counts is chosen by a unit for itself and everything below it, from a day on; the nearest
// choice wins, and where nobody chose the edition that is in force by default. A meeting keeps the edition it
// was first scored with: a later choice changes nothing.
//
// Permissions, over the unit: meetings.read or meetings.record to see a score, meetings.record to self-score,
// visits.record to score as a visitor (not of the unit itself), meetings.choose_rulebook to choose.
#pragma once
#include <functional>
#include <span>

#include "platform/call.h"

namespace gw {
using MeetingId = Id<struct MeetingThing>;
using RulebookChoiceId = Id<struct RulebookChoiceThing>;
using VisitorSheetId = Id<struct VisitorSheetThing>;
class Router;
namespace rulebooks {
class Library;
struct Edition;
}  // namespace rulebooks
}  // namespace gw

namespace gw::meetings {

struct Meeting;
struct MeetingKey;
struct Setting;

// What a group that attended the meeting thought of it.
struct VisitorScore {
    std::string group_name;
    Date visited_on{};
    std::int64_t points_milli = 0;   // of the criteria scored, or the one number of the visit
    std::int64_t lines = 0;          // criteria scored; 0 when the visit has one number for all
    std::int64_t maximum_milli = 0;  // of the criteria scored
    std::string note = {};
};
BOOST_DESCRIBE_STRUCT(VisitorScore, (), (group_name, visited_on, points_milli, lines, maximum_milli, note))
// The one number of a visit, for meetings that no visitor scored line by line.
using VisitorSource = std::function<std::optional<VisitorScore>(const Call&, MeetingId)>;

// Where the points of a criterion come from. `waiting`: the unit has not scored it yet; `not_asked`: it does
// not apply to this meeting and its points are not in the maximum.
BOOST_DEFINE_ENUM_CLASS(PointsFrom, record, self, waiting, not_asked)

struct ScoreFact {
    std::string key;
    std::string name;  // in the reader's language
    std::string unit;
    std::int64_t value = 0;
    bool is_given = false;
    bool is_self = false;  // said by the unit, not known from the record
    std::int64_t lowest = 0, highest = 1;
};
BOOST_DESCRIBE_STRUCT(ScoreFact, (), (key, name, unit, value, is_given, is_self, lowest, highest))

// Points that a criterion can give. A criterion without options takes any points up to its maximum.
struct PointsOption {
    std::int64_t points_milli = 0;
    std::string text;  // empty where the rulebook has no words for it
};
BOOST_DESCRIBE_STRUCT(PointsOption, (), (points_milli, text))

struct CriterionScore {
    std::string key;
    std::string group;
    std::string group_name;
    std::string name;
    PointsFrom points_from = PointsFrom::record;
    std::int64_t points_milli = 0;
    std::int64_t maximum_milli = 0;
    std::string chosen;  // the line of the rulebook that gave the points, when it has lines
    std::vector<ScoreFact> facts;
    std::vector<PointsOption> options;  // the best first
    std::string basis;                  // "source", "general", "sample" or "assumed"
    std::string source;                 // the document, when the basis is one
    std::optional<std::int64_t> record_milli, self_milli,
        visitor_milli;           // the three figures, where there is one
    std::string self_reason;     // why the unit departs from the record
    std::string visitor_reason;  // what the visitor noted
};
BOOST_DESCRIBE_STRUCT(CriterionScore, (),
                      (key, group, group_name, name, points_from, points_milli, maximum_milli, chosen, facts,
                       options, basis, source, record_milli, self_milli, visitor_milli, self_reason,
                       visitor_reason))

// Two of the three scores, over the criteria that both scored.
struct ScoreGap {
    std::int64_t lines = 0;
    std::int64_t first_milli = 0;
    std::int64_t second_milli = 0;
    std::int64_t gap_milli = 0;  // the first minus the second
};
BOOST_DESCRIBE_STRUCT(ScoreGap, (), (lines, first_milli, second_milli, gap_milli))

// A meeting's score whole, with everything a printed sheet needs.
struct MeetingScore {
    MeetingId meeting_id;
    std::string rulebook;  // id and edition
    std::string rulebook_name;
    bool is_pass_or_fail = false;  // every criterion holds or does not; the class needs them all
    std::int64_t points_milli = 0;
    std::int64_t record_points_milli = 0;  // of the points, those known from the record
    std::int64_t self_points_milli = 0;    // of the points, those the unit gave itself
    std::int64_t maximum_milli = 0;        // this meeting can reach
    std::int64_t sheet_maximum_milli = 0;  // any meeting can reach
    std::int64_t waiting_milli = 0;        // of the maximum, not scored yet
    std::optional<std::string> score_class;
    std::string class_name;
    std::vector<std::string> not_met;  // conditions of a better class that its points would reach
    std::vector<CriterionScore> criteria;
    std::int64_t filled_lines = 0;  // criteria that the record filled without anybody typing
    std::optional<VisitorScore> visitor;
    std::optional<std::int64_t> gap_milli;  // points minus those of the visitor, once all is scored
    std::optional<ScoreGap> self_and_visitor, self_and_record, record_and_visitor;
};
BOOST_DESCRIBE_STRUCT(MeetingScore, (),
                      (meeting_id, rulebook, rulebook_name, is_pass_or_fail, points_milli,
                       record_points_milli, self_points_milli, maximum_milli, sheet_maximum_milli,
                       waiting_milli, score_class, class_name, not_met, criteria, filled_lines, visitor,
                       gap_milli, self_and_visitor, self_and_record, record_and_visitor))

// The empty sheet of an edition, for scoring where there is no network yet or no record.
struct SheetLine {
    std::string key;
    std::string group;
    std::string group_name;
    std::string name;
    std::int64_t maximum_milli = 0;
    bool is_from_record = false;   // the record fills it; the unit is not asked
    bool is_conditional = false;   // does not apply to every meeting
    std::vector<ScoreFact> facts;  // that the unit answers
    std::vector<PointsOption> options;
};
BOOST_DESCRIBE_STRUCT(SheetLine, (),
                      (key, group, group_name, name, maximum_milli, is_from_record, is_conditional, facts,
                       options))
struct ScoreSheet {
    std::string rulebook;
    std::string rulebook_name;
    bool is_pass_or_fail = false;
    std::int64_t maximum_milli = 0;
    std::vector<SheetLine> lines;
};
BOOST_DESCRIBE_STRUCT(ScoreSheet, (), (rulebook, rulebook_name, is_pass_or_fail, maximum_milli, lines))

struct UnitSheetKey {
    UnitId unit_id;
    std::optional<Date> day;  // today when absent
};
BOOST_DESCRIBE_STRUCT(UnitSheetKey, (), (unit_id, day))

struct SelfMark {
    std::string fact;
    std::int64_t value = 0;
};
BOOST_DESCRIBE_STRUCT(SelfMark, (), (fact, value))

struct Figure {
    std::string criterion;
    std::int64_t points_milli = 0;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(Figure, (), (criterion, points_milli, reason))

struct ScoreSelf {
    MeetingId meeting_id;
    std::vector<SelfMark> marks;  // those not named keep what they were
    // Where the unit departs from what the record gave, each with a reason; those kept before go when the
    // list is given. Absent: they stay.
    std::optional<std::vector<Figure>> figures = {};
};
BOOST_DESCRIBE_STRUCT(ScoreSelf, (), (meeting_id, marks, figures))

struct ScoreAsVisitor {
    MeetingId meeting_id;
    std::optional<VisitorSheetId> id;  // made by the caller, or by the server
    std::string group_name;
    std::vector<Figure> figures;  // of the criteria that the visitor could judge; a reason is welcome
    std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(ScoreAsVisitor, (), (meeting_id, id, group_name, figures, note))

struct SelfMarks {
    MeetingId meeting_id;
    std::vector<SelfMark> marks;
};

// Kept sheets and figures, as the sample adds them.
struct VisitorSheet {
    VisitorSheetId id;
    MeetingId meeting_id;
    UnitId unit_id;
    std::string group_name;
    std::string note;
    AccountId scored_by;
    Moment scored_at{};
};
BOOST_DESCRIBE_STRUCT(VisitorSheet, (), (id, meeting_id, unit_id, group_name, note, scored_by, scored_at))
struct KeptFigure {
    MeetingId meeting_id;
    VisitorSheetId sheet_id;  // 0: the unit itself
    std::string criterion;
    std::int64_t points_milli = 0;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(KeptFigure, (), (meeting_id, sheet_id, criterion, points_milli, reason))

// What the reader gave a meeting as its visitor; nothing yet without a sheet.
struct OwnVisitorSheet {
    std::optional<VisitorSheet> sheet;
    std::vector<KeptFigure> figures;
};
BOOST_DESCRIBE_STRUCT(OwnVisitorSheet, (), (sheet, figures))

// The gaps of a unit's meetings in a year. A mean over few meetings says little; `visited` is its
// denominator.
struct GapLine {
    MeetingId meeting_id;
    Date meets_on{};
    std::string rulebook_name;
    std::int64_t points_milli = 0;
    std::int64_t maximum_milli = 0;
    std::string group_name;
    std::int64_t visitor_milli = 0;
    std::int64_t lines = 0;      // criteria that both scored; 0 when the visit has one number for all
    std::int64_t gap_milli = 0;  // the unit's own view minus the visitor's
};
BOOST_DESCRIBE_STRUCT(GapLine, (),
                      (meeting_id, meets_on, rulebook_name, points_milli, maximum_milli, group_name,
                       visitor_milli, lines, gap_milli))
struct YearGaps {
    UnitId unit_id;
    std::int64_t year = 0;
    std::int64_t scored = 0;   // meetings held and scored
    std::int64_t visited = 0;  // of those, with a visitor's score to compare
    std::optional<std::int64_t> mean_gap_milli;
    std::vector<GapLine> meetings;  // those visited, the oldest first
};
BOOST_DESCRIBE_STRUCT(YearGaps, (), (unit_id, year, scored, visited, mean_gap_milli, meetings))
struct YearGapsKey {
    UnitId unit_id;
    std::optional<std::int64_t> year;  // this year when absent
};
BOOST_DESCRIBE_STRUCT(YearGapsKey, (), (unit_id, year))

struct RulebookChoice {
    RulebookChoiceId id;
    UnitId unit_id;
    Date from_on{};
    std::string rulebook;  // "vn.meeting.block"; empty: as decided above
    std::string reason;
    AccountId chosen_by;
    Moment chosen_at{};
};
BOOST_DESCRIBE_STRUCT(RulebookChoice, (), (id, unit_id, from_on, rulebook, reason, chosen_by, chosen_at))

// A rulebook that a unit may choose.
struct OfferedRulebook {
    std::string rulebook;
    std::string name;     // of the edition in force on the day
    std::string edition;  // the same
    bool is_default = false;
    std::int64_t lines = 0;
    std::int64_t maximum_milli = 0;
    std::vector<std::string> sources;
};
BOOST_DESCRIBE_STRUCT(OfferedRulebook, (),
                      (rulebook, name, edition, is_default, lines, maximum_milli, sources))

// What counts for a unit on a day, and why.
struct UnitRulebook {
    UnitId unit_id;
    Date day{};
    std::string rulebook;
    std::string edition;
    std::string name;
    std::optional<UnitId> chosen_by_unit_id;  // empty: nobody chose, it is the default
    std::string chosen_by_unit_name;
    std::optional<Date> from_on;
    std::string reason;
    std::vector<RulebookChoice> choices;  // of this unit itself, the latest first; also those to come
    std::vector<OfferedRulebook> offered;
};
BOOST_DESCRIBE_STRUCT(UnitRulebook, (),
                      (unit_id, day, rulebook, edition, name, chosen_by_unit_id, chosen_by_unit_name, from_on,
                       reason, choices, offered))

struct ChooseRulebook {
    UnitId unit_id;
    std::string rulebook;  // empty: as decided above
    Date from_on{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ChooseRulebook, (), (unit_id, rulebook, from_on, reason))

// Refused (conflict) unless the meeting is held and of a kind that is scored.
MeetingScore score(const Call& call, const MeetingKey& request, const Setting& setting);
// The same without a permission check, for papers; nothing when the meeting has no score.
std::optional<MeetingScore> find_score(const Call& call, const Meeting& meeting, const Setting& setting);
// Refused: forbidden without meetings.record; conflict unless held; invalid when a mark is not one the unit
// gives itself or is outside its range, a figure is of a criterion that the record does not fill, is no
// number of points that it can give, or has no reason.
MeetingScore score_self(const Call& call, const ScoreSelf& request, const Setting& setting);
// The same person's sheet sent again takes the place of the one before. Refused: forbidden without
// visits.record or to people of the unit itself; conflict when the meeting was cancelled, is not of a kind
// that is scored, or the id belongs to another sheet; invalid when the meeting has not begun, nothing is
// scored, the group has no name, or a figure is not of the sheet or no number of points that its criterion
// can give.
OwnVisitorSheet score_as_visitor(const Call& call, const ScoreAsVisitor& request, const Setting& setting);
OwnVisitorSheet own_visitor_sheet(const Call& call, const MeetingKey& request);
// The sheet by which a meeting is or would be scored; the sheet that counts for a unit on a day. To those who
// see the meetings of the unit or score them.
ScoreSheet sheet_of_meeting(const Call& call, const MeetingKey& request, const Setting& setting);
ScoreSheet sheet_of_unit(const Call& call, const UnitSheetKey& request, const Setting& setting);
YearGaps gaps_of_year(const Call& call, const YearGapsKey& request, const Setting& setting);

UnitRulebook rulebook_of_unit(const Call& call, const UnitSheetKey& request, const Setting& setting);
// Refused: forbidden without meetings.choose_rulebook; invalid when there is no such rulebook, it is not in
// force on that day, the day lies in the past or there is no reason. The last choice for a day counts; the
// same one again changes nothing.
UnitRulebook choose_rulebook(const Call& call, const ChooseRulebook& request, const Setting& setting);

// For the sample: many at once, already checked; the caller writes the audit entry.
void add_self_marks(const Call& call, std::span<const SelfMarks> marks);
void add_visitor_sheets(const Call& call, std::span<const VisitorSheet> sheets,
                        std::span<const KeptFigure> figures);
void add_rulebook_choices(const Call& call, std::span<const RulebookChoice> choices);
// Computes score_milli, maximum_milli and score_class of many held meetings at once, each by the edition it
// keeps, or by the default of its day, which it then keeps; marks[i] belongs to meetings[i].
void score_meetings(const rulebooks::Library& library, std::span<Meeting> meetings,
                    std::span<const SelfMarks> marks);
// Every fact that units score themselves by an edition or by the default of a year, so that a sample can make
// it up.
std::vector<ScoreFact> self_facts(const rulebooks::Edition& edition);
std::vector<ScoreFact> self_facts(const rulebooks::Library& library, std::int64_t year);

// GET /api/meetings/{meeting_id}/score and /score_sheet, POST /self_score, GET and POST /visitor_score below
// it; below /api/units/{unit_id} GET score_sheet, score_gaps and meeting_rulebook, POST meeting_rulebook.
void add_score_routes(Router& router, std::shared_ptr<const Setting> setting);

}  // namespace gw::meetings
