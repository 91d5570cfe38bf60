// The order in which units are judged: by kind as the rulebook lists them, from the bottom; within a kind the
// deeper units first. Units of one stage do not depend on each other.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "evaluation/mistake.h"
#include "evaluation/plan.h"
#include "evaluation/tree.h"

namespace gw::evaluation {

struct Stage {
    std::size_t from = 0;  // places in Stages::order()
    std::size_t to = 0;
    std::int64_t kind = 0;
    bool is_last_of_kind = false;
};

class Stages {
public:
    // Adds a problem when a kind is unknown to the rulebook, or stands where it cannot be judged; then there
    // are no stages.
    Stages(const Plan& plan, const Tree& tree, Problems& problems);

    std::span<const Stage> list() const { return list_; }
    std::span<const std::int32_t> units(const Stage& stage) const {
        return std::span(order_).subspan(stage.from, stage.to - stage.from);
    }
    // The stage of a unit, by its place in list().
    std::size_t stage_of(std::int32_t position) const {
        return static_cast<std::size_t>(stage_of_[static_cast<std::size_t>(position)]);
    }

private:
    bool find_keys(const Plan& plan, const Tree& tree, Problems& problems);

    std::vector<Stage> list_;
    std::vector<std::int32_t> order_;
    std::vector<std::int32_t> stage_of_;
};

// The subject that judges units of a kind has a cap over more than siblings, which is settled when the whole
// kind is scored.
bool is_capped_late(const Plan& plan, std::int64_t kind);

}  // namespace gw::evaluation
