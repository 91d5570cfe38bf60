// Every state that an obstacle can come to on a small ladder, by every act, clock and change of the tree.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>

#include "obstacles/obstacles_rules.h"

namespace gw::obstacles {
namespace {

using organisation::Tree;

const Date today = date_of(20'000);
constexpr Days days{3, 2};
constexpr std::int64_t longest_solution = 2;
// At the top an answer may be late for ever: later than this makes no difference.
constexpr std::int64_t latest = 2;

// The machine, or one with a fault planted in it.
struct Machine {
    std::function<std::optional<std::string_view>(const Obstacle&, Act, const Above&)> refusal = refusal_of;
    std::function<void(Obstacle&, Act, const Above&, std::optional<Date>)> act =
        [](Obstacle& obstacle, Act act, const Above& above, std::optional<Date> done_by) {
            take(obstacle, act, above, today, days, done_by);
        };
    std::function<std::optional<Lapse>(const Obstacle&, const Above&, Date)> lapse = lapse_of;
    std::function<bool(Obstacle&, const Tree&)> follow = [](Obstacle& obstacle, const Tree& tree) {
        return follow_tree(obstacle, tree, today, days);
    };
};

constexpr UnitId speaker{100}, root{1};
UnitId body(int level) { return UnitId{level + 1}; }  // level 0 is the root

organisation::TreeUnit unit(UnitId id, int parent) {
    organisation::TreeUnit made;
    made.id = id;
    made.parent = parent;
    made.code = std::to_string(id.number);
    return made;
}

// `depth` bodies above the unit and as many beside them; then the same with one body gone, with the unit
// moved to the other side, and with the unit gone.
std::vector<Tree> trees_of(int depth) {
    const std::vector<organisation::TreeKind> kinds{{"unit", "", "", "", 0, true, true}};
    std::vector<Tree> trees;
    const auto add = [&](int without, bool is_moved, bool is_gone) {
        std::vector<organisation::TreeUnit> units{unit(root, -1)};
        int last = 0, other = 0;
        for (int level = 1; level < depth; ++level) {
            if (level != without) {
                units.push_back(unit(body(level), last));
                last = static_cast<int>(units.size()) - 1;
            }
            units.push_back(unit(UnitId{50 + level}, other));
            other = static_cast<int>(units.size()) - 1;
        }
        if (!is_gone) units.push_back(unit(speaker, is_moved ? other : last));
        trees.emplace_back(today, kinds, units);
    };
    add(0, false, false);
    for (int level = 1; level < depth; ++level) add(level, false, false);
    add(0, true, false);
    add(0, false, true);
    return trees;
}

struct Point {
    Obstacle obstacle;
    std::size_t tree = 0;
};
using Key = std::tuple<State, UnitId, UnitId, std::string, std::int64_t, bool, std::size_t>;
Key key_of(const Point& at) {
    const Obstacle& it = at.obstacle;
    return {it.state, it.unit_id, it.holder_id, it.above, day_number(it.due_on), it.is_reopened, at.tree};
}

enum class Cause { act, reopening, day, tree };
struct Edge {
    std::size_t to = 0;
    Cause cause = Cause::act;
};

class Exploration {
public:
    Exploration(int depth, Machine machine) : trees_(trees_of(depth)), machine_(std::move(machine)) {
        Point start;
        start.obstacle.unit_id = start.obstacle.raised_by_unit_id = speaker;
        const Above above = above_of(trees_[0], speaker);
        start.obstacle.above = text_of(above);
        take(start.obstacle, Act::raise, above, today, days);
        add(start);
        for (std::size_t at = 0; at < points_.size() && faults.empty(); ++at) go_on(at);
        if (faults.empty()) {
            longest_quiet = longest([](Cause cause) { return cause == Cause::day; },
                                    [](Cause cause) { return cause == Cause::day || cause == Cause::act; });
            most_reopenings = longest([](Cause cause) { return cause == Cause::reopening; },
                                      [](Cause cause) { return cause != Cause::tree; });
        }
    }

    std::vector<std::string> faults;
    std::size_t count() const { return points_.size(); }
    std::int64_t longest_quiet = 0;    // days from anywhere to an end, or to being late at the top
    std::int64_t most_reopenings = 0;  // on any way
    std::map<State, int> reached;

private:
    std::size_t add(const Point& point) {
        const auto [at, is_fresh] = numbers_.try_emplace(key_of(point), points_.size());
        if (is_fresh) {
            points_.push_back(point);
            edges_.emplace_back();
            ++reached[point.obstacle.state];
            look_at(point);
        }
        return at->second;
    }

    void fault(const std::string& what, const Obstacle& it) {
        faults.push_back(what + " (" + to_text(it.state) + ", held by " +
                         std::to_string(it.holder_id.number) + ", due in " +
                         std::to_string(day_number(it.due_on) - day_number(today)) + ")");
    }

    // Exactly one owes, stands today, may do something about it, and has a day that is not over, unless it is
    // the top.
    void look_at(const Point& point) {
        const Obstacle& it = point.obstacle;
        const Tree& tree = trees_[point.tree];
        const auto owing = owed_by(it);
        if (!is_open(it.state)) {
            if (owing || !it.ended_on) fault("an end that somebody owes for", it);
            return;
        }
        if (!owing) return fault("nobody owes", it);
        if (it.ended_on) fault("open and ended", it);
        if (!tree.find(*owing)) return fault("who owes does not stand", it);
        const Above above = above_of(tree, it.unit_id);
        const bool is_top = !next_holder(above, it.holder_id);
        if (it.state == State::owed) {
            if (above.empty() ? it.holder_id != root
                              : std::find(above.begin(), above.end(), it.holder_id) == above.end())
                fault("the holder does not stand above the unit", it);
            if (machine_.refusal(it, Act::answer, above)) fault("the holder cannot answer", it);
        } else if (machine_.refusal(it, Act::confirm, above) || machine_.refusal(it, Act::accept, above)) {
            fault("the unit cannot confirm", it);
        }
        const std::int64_t left = day_number(it.due_on) - day_number(today);
        if (left < 0 && !(it.state == State::owed && is_top))
            fault("the day is over and nothing happened", it);
        if (left > std::max(days.answer, longest_solution + days.confirm)) fault("a day too far away", it);
    }

    void follow(Point& point) { machine_.follow(point.obstacle, trees_[point.tree]); }

    void link(std::size_t from, const Point& to, Cause cause) {
        const std::size_t number = add(to);
        edges_[from].push_back({number, cause});
    }

    void go_on(std::size_t from) {
        const Point at = points_[from];
        if (!is_open(at.obstacle.state)) return;
        const Above above = above_of(trees_[at.tree], at.obstacle.unit_id);
        for (const Act act :
             {Act::solve, Act::answer, Act::pass_up, Act::confirm, Act::accept, Act::reopen, Act::withdraw}) {
            if (machine_.refusal(at.obstacle, act, above)) continue;
            for (const std::int64_t ahead : {std::int64_t{0}, longest_solution}) {
                if (ahead > 0 && act != Act::solve) continue;
                Point next = at;
                machine_.act(
                    next.obstacle, act, above,
                    act == Act::solve ? std::optional(date_of(day_number(today) + ahead)) : std::nullopt);
                link(from, next, act == Act::reopen ? Cause::reopening : Cause::act);
            }
        }
        Point tomorrow = at;
        pass_days(tomorrow, 1);
        if (at.obstacle.state == State::owed && !is_open(tomorrow.obstacle.state))
            fault("ended without an answer", at.obstacle);
        link(from, tomorrow, Cause::day);
        standing_still_changes_nothing(at);
        for (std::size_t tree = 0; tree < trees_.size(); ++tree) {
            if (tree == at.tree) continue;
            Point other = at;
            other.tree = tree;
            follow(other);
            Point again = other;
            follow(again);
            if (key_of(again) != key_of(other)) fault("following the tree twice differs", other.obstacle);
            link(from, other, Cause::tree);
        }
    }

    // Days go by: told the other way round, the days of the obstacle come nearer.
    void pass_days(Point& point, std::int64_t count) {
        Obstacle& it = point.obstacle;
        const Above above = above_of(trees_[point.tree], it.unit_id);
        it.due_on = date_of(day_number(it.due_on) - count);
        while (const auto over = machine_.lapse(it, above, today))
            take(it, over->act, above, over->day, days);
        it.due_on = is_open(it.state) ? std::max(it.due_on, date_of(day_number(today) - latest)) : today;
        it.owed_since = today;
        it.done_by = std::nullopt;
    }

    void standing_still_changes_nothing(const Point& at) {
        Point daily = at;
        for (std::int64_t day = 1; day <= 9; ++day) {
            if (is_open(daily.obstacle.state)) pass_days(daily, 1);
            Point at_once = at;
            pass_days(at_once, day);
            if (key_of(daily) != key_of(at_once)) fault("standing still changes the outcome", at.obstacle);
        }
    }

    // The most edges that count on any way over edges that may be used. A way in a circle is a fault, but for
    // waiting at the top.
    std::int64_t longest(const std::function<bool(Cause)>& counts,
                         const std::function<bool(Cause)>& may_use) {
        enum class Seen { no, open, done };
        std::vector<Seen> seen(points_.size(), Seen::no);
        std::vector<std::int64_t> best(points_.size(), 0);
        const std::function<void(std::size_t)> visit = [&](std::size_t at) {
            seen[at] = Seen::open;
            for (const Edge& edge : edges_[at]) {
                if (!may_use(edge.cause) || edge.to == at) continue;
                if (seen[edge.to] == Seen::open) {
                    fault("an endless way", points_[at].obstacle);
                    continue;
                }
                if (seen[edge.to] == Seen::no) visit(edge.to);
                best[at] = std::max(best[at], best[edge.to] + (counts(edge.cause) ? 1 : 0));
            }
            seen[at] = Seen::done;
        };
        for (std::size_t at = 0; at < points_.size(); ++at)
            if (seen[at] == Seen::no) visit(at);
        return *std::max_element(best.begin(), best.end());
    }

    std::vector<Tree> trees_;
    Machine machine_;
    std::vector<Point> points_;
    std::vector<std::vector<Edge>> edges_;
    std::map<Key, std::size_t> numbers_;
};

std::string first_fault(int depth, Machine machine) {
    const Exploration explored(depth, std::move(machine));
    return explored.faults.empty() ? "" : explored.faults.front();
}

}  // namespace

TEST_CASE("in every state somebody owes the next act, and without reopenings an obstacle ends") {
    for (int depth = 1; depth <= 4; ++depth) {
        CAPTURE(depth);
        const Exploration explored(depth, {});
        for (const std::string& fault : explored.faults) FAIL_CHECK(fault);
        MESSAGE(depth << " levels above: " << explored.count() << " states, at most "
                      << explored.longest_quiet << " days and " << explored.most_reopenings << " reopenings");
        CHECK(explored.reached.size() == 6);
        // Each level has its days; then the longest solution, and the days of the unit.
        CHECK(explored.longest_quiet <=
              depth * (days.answer + 1) + longest_solution + days.confirm + 1 + latest);
        CHECK(explored.most_reopenings == 2 * depth - 1);
    }
}

TEST_CASE("the exploration finds faults planted in the machine") {
    SUBCASE("silence is forgotten") {
        Machine machine;
        machine.lapse = [](const Obstacle& obstacle, const Above& above, Date day) {
            const auto lapse = lapse_of(obstacle, above, day);
            return lapse && lapse->act == Act::silence ? std::nullopt : lapse;
        };
        CHECK(first_fault(2, machine).starts_with("the day is over and nothing happened"));
    }
    SUBCASE("the top passes it in a circle") {
        Machine machine;
        machine.refusal = [](const Obstacle& obstacle, Act act, const Above& above) {
            return act == Act::pass_up && obstacle.state == State::owed ? std::nullopt
                                                                        : refusal_of(obstacle, act, above);
        };
        machine.act = [](Obstacle& obstacle, Act act, const Above& above, std::optional<Date> done_by) {
            if (act == Act::pass_up && !next_holder(above, obstacle.holder_id))
                take(obstacle, Act::raise, above.empty() ? Above{root} : above, today, days);
            else take(obstacle, act, above, today, days, done_by);
        };
        CHECK(first_fault(3, machine).starts_with("an endless way"));
    }
    SUBCASE("every reopening goes to the same body") {
        Machine machine;
        machine.refusal = [](const Obstacle& obstacle, Act act, const Above& above) {
            return act == Act::reopen && obstacle.state == State::answered ? std::nullopt
                                                                           : refusal_of(obstacle, act, above);
        };
        machine.act = [](Obstacle& obstacle, Act act, const Above& above, std::optional<Date> done_by) {
            if (act == Act::reopen) obstacle.is_reopened = false;
            take(obstacle, act, above, today, days, done_by);
        };
        CHECK(first_fault(2, machine).starts_with("an endless way"));
    }
    SUBCASE("a change of the tree is not followed") {
        Machine machine;
        machine.follow = [](Obstacle&, const Tree&) { return false; };
        CHECK(first_fault(2, machine) != "");
    }
    SUBCASE("an answer starts no clock for the unit") {
        Machine machine;
        machine.act = [](Obstacle& obstacle, Act act, const Above& above, std::optional<Date> done_by) {
            const Date due_on = obstacle.due_on;
            take(obstacle, act, above, today, days, done_by);
            if (act == Act::answer) obstacle.due_on = due_on;
        };
        CHECK(first_fault(2, machine) != "");
    }
    SUBCASE("the clock ends what is owed") {
        Machine machine;
        machine.lapse = [](const Obstacle& obstacle, const Above& above, Date day) {
            auto lapse = lapse_of(obstacle, above, day);
            if (lapse) lapse->act = Act::no_word, lapse->day = day;
            return lapse;
        };
        CHECK(first_fault(2, machine).starts_with("ended without an answer"));
    }
}

TEST_CASE("a median is told of five and more only") {
    CHECK(!median_of({}));
    CHECK(!median_of({1, 2, 3, 4}));
    CHECK(median_of({9, 1, 5, 3, 7}) == 5);
    CHECK(median_of({9, 1, 5, 3, 7, 6}) == 5.5);
}

}  // namespace gw::obstacles
