#include "evaluation/member_order.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_reduce.h>

#include <algorithm>

namespace gw::evaluation {
namespace {

using Block = tbb::blocked_range<std::size_t>;
constexpr std::size_t grain = 65536;

bool is_ordered(std::span<const std::int32_t> units) {
    return tbb::parallel_reduce(
        Block(1, std::max<std::size_t>(units.size(), 1), grain), true,
        [&](const Block& block, bool so_far) {
            for (std::size_t i = block.begin(); so_far && i < block.end(); ++i)
                so_far = units[i - 1] <= units[i];
            return so_far;
        },
        [](bool a, bool b) { return a && b; });
}

}  // namespace

MemberOrder::MemberOrder(std::span<const std::int32_t> member_units, std::size_t units)
    : first_(units + 1, 0) {
    const std::size_t members = member_units.size();
    if (is_ordered(member_units)) {
        // A unit's first member is where the position changes; units without members share it.
        tbb::parallel_for(Block(0, members + 1, grain), [&](const Block& block) {
            for (std::size_t i = block.begin(); i < block.end(); ++i) {
                const std::int32_t before = i == 0 ? -1 : member_units[i - 1];
                const auto here = i == members ? static_cast<std::int32_t>(units) : member_units[i];
                for (std::int32_t unit = before + 1; unit <= here; ++unit)
                    first_[static_cast<std::size_t>(unit)] = static_cast<std::int32_t>(i);
            }
        });
        return;
    }
    for (const std::int32_t unit : member_units) ++first_[static_cast<std::size_t>(unit) + 1];
    for (std::size_t unit = 0; unit < units; ++unit) first_[unit + 1] += first_[unit];
    list_.resize(members);
    std::vector<std::int32_t> next(first_.begin(), first_.end() - 1);
    for (std::size_t i = 0; i < members; ++i)
        list_[static_cast<std::size_t>(next[static_cast<std::size_t>(member_units[i])]++)] =
            static_cast<std::int32_t>(i);
}

std::size_t MemberOrder::first_unit_at(std::size_t place) const {
    const auto at = std::lower_bound(first_.begin(), first_.end(), static_cast<std::int32_t>(place));
    return static_cast<std::size_t>(at - first_.begin());
}

Rows MemberOrder::rows(std::size_t from, std::size_t to) const {
    const std::int32_t begin = first_[from];
    const auto count = static_cast<std::size_t>(first_[to] - begin);
    if (list_.empty()) return {nullptr, begin, count};
    return {list_.data() + begin, 0, count};
}

}  // namespace gw::evaluation
