// What a name means at one place of a rulebook, and the way from a formula's tree to nodes of the graph.
#pragma once
#include <map>
#include <string>

#include "evaluation/graph.h"
#include "evaluation/mistake.h"
#include "evaluation/plan.h"

namespace gw::evaluation {

using Scope = std::map<std::string, NodeId>;

// Adds the facts, aggregates and constants (class., level., kind.) that formulas of a domain may name.
// `aggregate_ranges` belongs to Rulebook::aggregates.
void add_columns(Graph& graph, Scope& scope, const Rulebook& rulebook, const Environment& environment,
                 const std::vector<Range>& aggregate_ranges);

// Adds score, pre_class, final_class, is_evaluated, is_exempt, is_not_evaluated and is_weak, which only what
// comes after the classes may name.
void add_results(Graph& graph, Scope& scope, const Rulebook& rulebook, const Environment& environment);

// Turns a formula into a node; a mistake is added with `path` and the place in the text.
class Translator {
public:
    Translator(Graph& graph, const Scope& scope, Mistakes& mistakes)
        : graph_(graph), scope_(scope), mistakes_(mistakes) {}
    NodeId number(const Formula& formula, const std::string& path);
    // 0 or 1. A condition that always or never holds is a mistake: somebody meant something else.
    NodeId condition(const Formula& formula, const std::string& path);

private:
    NodeId translate(const Expression& e);
    NodeId fold(NodeKind kind, const Expression& e);
    NodeId name(const Expression& e, const std::string& key);
    NodeId fail(const Expression& e, const std::string& message);
    NodeId checked(const Expression& e, NodeId id);

    Graph& graph_;
    const Scope& scope_;
    Mistakes& mistakes_;
    std::string path_;
};

}  // namespace gw::evaluation
