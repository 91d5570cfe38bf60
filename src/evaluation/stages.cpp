#include "evaluation/stages.h"

#include <algorithm>
#include <optional>
#include <string>

namespace gw::evaluation {

bool is_capped_late(const Plan& plan, std::int64_t kind) {
    const SubjectPlan* subject = plan.find_unit_subject(kind);
    if (subject == nullptr) return false;
    const std::optional<Cap>& cap = plan.rulebook.subjects[subject->subject].cap;
    return cap && (cap->group == CapGroup::whole || cap->group == CapGroup::ancestor);
}

Stages::Stages(const Plan& plan, const Tree& tree, Problems& problems) {
    const std::size_t size = tree.size();
    const std::vector<Named>& kinds = plan.rulebook.kinds;
    const auto say = [&](std::size_t at, std::string message) {
        problems.push_back({"tree", "kind", static_cast<std::int64_t>(at), std::move(message)});
    };
    std::vector<std::int32_t> rank(size);
    std::vector<std::int32_t> depth(size, 0);
    std::int32_t deepest = 0;
    for (std::size_t at = 0; at < size; ++at) {
        const auto found = std::find_if(kinds.begin(), kinds.end(),
                                        [&](const Named& kind) { return kind.number == tree.kind[at]; });
        if (found == kinds.end()) {
            say(at, "the rulebook has no kind " + std::to_string(tree.kind[at]));
            return;
        }
        rank[at] = static_cast<std::int32_t>(found - kinds.begin());
        if (tree.parent[at] < 0) continue;
        const auto above = static_cast<std::size_t>(tree.parent[at]);
        depth[at] = depth[above] + 1;
        deepest = std::max(deepest, depth[at]);
        if (rank[above] < rank[at]) {
            say(at, "stands below a unit of a lower kind");
            return;
        }
        if (rank[above] == rank[at] && is_capped_late(plan, tree.kind[at])) {
            say(at, "a kind capped beyond its siblings may not stand below itself");
            return;
        }
    }
    // Sorted by counting: a stage is a kind and a depth.
    const auto key = [&](std::size_t at) {
        return static_cast<std::size_t>(rank[at]) * static_cast<std::size_t>(deepest + 1) +
               static_cast<std::size_t>(deepest - depth[at]);
    };
    std::vector<std::size_t> first(kinds.size() * static_cast<std::size_t>(deepest + 1) + 1, 0);
    for (std::size_t at = 0; at < size; ++at) ++first[key(at) + 1];
    for (std::size_t k = 0; k + 1 < first.size(); ++k) {
        if (first[k + 1] > 0) {
            const std::size_t of_kind = k / static_cast<std::size_t>(deepest + 1);
            if (!list_.empty()) list_.back().is_last_of_kind = list_.back().kind != kinds[of_kind].number;
            list_.push_back({first[k], first[k] + first[k + 1], kinds[of_kind].number, true});
        }
        first[k + 1] += first[k];
    }
    order_.resize(size);
    stage_of_.resize(size);
    std::vector<std::size_t> next = first;
    for (std::size_t at = 0; at < size; ++at) order_[next[key(at)]++] = static_cast<std::int32_t>(at);
    for (std::size_t stage = 0; stage < list_.size(); ++stage)
        for (const std::int32_t at : units(list_[stage]))
            stage_of_[static_cast<std::size_t>(at)] = static_cast<std::int32_t>(stage);
}

}  // namespace gw::evaluation
