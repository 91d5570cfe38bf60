// Curves made ready for the kernels: floating numbers where they are proved to give the exact integer.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "evaluation/graph.h"
#include "evaluation/kernels.h"

namespace gw::evaluation {

// The part of a curve that values of `in` can reach.
Curve part_of(NodeKind kind, Curve curve, const Range& in);

// A line over 32-bit numbers in at most `most_pieces` pieces, or nothing when floating numbers with `digits`
// binary digits could miss. Points of which one 32-bit number cannot hold the heights do not qualify either.
std::optional<LineCurve> make_line(std::span<const Point> points, int digits);

}  // namespace gw::evaluation
