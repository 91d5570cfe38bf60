#include "fact_files/memory.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <string>

namespace gw::fact_files {
namespace {

constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();

std::int64_t number_in(const char* file) {
    std::ifstream stream(file);
    std::int64_t number = 0;
    return stream >> number ? number : -1;
}

}  // namespace

std::int64_t free_memory() {
    std::int64_t free = unlimited;
    std::ifstream stream("/proc/meminfo");
    for (std::string word; stream >> word;)
        if (word == "MemAvailable:") {
            std::int64_t kilobytes = 0;
            if (stream >> kilobytes) free = kilobytes * 1024;
            break;
        }
    const std::int64_t limit = number_in("/sys/fs/cgroup/memory.max");
    const std::int64_t used = number_in("/sys/fs/cgroup/memory.current");
    return limit < 0 || used < 0 ? free : std::clamp<std::int64_t>(limit - used, 0, free);
}

}  // namespace gw::fact_files
