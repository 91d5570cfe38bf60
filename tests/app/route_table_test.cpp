// Who may do what, as data: tests/data/app/routes.tsv names every route and the status it answers to nobody
// and to every sample person. A route without a line, a line without a route and any other status fail.
//
// GROUNDWORK_TEST_PRINT_ROUTES=FILE writes the table as the program answers, for comparing by eye.
#include <doctest/doctest.h>
#include <signal.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "app.h"
#include "platform/router.h"
#include "sample/sample.h"
#include "sample_for_routes.h"
#include "support/served_program.h"

namespace gw::test {
namespace {

struct Line {
    int number = 0;
    std::string verb, path, body;
    std::vector<std::string> expected;  // of nobody, then of the sample people
    std::vector<std::string> found;
    std::vector<std::size_t> unrecorded;  // people whose write was answered and left no line in the trail
};

constexpr std::size_t people_count = 1 + std::size(sample_people);

struct Table {
    std::vector<Line> lines;

    Table() {
        std::ifstream file(GROUNDWORK_SOURCE_DIR "/tests/data/app/routes.tsv");
        std::string text;
        for (int number = 1; std::getline(file, text); ++number) {
            if (text.empty() || text[0] == '#') continue;
            std::istringstream words(text);
            Line line;
            line.number = number;
            words >> line.verb;
            for (std::size_t i = 0; i < people_count; ++i) words >> line.expected.emplace_back();
            words >> line.path;
            std::getline(words >> std::ws, line.body);
            line.found.resize(people_count);
            lines.push_back(std::move(line));
        }
        REQUIRE(lines.size() > 100);
    }
};

const Table& table() {
    static const Table table;
    return table;
}

constexpr const char* last_line = "SELECT COALESCE(MAX(position), 0) FROM audit_entries";

// Asks every line as one person of a fresh copy; writes what came into `found`.
void ask_all(const SampleForRoutes& sample, Table& answered, std::size_t person) {
    const SampleForRoutes::Copy copy(sample);
    ServedProgram program(GROUNDWORK_PROGRAM, copy.options());
    ApiClient client(program.port());
    const auto sign_in = [&] {
        if (person > 0) REQUIRE(client.sign_in(sample_people[person - 1], sample::password) == 200);
    };
    sign_in();
    for (Line& line : answered.lines) {
        const std::string path = filled(line.path, sample.names());
        REQUIRE_MESSAGE(path.find('{') == path.npos, "a name nobody gave in line ", line.number, ": ", path);
        const bool is_write = line.verb != "GET" && line.expected[person] == "200";
        const std::int64_t lines_before = is_write ? copy.count(last_line) : 0;
        const auto answer = client.ask(line.verb, path, filled(line.body, sample.names()));
        line.found[person] = std::to_string(answer.status);
        if (is_write && answer.status == 200 && copy.count(last_line) == lines_before)
            line.unrecorded.push_back(person);
        CHECK_MESSAGE(answer.status != 0, "no answer to line ", line.number);
        CHECK_MESSAGE(answer.status < 500, "line ", line.number, ": ", answer.body);
        if (line.found[person] != line.expected[person])
            MESSAGE("line ", line.number, ": ", answer.body.substr(0, 300));
        // What ends or replaces the session of the one who asks.
        if (line.verb != "GET" && line.path.starts_with("/api/session")) sign_in();
    }
    program.send(SIGTERM);
    CHECK(program.wait() == 0);
}

// Writes that only look, or find nothing to change in the sample; what a job does is recorded when it is
// done.
bool is_without_line(const Line& line) {
    for (const char* path : {"/api/visit_plans", "/what_if", "/pin_rule", "/api/reviews", "/commit",
                             "/api/notices/unreading", "/api/wishes/address"})
        if (line.path.ends_with(path)) return true;
    return false;
}

void print(const Table& answered) {
    const char* const file = std::getenv("GROUNDWORK_TEST_PRINT_ROUTES");
    if (!file) return;
    std::ofstream out(file);
    for (const Line& line : answered.lines) {
        out << line.verb << std::string(line.verb.size() < 6 ? 6 - line.verb.size() : 0, ' ');
        for (const std::string& status : line.found)
            out << (&status == &line.found[0] ? " " : "   ") << status;
        out << "   " << line.path << (line.body.empty() ? "" : " ") << line.body << "\n";
    }
}

}  // namespace

TEST_CASE("every route has a line, and every line a route") {
    const FolderForTest folder;
    Config config;
    config.data = folder.path();
    config.share = GROUNDWORK_SOURCE_DIR;
    App app(config);
    std::set<const Route*> asked;
    for (const Line& line : table().lines) {
        Values values;
        int status = 0;
        const std::string path = line.path.substr(0, line.path.find('?'));
        const Route* route = app.router().find(line.verb, path, values, status);
        CHECK_MESSAGE(route != nullptr, "line ", line.number, " names no route: ", line.verb, " ", line.path);
        asked.insert(route);
    }
    for (const auto& route : app.router().routes())
        CHECK_MESSAGE(asked.count(route.get()) == 1, "no line asks ", route->verb, " ", route->path);
}

TEST_CASE("every route answers every sample person and nobody as the table says") {
    for_each_database([](Dialect dialect) {
        const SampleForRoutes& sample = SampleForRoutes::on(dialect);
        Table answered = table();
        for (std::size_t person = 0; person < people_count; ++person) ask_all(sample, answered, person);
        print(answered);
        for (const Line& line : answered.lines)
            for (std::size_t person = 0; person < people_count; ++person)
                CHECK_MESSAGE(line.found[person] == line.expected[person], "line ", line.number, ", ",
                              person == 0 ? "nobody" : sample_people[person - 1], ": ", line.verb, " ",
                              line.path, " answered ", line.found[person], ", not ", line.expected[person]);
        for (const Line& line : answered.lines)
            if (!is_without_line(line))
                CHECK_MESSAGE(line.unrecorded.empty(), "line ", line.number,
                              " is not in the audit trail: ", line.verb, " ", line.path);
    });
}

}  // namespace gw::test
