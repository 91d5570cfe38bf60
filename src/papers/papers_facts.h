// What a paper is composed of: the record of the meeting without anything that may change by itself (its
// version, whether it was published), so that a paper is outdated when these facts are others.
#pragma once
#include "papers/papers.h"

namespace gw::papers {

struct AttendanceFact {
    MemberId member_id;
    std::string full_name;
    bool is_full = true;
    members::Office office = members::Office::none;
    meetings::Mark mark = meetings::Mark::present;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(AttendanceFact, (), (member_id, full_name, is_full, office, mark, reason))

struct SpokenFact {
    std::string speaker_name;
    std::string about;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(SpokenFact, (), (speaker_name, about, text))

// A line of "task, status at the start, result".
struct LedgerFact {
    std::string text;
    std::string owner_name;
    std::int64_t carried_over = 0;  // resolutions that had found it open
    bool was_late = false;
    std::int64_t start_progress = 0;  // percent, of one that was open
    bool is_done = false, is_dropped = false;
    std::string result;
};
BOOST_DESCRIBE_STRUCT(LedgerFact, (),
                      (text, owner_name, carried_over, was_late, start_progress, is_done, is_dropped, result))

struct TaskFact {
    std::string title;
    std::string owner_name;
    Date due_on{};
};
BOOST_DESCRIBE_STRUCT(TaskFact, (), (title, owner_name, due_on))

struct DecisionFact {
    std::string text;
    std::optional<std::int64_t> votes_for;
    bool needs_two_thirds = false;
    std::vector<TaskFact> tasks;
};
BOOST_DESCRIBE_STRUCT(DecisionFact, (), (text, votes_for, needs_two_thirds, tasks))

struct ResolutionFact {
    ResolutionId id;
    std::string number_text;
    std::string title;
    Date adopted_on{};
    std::int64_t votes_for = 0, votes_called = 0;
    bool needs_two_thirds = false;
    std::vector<DecisionFact> items;
    std::vector<LedgerFact> ledger;  // frozen with it
};
BOOST_DESCRIBE_STRUCT(ResolutionFact, (),
                      (id, number_text, title, adopted_on, votes_for, votes_called, needs_two_thirds, items,
                       ledger))

struct CriterionFact {
    std::string group_name, name;
    bool is_asked = true, is_scored = true, is_self = false;
    std::int64_t points_milli = 0, maximum_milli = 0;
};
BOOST_DESCRIBE_STRUCT(CriterionFact, (),
                      (group_name, name, is_asked, is_scored, is_self, points_milli, maximum_milli))

struct ScoreFacts {
    std::string rulebook, class_name;
    std::int64_t points_milli = 0, maximum_milli = 0;
    std::vector<CriterionFact> criteria;
};
BOOST_DESCRIBE_STRUCT(ScoreFacts, (), (rulebook, class_name, points_milli, maximum_milli, criteria))

struct Facts {
    Kind kind = Kind::minutes;
    std::string unit_name, unit_kind, upper_name, top_name, place_name;
    meetings::Kind meeting_kind = meetings::Kind::regular;
    std::string subject, place, summary;
    bool has_thematic_part = false;
    std::optional<Date> documents_sent_on;  // of minutes, as is whether they came too late
    bool documents_came_late = false;
    Date meets_on{};
    std::int64_t started_minute = 0, minutes = 0;  // of the day in the organisation's zone; the duration
    std::int64_t unit_members = 0;
    std::string chair_name, second_name;
    members::Office chair_office = members::Office::none;
    std::vector<std::string> agenda;
    std::vector<AttendanceFact> roll;
    std::vector<SpokenFact> contributions;
    std::vector<LedgerFact> ledger;
    std::vector<ResolutionFact> resolutions;  // of a resolution: only that one
    std::vector<ScoreFacts> score;            // one or none
};
BOOST_DESCRIBE_STRUCT(Facts, (),
                      (kind, unit_name, unit_kind, upper_name, top_name, place_name, meeting_kind, subject,
                       place, summary, has_thematic_part, documents_sent_on, documents_came_late, meets_on,
                       started_minute, minutes, unit_members, chair_name, second_name, chair_office, agenda,
                       roll, contributions, ledger, resolutions, score))

// Everything known of a held meeting, read once for all its papers.
struct MeetingFacts {
    meetings::Meeting meeting;
    Facts facts;  // with all resolutions
};
// `call` speaks the organisation's language.
MeetingFacts facts_of(const Call& call, const meetings::Meeting& meeting, const Setting& setting);
// The papers a meeting has: a kind, and for a resolution which.
struct PaperOfMeeting {
    Kind kind = Kind::minutes;
    ResolutionId resolution_id;
};
std::vector<PaperOfMeeting> papers_of(const MeetingFacts& known);
// The facts of one of them.
Facts facts_for(const MeetingFacts& known, const PaperOfMeeting& paper);

}  // namespace gw::papers
