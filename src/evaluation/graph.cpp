#include "evaluation/graph.h"

#include <algorithm>
#include <optional>

namespace gw::evaluation {
namespace {

using Ends = std::optional<Range>;

Ends sum(const Range& a, const Range& b) {
    Range r;
    if (__builtin_add_overflow(a.lowest, b.lowest, &r.lowest)) return {};
    if (__builtin_add_overflow(a.highest, b.highest, &r.highest)) return {};
    return r;
}

Ends difference(const Range& a, const Range& b) {
    Range r;
    if (__builtin_sub_overflow(a.lowest, b.highest, &r.lowest)) return {};
    if (__builtin_sub_overflow(a.highest, b.lowest, &r.highest)) return {};
    return r;
}

Ends product(const Range& a, const Range& b) {
    std::int64_t corners[4];
    if (__builtin_mul_overflow(a.lowest, b.lowest, &corners[0]) ||
        __builtin_mul_overflow(a.lowest, b.highest, &corners[1]) ||
        __builtin_mul_overflow(a.highest, b.lowest, &corners[2]) ||
        __builtin_mul_overflow(a.highest, b.highest, &corners[3]))
        return {};
    const auto [low, high] = std::minmax_element(std::begin(corners), std::end(corners));
    return Range{*low, *high};
}

Range join(const Range& a, const Range& b) {
    return {std::min(a.lowest, b.lowest), std::max(a.highest, b.highest)};
}

// A comparison that can only come out one way is a constant, which lets the compiler of the rulebook say
// "this condition can never hold".
Range verdict(bool always, bool never) { return {always ? 1 : 0, never ? 0 : 1}; }

bool has_overlap(const Range& a, const Range& b) { return a.lowest <= b.highest && b.lowest <= a.highest; }

bool is_always_true(const Range& r) { return r.lowest > 0 || r.highest < 0; }
bool is_never_true(const Range& r) { return r.lowest == 0 && r.highest == 0; }

std::string describe(const Range& r) { return std::to_string(r.lowest) + " to " + std::to_string(r.highest); }

}  // namespace

NodeId Graph::intern(const Node& node) {
    const Key key{node.kind, node.a, node.b, node.c, node.value, node.curve};
    const auto [place, is_fresh] = known_.emplace(key, static_cast<NodeId>(nodes_.size()));
    if (is_fresh) nodes_.push_back(node);
    return place->second;
}

NodeId Graph::column(std::int64_t number, Range range) {
    Node node;
    node.kind = NodeKind::column;
    node.value = number;
    node.range = range;
    const NodeId id = intern(node);
    // The range of an aggregate becomes known only after its column was first named.
    nodes_[static_cast<std::size_t>(id)].range = range;
    return id;
}

NodeId Graph::constant(std::int64_t value) {
    Node node;
    node.value = value;
    node.range = {value, value};
    return intern(node);
}

NodeId Graph::truth(NodeId a) {
    if (a == no_node) return no_node;
    const Range& r = range(a);
    if (r.lowest >= 0 && r.highest <= 1) return a;
    return node(NodeKind::not_equal, a, constant(0));
}

NodeId Graph::node(NodeKind kind, NodeId a, NodeId b, NodeId c, std::int64_t value) {
    Node node;
    node.kind = kind;
    node.a = a;
    node.b = b;
    node.c = c;
    node.value = value;
    if (!find_range(node)) return no_node;
    if (node.range.is_single()) return constant(node.range.lowest);
    return intern(node);
}

bool Graph::find_range(Node& node) {
    const bool needs_three =
        node.kind == NodeKind::choose || node.kind == NodeKind::ratio || node.kind == NodeKind::mean;
    const bool needs_one = node.kind == NodeKind::negation || node.kind == NodeKind::absolute;
    if (node.a == no_node || (!needs_one && node.b == no_node) || (needs_three && node.c == no_node))
        return false;
    const Range a = range(node.a);
    const Range b = needs_one ? Range{} : range(node.b);
    const Range c = needs_three ? range(node.c) : Range{};
    Ends r;
    switch (node.kind) {
        case NodeKind::add: r = sum(a, b); break;
        case NodeKind::subtract: r = difference(a, b); break;
        case NodeKind::multiply: r = product(a, b); break;
        case NodeKind::less: r = verdict(a.highest < b.lowest, a.lowest >= b.highest); break;
        case NodeKind::less_equal: r = verdict(a.highest <= b.lowest, a.lowest > b.highest); break;
        case NodeKind::equal:
            r = verdict(a.is_single() && b.is_single() && a.lowest == b.lowest, !has_overlap(a, b));
            break;
        case NodeKind::not_equal:
            r = verdict(!has_overlap(a, b), a.is_single() && b.is_single() && a.lowest == b.lowest);
            break;
        case NodeKind::all_of:
            r = verdict(is_always_true(a) && is_always_true(b), is_never_true(a) || is_never_true(b));
            break;
        case NodeKind::any_of:
            r = verdict(is_always_true(a) || is_always_true(b), is_never_true(a) && is_never_true(b));
            break;
        case NodeKind::negation: r = verdict(is_never_true(a), is_always_true(a)); break;
        case NodeKind::minimum:
            r = Range{std::min(a.lowest, b.lowest), std::min(a.highest, b.highest)};
            break;
        case NodeKind::maximum:
            r = Range{std::max(a.lowest, b.lowest), std::max(a.highest, b.highest)};
            break;
        case NodeKind::absolute: {
            const Ends negated = difference({0, 0}, a);
            if (!negated) break;
            if (a.lowest >= 0) r = a;
            else if (a.highest <= 0) r = negated;
            else r = Range{0, std::max(a.highest, negated->highest)};
            break;
        }
        case NodeKind::choose: r = is_always_true(a) ? b : is_never_true(a) ? c : join(b, c); break;
        case NodeKind::divide:
            if (a.lowest < 0 || b.lowest < 1) {
                message_ = "div(a, b) needs a of at least 0 and b of at least 1; here a is " + describe(a) +
                           " and b is " + describe(b) + " (use max(1, ...))";
                return false;
            }
            r = Range{a.lowest / b.highest, a.highest / b.lowest};
            break;
        case NodeKind::ratio:
        case NodeKind::mean: {
            const std::int64_t scale = node.kind == NodeKind::ratio ? 10000 : node.value;
            if (a.lowest < 0 || scale < 0) {
                message_ = "the number to be divided may not be negative; here it is " + describe(a) +
                           " (use max(0, ...))";
                return false;
            }
            const Ends scaled = product(a, {scale, scale});
            if (!scaled) break;
            if (b.highest <= 0) {
                r = c;
                break;
            }
            Range quotient{scaled->lowest / b.highest, scaled->highest / std::max<std::int64_t>(b.lowest, 1)};
            if (node.kind == NodeKind::ratio) {
                quotient.lowest = std::min<std::int64_t>(quotient.lowest, 10000);
                quotient.highest = std::min<std::int64_t>(quotient.highest, 10000);
            }
            r = b.lowest > 0 ? quotient : join(quotient, c);
            break;
        }
        case NodeKind::column:
        case NodeKind::constant:
        case NodeKind::piecewise:
        case NodeKind::steps: break;
    }
    if (!r) {
        message_ = "the result could leave 64 bits: the values are " + describe(a) +
                   (needs_one ? "" : " and " + describe(b));
        return false;
    }
    node.range = *r;
    return true;
}

NodeId Graph::curve(NodeKind kind, NodeId a, Curve curve) {
    if (a == no_node || curve.points.empty()) return no_node;
    Node node;
    node.kind = kind;
    node.a = a;
    std::int64_t low = curve.points.front().y;
    std::int64_t high = low;
    for (const Point& point : curve.points) {
        low = std::min(low, point.y);
        high = std::max(high, point.y);
    }
    if (kind == NodeKind::steps) {
        low = std::min(low, curve.otherwise);
        high = std::max(high, curve.otherwise);
    }
    for (std::size_t i = 1; kind == NodeKind::piecewise && i < curve.points.size(); ++i) {
        const Point& from = curve.points[i - 1];
        const Point& to = curve.points[i];
        std::int64_t width = 0;
        std::int64_t height = 0;
        std::int64_t unused = 0;
        if (__builtin_sub_overflow(to.x, from.x, &width) || __builtin_sub_overflow(to.y, from.y, &height) ||
            __builtin_mul_overflow(width, height, &unused) || unused == INT64_MIN) {
            message_ = "the line between two points could leave 64 bits";
            return no_node;
        }
    }
    node.range = {low, high};
    if (node.range.is_single()) return constant(low);
    node.curve = static_cast<std::int32_t>(curves_.size());
    curves_.push_back(std::move(curve));
    return intern(node);
}

}  // namespace gw::evaluation
