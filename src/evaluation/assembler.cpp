#include "evaluation/assembler.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <optional>

#include "evaluation/curves.h"

namespace gw::evaluation {
namespace {

constexpr std::int64_t least_narrow = std::numeric_limits<std::int32_t>::min();
constexpr std::int64_t most_narrow = std::numeric_limits<std::int32_t>::max();
constexpr std::int64_t float_limit = std::int64_t{1} << 24;   // whole numbers below have a float of their own
constexpr std::int64_t double_limit = std::int64_t{1} << 53;  // and a double below this

bool is_narrow(std::int64_t value) { return value >= least_narrow && value <= most_narrow; }
bool is_narrow(const Range& range) { return is_narrow(range.lowest) && is_narrow(range.highest); }

class Assembler {
public:
    Assembler(std::shared_ptr<const Graph> graph, std::vector<NodeId> roots)
        : graph_(*graph), places_(graph->size()) {
        program_.graph = std::move(graph);
        program_.roots = std::move(roots);
        users_.assign(graph_.size(), 0);
        for (std::size_t i = 0; i < graph_.size(); ++i)
            for (const NodeId operand : operands_of(graph_.at(static_cast<NodeId>(i)))) count_user(operand);
        for (const NodeId root : program_.roots) count_user(root);
    }

    Program assemble() {
        for (const NodeId root : program_.roots) add_all(root);
        for (const NodeId root : program_.roots) {
            const std::int32_t value = is_constant(root) ? -1 : place(root).value;
            program_.outputs.push_back({value, graph_.range(root)});
        }
        share_slots();
        return std::move(program_);
    }

private:
    // Where the value of a node is, and its copy in the other width once somebody needed that.
    struct Place {
        std::int32_t value = -1;
        std::int32_t copy = -1;
    };

    Place& place(NodeId id) { return places_[static_cast<std::size_t>(id)]; }
    const Range& range(NodeId id) const { return graph_.range(id); }
    bool is_constant(NodeId id) const { return graph_.at(id).kind == NodeKind::constant; }
    bool is_wide(std::int32_t value) const {
        return program_.values[static_cast<std::size_t>(value)].is_wide;
    }

    static std::array<NodeId, 3> operands_of(const Node& node) { return {node.a, node.b, node.c}; }
    void count_user(NodeId id) {
        if (id != no_node) ++users_[static_cast<std::size_t>(id)];
    }

    // The line that nobody but this sum needs, or no_node. It adds itself to the other summand.
    NodeId added_line(const Node& node) const {
        if (node.kind != NodeKind::add || !is_narrow(node.range)) return no_node;
        const auto is_only_here = [&](NodeId id, NodeId other) {
            return graph_.at(id).kind == NodeKind::piecewise && users_[static_cast<std::size_t>(id)] == 1 &&
                   !is_constant(other) && is_narrow(range(other)) && is_narrow(range(id));
        };
        if (is_only_here(node.b, node.a)) return node.b;
        return is_only_here(node.a, node.b) ? node.a : no_node;
    }

    // Operands come right before their first user, so that few values wait at a time.
    void add_all(NodeId root) {
        std::vector<std::pair<NodeId, std::size_t>> open{{root, 0}};
        while (!open.empty()) {
            const NodeId id = open.back().first;
            const Node& node = graph_.at(id);
            if (is_constant(id) || place(id).value >= 0) {
                open.pop_back();
                continue;
            }
            const std::array<NodeId, 3> operands = operands_of(node);
            std::size_t& next = open.back().second;
            if (next < operands.size()) {
                const NodeId operand = operands[next++];
                if (operand == no_node) continue;
                open.emplace_back(operand == added_line(node) ? graph_.at(operand).a : operand, 0);
                continue;
            }
            open.pop_back();
            place(id).value = fit(add(node), node.range);
        }
    }

    std::int32_t emit(Step step, bool is_result_wide) {
        step.to = static_cast<std::int32_t>(program_.values.size());
        program_.values.push_back({is_result_wide, 0});
        program_.steps.push_back(step);
        return step.to;
    }

    // What was computed in 64 bits but needs only 32 goes on in 32.
    std::int32_t fit(std::int32_t value, const Range& range) {
        return is_wide(value) && is_narrow(range) ? narrow(value, range.lowest, range.highest) : value;
    }
    std::int32_t narrow(std::int32_t value, std::int64_t lowest, std::int64_t highest) {
        Step step{.kind = StepKind::narrow, .is_wide = true, .a = value, .x = lowest, .y = highest};
        return emit(step, false);
    }

    // The value of a node in the width asked for, constants too.
    std::int32_t operand(NodeId id, bool wants_wide) {
        Place& place = this->place(id);
        if (is_constant(id)) {
            Step fill{.kind = StepKind::fill, .is_wide = wants_wide, .x = graph_.at(id).value};
            return emit(fill, wants_wide);
        }
        if (is_wide(place.value) == wants_wide) return place.value;
        if (place.copy < 0)
            place.copy = wants_wide ? emit({.kind = StepKind::widen, .a = place.value}, true)
                                    : narrow(place.value, range(id).lowest, range(id).highest);
        return place.copy;
    }

    // 1 or 0.
    std::int32_t truth(NodeId id) {
        if (range(id).lowest >= 0 && range(id).highest <= 1) return operand(id, false);
        return compare(StepKind::not_equal, id, 0);
    }
    std::int32_t compare(StepKind kind, NodeId id, std::int64_t with) {
        const bool wide = !is_narrow(range(id));
        Step step{.kind = kind, .shape = last_constant, .is_wide = wide};
        step.a = operand(id, wide);
        step.x = with;
        return emit(step, false);
    }

    std::int32_t add(const Node& node) {
        switch (node.kind) {
            case NodeKind::column: return add_load(node);
            case NodeKind::add:
                if (const NodeId line = added_line(node); line != no_node) return add_sum(node, line);
                return add_two(node, StepKind::add, StepKind::add);
            case NodeKind::subtract: return add_two(node, StepKind::subtract, StepKind::subtract_from);
            case NodeKind::multiply: return add_two(node, StepKind::multiply, StepKind::multiply);
            case NodeKind::minimum: return add_two(node, StepKind::minimum, StepKind::minimum);
            case NodeKind::maximum: return add_two(node, StepKind::maximum, StepKind::maximum);
            case NodeKind::less: return add_two(node, StepKind::less, StepKind::greater);
            case NodeKind::less_equal: return add_two(node, StepKind::less_equal, StepKind::greater_equal);
            case NodeKind::equal: return add_two(node, StepKind::equal, StepKind::equal);
            case NodeKind::not_equal: return add_two(node, StepKind::not_equal, StepKind::not_equal);
            case NodeKind::all_of: return add_logic(node, StepKind::all_of);
            case NodeKind::any_of: return add_logic(node, StepKind::any_of);
            case NodeKind::negation: return compare(StepKind::equal, node.a, 0);
            case NodeKind::absolute: {
                const bool wide = !is_narrow(range(node.a)) || !is_narrow(node.range);
                Step step{.kind = StepKind::absolute, .is_wide = wide, .a = operand(node.a, wide)};
                return emit(step, wide);
            }
            case NodeKind::choose: return add_choose(node);
            case NodeKind::divide:
            case NodeKind::ratio:
            case NodeKind::mean: return add_quotient(node);
            case NodeKind::piecewise: return add_line(node, -1);
            case NodeKind::steps: return add_steps(node);
            case NodeKind::constant: break;
        }
        return -1;
    }

    std::int32_t add_load(const Node& node) {
        const bool wide = !is_narrow(node.range);
        Step step{.kind = StepKind::load, .is_wide = wide};
        step.x = static_cast<std::int64_t>(program_.loads.size());
        const std::int32_t value = emit(step, wide);
        program_.loads.push_back({node.value, value});
        return value;
    }

    // `turned` is the kind with its operands exchanged, for a constant on the left.
    std::int32_t add_two(const Node& node, StepKind kind, StepKind turned) {
        const bool is_verdict = node.kind == NodeKind::less || node.kind == NodeKind::less_equal ||
                                node.kind == NodeKind::equal || node.kind == NodeKind::not_equal;
        const bool wide = !is_narrow(range(node.a)) || !is_narrow(range(node.b)) || !is_narrow(node.range);
        Step step{.kind = kind, .is_wide = wide};
        if (is_constant(node.b)) {
            step.shape = last_constant;
            step.a = operand(node.a, wide);
            step.x = graph_.at(node.b).value;
        } else if (is_constant(node.a)) {
            step.kind = turned;
            step.shape = last_constant;
            step.a = operand(node.b, wide);
            step.x = graph_.at(node.a).value;
        } else {
            step.a = operand(node.a, wide);
            step.b = operand(node.b, wide);
        }
        return emit(step, wide && !is_verdict);
    }

    std::int32_t add_sum(const Node& node, NodeId line) {
        return add_line(graph_.at(line), operand(line == node.a ? node.b : node.a, false));
    }

    std::int32_t add_logic(const Node& node, StepKind kind) {
        Step step{.kind = kind};
        step.a = truth(node.a);
        step.b = truth(node.b);
        return emit(step, false);
    }

    std::int32_t add_choose(const Node& node) {
        const bool wide = !is_narrow(range(node.b)) || !is_narrow(range(node.c));
        Step step{.kind = StepKind::choose, .is_wide = wide};
        step.a = truth(node.a);
        int shape = all_vectors;
        if (is_constant(node.b)) {
            shape |= middle_constant;
            step.x = graph_.at(node.b).value;
        } else {
            step.b = operand(node.b, wide);
        }
        if (is_constant(node.c)) {
            shape |= last_constant;
            step.y = graph_.at(node.c).value;
        } else {
            step.c = operand(node.c, wide);
        }
        step.shape = static_cast<Shape>(shape);
        return emit(step, wide);
    }

    std::int32_t add_quotient(const Node& node) {
        const std::int64_t scale = node.kind == NodeKind::ratio  ? 10000
                                   : node.kind == NodeKind::mean ? node.value
                                                                 : 1;
        const std::int64_t cap =
            node.kind == NodeKind::ratio ? 10000 : std::numeric_limits<std::int64_t>::max();
        const std::int64_t dividend = range(node.a).highest * scale;
        const bool may_fail = range(node.b).lowest <= 0;
        const bool wide = !is_narrow(range(node.a)) || !is_narrow(range(node.b)) || !is_narrow(node.range) ||
                          dividend >= double_limit;
        if (is_constant(node.b) && !wide)
            if (const auto value = add_division(node.a, scale, graph_.at(node.b).value, cap)) return *value;
        Step step{.kind = StepKind::quotient_integer, .is_wide = wide, .x = scale, .z = cap};
        if (dividend < double_limit) {
            const bool is_small = !wide && dividend < float_limit;
            step.kind = is_small ? StepKind::quotient_float : StepKind::quotient_double;
            step.z = std::min(cap, wide ? double_limit : is_small ? float_limit : most_narrow);
        }
        step.a = operand(node.a, wide);
        step.b = operand(node.b, wide);
        if (may_fail && !is_constant(node.c)) {
            step.c = operand(node.c, wide);
        } else {
            step.shape = last_constant;
            step.y = may_fail ? graph_.at(node.c).value : 0;
        }
        return emit(step, wide);
    }

    // A division by a constant is a line through the origin.
    std::optional<std::int32_t> add_division(NodeId a, std::int64_t scale, std::int64_t divisor,
                                             std::int64_t cap) {
        const std::int64_t common = std::gcd(scale, divisor);
        const std::int64_t width = divisor / common;
        const std::int64_t height = scale / common;
        const std::int64_t times = range(a).highest / width + 1;
        std::int64_t end = 0;
        std::int64_t top = 0;
        if (__builtin_mul_overflow(width, times, &end) || __builtin_mul_overflow(height, times, &top))
            return {};
        const Point points[] = {{0, 0}, {end, top}};
        const std::optional<std::int32_t> value = add_pieces(points, operand(a, false), -1);
        if (!value || top <= cap) return value;
        Step step{.kind = StepKind::minimum, .shape = last_constant, .a = *value, .x = cap};
        return emit(step, false);
    }

    // A line in floating numbers, or nothing when that would not be exact. It is added to the
    // value `sum`, if there is one. More pieces than a kernel takes
    // become several lines: each but the first adds how far it is above its own beginning.
    std::optional<std::int32_t> add_pieces(std::span<const Point> points, std::int32_t x, std::int32_t sum) {
        std::vector<std::pair<StepKind, LineCurve>> lines;
        for (std::size_t from = 0; from + 1 < points.size(); from += most_pieces) {
            const auto part = points.subspan(from, std::min(most_pieces + 1, points.size() - from));
            std::optional<LineCurve> line = make_line(part, 24);
            const StepKind kind = line ? StepKind::line_float : StepKind::line_double;
            if (!line) line = make_line(part, 53);
            if (!line) return {};
            if (from > 0) line->lowest -= part.front().y;
            lines.emplace_back(kind, *line);
        }
        for (const auto& [kind, line] : lines) {
            Step step{.kind = kind, .shape = sum < 0 ? without_start : with_start, .a = x};
            step.c = std::max(sum, 0);
            step.curve = static_cast<std::int32_t>(program_.lines.size());
            program_.lines.push_back(line);
            sum = emit(step, false);
        }
        return sum;
    }

    // The line, added to the 32-bit value `sum` if there is one.
    std::int32_t add_line(const Node& node, std::int32_t sum) {
        const std::vector<Point> points =
            part_of(NodeKind::piecewise, graph_.curve_of(node), range(node.a)).points;
        const auto [low, high] = std::minmax_element(
            points.begin(), points.end(), [](const Point& a, const Point& b) { return a.y < b.y; });
        if (is_narrow({points.front().x, points.back().x}) && is_narrow({low->y, high->y}) &&
            high->y - low->y <= most_narrow) {
            const bool wide = !is_narrow(range(node.a));
            std::int32_t x = operand(node.a, wide);
            if (wide) x = narrow(x, points.front().x, points.back().x);
            if (const auto value = add_pieces(points, x, sum)) return *value;
        }
        const std::int32_t x = operand(node.a, true);
        std::int32_t value = sum < 0 ? -1 : emit({.kind = StepKind::widen, .a = sum}, true);
        for (std::size_t from = 0; from + 1 < points.size(); from += most_pieces) {
            PointsCurve curve;
            while (curve.count <= static_cast<std::int32_t>(most_pieces) &&
                   from + static_cast<std::size_t>(curve.count) < points.size()) {
                const Point& point = points[from + static_cast<std::size_t>(curve.count)];
                curve.x[curve.count] = point.x;
                curve.y[curve.count++] = point.y;
            }
            if (from > 0) curve.less = curve.y[0];
            Step step{.kind = StepKind::line_integer, .is_wide = true, .a = x, .c = std::max(value, 0)};
            step.shape = value < 0 ? without_start : with_start;
            step.curve = static_cast<std::int32_t>(program_.point_lists.size());
            program_.point_lists.push_back(curve);
            value = emit(step, true);
        }
        return value;
    }

    std::int32_t add_steps(const Node& node) {
        const Curve curve = part_of(NodeKind::steps, graph_.curve_of(node), range(node.a));
        bool wide = !is_narrow(curve.otherwise);
        Range bounds{curve.points.front().x, curve.points.front().x};
        for (const Point& point : curve.points) {
            wide = wide || !is_narrow(point.y) || !is_narrow(point.x);
            bounds = {std::min(bounds.lowest, point.x), std::max(bounds.highest, point.x)};
        }
        const bool is_far = !is_narrow(range(node.a));
        wide = wide || (is_far && bounds.highest == most_narrow);
        std::int32_t x = operand(node.a, wide || is_far);
        if (is_far && !wide) x = narrow(x, bounds.lowest, bounds.highest + 1);
        // The last bounds first: what the first ones decide has the last word.
        std::int32_t value = -1;
        for (std::size_t end = curve.points.size(); end > 0;) {
            const std::size_t from = end - std::min(end, most_pieces);
            StepsCurve stairs;
            for (std::size_t i = from; i < end; ++i) {
                stairs.bound[stairs.count] = curve.points[i].x;
                stairs.y[stairs.count++] = curve.points[i].y;
            }
            Step step{.kind = StepKind::steps, .is_wide = wide, .a = x, .c = std::max(value, 0)};
            step.shape = value < 0 ? without_start : with_start;
            step.x = curve.otherwise;
            step.curve = static_cast<std::int32_t>(program_.stairs.size());
            program_.stairs.push_back(stairs);
            value = emit(step, wide);
            end = from;
        }
        return value;
    }

    // Gives values that are never needed together the same memory, so that a chunk's working set stays in the
    // cache. A step never writes where it reads.
    void share_slots() {
        constexpr std::size_t always = std::numeric_limits<std::size_t>::max();
        std::vector<std::size_t> last_use(program_.values.size(), 0);
        const auto use = [&](std::int32_t value, std::size_t at) {
            last_use[static_cast<std::size_t>(value)] = at;
        };
        for (std::size_t i = 0; i < program_.steps.size(); ++i) {
            const Step& step = program_.steps[i];
            use(step.to, i);
            for (const std::int32_t operand : operands_of(step)) use(operand, i);
        }
        for (const Program::Output& output : program_.outputs)
            if (output.value >= 0) use(output.value, always);
        std::vector<std::int32_t> free[2];
        for (std::size_t i = 0; i < program_.steps.size(); ++i) {
            const Step& step = program_.steps[i];
            Program::Value& to = program_.values[static_cast<std::size_t>(step.to)];
            std::vector<std::int32_t>& ready = free[to.is_wide ? 1 : 0];
            if (ready.empty()) {
                to.slot = to.is_wide ? program_.wide_slots++ : program_.narrow_slots++;
            } else {
                to.slot = ready.back();
                ready.pop_back();
            }
            std::vector<std::int32_t> done = operands_of(step);
            done.push_back(step.to);
            for (const std::int32_t operand : done) {
                std::size_t& last = last_use[static_cast<std::size_t>(operand)];
                if (last != i) continue;
                last = always;  // once, even when it stands on both sides
                const Program::Value& value = program_.values[static_cast<std::size_t>(operand)];
                free[value.is_wide ? 1 : 0].push_back(value.slot);
            }
        }
    }

    static std::vector<std::int32_t> operands_of(const Step& step) {
        const bool is_last_vector = (step.shape & last_constant) == 0;
        switch (step.kind) {
            case StepKind::load:
            case StepKind::fill: return {};
            case StepKind::widen:
            case StepKind::narrow:
            case StepKind::absolute: return {step.a};
            case StepKind::choose: {
                std::vector<std::int32_t> operands{step.a};
                if ((step.shape & middle_constant) == 0) operands.push_back(step.b);
                if (is_last_vector) operands.push_back(step.c);
                return operands;
            }
            case StepKind::quotient_float:
            case StepKind::quotient_double:
            case StepKind::quotient_integer:
                return is_last_vector ? std::vector{step.a, step.b, step.c} : std::vector{step.a, step.b};
            case StepKind::line_float:
            case StepKind::line_double:
            case StepKind::line_integer:
            case StepKind::steps: return is_last_vector ? std::vector{step.a, step.c} : std::vector{step.a};
            default: return is_last_vector ? std::vector{step.a, step.b} : std::vector{step.a};
        }
    }

    const Graph& graph_;
    std::vector<Place> places_;
    std::vector<int> users_;
    Program program_;
};

}  // namespace

Program assemble(std::shared_ptr<const Graph> graph, std::vector<NodeId> roots) {
    return Assembler(std::move(graph), std::move(roots)).assemble();
}

}  // namespace gw::evaluation
