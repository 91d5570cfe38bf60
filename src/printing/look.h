// How the parts of a paper look, and the page they stand on.
#pragma once
#include "printing/printing.h"

namespace gw::printing {

// How a style looks on paper: both writers follow it.
enum class Side { start, centre, justified };
struct Look {
    double size = 13;  // points
    Side side = Side::justified;
    bool is_bold = false, is_italic = false, is_underlined = false;
    double before = 0, after = 0;  // points of space
    double indent = 0;             // of the first line
    bool stays_with_next = false;
};
Look look_of(LineStyle style);

// Points; A4 with the margins of official papers: 20 mm above and below, 30 left, 15 right.
inline constexpr double page_width = 595.28, page_height = 841.89;
inline constexpr double margin_top = 56.7, margin_bottom = 56.7, margin_left = 85.0, margin_right = 42.5;
inline constexpr double text_width = page_width - margin_left - margin_right;
inline constexpr double table_size = 11.5, entry_indent = 18, rule_width = 80;

}  // namespace gw::printing
