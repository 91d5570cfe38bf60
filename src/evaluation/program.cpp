#include "evaluation/program.h"

#include <algorithm>

namespace gw::evaluation {
namespace {

Segments segments_of(const Curve& curve) {
    Segments s;
    const std::vector<Point>& p = curve.points;
    s.first_x = p.front().x;
    s.last_x = p.back().x;
    for (std::size_t i = 0; i + 1 < p.size(); ++i) {
        const std::int64_t rise = p[i + 1].y - p[i].y;
        if (i > 0) s.knots.push_back(p[i].x);
        s.start_x.push_back(p[i].x);
        s.start_y.push_back(p[i].y);
        s.width.push_back(p[i + 1].x - p[i].x);
        s.height.push_back(rise < 0 ? -rise : rise);
        s.sign.push_back(rise < 0 ? -1 : 1);
    }
    return s;
}

// Hands out buffers and takes them back after the last use, so that a chunk's working set stays in the cache.
class Slots {
public:
    std::int32_t take() {
        if (free_.empty()) return count_++;
        const std::int32_t slot = free_.back();
        free_.pop_back();
        return slot;
    }
    void give_back(std::int32_t slot) { free_.push_back(slot); }
    std::int32_t count() const { return count_; }

private:
    std::vector<std::int32_t> free_;
    std::int32_t count_ = 0;
};

}  // namespace

Program make_program(const Graph& graph, std::span<const NodeId> outputs) {
    const std::size_t size = graph.size();
    // Operands always have smaller numbers than their users: one pass down finds what is needed.
    std::vector<NodeId> last_use(size, no_node);
    const auto never = static_cast<NodeId>(size);
    for (const NodeId id : outputs) last_use[static_cast<std::size_t>(id)] = never;
    for (std::size_t i = size; i-- > 0;) {
        if (last_use[i] == no_node) continue;
        const Node& node = graph.at(static_cast<NodeId>(i));
        for (const NodeId operand : {node.a, node.b, node.c})
            if (operand != no_node) {
                NodeId& last = last_use[static_cast<std::size_t>(operand)];
                last = std::max(last, static_cast<NodeId>(i));
            }
    }
    Program program;
    Slots slots;
    std::vector<std::int32_t> slot_of(size, -1);
    for (std::size_t i = 0; i < size; ++i) {
        if (last_use[i] == no_node) continue;
        const Node& node = graph.at(static_cast<NodeId>(i));
        if (node.kind == NodeKind::column || node.kind == NodeKind::constant) {
            slot_of[i] = slots.take();
            if (node.kind == NodeKind::column) program.loads.push_back({node.value, slot_of[i]});
            else program.fixed.push_back({node.value, slot_of[i]});
        }
    }
    for (std::size_t i = 0; i < size; ++i) {
        if (last_use[i] == no_node || slot_of[i] != -1) continue;
        const Node& node = graph.at(static_cast<NodeId>(i));
        Step step;
        step.kind = node.kind;
        step.value = node.value;
        slot_of[i] = slots.take();
        step.to = slot_of[i];
        std::int32_t* places[] = {&step.a, &step.b, &step.c};
        const NodeId operands[] = {node.a, node.b, node.c};
        for (std::size_t k = 0; k < 3; ++k)
            if (operands[k] != no_node) *places[k] = slot_of[static_cast<std::size_t>(operands[k])];
        for (std::size_t k = 0; k < 3; ++k) {
            const NodeId operand = operands[k];
            if (operand == no_node || last_use[static_cast<std::size_t>(operand)] != static_cast<NodeId>(i))
                continue;
            const NodeKind kind = graph.at(operand).kind;
            if (kind == NodeKind::column || kind == NodeKind::constant) continue;
            slots.give_back(slot_of[static_cast<std::size_t>(operand)]);
            last_use[static_cast<std::size_t>(operand)] = no_node;  // once, even when it stands on both sides
        }
        if (node.kind == NodeKind::piecewise) {
            step.curve = static_cast<std::int32_t>(program.lines.size());
            program.lines.push_back(segments_of(graph.curve_of(node)));
        } else if (node.kind == NodeKind::steps) {
            step.curve = static_cast<std::int32_t>(program.stairs.size());
            program.stairs.push_back(graph.curve_of(node));
        }
        program.steps.push_back(step);
    }
    for (const NodeId id : outputs) program.outputs.push_back(slot_of[static_cast<std::size_t>(id)]);
    program.slots = slots.count();
    return program;
}

}  // namespace gw::evaluation
