#include "fact_files/csv_cell.h"

#include <algorithm>
#include <charconv>

namespace gw::fact_files {
namespace {

// A cell as it may be repeated to a person.
std::string shown(std::string_view text) {
    constexpr std::size_t longest = 40;
    std::string result = "\"";
    for (const char c : text.substr(0, longest)) result += static_cast<unsigned char>(c) < ' ' ? '?' : c;
    // A character of several bytes is not cut in the middle.
    if (text.size() > longest) {
        while (!result.empty() && (static_cast<unsigned char>(result.back()) & 0x80U) != 0) result.pop_back();
        result += "...";
    }
    return result + "\"";
}

}  // namespace

std::string_view trimmed_cell(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blank);
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::string outside_of(std::int64_t value, const evaluation::Range& range) {
    return std::to_string(value) + " is not within " + std::to_string(range.lowest) + " to " +
           std::to_string(range.highest);
}

CellReading read_cell(std::string_view text, const WantedColumn& wanted) {
    CellReading reading;
    text = trimmed_cell(text);
    if (text.empty()) {
        reading.is_known = false;
        if (!wanted.may_be_unknown) reading.mistake = "the cell is empty";
        return reading;
    }
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), reading.value);
    if (error == std::errc::result_out_of_range && end == text.data() + text.size())
        reading.mistake = shown(text) + " is too large a number";
    else if (error != std::errc() || end != text.data() + text.size())
        reading.mistake = shown(text) + " is not a whole number";
    else if (!wanted.range.holds(reading.value)) reading.mistake = outside_of(reading.value, wanted.range);
    if (!reading.mistake.empty()) reading.value = 0;
    return reading;
}

}  // namespace gw::fact_files
