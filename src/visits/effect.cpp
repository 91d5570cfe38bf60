#include "visits/effect.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <set>
#include <tuple>

namespace gw::visits {

namespace {

// So that a nation with many units alike takes no longer than it must.
constexpr std::size_t most_looks = 2000;

bool is_like(const Compared& one, const Compared& other, const Likeness& likeness) {
    if (one.kind != other.kind || std::abs(one.before - other.before) > likeness.farthest_before)
        return false;
    const auto [smaller, larger] = std::minmax(one.size, other.size);
    return static_cast<double>(larger) <=
           static_cast<double>(std::max<std::int64_t>(1, smaller)) * (1 + likeness.farthest_size);
}

}  // namespace

std::vector<double> differences(std::span<const Compared> visited, std::span<const Compared> others,
                                const Likeness& likeness) {
    // Those not taken yet, by kind and figure, so that the nearest stand beside the place of the visited one.
    const auto stands_before = [](const Compared* one, const Compared* other) {
        return std::tie(one->kind, one->before, one->unit_id) <
               std::tie(other->kind, other->before, other->unit_id);
    };
    std::set<const Compared*, decltype(stands_before)> free(stands_before);
    for (const Compared& other : others) free.insert(&other);
    std::vector<double> found;
    for (const Compared& unit : visited) {
        auto above = free.lower_bound(&unit);
        auto below = above;
        std::vector<decltype(above)> similar;
        const auto reaches = [&](const Compared* other) {
            return other->kind == unit.kind &&
                   std::abs(other->before - unit.before) <= likeness.farthest_before;
        };
        for (std::size_t looks = 0; looks < most_looks && similar.size() < similar_for_each; ++looks) {
            const bool has_above = above != free.end() && reaches(*above);
            const bool has_below = below != free.begin() && reaches(*std::prev(below));
            if (!has_above && !has_below) break;
            const bool goes_up = has_above && (!has_below || (*above)->before - unit.before <=
                                                                 unit.before - (*std::prev(below))->before);
            const auto nearest = goes_up ? above++ : --below;
            if (is_like(unit, **nearest, likeness)) similar.push_back(nearest);
        }
        if (similar.empty()) continue;
        double change = 0;
        for (const auto& each : similar) change += (*each)->after - (*each)->before;
        found.push_back(unit.after - unit.before - change / static_cast<double>(similar.size()));
        for (const auto& each : similar) free.erase(each);
    }
    return found;
}

Effect effect_of(std::span<const double> differences) {
    Effect effect;
    effect.pairs = static_cast<std::int64_t>(differences.size());
    if (differences.size() < fewest_pairs) return effect;
    const auto count = static_cast<double>(differences.size());
    for (const double each : differences) effect.mean += each / count;
    double squares = 0;
    for (const double each : differences) squares += (each - effect.mean) * (each - effect.mean);
    const double error = std::sqrt(squares / (count - 1) / count);
    const boost::math::students_t_distribution<double> spread(count - 1);
    const double reach = boost::math::quantile(spread, (1 + confidence) / 2) * error;
    effect.is_known = true;
    effect.lowest = effect.mean - reach;
    effect.highest = effect.mean + reach;
    return effect;
}

}  // namespace gw::visits
