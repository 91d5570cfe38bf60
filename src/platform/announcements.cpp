#include "platform/announcements.h"

namespace gw {

void Announcements::listen(std::string topic, Listener listener) {
    const std::lock_guard hold(lock_);
    listeners_.emplace(std::move(topic), std::move(listener));
}

void Announcements::announce(std::string_view topic, UnitId unit_id) {
    const std::lock_guard hold(lock_);
    auto& units = waiting_[std::string(topic)];
    if (unit_id) units.insert(unit_id);
}

void Announcements::deliver() {
    std::map<std::string, std::set<UnitId>, std::less<>> delivered;
    {
        const std::lock_guard hold(lock_);
        if (waiting_.empty()) return;
        delivered.swap(waiting_);
    }
    // Listeners are only added while the program starts, so the list may be walked without the lock.
    for (const auto& [topic, units] : delivered)
        for (auto [entry, end] = listeners_.equal_range(topic); entry != end; ++entry) entry->second(units);
}

}  // namespace gw
