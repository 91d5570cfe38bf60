#include "dashboard/attention.h"

#include <algorithm>

#include "dashboard/dashboard_store.h"
#include "platform/texts/texts.h"

namespace gw::dashboard {

namespace {

// `late` includes what is late for a week and for a month.
AttentionLine aged(AttentionKind kind, std::int64_t count, std::int64_t late, std::int64_t week,
                   std::int64_t month) {
    return {kind, count, {}, count - late, week, month - week, late - month};
}

AttentionLine of_cells(AttentionKind kind, std::int64_t count, std::int64_t cells) {
    return {kind, count, cells, {}, {}, {}, {}};
}

std::vector<UnvisitedCell> unvisited_cells(const Call& call, UnitId unit_id) {
    const int position = call.tree->get(unit_id);
    call.require("dashboard.read", unit_id);
    const Reach reach = call.tree->reach(position);
    std::vector<std::optional<Date>> last(static_cast<std::size_t>(reach.end - reach.first));
    last_visits(call.db, [&](UnitId visited, Date day) {
        const auto found = call.tree->find(visited);
        if (found && *found >= reach.first && *found < reach.end)
            last[static_cast<std::size_t>(*found - reach.first)] = day;
    });
    const Date since = unvisited_before(call.today);
    std::vector<UnvisitedCell> cells;
    for (int i = reach.first; i < reach.end; ++i) {
        const auto& day = last[static_cast<std::size_t>(i - reach.first)];
        if (!call.tree->kind_of(i).has_members || (day && *day >= since)) continue;
        const auto& unit = call.tree->at(i);
        UnvisitedCell cell{
            unit.id, unit.name, unit.parent >= 0 ? call.tree->at(unit.parent).name : "", day, {}};
        if (day) cell.days = day_number(call.today) - day_number(*day);
        cells.push_back(std::move(cell));
    }
    std::stable_sort(cells.begin(), cells.end(), [](const UnvisitedCell& a, const UnvisitedCell& b) {
        return a.visited_on < b.visited_on;
    });
    return cells;
}

}  // namespace

Date unvisited_before(Date today) {
    const Date day(today.year() - std::chrono::years(years_until_unvisited), today.month(), today.day());
    return day.ok() ? day : Date(day.year(), day.month(), std::chrono::day(28));
}

Attention attention(const Call& call, const UnitKey& request, Figures& figures) {
    const int position = call.tree->get(request.unit_id);
    call.require("dashboard.read", request.unit_id);
    const auto found = figures.of(request.unit_id);
    if (!found) refuse_unknown("unit_id");
    const UnitFigures& f = *found;
    const OwedObstacles owed = count_owed_obstacles(call.db, request.unit_id, call.today);
    return {
        request.unit_id,
        call.tree->at(position).name,
        call.today,
        {aged(AttentionKind::late_task, f.tasks_late, f.tasks_late, f.tasks_late_week, f.tasks_late_month),
         aged(AttentionKind::obstacle, owed.count, owed.late, owed.late_week, owed.late_month),
         aged(AttentionKind::advice, f.advice_open, f.advice_late, f.advice_late_week, f.advice_late_month),
         aged(AttentionKind::finding, f.findings_open, f.findings_late, f.findings_late_week,
              f.findings_late_month),
         of_cells(AttentionKind::cell_without_meeting, f.cells - f.cells_met_last_month, f.cells),
         of_cells(AttentionKind::cell_unvisited, f.cells - f.cells_visited, f.cells),
         {AttentionKind::weak_unit, f.weak_on_list, {}, {}, {}, {}, {}}},
        {f.weak_proposed, f.weak_on_list, f.weak_watched, f.weak_entered, f.weak_left, f.weak_relapsed}};
}

UnvisitedCells list_unvisited(const Call& call, const ListUnvisited& request) {
    const std::vector<UnvisitedCell> cells = unvisited_cells(call, request.unit_id);
    const std::size_t size = page_size(request.limit);
    const auto offset = static_cast<std::size_t>(std::max<std::int64_t>(0, request.offset.value_or(0)));
    UnvisitedCells page{
        call.tree->at(call.tree->get(request.unit_id)).name, static_cast<std::int64_t>(cells.size()), {}, {}};
    for (std::size_t at = offset; at < cells.size() && at < offset + size; ++at)
        page.cells.push_back(cells[at]);
    if (offset + size < cells.size()) page.next_offset = static_cast<std::int64_t>(offset + size);
    return page;
}

spreadsheets::Table table_of_unvisited(const Call& call, const UnitKey& request, const Texts& texts) {
    const auto text = [&](const std::string& key) { return texts.text(call.language, "dashboard." + key); };
    spreadsheets::Table table{
        text("unvisited_file"), {text("cell"), text("above"), text("visited_on"), text("days")}, {}};
    for (const UnvisitedCell& cell : unvisited_cells(call, request.unit_id))
        table.rows.push_back({cell.name, cell.parent_name, spreadsheets::cell_of(cell.visited_on),
                              spreadsheets::cell_of(cell.days)});
    return table;
}

}  // namespace gw::dashboard
