// How many random cases a test tries: all in the plain build, fewer where each takes many times as long.
#pragma once
#include <cstdlib>
#include <string>

namespace gw::slow {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool is_sanitized = true;
#else
constexpr bool is_sanitized = false;
#endif

// GROUNDWORK_RANDOM_CASES is a percentage; without it 100, or 10 under a sanitizer.
inline int percent_of_cases() {
    const char* given = std::getenv("GROUNDWORK_RANDOM_CASES");
    return given != nullptr ? std::stoi(given) : is_sanitized ? 10 : 100;
}

inline int share_of_cases(int all) {
    const int share = static_cast<int>(static_cast<long long>(all) * percent_of_cases() / 100);
    return share > 0 ? share : 1;
}

}  // namespace gw::slow
