// A program that is killed in the middle of its writes loses no call that it had answered, and keeps no half
// of one.
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <sstream>
#include <thread>

#include "support/rows_for_test.h"

namespace gw {
namespace {

constexpr const char* address_name = "GROUNDWORK_TEST_KILLED_STORE";
constexpr const char* migrations_name = "GROUNDWORK_TEST_KILLED_MIGRATIONS";
constexpr std::int64_t pair_distance = 1'000'000'000;

// Runs in a process of its own, started by the test below, until it is killed: each call adds a pair of rows,
// and each answered call writes its number to the standard output.
TEST_CASE("child process: write until killed" * doctest::skip()) {
    const char* const address = std::getenv(address_name);
    const char* const migrations = std::getenv(migrations_name);
    REQUIRE(address != nullptr);
    REQUIRE(migrations != nullptr);
    const auto store = Store::open({address, migrations});
    std::int64_t first = 0;
    store->read([&](Db& db) {
        first = db.count("SELECT max(id) FROM rows WHERE id < :d", {{"d", pair_distance}}) + 1;
    });
    std::atomic<std::int64_t> next = first;
    std::vector<std::jthread> writers;
    for (int t = 0; t < 8; ++t)
        writers.emplace_back([&] {
            for (;;) {
                const auto id = next++;
                store->write([&](Db& db) {
                    test::add_row(db, id);
                    test::add_row(db, id + pair_distance);
                });
                const auto line = std::to_string(id) + "\n";
                if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) return;
            }
        });
}

pid_t start_child(const StoreConfig& config, int output) {
    const pid_t child = fork();
    if (child != 0) return child;
    setenv(address_name, config.address.c_str(), 1);
    setenv(migrations_name, config.migrations.c_str(), 1);
    dup2(output, STDOUT_FILENO);
    execl("/proc/self/exe", "test", "--test-case=child process: write until killed", "--no-skip",
          "--no-intro", static_cast<char*>(nullptr));
    _exit(127);
}

// The numbers a killed child had answered.
std::vector<std::int64_t> answers_until_killed(const StoreConfig& config, std::size_t answers_before_kill) {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    const pid_t child = start_child(config, ends[1]);
    REQUIRE(child > 0);
    close(ends[1]);
    std::string text;
    char buffer[4096];
    std::size_t lines = 0;
    bool is_killed = false;
    for (ssize_t size = 0; (size = ::read(ends[0], buffer, sizeof buffer)) > 0;) {
        text.append(buffer, static_cast<std::size_t>(size));
        for (ssize_t i = 0; i < size; ++i) lines += buffer[i] == '\n' ? 1 : 0;
        if (!is_killed && lines >= answers_before_kill) {
            kill(child, SIGKILL);
            is_killed = true;
        }
    }
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    CHECK(is_killed);
    CHECK(WIFSIGNALED(status));
    std::vector<std::int64_t> answered;
    std::istringstream stream(text.substr(0, text.rfind('\n') + 1));
    for (std::string line; std::getline(stream, line);)
        if (!line.empty() && line.find_first_not_of("0123456789") == line.npos)
            answered.push_back(std::stoll(line));
    return answered;
}

TEST_CASE("a program killed while it writes loses nothing it has answered") {
    test::for_each_row_store([](test::StoreForTest& store) {
        store.close();
        std::size_t answered_count = 0, missing = 0;
        for (const std::size_t kill_after : {1u, 150u, 400u}) {
            const auto answered = answers_until_killed(store.config(), kill_after);
            CHECK(answered.size() >= kill_after);
            answered_count += answered.size();
            // PostgreSQL may still be finishing what the killed program had sent: opening waits for its lock.
            store.open();
            store->write([](Db&) {});
            store->read([&](Db& db) {
                for (const auto id : answered)
                    if (db.count("SELECT count(*) FROM rows WHERE id = :id OR id = :pair",
                                 {{"id", id}, {"pair", id + pair_distance}}) != 2)
                        ++missing;
                CHECK(db.count(
                          "SELECT count(*) FROM rows WHERE id < :d AND id + :d NOT IN (SELECT id FROM rows)",
                          {{"d", pair_distance}}) == 0);
                CHECK(db.count("SELECT count(*) FROM rows") >= static_cast<std::int64_t>(2 * answered_count));
            });
            store.close();
        }
        CHECK(missing == 0);
    });
}

}  // namespace
}  // namespace gw
