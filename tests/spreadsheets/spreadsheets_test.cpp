#include "spreadsheets/spreadsheets.h"

#include <doctest/doctest.h>

#include "exchange/table_reader.h"

namespace gw::test {

using spreadsheets::Decimal, spreadsheets::Format, spreadsheets::Table;

namespace {

Date day(int year, unsigned month, unsigned day) { return Date{std::chrono::year(year) / month / day}; }

// What an import reads from the file: rows of texts, the heading first.
std::vector<std::vector<std::string>> read_back(const std::string& bytes) {
    std::vector<std::vector<std::string>> rows;
    exchange::read_table(bytes, "", [&](std::size_t, const std::vector<exchange::Cell>& cells) {
        rows.emplace_back();
        for (const exchange::Cell& cell : cells) rows.back().push_back(cell.text);
        rows.back().resize(rows.front().size());  // a workbook says nothing of empty cells at the end
    });
    return rows;
}

const Table& sample() {
    static const Table table{"cells",
                             {"Chi bộ", "इकाई", "Score", "Day"},
                             {{"Chi bộ thôn Nà Lung", std::int64_t{17}, Decimal{873, 1}, day(2024, 12, 16)},
                              {"महिला समूह", std::int64_t{-4}, Decimal{-5, 2}, {}},
                              {"two\nlines, \"quoted\"", {}, Decimal{40, 0}, day(2020, 2, 29)}}};
    return table;
}

}  // namespace

TEST_CASE("a table comes back the same from CSV and from a workbook") {
    const std::vector<std::vector<std::string>> wanted{{"Chi bộ", "इकाई", "Score", "Day"},
                                                       {"Chi bộ thôn Nà Lung", "17", "87.3", "2024-12-16"},
                                                       {"महिला समूह", "-4", "-0.05", ""},
                                                       {"two\nlines, \"quoted\"", "", "40", "2020-02-29"}};
    CHECK(read_back(spreadsheets::xlsx_of(sample())) == wanted);
    CHECK(read_back(spreadsheets::csv_of(sample())) == wanted);
}

TEST_CASE("a text is never calculated") {
    const Table table{"dangerous", {"=1+1"}, {{"=cmd|' /C calc'!A0"}, {"@SUM(1)"}, {"+1"}, {"-2"}, {"{=1}"}}};
    const auto rows = read_back(spreadsheets::xlsx_of(table));
    REQUIRE(rows.size() == 6);
    CHECK(rows[1][0] == "=cmd|' /C calc'!A0");
    CHECK(spreadsheets::csv_of(table).find("'=cmd|") != std::string::npos);
    CHECK(spreadsheets::csv_of(table).find("\n=") == std::string::npos);
}

TEST_CASE("many rows, no rows, and too many") {
    Table table{"many", {"n", "text"}, {}};
    CHECK(read_back(spreadsheets::xlsx_of(table)).size() == 1);
    for (std::int64_t i = 0; i < 20'000; ++i) table.rows.push_back({i, "row " + std::to_string(i)});
    const auto rows = read_back(spreadsheets::xlsx_of(table));
    REQUIRE(rows.size() == 20'001);
    CHECK(rows[20'000][1] == "row 19999");
    table.rows.resize(1'048'576);
    CHECK_THROWS_AS(spreadsheets::xlsx_of(table), std::length_error);
}

TEST_CASE("a text longer than a cell of Excel says that it goes on") {
    std::string text;
    for (int i = 0; i < 40'000; ++i) text += "ệ";
    std::string read;
    exchange::read_table(spreadsheets::xlsx_of({"long", {"text"}, {{text}}}), "",
                         [&](std::size_t, const std::vector<exchange::Cell>& cells) { read = cells[0].text; },
                         {.cell_bytes = 200'000});
    CHECK(read.size() == 32'767 * 3);
    CHECK(read.ends_with("ệ…"));
    CHECK(text.starts_with(read.substr(0, read.size() - 3)));
}

TEST_CASE("a download is named by what it is") {
    const Download csv = spreadsheets::download_of(sample(), Format::csv);
    CHECK(csv.file_name == "cells.csv");
    CHECK(csv.content_type == "text/csv; charset=utf-8");
    const Download workbook = spreadsheets::download_of(sample(), Format::xlsx);
    CHECK(workbook.file_name == "cells.xlsx");
    CHECK(workbook.bytes.starts_with("PK"));
}

}  // namespace gw::test
