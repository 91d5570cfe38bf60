#include "dashboard/dashboard_store.h"

#include "dashboard/attention.h"
#include "platform/db/dialect.h"

namespace gw::dashboard {

namespace {

// One count over a view, grouped by unit. Columns after the unit go to the fields in their order.
struct Count {
    std::string sql;  // up to GROUP BY; a condition is added for single units
    std::vector<std::int64_t UnitFigures::*> fields;
};

using F = UnitFigures;

std::string ones(const std::string& condition) {
    return "SUM(CASE WHEN " + condition + " THEN 1 ELSE 0 END)";
}

// Whose day is over; of these, for up to a week and for up to a month.
std::string late_by_age(const std::string& day) {
    const auto count = [&](const std::string& from) {
        return ones(day + " < :today" + (from.empty() ? "" : " AND " + day + " >= " + from));
    };
    return count("") + ", " + count(":week_ago") + ", " + count(":month_ago");
}

const std::vector<Count>& counts() {
    static const std::vector<Count> all{
        {"SELECT unit_id, COUNT(*), SUM(CASE WHEN stage = 'full' THEN 1 ELSE 0 END), SUM(CASE WHEN stage = "
         "'probationary' THEN 1 ELSE 0 END) "
         "FROM report_members WHERE stage <> 'candidate'",
         {&F::members, &F::full_members, &F::probationary_members}},
        {"SELECT unit_id, COUNT(*), SUM(CASE WHEN meets_on >= :month THEN 1 ELSE 0 END), "
         "SUM(CASE WHEN score_class IS NOT NULL THEN score_milli ELSE 0 END), SUM(CASE WHEN score_class IS "
         "NOT NULL THEN 1 ELSE 0 END), "
         "SUM(members_present), SUM(members_expected) FROM report_meetings WHERE meets_on >= :year AND "
         "meets_on <= :today",
         {&F::meetings_held, &F::meetings_this_month, &F::score_sum_milli, &F::scored_meetings, &F::present,
          &F::expected}},
        {"SELECT unit_id, COUNT(*), " + late_by_age("due_on") + " FROM report_tasks WHERE state = 'open'",
         {&F::tasks_open, &F::tasks_late, &F::tasks_late_week, &F::tasks_late_month}},
        {"SELECT unit_id, COUNT(*) FROM report_tasks WHERE state = 'done' AND done_on >= :year",
         {&F::tasks_done}},
        {"SELECT unit_id, COUNT(*), " + late_by_age("check_on") + " FROM report_advice WHERE state = 'open'",
         {&F::advice_open, &F::advice_late, &F::advice_late_week, &F::advice_late_month}},
        {"SELECT unit_id, COUNT(*), " + late_by_age("due_on") + " FROM report_findings WHERE state = 'open'",
         {&F::findings_open, &F::findings_late, &F::findings_late_week, &F::findings_late_month}},
        {"SELECT unit_id, COUNT(DISTINCT unit_id) FROM report_meetings WHERE meets_on >= :last_month AND "
         "meets_on < :month",
         {&F::cells_met_last_month}},
        {"SELECT unit_id, COUNT(DISTINCT unit_id) FROM report_visits WHERE visited_on >= :visited_since",
         {&F::cells_visited}},
        {"SELECT unit_id, SUM(CASE WHEN class_number = 4 THEN 1 ELSE 0 END), SUM(CASE WHEN class_number = 3 "
         "THEN 1 ELSE 0 END), "
         "SUM(CASE WHEN class_number = 2 THEN 1 ELSE 0 END), SUM(CASE WHEN class_number = 1 THEN 1 ELSE 0 "
         "END), SUM(is_weak) "
         "FROM report_unit_classes WHERE year = :year_number",
         {&F::class_excellent, &F::class_good, &F::class_completed, &F::class_not_completed, &F::weak_units}},
        {"SELECT unit_id, " + ones("state = 'proposed'") + ", " + ones("state = 'open'") + ", " +
             ones("state = 'watched'") +
             " FROM report_consolidation WHERE state IN ('proposed', 'open', "
             "'watched')",
         {&F::weak_proposed, &F::weak_on_list, &F::weak_watched}},
        {"SELECT unit_id, " + ones("act = 'put'") + ", " + ones("act = 'leave'") + ", " +
             ones("act = 'relapse'") + " FROM report_consolidation_moves WHERE acted_on >= :year",
         {&F::weak_entered, &F::weak_left, &F::weak_relapsed}},
    };
    return all;
}

// PostgreSQL plans well for an array, badly for a function that returns rows.
std::string one_of(Dialect dialect) {
    return dialect == Dialect::sqlite ? " AND unit_id IN " + id_list(dialect, "unit_ids")
                                      : " AND unit_id = ANY (CAST(:unit_ids AS BIGINT[]))";
}

std::string one_of_text(Dialect dialect, std::span<const std::int64_t> unit_ids) {
    std::string text = id_list_text(unit_ids);
    if (dialect == Dialect::postgres) text.front() = '{', text.back() = '}';
    return text;
}

}  // namespace

void count_records(Db& db, Date today, std::span<const std::int64_t> unit_ids,
                   const std::function<UnitFigures*(UnitId)>& figures_of) {
    const Date first_of_year = today.year() / std::chrono::January / 1;
    const Date first_of_month = today.year() / today.month() / 1;
    const Date first_of_last_month = Date(today.year() / today.month() / 1 - std::chrono::months(1));
    for (const Count& count : counts()) {
        const std::string sql =
            count.sql + (unit_ids.empty() ? "" : one_of(db.dialect())) + " GROUP BY unit_id";
        db.each(sql,
                {{"month", first_of_month},
                 {"year", first_of_year},
                 {"today", today},
                 {"last_month", first_of_last_month},
                 {"week_ago", date_of(day_number(today) - days_of_a_week)},
                 {"month_ago", date_of(day_number(today) - days_of_a_month)},
                 {"visited_since", unvisited_before(today)},
                 {"year_number", static_cast<int>(today.year())},
                 {"unit_ids", one_of_text(db.dialect(), unit_ids)}},
                [&](const Row& row) {
                    UnitFigures* figures = figures_of(UnitId{row.number(0)});
                    if (!figures) return;
                    int column = 1;
                    for (auto field : count.fields) figures->*field += row.number(column++);
                });
    }
}

OwedObstacles count_owed_obstacles(Db& db, UnitId holder_id, Date today) {
    OwedObstacles owed;
    db.each("SELECT COUNT(*), " + late_by_age("due_on") +
                " FROM report_obstacles WHERE holder_id = :holder_id AND state = 'owed'",
            {{"holder_id", holder_id},
             {"today", today},
             {"week_ago", date_of(day_number(today) - days_of_a_week)},
             {"month_ago", date_of(day_number(today) - days_of_a_month)}},
            [&](const Row& row) {
                if (row.number(0) > 0) owed = {row.number(0), row.number(1), row.number(2), row.number(3)};
            });
    return owed;
}

void last_visits(Db& db, const std::function<void(UnitId, Date)>& tell) {
    db.each("SELECT unit_id, MAX(visited_on) FROM report_visits GROUP BY unit_id", {},
            [&](const Row& row) { tell(row.get<UnitId>(0), row.get<Date>(1)); });
}

}  // namespace gw::dashboard
