#include <algorithm>

#include "organisation/organisation.h"

namespace gw::organisation {

std::int64_t Selection::count() const {
    std::int64_t units = 0;
    for (const Reach& range : ranges) units += range.end - range.first;
    return units;
}

bool Selection::holds(const Tree& tree, UnitId unit_id) const {
    const auto position = tree.find(unit_id);
    return position && std::any_of(ranges.begin(), ranges.end(),
                                   [&](Reach range) { return tree.is_within(*position, range); });
}

std::optional<std::string> Selection::id_list(const Tree& tree, std::int64_t most) const {
    if (count() > most) return std::nullopt;
    std::string list;
    for (const Reach& range : ranges)
        for (int position = range.first; position < range.end; ++position)
            list += (list.empty() ? "" : ",") + std::to_string(tree.at(position).id.number);
    return list;
}

Selection select_units(const Call& call, std::string_view permission, const std::optional<UnitId>& unit_id,
                       const std::optional<UnitId>& within) {
    const Tree& tree = *call.tree;
    Reach wanted{0, tree.size()};
    if (within) wanted = tree.reach(tree.get(*within, "within"));
    if (unit_id) {
        const int position = tree.get(*unit_id);
        wanted = within && !tree.is_within(position, wanted) ? Reach{0, 0} : Reach{position, position + 1};
    }
    Selection selection;
    for (const Reach& held : call.actor.reach(permission)) {
        const Reach both{std::max(held.first, wanted.first), std::min(held.end, wanted.end)};
        if (both.first < both.end) selection.ranges.push_back(both);
    }
    if (selection.ranges.empty())
        throw Refusal(Reason::forbidden,
                      Problem{"", "platform.forbidden", {{"permission", std::string(permission)}}});
    return selection;
}

}  // namespace gw::organisation
