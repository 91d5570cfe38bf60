// The results of a year as four tables of whole numbers: members, units, roll-up and weak units; their
// checksums, and the files they are kept in.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "fact_files/progress.h"
#include "fact_files/year.h"

namespace gw::fact_files {

struct ResultTable {
    std::string name;  // of the file, without ".csv"
    std::vector<std::string> columns;
    std::size_t rows = 0;
    // Writes the values of a row, one per column, to a place with room for them. May be called from any
    // thread.
    std::function<void(std::size_t row, std::int64_t* values)> values_of;
};

// member_result(member_id, cell_id, score, pre, cls): every member, unit by unit
// unit_result(unit_id, score, pre, cls, weak_bits): every unit of a kind that the rulebook judges
// rollup(unit_id, then every counter of the rulebook): every unit
// weak_list(rank, unit_id, score, weak_bits): by kind, score, id
// Class 0 is "not classified". The year and the result must outlive the tables.
std::vector<ResultTable> result_tables(const evaluation::Rulebook& rulebook, const Year& year,
                                       const evaluation::Result& result);

struct Checksum {
    std::int64_t rows = 0;
    std::int64_t sum = 0;  // of the hashes of the rows, so that the order of rows does not matter
};
// The hash of a row v0, v1, ... is v0 + 1, then for each next v: (hash * 1000033 + v + 1) mod 2147483647.
Checksum checksum_of(const ResultTable& table);

// {"member":[rows,sum],"unit":[rows,sum],"rollup":[rows,sum],"weak":[rows,sum]}
std::string checksum_line(const std::vector<ResultTable>& tables);

// Writes one CSV file per table into `folder`, which is made if it is not there. Files appear under their
// names when all of them are complete. Throws when the folder cannot be written; then nothing is left behind.
void write_tables(const std::vector<ResultTable>& tables, const std::string& folder, Progress& progress);

}  // namespace gw::fact_files
