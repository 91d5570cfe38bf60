// Feeds arbitrary texts to the reader of formulas and what it accepts to the compiler: a formula is refused
// with a place, or computes on the ends of its facts' ranges without a fault.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "evaluation/evaluate.h"

namespace {

using namespace gw::evaluation;

void require(bool condition, const char* what) {
    if (condition) return;
    std::fprintf(stderr, "%s\n", what);
    std::abort();
}

const Text words{"a", "a", "a"};
const Origin origin{"sample", ""};

Fact fact(const char* key, std::int64_t lowest, std::int64_t highest) {
    Fact fact;
    fact.key = key;
    fact.lowest = lowest;
    fact.highest = highest;
    fact.when_missing = lowest;
    fact.text = words;
    fact.origin = origin;
    return fact;
}

// A rulebook that judges by one criterion, whose input is the formula.
Rulebook rulebook_with(const Formula& formula) {
    Rulebook rulebook;
    rulebook.id = "fuzz";
    rulebook.edition = "1";
    rulebook.languages = {"en"};
    rulebook.title = words;
    rulebook.classes = {{"good", 2, words}, {"bad", 1, words}};
    rulebook.kinds = {{"cell", 1, words}};
    rulebook.facts = {fact("a", 0, 1), fact("b", -1000, 1'000'000), fact("c", 1, INT64_MAX)};
    Subject subject;
    subject.key = "member";
    subject.text = words;
    subject.maximum = 10;
    Criterion criterion;
    criterion.key = "only";
    criterion.input = formula;
    criterion.scoring = Scoring::steps;
    criterion.points = {{0, 10}, {100, 5}};
    criterion.maximum = 10;
    criterion.text = words;
    criterion.origin = origin;
    subject.criteria = {criterion};
    Threshold good, bad;
    good.class_number = 2;
    good.minimum = 5;
    good.origin = origin;
    bad.class_number = 1;
    bad.minimum = 0;
    bad.origin = origin;
    subject.thresholds = {good, bad};
    rulebook.subjects = {subject};
    return rulebook;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(bytes), size);
    const FormulaReading reading = read_formula(text);
    if (!reading.is_good()) {
        require(reading.position <= size, "a mistake behind the end");
        return 0;
    }
    formula_in_words(reading.expression, [](const std::string& name) { return name; });
    names_in(reading.expression);
    const Compilation compilation = compile(rulebook_with({text, reading.expression}));
    require((compilation.plan == nullptr) == !compilation.mistakes.empty(),
            "neither a plan nor a mistake, or both");
    if (compilation.plan == nullptr) return 0;
    Table table;
    table.ids = {1, 2, 3};
    table.columns = {{"a", {0, 1, 1}, {}}, {"b", {-1000, 1'000'000, 0}, {}}, {"c", {1, INT64_MAX, 7}, {}}};
    const Scores scores = evaluate_rows(*compilation.plan, "member", table);
    require(scores.problems.empty(), "facts within their ranges are refused");
    for (std::size_t row = 0; row < 3; ++row)
        require(scores.score[row] >= 0 && scores.score[row] <= 10, "points outside their bounds");
    return 0;
}
