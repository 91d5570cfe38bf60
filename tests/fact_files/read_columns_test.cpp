// Tables of numbers are read whatever honest form they have, and every mistake is found with its place.
#include <doctest/doctest.h>
#include <tbb/task_arena.h>

#include <limits>
#include <sstream>

#include "fact_files/csv_columns.h"
#include "fact_files/csv_header.h"
#include "support/store_for_test.h"

using namespace gw;
using namespace gw::fact_files;

namespace {

const std::vector<WantedColumn> wanted{
    {{"unit_id", "cell_id"}, {0, std::numeric_limits<std::int64_t>::max()}, false},
    {{"held"}, {0, 12}, true},
    {{"balance"}, {-100'000, 100'000}, true}};

struct Outcome {
    CsvTable table;
    std::string said;  // what would be printed, without the name of the folder
};

Outcome read_text(std::string_view text, int threads = 1) {
    const test::FolderForTest folder;
    folder.write("t.csv", text);
    Findings findings;
    Progress progress(false);
    Outcome outcome;
    tbb::task_arena(threads).execute(
        [&] { outcome.table = read_columns(folder.file("t.csv"), wanted, findings, progress); });
    std::ostringstream out;
    findings.print(out);
    outcome.said = out.str();
    for (std::size_t at = 0; (at = outcome.said.find(folder.path() + "/")) != std::string::npos;)
        outcome.said.erase(at, folder.path().size() + 1);
    return outcome;
}

std::vector<std::int64_t> values(const Outcome& outcome, std::size_t column) {
    return outcome.table.columns.at(column).values.to_vector();
}

using Numbers = std::vector<std::int64_t>;

void check_sample(const Outcome& outcome) {
    CHECK(outcome.said == "");
    REQUIRE(outcome.table.rows == 2);
    CHECK(values(outcome, 0) == Numbers{7, 9});
    CHECK(values(outcome, 1) == Numbers{12, 0});
    CHECK(values(outcome, 2) == Numbers{-5, 70000});
}

}  // namespace

TEST_CASE("a table is read in every form it honestly has") {
    check_sample(read_text("unit_id,held,balance\n7,12,-5\n9,0,70000\n"));
    SUBCASE("columns in another order") {
        check_sample(read_text("balance,unit_id,held\n-5,7,12\n70000,9,0\n"));
    }
    SUBCASE("another name") { check_sample(read_text("cell_id,held,balance\n7,12,-5\n9,0,70000\n")); }
    SUBCASE("semicolons") { check_sample(read_text("unit_id;held;balance\n7;12;-5\n9;0;70000\n")); }
    SUBCASE("tabs") { check_sample(read_text("unit_id\theld\tbalance\n7\t12\t-5\n9\t0\t70000\n")); }
    SUBCASE("CRLF") { check_sample(read_text("unit_id,held,balance\r\n7,12,-5\r\n9,0,70000\r\n")); }
    SUBCASE("byte order mark") {
        check_sample(read_text("\xEF\xBB\xBFunit_id,held,balance\n7,12,-5\n9,0,70000\n"));
    }
    SUBCASE("spaces") { check_sample(read_text("unit_id , held,balance\n 7,12 , -5\n9,0,70000 \n")); }
    SUBCASE("empty lines at the end") {
        check_sample(read_text("unit_id,held,balance\n7,12,-5\n9,0,70000\n\n\r\n\n"));
    }
    SUBCASE("quotes") { check_sample(read_text("unit_id,held,balance\n\"7\",12,\"-5\"\n9,\"0\",70000\n")); }
    SUBCASE("quoted names, CRLF, byte order mark") {
        check_sample(read_text("\xEF\xBB\xBF\"unit_id\";\"held\";\"balance\"\r\n7;12;-5\r\n9;0;70000\r\n"));
    }
}

TEST_CASE("columns that nobody asks for are noted once, also when they hold text with commas and lines") {
    const Outcome plain = read_text("unit_id,name,held,balance\n7,North,12,-5\n9,South,0,70000\n");
    CHECK(plain.said == "t.csv: note: the rulebook does not ask for the column: name\n");
    CHECK(values(plain, 2) == Numbers{-5, 70000});
    const Outcome quoted = read_text(
        "unit_id,name,held,balance,more\n7,\"North, \"\"old\"\"\ntown\",12,-5,\n9,South,13,70000,x\n");
    CHECK(quoted.said ==
          "t.csv: note: the rulebook does not ask for the columns: name, more\n"
          "t.csv:4: held: 13 is not within 0 to 12\n");
}

TEST_CASE("an empty fact is not known") {
    for (const char* text :
         {"unit_id,held,balance\n7,,-5\n9,3,\n", "unit_id,held,balance\n7,,\"-5\"\n9,3,\n"}) {
        const Outcome outcome = read_text(text);
        CHECK(outcome.said == "");
        CHECK(outcome.table.columns.at(0).given.empty());
        CHECK(outcome.table.columns.at(1).given == std::vector<std::uint8_t>{0, 1});
        CHECK(outcome.table.columns.at(2).given == std::vector<std::uint8_t>{1, 0});
    }
}

TEST_CASE("a file that is no table is refused") {
    const auto said = [](std::string_view text) { return read_text(text).said; };
    CHECK(said("") == "t.csv: is empty; the first line must name the columns\n");
    CHECK(said("unit_id,held,balance") ==
          "t.csv:1: the line is cut off: the file must end with a line break\n");
    CHECK(said("unit_id,held,balance\r7,12,-5\r") ==
          "t.csv:1: lines end with carriage returns alone; save the file with line feeds\n");
    CHECK(said(std::string_view("unit_id\0,held\n", 14)) ==
          "t.csv:1: holds a zero byte; this is not a table in text\n");
    CHECK(said(std::string_view("unit_id,held,balance\n7,12,-5\n9,\0,7\n", 36)) ==
          "t.csv:3: holds a zero byte; this is not a table in text\n");
    CHECK(said("\xFF\xFEu") == "t.csv: is UTF-16; save it as CSV in UTF-8\n");
    CHECK(said(std::string(2'000'000, 'x')) ==
          "t.csv:1: the line is longer than 1 MB; this is not a table\n");
    CHECK(said("unit_id,held,balance\n" + std::string(6'000'000, '1') + "\n").find("longer than 1 MB") !=
          std::string::npos);
    CHECK(read_text("unit_id,held,balance\n").table.rows == 0);

    Findings findings;
    Progress progress(false);
    read_columns("/nonexistent/facts.csv", wanted, findings, progress);
    read_columns("/tmp", wanted, findings, progress);
    REQUIRE(findings.count() == 2);
    CHECK(findings.list()[0].message == "cannot be read: No such file or directory");
    CHECK(findings.list()[1].message == "is not a file; it is read more than once, so a pipe will not do");
}

TEST_CASE("missing and repeated columns are found together") {
    CHECK(read_text("name,unit_id,cell_id\n1,2,3\n").said ==
          "t.csv:1: cell_id: the column stands twice\n"
          "t.csv:1: columns are missing: held, balance\n");
    CHECK(read_text("unit_id,held\n1,2\n").said == "t.csv:1: the column is missing: balance\n");
}

TEST_CASE("every wrong cell is found, plain and quoted") {
    const std::string rows =
        "unit_id,held,balance\n"
        "x,12,-5\n"
        "8,-1,0\n"
        ",1,1\n"
        "10,1.5,99999999999999999999\n"
        "11,1\n"
        "12,1,2,3\n"
        "\n"
        "-13,13,100001\n";
    const std::string said =
        "t.csv:2: unit_id: \"x\" is not a whole number\n"
        "t.csv:3: held: -1 is not within 0 to 12\n"
        "t.csv:4: unit_id: the cell is empty\n"
        "t.csv:5: held: \"1.5\" is not a whole number\n"
        "t.csv:5: balance: \"99999999999999999999\" is too large a number\n"
        "t.csv:6: the line has 2 cells instead of 3\n"
        "t.csv:7: the line has 4 cells instead of 3\n"
        "t.csv:8: the line is empty\n";
    const Outcome plain = read_text(rows);
    CHECK(plain.said.starts_with(said));
    CHECK(plain.said.find("t.csv:9: unit_id: -13 is not within 0 to 9223372036854775807\n") !=
          std::string::npos);
    CHECK(plain.said.find("t.csv:9: held: 13 is not within 0 to 12\n") != std::string::npos);
    CHECK(plain.said.find("t.csv:9: balance: 100001 is not within -100000 to 100000\n") != std::string::npos);
    const Outcome quoted = read_text(rows + "\"14\",1,1\n");
    CHECK(quoted.said.starts_with(said));
    CHECK(quoted.said.find("t.csv:9: held: 13 is not within 0 to 12\n") != std::string::npos);
    CHECK(plain.table.columns.empty());
    CHECK(quoted.table.columns.empty());
}

TEST_CASE("a last line without its end is refused, even when it looks whole") {
    CHECK(read_text("unit_id,held,balance\n7,12,-5\n9,0,70").said ==
          "t.csv:3: the line is cut off: the file must end with a line break\n");
    CHECK(read_text("unit_id,held,balance\n7,12,-5").said ==
          "t.csv:2: the line is cut off: the file must end with a line break\n");
    CHECK(read_text("unit_id,held,balance\n\"7\",12,-5\n9,0,70").said.find("is cut off") !=
          std::string::npos);
    CHECK(read_text("unit_id,held,balance\n7,12,\"-5\n9,0,70\n").said.find("a quote is not closed") !=
          std::string::npos);
    CHECK(read_text("unit_id,held,balance\n7,1\"2,-5\n").said.find("a quote stands inside a cell") !=
          std::string::npos);
}

TEST_CASE("only the first twenty mistakes are listed, with the number of the others") {
    std::string text = "unit_id,held,balance\n";
    for (int i = 0; i < 1000; ++i) text += "7,x,0\n";
    const std::string said = read_text(text).said;
    CHECK(std::count(said.begin(), said.end(), '\n') == 21);
    CHECK(said.ends_with("t.csv:21: held: \"x\" is not a whole number\nand 980 more\n"));
}

TEST_CASE("a large table comes out the same on any number of threads, with its lines right") {
    // Several blocks; values widen late, far behind what a sample of the beginnings shows.
    constexpr std::int64_t rows = 700'000;
    std::string text = "unit_id,held,balance\n";
    for (std::int64_t row = 0; row < rows; ++row)
        text += std::to_string(row) + "," + std::to_string(row % 13) + "," +
                (row == 333'333      ? "-99999"
                 : row % 1000 == 999 ? ""
                                     : std::to_string(row % 100)) +
                "\n";
    for (const int threads : {1, 2, 4}) {
        const Outcome outcome = read_text(text, threads);
        CHECK(outcome.said == "");
        REQUIRE(outcome.table.rows == rows);
        CHECK(outcome.table.columns[1].values.width() == evaluation::Width::u8);
        std::int64_t wrong = 0;
        for (std::int64_t row = 0; row < rows; ++row) {
            const auto at = static_cast<std::size_t>(row);
            const bool is_known = row == 333'333 || row % 1000 != 999;
            wrong += outcome.table.columns[0].values[at] != row;
            wrong += outcome.table.columns[1].values[at] != row % 13;
            wrong += outcome.table.columns[2].given[at] != is_known;
            wrong += is_known && outcome.table.columns[2].values[at] != (row == 333'333 ? -99999 : row % 100);
        }
        CHECK(wrong == 0);
    }
    const std::size_t place = text.find("\n600000,") + 1;
    text.replace(place, 6, "six_00");
    for (const int threads : {1, 4})
        CHECK(read_text(text, threads).said == "t.csv:600002: unit_id: \"six_00\" is not a whole number\n");
}
