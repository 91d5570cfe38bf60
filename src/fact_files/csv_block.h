// Rows of plain numbers on their way from the bytes of a file into columns: the part of the reader that every
// cell of a nation goes through.
#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>
#include <vector>

#include "fact_files/csv_columns.h"
#include "fact_files/csv_header.h"

namespace gw::fact_files {

// The columns being filled, shared by all threads; each row belongs to one of them.
class CsvTarget {
public:
    // `guess` says for every wanted column which values to make room for.
    CsvTarget(std::span<const WantedColumn> wanted, std::size_t rows,
              const std::vector<evaluation::Range>& guess);

    // Stores values of one column from `first_row` on. Values that the column has no room for are only
    // remembered in the range found.
    void store(std::size_t column, std::size_t first_row, std::span<const std::int64_t> values,
               const evaluation::Range& found);
    void set_unknown(std::size_t column, std::size_t row);
    void add_found(std::span<const evaluation::Range> found);

    // The range of all values seen, by column; if the columns do not hold it, they must be filled again.
    const std::vector<evaluation::Range>& found() const { return found_; }
    bool has_room() const;
    std::vector<evaluation::Column> take() { return std::move(columns_); }

private:
    std::size_t rows_;
    std::vector<evaluation::Column> columns_;
    std::vector<evaluation::View> views_;
    std::vector<evaluation::Range> found_;
    bool is_found_empty_ = true;
    std::mutex mutex_;
    std::unique_ptr<std::once_flag[]> has_given_;
};

// Splits whole lines without quotes into rows. One per block of the file.
class CsvBlock {
public:
    CsvBlock(const std::string& file, const CsvHeader& header, std::span<const WantedColumn> wanted,
             CsvTarget* target, Findings& findings);

    // `text` ends with a line feed; its first line is row `first_row`. At most `most_rows` are read.
    void read(std::string_view text, std::size_t first_row, std::size_t most_rows = SIZE_MAX);
    // Smallest and largest value of every wanted column; empty when no row was read.
    const std::vector<evaluation::Range>& found() const { return found_; }

private:
    static constexpr std::size_t batch = 256;

    const char* read_line(const char* at, std::size_t row);
    const char* read_careful(const char* at, std::size_t wanted, std::size_t row);
    void wrong_fields(const char* line, std::size_t row);
    void flush(std::size_t first_row, std::size_t rows);
    std::int64_t line_of(std::size_t row) const { return static_cast<std::int64_t>(row) + 2; }

    const std::string& file_;
    const CsvHeader& header_;
    std::span<const WantedColumn> wanted_;
    CsvTarget* target_;  // nullptr: the values are only looked at
    Findings& findings_;
    std::size_t batch_start_ = 0;
    std::vector<std::int64_t> stage_;
    std::vector<evaluation::Range> found_;
};

}  // namespace gw::fact_files
