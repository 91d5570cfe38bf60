// Meetings: a unit plans a meeting, holds it, calls the roll, writes down who said what, and scores it.
//
// Words: a meeting is *planned*, then *held* or *cancelled*; the *roll* is the list of members who are
// expected: probationary and full members of the unit on that day who are neither excused from meetings nor
// suspended; a *contribution* is what one member said; the *agenda* has items of its own and items from
// *sources* (open items of earlier resolutions, advice to answer); a held meeting is *published* when its
// papers are out. How good a meeting was stands in scores.h.
//
// Permissions, over the unit: meetings.read, meetings.plan (also change, cancel), meetings.record (also
// self-score, publish).
#pragma once
#include <functional>
#include <span>

#include "meetings/agenda.h"
#include "meetings/plan_changes.h"
#include "meetings/scores.h"
#include "members/members.h"
#include "platform/call.h"

namespace gw {
class Router;
using ContributionId = Id<struct ContributionThing>;
using SeriesId = Id<struct SeriesThing>;
}  // namespace gw

namespace gw::meetings {

BOOST_DEFINE_ENUM_CLASS(Kind, regular, thematic, committee, joint, other)
BOOST_DEFINE_ENUM_CLASS(State, planned, held, cancelled)
BOOST_DEFINE_ENUM_CLASS(Mark, present, excused, absent)  // excused: absent with a reason
struct Meeting {
    MeetingId id;
    UnitId unit_id;
    Kind kind = Kind::regular;
    std::string subject;
    Moment planned_for{};
    Date meets_on{};  // the day, in the organisation's zone: of started_at once held, of planned_for before
    std::string place;
    bool has_thematic_part = false;  // a regular meeting with a thematic session, or a thematic meeting
    State state = State::planned;
    std::optional<Moment> started_at;
    std::optional<Moment> ended_at;
    std::optional<Moment> clock_started_at;  // what the phone's clock said, when it was asked at the time
    std::optional<Moment> clock_ended_at;
    std::string times_reason;  // why the times are not those of the phone's clock
    std::optional<Date> documents_sent_on;
    std::optional<Moment> documents_sent_at;  // when the program saw the last of them go out
    std::optional<MemberId> chair_id;
    std::optional<MemberId> minute_taker_id;
    std::int64_t unit_members =
        0;  // probationary and full members of the unit, excused ones included; 0 until held
    bool has_committee = false;         // the unit had a deputy or committee members
    std::int64_t members_expected = 0;  // counts of the roll, 0 until the meeting was held
    std::int64_t members_present = 0;
    std::int64_t excused_count = 0;
    std::int64_t unexcused_count = 0;
    std::int64_t speaker_count = 0;  // members who contributed
    std::int64_t running_excused_count =
        0;  // members absent with a reason for the fourth time running or more
    std::optional<std::int64_t>
        results_total;  // items of the unit's last resolution when the meeting was held
    std::optional<std::int64_t> results_done;  // those done by then
    std::string summary;
    std::optional<Date> published_on;
    std::string cancel_reason;
    std::optional<std::int64_t> score_milli;    // thousandths of a point reached so far
    std::optional<std::int64_t> maximum_milli;  // that this meeting could reach
    std::optional<std::string>
        score_class;  // key of the rulebook's class; empty until every criterion is scored
    std::optional<std::string> score_rulebook;  // the edition it was first scored with, which it keeps
    AccountId recorded_by;                      // 0 until held
    std::int64_t version = 1;
    Moment created_at{};
};
BOOST_DESCRIBE_STRUCT(Meeting, (),
                      (id, unit_id, kind, subject, planned_for, meets_on, place, has_thematic_part, state,
                       started_at, ended_at, clock_started_at, clock_ended_at, times_reason,
                       documents_sent_on, documents_sent_at, chair_id, minute_taker_id, unit_members,
                       has_committee, members_expected, members_present, excused_count, unexcused_count,
                       speaker_count, running_excused_count, results_total, results_done, summary,
                       published_on, cancel_reason, score_milli, maximum_milli, score_class, score_rulebook,
                       recorded_by, version, created_at))

struct Attendance {
    MeetingId meeting_id;
    MemberId member_id;
    Mark mark = Mark::present;
    std::string reason;  // of an absence
};
BOOST_DESCRIBE_STRUCT(Attendance, (), (meeting_id, member_id, mark, reason))

struct Contribution {
    ContributionId id;
    MeetingId meeting_id;
    MemberId member_id;
    std::int64_t number = 1;  // in the order of speaking
    std::string text;         // empty when somebody spoke and nothing was noted
    std::string about = {};   // the agenda item spoken about, in its words; empty when none was named
};
BOOST_DESCRIBE_STRUCT(Contribution, (), (id, meeting_id, member_id, number, text, about))

// How the items of the last resolution before `day` stood on `day`; nothing when there is no earlier
// resolution.
struct Results {
    std::int64_t total = 0;
    std::int64_t done = 0;
};
using ResultsSource = std::function<std::optional<Results>(const Call&, UnitId, Date day)>;

// What meetings gets from the program and from capabilities above it, handed over in app.cpp. The functions
// may be empty; the library outlives the routes.
struct Setting {
    const rulebooks::Library& library;
    int zone_minutes = 420;
    std::vector<AgendaSource> agenda_sources = {};
    ResultsSource results = {};
    VisitorSource visitor = {};
    TellOfChange tell_of_change = {};
};

struct ChangeMeeting {
    MeetingId meeting_id;
    std::int64_t version = 0;
    std::string subject;
    std::optional<std::string> place;
    std::optional<bool> has_thematic_part;
    std::optional<Date> documents_sent_on;
};
BOOST_DESCRIBE_STRUCT(ChangeMeeting, (),
                      (meeting_id, version, subject, place, has_thematic_part, documents_sent_on))

struct RollMark {
    MemberId member_id;
    Mark mark = Mark::present;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(RollMark, (), (member_id, mark, reason))

struct SpokenWord {
    std::optional<ContributionId> id;  // made by the phone
    MemberId member_id;
    std::string text;
    std::optional<std::string> about = {};
};
BOOST_DESCRIBE_STRUCT(SpokenWord, (), (id, member_id, text, about))

// What happened in a meeting.
struct Happening {
    Moment started_at{};
    Moment ended_at{};
    std::optional<Moment> clock_started_at = {};  // what the phone's clock said at the start
    std::optional<Moment> clock_ended_at = {};
    std::optional<std::string> times_reason = {};  // needed when a time differs from the clock by a minute
    std::optional<MemberId> chair_id;
    std::optional<MemberId> minute_taker_id;
    std::optional<Date> documents_sent_on;
    std::optional<bool> has_thematic_part;
    std::vector<RollMark> roll;  // everybody expected, each once
    std::vector<SpokenWord> contributions;
    std::optional<std::string> summary;
};
BOOST_DESCRIBE_STRUCT(Happening, (),
                      (started_at, ended_at, clock_started_at, clock_ended_at, times_reason, chair_id,
                       minute_taker_id, documents_sent_on, has_thematic_part, roll, contributions, summary))

struct RecordMeeting {
    MeetingId meeting_id;
    Happening happening;
};
BOOST_DESCRIBE_STRUCT(RecordMeeting, (), (meeting_id, happening))

// Plans a meeting, and with `happening` records it in the same call.
struct AddMeeting {
    std::optional<MeetingId> id;
    UnitId unit_id;
    Kind kind = Kind::regular;
    std::string subject;
    Moment planned_for{};
    std::optional<std::string> place;
    std::optional<bool> has_thematic_part;
    std::optional<Date> documents_sent_on;
    std::vector<std::string> agenda;  // items of the unit's own; the others come by themselves
    std::optional<std::vector<UnitId>> joined_unit_ids =
        {};  // of a joint meeting, beside the unit that holds it
    std::optional<Happening> happening;
};
BOOST_DESCRIBE_STRUCT(AddMeeting, (),
                      (id, unit_id, kind, subject, planned_for, place, has_thematic_part, documents_sent_on,
                       agenda, joined_unit_ids, happening))

struct PublishMeeting {
    MeetingId meeting_id;
    std::optional<Date> published_on;  // today when absent
};
BOOST_DESCRIBE_STRUCT(PublishMeeting, (), (meeting_id, published_on))

struct MeetingKey {
    MeetingId meeting_id;
};
BOOST_DESCRIBE_STRUCT(MeetingKey, (), (meeting_id))

struct SpokenContribution {
    Contribution contribution;
    std::string speaker_name;
};
BOOST_DESCRIBE_STRUCT(SpokenContribution, (), (contribution, speaker_name))

struct AttendanceLine {
    Attendance attendance;
    std::string member_name;
};
BOOST_DESCRIBE_STRUCT(AttendanceLine, (), (attendance, member_name))

// A unit that takes part in a joint meeting.
struct JoinedUnit {
    UnitId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(JoinedUnit, (), (id, name))

// A meeting whole. The agenda of a planned meeting is filled from the sources as they stand now; that of a
// held meeting is what it was then.
struct MeetingRecord {
    Meeting meeting;
    std::string unit_name;
    std::vector<AgendaItem> agenda;
    std::vector<AttendanceLine> attendances;
    std::vector<SpokenContribution> contributions;
    std::vector<SetAside> set_aside = {};  // what came by itself and this meeting leaves out
    std::vector<JoinedUnit> joined_units = {};
    std::vector<PlanChange> plan_changes = {};  // the oldest first
    std::optional<SeriesId> series_id = {};     // the series it was planned for
    bool documents_came_late = false;           // less than a day before the meeting
};
BOOST_DESCRIBE_STRUCT(MeetingRecord, (),
                      (meeting, unit_name, agenda, attendances, contributions, set_aside, joined_units,
                       plan_changes, series_id, documents_came_late))

// Without unit_id and within: everything the reader may see. Newest first.
struct ListMeetings {
    std::optional<UnitId> unit_id, within;
    std::optional<State> state;
    std::optional<Date> from, until;
    std::optional<MeetingId> after;
    std::optional<std::int64_t> limit;  // 1 to 200, 50 when absent
};
BOOST_DESCRIBE_STRUCT(ListMeetings, (), (unit_id, within, state, from, until, after, limit))

struct MeetingLine {
    Meeting meeting;
    std::string unit_name;
    bool documents_came_late = false;
};
BOOST_DESCRIBE_STRUCT(MeetingLine, (), (meeting, unit_name, documents_came_late))

struct MeetingPage {
    std::vector<MeetingLine> meetings;
    std::optional<MeetingId> next;
};
BOOST_DESCRIBE_STRUCT(MeetingPage, (), (meetings, next))

struct RollMember {
    MemberId id;
    std::string full_name;
    members::Office office = members::Office::none;
    members::Stage stage = members::Stage::full;
    std::optional<Mark> mark;  // once the meeting was held
};
BOOST_DESCRIBE_STRUCT(RollMember, (), (id, full_name, office, stage, mark))

struct Roll {
    UnitId unit_id;
    Date day{};
    std::vector<RollMember> members;
    std::int64_t excused_members = 0;  // of the unit, expected at no meeting
};
BOOST_DESCRIBE_STRUCT(Roll, (), (unit_id, day, members, excused_members))

struct UnitRollKey {
    UnitId unit_id;
    std::optional<Date> day;  // today when absent
};
BOOST_DESCRIBE_STRUCT(UnitRollKey, (), (unit_id, day))

// Plans a meeting; the same plan sent again is the meeting already there. Refused: forbidden without
// meetings.plan over the unit, and over every unit that joins it; invalid when the subject is empty or a text
// too long, the moment outside 2000 to 2100, a unit has no members of its own kind to call, a joint meeting
// names no other unit, one twice or itself, another meeting names any; conflict when the id belongs to
// another meeting.
Meeting plan(const Call& call, const AddMeeting& request, const Setting& setting);
// Changes what is not time or agenda. Refused: conflict on an old version, or when no longer planned;
// otherwise as plan.
Meeting change(const Call& call, const ChangeMeeting& request);
// Writes down what happened; with it the agenda stands and the score is computed. The same record sent again
// changes nothing. Refused: forbidden without meetings.record; invalid when the end is not after the start or
// over 24 hours later, start or end lie in the future (by more than phones' clocks differ), differ from the
// phone's clock without a reason, the roll misses somebody expected, names somebody not
// expected or somebody twice, a speaker, chair or minute taker was not present; conflict when cancelled, or
// held already with another record.
MeetingRecord record(const Call& call, const RecordMeeting& request, const Setting& setting);
// Both in one call, as a phone sends them after the network came back.
MeetingRecord add(const Call& call, const AddMeeting& request, const Setting& setting);
// Refused: conflict unless held; invalid when the day lies before the meeting or in the future.
Meeting publish(const Call& call, const PublishMeeting& request, const Setting& setting);

MeetingPage list(const Call& call, const ListMeetings& request);
// The meeting and its roll, to those who may read it.
MeetingRecord show(const Call& call, const MeetingKey& request, const Setting& setting);
Roll roll(const Call& call, const MeetingKey& request);
Roll roll_of_unit(const Call& call, const UnitRollKey& request);

// For the capabilities above, without a permission check.
std::optional<Meeting> find_meeting(Db& db, MeetingId meeting_id);
std::vector<Meeting> meetings_of(Db& db, UnitId unit_id, Date from, Date until);  // oldest first
std::optional<Contribution> find_contribution(Db& db, ContributionId contribution_id);
std::vector<Contribution> contributions_of(Db& db, MeetingId meeting_id);
// What a member said in meetings of the units given and in those they joined, the newest first, after the one
// given. There is no index by member: it would cost every meeting more than it is worth to those who look.
std::vector<Contribution> contributions_by(Db& db, MemberId member_id, std::span<const UnitId> unit_ids,
                                           const std::optional<ContributionId>& after, std::size_t count);
std::vector<Attendance> attendances_of(Db& db, MeetingId meeting_id);
// The first held meeting of each unit whose agenda carried what a source wanted.
struct CarriedOn {
    UnitId unit_id;
    MeetingId meeting_id;
    Date meets_on{};
};
std::vector<CarriedOn> agendas_with(Db& db, SourceKind source_kind, SourceId source_id);
// What of a kind stood on agendas of the unit's held meetings, each once.
std::vector<SourceId> sources_carried(Db& db, UnitId unit_id, SourceKind source_kind);
// Joint meetings of others that the unit takes part in, oldest first.
std::vector<Meeting> meetings_joined_by(Db& db, UnitId unit_id, Date from, Date until);
// The units of a joint meeting beside its own; none for others.
std::vector<UnitId> joined_units_of(Db& db, const Meeting& meeting);
// Whom a meeting calls, as things stand: of a joint meeting the members of all its units.
std::vector<members::Person> people_called(Db& db, const Meeting& meeting);
// Less than a day before the meeting; by the clock where it is known when they went out, else by the day.
bool came_late(const Meeting& meeting);
// Notes when the last document of a planned meeting went out, or that there is none any more. Without effect
// once it is held.
void note_documents(const Call& call, MeetingId meeting_id, std::optional<Moment> sent_at, int zone_minutes);
// Who is expected at a meeting of the unit on a day, by office then name.
std::vector<members::Person> expected_members(Db& db, UnitId unit_id, Date day);

// For facts of a year, by unit id: held meetings within [from, until].
struct UnitCounts {
    UnitId unit_id;
    std::int64_t months_met = 0;  // calendar months with a regular meeting
    std::int64_t meetings = 0;
    std::int64_t thematic = 0;           // meetings with a thematic part
    std::int64_t thematic_quarters = 0;  // quarters of a year with one
    std::int64_t scored = 0;             // regular meetings with a class
    std::int64_t score_sum_milli = 0;    // of those
    std::int64_t good_scores = 0;        // of those, class "good"
    std::int64_t expected = 0;           // members expected, summed over meetings
    std::int64_t present = 0;
    std::int64_t unexcused = 0;
    std::int64_t published_in_time = 0;  // within two days
    std::optional<Date> last_regular_on = {}, last_thematic_on = {};
};
// Of all units, or of those named.
std::vector<UnitCounts> count_by_unit(Db& db, Date from, Date until, std::span<const UnitId> only = {});
// The regular meetings of a unit in one calendar month, for figures over time.
struct UnitMonth {
    UnitId unit_id;
    Date month{};  // its first day
    std::int64_t meetings = 0;
    std::int64_t scored = 0;  // those with a class
    std::int64_t score_sum_milli = 0;
};
// Tells every month in which a unit met within [from, until], of all units or of those named; the earliest
// months first.
void each_unit_month(Db& db, Date from, Date until, std::span<const UnitId> only,
                     const std::function<void(const UnitMonth&)>& tell);
struct MemberCounts {
    MemberId member_id;
    std::int64_t expected = 0, present = 0, excused = 0, unexcused = 0;
    UnitId unit_id = {};  // whose meetings these were
};
// By unit that met, then member id; reads every attendance of the stretch.
std::vector<MemberCounts> count_by_member(Db& db, Date from, Date until, std::span<const UnitId> only = {});
MemberCounts count_of_member(Db& db, MemberId member_id, UnitId unit_id, Date from, Date until);
struct SpeakerCounts {
    MemberId member_id;
    std::int64_t contributions = 0;
    UnitId unit_id;  // in whose meetings
};
// Contributions in held meetings of the stretch, by unit, then member id; who never spoke is not in it.
std::vector<SpeakerCounts> count_contributions(Db& db, Date from, Date until,
                                               std::span<const UnitId> only = {});

// For the sample: many at once, already checked; the caller writes the audit entry.
void add_meetings(const Call& call, std::span<const Meeting> meetings);
void add_attendances(const Call& call, std::span<const Attendance> attendances);
void add_contributions(const Call& call, std::span<const Contribution> contributions);
void add_agenda_items(const Call& call, std::span<const AgendaItem> agenda_items);
// GET and POST /api/meetings, GET and PUT /api/meetings/{meeting_id}; below it POST record, cancellation,
// move, restoration, publication, PUT agenda and GET roll; GET /api/units/{unit_id}/roll; and the routes of
// scores.h. The setting is copied.
void add_routes(Router& router, Setting setting);

}  // namespace gw::meetings
