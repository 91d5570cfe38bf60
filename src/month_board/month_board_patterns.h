// The arithmetic of patterns worth a look: which phrases many cells share, and how likely what a cell shows
// would be by chance. No database and no clock. Private to month_board.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "platform/likeness.h"

namespace gw::month_board {

// A cell is shown when an honest one would look like it at most once in so many cases.
inline constexpr double rarest_shown = 0.01;
inline constexpr double alike_enough = 0.6;  // share of common shingles of two minutes
// Minutes shorter than this, in shingles of their own, say too little to compare.
inline constexpr std::size_t fewest_shingles = 25;

// Phrases that many cells write: headings, formulas, model sentences. Nobody copied them from last month.
class SharedPhrases {
public:
    // What one cell wrote within the time looked at.
    void add_cell(std::span<const Shingles> texts);
    // After the last cell: those in the minutes of at least three cells and of at least one in fifty.
    void settle();
    Shingles without(const Shingles& shingles) const;

private:
    Shingles written_;  // by all cells, those of one cell once
    Shingles shared_;
    std::size_t cells_ = 0;
};

// The rates of similar cells differ: this is how, as a beta distribution with the mean and the spread they
// have (method of moments). A cell is never among its own peers.
struct Spread {
    double a = 0, b = 0;
    std::size_t cells = 0;
    double mean() const { return a + b > 0 ? a / (a + b) : 0; }
};
struct Tally {
    std::int64_t hits = 0, tries = 0;
};
class Peers {
public:
    void add(const Tally& tally);
    // The spread of all but one of those added.
    Spread without(const Tally& own) const;

private:
    std::size_t cells_ = 0;
    double hits_ = 0, tries_ = 0;
    double rates_ = 0, squares_ = 0, inverse_tries_ = 0;  // sums over cells
};
// How likely a cell of that spread has at least so many hits (beta-binomial, summed exactly).
double chance_of_at_least(const Tally& tally, const Spread& spread);

}  // namespace gw::month_board
