#include "platform/ids.h"

namespace gw {

namespace {
constexpr std::int64_t epoch_milliseconds = 1577836800000;  // 2020-01-01T00:00:00Z
constexpr int counter_bits = 22;
}  // namespace

Ids::Ids(std::uint32_t seed) : last_(0), seed_(seed & ((1U << (counter_bits - 1)) - 1)) {}

std::int64_t Ids::next(Moment now) {
    const std::int64_t wished = ((now.milliseconds - epoch_milliseconds) << counter_bits) | seed_;
    std::int64_t last = last_.load();
    // Counts on within the same millisecond, and when the clock went back.
    std::int64_t next = 0;
    do {
        next = wished > last ? wished : last + 1;
    } while (!last_.compare_exchange_weak(last, next));
    return next;
}

}  // namespace gw
