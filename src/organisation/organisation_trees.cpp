#include "organisation/organisation_store.h"

namespace gw::organisation {

namespace {
constexpr std::size_t most_kept = 3;  // trees of other days
}

std::shared_ptr<const Tree> Trees::today() const {
    const std::lock_guard hold(lock_);
    return today_.tree;
}

std::shared_ptr<const Tree> Trees::on(Db& db, Date day) const {
    const std::int64_t change = change_count(db);
    {
        const std::lock_guard hold(lock_);
        if (today_.tree && today_.tree->as_of() == day && today_.change_count >= change) return today_.tree;
        for (std::size_t i = 0; i < others_.size(); ++i) {
            if (others_[i].tree->as_of() != day || others_[i].change_count < change) continue;
            std::rotate(others_.begin() + static_cast<std::ptrdiff_t>(i),
                        others_.begin() + static_cast<std::ptrdiff_t>(i) + 1, others_.end());
            return others_.back().tree;
        }
    }
    auto tree = std::make_shared<const Tree>(read_tree(db, day));
    const std::lock_guard hold(lock_);
    std::erase_if(others_,
                  [&](const Kept& kept) { return kept.tree->as_of() == day || kept.change_count < change; });
    if (others_.size() == most_kept) others_.erase(others_.begin());
    others_.push_back({change, tree});
    return tree;
}

void Trees::rebuild(Db& db, Date today) {
    const std::int64_t change = change_count(db);
    auto tree = std::make_shared<const Tree>(read_tree(db, today));
    std::shared_ptr<const Tree> former;  // freed after the lock
    const std::lock_guard hold(lock_);
    if (change < today_.change_count) return;
    former = std::exchange(today_, {change, std::move(tree)}).tree;
}

}  // namespace gw::organisation
