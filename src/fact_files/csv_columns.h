// Reads a CSV table of whole numbers into columns in their narrowest types, on all threads of the arena it is
// called in. Memory beyond the columns is bounded by a few megabytes per thread, whatever the size of the
// file.
//
// The first line names the columns, in any order; commas, semicolons and tabs separate, as the first line
// shows; a byte order mark and CRLF are fine. A table with quotes is read too, more slowly. The file must end
// with a line break: without one nobody can tell a last number from half of it.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "evaluation/table.h"
#include "fact_files/findings.h"
#include "fact_files/progress.h"

namespace gw::fact_files {

// A longer line is not a row of numbers.
inline constexpr std::size_t longest_line = 1 << 20;

struct WantedColumn {
    std::vector<std::string> names;  // any of these; the first is the name of what comes out
    evaluation::Range range;         // of its values, both ends included
    bool may_be_unknown = false;     // an empty cell is a value not known; otherwise it is a mistake
};

struct CsvTable {
    std::string file;
    std::size_t rows = 0;
    std::vector<evaluation::Column> columns;  // as wanted, in that order
    std::vector<evaluation::Range> ranges;    // of the values of each column
    std::vector<std::int64_t> lines;          // of rows; empty when row 0 stands on line 2 and so on

    std::int64_t line_of(std::size_t row) const {
        return lines.empty() ? static_cast<std::int64_t>(row) + 2 : lines[row];
    }
};

// Adds to `findings` whatever is wrong, all at once; then the columns are empty. Columns that nobody wants
// are noted once.
CsvTable read_columns(const std::string& file, std::span<const WantedColumn> wanted, Findings& findings,
                      Progress& progress);

}  // namespace gw::fact_files
