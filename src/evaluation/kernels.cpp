// The loops. Each runs one step over one chunk of rows; what it needs is in the cache.
#include <algorithm>
#include <memory>

#include "evaluation/program.h"

namespace gw::evaluation {
namespace {

using Value = std::int64_t;
constexpr std::size_t chunk = 1024;

template <class F>
void each(Value* __restrict to, const Value* a, std::size_t n, F f) {
    for (std::size_t i = 0; i < n; ++i) to[i] = f(a[i]);
}
template <class F>
void each(Value* __restrict to, const Value* a, const Value* b, std::size_t n, F f) {
    for (std::size_t i = 0; i < n; ++i) to[i] = f(a[i], b[i]);
}
template <class F>
void each(Value* __restrict to, const Value* a, const Value* b, const Value* c, std::size_t n, F f) {
    for (std::size_t i = 0; i < n; ++i) to[i] = f(a[i], b[i], c[i]);
}

void run_line(const Segments& s, Value* __restrict to, const Value* a, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
        const Value x = std::clamp(a[i], s.first_x, s.last_x);
        std::size_t k = 0;
        for (const Value knot : s.knots) k += static_cast<std::size_t>(x > knot);
        to[i] = s.start_y[k] + s.sign[k] * ((x - s.start_x[k]) * s.height[k] / s.width[k]);
    }
}

void run_stairs(const Curve& curve, Value* __restrict to, const Value* a, std::size_t n) {
    std::fill_n(to, n, curve.otherwise);
    // From the last bound to the first, so that the first bound that fits has the last word.
    for (std::size_t k = curve.points.size(); k-- > 0;) {
        const Point point = curve.points[k];
        for (std::size_t i = 0; i < n; ++i) to[i] = a[i] <= point.x ? point.y : to[i];
    }
}

void run_step(const Program& program, const Step& step, Value* to, const Value* a, const Value* b,
              const Value* c, std::size_t n) {
    const Value k = step.value;
    switch (step.kind) {
        case NodeKind::add: each(to, a, b, n, [](Value x, Value y) { return x + y; }); break;
        case NodeKind::subtract: each(to, a, b, n, [](Value x, Value y) { return x - y; }); break;
        case NodeKind::multiply: each(to, a, b, n, [](Value x, Value y) { return x * y; }); break;
        case NodeKind::less: each(to, a, b, n, [](Value x, Value y) -> Value { return x < y; }); break;
        case NodeKind::less_equal: each(to, a, b, n, [](Value x, Value y) -> Value { return x <= y; }); break;
        case NodeKind::equal: each(to, a, b, n, [](Value x, Value y) -> Value { return x == y; }); break;
        case NodeKind::not_equal: each(to, a, b, n, [](Value x, Value y) -> Value { return x != y; }); break;
        case NodeKind::all_of:
            each(to, a, b, n, [](Value x, Value y) -> Value { return (x != 0) & (y != 0); });
            break;
        case NodeKind::any_of:
            each(to, a, b, n, [](Value x, Value y) -> Value { return (x != 0) | (y != 0); });
            break;
        case NodeKind::negation: each(to, a, n, [](Value x) -> Value { return x == 0; }); break;
        case NodeKind::minimum: each(to, a, b, n, [](Value x, Value y) { return x < y ? x : y; }); break;
        case NodeKind::maximum: each(to, a, b, n, [](Value x, Value y) { return x > y ? x : y; }); break;
        case NodeKind::absolute: each(to, a, n, [](Value x) { return x < 0 ? -x : x; }); break;
        case NodeKind::choose:
            each(to, a, b, c, n, [](Value x, Value y, Value z) { return x != 0 ? y : z; });
            break;
        case NodeKind::divide: each(to, a, b, n, [](Value x, Value y) { return x / y; }); break;
        case NodeKind::ratio:
            each(to, a, b, c, n,
                 [](Value x, Value y, Value z) { return y > 0 ? std::min<Value>(10000, x * 10000 / y) : z; });
            break;
        case NodeKind::mean:
            each(to, a, b, c, n, [k](Value x, Value y, Value z) { return y > 0 ? x * k / y : z; });
            break;
        case NodeKind::piecewise:
            run_line(program.lines[static_cast<std::size_t>(step.curve)], to, a, n);
            break;
        case NodeKind::steps:
            run_stairs(program.stairs[static_cast<std::size_t>(step.curve)], to, a, n);
            break;
        case NodeKind::column:
        case NodeKind::constant: break;
    }
}

}  // namespace

void run(const Program& program, std::span<const std::int64_t* const> columns,
         std::span<const std::int32_t> rows, std::size_t count, std::span<std::int64_t* const> outputs) {
    const auto slots = static_cast<std::size_t>(program.slots);
    const std::size_t width = std::min(chunk, count);
    const auto memory = std::make_unique_for_overwrite<Value[]>(slots * width + 1);
    std::vector<const Value*> read(slots);
    std::vector<Value*> write(slots);
    for (std::size_t i = 0; i < slots; ++i) read[i] = write[i] = memory.get() + i * width;
    for (const Program::Fixed& fixed : program.fixed)
        std::fill_n(write[static_cast<std::size_t>(fixed.slot)], width, fixed.value);
    for (std::size_t from = 0; from < count; from += chunk) {
        const std::size_t n = std::min(chunk, count - from);
        for (const Program::Load& load : program.loads) {
            const auto slot = static_cast<std::size_t>(load.slot);
            const Value* column = columns[static_cast<std::size_t>(load.column)];
            if (rows.empty()) {
                read[slot] = column + from;
            } else {
                for (std::size_t i = 0; i < n; ++i) write[slot][i] = column[rows[from + i]];
            }
        }
        for (const Step& step : program.steps)
            run_step(program, step, write[static_cast<std::size_t>(step.to)],
                     read[static_cast<std::size_t>(step.a)], read[static_cast<std::size_t>(step.b)],
                     read[static_cast<std::size_t>(step.c)], n);
        for (std::size_t k = 0; k < outputs.size(); ++k)
            std::copy_n(read[static_cast<std::size_t>(program.outputs[k])], n, outputs[k] + from);
    }
}

}  // namespace gw::evaluation
