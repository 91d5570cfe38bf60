// The built program as people run it: it starts, answers, ends, and says what is wrong.
#include <doctest/doctest.h>
#include <signal.h>

#include <atomic>
#include <boost/json.hpp>
#include <chrono>
#include <functional>
#include <future>
#include <thread>

#include "platform/db/connection.h"
#include "sample/sample.h"
#include "sample_for_routes.h"
#include "support/served_program.h"
#include "support/tls_for_test.h"

namespace gw::test {
namespace {

using testing::RawClient;
using testing::RawResponse;

const char* const security_header_names[] = {"Content-Security-Policy", "X-Content-Type-Options",
                                             "Referrer-Policy", "Permissions-Policy",
                                             "Cross-Origin-Opener-Policy"};

void check_security_headers(const RawResponse& answer, const std::string& what) {
    for (const char* name : security_header_names)
        CHECK_MESSAGE(!answer.header(name).empty(), what, " has no ", name);
}

void for_each_copy(const std::function<void(const SampleForRoutes::Copy&)>& body) {
    for_each_database([&](Dialect dialect) { body(SampleForRoutes::Copy(SampleForRoutes::on(dialect))); });
}

// A command with the options that name the store.
std::vector<std::string> command(const SampleForRoutes::Copy& copy, std::vector<std::string> words) {
    words.insert(words.end(), copy.options().begin(), copy.options().end());
    return words;
}

}  // namespace

TEST_CASE("the program starts on a free port, says it is ready and describes itself") {
    for_each_copy([](const SampleForRoutes::Copy& copy) {
        ServedProgram program(GROUNDWORK_PROGRAM, copy.options());
        ApiClient client(program.port());
        const auto ready = client.ask("GET", "/healthz");
        CHECK(ready.status == 200);
        CHECK(ready.body == R"({"status":"ready"})");
        const auto page = boost::json::parse(client.ask("GET", "/api/openapi.json").body);
        CHECK(page.at("openapi").as_string() == "3.1.0");
        CHECK(page.at("paths").as_object().size() > 50);
    });
}

TEST_CASE("every kind of answer carries the headers that protect the browser") {
    const SampleForRoutes::Copy copy(SampleForRoutes::on(Dialect::sqlite));
    ServedProgram program(GROUNDWORK_PROGRAM, copy.options());
    ApiClient client(program.port());
    REQUIRE(client.sign_in("thuky", sample::password) == 200);
    const std::pair<const char*, int> asked[] = {{"/healthz", 200},
                                                 {"/api/session", 200},
                                                 {"/api/members", 200},
                                                 {"/api/members/table.csv", 200},
                                                 {"/api/nowhere", 404},
                                                 {"/api/reviews", 403},
                                                 {"/api/members?limit=x", 422}};
    for (const auto& [path, status] : asked) {
        const auto answer = client.ask("GET", path);
        CHECK_MESSAGE(answer.status == status, path, ": ", answer.body);
        check_security_headers(answer, path);
        CHECK_MESSAGE(answer.header("Cache-Control") == "no-store", path);
    }
    check_security_headers(client.ask("GET", "/"), "the page");
    check_security_headers(client.ask("GET", "/assets/none.js"), "a file that is not there");
    check_security_headers(client.ask("DELETE", "/api/members"), "a wrong verb");
    check_security_headers(ApiClient(program.port()).ask("GET", "/api/members"), "a stranger's request");
    RawClient unreadable(program.port());
    const auto refused = unreadable.ask("GET / HTTP/1.1\r\nBad Header\r\n\r\n");
    CHECK(refused.status == 400);
    check_security_headers(refused, "an unreadable request");
    ApiClient large(program.port());
    const auto too_large = large.ask("POST", "/api/session", std::string(300'000, ' '));
    CHECK(too_large.status == 413);
    check_security_headers(too_large, "a body that is too large");
}

TEST_CASE("a change is refused without the app's header, from another site, and without a session") {
    const SampleForRoutes::Copy copy(SampleForRoutes::on(Dialect::sqlite));
    ServedProgram program(GROUNDWORK_PROGRAM, copy.options());
    const std::string body = R"({"user_name":"thuky","password":")" + std::string(sample::password) + "\"}";
    const auto sign_in = [&](const std::string& headers) {
        return RawClient(program.port())
            .ask("POST /api/session HTTP/1.1\r\nHost: localhost\r\n" + headers +
                 "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    };
    CHECK(sign_in("").status == 403);
    CHECK(sign_in("X-Groundwork: 1\r\nOrigin: https://elsewhere.example\r\n").status == 403);
    CHECK(sign_in("X-Groundwork: 1\r\nSec-Fetch-Site: cross-site\r\n").status == 403);
    const auto accepted =
        sign_in("X-Groundwork: 1\r\nOrigin: http://localhost\r\nSec-Fetch-Site: same-origin\r\n");
    CHECK(accepted.status == 200);
    const std::string cookie = accepted.header("Set-Cookie");
    CHECK(cookie.find("HttpOnly") != cookie.npos);
    CHECK(cookie.find("SameSite=Strict") != cookie.npos);
}

TEST_CASE("with a certificate the program speaks TLS and its cookies are marked secure") {
    const SampleForRoutes::Copy copy(SampleForRoutes::on(Dialect::sqlite));
    const testing::SelfSigned made;
    auto options = copy.options();
    options.insert(options.end(),
                   {"--tls_certificate", made.certificate_path, "--tls_private_key", made.key_path});
    ServedProgram program(GROUNDWORK_PROGRAM, options);
    testing::TlsClient client(program.port());
    REQUIRE(client.is_connected());
    const std::string body = R"({"user_name":"thuky","password":")" + std::string(sample::password) + "\"}";
    client.send("POST /api/session HTTP/1.1\r\nHost: localhost\r\nX-Groundwork: 1\r\nContent-Length: " +
                std::to_string(body.size()) + "\r\n\r\n" + body);
    const std::string answer = client.read(1);
    CHECK(answer.find("HTTP/1.1 200") == 0);
    CHECK(answer.find("; Secure") != answer.npos);
    CHECK(answer.find("Strict-Transport-Security: ") != answer.npos);
    program.send(SIGTERM);
    CHECK(program.wait() == 0);
    options.back() = "/nowhere.key";
    CHECK(errors_of_start(options).find("cannot use the private key /nowhere.key") != std::string::npos);
}

TEST_CASE("SIGTERM lets a running request finish, then the program ends well") {
    for_each_copy([](const SampleForRoutes::Copy& copy) {
        // Signing in hashes a password, two at a time: when the first has its answer, others are in the
        // middle; if not at once then in a later round.
        bool was_in_the_middle = false;
        for (int round = 0; round < 20 && !was_in_the_middle; ++round) {
            ServedProgram program(GROUNDWORK_PROGRAM, copy.options());
            std::vector<std::future<int>> running;
            std::atomic<int> answered = 0;
            for (int i = 0; i < 8; ++i)
                running.push_back(std::async(std::launch::async, [&] {
                    const int status = ApiClient(program.port()).sign_in("thuky", sample::password);
                    ++answered;
                    return status;
                }));
            CHECK(testing::comes_true([&] { return answered > 0; }));
            program.send(SIGTERM);
            std::vector<bool> was_running;
            for (const auto& request : running)
                was_running.push_back(request.wait_for(std::chrono::seconds(0)) != std::future_status::ready);
            for (std::size_t i = 0; i < running.size(); ++i) {
                const int status = running[i].get();
                CHECK_MESSAGE((status == 200 || status == 0), "answered ",
                              status);  // 0: came after the signal
                if (status == 200 && was_running[i]) was_in_the_middle = true;
            }
            CHECK(program.wait() == 0);
            CHECK(ApiClient(program.port()).ask("GET", "/healthz").status == 0);
        }
        CHECK(was_in_the_middle);
    });
}

TEST_CASE("a second program on the same folder or port says what is in its way") {
    const SampleForRoutes::Copy copy(SampleForRoutes::on(Dialect::sqlite));
    ServedProgram program(GROUNDWORK_PROGRAM, copy.options());
    CHECK(errors_of_start(copy.options()).find("another Groundwork serves the folder") != std::string::npos);
    const FolderForTest other;
    const auto outcome =
        run_program(GROUNDWORK_PROGRAM, {"serve", "--data", other.path(), "--share", GROUNDWORK_SOURCE_DIR,
                                         "--http_port", std::to_string(program.port())});
    CHECK(outcome.code == 1);
    CHECK(outcome.errors.find("cannot listen on 127.0.0.1 port " + std::to_string(program.port())) !=
          std::string::npos);
}

TEST_CASE("what a serving program keeps in memory is not changed behind its back") {
    for_each_copy([](const SampleForRoutes::Copy& copy) {
        const FolderForTest files;
        files.write("units.csv", "Code,Name,Kind,Code of the unit above\n02263-99,Khau Phiêng,cell,02263\n");
        const std::vector<std::string> import{"import", "--subject", "units", files.file("units.csv")};
        const std::vector<std::string> found{"found", GROUNDWORK_SOURCE_DIR "/foundings/scouts.json"};
        ServedProgram program(GROUNDWORK_PROGRAM, copy.options());
        for (const auto& words : {import, found, std::vector<std::string>{"fill"}}) {
            const auto refused = run_program(GROUNDWORK_PROGRAM, command(copy, words));
            CHECK(refused.code == 1);
            CHECK_MESSAGE(refused.errors.find("stop it first") != std::string::npos, words[0], ": ",
                          refused.errors);
        }
        program.send(SIGTERM);
        CHECK(program.wait() == 0);
        const auto brought_in = run_program(GROUNDWORK_PROGRAM, command(copy, import));
        CHECK_MESSAGE(brought_in.code == 0, brought_in.output, brought_in.errors);
    });
}

TEST_CASE("a store of a newer program is refused with a sentence") {
    for_each_copy([](const SampleForRoutes::Copy& copy) {
        copy.run_sql(
            "INSERT INTO schema_migrations (number, name, checksum, applied_at) VALUES (9999, '9999_later', "
            "'x', "
            "0)");
        const std::string errors = errors_of_start(copy.options());
        CHECK(errors.find("written by a newer Groundwork") != std::string::npos);
        CHECK(errors.find("9999_later") != std::string::npos);
    });
}

TEST_CASE("settings that nobody knows or understands stop the start and are named") {
    const FolderForTest folder;
    folder.write("settings.toml", "http_prot = 8080\nworker_threads = \"many\"\n");
    const auto outcome = run_program(GROUNDWORK_PROGRAM, {"serve", "--config", folder.file("settings.toml")});
    CHECK(outcome.code != 0);
    CHECK(outcome.errors.find("http_prot") != std::string::npos);
    CHECK(outcome.errors.find("worker_threads") != std::string::npos);
    CHECK(run_program(GROUNDWORK_PROGRAM, {"serve", "--http_prot", "1"}).code == 2);
    CHECK(run_program(GROUNDWORK_PROGRAM, {"dance"}).code == 2);
}

TEST_CASE("a program that cannot do the work of the day at once does it later, and goes on") {
    const SampleForRoutes& sample = SampleForRoutes::on(Dialect::sqlite);
    const SampleForRoutes::Copy copy(sample);
    ServedProgram program(GROUNDWORK_PROGRAM, copy.options());
    ApiClient client(program.port());
    REQUIRE(client.sign_in("quantri", sample::password) == 200);
    // A cell moves to another commune, which then owes the answers to its obstacles.
    const std::string moving =
        filled(R"({"parent_id":"{commune_elsewhere}","effective_on":"2024-12-16","decision_number":"14-QĐ"})",
               sample.names());
    REQUIRE(client.ask("POST", filled("/api/units/{na_lung}/moving", sample.names()), moving).status == 200);
    const auto holder = open_sqlite(copy.file(), SqliteUse::write);
    holder->script("BEGIN IMMEDIATE");
    const auto wait_until = [](const std::function<bool()>& is_so) {
        for (int tenths = 0; tenths < 900; ++tenths) {
            if (is_so()) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
        return false;
    };
    CHECK(wait_until([&] { return program.log().find("\"event\":\"day\"") != std::string::npos; }));
    holder->script("ROLLBACK");
    CHECK(wait_until(
        [&] { return copy.count("SELECT COUNT(*) FROM obstacle_steps WHERE act = 'hand_over'") > 0; }));
    CHECK(client.ask("GET", "/api/session").status == 200);
    program.send(SIGTERM);
    CHECK(program.wait() == 0);
}

TEST_CASE("audit verify finds one byte changed in the store") {
    for_each_copy([](const SampleForRoutes::Copy& copy) {
        const auto verify = [&] {
            return run_program(GROUNDWORK_PROGRAM, command(copy, {"audit", "verify"}));
        };
        const auto whole = verify();
        CHECK(whole.code == 0);
        CHECK(whole.output.find("The audit trail is whole") != std::string::npos);
        copy.run_sql("UPDATE audit_entries SET actor_name = 'x' || SUBSTR(actor_name, 2) WHERE position = 2");
        const auto broken = verify();
        CHECK(broken.code == 2);
        CHECK(broken.errors.find("broken at position 2") != std::string::npos);
    });
}

TEST_CASE("a backup made while the program runs is a store that can be served") {
    const SampleForRoutes::Copy copy(SampleForRoutes::on(Dialect::sqlite));
    const FolderForTest other;
    std::string written;
    {
        ServedProgram program(GROUNDWORK_PROGRAM, copy.options());
        ApiClient client(program.port());
        REQUIRE(client.sign_in("thuky", sample::password) == 200);
        written = client.ask("GET", "/api/members?limit=200").body;
        const auto outcome =
            run_program(GROUNDWORK_PROGRAM, command(copy, {"backup", other.file("groundwork.db")}));
        CHECK_MESSAGE(outcome.code == 0, outcome.errors);
    }
    ServedProgram restored(GROUNDWORK_PROGRAM, {"--data", other.path(), "--share", GROUNDWORK_SOURCE_DIR,
                                                "--today", sample::today, "--log_level", "error"});
    ApiClient client(restored.port());
    REQUIRE(client.sign_in("thuky", sample::password) == 200);
    CHECK(client.ask("GET", "/api/members?limit=200").body == written);
}

TEST_CASE("an account added at the shell signs in") {
    for_each_copy([](const SampleForRoutes::Copy& copy) {
        const auto add = [&](const std::string& name, const std::string& password, const std::string& unit) {
            return run_program(GROUNDWORK_PROGRAM,
                               command(copy, {"accounts", "add", name, "--full_name", "Nông Thị Sáu",
                                              "--unit", unit, "--role", "member"}),
                               password + "\n");
        };
        ServedProgram program(GROUNDWORK_PROGRAM, copy.options());
        CHECK(add("sau.nong", "mountain path 24", "02263-04").code == 0);
        ApiClient client(program.port());
        CHECK(client.sign_in("sau.nong", "mountain path 24") == 200);
        CHECK(client.ask("GET", "/api/members").status == 200);
        const auto short_password = add("bay.nong", "short", "02263-04");
        CHECK(short_password.code == 2);
        CHECK(short_password.errors.find("refused: password: ") != std::string::npos);
        CHECK(add("tam.nong", "mountain path 24", "nowhere").code == 2);
        CHECK(add("thuky", "mountain path 24", "02263-04").code == 2);
    });
}

}  // namespace gw::test
