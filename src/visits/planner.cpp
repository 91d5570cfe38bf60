#include "visits/planner.h"

#include <algorithm>

#include "visits/visits_rules.h"

namespace gw::visits {

namespace {

// What each sign may add to the weakness of a unit; together 1000.
constexpr std::int64_t most_of_scores = 500, most_of_months = 250, most_of_findings = 150,
                       most_of_advice = 100;
constexpr std::int64_t full_score = 100'000;
constexpr std::int64_t most_open = 3;  // from so many on a sign counts in full
constexpr std::int64_t days_of_year = 365;
constexpr std::int64_t least_weakness = 100;  // also the strong are seen now and then
// The random part lies between these per mille.
constexpr std::uint64_t least_chance = 500, most_chance = 1500;

// Well mixed and the same on every machine (splitmix64, public domain).
std::uint64_t mixed(std::uint64_t number) {
    number += 0x9e3779b97f4a7c15ULL;
    number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9ULL;
    number = (number ^ (number >> 27)) * 0x94d049bb133111ebULL;
    return number ^ (number >> 31);
}

std::int64_t chance_milli(UnitId unit_id, std::uint64_t seed) {
    const std::uint64_t roll = mixed(mixed(seed) ^ static_cast<std::uint64_t>(unit_id.number));
    return static_cast<std::int64_t>(least_chance + roll % (most_chance - least_chance + 1));
}

bool may_go(const organisation::Tree& tree, const TeamHomes& team, UnitId unit_id) {
    return std::none_of(team.own_unit_ids.begin(), team.own_unit_ids.end(),
                        [&](UnitId own) { return is_of_unit(tree, own, unit_id); });
}

}  // namespace

Weakness weakness_of(const WeaknessSigns& signs) {
    const std::int64_t score =
        std::clamp<std::int64_t>(signs.average_milli.value_or(full_score / 2), 0, full_score);
    const std::int64_t months = std::max<std::int64_t>(1, signs.months);
    const std::int64_t missed = std::clamp<std::int64_t>(months - signs.months_met, 0, months);
    return {most_of_scores * (full_score - score) / full_score, most_of_months * missed / months,
            most_of_findings * std::min(signs.open_findings, most_open) / most_open,
            most_of_advice * std::min(signs.open_advice, most_open) / most_open};
}

Choice choose_units(std::span<const Candidate> candidates, const PlanRule& rule) {
    const auto is_due_after = [&](Date waits_since) {
        Date latest = waits_since + std::chrono::years(rule.every_years);
        if (!latest.ok()) latest = latest.year() / latest.month() / std::chrono::last;
        return latest <= rule.until_on;
    };
    const std::int64_t end = day_number(rule.until_on);
    std::vector<Chosen> all;
    std::vector<std::int64_t> overdue;  // days waited, of those that are due
    for (const Candidate& each : candidates) {
        const std::int64_t days = std::max<std::int64_t>(0, end - day_number(each.waits_since));
        const bool is_due = is_due_after(each.waits_since);
        const std::int64_t chance = chance_milli(each.unit_id, rule.seed);
        all.push_back({each.unit_id, each.position, chance,
                       std::max(least_weakness, each.weakness_milli) * days / days_of_year * chance / 1000,
                       is_due});
        overdue.push_back(is_due ? days : 0);
    }
    std::vector<std::size_t> order(all.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::size_t one, std::size_t other) {
        if (overdue[one] != overdue[other]) return overdue[one] > overdue[other];
        if (all[one].urgency != all[other].urgency) return all[one].urgency > all[other].urgency;
        return all[one].unit_id < all[other].unit_id;
    });
    Choice choice;
    for (const std::size_t i : order)
        if (choice.chosen.size() < rule.count) choice.chosen.push_back(all[i]);
        else if (all[i].is_due) choice.due_left_out.push_back(all[i]);
    return choice;
}

std::int64_t steps_between(const organisation::Tree& tree, int one, int other) {
    std::int64_t steps = 0;
    while (one != other) {
        // The one that stands later in the tree cannot be above the other.
        int& later = one > other ? one : other;
        later = tree.at(later).parent;
        ++steps;
    }
    return steps;
}

Shares share_out(const organisation::Tree& tree, std::span<const Chosen> chosen,
                 std::span<const TeamHomes> teams) {
    Shares shares;
    shares.units.resize(teams.size());
    shares.steps.resize(teams.size());
    std::vector<Chosen> by_place(chosen.begin(), chosen.end());
    std::sort(by_place.begin(), by_place.end(),
              [](const Chosen& one, const Chosen& other) { return one.position < other.position; });
    std::vector<std::vector<Chosen>> parts(teams.size());
    std::vector<Chosen> waiting;
    const auto room = [&](std::size_t team) {
        return by_place.size() / teams.size() + (team < by_place.size() % teams.size() ? 1 : 0);
    };
    // Neighbours stay together: one team after the other takes what comes next in the tree.
    std::size_t team = 0;
    for (const Chosen& each : by_place) {
        while (team < teams.size() && parts[team].size() >= room(team)) ++team;
        if (team < teams.size() && may_go(tree, teams[team], each.unit_id)) parts[team].push_back(each);
        else waiting.push_back(each);
    }
    // What a team may not visit goes to one that has room, else it changes places with a unit of another.
    for (const Chosen& each : waiting) {
        bool is_placed = false;
        for (std::size_t to = 0; to < teams.size() && !is_placed; ++to) {
            if (parts[to].size() >= room(to) || !may_go(tree, teams[to], each.unit_id)) continue;
            parts[to].push_back(each);
            is_placed = true;
        }
        for (std::size_t to = 0; to < teams.size() && !is_placed; ++to) {
            if (!may_go(tree, teams[to], each.unit_id)) continue;
            for (std::size_t free = 0; free < teams.size() && !is_placed; ++free) {
                if (parts[free].size() >= room(free)) continue;
                const auto moving = std::find_if(
                    parts[to].begin(), parts[to].end(),
                    [&](const Chosen& other) { return may_go(tree, teams[free], other.unit_id); });
                if (moving == parts[to].end()) continue;
                parts[free].push_back(*moving);
                *moving = each;
                is_placed = true;
            }
        }
        // Rather an uneven load than a unit left out.
        std::optional<std::size_t> least;
        for (std::size_t to = 0; to < teams.size() && !is_placed; ++to)
            if (may_go(tree, teams[to], each.unit_id) && (!least || parts[to].size() < parts[*least].size()))
                least = to;
        if (least) parts[*least].push_back(each);
        else if (!is_placed) shares.nobodys.push_back(each.unit_id);
    }
    for (std::size_t i = 0; i < teams.size(); ++i) {
        std::sort(parts[i].begin(), parts[i].end(),
                  [](const Chosen& one, const Chosen& other) { return one.position < other.position; });
        for (std::size_t k = 0; k < parts[i].size(); ++k) {
            shares.units[i].push_back(parts[i][k].unit_id);
            if (k > 0) shares.steps[i] += steps_between(tree, parts[i][k - 1].position, parts[i][k].position);
        }
    }
    return shares;
}

}  // namespace gw::visits
