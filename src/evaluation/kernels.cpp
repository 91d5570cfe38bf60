// Compiled once for each instruction set: GW_INSTRUCTION_SET names the namespace. Nothing here may call an
// inline function of another header: the linker keeps one copy of such a function, which could be the one
// that only a newer processor understands.
#include "evaluation/kernels.h"

#ifndef GW_INSTRUCTION_SET
#define GW_INSTRUCTION_SET plain
#endif

namespace gw::evaluation::GW_INSTRUCTION_SET {
namespace {

using Narrow = std::int32_t;
using Wide = std::int64_t;

template <class T>
const T* values_at(void* const* values, std::int32_t n) {
    return static_cast<const T*>(values[n]);
}
template <class T>
T* place_at(void* const* values, std::int32_t n) {
    return static_cast<T*>(values[n]);
}

// ---------------------------------------------------------------- one value from two

struct Add {
    template <class T>
    static T of(T a, T b) {
        return a + b;
    }
};
struct Subtract {
    template <class T>
    static T of(T a, T b) {
        return a - b;
    }
};
struct SubtractFrom {
    template <class T>
    static T of(T a, T b) {
        return b - a;
    }
};
struct Multiply {
    template <class T>
    static T of(T a, T b) {
        return a * b;
    }
};
struct Minimum {
    template <class T>
    static T of(T a, T b) {
        return a < b ? a : b;
    }
};
struct Maximum {
    template <class T>
    static T of(T a, T b) {
        return a > b ? a : b;
    }
};
struct AllOf {
    template <class T>
    static T of(T a, T b) {
        return a & b;
    }
};
struct AnyOf {
    template <class T>
    static T of(T a, T b) {
        return a | b;
    }
};
struct Less {
    template <class T>
    static Narrow of(T a, T b) {
        return a < b;
    }
};
struct LessEqual {
    template <class T>
    static Narrow of(T a, T b) {
        return a <= b;
    }
};
struct Greater {
    template <class T>
    static Narrow of(T a, T b) {
        return a > b;
    }
};
struct GreaterEqual {
    template <class T>
    static Narrow of(T a, T b) {
        return a >= b;
    }
};
struct Equal {
    template <class T>
    static Narrow of(T a, T b) {
        return a == b;
    }
};
struct NotEqual {
    template <class T>
    static Narrow of(T a, T b) {
        return a != b;
    }
};

template <class F, class T>
void run_two(const Step& step, const void*, void* const* values, std::size_t groups) {
    using Result = decltype(F::of(T{}, T{}));
    const T* a = values_at<T>(values, step.a);
    const T* b = values_at<T>(values, step.b);
    Result* __restrict to = place_at<Result>(values, step.to);
    for (std::size_t i = 0; i < groups * rows_per_group; ++i) to[i] = F::of(a[i], b[i]);
}

template <class F, class T>
void run_constant(const Step& step, const void*, void* const* values, std::size_t groups) {
    using Result = decltype(F::of(T{}, T{}));
    const T* a = values_at<T>(values, step.a);
    const T b = static_cast<T>(step.x);
    Result* __restrict to = place_at<Result>(values, step.to);
    for (std::size_t i = 0; i < groups * rows_per_group; ++i) to[i] = F::of(a[i], b);
}

// ---------------------------------------------------------------- one value from one

void run_widen(const Step& step, const void*, void* const* values, std::size_t groups) {
    const Narrow* a = values_at<Narrow>(values, step.a);
    Wide* __restrict to = place_at<Wide>(values, step.to);
    for (std::size_t i = 0; i < groups * rows_per_group; ++i) to[i] = a[i];
}

void run_narrow(const Step& step, const void*, void* const* values, std::size_t groups) {
    const Wide* a = values_at<Wide>(values, step.a);
    const Wide lowest = step.x;
    const Wide highest = step.y;
    Narrow* __restrict to = place_at<Narrow>(values, step.to);
    for (std::size_t i = 0; i < groups * rows_per_group; ++i) {
        const Wide raised = a[i] < lowest ? lowest : a[i];
        to[i] = static_cast<Narrow>(raised > highest ? highest : raised);
    }
}

template <class T>
void run_fill(const Step& step, const void*, void* const* values, std::size_t groups) {
    T* __restrict to = place_at<T>(values, step.to);
    for (std::size_t i = 0; i < groups * rows_per_group; ++i) to[i] = static_cast<T>(step.x);
}

template <class T>
void run_absolute(const Step& step, const void*, void* const* values, std::size_t groups) {
    const T* a = values_at<T>(values, step.a);
    T* __restrict to = place_at<T>(values, step.to);
    for (std::size_t i = 0; i < groups * rows_per_group; ++i) to[i] = a[i] < 0 ? -a[i] : a[i];
}

// ---------------------------------------------------------------- choices

template <class T, Shape shape>
void run_choose(const Step& step, const void*, void* const* values, std::size_t groups) {
    const Narrow* a = values_at<Narrow>(values, step.a);
    const T* b = values_at<T>(values, step.b);
    const T* c = values_at<T>(values, step.c);
    const T x = static_cast<T>(step.x);
    const T y = static_cast<T>(step.y);
    T* __restrict to = place_at<T>(values, step.to);
    for (std::size_t i = 0; i < groups * rows_per_group; ++i) {
        const T when = shape & middle_constant ? x : b[i];
        const T otherwise = shape & last_constant ? y : c[i];
        to[i] = a[i] != 0 ? when : otherwise;
    }
}

// ---------------------------------------------------------------- quotients
//
// min(z, a * x div b) where b > 0, else c or the constant y. Cutting off a floating quotient is exact when
// the dividend n >= 0 is below 2^p, p being the digits of the type. Let q = n div d and r = (q + 1) d - n >=
// 1, which is what n lacks to the next quotient. Were n / d rounded up to q + 1, then r / d would be at most
// half the spacing below q + 1, which is less than (q + 1) / 2^p. So r 2^p < (q + 1) d = n + r, or r (2^p -
// 1) < n: no n below 2^p is that large. A divisor that must be rounded is above n before and after, and the
// quotient is 0.

template <class T, class Real, Shape shape>
void run_quotient(const Step& step, const void*, void* const* values, std::size_t groups) {
    const T* a = values_at<T>(values, step.a);
    const T* b = values_at<T>(values, step.b);
    const T* c = values_at<T>(values, step.c);
    const Real scale = static_cast<Real>(step.x);
    const T otherwise = static_cast<T>(step.y);
    const Real most = static_cast<Real>(step.z);
    T* __restrict to = place_at<T>(values, step.to);
    for (std::size_t i = 0; i < groups * rows_per_group; ++i) {
        const T divisor = b[i] > 0 ? b[i] : 1;
        const Real exact = static_cast<Real>(a[i]) * scale / static_cast<Real>(divisor);
        const T quotient = static_cast<T>(exact < most ? exact : most);
        to[i] = b[i] > 0 ? quotient : shape & last_constant ? otherwise : c[i];
    }
}

void run_quotient_of_integers(const Step& step, const void*, void* const* values, std::size_t groups) {
    const Wide* a = values_at<Wide>(values, step.a);
    const Wide* b = values_at<Wide>(values, step.b);
    const Wide* c = values_at<Wide>(values, step.c);
    Wide* __restrict to = place_at<Wide>(values, step.to);
    for (std::size_t i = 0; i < groups * rows_per_group; ++i) {
        const Wide quotient = a[i] * step.x / (b[i] > 0 ? b[i] : 1);
        const Wide otherwise = step.shape == last_constant ? step.y : c[i];
        to[i] = b[i] <= 0 ? otherwise : quotient < step.z ? quotient : step.z;
    }
}

// ---------------------------------------------------------------- curves

template <class Real, std::size_t pieces, bool has_start>
void run_line_of(const Step& step, const void* curve, void* const* values, std::size_t groups) {
    const LineCurve& line = *static_cast<const LineCurve*>(curve);
    Real slope[pieces];
    Real offset[pieces];
    Real knot[pieces];
    for (std::size_t k = 0; k < pieces; ++k) {
        slope[k] = static_cast<Real>(line.slope[k]);
        offset[k] = static_cast<Real>(line.offset[k]);
        knot[k] = static_cast<Real>(line.knot[k]);
    }
    const Narrow first = static_cast<Narrow>(line.first);
    const Narrow last = static_cast<Narrow>(line.last);
    const Narrow lowest = static_cast<Narrow>(line.lowest);
    const Narrow* a = values_at<Narrow>(values, step.a);
    const Narrow* start = values_at<Narrow>(values, step.c);
    Narrow* __restrict to = place_at<Narrow>(values, step.to);
    for (std::size_t i = 0; i < groups * rows_per_group; ++i) {
        const Narrow raised = a[i] < first ? first : a[i];
        const Real x = static_cast<Real>(raised > last ? last : raised);
        Real factor = slope[0];
        Real summand = offset[0];
        for (std::size_t k = 1; k < pieces; ++k) {
            factor = x > knot[k] ? slope[k] : factor;
            summand = x > knot[k] ? offset[k] : summand;
        }
        const Narrow y = lowest + static_cast<Narrow>(x * factor + summand);
        to[i] = has_start ? start[i] + y : y;
    }
}

template <class Real, bool has_start>
void run_line(const Step& step, const void* curve, void* const* values, std::size_t groups) {
    switch (static_cast<const LineCurve*>(curve)->count) {
        case 1: return run_line_of<Real, 1, has_start>(step, curve, values, groups);
        case 2: return run_line_of<Real, 2, has_start>(step, curve, values, groups);
        case 3: return run_line_of<Real, 3, has_start>(step, curve, values, groups);
        case 4: return run_line_of<Real, 4, has_start>(step, curve, values, groups);
        case 5: return run_line_of<Real, 5, has_start>(step, curve, values, groups);
        case 6: return run_line_of<Real, 6, has_start>(step, curve, values, groups);
        case 7: return run_line_of<Real, 7, has_start>(step, curve, values, groups);
        default: return run_line_of<Real, 8, has_start>(step, curve, values, groups);
    }
}

// One row at a time. The sum is taken modulo 2^64: only the whole of it is known to fit.
template <bool has_start>
void run_line_of_integers(const Step& step, const void* curve, void* const* values, std::size_t groups) {
    const PointsCurve& line = *static_cast<const PointsCurve*>(curve);
    const Wide last = line.x[line.count - 1];
    const Wide* a = values_at<Wide>(values, step.a);
    const Wide* start = values_at<Wide>(values, step.c);
    Wide* __restrict to = place_at<Wide>(values, step.to);
    for (std::size_t i = 0; i < groups * rows_per_group; ++i) {
        const Wide raised = a[i] < line.x[0] ? line.x[0] : a[i];
        const Wide x = raised > last ? last : raised;
        std::size_t k = 0;
        while (x > line.x[k + 1]) ++k;
        const Wide rise = (x - line.x[k]) * (line.y[k + 1] - line.y[k]) / (line.x[k + 1] - line.x[k]);
        const auto y = static_cast<std::uint64_t>(line.y[k] + rise) - static_cast<std::uint64_t>(line.less);
        to[i] = static_cast<Wide>(has_start ? static_cast<std::uint64_t>(start[i]) + y : y);
    }
}

template <class T, std::size_t pieces, Shape shape>
void run_steps_of(const Step& step, const void* curve, void* const* values, std::size_t groups) {
    const StepsCurve& stairs = *static_cast<const StepsCurve*>(curve);
    T bound[pieces];
    T y[pieces];
    for (std::size_t k = 0; k < pieces; ++k) {
        bound[k] = static_cast<T>(stairs.bound[k]);
        y[k] = static_cast<T>(stairs.y[k]);
    }
    const T otherwise = static_cast<T>(step.x);
    const T* a = values_at<T>(values, step.a);
    const T* start = values_at<T>(values, step.c);
    T* __restrict to = place_at<T>(values, step.to);
    for (std::size_t i = 0; i < groups * rows_per_group; ++i) {
        const T x = a[i];
        T result = shape == with_start ? start[i] : otherwise;
        // From the last bound to the first, so that the first that fits has the last word.
        for (std::size_t k = pieces; k-- > 0;) result = x <= bound[k] ? y[k] : result;
        to[i] = result;
    }
}

template <class T, Shape shape>
void run_steps(const Step& step, const void* curve, void* const* values, std::size_t groups) {
    switch (static_cast<const StepsCurve*>(curve)->count) {
        case 1: return run_steps_of<T, 1, shape>(step, curve, values, groups);
        case 2: return run_steps_of<T, 2, shape>(step, curve, values, groups);
        case 3: return run_steps_of<T, 3, shape>(step, curve, values, groups);
        case 4: return run_steps_of<T, 4, shape>(step, curve, values, groups);
        case 5: return run_steps_of<T, 5, shape>(step, curve, values, groups);
        case 6: return run_steps_of<T, 6, shape>(step, curve, values, groups);
        case 7: return run_steps_of<T, 7, shape>(step, curve, values, groups);
        default: return run_steps_of<T, 8, shape>(step, curve, values, groups);
    }
}

// ---------------------------------------------------------------- columns

// A chunk begins in the middle of each of many columns, which the processor's own reading ahead does not see
// in time: while one chunk is read, the same column of the next is asked for.
template <class T>
void ask_for_next(const T* from, std::size_t n) {
    const char* next = reinterpret_cast<const char*>(from + n);
    for (std::size_t at = 0; at < n * sizeof(T); at += 64) __builtin_prefetch(next + at, 0, 2);
}

// The last group is filled up with copies of the last row, so that every value is one a row has.
template <class From, class T>
void load(const Reading& reading, void* place) {
    const From* from = static_cast<const From*>(reading.values);
    const std::uint8_t* given = reading.given;
    const std::int32_t* list = reading.list;
    const T filler = static_cast<T>(reading.filler);
    const std::size_t n = reading.count;
    T* __restrict to = static_cast<T*>(place);
    if (n == 1) {
        const std::size_t row = list != nullptr ? static_cast<std::size_t>(list[0]) : reading.first;
        const T value = given == nullptr || given[row] != 0 ? static_cast<T>(from[row]) : filler;
        for (std::size_t i = 0; i < rows_per_group; ++i) to[i] = value;
        return;
    }
    if (list != nullptr && given != nullptr) {
        for (std::size_t i = 0; i < n; ++i)
            to[i] = given[list[i]] != 0 ? static_cast<T>(from[list[i]]) : filler;
    } else if (list != nullptr) {
        for (std::size_t i = 0; i < n; ++i) to[i] = static_cast<T>(from[list[i]]);
    } else if (given != nullptr) {
        from += reading.first;
        given += reading.first;
        for (std::size_t i = 0; i < n; ++i) {
            const T value = static_cast<T>(from[i]);
            to[i] = given[i] != 0 ? value : filler;
        }
        ask_for_next(from, n);
        ask_for_next(given, n);
    } else {
        from += reading.first;
        for (std::size_t i = 0; i < n; ++i) to[i] = static_cast<T>(from[i]);
        ask_for_next(from, n);
    }
    for (std::size_t i = n; i % rows_per_group != 0; ++i) to[i] = to[n - 1];
}

template <class T, class To>
void store(const Writing& writing, const void* place) {
    const T* from = static_cast<const T*>(place);
    To* __restrict to = static_cast<To*>(writing.values);
    const std::int32_t* list = writing.list;
    if (list != nullptr) {
        for (std::size_t i = 0; i < writing.count; ++i) to[list[i]] = static_cast<To>(from[i]);
    } else {
        to += writing.first;
        for (std::size_t i = 0; i < writing.count; ++i) to[i] = static_cast<To>(from[i]);
    }
}

// ---------------------------------------------------------------- the table

template <class F>
constexpr void add_two(Kernels& kernels, StepKind kind) {
    kernels.steps[code_of(kind, all_vectors, false)] = run_two<F, Narrow>;
    kernels.steps[code_of(kind, all_vectors, true)] = run_two<F, Wide>;
    kernels.steps[code_of(kind, last_constant, false)] = run_constant<F, Narrow>;
    kernels.steps[code_of(kind, last_constant, true)] = run_constant<F, Wide>;
}

template <Shape shape>
constexpr void add_shape(Kernels& kernels) {
    kernels.steps[code_of(StepKind::choose, shape, false)] = run_choose<Narrow, shape>;
    kernels.steps[code_of(StepKind::choose, shape, true)] = run_choose<Wide, shape>;
    if constexpr (shape <= last_constant) {
        constexpr bool has_start = shape == with_start;
        kernels.steps[code_of(StepKind::quotient_float, shape, false)] = run_quotient<Narrow, float, shape>;
        kernels.steps[code_of(StepKind::quotient_double, shape, false)] = run_quotient<Narrow, double, shape>;
        kernels.steps[code_of(StepKind::quotient_double, shape, true)] = run_quotient<Wide, double, shape>;
        kernels.steps[code_of(StepKind::quotient_integer, shape, true)] = run_quotient_of_integers;
        kernels.steps[code_of(StepKind::line_float, shape, false)] = run_line<float, has_start>;
        kernels.steps[code_of(StepKind::line_double, shape, false)] = run_line<double, has_start>;
        kernels.steps[code_of(StepKind::line_integer, shape, true)] = run_line_of_integers<has_start>;
        kernels.steps[code_of(StepKind::steps, shape, false)] = run_steps<Narrow, shape>;
        kernels.steps[code_of(StepKind::steps, shape, true)] = run_steps<Wide, shape>;
    }
}

template <class T>
constexpr void add_columns_of(Kernels& kernels, int width) {
    kernels.loads[width][0] = load<T, Narrow>;
    kernels.loads[width][1] = load<T, Wide>;
    kernels.stores[width][0] = store<Narrow, T>;
    kernels.stores[width][1] = store<Wide, T>;
}

constexpr Kernels make_kernels() {
    Kernels kernels;
    kernels.steps[code_of(StepKind::widen, all_vectors, false)] = run_widen;
    kernels.steps[code_of(StepKind::narrow, all_vectors, true)] = run_narrow;
    kernels.steps[code_of(StepKind::absolute, all_vectors, false)] = run_absolute<Narrow>;
    kernels.steps[code_of(StepKind::absolute, all_vectors, true)] = run_absolute<Wide>;
    kernels.steps[code_of(StepKind::fill, all_vectors, false)] = run_fill<Narrow>;
    kernels.steps[code_of(StepKind::fill, all_vectors, true)] = run_fill<Wide>;
    add_two<Add>(kernels, StepKind::add);
    add_two<Subtract>(kernels, StepKind::subtract);
    add_two<SubtractFrom>(kernels, StepKind::subtract_from);
    add_two<Multiply>(kernels, StepKind::multiply);
    add_two<Less>(kernels, StepKind::less);
    add_two<LessEqual>(kernels, StepKind::less_equal);
    add_two<Greater>(kernels, StepKind::greater);
    add_two<GreaterEqual>(kernels, StepKind::greater_equal);
    add_two<Equal>(kernels, StepKind::equal);
    add_two<NotEqual>(kernels, StepKind::not_equal);
    add_two<AllOf>(kernels, StepKind::all_of);
    add_two<AnyOf>(kernels, StepKind::any_of);
    add_two<Minimum>(kernels, StepKind::minimum);
    add_two<Maximum>(kernels, StepKind::maximum);
    add_shape<all_vectors>(kernels);
    add_shape<last_constant>(kernels);
    add_shape<middle_constant>(kernels);
    add_shape<both_constant>(kernels);
    add_columns_of<std::uint8_t>(kernels, 0);
    add_columns_of<std::int16_t>(kernels, 1);
    add_columns_of<std::int32_t>(kernels, 2);
    add_columns_of<std::int64_t>(kernels, 3);
    return kernels;
}

}  // namespace

extern const Kernels kernels;
constexpr Kernels kernels = make_kernels();

}  // namespace gw::evaluation::GW_INSTRUCTION_SET
