// The three files of a year fit together, or every place where they do not is named.
#include "fact_files/year.h"

#include <doctest/doctest.h>

#include <sstream>

#include "support/store_for_test.h"

using namespace gw;
using namespace gw::fact_files;

namespace {

evaluation::Rulebook rulebook_for_test() {
    evaluation::Rulebook rulebook;
    rulebook.kinds = {{"cell", 1, {}}, {"committee", 2, {}}, {"nation", 3, {}}};
    evaluation::Fact held;
    held.key = "held";
    held.highest = 12;
    held.domain = evaluation::Domain::unit;
    evaluation::Fact due = held;
    due.key = "due";
    due.domain = evaluation::Domain::member;
    rulebook.facts = {held, due};
    evaluation::Subject subject;
    subject.domain = evaluation::Domain::unit;
    subject.kinds = {1, 2};
    rulebook.subjects = {subject};
    return rulebook;
}

struct Files {
    std::string units = "unit_id,parent_id,kind\n30,10,1\n10,1,2\n1,-1,3\n20,10,1\n";
    std::string unit_facts = "unit_id,held\n20,2\n10,1\n30,3\n";
    std::string member_facts = "member_id,cell_id,due\n5,20,5\n3,30,3\n4,20,4\n8,10,8\n";
};

struct Outcome {
    Year year;
    std::string said;
};

Outcome read(const Files& files) {
    const test::FolderForTest folder;
    folder.write("u.csv", files.units);
    folder.write("f.csv", files.unit_facts);
    folder.write("m.csv", files.member_facts);
    const evaluation::Rulebook rulebook = rulebook_for_test();
    Findings findings;
    Progress progress(false);
    Outcome outcome;
    outcome.year = read_year({&rulebook}, {folder.file("u.csv"), folder.file("f.csv"), folder.file("m.csv")},
                             findings, progress);
    std::ostringstream out;
    findings.print(out);
    outcome.said = out.str();
    for (std::size_t at = 0; (at = outcome.said.find(folder.path() + "/")) != std::string::npos;)
        outcome.said.erase(at, folder.path().size() + 1);
    return outcome;
}

using Numbers = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("units stand in pre-order, and members unit by unit") {
    const auto [year, said] = read({});
    CHECK(said == "");
    CHECK(year.units.ids.to_vector() == Numbers{1, 10, 30, 20});
    CHECK(year.units.columns.at(0).values.to_vector().size() == 4);
    CHECK(year.units.columns[0].values[1] == 1);
    CHECK(year.units.columns[0].values[2] == 3);
    CHECK(year.units.columns[0].values[3] == 2);
    // The nation is not judged and has no row.
    CHECK(year.units.columns[0].given == std::vector<std::uint8_t>{0, 1, 1, 1});
    CHECK(year.members.ids.to_vector() == Numbers{8, 3, 5, 4});
    CHECK(year.members.columns.at(0).values.to_vector() == Numbers{8, 3, 5, 4});
    CHECK(year.member_units == std::vector<std::int32_t>{1, 2, 3, 3});
}

TEST_CASE("ids may be as large as they like") {
    Files files;
    files.units = "unit_id,parent_id,kind\n9000000000000000000,,3\n7,9000000000000000000,2\n";
    files.unit_facts = "unit_id,held\n7,1\n";
    files.member_facts = "unit_id,member_id,due\n7,1,1\n7,8000000000000000000,2\n";
    const auto [year, said] = read(files);
    CHECK(said == "");
    CHECK(year.units.ids.to_vector() == Numbers{9000000000000000000, 7});
    CHECK(year.members.ids.to_vector() == Numbers{1, 8000000000000000000});
    files.member_facts += "7,8000000000000000000,2\n";
    CHECK(read(files).said ==
          "m.csv:4: member_id: the id 8000000000000000000 stands on an earlier line too\n");
}

TEST_CASE("what is wrong in the three files is said together") {
    Files files;
    files.units = "unit_id,parent_id\n1,-1\n";
    files.unit_facts = "unit_id,helt\n1,1\n";
    files.member_facts = "member_id,due\n1,-1\n";
    CHECK(read(files).said ==
          "u.csv:1: the column is missing: kind\n"
          "f.csv:1: the column is missing: held\n"
          "m.csv:1: the column is missing: cell_id\n");
}

TEST_CASE("a broken tree is refused") {
    const auto said = [](const std::string& rows) {
        Files files;
        files.units = "unit_id,parent_id,kind\n" + rows;
        return read(files).said;
    };
    CHECK(said("") == "u.csv: has no units\n");
    CHECK(said("1,-1,3\n10,1,2\n20,10,1\n30,10,1\n20,1,1\n").starts_with("u.csv:6: unit_id: "));
    CHECK(said("1,-1,3\n10,1,2\n20,10,1\n30,99,1\n").starts_with("u.csv:5: parent_id: "));
    CHECK(said("1,-1,3\n10,20,2\n20,10,1\n30,1,1\n").starts_with("u.csv:3: parent_id: "));
    CHECK(said("1,-1,3\n10,1,2\n20,10,4\n30,10,1\n") ==
          "u.csv:4: kind: the rulebook has no kind of unit 4\n");
    CHECK(said("-1,-1,3\n").starts_with("u.csv:2: unit_id: -1 is not within 0 to"));
}

TEST_CASE("facts of unknown, repeated and forgotten units are refused") {
    Files files;
    files.unit_facts = "unit_id,held\n20,2\n10,1\n30,3\n77,1\n";
    files.member_facts = "member_id,cell_id,due\n5,20,5\n3,66,3\n";
    CHECK(read(files).said ==
          "f.csv:5: unit_id: there is no unit 77 in u.csv\n"
          "m.csv:3: cell_id: there is no unit 66 in u.csv\n");
    files = {};
    files.unit_facts = "unit_id,held\n20,2\n10,1\n20,3\n";
    CHECK(read(files).said == "f.csv:4: unit_id: the id 20 stands on an earlier line too\n");
    files.unit_facts = "unit_id,held\n20,2\n10,1\n";
    CHECK(read(files).said == "f.csv: the unit 30 has no row, and is to be judged\n");
    files.unit_facts = "unit_id,held\n20,2\n10,-1\n30,13\n";
    CHECK(read(files).said ==
          "f.csv:3: held: -1 is not within 0 to 12\n"
          "f.csv:4: held: 13 is not within 0 to 12\n");
}

TEST_CASE("a year without members or with a repeated member") {
    Files files;
    files.member_facts = "member_id,cell_id,due\n";
    CHECK(read(files).said == "");
    files.member_facts = "member_id,cell_id,due\n5,20,5\n3,30,3\n5,30,3\n5,30,3\n";
    CHECK(read(files).said ==
          "m.csv:4: member_id: the id 5 stands on an earlier line too\n"
          "m.csv:5: member_id: the id 5 stands on an earlier line too\n");
}
