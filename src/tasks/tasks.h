// Tasks: who does what until when, where it comes from, and what came of it.
//
// Words: a task *answers to* a unit and has one *owner*, a member or a unit (an affiliated group such as the
// Front work board, or the unit itself); its *origin* says why it exists; it is *open*, then *done* or
// *dropped*; somebody other than the owner and the reporter *checks* a done task; a task is *late* when it is
// open after its due day or was done after it.
//
// Permissions, over the unit a task answers to: tasks.read, tasks.assign (also change, drop, reopen),
// tasks.report, tasks.check. The owning member reads and reports an own task without any; who holds
// tasks.report over an owning unit reports for it.
#pragma once
#include <span>

#include "platform/call.h"

namespace gw {
class Router;
using TaskId = Id<struct TaskThing>;
}  // namespace gw

namespace gw::tasks {

// The thing a task comes from: a resolution item, an advice item, a finding, as `origin` says.
using OriginId = Id<struct OriginThing>;

BOOST_DEFINE_ENUM_CLASS(OwnerKind, member, unit)
BOOST_DEFINE_ENUM_CLASS(Origin, registration, resolution_item, advice, finding, directive, own)
BOOST_DEFINE_ENUM_CLASS(State, open, done, dropped)

struct Task {
    TaskId id;
    UnitId unit_id;
    std::string title;
    OwnerKind owner_kind = OwnerKind::member;
    std::optional<MemberId> owner_member_id;  // exactly one of the two, as owner_kind says
    std::optional<UnitId> owner_unit_id;
    Date due_on{};
    Origin origin = Origin::own;
    std::optional<OriginId> origin_id;
    State state = State::open;
    std::int64_t progress = 0;  // percent; 100 once done
    std::string result;         // what was reached, or how far it got
    bool is_exceeded = false;   // the result goes beyond what was asked
    std::optional<Date> done_on;
    std::optional<AccountId> done_by;  // who reported it as done, and the member this person is
    std::optional<MemberId> done_by_member_id;
    std::optional<AccountId> checked_by;
    std::optional<Date> checked_on;
    std::optional<Date> dropped_on;
    std::string drop_reason;
    std::int64_t version = 1;
    Moment created_at{};
};
BOOST_DESCRIBE_STRUCT(Task, (),
                      (id, unit_id, title, owner_kind, owner_member_id, owner_unit_id, due_on, origin,
                       origin_id, state, progress, result, is_exceeded, done_on, done_by, done_by_member_id,
                       checked_by, checked_on, dropped_on, drop_reason, version, created_at))

// A task as people read it.
struct TaskLine {
    Task task;
    std::string unit_name;
    std::string owner_name;
    bool is_late = false;
    bool is_mine = false;  // the reader owns it
};
BOOST_DESCRIBE_STRUCT(TaskLine, (), (task, unit_name, owner_name, is_late, is_mine))

BOOST_DEFINE_ENUM_CLASS(Whose, anyone, me)
BOOST_DEFINE_ENUM_CLASS(Sort, due_on, newest)

// Without unit_id and within: everything the reader may see. `owner=me` needs no permission.
struct ListTasks {
    std::optional<UnitId> unit_id;  // tasks that answer to this unit
    std::optional<UnitId> within;   // to this unit or any unit below it
    std::optional<MemberId> owner_member_id;
    std::optional<UnitId> owner_unit_id;
    std::optional<Whose> owner;
    std::optional<State> state;
    std::optional<bool> late;
    std::optional<std::string> text;  // part of the title, with or without diacritics
    std::optional<Date> due_from, due_until;
    std::optional<Sort> sort;           // due_on when absent
    std::optional<TaskId> after;        // the last task of the page before
    std::optional<std::int64_t> limit;  // 1 to 200, 50 when absent
};
BOOST_DESCRIBE_STRUCT(ListTasks, (),
                      (unit_id, within, owner_member_id, owner_unit_id, owner, state, late, text, due_from,
                       due_until, sort, after, limit))

struct TaskPage {
    std::vector<TaskLine> tasks;
    std::optional<TaskId> next;  // give it as `after` for the following page
};
BOOST_DESCRIBE_STRUCT(TaskPage, (), (tasks, next))

struct TaskKey {
    TaskId task_id;
};
BOOST_DESCRIBE_STRUCT(TaskKey, (), (task_id))

struct AssignTask {
    std::optional<TaskId> id;  // made by the caller, or by the server
    UnitId unit_id;
    std::string title;
    OwnerKind owner_kind = OwnerKind::member;
    std::optional<MemberId> owner_member_id;
    std::optional<UnitId> owner_unit_id;
    Date due_on{};
    std::optional<Origin> origin;  // own when absent
    std::optional<OriginId> origin_id;
};
BOOST_DESCRIBE_STRUCT(AssignTask, (),
                      (id, unit_id, title, owner_kind, owner_member_id, owner_unit_id, due_on, origin,
                       origin_id))

struct ChangeTask {
    TaskId task_id;
    std::int64_t version = 0;
    Date due_on{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ChangeTask, (), (task_id, version, due_on, reason))

struct ReportProgress {
    TaskId task_id;
    std::int64_t progress = 0;  // 0 to 99 percent; 100 is finishing
    std::string result;
};
BOOST_DESCRIBE_STRUCT(ReportProgress, (), (task_id, progress, result))

struct FinishTask {
    TaskId task_id;
    std::string result;
    bool is_exceeded = false;
    std::optional<Date> done_on;  // today when absent
};
BOOST_DESCRIBE_STRUCT(FinishTask, (), (task_id, result, is_exceeded, done_on))

struct DropTask {
    TaskId task_id;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(DropTask, (), (task_id, reason))

struct ReopenTask {
    TaskId task_id;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ReopenTask, (), (task_id, reason))

// Gives a task. A task given again with the id and content of an existing one is that one, so sending twice
// is harmless. Refused: forbidden without tasks.assign; invalid when the title is empty or over 500
// characters, the owner does not match owner_kind, the owning member is not of the unit or below it or has
// left, the owning unit stands neither beside nor below the unit, the due day is not between 2000 and 2100;
// conflict when the id belongs to another.
Task assign(const Call& call, const AssignTask& request);
// Moves the due day, with a reason. Refused: conflict on an old version or a closed task; invalid without a
// reason.
Task change(const Call& call, const ChangeTask& request);
// Refused: conflict when the task is closed; invalid outside 0 to 99.
Task report_progress(const Call& call, const ReportProgress& request);
// Refused: conflict when the task is closed; invalid without a result, or with a day in the future.
Task finish(const Call& call, const FinishTask& request);
// Refused: forbidden to the owner, to people of an owning unit and to whoever reported the task as done, from
// any account of the same member; conflict when not done or checked already.
Task check(const Call& call, const TaskKey& request);
// Refused: conflict when the task is closed; invalid without a reason.
Task drop(const Call& call, const DropTask& request);
// Opens a closed task again; its check is gone. Refused: conflict when open; invalid without a reason.
Task reopen(const Call& call, const ReopenTask& request);

// Refuses (forbidden) everybody who may not report on the task: its owner, and who holds tasks.report over
// the owning unit or the unit it answers to, may.
void require_reporter(const Call& call, const TaskKey& request);

TaskPage list(const Call& call, const ListTasks& request);
// The task, to those who may read it; not_found otherwise.
TaskLine show(const Call& call, const TaskKey& request);

// Everything wrong with a task to be given, its owner included; what assign() refuses as invalid.
Problems problems_in(const Call& call, const AssignTask& request);

// For the capabilities above, without a permission check.
std::optional<Task> find_task(Db& db, TaskId task_id);
// Every task from the origins named, those of one origin by due day.
std::vector<Task> tasks_from(Db& db, Origin origin, std::span<const OriginId> origin_ids);
// Origins of a unit's open tasks, each once.
std::vector<OriginId> origins_with_open_tasks(Db& db, UnitId unit_id, Origin origin);
// Tasks of a unit done within [from, until], by day.
std::vector<Task> tasks_done(Db& db, UnitId unit_id, Date from, Date until);
// Open tasks of a unit due on `from` or later, by day.
std::vector<Task> open_tasks_due_from(Db& db, UnitId unit_id, Date from);
bool is_late(const Task& task, Date today);
// Names of the owners, as TaskLine shows them.
std::string owner_name(const Call& call, const Task& task);

// Tasks due within a stretch of days, dropped ones left out. late + on time = done or overdue.
struct Counts {
    std::int64_t assigned = 0;
    std::int64_t done = 0;
    std::int64_t done_late = 0;
    std::int64_t exceeded = 0;
    std::int64_t overdue = 0;  // open and due before `today`
    std::int64_t checked = 0;
};
struct OwnerCounts {
    UnitId unit_id;                    // that the tasks answer to
    std::optional<MemberId> owner_id;  // none: tasks that a unit owns
    Counts counts;
};
// For facts of a year: one row for each unit and owner, of all units or of those named, by unit id.
std::vector<OwnerCounts> count_by_owner(Db& db, Date from, Date until, Date today,
                                        std::span<const UnitId> only = {});

// How the tasks of one origin (a resolution item, an advice item, a finding) stand.
struct OriginCounts {
    OriginId origin_id;
    std::int64_t open = 0;
    std::int64_t done = 0;
    std::int64_t done_late = 0;
    std::int64_t dropped = 0;
    std::optional<Date> last_due_on;  // of those not dropped
};
// Of every origin of a kind, or of those named, whose tasks are due on `from` or later, by origin id.
std::vector<OriginCounts> count_by_origin(Db& db, Origin origin, Date from,
                                          std::span<const OriginId> only = {});

// For the sample: many tasks at once, already checked; the caller writes the audit entry.
void add_tasks(const Call& call, std::span<const Task> tasks);

// GET and POST /api/tasks, GET /api/tasks/{task_id}, and POST of due_date, progress, result, check, dropping
// and reopening below it.
void add_routes(Router& router);

}  // namespace gw::tasks
