#include <csv.h>

#include <algorithm>
#include <exception>
#include <memory>

#include "exchange/table_reader.h"
#include "platform/csv.h"
#include "platform/text.h"

namespace gw::exchange {

namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
constexpr std::size_t block_bytes = 64 * 1024;

void check_encoding(std::string_view bytes) {
    const std::string_view start = bytes.substr(0, 4096);
    const auto zeros = std::count(start.begin(), start.end(), '\0');
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") ||
        zeros > static_cast<std::ptrdiff_t>(start.size() / 4))
        throw UnreadableTable("exchange.is_utf16");
    if (bytes.find('\0') != bytes.npos) throw UnreadableTable("exchange.no_table");
    if (is_valid_utf8(bytes)) return;
    // The row of the first broken character helps to find out which program wrote the file.
    std::size_t row = 1;
    for (std::string_view rest = bytes; !rest.empty(); ++row) {
        const auto end = std::min(rest.find('\n'), rest.size());
        if (!is_valid_utf8(rest.substr(0, end))) break;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    throw UnreadableTable("exchange.no_utf8", {}, row);
}

// The mark that stands most often in the first line outside quotes.
char find_delimiter(std::string_view bytes) {
    std::size_t commas = 0, semicolons = 0, tabs = 0;
    bool is_quoted = false, saw_text = false;
    for (const char c : bytes) {
        if (c == '"') is_quoted = !is_quoted;
        if (is_quoted) continue;
        if ((c == '\n' || c == '\r') && saw_text) break;
        commas += c == ',';
        semicolons += c == ';';
        tabs += c == '\t';
        saw_text = saw_text || (c != '\n' && c != '\r' && c != ' ');
    }
    if (tabs > commas && tabs > semicolons) return '\t';
    return semicolons > commas ? ';' : ',';
}

// What the C callbacks work on. They must not throw through the library, so trouble is kept and thrown later.
struct Reading {
    const VisitRow& visit;
    const TableLimits& limits;
    std::vector<Cell> cells;
    std::size_t row = 1;
    std::size_t filled_rows = 0;
    bool ended_with_return = false;  // CR: a line feed that follows belongs to it
    bool is_fresh = true;            // nothing of the row was seen yet
    std::exception_ptr trouble;

    void add_cell(const char* text, std::size_t size) {
        is_fresh = false;
        if (size > limits.cell_bytes)
            throw UnreadableTable("exchange.cell_too_long", {{"bytes", std::to_string(limits.cell_bytes)}},
                                  row);
        const std::string_view shown = without_guard(trimmed({text, size}));
        if (cells.size() >= limits.columns) {
            if (shown.empty()) return;
            throw UnreadableTable("exchange.too_many_columns", {{"count", std::to_string(limits.columns)}},
                                  row);
        }
        cells.push_back({shown.empty() ? CellKind::empty : CellKind::text, std::string(shown)});
    }

    void end_row(int terminator) {
        const bool is_rest_of_ending = terminator == '\n' && ended_with_return && is_fresh;
        ended_with_return = terminator == '\r';
        if (is_rest_of_ending) return;
        const bool is_filled = std::any_of(cells.begin(), cells.end(),
                                           [](const Cell& cell) { return cell.kind != CellKind::empty; });
        if (is_filled) {
            if (++filled_rows > limits.rows + 1)
                throw UnreadableTable("exchange.too_many_rows", {{"count", std::to_string(limits.rows)}},
                                      row);
            visit(row, cells);
        }
        cells.clear();
        is_fresh = true;
        ++row;
    }

    template <class Step>
    void guarded(Step step) {
        if (trouble) return;
        try {
            step();
        } catch (...) {
            trouble = std::current_exception();
        }
    }
};

void take_cell(void* text, std::size_t size, void* given) {
    auto& reading = *static_cast<Reading*>(given);
    reading.guarded([&] { reading.add_cell(static_cast<const char*>(text), size); });
}

void take_row_end(int terminator, void* given) {
    auto& reading = *static_cast<Reading*>(given);
    reading.guarded([&] { reading.end_row(terminator); });
}

}  // namespace

void read_csv(std::string_view bytes, const VisitRow& visit, const TableLimits& limits) {
    check_encoding(bytes);
    if (bytes.starts_with(utf8_mark)) bytes.remove_prefix(utf8_mark.size());
    Reading reading{visit, limits, {}, 1, 0, false, true, {}};
    char delimiter = '\0';
    // Excel writes and reads a first line that names the delimiter.
    if (bytes.size() >= 6 && bytes.starts_with("sep=") && (bytes[5] == '\r' || bytes[5] == '\n')) {
        delimiter = bytes[4];
        bytes.remove_prefix(std::min(bytes.find('\n'), bytes.size() - 1) + 1);
        reading.row = 2;
    }
    if (delimiter != ',' && delimiter != ';' && delimiter != '\t') delimiter = find_delimiter(bytes);

    csv_parser parser;
    // Strict: a stray quote would swallow the rows after it.
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL | CSV_APPEND_NULL) != 0)
        throw std::bad_alloc();
    const std::unique_ptr<csv_parser, void (*)(csv_parser*)> owner(&parser, csv_free);
    csv_set_delim(&parser, static_cast<unsigned char>(delimiter));

    const auto refuse = [&] {
        if (csv_error(&parser) == CSV_ENOMEM) throw std::bad_alloc();
        throw UnreadableTable("exchange.stray_quote", {}, reading.row);
    };
    while (!bytes.empty() && !reading.trouble) {
        const std::string_view block = bytes.substr(0, block_bytes);
        if (csv_parse(&parser, block.data(), block.size(), take_cell, take_row_end, &reading) !=
                block.size() &&
            !reading.trouble)
            refuse();
        if (parser.entry_pos > limits.cell_bytes && !reading.trouble)
            throw UnreadableTable("exchange.cell_too_long", {{"bytes", std::to_string(limits.cell_bytes)}},
                                  reading.row);
        bytes.remove_prefix(block.size());
    }
    if (!reading.trouble && csv_fini(&parser, take_cell, take_row_end, &reading) != 0 && !reading.trouble)
        refuse();
    if (reading.trouble) std::rethrow_exception(reading.trouble);
}

}  // namespace gw::exchange
