// Waiting in tests for what other threads and programs bring about.
#pragma once
#include <chrono>
#include <functional>
#include <thread>

namespace gw::testing {

// Longer than anything takes that is not broken, also on a machine with much else to do: a test that works
// never waits this long.
inline constexpr std::chrono::seconds longest_wait{60};

// Waits until the condition holds; false when it did not within the longest wait.
inline bool comes_true(const std::function<bool()>& condition) {
    const auto end = std::chrono::steady_clock::now() + longest_wait;
    do {
        if (condition()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    } while (std::chrono::steady_clock::now() < end);
    return condition();
}

}  // namespace gw::testing
