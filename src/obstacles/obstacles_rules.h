// The ladder as a state machine: who owes the next act until when, and where each act leads. No database and
// no clock but the day given.
#pragma once
#include "obstacles/obstacles.h"
#include "organisation/tree.h"

namespace gw::obstacles {

// The units above the one that speaks, the nearest first. The last is the top.
using Above = std::vector<UnitId>;
Above above_of(const organisation::Tree& tree, UnitId unit_id);
std::string text_of(const Above& above);
Above read_above(std::string_view text);

struct Days {
    std::int64_t answer = 15, confirm = 15;
};

inline constexpr std::int64_t most_days_to_solve = 366;

// Who stands above a holder: whom passing up reaches.
std::optional<UnitId> next_holder(const Above& above, UnitId holder_id);
// The one who owes the next act, by due_on; nothing when it has ended.
std::optional<UnitId> owed_by(const Obstacle& obstacle);
bool is_open(State state);

// Why an act cannot be taken now, as the key of a text; nothing when it can.
std::optional<std::string_view> refusal_of(const Obstacle& obstacle, Act act, const Above& above);
// Takes an act that is not refused. `done_by` of a solution is within most_days_to_solve.
void take(Obstacle& obstacle, Act act, const Above& above, Date today, const Days& days,
          std::optional<Date> done_by = std::nullopt);

// The act that the clock brings about today, and the day it came due: silence or no_word. Nothing when
// nothing is over, and at the top, where it stays owed.
struct Lapse {
    Act act;
    Date day;
};
std::optional<Lapse> lapse_of(const Obstacle& obstacle, const Above& above, Date today);

// Another unit speaks or another body holds it, because the tree of today says so. Returns whether anything
// changed.
bool follow_tree(Obstacle& obstacle, const organisation::Tree& tree, Date today, const Days& days);

Problems problems_in(const RaiseObstacle& request, Date today);
Problems problems_in(Way way, std::string_view text, const std::optional<Date>& done_by, Date today);
bool is_same(const Obstacle& there, const RaiseObstacle& request);
Act act_of(Way way);

// Nothing for fewer than five: no median is told of those.
std::optional<double> median_of(std::vector<std::int64_t> values);

}  // namespace gw::obstacles
