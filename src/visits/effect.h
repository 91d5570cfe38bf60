// Did it help? Visited units against similar ones that were not visited. Pure rules; plans.h brings the
// figures.
//
// For each visited unit: the change of a figure from before the visit to after it, less the mean change of
// the most similar units over the same months: of the same kind, like in size, nearest in the figure before.
// A similar unit is compared with one visited unit only, so that the differences do not hang together. The
// effect is their mean, with the interval that Student's t gives for a mean of few values; a share
// `confidence` of such intervals holds the true effect. Under `fewest_pairs` differences nothing is said.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "platform/actor.h"

namespace gw::visits {

inline constexpr double confidence = 0.95;
inline constexpr std::size_t fewest_pairs = 8;
inline constexpr std::size_t similar_for_each = 3;

// A unit as it stood before and after one moment.
struct Compared {
    UnitId unit_id;
    int kind = 0;           // only like with like: the same kind, the same months
    std::int64_t size = 0;  // members
    double before = 0;
    double after = 0;
};

// Units that were not visited are like a visited one up to these.
struct Likeness {
    double farthest_before = 10;  // points
    double farthest_size = 0.5;   // the larger is at most so much larger, as a share of the smaller
};

// The difference for each visited unit that has similar ones; others say nothing.
std::vector<double> differences(std::span<const Compared> visited, std::span<const Compared> others,
                                const Likeness& likeness = {});

struct Effect {
    bool is_known = false;  // enough pairs to tell
    std::int64_t pairs = 0;
    double mean = 0;
    double lowest = 0, highest = 0;  // the interval
};
Effect effect_of(std::span<const double> differences);

}  // namespace gw::visits
