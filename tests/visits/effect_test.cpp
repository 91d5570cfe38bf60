#include "visits/effect.h"

#include <doctest/doctest.h>

#include <random>

namespace gw::visits {
namespace {

// A year in which everything rises by some points, weak units more than strong ones, and visits add `effect`.
struct Simulated {
    std::vector<Compared> visited, others;
    Simulated(std::mt19937& random, std::size_t visited_count, std::size_t other_count, double effect) {
        std::normal_distribution<double> noise(0, 6), level(70, 12);
        std::uniform_int_distribution<std::int64_t> size(5, 30);
        std::int64_t number = 0;
        const auto unit = [&](double helped) {
            Compared each;
            each.unit_id = UnitId{++number};
            each.kind = static_cast<int>(number % 2);
            each.size = size(random);
            each.before = level(random);
            each.after = each.before + 3 + (70 - each.before) * 0.2 + helped + noise(random);
            return each;
        };
        for (std::size_t i = 0; i < visited_count; ++i) visited.push_back(unit(effect));
        for (std::size_t i = 0; i < other_count; ++i) others.push_back(unit(0));
    }
};

}  // namespace

TEST_CASE("over 2,000 simulated years the interval holds the known effect as often as it says") {
    for (const double effect : {0.0, 4.0}) {
        CAPTURE(effect);
        std::mt19937 random(20240417);
        constexpr int runs = 2000;
        int held = 0, known = 0;
        double sum = 0;
        for (int run = 0; run < runs; ++run) {
            const Simulated year(random, 20, 600, effect);
            const Effect found = effect_of(differences(year.visited, year.others));
            if (!found.is_known) continue;
            ++known;
            sum += found.mean;
            held += found.lowest <= effect && effect <= found.highest;
        }
        CHECK(known == runs);
        // Three standard errors of 2,000 runs on either side of 95 percent.
        CHECK(held >= runs * 0.935);
        CHECK(held <= runs * 0.965);
        CHECK(sum / known == doctest::Approx(effect).epsilon(0.05).scale(4));
    }
}

TEST_CASE("the interval holds as often as it says with few others and with small counts, too") {
    std::mt19937 random(7);
    constexpr int runs = 2000;
    constexpr double effect = -0.5;
    int held = 0;
    std::uniform_int_distribution<std::int64_t> size(5, 30);
    std::poisson_distribution<int> open(2);
    std::binomial_distribution<int> solved_alone(1, 0.2), solved_by_visit(1, 0.5);
    for (int run = 0; run < runs; ++run) {
        std::vector<Compared> visited, others;
        for (std::int64_t number = 1; number <= 150; ++number) {
            Compared each{UnitId{number}, 0, size(random), 1.0 + open(random), 0};
            each.after = each.before - solved_alone(random);
            if (number <= 30) each.after -= solved_by_visit(random);
            (number <= 30 ? visited : others).push_back(each);
        }
        const Effect found = effect_of(differences(visited, others));
        held += found.is_known && found.lowest <= effect && effect <= found.highest;
    }
    // The values are few and discrete, so that Student's t holds a little less exactly.
    CHECK(held >= runs * 0.93);
    CHECK(held <= runs * 0.97);
}

TEST_CASE("no unit is compared twice") {
    const std::vector<Compared> visited{{UnitId{1}, 0, 10, 60, 70}, {UnitId{2}, 0, 10, 60, 70}};
    const std::vector<Compared> others{{UnitId{3}, 0, 10, 60, 60}};
    CHECK(differences(visited, others) == std::vector<double>{10});
}

TEST_CASE("too few to tell is said, and not guessed") {
    std::mt19937 random(1);
    const Simulated few(random, fewest_pairs - 1, 500, 4);
    const Effect found = effect_of(differences(few.visited, few.others));
    CHECK_FALSE(found.is_known);
    CHECK(found.pairs == static_cast<std::int64_t>(fewest_pairs) - 1);
    CHECK_FALSE(effect_of({}).is_known);
}

TEST_CASE("only units alike in kind, size and earlier figure are compared") {
    const Compared visited{UnitId{1}, 0, 10, 60, 70};
    const auto with = [&](Compared other) {
        return differences(std::span(&visited, 1), std::span(&other, 1));
    };
    CHECK(with({UnitId{2}, 0, 12, 62, 65}) == std::vector<double>{7});
    CHECK(with({UnitId{2}, 1, 12, 62, 65}).empty());
    CHECK(with({UnitId{2}, 0, 16, 62, 65}).empty());
    CHECK(with({UnitId{2}, 0, 12, 71, 74}).empty());
    // The nearest three count, the fourth does not.
    const std::vector<Compared> others{{UnitId{2}, 0, 10, 60, 61},
                                       {UnitId{3}, 0, 10, 61, 62},
                                       {UnitId{4}, 0, 10, 59, 60},
                                       {UnitId{5}, 0, 10, 66, 96}};
    CHECK(differences(std::span(&visited, 1), others) == std::vector<double>{9});
}

}  // namespace gw::visits
