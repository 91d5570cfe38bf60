#include "month_board/month_board_store.h"

namespace gw::month_board {

namespace {

constexpr int days_looked_at = 426;  // fourteen months

}  // namespace

std::vector<CellYear> cell_years(Db& db, Date today) {
    const Date from = date_of(day_number(today) - days_looked_at);
    std::vector<CellYear> cells;
    std::unordered_map<std::int64_t, std::size_t> cell_of;
    std::unordered_map<std::int64_t, std::pair<std::size_t, std::size_t>> meeting_of;
    const auto year_of = [&](std::int64_t unit_id) -> std::size_t {
        const auto [found, is_first] = cell_of.emplace(unit_id, cells.size());
        if (is_first) cells.emplace_back().unit_id = UnitId{unit_id};
        return found->second;
    };
    db.each(
        "SELECT unit_id, id, meets_on, members_expected, members_present, summary FROM board_meetings WHERE "
        "state = 'held' AND kind = 'regular' AND meets_on >= :from AND meets_on <= :today ORDER BY unit_id, "
        "meets_on, id",
        {{"from", from}, {"today", today}}, [&](const Row& row) {
            const std::size_t cell = year_of(row.number(0));
            meeting_of.emplace(row.number(1), std::pair(cell, cells[cell].meetings.size()));
            cells[cell].meetings.push_back({BoardMeetingId{row.number(1)}, row.get<Date>(2), row.number(3),
                                            row.number(4), std::string(row.text(5))});
        });
    db.each(
        "SELECT c.meeting_id, c.text FROM board_contributions c JOIN board_meetings m ON m.id = c.meeting_id "
        "WHERE m.state = 'held' AND m.kind = 'regular' AND m.meets_on >= :from AND m.meets_on <= :today AND "
        "c.text <> '' ORDER BY c.meeting_id, c.number",
        {{"from", from}, {"today", today}}, [&](const Row& row) {
            const auto found = meeting_of.find(row.number(0));
            if (found == meeting_of.end()) return;
            std::string& words = cells[found->second.first].meetings[found->second.second].words;
            words += '\n';
            words += row.text(1);
        });
    db.each(
        "SELECT r.unit_id, COUNT(*), SUM(CASE WHEN (SELECT COALESCE(SUM(i.task_count), 0) FROM "
        "board_resolution_items i WHERE i.resolution_id = r.id) = 0 THEN 1 ELSE 0 END) FROM "
        "board_resolutions r WHERE r.adopted_on >= :from AND r.adopted_on <= :today GROUP BY r.unit_id",
        {{"from", from}, {"today", today}}, [&](const Row& row) {
            CellYear& cell = cells[year_of(row.number(0))];
            cell.resolutions = row.number(1);
            cell.empty_resolutions = row.number(2);
        });
    db.each(
        "SELECT unit_id, COUNT(*), SUM(CASE WHEN done_on = due_on THEN 1 ELSE 0 END) FROM board_item_tasks "
        "WHERE state = 'done' AND done_on >= :from AND done_on <= :today GROUP BY unit_id",
        {{"from", from}, {"today", today}}, [&](const Row& row) {
            CellYear& cell = cells[year_of(row.number(0))];
            cell.tasks_done = row.number(1);
            cell.done_on_last_day = row.number(2);
        });
    return cells;
}

std::vector<PatternRemark> remarks_of_year(Db& db, std::int64_t year) {
    return db.list<PatternRemark>("SELECT * FROM pattern_remarks WHERE year = :year ORDER BY id",
                                  {{"year", year}});
}

void add_remark(Db& db, const PatternRemark& remark) { db.insert("pattern_remarks", remark); }

}  // namespace gw::month_board
