// A program that is killed in the middle of many writes loses no write it has answered, leaves none half, and
// starts again by itself.
#include <doctest/doctest.h>
#include <signal.h>

#include <atomic>
#include <boost/json.hpp>
#include <map>
#include <thread>

#include "sample/sample.h"
#include "sample_for_routes.h"
#include "support/served_program.h"

namespace gw::test {
namespace {

struct Sent {
    std::string path, body, key;
    int status = 0;  // 0: never answered
    std::string answer;
};

// A task, or a visit with its advice: one row, or several that belong together.
Sent request_of(const Names& names, int connection, int number) {
    Sent sent;
    const std::string mark = std::to_string(connection) + "." + std::to_string(number);
    sent.key = "kill-" + mark;
    if (number % 2 == 0) {
        sent.path = "/api/tasks";
        sent.body =
            filled(R"({"unit_id":"{na_lung}","title":"kill )" + mark +
                       R"(","owner_kind":"member","owner_member_id":"{member_1}","due_on":"2024-12-30"})",
                   names);
    } else {
        sent.path = filled("/api/units/{na_lung}/visits", names);
        sent.body = R"({"visited_on":"2024-12-12","kind":"survey","group_name":"kill )" + mark +
                    R"(","advice_items":[)";
        for (int i = 0; i < 3; ++i)
            sent.body += std::string(i == 0 ? "" : ",") +
                         R"({"text":"kill","expected_change":"none","check_on":"2025-02-01"})";
        sent.body += "],\"findings\":[]}";
    }
    return sent;
}

// Sends from several connections until the program is gone; what was sent, with the answers that came.
std::vector<Sent> write_until_killed(ServedProgram& program, const Names& names) {
    constexpr int connections = 6;
    std::vector<std::vector<Sent>> sent(connections);
    // All have signed in before the first writes: the kill finds every connection in the middle of its
    // writes.
    std::vector<ApiClient> clients;
    for (int connection = 0; connection < connections; ++connection)
        REQUIRE(clients.emplace_back(program.port()).sign_in("vanphong", sample::password) == 200);
    std::atomic<int> answered = 0;
    std::vector<std::thread> threads;
    for (int connection = 0; connection < connections; ++connection)
        threads.emplace_back([&, connection] {
            ApiClient& client = clients[static_cast<std::size_t>(connection)];
            for (int number = 0; number < 5000; ++number) {
                Sent& one = sent[static_cast<std::size_t>(connection)].emplace_back(
                    request_of(names, connection, number));
                const auto answer = client.ask("POST", one.path, one.body, {{"Idempotency-Key", one.key}});
                one.status = answer.status;
                one.answer = answer.body;
                if (answer.status != 200) return;
                ++answered;
            }
        });
    const bool is_written = testing::comes_true([&] { return answered >= 300; });
    program.send(SIGKILL);
    for (std::thread& thread : threads) thread.join();
    CHECK(program.wait() == -SIGKILL);
    CHECK(is_written);
    std::vector<Sent> all;
    for (auto& of_connection : sent)
        std::move(of_connection.begin(), of_connection.end(), std::back_inserter(all));
    return all;
}

}  // namespace

TEST_CASE("SIGKILL in the middle of writes loses nothing that was answered and leaves nothing half") {
    for_each_database([](Dialect dialect) {
        const SampleForRoutes& sample = SampleForRoutes::on(dialect);
        const SampleForRoutes::Copy copy(sample);
        std::vector<Sent> sent;
        {
            ServedProgram program(GROUNDWORK_PROGRAM, copy.options());
            sent = write_until_killed(program, sample.names());
        }
        ServedProgram again(GROUNDWORK_PROGRAM, copy.options());
        ApiClient client(again.port());
        REQUIRE(client.sign_in("vanphong", sample::password) == 200);

        int answered = 0, unanswered = 0;
        for (const Sent& one : sent) {
            const bool is_task = one.path == "/api/tasks";
            const std::string mark = "'kill " + one.key.substr(5) + "'";
            const auto count = copy.count(is_task ? "SELECT COUNT(*) FROM tasks WHERE title = " + mark
                                                  : "SELECT COUNT(*) FROM visits WHERE group_name = " + mark);
            if (one.status == 200) CHECK_MESSAGE(count == 1, "an answered write is not there: ", one.key);
            else CHECK_MESSAGE(count <= 1, "a write is there twice: ", one.key);
            if (!is_task)
                CHECK(
                    copy.count("SELECT COUNT(*) FROM advice_items a JOIN visits v ON v.id = a.visit_id WHERE "
                               "v.group_name = " +
                               mark) == 3 * count);
            ++(one.status == 200 ? answered : unanswered);
            // The same key again: what was answered comes again, what was not is done once now.
            const auto repeated = client.ask("POST", one.path, one.body, {{"Idempotency-Key", one.key}});
            CHECK(repeated.status == 200);
            if (one.status == 200) CHECK(repeated.body == one.answer);
        }
        CHECK(answered >= 300);
        CHECK(unanswered >= 1);
        const auto total = static_cast<std::int64_t>(sent.size());
        CHECK(copy.count("SELECT COUNT(*) FROM tasks WHERE title LIKE 'kill %'") +
                  copy.count("SELECT COUNT(*) FROM visits WHERE group_name LIKE 'kill %'") ==
              total);
        CHECK(
            copy.count(
                "SELECT COUNT(*) FROM audit_entries WHERE action IN ('task.assigned', 'visit.recorded') AND "
                "detail LIKE '%kill %'") == total);
        // Another request under a key that was used is refused.
        CHECK(client.ask("POST", "/api/tasks", sent[1].body, {{"Idempotency-Key", sent[0].key}}).status ==
              422);
        CHECK(client
                  .ask("POST", "/api/tasks", request_of(sample.names(), 9, 0).body,
                       {{"Idempotency-Key", sent[0].key}})
                  .status == 409);
        again.send(SIGTERM);
        CHECK(again.wait() == 0);
        std::vector<std::string> verify{"audit", "verify"};
        verify.insert(verify.end(), copy.options().begin(), copy.options().end());
        const auto verdict = run_program(GROUNDWORK_PROGRAM, verify);
        CHECK_MESSAGE(verdict.code == 0, verdict.errors);
    });
}

}  // namespace gw::test
