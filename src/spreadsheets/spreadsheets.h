// Spreadsheets: lists as tables that people keep, as CSV or as an Excel workbook.
//
// A *table* has a name, a heading over each column, and cells that are texts, whole numbers, numbers with
// digits behind the point, or days; a cell without any is empty. In a workbook the heading stays in sight and
// numbers and days are such, so that one can go on calculating; a text is never read as a formula in either.
#pragma once
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "platform/router.h"

namespace gw::spreadsheets {

// 873 with one digit is 87.3.
struct Decimal {
    std::int64_t number = 0;
    int digits = 0;
};

using Cell = std::variant<std::monostate, std::string, std::int64_t, Decimal, Date>;

struct Table {
    std::string name;  // of the file, without an ending
    std::vector<std::string> headings;
    std::vector<std::vector<Cell>> rows;
};

BOOST_DEFINE_ENUM_CLASS(Format, csv, xlsx)

// A cell that is empty when there is nothing.
template <class T>
Cell cell_of(const std::optional<T>& value) {
    return value ? Cell(*value) : Cell();
}

// UTF-8 with a byte order mark, commas, CRLF; days as 2024-12-16.
std::string csv_of(const Table& table);
// Throws std::length_error when there are more rows than a sheet has, 1,048,575 below the heading.
std::string xlsx_of(const Table& table);
Download download_of(const Table& table, Format format);

// Adds `path`.csv and `path`.xlsx, which give the table that `make` makes of a request. They run on the
// worker pool, since a table may be long.
template <class Request>
void add_table_routes(Router& router, const std::string& path, const std::string& summary,
                      std::function<Table(const Call&, const Request&)> make) {
    for (const Format format : {Format::csv, Format::xlsx})
        router
            .get(path + "." + to_text(format),
                 summary + (format == Format::csv ? " as CSV" : " as an Excel workbook"),
                 [make, format](const Call& call, const Request& request) {
                     return download_of(make(call, request), format);
                 })
            .way = Way::slow;
}

}  // namespace gw::spreadsheets
