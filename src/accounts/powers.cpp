#include "accounts/powers.h"

#include <algorithm>

namespace gw::accounts {

Powers::Powers(const std::vector<PermissionRow>& rows, const std::vector<FurtherGrant>& further, Date today,
               std::shared_ptr<const organisation::Tree> tree)
    : tree_(std::move(tree)) {
    for (const PermissionRow& row : rows) {
        if (!holds_on(row.from_on, row.until_on, today)) continue;
        if (const auto position = tree_->find(row.unit_id))
            reaches_[row.permission].push_back(tree_->reach(*position));
    }
    for (const FurtherGrant& each : further) {
        if (!holds_on(each.from_on, each.until_on, today)) continue;
        if (const auto position = tree_->find(each.unit_id))
            reaches_[each.permission].push_back({*position, *position + 1});
    }
    for (auto& [permission, reaches] : reaches_) {
        // Two subtrees are apart or one holds the other, so the wider of two that begin alike comes first.
        std::sort(reaches.begin(), reaches.end(),
                  [](Reach a, Reach b) { return a.first != b.first ? a.first < b.first : a.end > b.end; });
        std::vector<Reach> apart;
        for (const Reach reach : reaches)
            if (apart.empty() || reach.first >= apart.back().end) apart.push_back(reach);
        reaches = std::move(apart);
    }
}

bool Powers::may(std::string_view permission, UnitId unit_id) const {
    const auto found = reaches_.find(permission);
    if (found == reaches_.end()) return false;
    const auto position = tree_->find(unit_id);
    if (!position) return false;
    const auto& reaches = found->second;
    auto after = std::upper_bound(reaches.begin(), reaches.end(), *position,
                                  [](int wanted, Reach reach) { return wanted < reach.first; });
    return after != reaches.begin() && *position < (--after)->end;
}

std::vector<Reach> Powers::reach(std::string_view permission) const {
    const auto found = reaches_.find(permission);
    return found == reaches_.end() ? std::vector<Reach>{} : found->second;
}

std::vector<Powers::Head> Powers::heads() const {
    std::vector<Head> heads;
    for (const auto& [permission, reaches] : reaches_)
        for (const Reach reach : reaches)
            heads.push_back({permission, tree_->at(reach.first).id, reach.end < tree_->at(reach.first).end});
    return heads;
}

Actor actor_of(const AccountRow& account, std::shared_ptr<const Powers> powers) {
    Actor actor;
    actor.account_id = account.id;
    actor.member_id = account.member_id.value_or(MemberId{});
    actor.home_unit_id = account.home_unit_id;
    actor.name = account.full_name;
    actor.language = account.language;
    actor.may = [powers](std::string_view permission, UnitId unit_id) {
        return powers->may(permission, unit_id);
    };
    actor.reach = [powers](std::string_view permission) { return powers->reach(permission); };
    return actor;
}

}  // namespace gw::accounts
