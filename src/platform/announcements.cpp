#include "platform/announcements.h"

namespace gw {

void Announcements::listen(std::string topic, Listener listener) {
    const std::lock_guard hold(lock_);
    listeners_.emplace(std::move(topic), std::move(listener));
}

void Announcements::announce(std::string_view topic, UnitId unit_id) {
    const std::lock_guard hold(lock_);
    Change& change = waiting_[std::string(topic)];
    if (unit_id) change.units.insert(unit_id);
    else change.of_all = true;
}

void Announcements::deliver() {
    std::map<std::string, Change, std::less<>> delivered;
    {
        const std::lock_guard hold(lock_);
        if (waiting_.empty()) return;
        delivered.swap(waiting_);
    }
    // Listeners are only added while the program starts, so the list may be walked without the lock.
    for (const auto& [topic, change] : delivered)
        for (auto [entry, end] = listeners_.equal_range(topic); entry != end; ++entry)
            entry->second(change.of_all ? std::set<UnitId>{} : change.units);
}

}  // namespace gw
