#include "evaluation/scope.h"

#include <algorithm>

namespace gw::evaluation {
namespace {

Range numbers_of(const std::vector<Named>& list) {
    Range range;
    for (const Named& one : list) {
        range.lowest = std::min(range.lowest, one.number);
        range.highest = std::max(range.highest, one.number);
    }
    return range;
}

std::size_t edit_distance(const std::string& a, const std::string& b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t corner = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = corner + (a[i - 1] == b[j - 1] ? 0 : 1);
            corner = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
        }
    }
    return row.back();
}

}  // namespace

void add_columns(Graph& graph, Scope& scope, const Rulebook& rulebook, const Environment& environment,
                 const std::vector<Range>& aggregate_ranges) {
    for (std::size_t place = 0; place < environment.facts.size(); ++place) {
        const Fact& fact = rulebook.facts[environment.facts[place]];
        scope[fact.key] = graph.column(environment.fact(place), {fact.lowest, fact.highest});
        scope["given " + fact.key] = graph.column(environment.given(place), {0, 1});
    }
    for (std::size_t place = 0; place < environment.aggregates.size(); ++place) {
        const std::size_t of = environment.aggregates[place];
        scope[rulebook.aggregates[of].key] = graph.column(environment.aggregate(place), aggregate_ranges[of]);
    }
    for (const Named& one : rulebook.classes) scope["class." + one.key] = graph.constant(one.number);
    for (const Named& one : rulebook.levels) scope["level." + one.key] = graph.constant(one.number);
    for (const Named& one : rulebook.kinds) scope["kind." + one.key] = graph.constant(one.number);
    if (environment.domain == Domain::unit)
        scope["kind"] = graph.column(environment.own(Environment::kind), numbers_of(rulebook.kinds));
}

void add_results(Graph& graph, Scope& scope, const Rulebook& rulebook, const Environment& environment) {
    Range scores;
    for (const Subject& subject : rulebook.subjects)
        scores.highest = std::max(scores.highest, subject.maximum);
    const Range classes = numbers_of(rulebook.classes);
    scope["score"] = graph.column(environment.own(Environment::score), scores);
    scope["pre_class"] = graph.column(environment.own(Environment::pre_class), classes);
    scope["final_class"] = graph.column(environment.own(Environment::final_class), classes);
    scope["is_weak"] = graph.column(environment.own(Environment::is_weak), {0, 1});
    const NodeId state =
        graph.column(environment.own(Environment::state), {0, static_cast<std::int64_t>(State::no_subject)});
    const auto is = [&](State which) {
        return graph.node(NodeKind::equal, state, graph.constant(static_cast<std::int64_t>(which)));
    };
    scope["is_evaluated"] = is(State::evaluated);
    scope["is_exempt"] = is(State::exempt);
    scope["is_not_evaluated"] =
        graph.node(NodeKind::any_of, is(State::not_evaluated), is(State::facts_missing));
}

NodeId Translator::fail(const Expression& e, const std::string& message) {
    mistakes_.push_back({path_, message + " (at character " + std::to_string(e.position + 1) + ")"});
    return no_node;
}

NodeId Translator::checked(const Expression& e, NodeId id) {
    if (id != no_node) return id;
    const std::string message = graph_.take_message();
    return message.empty() ? no_node : fail(e, message);
}

NodeId Translator::name(const Expression& e, const std::string& key) {
    const auto found = scope_.find(key);
    if (found != scope_.end()) return found->second;
    std::string message = "there is no \"" + e.name + "\" here";
    std::size_t best = 3;
    std::string near;
    for (const auto& [known, id] : scope_) {
        const std::size_t distance = edit_distance(e.name, known);
        if (distance < best) {
            best = distance;
            near = known;
        }
    }
    if (!near.empty()) message += "; did you mean \"" + near + "\"?";
    return fail(e, message);
}

NodeId Translator::fold(NodeKind kind, const Expression& e) {
    NodeId result = translate(e.operands[0]);
    for (std::size_t i = 1; i < e.operands.size(); ++i)
        result = checked(e, graph_.node(kind, result, translate(e.operands[i])));
    return result;
}

NodeId Translator::translate(const Expression& e) {
    const auto operand = [&](std::size_t i) { return translate(e.operands[i]); };
    const auto two = [&](NodeKind kind) {
        const NodeId a = operand(0);
        const NodeId b = operand(1);
        return checked(e, graph_.node(kind, a, b));
    };
    const auto two_swapped = [&](NodeKind kind) {
        const NodeId a = operand(0);
        const NodeId b = operand(1);
        return checked(e, graph_.node(kind, b, a));
    };
    switch (e.operation) {
        case Operation::constant: return graph_.constant(e.value);
        case Operation::name: return name(e, e.name);
        case Operation::given: return name(e, "given " + e.name);
        case Operation::add: return two(NodeKind::add);
        case Operation::subtract: return two(NodeKind::subtract);
        case Operation::multiply: return two(NodeKind::multiply);
        case Operation::less: return two(NodeKind::less);
        case Operation::less_equal: return two(NodeKind::less_equal);
        case Operation::greater: return two_swapped(NodeKind::less);
        case Operation::greater_equal: return two_swapped(NodeKind::less_equal);
        case Operation::equal: return two(NodeKind::equal);
        case Operation::not_equal: return two(NodeKind::not_equal);
        case Operation::all_of: return two(NodeKind::all_of);
        case Operation::any_of: return two(NodeKind::any_of);
        case Operation::divide: return two(NodeKind::divide);
        case Operation::negate:
            return checked(e, graph_.node(NodeKind::subtract, graph_.constant(0), operand(0)));
        case Operation::negation: return checked(e, graph_.node(NodeKind::negation, operand(0)));
        case Operation::absolute: return checked(e, graph_.node(NodeKind::absolute, operand(0)));
        case Operation::minimum: return fold(NodeKind::minimum, e);
        case Operation::maximum: return fold(NodeKind::maximum, e);
        case Operation::choose:
        case Operation::ratio: {
            const NodeId a = operand(0);
            const NodeId b = operand(1);
            const NodeId c = operand(2);
            return checked(
                e,
                graph_.node(e.operation == Operation::choose ? NodeKind::choose : NodeKind::ratio, a, b, c));
        }
        case Operation::mean: {
            const NodeId sum = operand(0);
            const NodeId count = operand(1);
            const NodeId scale = operand(2);
            const NodeId otherwise = operand(3);
            if (scale == no_node) return no_node;
            if (graph_.at(scale).kind != NodeKind::constant)
                return fail(e.operands[2], "the third value of mean() must be a number");
            return checked(e, graph_.node(NodeKind::mean, sum, count, otherwise, graph_.at(scale).value));
        }
    }
    return no_node;
}

NodeId Translator::number(const Formula& formula, const std::string& path) {
    path_ = path;
    return translate(formula.expression);
}

NodeId Translator::condition(const Formula& formula, const std::string& path) {
    const NodeId id = graph_.truth(number(formula, path));
    if (id != no_node && graph_.range(id).is_single())
        mistakes_.push_back({path, graph_.range(id).lowest == 0
                                       ? "this condition can never hold within the ranges of its facts"
                                       : "this condition always holds within the ranges of its facts"});
    return id;
}

}  // namespace gw::evaluation
