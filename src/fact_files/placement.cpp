#include "fact_files/placement.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_sort.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>

namespace gw::fact_files {
namespace {

using evaluation::Column;
using evaluation::Numbers;
using evaluation::Range;

constexpr std::size_t grain = 1 << 16;

// Calls work(first, last) for parts of the rows, on all threads.
template <class Work>
void for_parts(std::size_t rows, Work work) {
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, rows, grain),
                      [&](const auto& part) { work(part.begin(), part.end()); });
}

bool lie_close(const Range& range, std::size_t rows) {
    return static_cast<std::uint64_t>(range.highest) - static_cast<std::uint64_t>(range.lowest) <
           static_cast<std::uint64_t>(rows) * 16 + 1024;
}

Range range_of(const Numbers& ids) {
    return ids.visit([](auto values) {
        if (values.empty()) return Range{};
        const auto [lowest, highest] = std::minmax_element(values.begin(), values.end());
        return Range{*lowest, *highest};
    });
}

}  // namespace

IdIndex::IdIndex(const Numbers& ids) {
    const Range range = range_of(ids);
    if (lie_close(range, ids.size())) {
        lowest_ = range.lowest;
        row_of_id_.assign(static_cast<std::size_t>(range.highest - range.lowest) + 1, -1);
        for (std::size_t row = 0; row < ids.size(); ++row)
            row_of_id_[static_cast<std::size_t>(ids[row] - lowest_)] = static_cast<std::int32_t>(row);
        return;
    }
    sorted_.reserve(ids.size());
    for (std::size_t row = 0; row < ids.size(); ++row)
        sorted_.emplace_back(ids[row], static_cast<std::int32_t>(row));
    tbb::parallel_sort(sorted_.begin(), sorted_.end());
}

std::int32_t IdIndex::search(std::int64_t id) const {
    const auto found = std::lower_bound(sorted_.begin(), sorted_.end(), std::pair(id, std::int32_t{-1}));
    return found == sorted_.end() || found->first != id ? -1 : found->second;
}

std::vector<std::size_t> repeated_rows(const Numbers& ids, const Range& range) {
    std::atomic<bool> has_repeated = false;
    if (lie_close(range, ids.size())) {
        std::vector<std::atomic<std::uint64_t>> seen(
            static_cast<std::size_t>(range.highest - range.lowest) / 64 + 1);
        ids.visit([&](auto values) {
            for_parts(values.size(), [&](std::size_t first, std::size_t last) {
                bool is_any = false;
                for (std::size_t row = first; row < last; ++row) {
                    const auto place = static_cast<std::size_t>(values[row] - range.lowest);
                    const std::uint64_t bit = std::uint64_t{1} << (place % 64);
                    is_any |= (seen[place / 64].fetch_or(bit, std::memory_order_relaxed) & bit) != 0;
                }
                if (is_any) has_repeated = true;
            });
        });
        if (!has_repeated) return {};
    }
    std::vector<std::pair<std::int64_t, std::size_t>> sorted(ids.size());
    for_parts(ids.size(), [&](std::size_t first, std::size_t last) {
        for (std::size_t row = first; row < last; ++row) sorted[row] = {ids[row], row};
    });
    tbb::parallel_sort(sorted.begin(), sorted.end());
    std::vector<std::size_t> rows;
    for (std::size_t i = 1; i < sorted.size(); ++i)
        if (sorted[i].first == sorted[i - 1].first) rows.push_back(sorted[i].second);
    std::sort(rows.begin(), rows.end());
    return rows;
}

std::vector<std::int32_t> rows_by_key(std::span<const std::int32_t> key_of_row, std::size_t keys) {
    const std::size_t rows = key_of_row.size();
    const std::size_t parts = std::clamp<std::size_t>(
        rows / grain, 1, static_cast<std::size_t>(tbb::this_task_arena::max_concurrency()));
    const auto first_of = [&](std::size_t part) { return rows * part / parts; };
    // How often each part has each key becomes where the part puts its first row of that key.
    std::vector<std::vector<std::int32_t>> next(parts);
    tbb::parallel_for(std::size_t{0}, parts, [&](std::size_t part) {
        next[part].assign(keys, 0);
        for (std::size_t row = first_of(part); row < first_of(part + 1); ++row)
            ++next[part][static_cast<std::size_t>(key_of_row[row])];
    });
    std::int32_t place = 0;
    for (std::size_t key = 0; key < keys; ++key)
        for (std::vector<std::int32_t>& of_part : next) {
            const std::int32_t count = of_part[key];
            of_part[key] = place;
            place += count;
        }
    std::vector<std::int32_t> result(rows);
    tbb::parallel_for(std::size_t{0}, parts, [&](std::size_t part) {
        for (std::size_t row = first_of(part); row < first_of(part + 1); ++row)
            result[static_cast<std::size_t>(next[part][static_cast<std::size_t>(key_of_row[row])]++)] =
                static_cast<std::int32_t>(row);
    });
    return result;
}

Column placed(Column&& column, std::span<const std::int32_t> rows, const Range& range) {
    const Column from = std::move(column);
    Column to{from.name, Numbers::unwritten(rows.size(), range), {}};
    from.values.visit([&](auto source) {
        to.values.visit([&](auto target) {
            using T = typename decltype(target)::value_type;
            for_parts(rows.size(), [&](std::size_t first, std::size_t last) {
                for (std::size_t place = first; place < last; ++place)
                    target[place] = static_cast<T>(source[static_cast<std::size_t>(rows[place])]);
            });
        });
    });
    if (!from.given.empty()) {
        to.given.resize(rows.size());
        for_parts(rows.size(), [&](std::size_t first, std::size_t last) {
            for (std::size_t place = first; place < last; ++place)
                to.given[place] = from.given[static_cast<std::size_t>(rows[place])];
        });
    }
    return to;
}

}  // namespace gw::fact_files
