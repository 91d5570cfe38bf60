// The loops that programs are made of, once for every instruction set the processor may have. All give the
// same numbers; they differ in how many rows one instruction takes.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace gw::evaluation {

enum class InstructionSet : std::uint8_t { plain, avx2, avx512 };

// Those of this program that this machine can run, the best last; the first is always `plain`.
std::vector<InstructionSet> list_instruction_sets();

// Loops run over whole groups of rows, so that none needs a tail. Slots have room for that.
constexpr std::size_t rows_per_group = 16;

enum class StepKind : std::uint8_t {
    load,  // see LoadKernel
    fill,  // with x
    widen,
    narrow,  // of 64 bits, clamped to x..y
    add,
    subtract,
    subtract_from,  // x - a
    multiply,
    less,
    less_equal,
    greater,
    greater_equal,
    equal,
    not_equal,
    all_of,  // of truth values
    any_of,
    minimum,
    maximum,
    absolute,
    choose,          // a ? b : c; the constants are x and y
    quotient_float,  // see Quotient in kernels.cpp
    quotient_double,
    quotient_integer,
    line_float,
    line_double,
    line_integer,
    steps,
    count
};

// Which operands are constants. For `choose` the bits mean b and c; for quotients the otherwise is meant.
enum Shape : std::uint8_t { all_vectors = 0, last_constant = 1, middle_constant = 2, both_constant = 3 };

// Of lines and staircases the shape says what the result is added to or starts from.
constexpr Shape with_start = all_vectors;
constexpr Shape without_start = last_constant;

constexpr std::size_t most_pieces = 8;

// A line ready to run: `lowest` + floor(x * slope[k] + offset[k]), x clamped to first..last, k the last piece
// whose knot is below x. knot[0] is not looked at.
struct LineCurve {
    std::int32_t count = 0;
    double slope[most_pieces] = {};
    double offset[most_pieces] = {};
    double knot[most_pieces] = {};
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::int64_t lowest = 0;
};

// A line by its points, for numbers that no floating type tells apart. `less` is taken off the result.
struct PointsCurve {
    std::int32_t count = 0;
    std::int64_t x[most_pieces + 1] = {};
    std::int64_t y[most_pieces + 1] = {};
    std::int64_t less = 0;
};

// The first y whose bound is not below the value.
struct StepsCurve {
    std::int32_t count = 0;
    std::int64_t bound[most_pieces] = {};
    std::int64_t y[most_pieces] = {};
};

// One step of a program. `to`, `a`, `b` and `c` are numbers of values.
struct Step {
    StepKind kind = StepKind::load;
    Shape shape = all_vectors;
    bool is_wide = false;  // the operands are 64 bits
    std::int32_t to = 0;
    std::int32_t a = 0;
    std::int32_t b = 0;
    std::int32_t c = 0;
    std::int64_t x = 0;
    std::int64_t y = 0;
    std::int64_t z = 0;
    std::int32_t curve = -1;  // place in the program's list of such curves
};

// Runs one step over `groups` groups of rows. `values[n]` is where value n of this chunk stands.
using Kernel = void (*)(const Step& step, const void* curve, void* const* values, std::size_t groups);
constexpr std::size_t code_of(StepKind kind, Shape shape, bool is_wide) {
    return (static_cast<std::size_t>(kind) * 4 + shape) * 2 + (is_wide ? 1 : 0);
}
constexpr std::size_t code_count = code_of(StepKind::count, all_vectors, false);

// Reads `count` rows of a column into a slot: those of `list`, or those from `first` on.
struct Reading {
    const void* values = nullptr;
    const std::uint8_t* given = nullptr;
    std::int64_t filler = 0;
    const std::int32_t* list = nullptr;
    std::size_t first = 0;
    std::size_t count = 0;
};
using LoadKernel = void (*)(const Reading& reading, void* to);

// Writes `count` values of a slot to the rows of `list`, or from `first` on.
struct Writing {
    void* values = nullptr;
    const std::int32_t* list = nullptr;
    std::size_t first = 0;
    std::size_t count = 0;
};
using StoreKernel = void (*)(const Writing& writing, const void* from);

struct Kernels {
    Kernel steps[code_count] = {};
    LoadKernel loads[4][2] = {};  // by Width of the column, then whether the slot is 64 bits
    StoreKernel stores[4][2] = {};
};
const Kernels& kernels_of(InstructionSet set);

}  // namespace gw::evaluation
