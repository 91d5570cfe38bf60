#include "platform/csv.h"

#include <array>

namespace gw {

namespace {

// Also the wide forms, which East Asian spreadsheets treat alike.
constexpr std::array<std::string_view, 9> formula_starts = {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "＠"};

bool begins_a_formula(std::string_view cell) {
    for (const auto start : formula_starts)
        if (cell.starts_with(start)) return true;
    return false;
}

}  // namespace

std::string harmless_cell(std::string_view cell) {
    return begins_a_formula(cell) ? "'" + std::string(cell) : std::string(cell);
}

std::string_view without_guard(std::string_view cell) {
    return cell.starts_with('\'') && begins_a_formula(cell.substr(1)) ? cell.substr(1) : cell;
}

void CsvText::add_row(std::span<const std::string_view> cells) {
    bool is_first = true;
    for (const auto given : cells) {
        if (!is_first) text_ += ',';
        is_first = false;
        const std::string cell = harmless_cell(given);
        if (cell.find_first_of("\",;\r\n\t") == cell.npos) {
            text_ += cell;
            continue;
        }
        text_ += '"';
        for (const char c : cell) text_.append(c == '"' ? 2 : 1, c);
        text_ += '"';
    }
    text_ += "\r\n";
}

}  // namespace gw
