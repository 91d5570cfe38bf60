// Sizes, times and numbers the server holds clients to.
#include <doctest/doctest.h>
#include <poll.h>

#include <chrono>

#include "platform/http_running_server.h"
#include "support/raw_http.h"

using gw::http::ServerConfig;
using gw::testing::comes_true;
using gw::testing::longest_wait;
using gw::testing::RawClient;
using gw::testing::RunningServer;

namespace {

const std::string hello = "GET /hello HTTP/1.1\r\nHost: test\r\n\r\n";
const std::string chunked_echo = "POST /echo HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n";

ServerConfig impatient() {
    ServerConfig config;
    config.header_seconds = 1;
    config.body_seconds = 1;
    config.write_seconds = 1;
    config.idle_seconds = 1;
    return config;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Sends 20 bytes per second, for longer than anybody may wait, until the server answers; whether it did.
bool drips_until_answered(RawClient& client) {
    const auto end = std::chrono::steady_clock::now() + longest_wait;
    while (std::chrono::steady_clock::now() < end) {
        if (!client.send("x")) return false;
        pollfd readable{.fd = client.descriptor(), .events = POLLIN, .revents = 0};
        if (::poll(&readable, 1, 50) > 0) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("a body announced too large is refused before it is sent") {
    RunningServer server;
    RawClient client(server.port());
    const auto response = client.ask("POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 1001\r\n\r\n");
    CHECK(response.status == 413);
    CHECK(response.body == "trouble 413");
    CHECK(response.header("Connection") == "close");
    CHECK(client.ends());
    CHECK(server.answered() == 0);
}

TEST_CASE("a body of exactly the limit is accepted") {
    RunningServer server;
    RawClient client(server.port());
    const std::string body(1000, 'x');
    CHECK(client.ask("POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 1000\r\n\r\n" + body).status ==
          200);
    CHECK(client.ask(chunked_echo + "3e8\r\n" + body + "\r\n0\r\n\r\n").status == 200);
}

TEST_CASE("each route has its own limit") {
    RunningServer server;
    RawClient client(server.port());
    const std::string body(3'500'000, 'x');
    const std::string head = " HTTP/1.1\r\nHost: test\r\nContent-Length: 3500000\r\n\r\n";
    CHECK(client.ask("POST /upload" + head + body).body == "3500000");
    CHECK(client.ask("POST /echo" + head).status == 413);
}

TEST_CASE("a client that goes on sending a refused body can still read why") {
    RunningServer server;
    RawClient client(server.port());
    client.send("POST /upload HTTP/1.1\r\nHost: test\r\nContent-Length: 20000000\r\n\r\n");
    client.send(std::string(20'000'000, 'x'));
    CHECK(client.read_response().status == 413);
}

TEST_CASE("a chunked body is refused as soon as it passes the limit") {
    RunningServer server;
    const std::string kilobyte = "400\r\n" + std::string(1024, 'x') + "\r\n";
    for (const std::string& bomb : {
             kilobyte,
             std::string("ffffffff\r\n"),
             std::string("7fffffffffffffff\r\n"),
             "3e8\r\n" + std::string(1000, 'x') + "\r\n1\r\nx\r\n0\r\n\r\n",
         }) {
        RawClient client(server.port());
        CHECK(client.ask(chunked_echo + bomb).status == 413);
        CHECK(client.ends());
    }
    CHECK(server.answered() == 0);
}

TEST_CASE("chunks that are nearly all wrapping are refused") {
    RunningServer server;
    SUBCASE("a size line without end") {
        RawClient client(server.port());
        CHECK(client.ask(chunked_echo + "1;" + std::string(100'000, 'e')).status == 400);
    }
    SUBCASE("a trailer without end") {
        RawClient client(server.port());
        std::string trailer = "0\r\n";
        for (int line = 0; line < 5000; ++line) trailer += "X-Line: some value or other\r\n";
        CHECK(client.ask(chunked_echo + trailer).status == 400);
    }
    SUBCASE("a long extension on every byte") {
        RawClient client(server.port());
        const std::string chunk = "1;" + std::string(4000, 'e') + "\r\nx\r\n";
        std::string body;
        for (int count = 0; count < 900; ++count) body += chunk;
        CHECK(client.ask(chunked_echo + body).status == 400);
    }
    CHECK(server.answered() == 0);
}

TEST_CASE("a header over the limit gets a readable 431") {
    RunningServer server;
    for (const std::string& request : {
             "GET /" + std::string(20'000, 'a') + " HTTP/1.1\r\nHost: test\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: test\r\nX: " + std::string(20'000, 'a') + "\r\n\r\n",
             "GET /" + std::string(10'000, 'a') +
                 " HTTP/1.1\r\nHost: test\r\nX: " + std::string(10'000, 'a') + "\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: test\r\nX: " + std::string(500'000, 'a'),
         }) {
        RawClient client(server.port());
        const auto response = client.ask(request);
        CHECK(response.status == 431);
        CHECK(response.body == "trouble 431");
        CHECK(client.ends());
    }
    CHECK(server.answered() == 0);
    RawClient client(server.port());
    CHECK(client.ask("GET / HTTP/1.1\r\nHost: test\r\nX: " + std::string(15'000, 'a') + "\r\n\r\n").status ==
          200);
}

TEST_CASE("a header that comes too slowly gets 408") {
    RunningServer server(impatient());
    RawClient client(server.port());
    const auto start = std::chrono::steady_clock::now();
    SUBCASE("nothing more comes") { client.send("GET /hello HT"); }
    SUBCASE("it drips") {
        client.send("GET /");
        CHECK(drips_until_answered(client));
    }
    const auto response = client.read_response();
    CHECK(response.status == 408);
    CHECK(response.body == "trouble 408");
    CHECK(seconds_since(start) > 0.9);
    CHECK(client.ends());
}

TEST_CASE("a body that comes too slowly gets 408") {
    RunningServer server(impatient());
    RawClient client(server.port());
    const auto start = std::chrono::steady_clock::now();
    client.send("POST /upload HTTP/1.1\r\nHost: test\r\nContent-Length: 9000\r\n\r\n");
    SUBCASE("nothing more comes") { client.send("body"); }
    SUBCASE("it drips") { CHECK(drips_until_answered(client)); }
    CHECK(client.read_response().status == 408);
    CHECK(seconds_since(start) > 0.9);
    CHECK(client.ends());
    CHECK(server.answered() == 0);
}

TEST_CASE("a long body that comes steadily may take longer than a short one") {
    RunningServer server(impatient());
    RawClient client(server.port());
    // Each part earns much more time than it takes.
    client.send("POST /upload HTTP/1.1\r\nHost: test\r\nContent-Length: 600000\r\n\r\n");
    for (int part = 0; part < 15; ++part) {
        client.send(std::string(40'000, 'x'));
        std::this_thread::sleep_for(std::chrono::milliseconds(150));
    }
    CHECK(client.read_response().body == "600000");
}

TEST_CASE("idle connections are closed in silence") {
    RunningServer server(impatient());
    RawClient fresh(server.port());
    RawClient used(server.port());
    CHECK(used.ask(hello).status == 200);
    CHECK(fresh.ends());
    CHECK(used.ends());
}

TEST_CASE("a connection in use is not idle") {
    RunningServer server(impatient());
    RawClient client(server.port());
    client.send("GET /wait HTTP/1.1\r\nHost: test\r\n\r\n");
    REQUIRE(comes_true([&] { return server.count_waiting() == 1; }));
    std::this_thread::sleep_for(std::chrono::milliseconds(1600));
    server.take_waiting().front()(RunningServer::text("late"));
    CHECK(client.read_response().body == "late");
    CHECK(client.ask(hello).body == "hello");
}

TEST_CASE("a client that does not read its answer is let go") {
    RunningServer server(impatient());
    RawClient client(server.port(), 4096);
    std::string requests;
    for (int count = 0; count < 20; ++count) requests += "GET /large HTTP/1.1\r\nHost: test\r\n\r\n";
    client.send(requests);
    REQUIRE(comes_true([&] { return server.answered() > 0; }));
    CHECK(comes_true([&] { return server.server().connections() == 0; }));
    CHECK(server.answered() < 20);
}

TEST_CASE("connections over the cap are turned away, and let in again when there is room") {
    ServerConfig config;
    config.connections = 2;
    RunningServer server(config);
    RawClient first(server.port());
    RawClient second(server.port());
    CHECK(first.ask(hello).status == 200);
    CHECK(second.ask(hello).status == 200);
    RawClient third(server.port());
    CHECK(third.read_response().status == 503);
    CHECK(third.ends());
    CHECK(first.ask(hello).status == 200);
    first.close();
    REQUIRE(comes_true([&] { return server.server().connections() == 1; }));
    RawClient fourth(server.port());
    CHECK(fourth.ask(hello).status == 200);
}
