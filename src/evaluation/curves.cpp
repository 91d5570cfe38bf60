#include "evaluation/curves.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace gw::evaluation {
namespace {

constexpr std::int64_t narrow_limit = std::numeric_limits<std::int32_t>::max();

bool is_narrow(std::int64_t value) { return value >= -narrow_limit && value <= narrow_limit; }

// The numerator of an offset over twice the width, or nothing when it could leave 64 bits.
std::optional<std::int64_t> offset_of(const Point& from, std::int64_t height, std::int64_t width,
                                      std::int64_t lowest) {
    // y - lowest - x * height / width; half a fraction more, so that rounding errors to either side are cut
    // off; and for a falling piece a fraction less than 1 more, because it rounds up, towards the earlier
    // point.
    std::int64_t above = 0;
    std::int64_t before = 0;
    std::int64_t sum = 0;
    const std::int64_t more = height < 0 ? 2 * width - 1 : 1;
    if (__builtin_mul_overflow(2 * (from.y - lowest), width, &above) ||
        __builtin_mul_overflow(2 * from.x, height, &before) || __builtin_sub_overflow(above, before, &sum) ||
        __builtin_add_overflow(sum, more, &sum))
        return {};
    return sum;
}

}  // namespace

Curve part_of(NodeKind kind, Curve curve, const Range& in) {
    std::vector<Point>& points = curve.points;
    if (kind == NodeKind::piecewise) {
        while (points.size() > 2 && points[1].x <= in.lowest) points.erase(points.begin());
        while (points.size() > 2 && points[points.size() - 2].x >= in.highest) points.pop_back();
        return curve;
    }
    while (points.size() > 1 && points.front().x < in.lowest) points.erase(points.begin());
    const auto last =
        std::find_if(points.begin(), points.end(), [&](const Point& point) { return point.x >= in.highest; });
    if (last == points.end()) return curve;
    curve.otherwise = last->y;
    if (last != points.begin()) points.erase(last, points.end());
    return curve;
}

std::optional<LineCurve> make_line(std::span<const Point> points, int digits) {
    LineCurve line;
    line.first = points.front().x;
    line.last = points.back().x;
    line.lowest = points.front().y;
    std::int64_t highest = points.front().y;
    for (const Point& point : points) {
        if (!is_narrow(point.x) || !is_narrow(point.y)) return {};
        line.lowest = std::min(line.lowest, point.y);
        highest = std::max(highest, point.y);
    }
    if (!is_narrow(highest - line.lowest)) return {};
    const double reach = static_cast<double>(std::max(std::abs(line.first), std::abs(line.last)));
    if (reach > std::ldexp(1, digits)) return {};
    for (std::size_t i = 1; i < points.size(); ++i) {
        const Point& from = points[i - 1];
        const std::int64_t rise = points[i].y - from.y;
        const std::int64_t run = points[i].x - from.x;
        const std::int64_t divisor = std::gcd(rise, run);
        const std::int64_t height = rise / divisor;
        const std::int64_t width = run / divisor;
        const std::optional<std::int64_t> offset = offset_of(from, height, width, line.lowest);
        if (!offset) return {};
        const auto k = static_cast<std::size_t>(line.count++);
        line.slope[k] = static_cast<double>(height) / static_cast<double>(width);
        line.offset[k] = static_cast<double>(*offset) / static_cast<double>(2 * width);
        line.knot[k] = static_cast<double>(from.x);
        // The exact value is at least half of 1 / width away from where cutting off would go wrong. Each of
        // the roundings of slope, offset (at most three), product and sum errs by at most 2^-digits of a
        // number that is no larger than the two terms together.
        const double terms = reach * std::abs(line.slope[k]) + std::abs(line.offset[k]);
        if (8 * terms * static_cast<double>(width) >= std::ldexp(0.5, digits)) return {};
    }
    return line;
}

}  // namespace gw::evaluation
