// One cell of a table of whole numbers.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "fact_files/csv_columns.h"

namespace gw::fact_files {

struct CellReading {
    std::int64_t value = 0;
    bool is_known = true;  // false: the cell is empty, and may be
    std::string mistake;   // empty when the cell can be used
};

// Reads a number with spaces around it or none, and holds it against the range of its column.
CellReading read_cell(std::string_view text, const WantedColumn& wanted);

// "-3 is not within 0 to 12".
std::string outside_of(std::int64_t value, const evaluation::Range& range);

// The text without spaces, tabs and line ends around it.
std::string_view trimmed_cell(std::string_view text);

}  // namespace gw::fact_files
