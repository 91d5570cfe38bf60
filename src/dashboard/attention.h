// Attention: the one page that leads. What needs a look in a unit with everything below it, by kind and by
// how long it has been late, from the figures in memory; each count has a list behind it.
//
// Permission: dashboard.read over the unit.
#pragma once
#include "dashboard/dashboard.h"
#include "spreadsheets/spreadsheets.h"

namespace gw {
class Texts;
}

namespace gw::dashboard {

inline constexpr int days_of_a_week = 7, days_of_a_month = 30;
// A cell that no working group saw within these years is unvisited: each is to be seen once in them.
inline constexpr int years_until_unvisited = 2;
Date unvisited_before(Date today);

BOOST_DEFINE_ENUM_CLASS(AttentionKind, late_task, obstacle, advice, finding, cell_without_meeting,
                        cell_unvisited, weak_unit)

// How many of a kind wait, and how many of these are late for how long. Kinds that cannot be late have no
// ages: the four are absent.
struct AttentionLine {
    AttentionKind kind = AttentionKind::late_task;
    std::int64_t count = 0;
    std::optional<std::int64_t> of_cells;    // of how many, where the count is one of cells
    std::optional<std::int64_t> in_time;     // not late
    std::optional<std::int64_t> late_week;   // late by 1 to 7 days
    std::optional<std::int64_t> late_month;  // by 8 to 30 days
    std::optional<std::int64_t> late_longer;
};
BOOST_DESCRIBE_STRUCT(AttentionLine, (), (kind, count, of_cells, in_time, late_week, late_month, late_longer))

// How the list of weak units moves: units proposed for it, on it, watched after it; of this year, how often
// one came on it, left it, came back.
struct WeakMovement {
    std::int64_t proposed = 0, on_list = 0, watched = 0;
    std::int64_t entered = 0, left = 0, relapsed = 0;
};
BOOST_DESCRIBE_STRUCT(WeakMovement, (), (proposed, on_list, watched, entered, left, relapsed))

struct Attention {
    UnitId unit_id;
    std::string name;
    Date counted_on{};
    std::vector<AttentionLine> lines;  // every kind, in the order of AttentionKind
    WeakMovement weak;                 // its `on_list` is the count of the kind weak_unit
};
BOOST_DESCRIBE_STRUCT(Attention, (), (unit_id, name, counted_on, lines, weak))

// Cells that nobody visited for long, the longest first; those never visited before all others.
struct ListUnvisited {
    UnitId unit_id;
    std::optional<std::int64_t> offset;  // 0 when absent
    std::optional<std::int64_t> limit;   // 1 to 200, 50 when absent
};
BOOST_DESCRIBE_STRUCT(ListUnvisited, (), (unit_id, offset, limit))

struct UnvisitedCell {
    UnitId unit_id;
    std::string name;
    std::string parent_name;
    std::optional<Date> visited_on;    // the last time; absent when nobody ever did
    std::optional<std::int64_t> days;  // since then
};
BOOST_DESCRIBE_STRUCT(UnvisitedCell, (), (unit_id, name, parent_name, visited_on, days))

struct UnvisitedCells {
    std::string name;  // of the unit asked for
    std::int64_t count = 0;
    std::vector<UnvisitedCell> cells;
    std::optional<std::int64_t> next_offset;
};
BOOST_DESCRIBE_STRUCT(UnvisitedCells, (), (name, count, cells, next_offset))

// Refused alike: not_found for an unknown unit, forbidden without dashboard.read over it; invalid for a page
// of no or too many rows.
Attention attention(const Call& call, const UnitKey& request, Figures& figures);
UnvisitedCells list_unvisited(const Call& call, const ListUnvisited& request);
// All of them as a table to keep, in words of the reader's language.
spreadsheets::Table table_of_unvisited(const Call& call, const UnitKey& request, const Texts& texts);

// GET /api/units/{unit_id}/attention and, beside it, unvisited, also as a table.
void add_attention_routes(Router& router, Figures& figures, const Texts& texts);

}  // namespace gw::dashboard
