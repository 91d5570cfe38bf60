#include "month_board/month_board_store.h"
#include "platform/db/dialect.h"

namespace gw::month_board {

namespace {

constexpr int days_looked_at = 426;              // fourteen months
constexpr std::size_t cells_read_at_once = 256;  // a few megabytes of minutes

// The records of some cells, `cells` in the order of `unit_ids`.
class Batch {
public:
    Batch(Db& db, Date today, std::span<const UnitId> unit_ids)
        : db_(db),
          cells(unit_ids.size()),
          from_(date_of(day_number(today) - days_looked_at)),
          today_(today),
          unit_ids_(id_list_text(unit_ids)) {
        for (std::size_t i = 0; i < unit_ids.size(); ++i) {
            cells[i].unit_id = unit_ids[i];
            cell_of_.emplace(unit_ids[i].number, &cells[i]);
        }
        add_meetings();
        add_contributions();
        add_decided();
    }

private:
    std::string of_units() const { return "unit_id IN " + id_list(db_.dialect(), "unit_ids"); }

    void add_meetings() {
        db_.each(
            "SELECT unit_id, id, meets_on, members_expected, members_present, summary FROM board_meetings "
            "WHERE state = 'held' AND kind = 'regular' AND meets_on >= :from AND meets_on <= :today AND " +
                of_units() + " ORDER BY unit_id, meets_on, id",
            {{"from", from_}, {"today", today_}, {"unit_ids", unit_ids_}}, [&](const Row& row) {
                CellYear& cell = *cell_of_.at(row.number(0));
                meeting_of_.emplace(row.number(1), std::pair(&cell, cell.meetings.size()));
                cell.meetings.push_back({BoardMeetingId{row.number(1)}, row.get<Date>(2), row.number(3),
                                         row.number(4), std::string(row.text(5))});
            });
    }

    void add_contributions() {
        std::vector<std::int64_t> meeting_ids;
        for (const auto& [id, place] : meeting_of_) meeting_ids.push_back(id);
        db_.each("SELECT meeting_id, text FROM board_contributions WHERE text <> '' AND meeting_id IN " +
                     id_list(db_.dialect(), "meeting_ids") + " ORDER BY meeting_id, number",
                 {{"meeting_ids", id_list_text(meeting_ids)}}, [&](const Row& row) {
                     const auto& [cell, index] = meeting_of_.at(row.number(0));
                     std::string& words = cell->meetings[index].words;
                     words += '\n';
                     words += row.text(1);
                 });
    }

    void add_decided() {
        db_.each(
            "SELECT r.unit_id, COUNT(*), SUM(CASE WHEN (SELECT COALESCE(SUM(i.task_count), 0) FROM "
            "board_resolution_items i WHERE i.resolution_id = r.id) = 0 THEN 1 ELSE 0 END) FROM "
            "board_resolutions r WHERE r.adopted_on >= :from AND r.adopted_on <= :today AND r." +
                of_units() + " GROUP BY r.unit_id",
            {{"from", from_}, {"today", today_}, {"unit_ids", unit_ids_}}, [&](const Row& row) {
                CellYear& cell = *cell_of_.at(row.number(0));
                cell.resolutions = row.number(1);
                cell.empty_resolutions = row.number(2);
            });
        db_.each(
            // The state stands where no index on it can draw the planner away from that of the units.
            "SELECT unit_id, SUM(CASE WHEN state = 'done' THEN 1 ELSE 0 END), SUM(CASE WHEN state = 'done' "
            "AND done_on = due_on THEN 1 ELSE 0 END) FROM board_item_tasks WHERE done_on >= :from AND "
            "done_on <= :today AND " +
                of_units() + " GROUP BY unit_id",
            {{"from", from_}, {"today", today_}, {"unit_ids", unit_ids_}}, [&](const Row& row) {
                CellYear& cell = *cell_of_.at(row.number(0));
                cell.tasks_done = row.number(1);
                cell.done_on_last_day = row.number(2);
            });
    }

    Db& db_;

public:
    std::vector<CellYear> cells;

private:
    Date from_, today_;
    std::string unit_ids_;
    std::unordered_map<std::int64_t, CellYear*> cell_of_;
    std::unordered_map<std::int64_t, std::pair<CellYear*, std::size_t>> meeting_of_;
};

}  // namespace

void each_cell_year(Db& db, Date today, std::span<const UnitId> cells,
                    const std::function<void(std::size_t, const CellYear&)>& visit) {
    for (std::size_t first = 0; first < cells.size(); first += cells_read_at_once) {
        const auto some = cells.subspan(first, std::min(cells_read_at_once, cells.size() - first));
        const Batch batch(db, today, some);
        for (std::size_t i = 0; i < batch.cells.size(); ++i) visit(first + i, batch.cells[i]);
    }
}

std::vector<PatternRemark> remarks_of_year(Db& db, std::int64_t year) {
    return db.list<PatternRemark>("SELECT * FROM pattern_remarks WHERE year = :year ORDER BY id",
                                  {{"year", year}});
}

void add_remark(Db& db, const PatternRemark& remark) { db.insert("pattern_remarks", remark); }

}  // namespace gw::month_board
