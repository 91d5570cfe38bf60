#include "month_board/month_board.h"

#include <algorithm>

#include "month_board/month_board_parts.h"
#include "month_board/month_board_store.h"
#include "platform/checks.h"

namespace gw::month_board {

namespace {

constexpr std::int64_t most_cells = 5000;
constexpr std::int64_t cells_of_a_page = 200;
constexpr int days_an_urge_shows = 31;

// What needs an act stands first, what is done last.
int rank_of(MonthState state) {
    switch (state) {
        case MonthState::late: return 0;
        case MonthState::missing: return 1;
        case MonthState::open: return 2;
        case MonthState::planned: return 3;
        case MonthState::held: return 4;
        case MonthState::not_expected: return 5;
    }
    return 5;
}

bool matches(const View& view, std::size_t cell, const ListCells& request, std::string_view words) {
    if (request.state && view.standing(cell).state != *request.state) return false;
    if (words.empty()) return true;
    const auto& tree = *view.kept().tree;
    const auto& unit = tree.at(view.kept().cells[cell]);
    return unit.folded_name.find(words) != std::string::npos ||
           (unit.parent >= 0 && tree.at(unit.parent).folded_name.find(words) != std::string::npos);
}

void sort_cells(const View& view, CellSort sort, std::vector<std::size_t>& cells) {
    if (sort == CellSort::tree) return;
    // Unscored cells stand behind all others.
    constexpr std::int64_t nothing = 1'000'000;
    std::vector<std::pair<std::int64_t, std::size_t>> keys;
    keys.reserve(cells.size());
    for (const std::size_t cell : cells) {
        const auto share = share_of(view.kept().record(cell, view.month()));
        std::int64_t key = nothing;
        if (sort == CellSort::act) {
            const Standing standing = view.standing(cell);
            key = rank_of(standing.state) * nothing + standing.late_day;
        } else if (sort == CellSort::share) {
            key = share.value_or(nothing);
        } else if (const auto last = share_of(view.kept().record(cell, view.month() - 1)); share && last) {
            key = *share - *last;
        }
        keys.emplace_back(key, cell);
    }
    std::sort(keys.begin(), keys.end());
    for (std::size_t i = 0; i < keys.size(); ++i) cells[i] = keys[i].second;
}

void add_titles(Db& db, std::vector<CellMonth>& cells) {
    std::vector<std::int64_t> ids;
    for (const CellMonth& cell : cells)
        if (cell.resolution_id) ids.push_back(cell.resolution_id->number);
    const auto titles = titles_of(db, ids);
    for (CellMonth& cell : cells) {
        if (!cell.resolution_id) continue;
        const auto found = titles.find(cell.resolution_id->number);
        if (found != titles.end()) cell.resolution_title = found->second;
    }
}

}  // namespace

Date asked_month(const Call& call, const std::optional<Date>& month) {
    if (!month) return first_of(month_number(call.today));
    Problems problems;
    check_day(problems, "month", *month);
    if (problems.empty() && month_number(*month) > month_number(call.today))
        problems.push_back({"month", "month_board.month_not_begun"});
    refuse_if(problems);
    return first_of(month_number(*month));
}

View view_of(const Call& call, const Months::Kept& kept, Date month) {
    return {kept, month_number(month),
            urged_since(call.db, date_of(day_number(call.today) - days_an_urge_shows))};
}

MonthBoard show_board(const Call& call, const ShowBoard& request, Months& months) {
    const int position = call.tree->get(request.unit_id);
    call.require("month_board.read", request.unit_id);
    MonthBoard board;
    board.month = asked_month(call, request.month);
    const auto kept = months.find(call, board.month);
    const View view = view_of(call, *kept, board.month);
    const auto& tree = *kept->tree;
    const auto here = tree.find(request.unit_id).value_or(position);
    board.unit_id = request.unit_id;
    board.name = tree.at(here).name;
    board.today = call.today;
    board.may_urge = call.actor.may("month_board.urge", request.unit_id);
    const auto [first, end] = kept->cells_within(tree.reach(here));
    for (int month = view.month() - 11; month <= view.month(); ++month)
        board.months.push_back({first_of(month), totals_of(view, first, end, month)});
    board.totals = board.months.back().totals;
    for (const int child : tree.children(here)) {
        const auto [from, until] = kept->cells_within(tree.reach(child));
        if (from == until) continue;  // affiliated groups hold no meetings of this kind
        const auto& unit = tree.at(child);
        board.groups.push_back({unit.id, unit.name, tree.kind_of(child).key, tree.kind_of(child).has_members,
                                totals_of(view, from, until, view.month())});
    }
    return board;
}

CellPage list_cells(const Call& call, const ListCells& request, Months& months) {
    call.tree->get(request.unit_id);
    call.require("month_board.read", request.unit_id);
    const std::int64_t limit = request.limit.value_or(cells_of_a_page);
    if (limit < 1 || limit > most_cells)
        throw Refusal(Reason::invalid, Problem{"limit", "month_board.limit_out_of_range"});
    const Date month = asked_month(call, request.month);
    const auto kept = months.find(call, month);
    const View view = view_of(call, *kept, month);
    const auto [first, end] = kept->cells_within(kept->tree->reach(kept->tree->get(request.unit_id)));
    const std::string words = folded(request.text.value_or(""));
    std::vector<std::size_t> chosen;
    for (std::size_t cell = first; cell < end; ++cell)
        if (matches(view, cell, request, words)) chosen.push_back(cell);
    sort_cells(view, request.sort.value_or(CellSort::act), chosen);
    CellPage page;
    page.count = static_cast<std::int64_t>(chosen.size());
    auto begin = chosen.begin();
    if (request.after) {
        begin = std::find_if(begin, chosen.end(),
                             [&](std::size_t cell) { return view.unit(cell) == *request.after; });
        if (begin == chosen.end()) refuse_unknown("after");
        ++begin;
    }
    const auto stop = chosen.end() - begin > limit ? begin + limit : chosen.end();
    const Similar similar(*kept, view.month());
    page.cells.reserve(static_cast<std::size_t>(stop - begin));
    for (auto cell = begin; cell != stop; ++cell) page.cells.push_back(view.line(*cell, similar));
    if (stop != chosen.end() && !page.cells.empty()) page.next = page.cells.back().unit_id;
    add_titles(call.db, page.cells);
    return page;
}

}  // namespace gw::month_board
