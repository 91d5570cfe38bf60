// A program: the reachable part of a graph in order, bound to slots. It runs over columns in chunks that fit
// the cache: one loop per step and chunk, no interpretation per row.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "evaluation/graph.h"

namespace gw::evaluation {

struct Step {
    NodeKind kind = NodeKind::constant;
    std::int32_t to = 0;  // slots
    std::int32_t a = 0;
    std::int32_t b = 0;
    std::int32_t c = 0;
    std::int64_t value = 0;
    std::int32_t curve = -1;
};

// A line segment list ready to run: y = start_y + sign * ((x - start_x) * height div width).
struct Segments {
    std::vector<std::int64_t> knots;  // all x but the last; the row's segment is the number of knots below x
    std::vector<std::int64_t> start_x, start_y, height, width, sign;
    std::int64_t first_x = 0;
    std::int64_t last_x = 0;
};

struct Program {
    struct Load {
        std::int64_t column = 0;
        std::int32_t slot = 0;
    };
    struct Fixed {
        std::int64_t value = 0;
        std::int32_t slot = 0;
    };
    std::vector<Load> loads;
    std::vector<Fixed> fixed;
    std::vector<Step> steps;
    std::vector<std::int32_t> outputs;  // slots
    std::vector<Segments> lines;
    std::vector<Curve> stairs;
    std::int32_t slots = 0;
};

// The program that computes `outputs`, in that order. Every output must be a good node.
Program make_program(const Graph& graph, std::span<const NodeId> outputs);

// Runs `program` over rows. `columns[n]` is the first value of column n of the environment (nullptr where the
// program does not read it). With `rows` given, output i belongs to row rows[i]; otherwise to row i of
// 0..count-1. `outputs[k]` receives count values.
void run(const Program& program, std::span<const std::int64_t* const> columns,
         std::span<const std::int32_t> rows, std::size_t count, std::span<std::int64_t* const> outputs);

}  // namespace gw::evaluation
