// The values of a rulebook as a graph: every node is a column-to-be with the range it can take. Equal nodes
// are one node, so a ratio used by a criterion and by three gates is computed once.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "evaluation/numbers.h"
#include "evaluation/rulebook.h"

namespace gw::evaluation {

enum class NodeKind : std::uint8_t {
    column,    // value = number of the column in the environment
    constant,  // value
    add,
    subtract,
    multiply,
    less,
    less_equal,
    equal,
    not_equal,
    all_of,
    any_of,
    negation,
    minimum,
    maximum,
    absolute,
    choose,  // a ? b : c
    divide,
    ratio,      // of a and b, else c
    mean,       // a * value div b, else c
    piecewise,  // curve of a
    steps       // curve of a
};

using NodeId = std::int32_t;
constexpr NodeId no_node = -1;

struct Node {
    NodeKind kind = NodeKind::constant;
    NodeId a = no_node;
    NodeId b = no_node;
    NodeId c = no_node;
    std::int64_t value = 0;
    std::int32_t curve = -1;
    Range range;
};

// A piecewise line, flat outside its points; a line between two points rounds towards the earlier one. Or a
// staircase: the y of the first point whose x is not below the value, else `otherwise`.
struct Curve {
    std::vector<Point> points;
    std::int64_t otherwise = 0;
};
std::int64_t value_of_line(const Curve& curve, std::int64_t x);
std::int64_t value_of_steps(const Curve& curve, std::int64_t x);

class Graph {
public:
    NodeId column(std::int64_t number, Range range);
    NodeId constant(std::int64_t value);
    // Returns no_node when a part is no_node or the range could leave 64 bits; then take_message() says why,
    // unless a part was already bad. What the ranges leave no choice about is not computed: the minimum of
    // two values of which one is always smaller is that value.
    NodeId node(NodeKind kind, NodeId a, NodeId b = no_node, NodeId c = no_node, std::int64_t value = 0);
    // Returns no_node for a line whose points do not go from left to right; the rulebook's checks say so.
    NodeId curve(NodeKind kind, NodeId a, Curve curve);
    NodeId truth(NodeId a);  // 1 when not 0

    const Node& at(NodeId id) const { return nodes_[static_cast<std::size_t>(id)]; }
    const Range& range(NodeId id) const { return at(id).range; }
    const Curve& curve_of(const Node& node) const { return curves_[static_cast<std::size_t>(node.curve)]; }
    std::size_t size() const { return nodes_.size(); }
    // Why the last node() failed; empties the message.
    std::string take_message() { return std::exchange(message_, {}); }

private:
    NodeId intern(const Node& node);
    bool find_range(Node& node);
    NodeId shortcut(const Node& node);
    bool is_sound(const Curve& line);

    using Key = std::tuple<NodeKind, NodeId, NodeId, NodeId, std::int64_t, std::int32_t>;
    std::vector<Node> nodes_;
    std::vector<Curve> curves_;
    std::map<Key, NodeId> known_;
    std::string message_;
};

}  // namespace gw::evaluation
