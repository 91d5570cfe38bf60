#include "platform/likeness.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <unordered_map>

#include "platform/text.h"

namespace gw {

namespace {

constexpr std::size_t letters_of_a_run = 3;
constexpr std::uint64_t hash_start = 14695981039346656037ULL;

// FNV-1a: the same on every machine.
std::uint64_t hash_on(std::uint64_t hash, std::string_view bytes) {
    for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
    return hash;
}

std::uint64_t hash_of(std::span<const std::string> words) {
    std::uint64_t hash = hash_start;
    for (const std::string& word : words) hash = hash_on(hash_on(hash, word), " ");
    return hash;
}

// Where each character of the text begins, and its end.
std::vector<std::size_t> character_starts(std::string_view text) {
    std::vector<std::size_t> starts;
    for (std::size_t i = 0; i < text.size(); ++i)
        if ((static_cast<unsigned char>(text[i]) & 0xC0u) != 0x80) starts.push_back(i);
    starts.push_back(text.size());
    return starts;
}

}  // namespace

Shingles shingles_of(std::string_view text) {
    const std::vector<std::string> words = folded_words(text);
    Shingles shingles;
    for (std::size_t i = 0; i + words_of_a_shingle <= words.size(); ++i)
        shingles.push_back(hash_of(std::span(words).subspan(i, words_of_a_shingle)));
    std::sort(shingles.begin(), shingles.end());
    shingles.erase(std::unique(shingles.begin(), shingles.end()), shingles.end());
    return shingles;
}

double likeness(const Shingles& a, const Shingles& b) {
    std::size_t both = 0;
    for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
        if (*x < *y) ++x;
        else if (*y < *x) ++y;
        else ++both, ++x, ++y;
    }
    const std::size_t either = a.size() + b.size() - both;
    return either == 0 ? 0 : static_cast<double>(both) / static_cast<double>(either);
}

std::size_t ShortTexts::add(std::string_view text) {
    std::string letters = " ";
    for (const std::string& word : folded_words(text)) letters += word + " ";
    const std::vector<std::size_t> starts = character_starts(letters);
    std::vector<std::uint64_t> runs;
    for (std::size_t i = 0; i + letters_of_a_run < starts.size(); ++i)
        runs.push_back(hash_on(hash_start, std::string_view(letters).substr(
                                               starts[i], starts[i + letters_of_a_run] - starts[i])));
    std::sort(runs.begin(), runs.end());
    runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
    Weighed weighed;
    for (const std::uint64_t run : runs) weighed.emplace_back(run, 1);
    texts_.push_back(std::move(weighed));
    return texts_.size() - 1;
}

void ShortTexts::settle() {
    std::unordered_map<std::uint64_t, double> texts_with;
    for (const Weighed& text : texts_)
        for (const auto& [run, weight] : text) ++texts_with[run];
    for (Weighed& text : texts_) {
        double squares = 0;
        for (auto& [run, weight] : text) {
            weight = std::log(static_cast<double>(texts_.size() + 1) / texts_with[run]);
            squares += weight * weight;
        }
        for (auto& [run, weight] : text) weight /= std::sqrt(squares);
    }
}

double ShortTexts::likeness(std::size_t one, std::size_t other) const {
    const Weighed &a = texts_.at(one), &b = texts_.at(other);
    double sum = 0;
    for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
        if (x->first < y->first) ++x;
        else if (y->first < x->first) ++y;
        else sum += (x++)->second * (y++)->second;
    }
    return sum;
}

}  // namespace gw
