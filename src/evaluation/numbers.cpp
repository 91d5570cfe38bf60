#include "evaluation/numbers.h"

#include <algorithm>

namespace gw::evaluation {
namespace {

template <class T>
bool fits(const Range& range) {
    return range.lowest >= static_cast<std::int64_t>(std::numeric_limits<T>::min()) &&
           range.highest <= static_cast<std::int64_t>(std::numeric_limits<T>::max());
}

Range range_of(std::span<const std::int64_t> values) {
    if (values.empty()) return {};
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    return {*low, *high};
}

}  // namespace

Width width_for(const Range& range) {
    if (fits<std::uint8_t>(range)) return Width::u8;
    if (fits<std::int16_t>(range)) return Width::i16;
    return fits<std::int32_t>(range) ? Width::i32 : Width::i64;
}

Numbers Numbers::unwritten(std::size_t rows, const Range& range) {
    Numbers numbers;
    numbers.make_room_for(range);
    numbers.range_ = range;
    std::visit([&](auto& cells) { cells.resize(rows); }, numbers.cells_);
    return numbers;
}

Numbers::Numbers(std::size_t rows, const Range& range)
    : Numbers(unwritten(
          rows, {std::min<std::int64_t>(range.lowest, 0), std::max<std::int64_t>(range.highest, 0)})) {
    std::visit([](auto& cells) { std::fill(cells.begin(), cells.end(), 0); }, cells_);
}

Numbers::Numbers(std::initializer_list<std::int64_t> values)
    : Numbers(std::span<const std::int64_t>(values.begin(), values.size())) {}

Numbers::Numbers(std::span<const std::int64_t> values) : Numbers(unwritten(values.size(), range_of(values))) {
    std::visit(
        [&](auto& cells) {
            using T = typename std::decay_t<decltype(cells)>::value_type;
            std::transform(values.begin(), values.end(), cells.begin(),
                           [](std::int64_t value) { return static_cast<T>(value); });
        },
        cells_);
}

std::size_t Numbers::size() const {
    return std::visit([](const auto& cells) { return cells.size(); }, cells_);
}

std::int64_t Numbers::operator[](std::size_t row) const {
    switch (cells_.index()) {
        case 0: return std::get<0>(cells_)[row];
        case 1: return std::get<1>(cells_)[row];
        case 2: return std::get<2>(cells_)[row];
        default: return std::get<3>(cells_)[row];
    }
}

void Numbers::make_room_for(const Range& range) {
    const Width wanted = width_for(range);
    if (wanted <= width()) return;
    std::visit(
        [&](auto& cells) {
            const auto copy = [&]<class T>(Cells<T>) {
                Cells<T> wider(cells.size());
                std::transform(cells.begin(), cells.end(), wider.begin(),
                               [](auto value) { return static_cast<T>(value); });
                return wider;
            };
            switch (wanted) {
                case Width::u8: break;
                case Width::i16: cells_ = copy(Cells<std::int16_t>{}); break;
                case Width::i32: cells_ = copy(Cells<std::int32_t>{}); break;
                case Width::i64: cells_ = copy(Cells<std::int64_t>{}); break;
            }
        },
        cells_);
}

void Numbers::set(std::size_t row, std::int64_t value) {
    if (!range_.holds(value)) {
        range_ = join(range_, {value, value});
        make_room_for(range_);
    }
    std::visit(
        [&](auto& cells) {
            cells[row] = static_cast<typename std::decay_t<decltype(cells)>::value_type>(value);
        },
        cells_);
}

void Numbers::push_back(std::int64_t value) {
    range_ = empty() ? Range{value, value} : join(range_, {value, value});
    make_room_for(range_);
    std::visit(
        [&](auto& cells) {
            cells.push_back(static_cast<typename std::decay_t<decltype(cells)>::value_type>(value));
        },
        cells_);
}

void Numbers::reserve(std::size_t rows) {
    std::visit([&](auto& cells) { cells.reserve(rows); }, cells_);
}

ConstView Numbers::view() const {
    return {visit([](auto cells) { return static_cast<const void*>(cells.data()); }), width()};
}

View Numbers::view() {
    return {visit([](auto cells) { return static_cast<void*>(cells.data()); }), width()};
}

std::vector<std::int64_t> Numbers::to_vector() const {
    return visit([](auto cells) { return std::vector<std::int64_t>(cells.begin(), cells.end()); });
}

std::optional<std::size_t> Numbers::find_in_rising(std::int64_t value) const {
    return visit([&](auto cells) -> std::optional<std::size_t> {
        const auto found = std::lower_bound(cells.begin(), cells.end(), value);
        if (found == cells.end() || *found != value) return std::nullopt;
        return static_cast<std::size_t>(found - cells.begin());
    });
}

bool operator==(const Numbers& a, const Numbers& b) {
    if (a.size() != b.size()) return false;
    return a.visit([&](auto left) {
        return b.visit([&](auto right) {
            return std::equal(left.begin(), left.end(), right.begin(), [](auto x, auto y) {
                return static_cast<std::int64_t>(x) == static_cast<std::int64_t>(y);
            });
        });
    });
}

}  // namespace gw::evaluation
