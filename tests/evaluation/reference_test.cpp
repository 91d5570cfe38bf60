// The engine gives exactly the known results of the reference job.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "evaluation/random_cases.h"
#include "evaluation/reference_world.h"
#include "rulebooks/rulebooks.h"

using namespace gw;

namespace {

const evaluation::Plan& reference_plan() {
    static const rulebooks::Reading reading =
        rulebooks::read_file(std::string(GROUNDWORK_SOURCE_DIR) + "/bench/reference.toml");
    for (const rulebooks::FileMistake& mistake : reading.mistakes)
        MESSAGE(mistake.line << ": " << mistake.key << ": " << mistake.message);
    REQUIRE(reading.edition != nullptr);
    return *reading.edition->plan;
}

}  // namespace

TEST_CASE("the reference job gives the known checksums at every scale and seed, on 1, 2 and 4 threads") {
    std::ifstream file(std::string(GROUNDWORK_SOURCE_DIR) + "/tests/data/evaluation/expected.txt");
    REQUIRE(file.good());
    int cases = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#') continue;
        std::istringstream words(line);
        std::string name;
        std::uint64_t seed = 0;
        words >> name >> seed;
        const auto* scale = std::find_if(reference_job::scales.begin(), reference_job::scales.end(),
                                         [&](const reference_job::Scale& one) { return one.name == name; });
        REQUIRE(scale != reference_job::scales.end());
        if (name == "nation" && slow::is_sanitized) continue;  // it takes minutes
        const reference_job::World world(*scale, seed);
        const reference_job::Ordered ordered(world);
        REQUIRE(ordered.built.problems.empty());
        std::array<std::string, 4> expected;
        for (std::string& one : expected) {
            std::string sum;
            words >> one >> sum;
            one += " " + sum;
        }
        for (const unsigned threads : {1U, 2U, 4U}) {
            CAPTURE(line);
            CAPTURE(threads);
            const evaluation::Result result =
                evaluation::evaluate(reference_plan(), ordered.input(), threads);
            REQUIRE(result.problems.empty());
            // Members, units, roll-up, weak list.
            CHECK(reference_job::checksums(ordered, result) == expected);
        }
        ++cases;
    }
    CHECK(cases == (slow::is_sanitized ? 11 : 12));
}
