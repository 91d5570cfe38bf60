#include <map>

#include "obstacles/obstacles.h"
#include "obstacles/obstacles_parts.h"
#include "obstacles/obstacles_store.h"
#include "platform/router.h"
#include "platform/texts/texts.h"

namespace gw::obstacles {

namespace {

constexpr std::int64_t days_of_the_board = 365;

struct Counted {
    BoardLine line;
    std::vector<std::int64_t> waited;   // days until each answer
    std::vector<std::int64_t> removed;  // days until each was gone
};

void count_act(Counted& body, const BodyAct& act) {
    if (act.act == Act::silence) {
        ++body.line.silent;
        return;
    }
    ++body.line.answered;
    body.line.in_time += act.acted_on <= act.due_on;
    body.waited.push_back(day_number(act.acted_on) - day_number(act.owed_since));
}

void count_owed(BoardLine& line, const Obstacle& obstacle, Date today) {
    const std::int64_t days = day_number(today) - day_number(obstacle.owed_since);
    line.open_week += days <= 7;
    line.open_month += days > 7 && days <= 30;
    line.open_longer += days > 30;
    line.late += obstacle.due_on < today;
}

}  // namespace

Board board(const Call& call, const HolderKey& request) {
    const Reach reach = call.tree->reach(call.tree->get(request.unit_id));
    call.require("obstacles.read", request.unit_id);
    Board answer{date_of(day_number(call.today) - days_of_the_board), {}};
    std::map<int, Counted> bodies;  // by position
    const auto body = [&](UnitId unit_id) -> Counted* {
        const auto position = call.tree->find(unit_id);
        return position && call.tree->is_within(*position, reach) ? &bodies[*position] : nullptr;
    };
    for (const BodyAct& act : acts_of_bodies(call.db, answer.from))
        if (Counted* const of = body(act.unit_id)) count_act(*of, act);
    for (const Removal& removal : removals(call.db, answer.from))
        if (Counted* const of = body(removal.holder_id)) {
            ++of->line.gone;
            of->removed.push_back(day_number(removal.ended_on) - day_number(removal.raised_on));
        }
    for (const Obstacle& obstacle : open_obstacles(call.db))
        if (obstacle.state == State::owed)
            if (Counted* const of = body(obstacle.holder_id)) count_owed(of->line, obstacle, call.today);
    for (auto& [position, of] : bodies) {
        of.line.unit_id = call.tree->at(position).id;
        of.line.unit_name = call.tree->at(position).name;
        of.line.median_days = median_of(std::move(of.waited));
        of.line.median_removal = median_of(std::move(of.removed));
        answer.bodies.push_back(std::move(of.line));
    }
    return answer;
}

spreadsheets::Table table_of_board(const Call& call, const HolderKey& request, const Texts& texts) {
    const auto text = [&](const std::string& key) { return texts.text(call.language, "obstacles." + key); };
    // A median lies on a day or between two.
    const auto days = [](const std::optional<double>& median) {
        return median
                   ? spreadsheets::Cell(spreadsheets::Decimal{static_cast<std::int64_t>(*median * 2) * 5, 1})
                   : spreadsheets::Cell();
    };
    spreadsheets::Table table{
        text("board_file"),
        {text("body"), text("answered"), text("in_time"), text("silent"), text("median_days"), text("gone"),
         text("median_removal"), text("open_week"), text("open_month"), text("open_longer"), text("late")},
        {}};
    for (const BoardLine& line : board(call, request).bodies)
        table.rows.push_back({line.unit_name, line.answered, line.in_time, line.silent,
                              days(line.median_days), line.gone, days(line.median_removal), line.open_week,
                              line.open_month, line.open_longer, line.late});
    return table;
}

}  // namespace gw::obstacles
