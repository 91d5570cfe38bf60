// Makes identifiers: 41 bits of milliseconds since 2020-01-01 and 22 bits of counter, so they sort by time
// and are never made twice by one program.
#pragma once
#include <atomic>
#include <cstdint>

#include "platform/text.h"

namespace gw {

class Ids {
public:
    // `seed` moves the start of the counter, so that two programs started in the same millisecond differ.
    explicit Ids(std::uint32_t seed);
    std::int64_t next(Moment now);

private:
    std::atomic<std::int64_t> last_;
    std::uint32_t seed_;
};

}  // namespace gw
