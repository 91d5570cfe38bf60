#include "evaluation/program.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <random>

using namespace gw::evaluation;

namespace {

using Number = std::int64_t;

// A node's value for one row, computed as its kind is described and without regard to speed.
Number value_of(const Graph& graph, NodeId id, std::span<const Source> columns, std::size_t row) {
    const Node& node = graph.at(id);
    const auto at = [&](NodeId operand) { return value_of(graph, operand, columns, row); };
    switch (node.kind) {
        case NodeKind::column: return columns[static_cast<std::size_t>(node.value)].at(row);
        case NodeKind::constant: return node.value;
        case NodeKind::add: return at(node.a) + at(node.b);
        case NodeKind::subtract: return at(node.a) - at(node.b);
        case NodeKind::multiply: return at(node.a) * at(node.b);
        case NodeKind::less: return at(node.a) < at(node.b);
        case NodeKind::less_equal: return at(node.a) <= at(node.b);
        case NodeKind::equal: return at(node.a) == at(node.b);
        case NodeKind::not_equal: return at(node.a) != at(node.b);
        case NodeKind::all_of: return at(node.a) != 0 && at(node.b) != 0;
        case NodeKind::any_of: return at(node.a) != 0 || at(node.b) != 0;
        case NodeKind::negation: return at(node.a) == 0;
        case NodeKind::minimum: return std::min(at(node.a), at(node.b));
        case NodeKind::maximum: return std::max(at(node.a), at(node.b));
        case NodeKind::absolute: return std::abs(at(node.a));
        case NodeKind::choose: return at(node.a) != 0 ? at(node.b) : at(node.c);
        case NodeKind::divide: return at(node.a) / at(node.b);
        case NodeKind::ratio:
            return at(node.b) > 0 ? std::min<Number>(10000, at(node.a) * 10000 / at(node.b)) : at(node.c);
        case NodeKind::mean: return at(node.b) > 0 ? at(node.a) * node.value / at(node.b) : at(node.c);
        case NodeKind::piecewise: {
            const std::vector<Point>& p = graph.curve_of(node).points;
            const Number x = std::clamp(at(node.a), p.front().x, p.back().x);
            std::size_t i = 1;
            while (i + 1 < p.size() && x > p[i].x) ++i;
            if (i >= p.size()) return p.front().y;
            const Number width = p[i].x - p[i - 1].x;
            const Number rise = p[i].y - p[i - 1].y;
            const Number part = (x - p[i - 1].x) * std::abs(rise) / width;
            return rise < 0 ? p[i - 1].y - part : p[i - 1].y + part;
        }
        case NodeKind::steps: {
            const Number x = at(node.a);
            for (const Point& point : graph.curve_of(node).points)
                if (x <= point.x) return point.y;
            return graph.curve_of(node).otherwise;
        }
    }
    return 0;
}

class Chance {
public:
    explicit Chance(std::uint64_t seed) : engine_(seed) {}
    Number between(Number low, Number high) {
        return std::uniform_int_distribution<Number>(low, high)(engine_);
    }
    bool one_in(int n) { return between(1, n) == 1; }
    std::size_t below(std::size_t n) {
        return static_cast<std::size_t>(between(0, static_cast<Number>(n) - 1));
    }
    // Around the places where a type ends, or small.
    Number edge() {
        static constexpr int digits[] = {0, 1, 2, 4, 7, 8, 15, 16, 23, 24, 25, 31, 32, 52, 53, 62};
        const Number near = (Number{1} << digits[below(std::size(digits))]) + between(-2, 2);
        return one_in(3) ? -near : near;
    }
    Number number() {
        if (one_in(40))
            return one_in(2) ? std::numeric_limits<Number>::max() : std::numeric_limits<Number>::min();
        return one_in(3) ? edge() : between(-3, one_in(2) ? 12 : 10000);
    }
    Number within(const Range& range) {
        switch (between(0, 4)) {
            case 0: return range.lowest;
            case 1: return range.highest;
            case 2: return std::clamp(number(), range.lowest, range.highest);
            default: return between(range.lowest, range.highest);
        }
    }

private:
    std::mt19937_64 engine_;
};

// Columns of any width with any fillers, and what they could hold by declaration and do hold.
struct Columns {
    Columns(Chance& chance, std::size_t count, std::size_t rows) : values(count), given(count) {
        for (std::size_t n = 0; n < count; ++n) {
            Range range{chance.number(), chance.number()};
            if (chance.one_in(2))
                range = {0, chance.one_in(2) ? chance.between(1, 300) : std::abs(chance.edge())};
            if (range.lowest > range.highest) std::swap(range.lowest, range.highest);
            declared.push_back(range);
            Range kept = range;
            if (chance.one_in(3)) kept = {chance.within(range), chance.within(range)};
            if (kept.lowest > kept.highest) std::swap(kept.lowest, kept.highest);
            Source source;
            source.filler = chance.within(kept);
            source.range = {source.filler, source.filler};
            if (!chance.one_in(10)) {
                values[n] = Numbers::unwritten(rows, kept);
                for (std::size_t row = 0; row < rows; ++row) values[n].set(row, chance.within(kept));
                source.values = std::as_const(values[n]).view();
                if (chance.one_in(3)) {
                    for (std::size_t row = 0; row < rows; ++row) given[n].push_back(chance.one_in(2));
                    source.given = given[n].data();
                }
            }
            for (std::size_t row = 0; row < rows; ++row)
                source.range = {std::min(source.range.lowest, source.at(row)),
                                std::max(source.range.highest, source.at(row))};
            sources.push_back(source);
        }
    }
    std::vector<Numbers> values;
    std::vector<std::vector<std::uint8_t>> given;
    std::vector<Range> declared;
    std::vector<Source> sources;
};

Curve random_curve(Chance& chance, const Range& in) {
    Curve curve;
    const bool is_plain = chance.one_in(2);
    const auto count = static_cast<Number>(chance.one_in(4) ? chance.between(9, 30) : chance.between(1, 5));
    for (Number i = 0; i < count; ++i)
        curve.points.push_back({is_plain ? chance.between(-5, 12000) : chance.within(in),
                                is_plain ? chance.between(-100, 15000) : chance.number()});
    const auto is_before = [](const Point& a, const Point& b) { return a.x < b.x; };
    const auto is_same = [](const Point& a, const Point& b) { return a.x == b.x; };
    std::sort(curve.points.begin(), curve.points.end(), is_before);
    curve.points.erase(std::unique(curve.points.begin(), curve.points.end(), is_same), curve.points.end());
    curve.otherwise = is_plain ? chance.between(0, 500) : chance.number();
    return curve;
}

NodeId random_node(Chance& chance, Graph& graph, std::span<const NodeId> nodes) {
    const auto any = [&] {
        return chance.one_in(4) ? graph.constant(chance.number()) : nodes[chance.below(nodes.size())];
    };
    const auto kind = static_cast<NodeKind>(
        chance.between(static_cast<Number>(NodeKind::add), static_cast<Number>(NodeKind::steps)));
    NodeId a = any();
    NodeId b = any();
    switch (kind) {
        case NodeKind::divide: b = graph.node(NodeKind::maximum, b, graph.constant(1)); [[fallthrough]];
        case NodeKind::ratio:
        case NodeKind::mean:
            a = graph.node(NodeKind::maximum, a, graph.constant(0));
            return graph.node(kind, a, b, kind == NodeKind::divide ? no_node : any(),
                              kind == NodeKind::mean ? std::abs(chance.between(1, 10000)) : 0);
        case NodeKind::piecewise:
        case NodeKind::steps: return graph.curve(kind, a, random_curve(chance, graph.range(a)));
        case NodeKind::choose: return graph.node(kind, a, b, any());
        case NodeKind::negation:
        case NodeKind::absolute: return graph.node(kind, a);
        default: return graph.node(kind, a, b);
    }
}

struct Case {
    Graph graph;
    std::vector<NodeId> outputs;
};

Case random_case(Chance& chance, const Columns& columns) {
    Case made;
    std::vector<NodeId> nodes;
    for (std::size_t n = 0; n < columns.declared.size(); ++n)
        nodes.push_back(made.graph.column(static_cast<Number>(n), columns.declared[n]));
    for (int i = 0; i < 30; ++i) {
        const NodeId id = random_node(chance, made.graph, nodes);
        if (id != no_node) nodes.push_back(id);
    }
    for (int i = 0; i < 6; ++i)
        made.outputs.push_back(
            nodes[nodes.size() - 1 - chance.below(std::min<std::size_t>(nodes.size(), 15))]);
    return made;
}

// Runs a program over `rows` and compares every output with `expected` (by output, then place in `rows`).
bool gives(const Program& program, const Columns& columns, InstructionSet set, const Rows& rows,
           std::size_t table_rows, const std::vector<std::vector<Number>>& expected) {
    Runner runner(program, columns.sources, set);
    for (const bool by_row : {true, false}) {
        std::vector<Numbers> results;
        for (std::size_t k = 0; k < expected.size(); ++k)
            results.push_back(Numbers(by_row ? table_rows : rows.count, program.output_range(k)));
        std::vector<Sink> sinks;
        for (Numbers& result : results) sinks.push_back({result.view(), by_row});
        runner.run(rows, sinks);
        for (std::size_t k = 0; k < expected.size(); ++k)
            for (std::size_t i = 0; i < rows.count; ++i) {
                const auto row = by_row ? static_cast<std::size_t>(rows[i]) : i;
                if (results[k][row] == expected[k][i]) continue;
                MESSAGE("set ", static_cast<int>(set), " output ", k, " place ", i, ": ", results[k][row],
                        " instead of ", expected[k][i], ", kind ",
                        static_cast<int>(program.graph->at(program.roots[k]).kind));
                return false;
            }
    }
    return true;
}

bool all_agree(const Graph& graph, std::span<const NodeId> outputs, const Columns& columns, const Rows& rows,
               std::size_t table_rows) {
    std::vector<std::vector<Number>> expected(outputs.size());
    for (std::size_t k = 0; k < outputs.size(); ++k)
        for (std::size_t i = 0; i < rows.count; ++i)
            expected[k].push_back(
                value_of(graph, outputs[k], columns.sources, static_cast<std::size_t>(rows[i])));
    const Program program = make_program(graph, outputs);
    const Program special = specialise(program, columns.sources);
    for (const InstructionSet set : list_instruction_sets())
        for (const Program* one : {&program, &special})
            if (!gives(*one, columns, set, rows, table_rows, expected)) return false;
    return true;
}

// One column that holds just these numbers.
Columns column_of(const std::vector<std::vector<Number>>& values) {
    Chance chance(1);
    Columns columns(chance, 0, 0);
    columns.given.resize(values.size());
    for (const std::vector<Number>& one : values) columns.values.emplace_back(std::span<const Number>(one));
    for (const Numbers& numbers : columns.values) {
        columns.declared.push_back(numbers.range());
        columns.sources.push_back({numbers.view(), nullptr, 0, numbers.range()});
    }
    return columns;
}

Rows all_rows(std::size_t count) { return {nullptr, 0, count}; }

}  // namespace

TEST_CASE("random programs give what their nodes mean, on every instruction set") {
    for (std::uint64_t seed = 0; seed < 4000; ++seed) {
        Chance chance(seed);
        const std::size_t table_rows = seed % 500 == 0 ? 5000 : 1 + chance.below(50);
        const Columns columns(chance, 1 + chance.below(6), table_rows);
        const Case made = random_case(chance, columns);
        std::vector<std::int32_t> list;
        for (std::size_t row = 0; row < table_rows; ++row)
            if (!chance.one_in(3)) list.push_back(static_cast<std::int32_t>(row));
        Rows rows = all_rows(table_rows);
        if (chance.one_in(2)) rows = {list.data(), 0, list.size()};
        else rows = rows.part(chance.below(table_rows), 0);
        if (rows.list == nullptr) rows.count = table_rows - static_cast<std::size_t>(rows.first);
        INFO("seed ", seed);
        REQUIRE(all_agree(made.graph, made.outputs, columns, rows, table_rows));
    }
}

TEST_CASE("quotients are exact for all small numbers and beside every edge") {
    std::vector<Number> dividends;
    std::vector<Number> divisors;
    const auto add = [&](Number a, Number b) {
        dividends.push_back(a);
        divisors.push_back(b);
    };
    SUBCASE("small") {
        for (Number a = 0; a <= 260; ++a)
            for (Number b = 0; b <= 130; ++b) add(a, b);
    }
    for (const int digits : {24, 31, 53, 61}) {
        SUBCASE(std::to_string(digits).c_str()) {
            Chance chance(static_cast<std::uint64_t>(digits));
            const Number limit = (Number{1} << digits) - 1;
            for (int i = 0; i < 3000; ++i) {
                const Number b = chance.between(1, chance.one_in(2) ? 3000 : limit);
                const Number exact = limit / b * b;  // beside a multiple of b as large as it may be
                for (const Number a : {exact, exact - 1, limit, chance.between(0, limit)}) add(a, b);
            }
        }
    }
    REQUIRE(!dividends.empty());
    const Columns columns = column_of({dividends, divisors});
    Graph graph;
    const NodeId a = graph.column(0, columns.declared[0]);
    const NodeId b = graph.column(1, columns.declared[1]);
    std::vector<NodeId> outputs{
        graph.node(NodeKind::divide, a, graph.node(NodeKind::maximum, b, graph.constant(1))),
        graph.node(NodeKind::ratio, a, b, graph.constant(77)), graph.node(NodeKind::mean, a, b, a, 1),
        graph.node(NodeKind::mean, a, b, b, 100)};
    for (const Number by : {2, 3, 7, 10, 60, 127, 10007, 1 << 23}) {
        outputs.push_back(graph.node(NodeKind::divide, a, graph.constant(by)));
        outputs.push_back(graph.node(NodeKind::ratio, a, graph.constant(by), a));
        outputs.push_back(graph.node(NodeKind::mean, a, graph.constant(by), a, 100));
    }
    std::erase(outputs, no_node);
    REQUIRE(outputs.size() >= 10);
    CHECK(all_agree(graph, outputs, columns, all_rows(dividends.size()), dividends.size()));
}

TEST_CASE("lines are exact for every small piece, rising and falling") {
    std::vector<Number> inputs;
    for (Number x = -40; x <= 60; ++x) inputs.push_back(x);
    const Columns columns = column_of({inputs});
    Graph graph;
    const NodeId x = graph.column(0, columns.declared[0]);
    std::vector<NodeId> outputs;
    for (Number width = 1; width <= 24; ++width)
        for (Number height = -25; height <= 25; ++height)
            outputs.push_back(graph.curve(NodeKind::piecewise, x,
                                          {{{-3, 5}, {width - 3, 5 + height}, {width + 20, 0}}, 0}));
    CHECK(all_agree(graph, outputs, columns, all_rows(inputs.size()), inputs.size()));
}

TEST_CASE("lines are exact where the digits of a floating number end") {
    Chance chance(7);
    for (int round = 0; round < 300; ++round) {
        const int digits = static_cast<int>(chance.between(8, 31));
        const Range in{-(Number{1} << digits), Number{1} << digits};
        Curve curve;
        Number at = in.lowest;
        while (curve.points.size() < 6 && at < in.highest) {
            curve.points.push_back({at, chance.between(in.lowest, in.highest) >> chance.between(0, 20)});
            at += chance.between(1, (Number{1} << digits));
        }
        if (curve.points.size() < 2) continue;
        std::vector<Number> inputs;
        for (int i = 0; i < 200; ++i) inputs.push_back(chance.between(in.lowest, in.highest));
        for (const Point& point : curve.points)
            for (Number near = -2; near <= 2; ++near) inputs.push_back(point.x + near);
        const Columns columns = column_of({inputs});
        Graph graph;
        const NodeId id = graph.curve(NodeKind::piecewise, graph.column(0, columns.declared[0]), curve);
        REQUIRE(all_agree(graph, std::span(&id, 1), columns, all_rows(inputs.size()), inputs.size()));
    }
}

TEST_CASE("lines that are added up are exact, many pieces and wide numbers too") {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        Chance chance(seed);
        const Columns columns(chance, 4, 33);
        Graph graph;
        NodeId sum = graph.column(0, columns.declared[0]);
        std::vector<NodeId> outputs;
        for (Number n = 1; n < 4; ++n) {
            const NodeId x = graph.column(n, columns.declared[static_cast<std::size_t>(n)]);
            const NodeId line = graph.curve(NodeKind::piecewise, x, random_curve(chance, graph.range(x)));
            const NodeId next = chance.one_in(2) ? graph.node(NodeKind::add, sum, line)
                                                 : graph.node(NodeKind::add, line, sum);
            if (next == no_node) continue;
            sum = next;
            if (chance.one_in(3)) outputs.push_back(chance.one_in(2) ? line : sum);
        }
        outputs.push_back(sum);
        INFO("seed ", seed);
        REQUIRE(all_agree(graph, outputs, columns, all_rows(33), 33));
    }
}

TEST_CASE("what a program leaves out and how wide its values are follows from the ranges") {
    Graph graph;
    const NodeId done = graph.column(0, {0, 1'000'000});
    const NodeId due = graph.column(1, {0, 1'000'000});
    const NodeId ratio = graph.node(NodeKind::ratio, done, due, graph.constant(0));
    const NodeId capped =
        graph.node(NodeKind::minimum, graph.node(NodeKind::multiply, done, done), graph.constant(50));
    const NodeId outputs[] = {ratio, capped, graph.node(NodeKind::less, due, graph.constant(13))};
    const Program program = make_program(graph, outputs);
    CHECK(program.loads.size() == 2);
    CHECK(program.wide_slots > 0);  // the square of a million needs 64 bits
    CHECK(program.output_range(1).highest == 50);

    const Columns columns = column_of({{0, 5, 12}, {3, 9, 12}});
    const Program special = specialise(program, columns.sources);
    CHECK(special.wide_slots == 0);
    CHECK(special.outputs[2].value == -1);  // never above 12
    CHECK(special.output_range(2) == Range{1, 1});
    const auto count = [&](const Program& of, StepKind kind) {
        return std::count_if(of.steps.begin(), of.steps.end(),
                             [&](const Step& step) { return step.kind == kind; });
    };
    CHECK(count(program, StepKind::quotient_double) == 1);
    CHECK(count(special, StepKind::quotient_float) == 1);
}

TEST_CASE("a runner sees values that change between runs") {
    std::vector<std::int32_t> narrow{1, 2, 3};
    std::vector<std::uint8_t> given{1, 1, 0};
    const Source sources[] = {{{narrow.data(), Width::i32}, nullptr, 0, {0, 100}},
                              {{narrow.data(), Width::i32}, given.data(), 50, {0, 100}}};
    Graph graph;
    const NodeId sum = graph.node(NodeKind::add, graph.column(0, {0, 100}), graph.column(1, {0, 100}));
    const Program program = make_program(graph, std::span(&sum, 1));
    Runner runner(program, sources);
    std::int64_t result = 0;
    const Sink sink{{&result, Width::i64}, false};
    const auto at = [&](std::int32_t row) {
        runner.run({nullptr, row, 1}, std::span(&sink, 1));
        return result;
    };
    CHECK(at(0) == 2);
    CHECK(at(2) == 53);
    narrow[0] = 40;
    given[2] = 1;
    CHECK(at(0) == 80);
    CHECK(at(2) == 6);
}
