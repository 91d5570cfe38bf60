// From a rulebook to a plan: columns are numbered, ranges of aggregates found from the bottom, formulas
// compiled.
#include <algorithm>

#include "evaluation/plan.h"
#include "evaluation/rulebook_checks.h"
#include "evaluation/scope.h"
#include "evaluation/subject_plan.h"

namespace gw::evaluation {
namespace {

Environment make_environment(const Rulebook& rulebook, Domain domain) {
    Environment environment;
    environment.domain = domain;
    for (std::size_t i = 0; i < rulebook.facts.size(); ++i) {
        if (rulebook.facts[i].domain != domain) continue;
        environment.fact_numbers[rulebook.facts[i].key] = static_cast<std::int64_t>(environment.facts.size());
        environment.facts.push_back(i);
    }
    if (domain != Domain::unit) return environment;
    for (std::size_t i = 0; i < rulebook.aggregates.size(); ++i) {
        environment.aggregate_numbers[rulebook.aggregates[i].key] =
            environment.aggregate(environment.aggregates.size());
        environment.aggregates.push_back(i);
    }
    return environment;
}

bool is_over_members(Over over) { return over == Over::members || over == Over::subtree_members; }

std::vector<std::string> names_of(const Aggregate& aggregate) {
    std::vector<std::string> names = names_in(aggregate.of.expression);
    for (std::string& name : names_in(aggregate.where.expression)) names.push_back(std::move(name));
    return names;
}

// Puts aggregates so that each comes after those it is made from. Aggregates that need themselves are
// mistakes.
class AggregateOrder {
public:
    AggregateOrder(const Rulebook& rulebook, Mistakes& mistakes)
        : rulebook_(rulebook), mistakes_(mistakes), marks_(rulebook.aggregates.size(), Mark::fresh) {
        for (std::size_t i = 0; i < rulebook.aggregates.size(); ++i) visit(i);
    }
    const std::vector<std::size_t>& order() const { return order_; }

private:
    enum class Mark { fresh, open, done };
    void visit(std::size_t i) {
        const Aggregate& aggregate = rulebook_.aggregates[i];
        if (marks_[i] == Mark::done) return;
        if (marks_[i] == Mark::open) {
            mistakes_.push_back(
                {"aggregate." + aggregate.key, "is made from itself, directly or by way of others"});
            return;
        }
        marks_[i] = Mark::open;
        if (!is_over_members(aggregate.over))
            for (const std::string& name : names_of(aggregate))
                for (std::size_t j = 0; j < rulebook_.aggregates.size(); ++j)
                    if (rulebook_.aggregates[j].key == name) visit(j);
        marks_[i] = Mark::done;
        order_.push_back(i);
    }
    const Rulebook& rulebook_;
    Mistakes& mistakes_;
    std::vector<Mark> marks_;
    std::vector<std::size_t> order_;
};

class Compiler {
public:
    Compiler(Rulebook rulebook, Mistakes& mistakes) : mistakes_(mistakes) {
        plan_.rulebook = std::move(rulebook);
    }

    std::shared_ptr<const Plan> compile() {
        check_structure(plan_.rulebook, mistakes_);
        for (const Domain domain : {Domain::member, Domain::unit, Domain::meeting})
            plan_.environments[static_cast<std::size_t>(domain)] = make_environment(plan_.rulebook, domain);
        compile_sums();
        for (std::size_t i = 0; i < plan_.rulebook.subjects.size(); ++i)
            plan_.subjects.push_back(make_subject_plan(plan_.rulebook, i,
                                                       plan_.environment(plan_.rulebook.subjects[i].domain),
                                                       aggregate_ranges_, mistakes_));
        if (!mistakes_.empty()) return nullptr;
        plan_.aggregate_ranges = aggregate_ranges_;
        return std::make_shared<const Plan>(std::move(plan_));
    }

private:
    // The column to be summed: `of`, or 1, where the condition holds, else 0.
    NodeId source(Graph& graph, Translator& translator, const Formula& of, const Formula& where,
                  const std::string& path, const std::string& where_key) {
        NodeId value = of.is_empty() ? graph.constant(1) : translator.number(of, path + ".of");
        if (!where.is_empty())
            value = graph.node(NodeKind::choose, translator.condition(where, path + where_key), value,
                               graph.constant(0));
        return value;
    }

    // Sums of at most that many rows must stay within 64 bits.
    Range sum_range(const Graph& graph, NodeId id, std::int64_t rows, const std::string& path) {
        Range range;
        if (id == no_node) return range;
        const Range one = graph.range(id);
        if (__builtin_mul_overflow(std::min<std::int64_t>(one.lowest, 0), rows, &range.lowest) ||
            __builtin_mul_overflow(std::max<std::int64_t>(one.highest, 0), rows, &range.highest)) {
            mistakes_.push_back({path, "the sum over " + std::to_string(rows) + " rows could leave 64 bits"});
            return {};
        }
        return range;
    }

    void compile_sums() {
        const Rulebook& rulebook = plan_.rulebook;
        aggregate_ranges_.assign(rulebook.aggregates.size(), {});
        Graph members;
        Scope member_scope;
        add_columns(members, member_scope, rulebook, plan_.environment(Domain::member), aggregate_ranges_);
        add_results(members, member_scope, rulebook, plan_.environment(Domain::member));
        Translator of_members(members, member_scope, mistakes_);
        Graph units;
        Scope unit_scope;
        std::vector<NodeId> member_outputs;
        std::vector<NodeId> unit_outputs;
        const AggregateOrder order(rulebook, mistakes_);
        for (const std::size_t i : order.order()) {
            const Aggregate& aggregate = rulebook.aggregates[i];
            const std::string path = "aggregate." + aggregate.key;
            if (is_over_members(aggregate.over)) {
                const NodeId id = source(members, of_members, aggregate.of, aggregate.where, path, ".where");
                aggregate_ranges_[i] = sum_range(members, id, most_members, path);
                plan_.aggregates_over_members.push_back(i);
                member_outputs.push_back(id);
            } else {
                // The scope is made anew because the ranges of the aggregates found so far have become known.
                unit_scope.clear();
                add_columns(units, unit_scope, rulebook, plan_.environment(Domain::unit), aggregate_ranges_);
                add_results(units, unit_scope, rulebook, plan_.environment(Domain::unit));
                Translator of_units(units, unit_scope, mistakes_);
                const NodeId id = source(units, of_units, aggregate.of, aggregate.where, path, ".where");
                aggregate_ranges_[i] = sum_range(units, id, most_units, path);
                plan_.aggregates_over_units.push_back(i);
                unit_outputs.push_back(id);
            }
        }
        Graph counts;
        Scope count_scope;
        add_columns(counts, count_scope, rulebook, plan_.environment(Domain::unit), aggregate_ranges_);
        add_results(counts, count_scope, rulebook, plan_.environment(Domain::unit));
        Translator of_counts(counts, count_scope, mistakes_);
        std::vector<NodeId> count_outputs;
        for (std::size_t i = 0; i < rulebook.counters.size(); ++i) {
            const Counter& counter = rulebook.counters[i];
            const std::string path = "counter." + counter.key;
            const bool is_member = counter.domain == Domain::member;
            const NodeId id = is_member ? source(members, of_members, counter.of, counter.when, path, ".when")
                                        : source(counts, of_counts, counter.of, counter.when, path, ".when");
            sum_range(is_member ? members : counts, id, is_member ? most_members : most_units, path);
            (is_member ? plan_.counters_of_members : plan_.counters_of_units).push_back(i);
            (is_member ? member_outputs : count_outputs).push_back(id);
        }
        if (!mistakes_.empty()) return;
        plan_.member_sums = make_program(members, member_outputs);
        plan_.unit_sums = make_program(units, unit_outputs);
        plan_.unit_counts = make_program(counts, count_outputs);
    }

    Plan plan_;
    Mistakes& mistakes_;
    std::vector<Range> aggregate_ranges_;
};

}  // namespace

const Rulebook& rulebook_of(const Plan& plan) { return plan.rulebook; }

Compilation compile(Rulebook rulebook) {
    Compilation compilation;
    compilation.plan = Compiler(std::move(rulebook), compilation.mistakes).compile();
    return compilation;
}

std::vector<std::string> list_facts(const Rulebook& rulebook, Domain domain) {
    std::vector<std::string> names;
    for (const Fact& fact : rulebook.facts)
        if (fact.domain == domain) names.push_back(fact.key);
    return names;
}

}  // namespace gw::evaluation
