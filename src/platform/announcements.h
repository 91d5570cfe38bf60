// Carries the word that something changed from a call to whoever keeps a copy of it in memory.
#pragma once
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

#include "platform/actor.h"

namespace gw {

class Announcements {
public:
    // Called after the commit, on the writer thread, once per topic and group of calls, with the units
    // named; with none when a call named no unit.
    using Listener = std::function<void(const std::set<UnitId>& units)>;
    void listen(std::string topic, Listener listener);

    void announce(std::string_view topic, UnitId unit_id);
    // Tells the listeners what was announced since the last time.
    void deliver();

private:
    std::mutex lock_;
    // Something of a topic changed; `of_all` when somebody named no unit, so that it may be anywhere.
    struct Change {
        std::set<UnitId> units;
        bool of_all = false;
    };
    std::map<std::string, Change, std::less<>> waiting_;
    std::multimap<std::string, Listener, std::less<>> listeners_;
};

}  // namespace gw
