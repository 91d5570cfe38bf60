// The planner: which units to visit next, and which team goes where. Pure rules; plans.h brings the figures.
//
// A unit's urgency is weakness x time since the last visit x a random part, so that the weak come often,
// nobody is forgotten and nobody can be sure. What has not been visited for N years by the end of the plan is
// *due* and goes first, the longest first; a unit that nobody visited yet waits since it was established. The
// random part comes from a seed: the same seed and figures give the same plan, on every machine. Nobody is
// put on a team for their own unit; no two teams differ by more than one unit unless that would send somebody
// home; neighbours in the tree go to one team.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "organisation/tree.h"
#include "platform/ids.h"

namespace gw::visits {

// A unit that may be visited.
struct Candidate {
    UnitId unit_id;
    int position = 0;                 // in the tree
    std::int64_t weakness_milli = 0;  // 0 to 1000
    Date waits_since{};               // its last visit, or the day it was established
};

struct PlanRule {
    Date from_on{};
    Date until_on{};
    std::size_t count = 0;  // units to visit
    int every_years = 3;    // each unit at least once in these
    std::uint64_t seed = 1;
};

struct Chosen {
    UnitId unit_id;
    int position = 0;
    std::int64_t chance_milli = 1000;  // the random part
    std::int64_t urgency = 0;
    bool is_due = false;
};

struct Choice {
    std::vector<Chosen> chosen;        // the most urgent first, those that are due before all others
    std::vector<Chosen> due_left_out;  // due, but more than the plan has room for; the most urgent first
};

// What makes a unit weak, from 0 to 1000: low scores of its meetings, months without a regular meeting,
// findings and advice that stay open. What is not known counts as the middle.
struct WeaknessSigns {
    std::optional<std::int64_t> average_milli;  // of its meetings, up to 100'000
    std::int64_t months = 12;                   // of the stretch looked at
    std::int64_t months_met = 0;
    std::int64_t open_findings = 0;
    std::int64_t open_advice = 0;
};
struct Weakness {
    std::int64_t of_scores = 0, of_months = 0, of_findings = 0, of_advice = 0;

    std::int64_t milli() const { return of_scores + of_months + of_findings + of_advice; }
};
Weakness weakness_of(const WeaknessSigns& signs);

Choice choose_units(std::span<const Candidate> candidates, const PlanRule& rule);

// Where the people of a team come from, and where they are members.
struct TeamHomes {
    std::vector<UnitId> own_unit_ids;
};

struct Shares {
    std::vector<std::vector<UnitId>> units;  // by team, in the order of the tree
    std::vector<std::int64_t> steps;         // by team, up and down the tree from unit to unit
    std::vector<UnitId> nobodys;             // no team may go there
};
Shares share_out(const organisation::Tree& tree, std::span<const Chosen> chosen,
                 std::span<const TeamHomes> teams);

// Steps up and down the tree between two units.
std::int64_t steps_between(const organisation::Tree& tree, int one, int other);

}  // namespace gw::visits
