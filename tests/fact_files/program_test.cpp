// The commands on files as a person uses them: the built program, files in, files and lines out.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "evaluation/reference_job.h"
#include "support/served_program.h"
#include "support/store_for_test.h"

using namespace gw;
namespace fs = std::filesystem;

namespace {

const std::string source = GROUNDWORK_SOURCE_DIR;
const std::string reference = source + "/bench/reference.toml";

template <class Names>
std::string header_of(std::string first, const Names& names) {
    for (const auto& name : names) first += "," + std::string(name);
    return first + "\n";
}

template <class Values>
std::string row_of(std::string first, const Values& values) {
    for (const std::int64_t value : values) first += "," + std::to_string(value);
    return first + "\n";
}

// The reference job of one scale and seed as files.
class JobFiles {
public:
    JobFiles(std::string_view scale_name, std::uint64_t seed) {
        const auto* scale =
            std::find_if(reference_job::scales.begin(), reference_job::scales.end(),
                         [&](const reference_job::Scale& one) { return one.name == scale_name; });
        const reference_job::Organisation organisation(*scale, seed);
        std::string units = "unit_id,parent_id,kind\n";
        std::string unit_facts = header_of("unit_id", reference_job::unit_columns);
        for (std::size_t unit = 0; unit < organisation.unit_count(); ++unit) {
            units += std::to_string(unit) + "," + std::to_string(organisation.parents[unit]) + "," +
                     std::to_string(organisation.kinds[unit]) + "\n";
            unit_facts += row_of(std::to_string(unit), organisation.unit_year(unit));
        }
        std::string member_facts = header_of("member_id,cell_id", reference_job::member_columns);
        organisation.each_member([&](const reference_job::Member& member) {
            member_facts +=
                row_of(std::to_string(member.id) + "," + std::to_string(member.cell), member.year);
        });
        folder.write("units.csv", units);
        folder.write("unit_year.csv", unit_facts);
        folder.write("member_year.csv", member_facts);
    }

    test::ProgramOutcome run(std::vector<std::string> arguments) const {
        for (const char* option :
             {"--units", "units.csv", "--unit-facts", "unit_year.csv", "--member-facts", "member_year.csv"})
            arguments.push_back(option[0] == '-' ? option : folder.file(option));
        return test::run_program(GROUNDWORK_PROGRAM, arguments);
    }

    std::string text_of(const std::string& name) const {
        std::ifstream stream(folder.file(name), std::ios::binary);
        std::ostringstream text;
        text << stream.rdbuf();
        return text.str();
    }

    test::FolderForTest folder;
};

std::size_t lines_in(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

TEST_CASE("the program gives the known checksums of the reference job on 1, 2 and 4 threads") {
    std::ifstream file(source + "/tests/data/evaluation/expected.txt");
    REQUIRE(file.good());
    int jobs = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#') continue;
        std::istringstream words(line);
        std::string scale;
        std::uint64_t seed = 0;
        words >> scale >> seed;
        if (scale == "nation") continue;  // half a gigabyte; the bench tries it
        std::string expected = "{";
        for (const char* table : {"member", "unit", "rollup", "weak"}) {
            std::string rows, sum;
            words >> rows >> sum;
            expected +=
                (expected == "{" ? "\"" : ",\"") + std::string(table) + "\":[" + rows + "," + sum + "]";
        }
        expected += "}\n";
        const JobFiles job(scale, seed);
        for (const char* threads : {"1", "2", "4"}) {
            CAPTURE(scale);
            CAPTURE(threads);
            const auto outcome =
                job.run({"evaluate", "--rulebook", reference, "--threads", threads, "--checksum"});
            CHECK(outcome.code == 0);
            CHECK(outcome.output == expected);
            CHECK(outcome.errors == "");
        }
        ++jobs;
    }
    CHECK(jobs == 11);
}

TEST_CASE("evaluate writes four files of results") {
    const JobFiles job("micro", 4);
    const std::string out = job.folder.file("results/of_the_year");
    const auto outcome = job.run({"evaluate", "--rulebook", reference, "--out", out});
    CHECK(outcome.code == 0);
    CHECK(outcome.output == "");
    const auto text = [&](const char* name) {
        return job.text_of(std::string("results/of_the_year/") + name);
    };
    CHECK(text("member_result.csv").starts_with("member_id,cell_id,score,pre,cls\n"));
    CHECK(lines_in(text("member_result.csv")) == 121);
    CHECK(text("unit_result.csv").starts_with("unit_id,score,pre,cls,weak_bits\n"));
    CHECK(lines_in(text("unit_result.csv")) == 25);
    CHECK(text("rollup.csv")
              .starts_with("unit_id,m0,m1,m2,m3,m4,c0,c1,c2,c3,c4,g0,g1,g2,g3,g4,weak,m_score,"
                           "adm_target,adm_actual,find_open,find_overdue\n"));
    CHECK(lines_in(text("rollup.csv")) == 25);
    CHECK(text("weak_list.csv").starts_with("rank,unit_id,score,weak_bits\n1,"));
    CHECK(lines_in(text("weak_list.csv")) == 3);
    CHECK(std::distance(fs::directory_iterator(out), {}) == 4);
}

TEST_CASE("changes are followed, measured and compared with a full evaluation") {
    const JobFiles job("commune", 2);
    const auto outcome = job.run({"evaluate", "--rulebook", reference, "--changes", "2000"});
    CHECK(outcome.code == 0);
    CHECK(outcome.output.starts_with(R"({"changes":2000,"p50_us":)"));
    CHECK(outcome.output.ends_with("\"equal\":true}\n"));
}

TEST_CASE("timings are one line of JSON") {
    const JobFiles job("micro", 1);
    const auto outcome = job.run({"evaluate", "--rulebook", reference, "--repeat", "3", "--timings"});
    CHECK(outcome.code == 0);
    CHECK(outcome.output.starts_with("{\"load_s\":"));
    CHECK(outcome.output.find(",\"compute_s\":") != std::string::npos);
    CHECK(outcome.output.find(",\"rss_mb\":") != std::string::npos);
    CHECK(lines_in(outcome.output) == 1);
}

TEST_CASE("bad input ends with code 2, a place, and no results") {
    JobFiles job("micro", 1);
    const std::string out = job.folder.file("out");
    const auto evaluate = [&] {
        return job.run({"evaluate", "--rulebook", reference, "--out", out, "--checksum"});
    };
    const auto check_refused = [&](const std::string& place) {
        const auto outcome = evaluate();
        CHECK(outcome.code == 2);
        CHECK(outcome.errors.find(place) != std::string::npos);
        CHECK(outcome.output == "");
        CHECK_FALSE(fs::exists(out));
    };
    const std::string units = job.text_of("units.csv");
    const std::string members = job.text_of("member_year.csv");
    job.folder.write("member_year.csv", members.substr(0, members.size() - 3));
    check_refused("member_year.csv:121: the line is cut off");
    job.folder.write("member_year.csv",
                     members + members.substr(members.rfind('\n', members.size() - 2) + 1));
    check_refused("member_year.csv:122: member_id: the id 119 stands on an earlier line too");
    job.folder.write("member_year.csv", members);
    job.folder.write("units.csv", units + "90,91,5\n91,90,5\n");
    check_refused("units.csv:26: parent_id: ");
    job.folder.write("units.csv", units + "90,91,5\n");
    check_refused("units.csv:26: parent_id: there is no unit 91");
    fs::remove(job.folder.file("units.csv"));
    check_refused("units.csv: cannot be read: No such file or directory");
    CHECK(evaluate().errors.find("note:") == std::string::npos);

    const auto no_rulebook = job.run({"evaluate", "--rulebook", job.folder.file("none.toml"), "--out", out});
    CHECK(no_rulebook.code == 2);
    CHECK(no_rulebook.errors.find("none.toml:1: cannot be read") != std::string::npos);
    CHECK(job.run({"evaluate", "--rulebook", reference}).code == 2);
    CHECK(job.run({"evaluate", "--out", out}).code == 2);
    CHECK(job.run({"evaluate", "--rulebook", reference, "--out", out, "--threads", "0"}).code == 2);
}

TEST_CASE("a folder that cannot be written leaves nothing behind") {
    const JobFiles job("micro", 1);
    job.folder.write("out", "a file where a folder is asked for");
    CHECK(job.run({"evaluate", "--rulebook", reference, "--out", job.folder.file("out")}).code == 1);
    fs::create_directories(job.folder.file("half/rollup.csv.partial"));
    CHECK(job.run({"evaluate", "--rulebook", reference, "--out", job.folder.file("half")}).code == 1);
    CHECK(std::distance(fs::directory_iterator(job.folder.file("half")), {}) == 1);
}

TEST_CASE("explain gives the reasons of a member and of a unit") {
    const JobFiles job("commune", 1);
    const auto explain = [&](const std::vector<std::string>& more) {
        std::vector<std::string> arguments{"explain", "--rulebook", reference};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return job.run(arguments);
    };
    const auto member = explain({"--member", "17"});
    CHECK(member.code == 0);
    for (const char* part :
         {"#17: ", "Points: ", "Criteria:", " of 8\n", "Limit: at most 20 %", "candidates", "Another class"})
        CHECK_MESSAGE(member.output.find(part) != std::string::npos, part, member.output);
    const auto unit = explain({"--unit", "4", "--language", "vi"});
    CHECK(unit.code == 0);
    for (const char* part : {"#4: ", "Điểm: ", "Tiêu chí:", "Trực thuộc", "Tổng hợp từ cấp dưới:"})
        CHECK_MESSAGE(unit.output.find(part) != std::string::npos, part, unit.output);
    const auto json = explain({"--member", "17", "--json"});
    CHECK(json.output.starts_with("{\"subject\":\"member\","));
    CHECK(lines_in(json.output) == 1);
    CHECK(explain({"--member", "4000"}).code == 2);
    CHECK(explain({"--unit", "99999"}).errors.find("there is no unit 99999") != std::string::npos);
    CHECK(explain({}).code == 2);
    CHECK(explain({"--member", "1", "--unit", "1"}).code == 2);
}

TEST_CASE("replay says who changes class and why") {
    const JobFiles job("commune", 1);
    std::ifstream stream(reference);
    std::ostringstream text;
    text << stream.rdbuf();
    const auto same = job.run({"rulebook", "replay", reference, reference});
    CHECK(same.code == 0);
    CHECK(same.output.find("members: 0 of 4000 change class\n") != std::string::npos);
    CHECK(same.output.find("units: 0 of 324 change class\n") != std::string::npos);

    // A higher bar for the second class of members alone.
    std::string stricter = text.str();
    const std::size_t place = stricter.find("minimum = 68000");
    REQUIRE(place != std::string::npos);
    stricter.replace(place, 15, "minimum = 75000");
    job.folder.write("stricter.toml", stricter);
    const auto replay =
        job.run({"rulebook", "replay", reference, job.folder.file("stricter.toml"), "--limit", "3"});
    CAPTURE(replay.output);
    CAPTURE(replay.errors);
    CHECK(replay.code == 0);
    CHECK(replay.output.find("member #") != std::string::npos);
    CHECK(replay.output.find("class by points: Good -> Completed") != std::string::npos);
    CHECK(replay.output.find("  3 Good -> 2 Completed: ") != std::string::npos);
    CHECK(replay.output.find(" more\n") != std::string::npos);
}

TEST_CASE("rulebooks are checked and their worked cases run") {
    const test::FolderForTest folder;
    const auto run = [](const std::vector<std::string>& arguments) {
        return test::run_program(GROUNDWORK_PROGRAM, arguments);
    };
    CHECK(run({"rulebook", "check", reference}).code == 0);
    const auto good = run({"rulebook", "test", reference});
    CHECK(good.code == 0);
    CHECK(good.output.find(": passed\n") != std::string::npos);

    std::ifstream stream(reference);
    std::ostringstream text;
    text << stream.rdbuf();
    std::string changed = text.str();
    const std::size_t place = changed.find("\nscore = ", changed.find("[[subject.case]]"));
    REQUIRE(place != std::string::npos);
    changed.insert(place + 9, "1");
    folder.write("changed.toml", changed);
    const auto failed = run({"rulebook", "test", folder.file("changed.toml")});
    CHECK(failed.code == 1);
    CHECK(failed.output.find(": FAILED: the score comes out as ") != std::string::npos);
    CHECK(run({"rulebook", "check", folder.file("changed.toml")}).code == 2);

    folder.write("none.toml", "this is no rulebook");
    CHECK(run({"rulebook", "test", folder.file("none.toml")}).code == 2);
    CHECK(run({"rulebook", "check", folder.file("none.toml"), reference}).code == 2);
    CHECK(run({"rulebook"}).code == 2);
}
