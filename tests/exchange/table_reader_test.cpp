#include "exchange/table_reader.h"

#include <doctest/doctest.h>

#include "exchange/workbook_for_test.h"

namespace gw::exchange {

namespace {

using test::text_cell, test::workbook_parts, test::zip_of;

// The rows as text: "1:a|b 3:c|d".
std::string read(std::string_view bytes, std::string_view sheet = "", const TableLimits& limits = {}) {
    std::string all;
    read_table(
        bytes, sheet,
        [&](std::size_t row, const std::vector<Cell>& cells) {
            all += (all.empty() ? "" : " ") + std::to_string(row) + ":";
            for (std::size_t i = 0; i < cells.size(); ++i) all += (i == 0 ? "" : "|") + cells[i].text;
        },
        limits);
    return all;
}

// Why a table is unreadable: "key@row".
std::string trouble(std::string_view bytes, std::string_view sheet = "", const TableLimits& limits = {}) {
    try {
        return "read " + read(bytes, sheet, limits);
    } catch (const UnreadableTable& unreadable) {
        return unreadable.key + (unreadable.row == 0 ? "" : "@" + std::to_string(unreadable.row));
    }
}

std::string sheet_of(const std::string& data, const std::string& shared = "",
                     const std::string& properties = "") {
    return zip_of(workbook_parts(data, shared, properties));
}

}  // namespace

TEST_CASE("CSV: commas, semicolons and tabs are found by themselves, with and without a byte order mark") {
    CHECK(read("a,b\n1,2\n") == "1:a|b 2:1|2");
    CHECK(read("\xEF\xBB\xBF"
               "a;b\r\n1,5;2\r\n") == "1:a|b 2:1,5|2");
    CHECK(read("a\tb\n1\t2") == "1:a|b 2:1|2");
    CHECK(read("sep=;\r\na,x;b\r\n1;2\r\n") == "2:a,x|b 3:1|2");
    CHECK(read("\"a;b;c\",d\n") == "1:a;b;c|d");
    CHECK(read("a,b\r1,2\r") == "1:a|b 2:1|2");
}

TEST_CASE("CSV: quotes, line ends in cells and spaces") {
    CHECK(read("a,b\n\"x \"\"y\"\"\",\"two\nlines\"\n3,4\n") == "1:a|b 2:x \"y\"|two\nlines 3:3|4");
    CHECK(read("a, b \n") == "1:a|b");
    CHECK(read("'=1+1,'name\n") == "1:=1+1|'name");
}

TEST_CASE("CSV: empty rows are left out and rows are counted as a spreadsheet does") {
    CHECK(read("a\n\n\nb\n") == "1:a 4:b");
    CHECK(read("a,b\r\n,\r\n\r\nc,d\r\n") == "1:a|b 4:c|d");
}

TEST_CASE("CSV: stray quotes are refused with their row instead of swallowing what follows") {
    CHECK(trouble("a,b\n\"x,y\n1,2\n") == "exchange.stray_quote@2");
    CHECK(trouble("a,b\nx\"y,2\n") == "exchange.stray_quote@2");
}

TEST_CASE("CSV: other encodings are refused with advice") {
    CHECK(trouble(std::string_view("\xFF\xFE"
                                   "a\0,\0",
                                   6)) == "exchange.is_utf16");
    CHECK(trouble(std::string_view("a\0b\0c\0d\0", 8)) == "exchange.is_utf16");
    CHECK(trouble("ten\nNguy\xEA"
                  "\xDE"
                  "n\n") == "exchange.no_utf8@2");
    CHECK(trouble(std::string("a,b\n") + std::string(1, '\0') + std::string(100, 'x')) ==
          "exchange.no_table");
}

TEST_CASE("a file that is no table is refused by what it is") {
    CHECK(trouble("") == "exchange.file_is_empty");
    CHECK(trouble("%PDF-1.7 ...") == "exchange.no_table");
    CHECK(trouble("\xD0\xCF\x11\xE0\xA1\xB1") == "exchange.old_or_locked_workbook");
    CHECK(trouble(zip_of({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}})) ==
          "exchange.no_workbook");
    CHECK(trouble("PK\x03\x04 and then nothing") == "exchange.damaged_workbook");
}

TEST_CASE("limits of rows, columns and cells hold for both kinds of file") {
    TableLimits limits;
    limits.rows = 2, limits.columns = 2, limits.cell_bytes = 20;
    CHECK(trouble("a\n1\n2\n", "", limits) == "read 1:a 2:1 3:2");
    CHECK(trouble("a\n1\n2\n3\n", "", limits) == "exchange.too_many_rows@4");
    CHECK(trouble("a,b,c\n", "", limits) == "exchange.too_many_columns@1");
    CHECK(trouble("a,b,,,,\n", "", limits) == "read 1:a|b");
    CHECK(trouble("a\n123456789012345678901\n", "", limits) == "exchange.cell_too_long@2");
    CHECK(trouble("a\n\"" + std::string(300'000, 'x') + "\"\n", "", limits) == "exchange.cell_too_long@2");
    const std::string row = "<row>" + text_cell("x") + "</row>";
    CHECK(trouble(sheet_of(row + row + row + row), "", limits) == "exchange.too_many_rows@4");
    CHECK(trouble(sheet_of("<row>" + text_cell("a") + text_cell("b") + text_cell("c") + "</row>"), "",
                  limits) == "exchange.too_many_columns@1");
    CHECK(trouble(sheet_of("<row>" + text_cell(std::string(21, 'x')) + "</row>"), "", limits) ==
          "exchange.cell_too_long@1");
}

TEST_CASE("workbook: shared and inline texts, rich text, numbers, gaps and empty rows") {
    const std::string shared =
        "<si><t>Họ tên</t></si><si><r><t>Ng</t></r><r><t xml:space=\"preserve\">uyễn "
        "</t></r><rPh><t>no</t></rPh></si>";
    CHECK(
        read(sheet_of(
            R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>x</t></is></c></row><row r="2"/>)"
            R"(<row r="4"><c r="A4" t="s"><v>1</v></c><c r="B4"><v>8.4912345678E10</v></c><c r="C4"><v>0.5</v></c><c r="D4" t="b"><v>1</v></c></row>)",
            shared)) == "1:Họ tên||x 4:Nguyễn|84912345678|0.5|1");
}

TEST_CASE("workbook: days are told by their style, in both ways of counting") {
    const std::string row =
        R"(<row r="1"><c r="A1" s="1"><v>45399</v></c><c r="B1" s="2"><v>45399.75</v></c><c r="C1" s="3"><v>45399</v></c><c r="D1"><v>45399</v></c></row>)";
    CHECK(read(sheet_of(row)) == "1:2024-04-17|2024-04-17|45399|45399");
    CHECK(read(sheet_of(row, "", R"(<workbookPr date1904="1"/>)")) == "1:2028-04-18|2028-04-18|45399|45399");
    CHECK(day_of_serial(1, false) == "1900-01-01");
    CHECK(day_of_serial(59, false) == "1900-02-28");
    CHECK(day_of_serial(61, false) == "1900-03-01");
    CHECK(day_of_serial(0, true).empty());
    CHECK(day_of_serial(1e300, false).empty());
}

TEST_CASE("workbook: a sheet may be named; an unknown one is refused with the names there are") {
    const std::string book = sheet_of("<row>" + text_cell("first") + "</row>");
    CHECK(read(book) == "1:first");
    CHECK(read(book, "other") == "1:second");
    CHECK(read(book, "dang vien") == "1:first");
    CHECK(trouble(book, "third") == "exchange.no_such_sheet");
}

TEST_CASE("workbook: hostile and broken ones are refused") {
    auto parts = workbook_parts("<row>" + text_cell("x") + "</row>");
    const std::string good = zip_of(parts);
    CHECK(trouble(good.substr(0, good.size() / 2)) == "exchange.damaged_workbook");
    CHECK(trouble(good.substr(0, good.size() - 30)) == "exchange.damaged_workbook");

    const auto with = [&](const char* part, const std::string& text) {
        auto changed = parts;
        for (auto& [name, old_text] : changed)
            if (name == part) old_text = text;
        return zip_of(changed);
    };
    CHECK(trouble(with("xl/worksheets/sheet1.xml", "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><worksheet/>")) ==
          "exchange.damaged_workbook");
    CHECK(trouble(with("xl/worksheets/sheet1.xml", "<worksheet><sheetData>")) == "exchange.damaged_workbook");
    CHECK(trouble(with("xl/workbook.xml", "<workbook/>")) == "exchange.damaged_workbook");
    CHECK(trouble(sheet_of(R"(<row r="0">)" + text_cell("x") + "</row>")) == "exchange.damaged_workbook");
    CHECK(trouble(sheet_of(R"(<row r="x">)" + text_cell("x") + "</row>")) == "exchange.damaged_workbook");
    CHECK(trouble(sheet_of(R"(<row><c r="A1" t="s"><v>7</v></c></row>)")) == "exchange.damaged_workbook");
    CHECK(trouble(sheet_of(R"(<row><c r="ZZZZZZ1"><v>7</v></c></row>)")) == "exchange.damaged_workbook");
    // 8 MB of the same byte pack to a few thousand.
    CHECK(trouble(sheet_of("<row>" + text_cell("x") + "</row>", std::string(8u << 20, ' '))) ==
          "exchange.workbook_too_large");
    TableLimits limits;
    limits.unpacked_bytes = 1000;
    CHECK(trouble(good, "", limits) == "exchange.workbook_too_large");
    limits = {};
    limits.shared_bytes = 10;
    CHECK(trouble(sheet_of("<row>" + text_cell("x") + "</row>", "<si><t>more than ten bytes</t></si>"), "",
                  limits) == "exchange.workbook_too_large");
}

TEST_CASE("columns are named as in a spreadsheet") {
    CHECK(column_letters(0) == "A");
    CHECK(column_letters(25) == "Z");
    CHECK(column_letters(26) == "AA");
    CHECK(column_letters(701) == "ZZ");
}

}  // namespace gw::exchange
