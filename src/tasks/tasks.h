// Tasks: who does what until when, where it comes from, and what came of it.
//
// Words: a task *answers to* a unit and has one *owner*, a member or a unit (an affiliated group such as the
// Front work board, or the unit itself) with somebody in it who is *answerable*; its *origin* says why it
// exists; it is *open*, then *done* or *dropped*; somebody other than the owner and the reporter *checks* a
// done task, or *returns* it with a reason; a task is *late* when it is open after its due day or was done
// after it, *nearly due* in the last days before; it is *ownerless* when it is open and its owner has left or
// was dissolved, until it is *handed on*. Its *steps* tell what happened to it.
//
// Permissions, over the unit a task answers to: tasks.read, tasks.assign (also change, hand on, drop,
// reopen), tasks.report, tasks.check (also return). The owning member reads and reports an own task without
// any; who holds tasks.report over an owning unit reads its tasks and reports for it.
#pragma once
#include <span>

#include "platform/call.h"

namespace gw {
class Router;
class Texts;
using TaskStepId = Id<struct TaskStepThing>;
using TaskId = Id<struct TaskThing>;
}  // namespace gw

namespace gw::tasks {

// The thing a task comes from: a resolution item, an advice item, a finding, as `origin` says.
using OriginId = Id<struct OriginThing>;

BOOST_DEFINE_ENUM_CLASS(OwnerKind, member, unit)
BOOST_DEFINE_ENUM_CLASS(Origin, registration, resolution_item, advice, finding, directive, own)
BOOST_DEFINE_ENUM_CLASS(State, open, done, dropped)
BOOST_DEFINE_ENUM_CLASS(StepKind, given, progress, done, corrected, returned, checked, dropped, reopened,
                        due_day_moved, handed_on)

// So many days before the due day an open task is nearly due.
inline constexpr int nearly_due_days = 3;

struct Task {
    TaskId id;
    UnitId unit_id;
    std::string title;
    OwnerKind owner_kind = OwnerKind::member;
    std::optional<MemberId> owner_member_id;  // exactly one of the two, as owner_kind says
    std::optional<UnitId> owner_unit_id;
    std::string answerable_name;  // who in an owning unit answers for it; may be empty
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
    std::string return_reason;  // why the last report was not good enough, until it is reported again
    std::int64_t version = 1;
    Moment created_at{};
};
BOOST_DESCRIBE_STRUCT(Task, (),
                      (id, unit_id, title, owner_kind, owner_member_id, owner_unit_id, answerable_name,
                       due_on, origin, origin_id, state, progress, result, is_exceeded, done_on, done_by,
                       done_by_member_id, checked_by, checked_on, dropped_on, drop_reason, return_reason,
                       version, created_at))

// One thing that happened to a task.
struct TaskStep {
    TaskStepId id;
    TaskId task_id;
    StepKind kind = StepKind::given;
    Moment at{};
    std::string who;            // as shown in the audit trail; empty for what the sample made up
    std::string text;           // the result, the reason, the new owner's name
    std::int64_t progress = 0;  // afterwards
    Date due_on{};              // afterwards
};
BOOST_DESCRIBE_STRUCT(TaskStep, (), (id, task_id, kind, at, who, text, progress, due_on))

struct TaskHistory {
    std::vector<TaskStep> steps;  // the oldest first
};
BOOST_DESCRIBE_STRUCT(TaskHistory, (), (steps))

// A task as people read it.
struct TaskLine {
    Task task;
    std::string unit_name;
    std::string owner_name;
    bool is_late = false;
    bool is_mine = false;  // the reader owns it
    bool is_nearly_due = false;
    bool is_ownerless = false;
};
BOOST_DESCRIBE_STRUCT(TaskLine, (),
                      (task, unit_name, owner_name, is_late, is_mine, is_nearly_due, is_ownerless))

BOOST_DEFINE_ENUM_CLASS(Whose, anyone, me)
BOOST_DEFINE_ENUM_CLASS(Sort, due_on, newest)

// Without unit_id and within: everything the reader may see. `owner=me` needs no permission; owner_unit_id
// alone needs tasks.report over that unit, which is enough to see all of its tasks.
struct ListTasks {
    std::optional<UnitId> unit_id;  // tasks that answer to this unit
    std::optional<UnitId> within;   // to this unit or any unit below it
    std::optional<MemberId> owner_member_id;
    std::optional<UnitId> owner_unit_id;
    std::optional<Whose> owner;
    std::optional<State> state;
    std::optional<bool> late;
    std::optional<bool> checked;
    std::optional<bool> ownerless;
    std::optional<std::string> text;  // part of the title, with or without diacritics
    std::optional<Date> due_from, due_until;
    std::optional<Sort> sort;           // due_on when absent
    std::optional<TaskId> after;        // the last task of the page before
    std::optional<std::int64_t> limit;  // 1 to 200, 50 when absent
};
BOOST_DESCRIBE_STRUCT(ListTasks, (),
                      (unit_id, within, owner_member_id, owner_unit_id, owner, state, late, checked,
                       ownerless, text, due_from, due_until, sort, after, limit))

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
    std::optional<std::string> answerable_name = {};
};
BOOST_DESCRIBE_STRUCT(AssignTask, (),
                      (id, unit_id, title, owner_kind, owner_member_id, owner_unit_id, due_on, origin,
                       origin_id, answerable_name))

struct ChangeTask {
    TaskId task_id;
    std::int64_t version = 0;
    Date due_on{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ChangeTask, (), (task_id, version, due_on, reason))

struct TaskVersion {
    TaskId task_id;
    std::int64_t version = 0;
    std::optional<Date> due_on = {};  // a day of its own; the common one when absent
};
BOOST_DESCRIBE_STRUCT(TaskVersion, (), (task_id, version, due_on))

struct MoveDueDays {
    std::vector<TaskVersion> tasks;  // 1 to 200
    Date due_on{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(MoveDueDays, (), (tasks, due_on, reason))

struct Tasks {
    std::vector<Task> tasks;
};
BOOST_DESCRIBE_STRUCT(Tasks, (), (tasks))

struct HandOnTask {
    TaskId task_id;
    std::int64_t version = 0;
    OwnerKind owner_kind = OwnerKind::member;
    std::optional<MemberId> owner_member_id;
    std::optional<UnitId> owner_unit_id;
    std::optional<std::string> answerable_name;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(HandOnTask, (),
                      (task_id, version, owner_kind, owner_member_id, owner_unit_id, answerable_name, reason))

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

struct ReturnTask {
    TaskId task_id;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ReturnTask, (), (task_id, reason))

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
// left, the owning unit stands neither beside nor below the unit, somebody is named answerable for a member,
// the due day is not between 2000 and 2100; conflict when the id belongs to another.
Task assign(const Call& call, const AssignTask& request);
// Moves the due day, with a reason. Refused: conflict on an old version or a closed task; invalid without a
// reason.
Task change(const Call& call, const ChangeTask& request);
// Moves the due day of many tasks, all or none, with one reason. Refused: as change, naming the place of the
// task; invalid for none, more than 200 or one named twice.
Tasks move_due_days(const Call& call, const MoveDueDays& request);
// Gives an open task to another owner, with a reason. Refused: conflict on an old version or a closed task;
// invalid without a reason, and for an owner as assign.
Task hand_on(const Call& call, const HandOnTask& request);
// Refused: conflict when the task is closed; invalid outside 0 to 99.
Task report_progress(const Call& call, const ReportProgress& request);
// Refused: conflict when the task is closed; invalid without a result, or with a day in the future.
Task finish(const Call& call, const FinishTask& request);
// Says otherwise what a finished task reached, until it is checked. Refused: forbidden to everybody but
// whoever reported it, from any account of the same member; conflict when not done or checked already;
// invalid as finish.
Task correct_report(const Call& call, const FinishTask& request);
// Refused: forbidden to the owner, to people of an owning unit and to whoever reported the task as done, from
// any account of the same member; conflict when not done or checked already.
Task check(const Call& call, const TaskKey& request);
// Opens a done task again because its result is not good enough. Refused: as check; invalid without a reason.
Task return_report(const Call& call, const ReturnTask& request);
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
TaskHistory history(const Call& call, const TaskKey& request);

// Everything wrong with a task to be given, its owner included; what assign() refuses as invalid.
Problems problems_in(const Call& call, const AssignTask& request);

// For the capabilities above, without a permission check.
std::optional<Task> find_task(Db& db, TaskId task_id);
// Every task from the origins named, those of one origin by due day.
std::vector<Task> tasks_from(Db& db, Origin origin, std::span<const OriginId> origin_ids);
// How the tasks of each origin of a unit stand, by origin id.
struct OriginStanding {
    OriginId origin_id;
    bool has_open = false;
    bool has_done = false;
};
std::vector<OriginStanding> origins_of(Db& db, UnitId unit_id, Origin origin);
// Closes the open tasks of an origin because a decision on `day` closed it: finished with the reason as their
// result, or dropped for it.
void settle(const Call& call, Origin origin, OriginId origin_id, State state, const std::string& reason,
            Date day);
TaskLine line_of(const Call& call, const Task& task);
// Tasks of a unit done within [from, until], by day.
std::vector<Task> tasks_done(Db& db, UnitId unit_id, Date from, Date until);
// Open tasks of a unit due on `from` or later, by day.
std::vector<Task> open_tasks_due_from(Db& db, UnitId unit_id, Date from);
bool is_late(const Task& task, Date today);
bool is_nearly_due(const Task& task, Date today);
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

// The tasks of a unit that come from one thing, by due day.
std::vector<Task> tasks_of_origin(Db& db, UnitId unit_id, Origin origin, OriginId origin_id);
// How the tasks that come from one thing stand in each unit that was given any not dropped, by unit id.
struct UnitWork {
    UnitId unit_id;
    std::int64_t open = 0;
    std::int64_t done = 0;
};
std::vector<UnitWork> count_by_unit(Db& db, Origin origin, OriginId origin_id,
                                    std::optional<UnitId> only = std::nullopt);

// For the sample: many tasks at once, already checked; the caller writes the audit entry.
void add_tasks(const Call& call, std::span<const Task> tasks);

// GET and POST /api/tasks, GET /api/tasks/table.csv, POST /api/tasks/due_dates, GET /api/tasks/{task_id} and
// its history, POST of due_date, owner, progress, result, check, return, dropping and reopening below it, and
// PUT of its result.
void add_routes(Router& router, const Texts& texts);

}  // namespace gw::tasks
