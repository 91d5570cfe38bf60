#include "obstacles/obstacles_rules.h"

#include <algorithm>

#include "platform/checks.h"

namespace gw::obstacles {

namespace {

constexpr std::size_t fewest_for_a_median = 5;

Date after(Date day, std::int64_t days) { return date_of(day_number(day) + days); }

void give_to(Obstacle& obstacle, UnitId holder_id, Date today, const Days& days) {
    obstacle.state = State::owed;
    obstacle.holder_id = holder_id;
    obstacle.owed_since = today;
    obstacle.due_on = after(today, days.answer);
    obstacle.done_by = std::nullopt;
}

void end(Obstacle& obstacle, State state, Date today) {
    obstacle.state = state;
    obstacle.ended_on = today;
}

}  // namespace

Above above_of(const organisation::Tree& tree, UnitId unit_id) {
    Above above;
    if (const auto position = tree.find(unit_id))
        for (int each = tree.at(*position).parent; each >= 0; each = tree.at(each).parent)
            above.push_back(tree.at(each).id);
    return above;
}

std::string text_of(const Above& above) {
    std::string text;
    for (const UnitId unit_id : above) text += (text.empty() ? "" : ",") + to_text(unit_id);
    return text;
}

Above read_above(std::string_view text) {
    Above above;
    while (!text.empty()) {
        const auto comma = text.find(',');
        UnitId unit_id;
        if (from_text(text.substr(0, comma), unit_id)) above.push_back(unit_id);
        text = comma == text.npos ? std::string_view() : text.substr(comma + 1);
    }
    return above;
}

std::optional<UnitId> next_holder(const Above& above, UnitId holder_id) {
    const auto at = std::find(above.begin(), above.end(), holder_id);
    if (at == above.end() || at + 1 == above.end()) return std::nullopt;
    return *(at + 1);
}

bool is_open(State state) { return state == State::owed || state == State::answered; }

std::optional<UnitId> owed_by(const Obstacle& obstacle) {
    if (!is_open(obstacle.state)) return std::nullopt;
    return obstacle.state == State::owed ? obstacle.holder_id : obstacle.unit_id;
}

std::optional<std::string_view> refusal_of(const Obstacle& obstacle, Act act, const Above& above) {
    if (!is_open(obstacle.state)) return "obstacles.has_ended";
    switch (act) {
        case Act::solve:
        case Act::answer:
        case Act::pass_up:
            if (obstacle.state != State::owed) return "obstacles.not_owed";
            if (act == Act::pass_up && !next_holder(above, obstacle.holder_id)) return "obstacles.at_the_top";
            break;
        case Act::confirm:
        case Act::accept:
        case Act::reopen:
            if (obstacle.state != State::answered) return "obstacles.not_answered";
            if (act == Act::reopen && obstacle.is_reopened && !next_holder(above, obstacle.holder_id))
                return "obstacles.answered_twice_at_the_top";
            break;
        default: break;
    }
    return std::nullopt;
}

void take(Obstacle& obstacle, Act act, const Above& above, Date today, const Days& days,
          std::optional<Date> done_by) {
    const auto pass_up = [&] {
        obstacle.is_reopened = false;
        give_to(obstacle, next_holder(above, obstacle.holder_id).value(), today, days);
    };
    switch (act) {
        case Act::raise: give_to(obstacle, above.front(), today, days); break;
        case Act::solve:
        case Act::answer:
            obstacle.state = State::answered;
            obstacle.done_by = done_by;
            obstacle.owed_since = today;
            obstacle.due_on = after(std::max(today, done_by.value_or(today)), days.confirm);
            break;
        case Act::pass_up:
        case Act::silence: pass_up(); break;
        case Act::confirm: end(obstacle, State::gone, today); break;
        case Act::accept: end(obstacle, State::accepted, today); break;
        case Act::no_word: end(obstacle, State::lapsed, today); break;
        case Act::withdraw: end(obstacle, State::withdrawn, today); break;
        case Act::reopen:
            if (obstacle.is_reopened) {
                pass_up();
            } else {
                obstacle.is_reopened = true;
                give_to(obstacle, obstacle.holder_id, today, days);
            }
            break;
        case Act::hand_over: break;  // what follow_tree does
    }
}

std::optional<Lapse> lapse_of(const Obstacle& obstacle, const Above& above, Date today) {
    if (!is_open(obstacle.state) || obstacle.due_on >= today) return std::nullopt;
    const Date day = after(obstacle.due_on, 1);
    if (obstacle.state == State::answered) return Lapse{Act::no_word, day};
    if (!next_holder(above, obstacle.holder_id)) return std::nullopt;
    return Lapse{Act::silence, day};
}

bool follow_tree(Obstacle& obstacle, const organisation::Tree& tree, Date today, const Days& days) {
    if (!is_open(obstacle.state)) return false;
    bool is_changed = false;
    if (!tree.find(obstacle.unit_id)) {
        const Above above = read_above(obstacle.above);
        const auto heir = std::find_if(above.begin(), above.end(),
                                       [&](UnitId unit_id) { return tree.find(unit_id).has_value(); });
        obstacle.unit_id = heir == above.end() ? tree.at(0).id : *heir;
        if (obstacle.state == State::answered)
            obstacle.due_on = std::max(obstacle.due_on, after(today, days.confirm));
        is_changed = true;
    }
    const Above above = above_of(tree, obstacle.unit_id);
    if (above.empty() ? obstacle.holder_id != obstacle.unit_id
                      : std::find(above.begin(), above.end(), obstacle.holder_id) == above.end()) {
        // The top speaks for what the units directly below it left behind, and answers for itself.
        const UnitId holder_id = above.empty() ? obstacle.unit_id : above.front();
        if (obstacle.state == State::owed) give_to(obstacle, holder_id, today, days);
        else obstacle.holder_id = holder_id;
        obstacle.is_reopened = false;
        is_changed = true;
    }
    if (obstacle.above != text_of(above)) {
        obstacle.above = text_of(above);
        is_changed = true;
    }
    return is_changed;
}

Problems problems_in(const RaiseObstacle& request, Date today) {
    Problems problems;
    check_text(problems, "text", request.text, longest_paragraph);
    check_text(problems, "asked", request.asked, longest_paragraph);
    check_length(problems, "tried", request.tried, longest_paragraph);
    if (request.since_on) check_past_day(problems, "since_on", *request.since_on, today);
    return problems;
}

Problems problems_in(Way way, std::string_view text, const std::optional<Date>& done_by, Date today) {
    Problems problems;
    check_text(problems, "text", text, longest_paragraph);
    if (way != Way::solve) return problems;
    if (!done_by) problems.push_back({"done_by", "platform.required"});
    else if (*done_by < today || *done_by > after(today, most_days_to_solve))
        problems.push_back({"done_by", "obstacles.day_of_solution"});
    return problems;
}

bool is_same(const Obstacle& there, const RaiseObstacle& request) {
    return there.raised_by_unit_id == request.unit_id && there.text == request.text &&
           there.asked == request.asked && there.tried == request.tried;
}

Act act_of(Way way) {
    return way == Way::solve ? Act::solve : way == Way::answer ? Act::answer : Act::pass_up;
}

std::optional<double> median_of(std::vector<std::int64_t> values) {
    if (values.size() < fewest_for_a_median) return std::nullopt;
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    if (values.size() % 2 == 1) return static_cast<double>(values[half]);
    return static_cast<double>(values[half - 1] + values[half]) / 2;
}

}  // namespace gw::obstacles
