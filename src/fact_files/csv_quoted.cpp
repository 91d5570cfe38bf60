#include "fact_files/csv_quoted.h"

#include <csv.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>

#include "fact_files/csv_cell.h"
#include "fact_files/csv_header.h"
#include "fact_files/memory.h"

namespace gw::fact_files {
namespace {

constexpr std::size_t block_bytes = 256 * 1024;

// What the library tells of cells and ends of lines becomes rows.
class QuotedRows {
public:
    QuotedRows(const std::string& file, char separator, std::span<const WantedColumn> wanted,
               Findings& findings)
        : file_(file), separator_(separator), wanted_(wanted), findings_(findings) {
        for (const WantedColumn& one : wanted) columns_.push_back({one.names.front(), {}, {}});
    }

    bool is_hopeless() const { return is_hopeless_; }
    std::int64_t line() const { return line_; }

    void add_cell(std::string_view text) {
        // An empty line is a mistake only when another row follows; at the end of a file it is nothing.
        if (blank_line_ != 0) findings_.add({file_, blank_line_, "", "the line is empty"});
        blank_line_ = 0;
        is_fresh_ = false;
        breaks_in_cells_ += std::count(text.begin(), text.end(), '\n');
        if (!has_header_) names_.emplace_back(trimmed_cell(text));
        else if (cells_ < header_.wanted_of_field.size()) add_value(header_.wanted_of_field[cells_], text);
        ++cells_;
    }

    void end_line(int terminator) {
        // The line feed behind a carriage return belongs to it.
        const bool is_rest = terminator == '\n' && after_return_ && is_fresh_;
        after_return_ = terminator == '\r';
        if (is_rest) return;
        if (!has_header_) {
            header_ = match_columns(file_, separator_, std::move(names_), wanted_, findings_);
            has_header_ = true;
            is_hopeless_ = !findings_.is_empty();
        } else {
            end_row();
        }
        line_ += 1 + breaks_in_cells_;
        breaks_in_cells_ = 0;
        cells_ = 0;
        is_fresh_ = true;
    }

    CsvTable take() {
        CsvTable table{file_, lines_.size(), std::move(columns_), {}, std::move(lines_)};
        for (evaluation::Column& column : table.columns) {
            if (!column.given.empty()) column.given.resize(table.rows, 1);
            table.ranges.push_back(column.values.range());
        }
        return table;
    }

private:
    void add_value(std::int32_t wanted, std::string_view text) {
        if (wanted < 0) return;
        const auto place = static_cast<std::size_t>(wanted);
        const CellReading cell = read_cell(text, wanted_[place]);
        if (!cell.mistake.empty()) findings_.add({file_, line_, wanted_[place].names.front(), cell.mistake});
        evaluation::Column& column = columns_[place];
        const bool is_number = cell.is_known && cell.mistake.empty();
        const evaluation::Range& range = wanted_[place].range;
        column.values.push_back(is_number ? cell.value
                                          : std::clamp<std::int64_t>(0, range.lowest, range.highest));
        if (cell.is_known) return;
        column.given.resize(column.values.size(), 1);
        column.given.back() = 0;
    }

    void end_row() {
        if (is_fresh_) {
            blank_line_ = blank_line_ == 0 ? line_ : blank_line_;
            return;
        }
        const std::size_t expected = header_.wanted_of_field.size();
        if (cells_ != expected) {
            findings_.add(
                {file_, line_, "",
                 "the line has " + std::to_string(cells_) + " cells instead of " + std::to_string(expected)});
            // So that all columns stay of one length; nothing of them is used any more.
            for (evaluation::Column& column : columns_)
                if (column.values.size() <= lines_.size()) column.values.push_back(0);
        }
        lines_.push_back(line_);
        if (lines_.size() % 1'000'000 == 0 && free_memory() < 256'000'000) {
            findings_.add({file_, line_, "", "there is not enough memory for more of this table"});
            is_hopeless_ = true;
        }
    }

    const std::string& file_;
    char separator_;
    std::span<const WantedColumn> wanted_;
    Findings& findings_;
    bool has_header_ = false;
    bool is_hopeless_ = false;
    std::vector<std::string> names_;
    CsvHeader header_;
    std::vector<evaluation::Column> columns_;
    std::vector<std::int64_t> lines_;
    std::int64_t line_ = 1;
    std::int64_t blank_line_ = 0;
    std::int64_t breaks_in_cells_ = 0;
    std::size_t cells_ = 0;
    bool is_fresh_ = true;
    bool after_return_ = false;
};

void take_cell(void* text, std::size_t size, void* rows) {
    static_cast<QuotedRows*>(rows)->add_cell({static_cast<const char*>(text), size});
}

void take_line_end(int terminator, void* rows) { static_cast<QuotedRows*>(rows)->end_line(terminator); }

}  // namespace

CsvTable read_quoted(const std::string& name, const CsvFile& file, std::int64_t start, char separator,
                     std::span<const WantedColumn> wanted, Findings& findings, Progress& progress) {
    csv_parser parser;
    // Strict: a stray quote would swallow the rows after it.
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL | CSV_APPEND_NULL) != 0)
        throw std::bad_alloc();
    const std::unique_ptr<csv_parser, void (*)(csv_parser*)> owner(&parser, csv_free);
    csv_set_delim(&parser, static_cast<unsigned char>(separator));

    QuotedRows rows(name, separator, wanted, findings);
    std::vector<char> block(block_bytes);
    progress.begin("reading " + name, file.size());
    char last = '\n';
    for (std::int64_t at = start; at < file.size() && !rows.is_hopeless();) {
        const auto count = static_cast<std::size_t>(std::min<std::int64_t>(block_bytes, file.size() - at));
        file.read(at, block.data(), count);
        if (const void* zero = std::memchr(block.data(), 0, count); zero != nullptr) {
            findings.add(
                {name, rows.line(), "", "near this line stands a zero byte; this is not a table in text"});
            return {};
        }
        const bool is_fine =
            csv_parse(&parser, block.data(), count, take_cell, take_line_end, &rows) == count;
        if (!is_fine && csv_error(&parser) == CSV_ENOMEM) throw std::bad_alloc();
        if (!is_fine || parser.entry_pos > longest_line) {
            findings.add(
                {name, rows.line(), "",
                 is_fine ? "a cell is longer than 1 MB" : "a quote stands inside a cell, or is not closed"});
            return {};
        }
        last = block[count - 1];
        at += static_cast<std::int64_t>(count);
        progress.advance(static_cast<std::int64_t>(count));
    }
    if (!rows.is_hopeless() && csv_fini(&parser, take_cell, take_line_end, &rows) != 0)
        findings.add({name, rows.line(), "", "a quote is not closed before the end of the file"});
    else if (last != '\n' && last != '\r')
        findings.add({name, rows.line(), "", "the line is cut off: the file must end with a line break"});
    return findings.is_empty() ? rows.take() : CsvTable{};
}

}  // namespace gw::fact_files
