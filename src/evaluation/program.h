// A program: the reachable part of a graph in order, every value in 32 or 64 bits as its range allows. It
// runs over columns in chunks that fit the cache: one loop per step and chunk, no interpretation per row.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "evaluation/graph.h"
#include "evaluation/kernels.h"
#include "evaluation/numbers.h"

namespace gw::evaluation {

// Where a column of the environment comes from. Rows that are not given count as `filler`; without `values`
// every row does.
struct Source {
    ConstView values;
    const std::uint8_t* given = nullptr;  // nullptr: every row is given
    std::int64_t filler = 0;
    Range range;  // of what is read, fillers included

    std::int64_t at(std::size_t row) const;  // as a program reads it
};

// Some rows of a table: a list, or `count` rows from `first` on when `list` is nullptr.
struct Rows {
    const std::int32_t* list = nullptr;
    std::int32_t first = 0;
    std::size_t count = 0;

    std::int32_t operator[](std::size_t i) const {
        return list != nullptr ? list[i] : first + static_cast<std::int32_t>(i);
    }
    Rows part(std::size_t from, std::size_t length) const {
        return {list != nullptr ? list + from : nullptr,
                list != nullptr ? 0 : first + static_cast<std::int32_t>(from), length};
    }
};

// Where an output goes: to the places of the rows themselves, or one after the other from `to.first` on.
// Without `to.first` the output is not wanted. `to` must be wide enough for the output's range.
struct Sink {
    View to;
    bool by_row = true;
};

struct Program {
    struct Load {
        std::int64_t column = 0;
        std::int32_t value = 0;
    };
    // What a step makes and others read. Values that are never needed together share a slot.
    struct Value {
        bool is_wide = false;
        std::int32_t slot = 0;
    };
    struct Output {
        std::int32_t value = -1;  // -1: always range.lowest
        Range range;
    };
    std::vector<Load> loads;
    std::vector<Output> outputs;
    std::vector<Value> values;
    std::vector<Step> steps;  // a load's `x` is its place in `loads`
    std::vector<LineCurve> lines;
    std::vector<PointsCurve> point_lists;
    std::vector<StepsCurve> stairs;
    std::int32_t narrow_slots = 0;
    std::int32_t wide_slots = 0;
    // What it was made of.
    std::shared_ptr<const Graph> graph;
    std::vector<NodeId> roots;

    Range output_range(std::size_t k) const { return outputs[k].range; }
};

// A program with the columns it shall be run on and memory of its own: one per thread. The program and what
// the columns point to must outlive it; values in the columns may change between runs.
class Runner {
public:
    Runner(const Program& program, std::span<const Source> columns);
    Runner(const Program& program, std::span<const Source> columns, InstructionSet set);
    ~Runner();
    Runner(Runner&&) noexcept;
    Runner& operator=(Runner&&) noexcept;
    void run(const Rows& rows, std::span<const Sink> outputs);

private:
    struct State;
    std::unique_ptr<State> state_;
};

// The program that computes `outputs`, in that order, for columns within the ranges of the graph's column
// nodes. Every output must be a good node.
Program make_program(const Graph& graph, std::span<const NodeId> outputs);

// The same program for columns whose values happen to lie within `columns[n].range`: it may use narrower
// arithmetic and leave out what cannot come out another way. What the columns hold must stay within these
// ranges.
Program specialise(const Program& program, std::span<const Source> columns);

}  // namespace gw::evaluation
