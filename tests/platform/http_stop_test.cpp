// How the server starts listening and how it stops.
#include <doctest/doctest.h>

#include <chrono>

#include "platform/http_running_server.h"
#include "support/raw_http.h"

using gw::http::Server;
using gw::http::ServerConfig;
using gw::testing::comes_true;
using gw::testing::longest_wait;
using gw::testing::RawClient;
using gw::testing::RunningServer;

namespace {

const std::string hello = "GET /hello HTTP/1.1\r\nHost: test\r\n\r\n";
const std::string wait = "GET /wait HTTP/1.1\r\nHost: test\r\n\r\n";

std::string why_not(const ServerConfig& config) {
    try {
        Server server(config, {});
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("a second server on the same port fails and says why") {
    RunningServer server;
    ServerConfig config;
    config.port = server.port();
    const std::string reason = why_not(config);
    CHECK(reason.find("127.0.0.1 port " + std::to_string(server.port())) != std::string::npos);
    CHECK(reason.find("in use") != std::string::npos);
    RawClient client(server.port());
    CHECK(client.ask(hello).status == 200);
}

TEST_CASE("an address that is not one or not ours is refused") {
    ServerConfig config;
    config.port = 0;
    config.address = "somewhere";
    CHECK(why_not(config).find("somewhere") != std::string::npos);
    config.address = "192.0.2.1";
    CHECK(why_not(config).find("192.0.2.1") != std::string::npos);
}

TEST_CASE("a server without I/O threads is refused") {
    ServerConfig config;
    config.port = 0;
    config.io_threads = 0;
    CHECK(why_not(config).find("thread") != std::string::npos);
}

TEST_CASE("stopping closes idle connections at once and takes no new ones") {
    ServerConfig config;
    config.drain_seconds = 600;
    config.idle_seconds = 600;
    config.header_seconds = 600;
    RunningServer server(config);
    RawClient fresh(server.port());
    RawClient used(server.port());
    CHECK(used.ask(hello).status == 200);
    const auto start = std::chrono::steady_clock::now();
    server.stop();
    CHECK(std::chrono::steady_clock::now() - start < longest_wait);
    CHECK(fresh.ends());
    CHECK(used.ends());
    bool refused = false;
    try {
        RawClient late(server.port());
    } catch (const std::runtime_error&) {
        refused = true;
    }
    CHECK(refused);
}

TEST_CASE("stopping waits for running requests and answers them") {
    RunningServer server;
    RawClient client(server.port());
    RawClient uploading(server.port());
    client.send(wait);
    // The invitation to send the body shows that the server has begun to read the request.
    const auto invited = uploading.ask(
        "POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    CHECK(invited.status == 100);
    uploading.send("bo");
    REQUIRE(comes_true([&] { return server.count_waiting() == 1; }));
    server.server().stop();
    server.server().stop();
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    CHECK_FALSE(server.has_ended());
    const auto uploaded = uploading.ask("dy");
    CHECK(uploaded.body == "POST /echo  body");
    CHECK(uploaded.header("Connection") == "close");
    server.take_waiting().front()(RunningServer::text("still answered"));
    const auto response = client.read_response();
    CHECK(response.body == "still answered");
    CHECK(response.header("Connection") == "close");
    CHECK(client.ends());
    CHECK(comes_true([&] { return server.has_ended(); }));
}

TEST_CASE("stopping does not wait for ever, and an answer after the end is dropped") {
    ServerConfig config;
    config.drain_seconds = 1;
    RunningServer server(config);
    RawClient client(server.port());
    client.send(wait);
    REQUIRE(comes_true([&] { return server.count_waiting() == 1; }));
    const auto start = std::chrono::steady_clock::now();
    server.stop();
    CHECK(std::chrono::steady_clock::now() - start > std::chrono::milliseconds(900));
    CHECK(std::chrono::steady_clock::now() - start < longest_wait);
    SUBCASE("after run() has ended") { server.take_waiting().front()(RunningServer::text("too late")); }
    SUBCASE("after the server has gone") {
        server.destroy();
        server.take_waiting().front()(RunningServer::text("much too late"));
    }
    SUBCASE("never") { server.destroy(); }
    server.destroy();
    CHECK(client.ends());
}

TEST_CASE("a server stopped before it runs does not run") {
    ServerConfig config;
    config.port = 0;
    Server server(config, {});
    server.stop();
    server.run();
    CHECK(server.connections() == 0);
}

TEST_CASE("a server that never runs can be thrown away") {
    ServerConfig config;
    config.port = 0;
    Server server(config, {});
    RawClient client(server.port());
    CHECK(server.port() != 0);
}

TEST_CASE("stopping in the middle of much traffic loses no answer that was promised") {
    for (int round = 0; round < 5; ++round) {
        RunningServer server;
        std::atomic<int> halves = 0;
        // Connected before the traffic begins: a busy machine may stop the server before a thread gets its
        // turn.
        std::vector<std::unique_ptr<RawClient>> connections;
        for (int number = 0; number < 6; ++number)
            connections.push_back(std::make_unique<RawClient>(server.port()));
        std::vector<std::thread> clients;
        for (const auto& connection : connections)
            clients.emplace_back([&client = *connection, &halves] {
                const std::string later = "GET /later HTTP/1.1\r\nHost: test\r\n\r\n";
                while (true) {
                    const auto response = client.ask(later);
                    if (response.status == 0) return;
                    if (response.body != "later") ++halves;
                    if (response.header("Connection") == "close") return;
                }
            });
        std::this_thread::sleep_for(std::chrono::milliseconds(30));
        server.stop();
        for (auto& client : clients) client.join();
        CHECK(halves == 0);
        CHECK(server.server().connections() == 0);
    }
}
