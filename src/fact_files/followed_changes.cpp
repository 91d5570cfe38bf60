#include "fact_files/followed_changes.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <random>
#include <vector>

#include "evaluation/evaluate.h"

namespace gw::fact_files {
namespace {

using evaluation::Domain;
using evaluation::Fact;

// Counts of a year are small: a change moves a fact to one of the first values of its range.
constexpr std::uint64_t usual_values = 13;

std::vector<const Fact*> facts_of(const evaluation::Rulebook& rulebook, Domain domain) {
    std::vector<const Fact*> facts;
    for (const Fact& fact : rulebook.facts)
        if (fact.domain == domain) facts.push_back(&fact);
    return facts;
}

}  // namespace

FollowedChanges follow_changes(std::shared_ptr<const evaluation::Plan> plan, Year year, std::size_t changes,
                               unsigned threads) {
    const std::vector<const Fact*> of_members = facts_of(rulebook_of(*plan), Domain::member);
    const std::vector<const Fact*> of_units = facts_of(rulebook_of(*plan), Domain::unit);
    evaluation::Standing standing(plan, std::move(year), threads);
    const std::size_t members = standing.population().members.rows();
    const std::size_t units = standing.population().tree.size();
    FollowedChanges followed;
    std::vector<double> times;
    std::mt19937_64 random(1);
    while (standing.problems().empty() && times.size() < changes) {
        // Most records of a year are about members.
        const bool is_member = members > 0 && !of_members.empty() && (units == 0 || random() % 5 > 0);
        const std::vector<const Fact*>& facts = is_member ? of_members : of_units;
        if (facts.empty() || units == 0) break;
        const Fact& fact = *facts[random() % facts.size()];
        const auto values = std::max<std::uint64_t>(
            1, static_cast<std::uint64_t>(fact.highest) - static_cast<std::uint64_t>(fact.lowest));
        const std::size_t row = random() % (is_member ? members : units);
        const auto step = static_cast<std::int64_t>(random() % std::min(usual_values, values));
        const auto begin = std::chrono::steady_clock::now();
        if (is_member) standing.set_member_fact(row, fact.key, fact.lowest + step);
        else standing.set_unit_fact(row, fact.key, fact.lowest + step);
        times.push_back(
            std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count());
    }
    followed.changes = times.size();
    if (times.empty()) return followed;
    std::sort(times.begin(), times.end());
    followed.p50_us = times[times.size() / 2];
    followed.p99_us = times[times.size() * 99 / 100];
    followed.most_us = times.back();
    followed.is_equal = standing.result() == evaluate(*plan, standing.population().input(), threads);
    return followed;
}

std::string to_line(const FollowedChanges& followed) {
    char line[200];
    std::snprintf(line, sizeof line,
                  R"({"changes":%zu,"p50_us":%.1f,"p99_us":%.1f,"max_us":%.1f,"equal":%s})", followed.changes,
                  followed.p50_us, followed.p99_us, followed.most_us, followed.is_equal ? "true" : "false");
    return line;
}

}  // namespace gw::fact_files
