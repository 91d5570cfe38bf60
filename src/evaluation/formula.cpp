#include "evaluation/formula.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

namespace gw::evaluation {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_name_part(char c) { return is_name_start(c) || is_digit(c) || c == '.'; }

struct Function {
    std::string_view name;
    Operation operation;
    std::size_t least;
    std::size_t most;
};
constexpr std::size_t any_number = 64;
constexpr std::array functions{Function{"min", Operation::minimum, 2, any_number},
                               Function{"max", Operation::maximum, 2, any_number},
                               Function{"abs", Operation::absolute, 1, 1},
                               Function{"if", Operation::choose, 3, 3},
                               Function{"div", Operation::divide, 2, 2},
                               Function{"ratio", Operation::ratio, 3, 3},
                               Function{"mean", Operation::mean, 4, 4},
                               Function{"given", Operation::given, 1, 1}};

// Formulas are short sentences; deeper nesting than this is a mistake, and it keeps the recursion bounded.
constexpr int deepest_nesting = 100;
constexpr std::size_t longest_formula = 4000;

class Parser {
public:
    explicit Parser(std::string_view text) : text_(text) {}

    FormulaReading read() {
        FormulaReading reading;
        if (text_.size() > longest_formula)
            fail_at(0, "is longer than " + std::to_string(longest_formula) +
                           " characters; split it by derived values");
        else reading.expression = read_or();
        skip_spaces();
        if (mistake_.empty() && at_ < text_.size()) fail("expected an operator or the end of the formula");
        reading.mistake = mistake_;
        reading.position = mistake_at_;
        return reading;
    }

private:
    void skip_spaces() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t')) ++at_;
    }
    // Only the first mistake is kept: what follows it cannot be trusted.
    void fail(std::string message) { fail_at(at_, std::move(message)); }
    void fail_at(std::size_t position, std::string message) {
        if (!mistake_.empty()) return;
        mistake_ = std::move(message);
        mistake_at_ = static_cast<std::uint32_t>(position);
        at_ = text_.size();
    }
    bool eat(std::string_view sign) {
        skip_spaces();
        if (text_.substr(at_, sign.size()) != sign) return false;
        at_ += sign.size();
        return true;
    }
    bool eat_word(std::string_view word) {
        skip_spaces();
        if (text_.substr(at_, word.size()) != word) return false;
        const std::size_t after = at_ + word.size();
        if (after < text_.size() && is_name_part(text_[after])) return false;
        at_ = after;
        return true;
    }
    static Expression join(Operation operation, std::size_t position, std::vector<Expression> operands) {
        Expression expression;
        expression.operation = operation;
        expression.operands = std::move(operands);
        expression.position = static_cast<std::uint32_t>(position);
        return expression;
    }
    Expression pair(Operation operation, Expression left, Expression right) {
        const std::size_t position = left.position;
        std::vector<Expression> operands;
        operands.push_back(std::move(left));
        operands.push_back(std::move(right));
        return join(operation, position, std::move(operands));
    }

    Expression read_or() {
        if (++nesting_ > deepest_nesting) fail("is nested too deeply");
        Expression left = mistake_.empty() ? read_and() : Expression{};
        while (eat_word("or")) left = pair(Operation::any_of, std::move(left), read_and());
        --nesting_;
        return left;
    }
    Expression read_and() {
        Expression left = read_not();
        while (eat_word("and")) left = pair(Operation::all_of, std::move(left), read_not());
        return left;
    }
    Expression read_not() {
        skip_spaces();
        const std::size_t position = at_;
        if (!eat_word("not")) return read_comparison();
        if (++nesting_ > deepest_nesting) fail("is nested too deeply");
        std::vector<Expression> operands;
        operands.push_back(mistake_.empty() ? read_not() : Expression{});
        --nesting_;
        return join(Operation::negation, position, std::move(operands));
    }
    Expression read_comparison() {
        Expression left = read_sum();
        const std::optional<Operation> operation = eat_comparison();
        if (!operation) return left;
        left = pair(*operation, std::move(left), read_sum());
        skip_spaces();
        const std::size_t position = at_;
        if (eat_comparison()) fail_at(position, "comparisons cannot be chained; join them with \"and\"");
        return left;
    }
    std::optional<Operation> eat_comparison() {
        if (eat("<=")) return Operation::less_equal;
        if (eat(">=")) return Operation::greater_equal;
        if (eat("!=")) return Operation::not_equal;
        if (eat("==") || eat("=")) return Operation::equal;
        if (eat("<")) return Operation::less;
        if (eat(">")) return Operation::greater;
        return std::nullopt;
    }
    Expression read_sum() {
        Expression left = read_product();
        for (;;) {
            if (eat("+")) {
                left = pair(Operation::add, std::move(left), read_product());
            } else if (eat("-")) {
                left = pair(Operation::subtract, std::move(left), read_product());
            } else {
                return left;
            }
        }
    }
    Expression read_product() {
        Expression left = read_signed();
        while (eat("*")) left = pair(Operation::multiply, std::move(left), read_signed());
        if (eat("/")) fail_at(at_ - 1, "use div(a, b) to divide; it rounds down");
        return left;
    }
    Expression read_signed() {
        skip_spaces();
        const std::size_t position = at_;
        if (!eat("-")) return read_primary();
        if (++nesting_ > deepest_nesting) fail("is nested too deeply");
        std::vector<Expression> operands;
        operands.push_back(mistake_.empty() ? read_signed() : Expression{});
        --nesting_;
        return join(Operation::negate, position, std::move(operands));
    }
    Expression read_primary() {
        skip_spaces();
        const std::size_t position = at_;
        if (eat("(")) {
            Expression inside = read_or();
            if (!eat(")")) fail("expected \")\"");
            return inside;
        }
        if (at_ < text_.size() && is_digit(text_[at_])) return read_number();
        if (at_ >= text_.size() || !is_name_start(text_[at_])) {
            fail("expected a number, a name or \"(\"");
            return {};
        }
        while (at_ < text_.size() && is_name_part(text_[at_])) ++at_;
        const std::string_view word = text_.substr(position, at_ - position);
        if (eat("(")) return read_call(word, position);
        if (word == "and" || word == "or" || word == "not") {
            fail_at(position, "expected a number, a name or \"(\"");
            return {};
        }
        Expression name = join(Operation::name, position, {});
        name.name = std::string(word);
        return name;
    }
    Expression read_number() {
        Expression number = join(Operation::constant, at_, {});
        for (; at_ < text_.size() && is_digit(text_[at_]); ++at_) {
            if (__builtin_mul_overflow(number.value, std::int64_t{10}, &number.value) ||
                __builtin_add_overflow(number.value, std::int64_t{text_[at_] - '0'}, &number.value)) {
                fail_at(number.position, "the number does not fit 64 bits");
                return number;
            }
        }
        if (at_ < text_.size() && text_[at_] == '.') fail("only whole numbers are allowed");
        if (at_ < text_.size() && is_name_start(text_[at_])) fail("expected an operator after the number");
        return number;
    }
    Expression read_call(std::string_view word, std::size_t position) {
        const auto* function = std::find_if(functions.begin(), functions.end(),
                                            [&](const Function& one) { return one.name == word; });
        if (function == functions.end()) {
            fail_at(position, "there is no function \"" + std::string(word) + "\"");
            return {};
        }
        std::vector<Expression> operands;
        if (!eat(")")) {
            do operands.push_back(read_or());
            while (mistake_.empty() && eat(","));
            if (!eat(")")) fail("expected \",\" or \")\"");
        }
        if (operands.size() < function->least || operands.size() > function->most)
            fail_at(position, std::string(word) + " needs " + std::to_string(function->least) +
                                  (function->most > function->least ? " or more" : "") + " values, not " +
                                  std::to_string(operands.size()));
        Expression call = join(function->operation, position, std::move(operands));
        if (call.operation == Operation::given && mistake_.empty()) {
            if (call.operands[0].operation != Operation::name)
                fail_at(position, "given() needs the name of a fact");
            call.name = call.operands[0].name;
            call.operands.clear();
        }
        return call;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    int nesting_ = 0;
    std::string mistake_;
    std::uint32_t mistake_at_ = 0;
};

void gather_names(const Expression& expression, std::vector<std::string>& names) {
    if (!expression.name.empty() && std::find(names.begin(), names.end(), expression.name) == names.end())
        names.push_back(expression.name);
    for (const Expression& operand : expression.operands) gather_names(operand, names);
}

// How tightly an operation binds: an operand that binds less needs brackets.
int binding(Operation operation) {
    switch (operation) {
        case Operation::any_of: return 1;
        case Operation::all_of: return 2;
        case Operation::negation: return 3;
        case Operation::less:
        case Operation::less_equal:
        case Operation::greater:
        case Operation::greater_equal:
        case Operation::equal:
        case Operation::not_equal: return 4;
        case Operation::add:
        case Operation::subtract: return 5;
        case Operation::multiply:
        case Operation::divide:
        case Operation::ratio:
        case Operation::mean: return 6;
        default: return 7;
    }
}

std::string_view sign_of(Operation operation) {
    switch (operation) {
        case Operation::any_of: return " ∨ ";
        case Operation::all_of: return " ∧ ";
        case Operation::less: return " < ";
        case Operation::less_equal: return " ≤ ";
        case Operation::greater: return " > ";
        case Operation::greater_equal: return " ≥ ";
        case Operation::equal: return " = ";
        case Operation::not_equal: return " ≠ ";
        case Operation::add: return " + ";
        case Operation::subtract: return " − ";
        case Operation::multiply: return " × ";
        default: return " : ";
    }
}

using Label = std::function<std::string(const std::string&)>;

std::string words(const Expression& e, const Label& label, int outer);

std::string list(std::string_view name, const Expression& e, const Label& label) {
    std::string text(name);
    text += "(";
    for (std::size_t i = 0; i < e.operands.size(); ++i)
        text += (i > 0 ? "; " : "") + words(e.operands[i], label, 0);
    return text + ")";
}

std::string words(const Expression& e, const Label& label, int outer) {
    const int own = binding(e.operation);
    std::string text;
    switch (e.operation) {
        case Operation::constant: return std::to_string(e.value);
        case Operation::name: return label(e.name);
        case Operation::given: return "∃ " + label(e.name);
        case Operation::negate: return "−" + words(e.operands[0], label, own);
        case Operation::negation: text = "¬ " + words(e.operands[0], label, own); break;
        case Operation::minimum: return list("min", e, label);
        case Operation::maximum: return list("max", e, label);
        case Operation::absolute: return "|" + words(e.operands[0], label, 0) + "|";
        case Operation::choose:
            return "(" + words(e.operands[0], label, 0) + " ? " + words(e.operands[1], label, 0) + " : " +
                   words(e.operands[2], label, 0) + ")";
        case Operation::ratio:
        case Operation::mean:
        case Operation::divide:
            text = words(e.operands[0], label, own) + " : " + words(e.operands[1], label, own + 1);
            break;
        default:
            // The right side of "a - (b + c)" keeps its brackets.
            text = words(e.operands[0], label, own) + std::string(sign_of(e.operation)) +
                   words(e.operands[1], label, own + 1);
    }
    return own < outer ? "(" + text + ")" : text;
}

}  // namespace

FormulaReading read_formula(std::string_view text) { return Parser(text).read(); }

std::vector<std::string> names_in(const Expression& expression) {
    std::vector<std::string> names;
    gather_names(expression, names);
    return names;
}

std::string formula_in_words(const Expression& expression, const Label& label) {
    return words(expression, label, 0);
}

}  // namespace gw::evaluation
