#include "evaluation/program.h"

#include <utility>

#include "evaluation/assembler.h"

namespace gw::evaluation {
namespace {

// The nodes behind `outputs` made again in a graph of their own, so that their ranges follow from the columns
// that `column` makes. Operands always have smaller numbers than their users.
template <class MakeColumn>
Program rebuild(const Graph& from, std::span<const NodeId> outputs, MakeColumn column) {
    std::vector<bool> is_needed(from.size(), false);
    for (const NodeId id : outputs) is_needed[static_cast<std::size_t>(id)] = true;
    for (std::size_t i = from.size(); i-- > 0;) {
        if (!is_needed[i]) continue;
        const Node& node = from.at(static_cast<NodeId>(i));
        for (const NodeId operand : {node.a, node.b, node.c})
            if (operand != no_node) is_needed[static_cast<std::size_t>(operand)] = true;
    }
    auto graph = std::make_shared<Graph>();
    std::vector<NodeId> made(from.size(), no_node);
    const auto of = [&](NodeId id) { return id == no_node ? no_node : made[static_cast<std::size_t>(id)]; };
    for (std::size_t i = 0; i < from.size(); ++i) {
        if (!is_needed[i]) continue;
        const Node& node = from.at(static_cast<NodeId>(i));
        switch (node.kind) {
            case NodeKind::column: made[i] = column(*graph, node); break;
            case NodeKind::constant: made[i] = graph->constant(node.value); break;
            case NodeKind::piecewise:
            case NodeKind::steps: made[i] = graph->curve(node.kind, of(node.a), from.curve_of(node)); break;
            default: made[i] = graph->node(node.kind, of(node.a), of(node.b), of(node.c), node.value);
        }
    }
    std::vector<NodeId> roots;
    for (const NodeId id : outputs) roots.push_back(of(id));
    return assemble(std::move(graph), std::move(roots));
}

}  // namespace

Program make_program(const Graph& graph, std::span<const NodeId> outputs) {
    return rebuild(graph, outputs,
                   [](Graph& into, const Node& node) { return into.column(node.value, node.range); });
}

Program specialise(const Program& program, std::span<const Source> columns) {
    if (program.graph == nullptr) return program;
    return rebuild(*program.graph, program.roots, [&](Graph& into, const Node& node) {
        const Range& range = columns[static_cast<std::size_t>(node.value)].range;
        return range.is_single() ? into.constant(range.lowest) : into.column(node.value, range);
    });
}

}  // namespace gw::evaluation
