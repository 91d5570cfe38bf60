// Tables as CSV for people who open them in a spreadsheet: UTF-8 with a byte order mark, commas, CRLF.
#pragma once
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace gw {

class CsvText {
public:
    void add_row(std::initializer_list<std::string_view> cells) {
        add_row(std::span(cells.begin(), cells.size()));
    }
    void add_row(std::span<const std::string_view> cells);
    std::string take() { return std::move(text_); }

private:
    std::string text_ = "\xEF\xBB\xBF";
};

// A cell that a spreadsheet would take for a formula gets an apostrophe in front, so that it is only read.
std::string harmless_cell(std::string_view cell);
// The same cell as it was before.
std::string_view without_guard(std::string_view cell);

}  // namespace gw
