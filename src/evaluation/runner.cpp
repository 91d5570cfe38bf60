#include <algorithm>
#include <cstdlib>
#include <new>

#include "evaluation/program.h"

namespace gw::evaluation {
namespace {

// As many rows as let the values of a chunk stay in the nearest cache, within reason.
constexpr std::size_t cache_bytes = 48 * 1024;
constexpr std::size_t least_rows = 256;
constexpr std::size_t most_rows = 2048;
// Slots lie a cache line more than their rows apart: at equal distances their lines would push each other
// out.
constexpr std::size_t line_bytes = 64;

struct FreeMemory {
    void operator()(std::byte* memory) const { ::operator delete[](memory, std::align_val_t{line_bytes}); }
};

std::int64_t value_at(const ConstView& view, std::size_t row) {
    switch (view.width) {
        case Width::u8: return static_cast<const std::uint8_t*>(view.first)[row];
        case Width::i16: return static_cast<const std::int16_t*>(view.first)[row];
        case Width::i32: return static_cast<const std::int32_t*>(view.first)[row];
        case Width::i64: break;
    }
    return static_cast<const std::int64_t*>(view.first)[row];
}

template <class T>
void fill(std::byte* memory, std::size_t rows, std::int64_t value) {
    std::fill_n(reinterpret_cast<T*>(memory), rows, static_cast<T>(value));
}

void fill_sink(const Sink& sink, const Rows& rows, std::size_t done, std::int64_t value) {
    const auto write = [&]<class T>(T* to) {
        for (std::size_t i = 0; i < rows.count; ++i)
            to[sink.by_row ? static_cast<std::size_t>(rows[i]) : done + i] = static_cast<T>(value);
    };
    switch (sink.to.width) {
        case Width::u8: return write(static_cast<std::uint8_t*>(sink.to.first));
        case Width::i16: return write(static_cast<std::int16_t*>(sink.to.first));
        case Width::i32: return write(static_cast<std::int32_t*>(sink.to.first));
        case Width::i64: return write(static_cast<std::int64_t*>(sink.to.first));
    }
}

}  // namespace

std::int64_t Source::at(std::size_t row) const {
    if (values.first == nullptr || (given != nullptr && given[row] == 0)) return filler;
    return value_at(values, row);
}

struct Runner::State {
    State(const Program& of, std::span<const Source> columns, InstructionSet set)
        : program(of), kernels(kernels_of(set)) {
        for (const Program::Load& load : program.loads)
            sources.push_back(columns[static_cast<std::size_t>(load.column)]);
        for (const Step& step : program.steps) {
            runs.push_back({&step, curve_of(step), nullptr});
            if (step.kind != StepKind::load)
                runs.back().kernel = kernels.steps[code_of(step.kind, step.shape, step.is_wide)];
        }
        find_memory();
    }

    struct Run {
        const Step* step;
        const void* curve;
        Kernel kernel;  // nullptr for a load
    };

    const void* curve_of(const Step& step) const {
        const auto place = static_cast<std::size_t>(step.curve);
        switch (step.kind) {
            case StepKind::line_float:
            case StepKind::line_double: return &program.lines[place];
            case StepKind::line_integer: return &program.point_lists[place];
            case StepKind::steps: return &program.stairs[place];
            default: return nullptr;
        }
    }

    // Columns that are not there are the same in every row and keep a place of their own.
    bool is_fixed(const Step& step) const {
        return sources[static_cast<std::size_t>(step.x)].values.first == nullptr;
    }

    void find_memory() {
        const auto narrow_slots = static_cast<std::size_t>(program.narrow_slots);
        const auto wide_slots = static_cast<std::size_t>(program.wide_slots);
        std::size_t fixed = 0;
        for (const Run& run : runs) fixed += run.kernel == nullptr && is_fixed(*run.step);
        const std::size_t bytes_per_row = 4 * narrow_slots + 8 * wide_slots + 1;
        chunk =
            std::clamp(cache_bytes / bytes_per_row, least_rows, most_rows) / rows_per_group * rows_per_group;
        const std::size_t narrow = 4 * chunk + line_bytes;
        const std::size_t wide = 8 * chunk + line_bytes;
        const std::size_t bytes = narrow_slots * narrow + (wide_slots + fixed) * wide;
        memory.reset(
            static_cast<std::byte*>(::operator new[](bytes + line_bytes, std::align_val_t{line_bytes})));
        std::byte* const first_wide = memory.get() + narrow_slots * narrow;
        std::byte* next_fixed = first_wide + wide_slots * wide;
        own.assign(program.values.size(), nullptr);
        for (std::size_t i = 0; i < own.size(); ++i) {
            const Program::Value& value = program.values[i];
            const auto slot = static_cast<std::size_t>(value.slot);
            own[i] = value.is_wide ? first_wide + slot * wide : memory.get() + slot * narrow;
        }
        for (const Run& run : runs) {
            if (run.kernel != nullptr || !is_fixed(*run.step)) continue;
            own[static_cast<std::size_t>(run.step->to)] = next_fixed;
            const std::int64_t filler = sources[static_cast<std::size_t>(run.step->x)].filler;
            if (run.step->is_wide) fill<std::int64_t>(next_fixed, chunk, filler);
            else fill<std::int32_t>(next_fixed, chunk, filler);
            next_fixed += wide;
        }
        values = own;
    }

    void load(const Step& step, const Rows& rows) {
        const Source& source = sources[static_cast<std::size_t>(step.x)];
        const auto to = static_cast<std::size_t>(step.to);
        if (source.values.first == nullptr) return;
        const auto first = static_cast<std::size_t>(rows.first);
        // A column of the program's own width is read where it stands.
        const Width own_width = step.is_wide ? Width::i64 : Width::i32;
        if (rows.list == nullptr && source.given == nullptr && source.values.width == own_width &&
            rows.count % rows_per_group == 0) {
            const auto bytes = static_cast<const std::byte*>(source.values.first);
            values[to] = const_cast<std::byte*>(bytes + first * (step.is_wide ? 8 : 4));
            return;
        }
        values[to] = own[to];
        const Reading reading{source.values.first, source.given, source.filler, rows.list, first, rows.count};
        kernels.loads[static_cast<std::size_t>(source.values.width)][step.is_wide ? 1 : 0](reading, own[to]);
    }

    void store(const Program::Output& output, const Sink& sink, const Rows& rows, std::size_t done) {
        if (sink.to.first == nullptr) return;
        if (output.value < 0) return fill_sink(sink, rows, done, output.range.lowest);
        const auto value = static_cast<std::size_t>(output.value);
        Writing writing{sink.to.first, nullptr, done, rows.count};
        if (sink.by_row) {
            writing.list = rows.list;
            writing.first = static_cast<std::size_t>(rows.first);
        }
        kernels.stores[static_cast<std::size_t>(sink.to.width)][program.values[value].is_wide ? 1 : 0](
            writing, values[value]);
    }

    // A single row is mostly waiting for memory: every column is asked at once.
    void ask_for(std::size_t row) const {
        for (const Source& source : sources) {
            const std::size_t bytes[] = {1, 2, 4, 8};
            const auto first = static_cast<const char*>(source.values.first);
            if (first == nullptr) continue;
            __builtin_prefetch(first + row * bytes[static_cast<std::size_t>(source.values.width)]);
            if (source.given != nullptr) __builtin_prefetch(source.given + row);
        }
    }

    void run_chunk(const Rows& rows, std::span<const Sink> sinks, std::size_t done) {
        if (rows.count == 1) ask_for(static_cast<std::size_t>(rows[0]));
        const std::size_t groups = (rows.count + rows_per_group - 1) / rows_per_group;
        for (const Run& run : runs) {
            if (run.kernel != nullptr) run.kernel(*run.step, run.curve, values.data(), groups);
            else load(*run.step, rows);
        }
        for (std::size_t k = 0; k < sinks.size(); ++k) store(program.outputs[k], sinks[k], rows, done);
    }

    const Program& program;
    const Kernels& kernels;
    std::vector<Source> sources;  // by load
    std::vector<Run> runs;
    std::unique_ptr<std::byte[], FreeMemory> memory;
    std::vector<void*> own;     // where a value's slot is
    std::vector<void*> values;  // where the value is: in its slot, or in the column itself
    std::size_t chunk = 0;
};

Runner::Runner(const Program& program, std::span<const Source> columns)
    : Runner(program, columns, list_instruction_sets().back()) {}
Runner::Runner(const Program& program, std::span<const Source> columns, InstructionSet set)
    : state_(std::make_unique<State>(program, columns, set)) {}
Runner::~Runner() = default;
Runner::Runner(Runner&&) noexcept = default;
Runner& Runner::operator=(Runner&&) noexcept = default;

void Runner::run(const Rows& rows, std::span<const Sink> outputs) {
    for (std::size_t from = 0; from < rows.count; from += state_->chunk)
        state_->run_chunk(rows.part(from, std::min(state_->chunk, rows.count - from)), outputs, from);
}

}  // namespace gw::evaluation
