// Month board: what the level above sees of the meetings of a month. Which cells met, plan to, are late or
// missed it, what was decided, how the scores moved; who was urged; patterns worth a look.
//
// Words: a cell's *state* of a month: *held*, *planned* (a day is set and not passed), *open* (nothing is set
// and nothing is late yet), *late* (its day passed some days ago, or the month ended a few days ago, and
// nothing was recorded), *missing* (the month is over for good), *not_expected* (founded later, or fewer than
// three full members). *Expected* cells are all but the last, and the first five add up to them. Only regular
// meetings count; the *usual day* of a cell is the middle one of those of its last twelve months. Cells are
// *similar* when they are of one kind and of one band of size. To *urge* is to remind late cells by one act.
//
// Permissions, over the unit: month_board.read, month_board.urge, month_board.review (say that a pattern was
// looked at and is fine). A unit reads what is said of itself with meetings.read and answers with
// meetings.record.
#pragma once
#include <functional>
#include <memory>
#include <vector>

#include "platform/call.h"
#include "platform/router.h"

namespace gw {
class Texts;
using UrgeId = Id<struct UrgeThing>;
}  // namespace gw

namespace gw::month_board {

inline constexpr int days_until_late = 3;   // after the day planned, or the usual day
inline constexpr int days_after_month = 5;  // within them a month may still be recorded before it is missing
inline constexpr int days_between_urges = 7;      // of one cell, whoever urges
inline constexpr std::size_t fewest_similar = 5;  // scored cells; fewer say nothing of what is usual

// Things of other capabilities, as this one shows them.
using BoardMeetingId = Id<struct BoardMeetingThing>;
using BoardResolutionId = Id<struct BoardResolutionThing>;

BOOST_DEFINE_ENUM_CLASS(MonthState, held, planned, open, late, missing, not_expected)
BOOST_DEFINE_ENUM_CLASS(WhyNotExpected, founded_later, too_few_members)

// How the cells of a subtree stand. expected = held + planned + open + late + missing, and
// cells = expected + not_expected.
struct MonthTotals {
    std::int64_t cells = 0;
    std::int64_t expected = 0;
    std::int64_t held = 0, planned = 0, open = 0, late = 0, missing = 0;
    std::int64_t not_expected = 0;
    std::int64_t founded_later = 0, too_few_members = 0;  // of those not expected
    std::int64_t scored = 0;
    std::int64_t share_sum = 0;  // thousandths of what the meetings could reach, summed over the scored
    std::int64_t last_scored = 0, last_share_sum = 0;  // of the month before
    std::int64_t with_topic = 0;                       // expected cells with a thematic topic this quarter
    std::int64_t with_resolution = 0;                  // of those held
    std::int64_t published_in_time = 0;                // of those held, within two days
    std::int64_t urged = 0;                            // late cells urged within the last week
};
BOOST_DESCRIBE_STRUCT(MonthTotals, (),
                      (cells, expected, held, planned, open, late, missing, not_expected, founded_later,
                       too_few_members, scored, share_sum, last_scored, last_share_sum, with_topic,
                       with_resolution, published_in_time, urged))

struct ShowBoard {
    UnitId unit_id;
    std::optional<Date> month;  // any day of it; this month when absent
};
BOOST_DESCRIBE_STRUCT(ShowBoard, (), (unit_id, month))

// A unit directly below, cells counted with everything below it.
struct BoardGroup {
    UnitId unit_id;
    std::string name, kind;
    bool is_cell = false;
    MonthTotals totals;
};
BOOST_DESCRIBE_STRUCT(BoardGroup, (), (unit_id, name, kind, is_cell, totals))

struct MonthOf {
    Date month{};  // its first day
    MonthTotals totals;
};
BOOST_DESCRIBE_STRUCT(MonthOf, (), (month, totals))

struct MonthBoard {
    UnitId unit_id;
    std::string name;
    Date month{};  // its first day
    Date today{};
    bool may_urge = false;
    MonthTotals totals;
    std::vector<BoardGroup> groups;  // as the tree orders them
    std::vector<MonthOf> months;     // the twelve that end with this one, oldest first
};
BOOST_DESCRIBE_STRUCT(MonthBoard, (), (unit_id, name, month, today, may_urge, totals, groups, months))

BOOST_DEFINE_ENUM_CLASS(CellSort, act, tree, share, change)  // act: what needs one first

struct ListCells {
    UnitId unit_id;
    std::optional<Date> month;
    std::optional<MonthState> state;
    std::optional<std::string>
        text;  // part of the name or of that of the unit above, with or without diacritics
    std::optional<CellSort> sort;  // act when absent
    std::optional<UnitId> after;
    std::optional<std::int64_t> limit;  // 1 to 5000, 200 when absent
};
BOOST_DESCRIBE_STRUCT(ListCells, (), (unit_id, month, state, text, sort, after, limit))

struct CellMonth {
    UnitId unit_id;
    std::string name;
    std::string above_name;
    MonthState state = MonthState::open;
    std::optional<WhyNotExpected> why;
    std::optional<Date> day;        // held on, or planned for
    std::optional<Date> late_on;    // the first day on which it counts as late
    std::optional<Date> usual_day;  // of this month
    bool is_cancelled = false;      // a meeting of the month was cancelled and none is set
    std::optional<BoardMeetingId> meeting_id;
    std::int64_t full_members = 0;
    std::optional<std::int64_t> score_milli, maximum_milli;
    std::optional<std::string> score_class;
    std::optional<std::int64_t> share;          // thousandths of the maximum
    std::optional<std::int64_t> last_share;     // of the month before
    std::optional<std::int64_t> similar_share;  // the middle one of similar cells; none when too few
    std::int64_t similar_count = 0;             // similar cells scored this month, itself included
    std::optional<Date> topic_on;               // month of the thematic topic in this quarter, its first day
    std::optional<BoardResolutionId> resolution_id;
    std::string resolution_title;
    std::int64_t item_count = 0;
    std::optional<bool> is_published_in_time;
    std::optional<Date> urged_on;  // the last time, when within a month
    // Twelve months, oldest first, a letter each: - not expected, m missing, l late, o open, p planned, h
    // held and not scored, and 1 to 4 for a score under 50, 65, 80 of a hundred, or above.
    std::string months;
};
BOOST_DESCRIBE_STRUCT(CellMonth, (),
                      (unit_id, name, above_name, state, why, day, late_on, usual_day, is_cancelled,
                       meeting_id, full_members, score_milli, maximum_milli, score_class, share, last_share,
                       similar_share, similar_count, topic_on, resolution_id, resolution_title, item_count,
                       is_published_in_time, urged_on, months))

struct CellPage {
    std::vector<CellMonth> cells;
    std::int64_t count = 0;      // all that match
    std::optional<UnitId> next;  // give it as `after` for the following page
};
BOOST_DESCRIBE_STRUCT(CellPage, (), (cells, count, next))

// One reminder of one cell.
struct Urge {
    UrgeId id;
    UrgeId urging_id;  // the act: all urges of one press of the button carry it
    UnitId unit_id;
    UnitId from_unit_id;
    Date month_on{};
    Date urged_on{};
    Moment urged_at{};
    AccountId urged_by;
    std::string urged_by_name;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(Urge, (),
                      (id, urging_id, unit_id, from_unit_id, month_on, urged_on, urged_at, urged_by,
                       urged_by_name, note))
// Tells a cell's secretary of an urge; handed over in app.cpp. How many people it reached.
using TellUrged = std::function<std::int64_t(const Call&, const Urge&)>;

struct UrgeCells {
    std::optional<UrgeId> id;  // made by the caller: sent twice it is one act
    UnitId unit_id;
    std::optional<Date> month;
    std::vector<UnitId> cells;  // all that are late when empty
    std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(UrgeCells, (), (id, unit_id, month, cells, note))

// A late cell, as the act would find it.
struct UrgedCell {
    UnitId unit_id;
    std::string name;
    std::string above_name;
    std::string secretary_name;       // empty when the cell has none
    std::optional<Date> possible_on;  // urged within the week: left out until this day
};
BOOST_DESCRIBE_STRUCT(UrgedCell, (), (unit_id, name, above_name, secretary_name, possible_on))

struct Urging {
    std::vector<UrgedCell> reached;   // urged, or, looked at beforehand, who would be
    std::vector<UrgedCell> left_out;  // urged within the week
};
BOOST_DESCRIBE_STRUCT(Urging, (), (reached, left_out))

struct UnitKey {
    UnitId unit_id;
};
BOOST_DESCRIBE_STRUCT(UnitKey, (), (unit_id))

struct UrgeLine {
    Urge urge;
    std::string from_unit_name;
};
BOOST_DESCRIBE_STRUCT(UrgeLine, (), (urge, from_unit_name))
struct UnitUrges {
    std::vector<UrgeLine> urges;  // the newest first, at most 12
};
BOOST_DESCRIBE_STRUCT(UnitUrges, (), (urges))

// The months of every cell, in memory. Read whole when first asked for; after that each look reads the
// entries that the audit trail has gained and the cells they name. Safe from many threads, which wait for
// each other.
class Months {
public:
    Months();
    ~Months();
    Months(const Months&) = delete;
    Months& operator=(const Months&) = delete;

    struct Kept;
    // As the snapshot of the call shows them, or one read later, with the twelve months up to `month_on`.
    std::shared_ptr<const Kept> find(const Call& call, Date month_on);
    // How often records were read whole and for a few cells. For tests and figures.
    struct Counts {
        std::int64_t whole = 0, followed = 0;
    };
    Counts counts() const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

// Refused: forbidden without month_board.read over the unit; not_found for unknown units; invalid for a month
// outside 2000 to 2100 or one that has not begun.
MonthBoard show_board(const Call& call, const ShowBoard& request, Months& months);
// Refused as show_board; invalid for a limit outside 1 to 5000, not_found when `after` is not in the list.
CellPage list_cells(const Call& call, const ListCells& request, Months& months);
// Whom urging would reach now. Refused: forbidden without month_board.urge over the unit.
Urging preview_urging(const Call& call, const ShowBoard& request, Months& months);
// Urges the late cells named, or all below the unit, leaving out those urged within the last seven days.
// Refused: forbidden without month_board.urge over the unit; invalid when the note is too long or a cell
// named is not below the unit or not late; conflict when nobody is late, or when all were urged within the
// week, naming the first day on which it is possible again.
Urging urge_cells(const Call& call, const UrgeCells& request, Months& months, const TellUrged& tell);
// Refused: forbidden without meetings.read over the unit.
UnitUrges urges_of(const Call& call, const UnitKey& request);

// The patterns of all cells, counted when first asked for and again after an hour. Safe from many threads.
struct Pattern;
class Patterns {
public:
    Patterns();
    ~Patterns();
    Patterns(const Patterns&) = delete;
    Patterns& operator=(const Patterns&) = delete;
    std::shared_ptr<const std::vector<Pattern>> find(const Call& call, Moment& counted_at);

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

// GET /api/units/{unit_id}/month_board and below it cells, table.csv, urging (also POST);
// GET /api/units/{unit_id}/urges; GET /api/units/{unit_id}/patterns and, below each kind, POST answer and
// closing. Months and patterns must outlive the router.
void add_routes(Router& router, Months& months, Patterns& patterns, const Texts& texts, TellUrged tell);

}  // namespace gw::month_board
