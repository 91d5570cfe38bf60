#include "accounts/powers.h"

#include <algorithm>

namespace gw::accounts {

Powers::Powers(const std::vector<PermissionRow>& rows, const std::vector<FurtherGrant>& further, Date today,
               std::shared_ptr<const organisation::Tree> tree)
    : tree_(std::move(tree)) {
    const auto hold = [&](const std::string& permission, Reach reach, Ground ground) {
        auto known = std::find_if(grounds_.begin(), grounds_.end(), [&](const Ground& each) {
            return each.role_key == ground.role_key && each.because == ground.because &&
                   each.unit_id == ground.unit_id;
        });
        if (known == grounds_.end()) known = grounds_.insert(known, std::move(ground));
        held_[permission].push_back({reach, static_cast<std::size_t>(known - grounds_.begin())});
    };
    for (const PermissionRow& row : rows) {
        if (!holds_on(row.from_on, row.until_on, today)) continue;
        if (const auto position = tree_->find(row.unit_id))
            hold(row.permission, tree_->reach(*position), {row.role_key, "", row.unit_id});
    }
    for (const FurtherGrant& each : further) {
        if (!holds_on(each.from_on, each.until_on, today)) continue;
        if (const auto position = tree_->find(each.unit_id))
            hold(each.permission, {*position, *position + 1}, {"", each.because, each.unit_id});
    }
    for (auto& [permission, held] : held_) {
        // Two subtrees are apart or one holds the other, so the wider of two that begin alike comes first.
        std::stable_sort(held.begin(), held.end(), [](const Held& a, const Held& b) {
            return a.reach.first != b.reach.first ? a.reach.first < b.reach.first : a.reach.end > b.reach.end;
        });
        std::vector<Held> apart;
        for (const Held& each : held)
            if (apart.empty() || each.reach.first >= apart.back().reach.end) apart.push_back(each);
        held = std::move(apart);
    }
}

const Powers::Held* Powers::find(std::string_view permission, UnitId unit_id) const {
    const auto found = held_.find(permission);
    if (found == held_.end()) return nullptr;
    const auto position = tree_->find(unit_id);
    if (!position) return nullptr;
    const auto& held = found->second;
    auto after = std::upper_bound(held.begin(), held.end(), *position,
                                  [](int wanted, const Held& each) { return wanted < each.reach.first; });
    return after != held.begin() && *position < (--after)->reach.end ? &*after : nullptr;
}

bool Powers::may(std::string_view permission, UnitId unit_id) const {
    return find(permission, unit_id) != nullptr;
}

Ground Powers::ground(std::string_view permission, UnitId unit_id) const {
    const Held* held = find(permission, unit_id);
    return held ? grounds_[held->ground] : Ground{};
}

std::vector<Reach> Powers::reach(std::string_view permission) const {
    std::vector<Reach> reaches;
    const auto found = held_.find(permission);
    if (found == held_.end()) return reaches;
    reaches.reserve(found->second.size());
    for (const Held& each : found->second) reaches.push_back(each.reach);
    return reaches;
}

std::vector<Powers::Head> Powers::heads() const {
    std::vector<Head> heads;
    for (const auto& [permission, held] : held_)
        for (const Held& each : held)
            heads.push_back({permission, tree_->at(each.reach.first).id,
                             each.reach.end < tree_->at(each.reach.first).end});
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
    actor.ground = [powers](std::string_view permission, UnitId unit_id) {
        return powers->ground(permission, unit_id);
    };
    return actor;
}

}  // namespace gw::accounts
