// Obstacles: what a unit cannot solve itself goes up, level by level, until it is gone or answered for good.
//
// Words: a unit *raises* an obstacle and *speaks* for it; the unit above it *holds* it and owes an answer by
// a day: to *solve* it (what is done and by when), to *answer* (why not, or advice), or to *pass it up* with
// a reason. *Silence* passes it up by itself when the day is over. At the top it stays *owed* and late. An
// answered one is confirmed by the unit as *gone*, *accepted* although it remains, or *reopened*: first to
// the body that answered, the next time to the one above it; a body at the top that answered twice is not
// asked a third time. Without a word from the unit by a day it *lapsed*. The unit may *withdraw* it. Like
// obstacles are put side by side as one *case*, so that one answer serves them all.
//
// Somebody owes the next act at any time, the holder or the unit, by a day; and without new reopenings an
// obstacle ends, or is late at the top, in a bounded number of days. The days are settings.
//
// Units that move, merge or go: the holder owes as long as it stands above the unit, else the unit's parent
// of today does, with its full days. What a dissolved unit raised is spoken for by the nearest one that stood
// above it and still stands.
//
// Permissions: obstacles.read over the unit or the holder; obstacles.raise over the unit (also withdraw);
// obstacles.answer over the holder (also cases). Only people of the unit confirm and reopen, and never who
// answered.
#pragma once
#include <span>

#include "platform/call.h"
#include "spreadsheets/spreadsheets.h"

namespace gw {
class Router;
class Texts;
struct Download;
using ObstacleId = Id<struct ObstacleThing>;
using ObstacleCaseId = Id<struct ObstacleCaseThing>;
}  // namespace gw

namespace gw::obstacles {

// The first two are open, the others ends.
BOOST_DEFINE_ENUM_CLASS(State, owed, answered, gone, accepted, lapsed, withdrawn)
// silence: the holder let its day pass; no_word: the unit did; hand_over: the tree changed.
BOOST_DEFINE_ENUM_CLASS(Act, raise, solve, answer, pass_up, silence, confirm, accept, no_word, reopen,
                        withdraw, hand_over)
// How a body answers.
BOOST_DEFINE_ENUM_CLASS(Way, solve, answer, pass_up)

struct Obstacle {
    ObstacleId id;
    UnitId unit_id;            // that speaks for it today
    UnitId raised_by_unit_id;  // the same, unless that one was dissolved
    std::string raised_by_unit_name;
    UnitId holder_id;   // that owes the answer, or gave it
    std::string above;  // the units above unit_id, the nearest first, as of the last step
    State state = State::owed;
    std::string text;
    Date since_on{};
    std::string tried;
    std::string asked;
    Date raised_on{};
    AccountId raised_by;
    Date owed_since{};  // since when the next act is owed by whom it is owed
    Date due_on{};      // the last day for it
    std::optional<Date> done_by;
    std::optional<AccountId> answered_by;
    bool is_reopened = false;  // once, to the holder of today
    std::int64_t step_count = 0;
    std::optional<ObstacleCaseId> case_id;
    std::optional<Date> ended_on;
};
BOOST_DESCRIBE_STRUCT(Obstacle, (),
                      (id, unit_id, raised_by_unit_id, raised_by_unit_name, holder_id, above, state, text,
                       since_on, tried, asked, raised_on, raised_by, owed_since, due_on, done_by, answered_by,
                       is_reopened, step_count, case_id, ended_on))

struct Step {
    ObstacleId obstacle_id;
    std::int64_t number = 1;
    Act act = Act::raise;
    UnitId unit_id;                    // who acted, or whose silence it was
    std::optional<UnitId> to_unit_id;  // who owes the next act
    std::string text;
    std::optional<Date> done_by;
    Date acted_on{};
    Date owed_since{};  // the act had been owed since then, until due_on
    Date due_on{};
    std::optional<AccountId> account_id;  // nothing: the program
    std::string by_name;
};
BOOST_DESCRIBE_STRUCT(Step, (),
                      (obstacle_id, number, act, unit_id, to_unit_id, text, done_by, acted_on, owed_since,
                       due_on, account_id, by_name))

struct Case {
    ObstacleCaseId id;
    UnitId unit_id;  // that put it together
    std::string title;
    Date opened_on{};
    AccountId opened_by;
};
BOOST_DESCRIBE_STRUCT(Case, (), (id, unit_id, title, opened_on, opened_by))

// An obstacle as somebody reads it.
struct ObstacleLine {
    Obstacle obstacle;
    std::string unit_name;
    std::string holder_name;
    std::optional<UnitId> owed_by;  // nothing: it has ended
    std::string owed_by_name;
    std::int64_t days_left = 0;  // until due_on; negative when late
    std::string case_title;
};
BOOST_DESCRIBE_STRUCT(ObstacleLine, (),
                      (obstacle, unit_name, holder_name, owed_by, owed_by_name, days_left, case_title))

struct StepLine {
    Step step;
    std::string unit_name;
    std::string to_unit_name;
};
BOOST_DESCRIBE_STRUCT(StepLine, (), (step, unit_name, to_unit_name))

struct ObstacleStory {
    ObstacleLine line;
    std::vector<StepLine> steps;  // as they happened
    bool may_answer = false;      // today, by whoever reads
    bool may_pass_up = false;
    bool may_confirm = false;
    bool may_reopen = false;
    bool may_withdraw = false;
    std::string next_holder_name;  // whom passing up would reach; empty at the top
};
BOOST_DESCRIBE_STRUCT(ObstacleStory, (),
                      (line, steps, may_answer, may_pass_up, may_confirm, may_reopen, may_withdraw,
                       next_holder_name))

struct RaiseObstacle {
    std::optional<ObstacleId> id;  // made by the caller, or by the server
    UnitId unit_id;
    std::string text;
    std::optional<Date> since_on;  // today when absent
    std::string tried;             // may be empty
    std::string asked;
};
BOOST_DESCRIBE_STRUCT(RaiseObstacle, (), (id, unit_id, text, since_on, tried, asked))

struct ObstacleKey {
    ObstacleId obstacle_id;
};
BOOST_DESCRIBE_STRUCT(ObstacleKey, (), (obstacle_id))

struct AnswerObstacle {
    ObstacleId obstacle_id;
    Way way = Way::answer;
    std::string text;
    std::optional<Date> done_by;  // of a solution: today or within a year
};
BOOST_DESCRIBE_STRUCT(AnswerObstacle, (), (obstacle_id, way, text, done_by))

struct ConfirmObstacle {
    ObstacleId obstacle_id;
    bool is_gone = true;  // false: it remains, but the answer is taken
    std::string text;     // may be empty
};
BOOST_DESCRIBE_STRUCT(ConfirmObstacle, (), (obstacle_id, is_gone, text))

struct ReasonedObstacle {
    ObstacleId obstacle_id;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ReasonedObstacle, (), (obstacle_id, reason))

BOOST_DEFINE_ENUM_CLASS(Which, open, ended)

// Of a unit, of one with everything below it, or without either of all the reader may read; the most urgent
// first.
struct ListObstacles {
    std::optional<UnitId> unit_id, within;
    std::optional<Which> which;
    std::optional<ObstacleId> after;
    std::optional<std::int64_t> limit;  // 1 to 200, 50 when absent
};
BOOST_DESCRIBE_STRUCT(ListObstacles, (), (unit_id, within, which, after, limit))

struct ObstaclePage {
    std::vector<ObstacleLine> obstacles;
    std::optional<ObstacleId> next;
};
BOOST_DESCRIBE_STRUCT(ObstaclePage, (), (obstacles, next))

struct HolderKey {
    UnitId unit_id;
};
BOOST_DESCRIBE_STRUCT(HolderKey, (), (unit_id))

// Obstacles that a person may want to put side by side, by the likeness of their texts.
struct AlikeObstacles {
    std::vector<ObstacleId> obstacle_ids;
    std::optional<ObstacleCaseId> case_id;  // that some of them are in already
};
BOOST_DESCRIBE_STRUCT(AlikeObstacles, (), (obstacle_ids, case_id))

struct HeldCase {
    Case about;
    std::vector<ObstacleId> obstacle_ids;
};
BOOST_DESCRIBE_STRUCT(HeldCase, (), (about, obstacle_ids))

// What a body owes an answer to.
struct Held {
    std::string unit_name;
    std::vector<ObstacleLine> owed;      // the most urgent first, up to 500
    std::vector<ObstacleLine> answered;  // wait for the word of their unit
    std::vector<HeldCase> cases;         // of those owed
    std::vector<AlikeObstacles> alike;   // the largest group first
    bool may_answer = false;
};
BOOST_DESCRIBE_STRUCT(Held, (), (unit_name, owed, answered, cases, alike, may_answer))

// Joins obstacles that one body holds, in a new case or in one that is there.
struct JoinCase {
    UnitId unit_id;  // the holder
    std::optional<ObstacleCaseId> case_id;
    std::string title;  // of a new one
    std::vector<ObstacleId> obstacle_ids;
};
BOOST_DESCRIBE_STRUCT(JoinCase, (), (unit_id, case_id, title, obstacle_ids))

struct CaseKey {
    ObstacleCaseId case_id;
};
BOOST_DESCRIBE_STRUCT(CaseKey, (), (case_id))

struct CaseStory {
    Case about;
    std::string unit_name;
    std::vector<ObstacleLine> obstacles;  // those the reader may read
    std::int64_t others = 0;
    std::vector<UnitId> may_answer_as;  // bodies that hold some of them and for which the reader may answer
};
BOOST_DESCRIBE_STRUCT(CaseStory, (), (about, unit_name, obstacles, others, may_answer_as))

struct AnswerCase {
    ObstacleCaseId case_id;
    UnitId unit_id;  // answers those that it holds
    Way way = Way::answer;
    std::string text;
    std::optional<Date> done_by;
};
BOOST_DESCRIBE_STRUCT(AnswerCase, (), (case_id, unit_id, way, text, done_by))

struct LeaveCase {
    ObstacleCaseId case_id;
    ObstacleId obstacle_id;
};
BOOST_DESCRIBE_STRUCT(LeaveCase, (), (case_id, obstacle_id))

// How a body answers and removes, over a year up to today.
struct BoardLine {
    UnitId unit_id;
    std::string unit_name;
    std::int64_t answered = 0;             // solved, answered or passed up by somebody
    std::int64_t in_time = 0;              // of these
    std::int64_t silent = 0;               // passed up by its silence
    std::optional<double> median_days;     // until its answer; nothing below five: too few to tell
    std::int64_t gone = 0;                 // confirmed by the units after its answer
    std::optional<double> median_removal;  // days from raising until confirmed; as above
    std::int64_t open_week = 0;            // owed for up to 7 days, up to 30, longer
    std::int64_t open_month = 0;
    std::int64_t open_longer = 0;
    std::int64_t late = 0;  // of these
};
BOOST_DESCRIBE_STRUCT(BoardLine, (),
                      (unit_id, unit_name, answered, in_time, silent, median_days, gone, median_removal,
                       open_week, open_month, open_longer, late))

struct Board {
    Date from{};
    std::vector<BoardLine> bodies;  // in the order of the tree; those that were ever asked
};
BOOST_DESCRIBE_STRUCT(Board, (), (from, bodies))

BOOST_DEFINE_ENUM_CLASS(Telling, owed, answered, passed_up)
// Tells people: `owed` the holder, `answered` the unit, `passed_up` the unit and the body that was silent.
using Tell = std::function<void(const Call&, const Obstacle&, Telling, UnitId left_unit_id)>;

struct Setting {
    std::int64_t answer_days = 15;   // for a body
    std::int64_t confirm_days = 15;  // for the unit
    Tell tell = {};
};

// Raises an obstacle; the same one sent again under its id is the one already there. Refused: forbidden
// without obstacles.raise; invalid when a text is empty or too long, the day lies in the future, nobody
// stands above the unit; conflict when the id belongs to another.
ObstacleStory raise(const Call& call, const RaiseObstacle& request, const Setting& setting);
// Solves, answers or passes up. Refused: forbidden without obstacles.answer over the holder; conflict unless
// the answer is owed, or when nobody stands above to pass it to; invalid without a text, or when a solution
// has no day, one before today or more than a year ahead.
ObstacleStory answer(const Call& call, const AnswerObstacle& request, const Setting& setting);
// Refused: forbidden without obstacles.raise, to people who are not of the unit, or to who answered; conflict
// unless it is answered; invalid when the text is too long.
ObstacleStory confirm(const Call& call, const ConfirmObstacle& request, const Setting& setting);
// Refused as confirm; also conflict when the top has answered twice, invalid without a reason.
ObstacleStory reopen(const Call& call, const ReasonedObstacle& request, const Setting& setting);
// Refused: forbidden without obstacles.raise; conflict when it has ended; invalid without a reason.
ObstacleStory withdraw(const Call& call, const ReasonedObstacle& request, const Setting& setting);

// Refused: not_found to who may not read it.
ObstacleStory show(const Call& call, const ObstacleKey& request);
ObstaclePage list(const Call& call, const ListObstacles& request);
// Refused: forbidden without obstacles.read over the body.
Held held(const Call& call, const HolderKey& request);

// Refused: forbidden without obstacles.answer over the holder; invalid without a title for a new case, or
// when there are fewer than two in it; conflict when one is not owed by this body or is in another case.
CaseStory join(const Call& call, const JoinCase& request);
// Refused: not_found to who may read none of it.
CaseStory show_case(const Call& call, const CaseKey& request);
// One answer for all of the case that the body holds. Refused as answer; conflict when it holds none.
CaseStory answer_case(const Call& call, const AnswerCase& request, const Setting& setting);
// Refused: forbidden without obstacles.answer over the holder; conflict when it is not in the case.
CaseStory leave_case(const Call& call, const LeaveCase& request);

// The bodies at or below a unit. Refused: forbidden without obstacles.read over it.
Board board(const Call& call, const HolderKey& request);
// The same as a table. Refused as board.
spreadsheets::Table table_of_board(const Call& call, const HolderKey& request, const Texts& texts);

// What the clocks and the tree bring about: silence passes up, no word lets lapse, moved units get another
// holder. Run every day, after days of standing still, or twice, the result is the same. Returns the number
// of steps.
std::int64_t settle(const Call& call, const Setting& setting);

// An act that the actor owes today for their own unit: an answer, or a word on one.
BOOST_DEFINE_ENUM_CLASS(Owing, answer, confirm)
struct Waiting {
    ObstacleId id;
    UnitId unit_id;  // that raised it
    std::string unit_name;
    std::string text;
    Owing owing = Owing::answer;
    Date due_on{};
};
BOOST_DESCRIBE_STRUCT(Waiting, (), (id, unit_id, unit_name, text, owing, due_on))
// The most urgent first.
std::vector<Waiting> waiting_for(const Call& call);
// For the capabilities above, without a permission check.
std::optional<Obstacle> find_obstacle(Db& db, ObstacleId obstacle_id);

// For the sample: many at once, already checked.
void add_obstacles(const Call& call, std::span<const Obstacle> obstacles, std::span<const Step> steps,
                   std::span<const Case> cases);

// GET and POST /api/obstacles; GET /api/obstacles/{obstacle_id}, POST answer, confirmation, reopening and
// withdrawal below it; GET /api/units/{unit_id}/obstacles_held and obstacle_board (both also
// .csv and .xlsx, as is the list at /api/obstacles/table), POST
// obstacle_cases below the unit; GET /api/obstacle_cases/{case_id}, POST answer and leaving below it.
// `texts` must outlive the router.
void add_routes(Router& router, Setting setting, const Texts& texts);

}  // namespace gw::obstacles
