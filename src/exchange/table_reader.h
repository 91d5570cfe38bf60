// Reads an uploaded table row by row, whatever it is: CSV with commas, semicolons or tabs, or an Excel
// workbook. Made for files from strangers: bounded in memory, and every refusal says what to do.
#pragma once
#include <cstddef>
#include <exception>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gw::exchange {

enum class CellKind { empty, text, number, day, truth, fault };

struct Cell {
    CellKind kind = CellKind::empty;
    std::string text;  // days as 2024-04-17, yes/no as 1 and 0, faults as Excel shows them (#REF!)
};

struct TableLimits {
    std::size_t rows = 400'000;  // that are not empty
    std::size_t columns = 200;   // with something in them
    std::size_t cell_bytes = 10'000;
    std::size_t unpacked_bytes = 512u << 20;  // of all parts of a workbook together
    std::size_t shared_bytes = 128u << 20;    // of the texts a workbook keeps once
    std::size_t largest_ratio = 200;          // of unpacked to packed, from 1 MiB on
};

// The file as a whole cannot be read. `key` and `arguments` make the sentence.
class UnreadableTable : public std::exception {
public:
    using Arguments = std::vector<std::pair<std::string, std::string>>;
    explicit UnreadableTable(std::string given_key, Arguments given_arguments = {}, std::size_t given_row = 0)
        : key(std::move(given_key)), arguments(std::move(given_arguments)), row(given_row) {}
    const char* what() const noexcept override { return key.c_str(); }

    std::string key;
    Arguments arguments;
    std::size_t row;  // where it was noticed, as a spreadsheet counts; 0: nowhere in particular
};

// Told the number of a row, as a spreadsheet counts, and its cells. Empty rows are left out.
using VisitRow = std::function<void(std::size_t row, const std::vector<Cell>& cells)>;

// Reads the table from memory. `sheet` names a sheet of a workbook; empty means its first. Throws
// UnreadableTable, and whatever `visit` throws.
void read_table(std::string_view bytes, std::string_view sheet, const VisitRow& visit,
                const TableLimits& limits = {});
void read_csv(std::string_view bytes, const VisitRow& visit, const TableLimits& limits = {});
void read_workbook(std::string_view bytes, std::string_view sheet, const VisitRow& visit,
                   const TableLimits& limits = {});

// "A" for 0, "AA" for 26.
std::string column_letters(std::size_t column);
// The day of an Excel number, as 2024-04-17; empty when it is none between 1900 and 9999.
std::string day_of_serial(double serial, bool counts_from_1904);

}  // namespace gw::exchange
