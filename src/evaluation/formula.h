// Formulas of a rulebook: text such as "ratio(held, due, 10000) >= 9000 and not excused" -> tree.
//
// Whole numbers only. Conditions are numbers too: 0 is no, anything else is yes.
//   + - *   < <= > >= = !=   and or not   ( )
//   min(a, b, ...)  max(a, b, ...)  abs(a)  if(condition, a, b)
//   div(a, b)             a divided by b, rounded down; a must not be negative, b must be positive
//   ratio(n, d, default)  d > 0 ? min(10000, n * 10000 div d) : default    (hundredths of a percent)
//   mean(s, n, k, default) n > 0 ? s * k div n : default
//   given(fact)           1 when the fact is known
// Names are facts, aggregates and derived values; "input.key", "points.key", "class.key",
// "level.key", "kind.key" and "reason.key" name parts of the rulebook.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::evaluation {

enum class Operation : std::uint8_t {
    constant,
    name,
    add,
    subtract,
    multiply,
    negate,
    less,
    less_equal,
    greater,
    greater_equal,
    equal,
    not_equal,
    all_of,
    any_of,
    negation,
    minimum,
    maximum,
    absolute,
    choose,
    divide,
    ratio,
    mean,
    given
};

struct Expression {
    Operation operation = Operation::constant;
    std::int64_t value = 0;  // of a constant
    std::string name;        // of a name, or of the fact in given()
    std::vector<Expression> operands;
    std::uint32_t position = 0;  // of its first character in the text, from 0
};

struct FormulaReading {
    Expression expression;
    std::string mistake;  // empty when the text is a formula
    std::uint32_t position = 0;
    bool is_good() const { return mistake.empty(); }
};

FormulaReading read_formula(std::string_view text);

// Every name that the formula mentions, in order of appearance, once.
std::vector<std::string> names_in(const Expression& expression);

// The formula for a reader: `label` gives the words for a name. Operators become signs
// (x, :, >=), so the sentence reads in any language.
std::string formula_in_words(const Expression& expression,
                             const std::function<std::string(const std::string&)>& label);

}  // namespace gw::evaluation
