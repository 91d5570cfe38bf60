// How alike two texts are, in any of our languages: accents, case and what stands between words do not count.
#pragma once
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace gw {

inline constexpr std::size_t words_of_a_shingle = 3;

// For long texts, such as minutes: every run of three words, folded, as numbers in rising order, each once.
using Shingles = std::vector<std::uint64_t>;
Shingles shingles_of(std::string_view text);
// What is in both divided by what is in either; 0 when both are empty.
double likeness(const Shingles& a, const Shingles& b);

// For texts of one or two sentences, which share hardly a run of words even when they mean the same: runs of
// three letters, each weighing the more the fewer of the texts have it.
class ShortTexts {
public:
    // Two texts this alike are probably about the same; tests/data/platform/short_texts.tsv has what that
    // finds and misses.
    static constexpr double alike_enough = 0.2;

    // Returns the number of the text, from 0.
    std::size_t add(std::string_view text);
    // After the last text: from 0, nothing in common, to 1, the same.
    void settle();
    double likeness(std::size_t one, std::size_t other) const;

private:
    // The runs of letters of a text in rising order, with their weights; once settled, the weights of a text
    // are the sides of a vector of length 1.
    using Weighed = std::vector<std::pair<std::uint64_t, double>>;
    std::vector<Weighed> texts_;
};

}  // namespace gw
