#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>

#include "platform/text.h"
#include "spreadsheets/spreadsheets.h"

namespace gw::spreadsheets {

namespace {

constexpr std::size_t most_rows = LXW_ROW_MAX - 1;  // below the heading
constexpr std::size_t longest_text = 32'767;  // characters in a cell of Excel; what is longer ends with …
constexpr std::size_t looked_at = 200;        // rows whose texts say how wide a column is
constexpr double narrowest = 9, widest = 60;  // characters

// A file in memory: the library writes into files only, and a list of people has no business on the disk.
class MemoryFile {
public:
    MemoryFile() : opened_(memfd_create("workbook", MFD_CLOEXEC)) {
        if (opened_ < 0) throw std::runtime_error("there is no memory for a workbook");
    }
    ~MemoryFile() { close(opened_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    std::string path() const { return "/proc/self/fd/" + std::to_string(opened_); }
    std::string bytes() const {
        std::ifstream stream(path(), std::ios::binary);
        std::ostringstream text;
        text << stream.rdbuf();
        if (!stream) throw std::runtime_error("the workbook cannot be read back");
        return text.str();
    }

private:
    int opened_;
};

void check(lxw_error code) {
    if (code != LXW_NO_ERROR)
        throw std::runtime_error(std::string("no workbook could be written: ") + lxw_strerror(code));
}

struct Close {
    void operator()(lxw_workbook* workbook) const { workbook_close(workbook); }
};
using WorkbookHandle = std::unique_ptr<lxw_workbook, Close>;

std::size_t characters_in(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string fitting(const std::string& text) {
    if (text.size() <= longest_text || characters_in(text) <= longest_text) return text;
    std::size_t end = 0;
    for (std::size_t seen = 0; end < text.size(); ++end)
        if ((text[end] & 0xC0) != 0x80 && ++seen == longest_text) break;
    return text.substr(0, end) + "…";
}

class Sheet {
public:
    Sheet(lxw_workbook* workbook, const Table& table)
        : sheet_(workbook_add_worksheet(workbook, nullptr)),
          heading_(workbook_add_format(workbook)),
          day_(workbook_add_format(workbook)) {
        format_set_bold(heading_);
        format_set_text_wrap(heading_);
        format_set_bg_color(heading_, 0xE9EDFA);
        format_set_num_format(day_, "yyyy-mm-dd");
        worksheet_freeze_panes(sheet_, 1, 0);
        for (std::size_t i = 0; i < table.headings.size(); ++i) {
            const auto column = static_cast<lxw_col_t>(i);
            check(worksheet_set_column(sheet_, column, column, width_of(table, i), nullptr));
        }
        for (const std::string& heading : table.headings) write(0, heading, heading_);
        if (!table.headings.empty())
            check(worksheet_autofilter(sheet_, 0, 0, static_cast<lxw_row_t>(table.rows.size()),
                                       static_cast<lxw_col_t>(table.headings.size() - 1)));
        lxw_row_t number = 1;
        for (const std::vector<Cell>& row : table.rows) {
            column_ = 0;
            for (const Cell& cell : row)
                std::visit([&](const auto& value) { write(number, value, nullptr); }, cell);
            ++number;
        }
    }

private:
    static double width_of(const Table& table, std::size_t column) {
        double width = static_cast<double>(characters_in(table.headings[column])) + 2;
        for (std::size_t row = 0; row < std::min(looked_at, table.rows.size()); ++row) {
            if (column >= table.rows[row].size()) continue;
            const Cell& cell = table.rows[row][column];
            if (const auto* text = std::get_if<std::string>(&cell))
                width = std::max(width, static_cast<double>(characters_in(*text)) + 1);
            else if (std::holds_alternative<Date>(cell)) width = std::max(width, 11.0);
        }
        return std::clamp(width, narrowest, widest);
    }

    void write(lxw_row_t, std::monostate, lxw_format*) { ++column_; }
    // Written as a text whatever it begins with, so that it is never calculated.
    void write(lxw_row_t row, const std::string& text, lxw_format* format) {
        const lxw_col_t column = column_++;
        if (text.empty()) return;
        check(worksheet_write_string(sheet_, row, column, fitting(text).c_str(), format));
    }
    void write(lxw_row_t row, std::int64_t number, lxw_format* format) {
        check(worksheet_write_number(sheet_, row, column_++, static_cast<double>(number), format));
    }
    void write(lxw_row_t row, const Decimal& decimal, lxw_format* format) {
        const double number = static_cast<double>(decimal.number) / std::pow(10, decimal.digits);
        check(worksheet_write_number(sheet_, row, column_++, number, format));
    }
    void write(lxw_row_t row, const Date& day, lxw_format*) {
        lxw_datetime when{};
        when.year = static_cast<int>(day.year());
        when.month = static_cast<int>(static_cast<unsigned>(day.month()));
        when.day = static_cast<int>(static_cast<unsigned>(day.day()));
        check(worksheet_write_datetime(sheet_, row, column_++, &when, day_));
    }

    lxw_worksheet* sheet_;
    lxw_format *heading_, *day_;
    lxw_col_t column_ = 0;
};

}  // namespace

std::string xlsx_of(const Table& table) {
    if (table.rows.size() > most_rows)
        throw std::length_error("a sheet of a workbook has no room for " + std::to_string(table.rows.size()) +
                                " rows");
    const MemoryFile file;
    // Each row is let go once it is written, which keeps a long list from standing in memory twice.
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    WorkbookHandle workbook(workbook_new_opt(file.path().c_str(), &options));
    if (!workbook) throw std::runtime_error("no workbook could be begun");
    const Sheet sheet(workbook.get(), table);
    check(workbook_close(workbook.release()));
    return file.bytes();
}

}  // namespace gw::spreadsheets
