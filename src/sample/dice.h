// Numbers that look thrown but are the same on every machine: a counter mixed by SplitMix64. The standard
// library's distributions differ between libraries, so none is used.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace gw::sample {

class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    // Dice of their own for the thing called `name`, whatever was thrown for others before.
    Dice(std::uint64_t seed, std::string_view name) : state_(seed) {
        for (const char letter : name)
            state_ = (state_ ^ static_cast<unsigned char>(letter)) * 0x100000001b3ULL;
        next();
    }

    std::uint64_t next() {
        std::uint64_t mixed = state_ += 0x9e3779b97f4a7c15ULL;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
        return mixed ^ (mixed >> 31);
    }
    // 0 to count - 1.
    int below(int count) { return static_cast<int>(next() % static_cast<std::uint64_t>(count)); }
    // Both ends included.
    int between(int lowest, int highest) { return lowest + below(highest - lowest + 1); }
    bool happens(int percent) { return below(100) < percent; }
    bool happens_per_mille(int per_mille) { return below(1000) < per_mille; }
    template <class T, std::size_t n>
    const T& one_of(const T (&choices)[n]) {
        return choices[below(static_cast<int>(n))];
    }
    template <class T>
    const T& one_of(std::span<const T> choices) {
        return choices[static_cast<std::size_t>(below(static_cast<int>(choices.size())))];
    }

private:
    std::uint64_t state_;
};

}  // namespace gw::sample
