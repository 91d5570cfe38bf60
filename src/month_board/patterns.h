// Patterns worth a look: what the records of twelve months show that an honest cell seldom would, with how
// seldom, and what the cell says to it. Nobody is accused: each has harmless explanations, and one cell in a
// hundred is shown by chance alone. Private to month_board.
#pragma once
#include "month_board/month_board.h"

namespace gw::month_board {

// copied_minutes: the minutes of two meetings are nearly the same text. always_present: nobody was absent
// twelve meetings running. empty_resolutions: resolutions from which no task followed. last_day: tasks of
// resolution items done on the very day they were due.
BOOST_DEFINE_ENUM_CLASS(PatternKind, copied_minutes, always_present, empty_resolutions, last_day)
BOOST_DEFINE_ENUM_CLASS(SaidAs, answer, fine)

using PatternRemarkId = Id<struct PatternRemarkThing>;
struct PatternRemark {
    PatternRemarkId id;
    UnitId unit_id;
    PatternKind kind = PatternKind::copied_minutes;
    std::int64_t year = 0;
    SaidAs said_as = SaidAs::answer;
    std::string text;
    Date said_on{};
    Moment said_at{};
    AccountId said_by;
    std::string said_by_name;
};
BOOST_DESCRIBE_STRUCT(PatternRemark, (),
                      (id, unit_id, kind, year, said_as, text, said_on, said_at, said_by, said_by_name))

struct Pattern {
    PatternKind kind = PatternKind::copied_minutes;
    UnitId unit_id;
    std::string name;
    std::string above_name;
    std::int64_t hits = 0;        // marks of presence, resolutions, tasks; of minutes: likeness in percent
    std::int64_t tries = 0;       // out of so many; of minutes: 100
    std::int64_t peer_rate = 0;   // thousandths among similar cells
    std::int64_t peer_cells = 0;  // how many these are; of minutes: pairs of minutes compared
    // How often a cell like the others would show at least as much, in a million; of minutes: how many of a
    // million pairs of other cells are as alike.
    std::int64_t chance_of_million = 0;
    std::optional<BoardMeetingId> meeting_id, other_meeting_id;  // the two minutes, the earlier one first
    std::optional<Date> met_on, other_met_on;
    std::vector<PatternRemark> remarks;  // of this year, oldest first
    bool is_fine = false;                // looked at this year
};
BOOST_DESCRIBE_STRUCT(Pattern, (),
                      (kind, unit_id, name, above_name, hits, tries, peer_rate, peer_cells, chance_of_million,
                       meeting_id, other_meeting_id, met_on, other_met_on, remarks, is_fine))

struct PatternPage {
    std::vector<Pattern> patterns;  // the rarest first, those looked at last
    std::int64_t cells = 0;         // looked at
    Moment counted_at{};
    std::int64_t shown_by_chance = 0;  // cells in a hundred, at most, for each kind
    bool may_answer = false, may_close = false;
};
BOOST_DESCRIBE_STRUCT(PatternPage, (), (patterns, cells, counted_at, shown_by_chance, may_answer, may_close))

struct SayOfPattern {
    UnitId unit_id;
    PatternKind kind = PatternKind::copied_minutes;
    std::string text;  // one sentence; may be empty when it is closed
};
BOOST_DESCRIBE_STRUCT(SayOfPattern, (), (unit_id, kind, text))

// What a cell's records of twelve months hold, as far as patterns need it.
struct CellYear {
    UnitId unit_id;
    struct Held {
        BoardMeetingId id;
        Date on{};
        std::int64_t expected = 0, present = 0;
        std::string words;
    };
    std::vector<Held> meetings;  // regular ones, oldest first
    std::int64_t resolutions = 0, empty_resolutions = 0;
    std::int64_t tasks_done = 0, done_on_last_day = 0;
};
// Goes through every `step`th cell, from the first. The number beside it is what it is compared within.
using EachCellYear = std::function<void(std::size_t step, const std::function<void(const CellYear&, int)>&)>;
// Everything the records of so many cells show. Goes through them twice and keeps no text.
std::vector<Pattern> patterns_in(std::size_t cells, const EachCellYear& each);

// Refused: forbidden without month_board.read over the unit, or for a single cell meetings.read.
PatternPage list_patterns(const Call& call, const UnitKey& request, Patterns& patterns);
// Says something to a pattern of one's own cell. Refused: forbidden without meetings.record; invalid when the
// text is empty or too long; not_found when no such pattern is shown of the cell.
PatternRemark answer_pattern(const Call& call, const SayOfPattern& request, Patterns& patterns);
// Looked at, fine: closed for the year. Refused: forbidden without month_board.review; conflict when closed.
PatternRemark close_pattern(const Call& call, const SayOfPattern& request, Patterns& patterns);

}  // namespace gw::month_board
