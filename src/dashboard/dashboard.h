// Dashboard: what needs attention. For a person, today's page; for a unit with everything below it, one row
// of figures that is kept in memory and brought up to date after every change.
//
// Words: a *figure* is a count over a subtree (members, meetings held this year, late tasks ...); figures of
// a unit's own records are *direct*, those with everything below it *total*.
#pragma once
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <thread>
#include <vector>

#include "findings/findings.h"
#include "organisation/organisation.h"
#include "platform/announcements.h"
#include "platform/call.h"

namespace gw {
class Router;
}

namespace gw::dashboard {

// What is counted, over the current year of the organisation's calendar. Names are the fields of the answer.
struct UnitFigures {
    std::int64_t units = 0;  // judged units
    std::int64_t cells = 0;  // units that have members
    std::int64_t members = 0;
    std::int64_t full_members = 0;
    std::int64_t probationary_members = 0;
    std::int64_t small_cells = 0;    // cells with fewer than three full members
    std::int64_t meetings_held = 0;  // this year
    std::int64_t meetings_this_month = 0;
    std::int64_t score_sum_milli = 0;  // of scored meetings this year
    std::int64_t scored_meetings = 0;
    std::int64_t present = 0;  // attendances this year
    std::int64_t expected = 0;
    std::int64_t tasks_open = 0;
    std::int64_t tasks_late = 0;
    std::int64_t tasks_done = 0;  // this year
    std::int64_t advice_open = 0;
    std::int64_t findings_open = 0;  // a remedy is owed; not those that wait for their check
    std::int64_t findings_late = 0;
    std::int64_t class_excellent = 0;  // units with members, by proposed class of the year
    std::int64_t class_good = 0;
    std::int64_t class_completed = 0;
    std::int64_t class_not_completed = 0;
    std::int64_t weak_units = 0;
    // What attention.h tells of. Late for up to a week, for up to a month.
    std::int64_t tasks_late_week = 0, tasks_late_month = 0;
    std::int64_t advice_late = 0;  // nobody answered until somebody was to look again
    std::int64_t advice_late_week = 0, advice_late_month = 0;
    std::int64_t findings_late_week = 0, findings_late_month = 0;
    std::int64_t cells_met_last_month = 0;
    std::int64_t cells_visited = 0;  // within `years_until_unvisited`
    // Weak units: proposed for the list, on it, watched after it; of this year, how often one came on it,
    // left it, came back.
    std::int64_t weak_proposed = 0, weak_on_list = 0, weak_watched = 0;
    std::int64_t weak_entered = 0, weak_left = 0, weak_relapsed = 0;
};
BOOST_DESCRIBE_STRUCT(UnitFigures, (),
                      (units, cells, members, full_members, probationary_members, small_cells, meetings_held,
                       meetings_this_month, score_sum_milli, scored_meetings, present, expected, tasks_open,
                       tasks_late, tasks_done, advice_open, findings_open, findings_late, class_excellent,
                       class_good, class_completed, class_not_completed, weak_units, tasks_late_week,
                       tasks_late_month, advice_late, advice_late_week, advice_late_month, findings_late_week,
                       findings_late_month, cells_met_last_month, cells_visited, weak_proposed, weak_on_list,
                       weak_watched, weak_entered, weak_left, weak_relapsed))

// The figures of every unit, in memory. A change makes its unit stale; one thread counts stale units again in
// a snapshot taken after the change, and moves their ancestors by the difference. A reader waits (a quarter
// of a second at most, ten seconds for the first count) until every change made before it asked is counted.
class Figures {
public:
    struct Surroundings {
        Store& store;
        std::function<std::shared_ptr<const organisation::Tree>()> tree;
        std::function<Date()> today;
    };
    Figures() = default;
    ~Figures();
    Figures(const Figures&) = delete;
    Figures& operator=(const Figures&) = delete;

    // Hears of changes and starts the counting thread. Call once, before requests are answered.
    void start(Surroundings surroundings, Announcements& announcements);
    void stop();

    // Counts what is stale; everything the first time, on a new day and when the tree changed. `db` must not
    // have looked at anything yet: what is stale is taken before the snapshot is.
    void bring_up_to_date(Db& db, const std::shared_ptr<const organisation::Tree>& tree, Date today);
    // Totals of a unit and of each unit directly below it, from the last finished count; null until the
    // first.
    struct Counted {
        std::shared_ptr<const organisation::Tree> tree;
        std::vector<UnitFigures> total;  // by position
    };
    std::optional<UnitFigures> of(UnitId unit_id);
    std::vector<std::pair<UnitId, UnitFigures>> below(UnitId unit_id);
    // Says that records of a unit changed; without units, that all may have.
    void mark_stale(const std::set<UnitId>& units);

private:
    // What was marked up to a moment, taken by whoever counts it.
    struct Stale {
        std::set<UnitId> units;
        bool is_all = false;
        std::int64_t up_to = 0;
    };
    Stale take_stale();
    void give_back(const Stale& stale);
    void count(Db& db, const std::shared_ptr<const organisation::Tree>& tree, Date today, const Stale& stale);
    void count_while_running(std::stop_token stopping);
    bool count_or_log();
    void wait_until_counted();
    void recount_all(Db& db, const std::shared_ptr<const organisation::Tree>& tree, Date today);
    void recount(Db& db, const std::set<UnitId>& units, Date today);

    std::optional<Surroundings> surroundings_;
    mutable std::shared_mutex figures_lock_;  // guards the counted figures
    Counted counted_;
    std::vector<UnitFigures> direct_;
    Date counted_on_{};

    std::mutex stale_lock_;  // guards what follows
    std::condition_variable_any changed_, counted_now_;
    std::set<UnitId> stale_;
    bool is_all_stale_ = true;
    std::int64_t marked_ = 1, counted_up_to_ = 0;
    int waiting_ = 0;  // readers who wait for the count
    std::jthread thread_;
};

BOOST_DEFINE_ENUM_CLASS(NeedKind, task, unit_task, meeting_to_hold, meeting_to_record, meeting_to_score,
                        meeting_to_publish, advice_to_answer, advice_to_confirm, finding_to_remedy,
                        finding_to_close, obstacle_to_answer, obstacle_to_confirm, inspection_paper,
                        inspection_report, inspection_decision, inspection_closing, weak_unit_decision,
                        weak_unit_plan, weak_unit_measure, weak_unit_note, weak_unit_leaving,
                        unit_without_meeting, weak_unit)

// One thing that waits for the reader. `id` is that of the task, meeting, advice, finding, obstacle,
// inspection, line of a programme (of an inspection_decision), case of a weak unit (weak_unit_decision to
// weak_unit_leaving) or unit, as the kind says.
struct Need {
    NeedKind kind = NeedKind::task;
    Id<struct NeededThing> id;
    UnitId unit_id;
    std::string unit_name;
    std::string text;
    std::optional<Date> day;  // when it is due
    bool is_late = false;
};
BOOST_DESCRIBE_STRUCT(Need, (), (kind, id, unit_id, unit_name, text, day, is_late))

struct Today {
    Date today{};
    std::optional<UnitId> unit_id;  // the reader's home unit
    std::string unit_name;
    std::optional<UnitFigures> figures;   // of the home unit, when the reader may read its dashboard
    std::vector<Need> needs;              // late ones first, then by day; at most 60
    std::int64_t need_count = 0;          // all of them
    std::optional<Date> next_meeting_on;  // of the home unit
};
BOOST_DESCRIBE_STRUCT(Today, (), (today, unit_id, unit_name, figures, needs, need_count, next_meeting_on))

struct UnitKey {
    UnitId unit_id;
};
BOOST_DESCRIBE_STRUCT(UnitKey, (), (unit_id))

struct UnitRow {
    UnitId unit_id;
    std::string code, name, kind;
    UnitFigures figures;
};
BOOST_DESCRIBE_STRUCT(UnitRow, (), (unit_id, code, name, kind, figures))

struct UnitDashboard {
    UnitId unit_id;
    std::string name;
    Date counted_on{};
    UnitFigures figures;
};
BOOST_DESCRIBE_STRUCT(UnitDashboard, (), (unit_id, name, counted_on, figures))

struct UnitRows {
    std::vector<UnitRow> rows;  // as the tree orders them
};
BOOST_DESCRIBE_STRUCT(UnitRows, (), (rows))

// What waits for the person signed in: own tasks and those of the group they speak for, and, where their
// permissions reach, meetings to hold, record, score and publish, advice to answer or confirm, findings to
// remedy or close, papers and decisions of inspections, obstacles that wait for an answer or a word, cells
// that have not met, weak units.
Today today(const Call& call, Figures& figures, const findings::Setting& setting = {});
// The figures of a unit with everything below it, and those of each unit directly below. Refused: forbidden
// without dashboard.read over the unit.
UnitDashboard unit_dashboard(const Call& call, const UnitKey& request, Figures& figures);
UnitRows rows_below(const Call& call, const UnitKey& request, Figures& figures);

// GET /api/today, GET /api/units/{unit_id}/dashboard and, below it, rows. The figures must outlive the
// router.
void add_routes(Router& router, Figures& figures, const findings::Setting& setting);

}  // namespace gw::dashboard
