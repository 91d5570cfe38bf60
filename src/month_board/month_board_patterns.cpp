#include "month_board/month_board_patterns.h"

#include <algorithm>
#include <cmath>

namespace gw::month_board {

namespace {

double log_beta(double a, double b) { return std::lgamma(a) + std::lgamma(b) - std::lgamma(a + b); }

}  // namespace

void SharedPhrases::add_cell(std::span<const Shingles> texts) {
    ++cells_;
    Shingles all;
    for (const Shingles& text : texts) all.insert(all.end(), text.begin(), text.end());
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    written_.insert(written_.end(), all.begin(), all.end());
}

void SharedPhrases::settle() {
    std::sort(written_.begin(), written_.end());
    for (auto first = written_.begin(); first != written_.end();) {
        const auto end = std::upper_bound(first, written_.end(), *first);
        const auto cells = static_cast<std::size_t>(end - first);
        if (cells >= 3 && cells * 50 >= cells_) shared_.push_back(*first);
        first = end;
    }
    written_ = {};
}

Shingles SharedPhrases::without(const Shingles& shingles) const {
    Shingles own;
    std::set_difference(shingles.begin(), shingles.end(), shared_.begin(), shared_.end(),
                        std::back_inserter(own));
    return own;
}

void Peers::add(const Tally& tally) {
    if (tally.tries == 0) return;
    ++cells_;
    const auto hits = static_cast<double>(tally.hits), tries = static_cast<double>(tally.tries);
    hits_ += hits;
    tries_ += tries;
    rates_ += hits / tries;
    squares_ += hits / tries * (hits / tries);
    inverse_tries_ += 1 / tries;
}

Spread Peers::without(const Tally& own) const {
    Peers rest = *this;
    if (own.tries > 0) {
        const auto hits = static_cast<double>(own.hits), tries = static_cast<double>(own.tries);
        --rest.cells_;
        rest.hits_ -= hits;
        rest.tries_ -= tries;
        rest.rates_ -= hits / tries;
        rest.squares_ -= hits / tries * (hits / tries);
        rest.inverse_tries_ -= 1 / tries;
    }
    if (rest.cells_ < 2) return {};
    const auto count = static_cast<double>(rest.cells_);
    // One imagined cell with one hit and one miss keeps the mean away from never and always.
    const double mean = (rest.hits_ + 0.5) / (rest.tries_ + 1);
    const double seen = std::max(0.0, (rest.squares_ - rest.rates_ * rest.rates_ / count) / (count - 1));
    // Part of the spread seen is chance alone; the rest says how much the cells differ.
    const double by_chance = mean * (1 - mean) * rest.inverse_tries_ / count;
    const double whole = mean * (1 - mean);
    const double differing = std::clamp(seen - by_chance, whole * 0.002, whole * 0.9);
    const double size = whole / differing - 1;
    return {mean * size, (1 - mean) * size, rest.cells_};
}

double chance_of_at_least(const Tally& tally, const Spread& spread) {
    if (tally.hits <= 0) return 1;
    if (spread.cells == 0) return 1;
    const auto tries = static_cast<double>(tally.tries);
    double sum = 0;
    for (std::int64_t hits = tally.hits; hits <= tally.tries; ++hits) {
        const auto k = static_cast<double>(hits);
        const double choose = std::lgamma(tries + 1) - std::lgamma(k + 1) - std::lgamma(tries - k + 1);
        sum += std::exp(choose + log_beta(k + spread.a, tries - k + spread.b) - log_beta(spread.a, spread.b));
    }
    return std::min(1.0, sum);
}

}  // namespace gw::month_board
