#include "month_board/month_board_patterns.h"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

namespace gw::test {

using namespace month_board;

namespace {

std::string text_of(std::mt19937& random, int words, int vocabulary) {
    std::string text;
    for (int i = 0; i < words; ++i)
        text += "w" + std::to_string(random() % static_cast<unsigned>(vocabulary)) + " ";
    return text;
}

// Draws from a beta distribution by two gammas.
double rate_of(std::mt19937& random, double a, double b) {
    const double x = std::gamma_distribution<>(a, 1)(random), y = std::gamma_distribution<>(b, 1)(random);
    return x / (x + y);
}

}  // namespace

TEST_CASE("phrases that many cells write count for nobody") {
    SharedPhrases phrases;
    const Shingles heading = shingles_of("đánh giá kết quả thực hiện nghị quyết");
    for (int cell = 0; cell < 100; ++cell) {
        const std::vector<Shingles> texts{heading,
                                          shingles_of("việc riêng số " + std::to_string(cell) + " của thôn")};
        phrases.add_cell(texts);
    }
    phrases.settle();
    CHECK(phrases.without(heading).empty());
    CHECK(phrases.without(shingles_of("việc riêng số 7 của thôn")).size() > 0);
}

TEST_CASE("the chance of at least so many is the exact sum") {
    // With an even spread (a = b = 1) every number of hits is as likely as any other.
    const Spread even{1, 1, 10};
    CHECK(chance_of_at_least({3, 9}, even) == doctest::Approx(0.7));
    CHECK(chance_of_at_least({9, 9}, even) == doctest::Approx(0.1));
    CHECK(chance_of_at_least({0, 9}, even) == 1);
    // Where cells hardly differ it is the binomial.
    const Spread narrow{0.3e7, 0.7e7, 10};
    CHECK(chance_of_at_least({4, 4}, narrow) == doctest::Approx(0.0081).epsilon(0.001));
    CHECK(chance_of_at_least({4, 4}, Spread{}) == 1);  // nobody to compare with
}

TEST_CASE("a tiny cell with nobody absent is nothing rare, a large one is") {
    Peers peers;
    std::mt19937 random(5);
    for (int cell = 0; cell < 300; ++cell) {
        const std::int64_t tries = 12 * (5 + static_cast<int>(random() % 20));
        peers.add({std::binomial_distribution<std::int64_t>(tries, rate_of(random, 60, 6))(random), tries});
    }
    CHECK(chance_of_at_least({36, 36}, peers.without({36, 36})) > 0.05);
    CHECK(chance_of_at_least({360, 360}, peers.without({360, 360})) < 0.01);
}

TEST_CASE("of honest cells no more are shown than is said") {
    // 40 provinces of 250 cells with rates of their own; whoever is shown is shown by chance.
    std::mt19937 random(20241216);
    int shown = 0, cells = 0;
    for (int province = 0; province < 40; ++province) {
        const double a = 2 + static_cast<double>(random() % 60), b = 1 + static_cast<double>(random() % 12);
        Peers peers;
        std::vector<Tally> tallies;
        for (int cell = 0; cell < 250; ++cell) {
            const std::int64_t tries = 5 + static_cast<int>(random() % 200);
            tallies.push_back(
                {std::binomial_distribution<std::int64_t>(tries, rate_of(random, a, b))(random), tries});
            peers.add(tallies.back());
        }
        for (const Tally& tally : tallies) {
            ++cells;
            if (chance_of_at_least(tally, peers.without(tally)) <= rarest_shown) ++shown;
        }
    }
    CHECK(cells == 10'000);
    MESSAGE("shown by chance: " << shown << " of " << cells);
    CHECK(shown <= cells * rarest_shown * 1.2);
    CHECK(shown > 0);  // the test could fail
}

TEST_CASE("minutes written afresh each month are not taken for copies, copies are") {
    std::mt19937 random(7);
    int fresh_alike = 0, copies_alike = 0;
    for (int cell = 0; cell < 1000; ++cell) {
        // A cell uses 150 words again and again, in 80 words of minutes.
        const std::string first = text_of(random, 80, 150), second = text_of(random, 80, 150);
        if (likeness(shingles_of(first), shingles_of(second)) >= alike_enough) ++fresh_alike;
        // A copy with the date and some words changed.
        std::string copy = first;
        for (int i = 0; i < 3; ++i) copy[copy.find('w', random() % copy.size()) % copy.size()] = 'x';
        if (likeness(shingles_of(first), shingles_of(copy)) >= alike_enough) ++copies_alike;
    }
    CHECK(fresh_alike == 0);
    CHECK(copies_alike > 990);
}

}  // namespace gw::test
