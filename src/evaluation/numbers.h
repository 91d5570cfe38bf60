// A column of whole numbers in the narrowest of four types that holds them: a nation's facts are mostly small
// counts, and reading fewer bytes is most of the speed there is to have.
#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace gw::evaluation {

struct Range {
    std::int64_t lowest = 0;
    std::int64_t highest = 0;
    bool is_single() const { return lowest == highest; }
    bool holds(std::int64_t value) const { return value >= lowest && value <= highest; }
    bool holds(const Range& other) const { return other.lowest >= lowest && other.highest <= highest; }
    bool operator==(const Range&) const = default;
};

// The smallest range that holds both.
inline Range join(const Range& a, const Range& b) {
    return {a.lowest < b.lowest ? a.lowest : b.lowest, a.highest > b.highest ? a.highest : b.highest};
}

enum class Width : std::uint8_t { u8, i16, i32, i64 };

// The narrowest type that holds every value of a range.
Width width_for(const Range& range);

// Where values stand, for loops over many rows. `first` may be nullptr when nothing is read or written.
struct ConstView {
    const void* first = nullptr;
    Width width = Width::i64;
};
struct View {
    void* first = nullptr;
    Width width = Width::i64;
};

// Memory that is about to be written is not cleared first.
template <class T>
struct Unwritten : std::allocator<T> {
    template <class U>
    struct rebind {
        using other = Unwritten<U>;
    };
    template <class U>
    void construct(U* place) {
        ::new (static_cast<void*>(place)) U;
    }
    template <class U, class... Args>
    void construct(U* place, Args&&... args) {
        ::new (static_cast<void*>(place)) U(std::forward<Args>(args)...);
    }
};
template <class T>
using Cells = std::vector<T, Unwritten<T>>;

class Numbers {
public:
    Numbers() = default;
    // `rows` zeros, stored so that every value of `range` fits.
    explicit Numbers(std::size_t rows, const Range& range = {});
    Numbers(std::initializer_list<std::int64_t> values);
    explicit Numbers(std::span<const std::int64_t> values);
    // Rows whose values are not set yet: every one must be written, within `range`, before it is read.
    static Numbers unwritten(std::size_t rows, const Range& range);

    std::size_t size() const;
    bool empty() const { return size() == 0; }
    std::int64_t operator[](std::size_t row) const;
    // Stores a value; the column becomes wider when it does not fit.
    void set(std::size_t row, std::int64_t value);
    void push_back(std::int64_t value);
    void reserve(std::size_t rows);

    // Holds every value ever stored; it may be wider than the values are.
    const Range& range() const { return range_; }
    Width width() const { return static_cast<Width>(cells_.index()); }
    ConstView view() const;
    View view();
    std::vector<std::int64_t> to_vector() const;
    // The row of a value in a column that rises from row to row.
    std::optional<std::size_t> find_in_rising(std::int64_t value) const;

    // Calls f with the values as a span of their own type.
    template <class F>
    decltype(auto) visit(F&& f) const {
        return std::visit([&](const auto& cells) -> decltype(auto) { return f(std::span(cells)); }, cells_);
    }
    template <class F>
    decltype(auto) visit(F&& f) {
        return std::visit([&](auto& cells) -> decltype(auto) { return f(std::span(cells)); }, cells_);
    }

    // The values as their own type, which must be T.
    template <class T>
    std::span<T> cells() {
        return std::get<Cells<T>>(cells_);
    }

    // The same values, whatever their width.
    friend bool operator==(const Numbers& a, const Numbers& b);

private:
    void make_room_for(const Range& range);

    std::variant<Cells<std::uint8_t>, Cells<std::int16_t>, Cells<std::int32_t>, Cells<std::int64_t>> cells_;
    Range range_;
};

}  // namespace gw::evaluation
