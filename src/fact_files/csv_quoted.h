// The slower way for tables with quotes: every cell through the CSV library, one after the other.
#pragma once
#include <span>
#include <string>

#include "fact_files/csv_columns.h"
#include "fact_files/csv_file.h"

namespace gw::fact_files {

// Reads the whole file, names included. `start` is where the first line begins, behind a byte order mark.
CsvTable read_quoted(const std::string& name, const CsvFile& file, std::int64_t start, char separator,
                     std::span<const WantedColumn> wanted, Findings& findings, Progress& progress);

}  // namespace gw::fact_files
