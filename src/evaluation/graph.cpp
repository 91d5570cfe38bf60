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

// A comparison that can only come out one way is a constant, which lets the compiler of the rulebook say
// "this condition can never hold".
Range verdict(bool always, bool never) { return {always ? 1 : 0, never ? 0 : 1}; }

bool has_overlap(const Range& a, const Range& b) { return a.lowest <= b.highest && b.lowest <= a.highest; }

bool is_always_true(const Range& r) { return r.lowest > 0 || r.highest < 0; }
bool is_never_true(const Range& r) { return r.lowest == 0 && r.highest == 0; }

bool is_constant(const Range& r, std::int64_t value) { return r.lowest == value && r.highest == value; }

// What a curve can give for the values of `in`: its ends and every point between them.
Range range_of(NodeKind kind, const Curve& curve, const Range& in) {
    const auto value = kind == NodeKind::piecewise ? value_of_line : value_of_steps;
    const std::int64_t first = value(curve, in.lowest);
    Range r = join({first, first}, {value(curve, in.highest), value(curve, in.highest)});
    for (const Point& point : curve.points)
        if (in.holds(point.x)) r = join(r, {point.y, point.y});
    return r;
}

std::string describe(const Range& r) { return std::to_string(r.lowest) + " to " + std::to_string(r.highest); }

}  // namespace

std::int64_t value_of_line(const Curve& curve, std::int64_t x) {
    const std::vector<Point>& p = curve.points;
    if (x <= p.front().x) return p.front().y;
    for (std::size_t i = 1; i < p.size(); ++i)
        if (x <= p[i].x) return p[i - 1].y + (x - p[i - 1].x) * (p[i].y - p[i - 1].y) / (p[i].x - p[i - 1].x);
    return p.back().y;
}

std::int64_t value_of_steps(const Curve& curve, std::int64_t x) {
    for (const Point& point : curve.points)
        if (x <= point.x) return point.y;
    return curve.otherwise;
}

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
    if (const NodeId known = shortcut(node); known != no_node) return known;
    const bool may_divide = node.kind == NodeKind::ratio || node.kind == NodeKind::mean;
    if (may_divide && range(b).lowest > 0) node.c = constant(0);
    return intern(node);
}

// The node that always has the same value, or no_node.
NodeId Graph::shortcut(const Node& node) {
    const Range a = range(node.a);
    const Range b = node.b == no_node ? Range{} : range(node.b);
    switch (node.kind) {
        case NodeKind::add:
            if (is_constant(a, 0)) return node.b;
            return is_constant(b, 0) ? node.a : no_node;
        case NodeKind::subtract: return is_constant(b, 0) ? node.a : no_node;
        case NodeKind::multiply:
            if (is_constant(a, 1)) return node.b;
            return is_constant(b, 1) ? node.a : no_node;
        case NodeKind::divide: return is_constant(b, 1) ? node.a : no_node;
        case NodeKind::minimum:
            if (a.highest <= b.lowest) return node.a;
            return b.highest <= a.lowest ? node.b : no_node;
        case NodeKind::maximum:
            if (a.lowest >= b.highest) return node.a;
            return b.lowest >= a.highest ? node.b : no_node;
        case NodeKind::absolute: return a.lowest >= 0 ? node.a : no_node;
        case NodeKind::all_of:
            if (is_always_true(a)) return truth(node.b);
            return is_always_true(b) ? truth(node.a) : no_node;
        case NodeKind::any_of:
            if (is_never_true(a)) return truth(node.b);
            return is_never_true(b) ? truth(node.a) : no_node;
        case NodeKind::choose:
            if (is_always_true(a) || node.b == node.c) return node.b;
            return is_never_true(a) ? node.c : no_node;
        case NodeKind::ratio:
        case NodeKind::mean: return b.highest <= 0 ? node.c : no_node;
        default: return no_node;
    }
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

bool Graph::is_sound(const Curve& line) {
    for (std::size_t i = 1; i < line.points.size(); ++i) {
        const Point& from = line.points[i - 1];
        const Point& to = line.points[i];
        if (from.x >= to.x) return false;
        std::int64_t width = 0;
        std::int64_t height = 0;
        std::int64_t unused = 0;
        if (__builtin_sub_overflow(to.x, from.x, &width) || __builtin_sub_overflow(to.y, from.y, &height) ||
            __builtin_mul_overflow(width, height, &unused) || unused == INT64_MIN) {
            message_ = "the line between two points could leave 64 bits";
            return false;
        }
    }
    return true;
}

NodeId Graph::curve(NodeKind kind, NodeId a, Curve curve) {
    if (a == no_node || curve.points.empty()) return no_node;
    if (kind == NodeKind::piecewise && !is_sound(curve)) return no_node;
    Node node;
    node.kind = kind;
    node.a = a;
    node.range = range_of(kind, curve, range(a));
    if (node.range.is_single()) return constant(node.range.lowest);
    node.curve = static_cast<std::int32_t>(curves_.size());
    curves_.push_back(std::move(curve));
    return intern(node);
}

}  // namespace gw::evaluation
