#include "visits/planner.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

namespace gw::visits {
namespace {

Date first_of(int year) { return Date{std::chrono::year{year}, std::chrono::month{1}, std::chrono::day{1}}; }
Date last_of(int year) { return Date{std::chrono::year{year}, std::chrono::month{12}, std::chrono::day{31}}; }

// A province of communes with ten cells each.
struct Wide {
    explicit Wide(int cells) {
        std::vector<organisation::TreeUnit> units;
        const auto add = [&](int parent, int kind) {
            organisation::TreeUnit& unit = units.emplace_back();
            unit.id = UnitId{static_cast<std::int64_t>(units.size())};
            unit.parent = parent;
            unit.kind = kind;
            unit.code = std::to_string(units.size());
            unit.name = "unit " + unit.code;
            return static_cast<int>(units.size()) - 1;
        };
        const int root = add(-1, 0);
        int commune = root;
        for (int i = 0; i < cells; ++i) {
            if (i % 10 == 0) commune = add(root, 1);
            add(commune, 2);
        }
        tree.emplace(first_of(2024),
                     std::vector<organisation::TreeKind>{{"province", "", "", "", 0, true, false},
                                                         {"commune", "", "", "", 1, true, false},
                                                         {"cell", "", "", "", 2, true, true}},
                     std::move(units));
        for (int position = 0; position < tree->size(); ++position)
            if (tree->kind_of(position).has_members)
                candidates.push_back(
                    {tree->at(position).id, position, 100 + (position * 37) % 900, first_of(2010)});
    }
    std::optional<organisation::Tree> tree;
    std::vector<Candidate> candidates;
};

PlanRule rule_of(int year, std::size_t count, std::uint64_t seed = 7) {
    return {first_of(year), last_of(year), count, 3, seed};
}

std::vector<UnitId> ids_of(const Choice& choice) {
    std::vector<UnitId> ids;
    for (const Chosen& each : choice.chosen) ids.push_back(each.unit_id);
    return ids;
}

}  // namespace

TEST_CASE("the same seed gives the same plan, another seed another one") {
    const Wide wide(200);
    CHECK(ids_of(choose_units(wide.candidates, rule_of(2024, 40))) ==
          ids_of(choose_units(wide.candidates, rule_of(2024, 40))));
    CHECK(ids_of(choose_units(wide.candidates, rule_of(2024, 40))) !=
          ids_of(choose_units(wide.candidates, rule_of(2024, 40, 8))));
    // Nor does it depend on the order in which the units are told.
    std::vector<Candidate> turned(wide.candidates.rbegin(), wide.candidates.rend());
    CHECK(ids_of(choose_units(turned, rule_of(2024, 40))) ==
          ids_of(choose_units(wide.candidates, rule_of(2024, 40))));
}

TEST_CASE("every unit is visited at least once in the years set, whatever the seed") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Wide wide(500);
        std::map<UnitId, int> last;
        for (int year = 2024; year < 2036; ++year) {
            const Choice choice =
                choose_units(wide.candidates, rule_of(year, 180, seed + static_cast<std::uint64_t>(year)));
            CHECK(choice.chosen.size() == 180);
            for (const Chosen& each : choice.chosen) last[each.unit_id] = year;
            for (Candidate& each : wide.candidates)
                if (last[each.unit_id] == year) each.waits_since = first_of(year);
            if (year < 2026) continue;
            CHECK(choice.due_left_out.empty());
            for (const Candidate& each : wide.candidates) CHECK(last[each.unit_id] > year - 3);
        }
    }
}

TEST_CASE("the weak come more often than the strong, and the strong come too") {
    Wide wide(400);
    for (std::size_t i = 0; i < wide.candidates.size(); ++i) {
        wide.candidates[i].weakness_milli = i % 2 == 0 ? 900 : 200;
        wide.candidates[i].waits_since = first_of(2023);
    }
    std::size_t weak = 0, strong = 0;
    for (std::uint64_t seed = 1; seed <= 50; ++seed)
        for (const Chosen& each :
             choose_units(wide.candidates, {first_of(2024), last_of(2024), 220, 3, seed}).chosen) {
            const auto found =
                std::find_if(wide.candidates.begin(), wide.candidates.end(),
                             [&](const Candidate& one) { return one.unit_id == each.unit_id; });
            (found->weakness_milli == 900 ? weak : strong) += 1;
        }
    CHECK(weak > strong * 5);
    CHECK(strong > 0);
}

TEST_CASE("more that are due than fit are told, the longest first") {
    Wide wide(20);
    for (std::size_t i = 0; i < wide.candidates.size(); ++i)
        wide.candidates[i].waits_since = first_of(i < 4 ? 2015 : 2019);
    const Choice choice = choose_units(wide.candidates, rule_of(2024, 5));
    CHECK(choice.due_left_out.size() == 15);
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(choice.chosen[i].is_due);
        CHECK(std::any_of(wide.candidates.begin(), wide.candidates.begin() + 4,
                          [&](const Candidate& each) { return each.unit_id == choice.chosen[i].unit_id; }));
    }
    CHECK(choose_units({}, rule_of(2024, 5)).chosen.empty());
}

TEST_CASE("a unit established lately is not due yet") {
    Wide wide(20);
    for (Candidate& each : wide.candidates) each.waits_since = first_of(2023);
    wide.candidates[3].waits_since = first_of(2021);
    const Choice choice = choose_units(wide.candidates, rule_of(2024, 20));
    CHECK(choice.chosen.front().unit_id == wide.candidates[3].unit_id);
    CHECK(std::count_if(choice.chosen.begin(), choice.chosen.end(),
                        [](const Chosen& each) { return each.is_due; }) == 1);
}

TEST_CASE("weakness grows with each sign and stays within its bounds") {
    const auto weakness = [](const WeaknessSigns& signs) { return weakness_of(signs).milli(); };
    const WeaknessSigns best{100'000, 12, 12, 0, 0}, worst{0, 12, 0, 9, 9};
    CHECK(weakness(best) == 0);
    CHECK(weakness(worst) == 1000);
    CHECK(weakness({80'000, 12, 12, 0, 0}) < weakness({60'000, 12, 12, 0, 0}));
    CHECK(weakness({80'000, 12, 12, 0, 0}) < weakness({80'000, 12, 9, 0, 0}));
    CHECK(weakness({80'000, 12, 12, 0, 0}) < weakness({80'000, 12, 12, 1, 0}));
    CHECK(weakness({80'000, 12, 12, 0, 0}) < weakness({80'000, 12, 12, 0, 1}));
    CHECK(weakness({{}, 12, 12, 0, 0}) == 250);
}

TEST_CASE("teams carry the same load, keep neighbours together, and nobody goes home") {
    const Wide wide(500);
    const Choice choice = choose_units(wide.candidates, rule_of(2024, 203));
    // The people of the first four teams come from cells that were chosen, and from a commune.
    std::vector<TeamHomes> teams(8);
    for (std::size_t i = 0; i < 4; ++i)
        teams[i].own_unit_ids = {choice.chosen[i].unit_id, choice.chosen[i + 9].unit_id};
    teams[4].own_unit_ids = {wide.tree->at(1).id};
    const Shares shares = share_out(*wide.tree, choice.chosen, teams);
    CHECK(shares.nobodys.empty());
    std::set<UnitId> given;
    std::size_t least = 1000, most = 0;
    for (std::size_t i = 0; i < teams.size(); ++i) {
        least = std::min(least, shares.units[i].size());
        most = std::max(most, shares.units[i].size());
        for (const UnitId unit_id : shares.units[i]) {
            CHECK(given.insert(unit_id).second);
            for (const UnitId own : teams[i].own_unit_ids) CHECK(own != unit_id);
        }
    }
    CHECK(given.size() == 203);
    CHECK(most - least <= 1);
    // Sharing out in turn, as one deals cards, would lead from commune to commune each time: four steps and
    // more.
    for (const std::int64_t steps : shares.steps) CHECK(steps < static_cast<std::int64_t>(most) * 3);

    // When all teams but one come from a unit, that one goes; when all do, nobody.
    const UnitId wanted = choice.chosen[0].unit_id;
    for (TeamHomes& team : teams) team.own_unit_ids = {wanted};
    CHECK(share_out(*wide.tree, choice.chosen, teams).nobodys == std::vector<UnitId>{wanted});
    teams[5].own_unit_ids.clear();
    const Shares spared = share_out(*wide.tree, choice.chosen, teams);
    CHECK(spared.nobodys.empty());
    CHECK(std::count(spared.units[5].begin(), spared.units[5].end(), wanted) == 1);
}

TEST_CASE("steps are counted up and down the tree") {
    const Wide wide(30);
    CHECK(steps_between(*wide.tree, 2, 2) == 0);
    CHECK(steps_between(*wide.tree, 2, 3) == 2);
    CHECK(steps_between(*wide.tree, 1, 2) == 1);
    CHECK(steps_between(*wide.tree, 2, wide.tree->size() - 1) == 4);
}

}  // namespace gw::visits
