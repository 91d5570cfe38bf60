#include "evaluation/formula.h"

#include <doctest/doctest.h>

using namespace gw::evaluation;

namespace {

std::string words(const std::string& text) {
    const FormulaReading reading = read_formula(text);
    REQUIRE_MESSAGE(reading.is_good(), reading.mistake);
    return formula_in_words(reading.expression, [](const std::string& name) { return "[" + name + "]"; });
}

}  // namespace

TEST_CASE("a formula reads with the binding people expect") {
    CHECK(words("a + b * c") == "[a] + [b] × [c]");
    CHECK(words("(a + b) * c") == "([a] + [b]) × [c]");
    CHECK(words("a - (b - c)") == "[a] − ([b] − [c])");
    CHECK(words("a < 3 or b >= 2 and not c = 1") == "[a] < 3 ∨ [b] ≥ 2 ∧ ¬ [c] = 1");
    CHECK(words("ratio(held, due - excused, 10000)") == "[held] : ([due] − [excused])");
    CHECK(words("min(a, max(0, -b))") == "min([a]; max(0; −[b]))");
    CHECK(words("if(given(a), class.good, 0)") == "(∃ [a] ? [class.good] : 0)");
}

TEST_CASE("names are listed once, in order") {
    const FormulaReading reading = read_formula("b + a * b + given(c)");
    CHECK(names_in(reading.expression) == std::vector<std::string>{"b", "a", "c"});
}

TEST_CASE("a mistake in a formula says what and where") {
    struct Case {
        const char* text;
        std::uint32_t position;
        const char* message;
    };
    for (const Case& one :
         {Case{"a + ", 4, "expected a number"}, Case{"(a + b", 6, "expected \")\""},
          Case{"a b", 2, "expected an operator"}, Case{"a < b < c", 6, "cannot be chained"},
          Case{"a / b", 2, "use div"}, Case{"1.5 * a", 1, "whole numbers"},
          Case{"squeeze(a)", 0, "no function \"squeeze\""}, Case{"ratio(a, b)", 0, "needs 3"},
          Case{"given(3)", 0, "name of a fact"}, Case{"99999999999999999999", 0, "64 bits"},
          Case{"3days", 1, "operator after the number"}, Case{"a ? b : c", 2, "expected an operator"},
          Case{"", 0, "expected a number"}, Case{"or a", 0, "expected a number"}}) {
        const FormulaReading reading = read_formula(one.text);
        CAPTURE(std::string(one.text));
        CAPTURE(reading.mistake);
        CHECK_FALSE(reading.is_good());
        CHECK(reading.position == one.position);
        CHECK(reading.mistake.find(one.message) != std::string::npos);
    }
}

TEST_CASE("nesting and length have an end") {
    CHECK_FALSE(read_formula(std::string(5000, '(')).is_good());
    CHECK_FALSE(read_formula(std::string(3000, '(')).is_good());
    CHECK_FALSE(read_formula(std::string(3000, '-') + "1").is_good());
    std::string nots;
    for (int i = 0; i < 500; ++i) nots += "not ";
    CHECK_FALSE(read_formula(nots + "a").is_good());
}
