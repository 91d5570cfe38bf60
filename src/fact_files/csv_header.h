// The first line of a table: which mark separates, and where each wanted column stands.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fact_files/csv_columns.h"

namespace gw::fact_files {

struct CsvHeader {
    char separator = ',';
    std::vector<std::int32_t>
        wanted_of_field;             // place among the wanted columns, -1 for one that nobody wants
    std::vector<std::string> names;  // of the fields of the file
};

// The mark that stands most often in the line outside quotes.
char find_separator(std::string_view line);

// Matches names with what is wanted; adds to `findings` every wanted column that is missing or stands twice,
// and a note on the columns that nobody wants.
CsvHeader match_columns(const std::string& file, char separator, std::vector<std::string> names,
                        std::span<const WantedColumn> wanted, Findings& findings);

}  // namespace gw::fact_files
