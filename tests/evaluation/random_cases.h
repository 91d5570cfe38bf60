// How many random cases a test tries: all in the plain build, fewer where each takes many times as long.
#pragma once
#include <cstdlib>
#include <string>

namespace gw::slow {

// GROUNDWORK_RANDOM_CASES is a percentage; without it 100, or 10 under a sanitizer.
inline int percent_of_cases() {
    if (const char* given = std::getenv("GROUNDWORK_RANDOM_CASES")) return std::stoi(given);
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return 10;
#else
    return 100;
#endif
}

inline int share_of_cases(int all) {
    const int share = static_cast<int>(static_cast<long long>(all) * percent_of_cases() / 100);
    return share > 0 ? share : 1;
}

}  // namespace gw::slow
