// What the server answers to well-formed and malformed requests.
#include "platform/http/server.h"

#include <doctest/doctest.h>

#include <cstdio>
#include <fstream>

#include "platform/http_running_server.h"
#include "support/raw_http.h"

using gw::testing::comes_true;
using gw::testing::RawClient;
using gw::testing::RawResponse;
using gw::testing::RunningServer;

namespace {

std::string get(std::string_view path) {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: test\r\n\r\n";
}

std::string post(std::string_view path, std::string_view body) {
    return "POST " + std::string(path) +
           " HTTP/1.1\r\nHost: test\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           std::string(body);
}

}  // namespace

TEST_CASE("a request is answered and the connection stays open for the next") {
    RunningServer server;
    RawClient client(server.port());
    for (int turn = 0; turn < 3; ++turn) {
        const RawResponse response = client.ask(get("/hello"));
        CHECK(response.status == 200);
        CHECK(response.body == "hello");
        CHECK(response.head.starts_with("HTTP/1.1 200 OK\r\n"));
        CHECK(response.header("Content-Type") == "text/plain");
        CHECK(response.header("Content-Length") == "5");
        CHECK(response.header("Date").ends_with(" GMT"));
        CHECK(response.header("Connection").empty());
        CHECK(response.header("Server").empty());
    }
}

TEST_CASE("method, path, query, body, address and id reach the application") {
    RunningServer server;
    RawClient client(server.port());
    CHECK(client.ask(post("/echo?a=%201&b", "body")).body == "POST /echo a=%201&b body");
    CHECK(client.ask(post("/echo", "x")).body == "POST /echo  x");
    const auto requests = server.requests();
    REQUIRE(requests.size() == 2);
    CHECK(requests[0].remote_address == "127.0.0.1");
    CHECK_FALSE(requests[0].secure);
    CHECK(requests[0].header("content-length") == "4");
    CHECK(requests[0].id.size() == 13);
    CHECK(requests[0].id.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ") == std::string::npos);
    CHECK(requests[0].id != requests[1].id);
}

TEST_CASE("pipelined requests are answered one after the other in their order") {
    RunningServer server;
    RawClient client(server.port());
    client.send(get("/wait") + get("/later") + post("/echo", "third"));
    REQUIRE(comes_true([&] { return server.count_waiting() == 1; }));
    CHECK(server.answered() == 1);
    server.take_waiting().front()(RunningServer::text("first"));
    CHECK(client.read_response().body == "first");
    CHECK(client.read_response().body == "later");
    CHECK(client.read_response().body == "POST /echo  third");
}

TEST_CASE("a request may arrive byte by byte") {
    RunningServer server;
    RawClient client(server.port());
    for (const char byte : post("/echo", "slowly")) client.send(std::string_view(&byte, 1));
    CHECK(client.read_response().body == "POST /echo  slowly");
}

TEST_CASE("a chunked body is put together and its trailer is not taken for headers") {
    RunningServer server;
    RawClient client(server.port());
    const auto response = client.ask(
        "POST /echo HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3\r\none\r\n4;extension=1\r\n two\r\n0\r\nCookie: session=stolen\r\n\r\n");
    CHECK(response.body == "POST /echo  one two");
    REQUIRE(server.requests().size() == 1);
    CHECK(server.requests()[0].cookie("session").empty());
    CHECK(client.ask(get("/hello")).body == "hello");
}

TEST_CASE("the connection is closed when the client asks for it") {
    RunningServer server;
    RawClient client(server.port());
    const auto response = client.ask("GET /hello HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
    CHECK(response.status == 200);
    CHECK(response.header("Connection") == "close");
    CHECK(client.ends());
}

TEST_CASE("HTTP/1.0 is answered and closed, or kept open when asked") {
    RunningServer server;
    RawClient once(server.port());
    CHECK(once.ask("GET /hello HTTP/1.0\r\n\r\n").header("Connection") == "close");
    CHECK(once.ends());
    RawClient kept(server.port());
    CHECK(kept.ask("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").header("Connection") ==
          "keep-alive");
    CHECK(kept.ask(get("/hello")).status == 200);
}

TEST_CASE("HEAD gets the length but no body") {
    RunningServer server;
    server.file_path = GROUNDWORK_SOURCE_DIR "/README.md";
    server.file_length = 10;
    RawClient client(server.port());
    for (const char* path : {"/hello", "/file"}) {
        client.send("HEAD " + std::string(path) + " HTTP/1.1\r\nHost: test\r\n\r\n");
        const auto response = client.read_response(true);
        CHECK(response.status == 200);
        CHECK(response.header("Content-Length") == (std::string(path) == "/file" ? "10" : "5"));
    }
    CHECK(client.ask(get("/hello")).body == "hello");
}

TEST_CASE("204 has neither length nor body") {
    RunningServer server;
    RawClient client(server.port());
    const auto response = client.ask(get("/nothing"));
    CHECK(response.status == 204);
    CHECK(response.header("Content-Length").empty());
    CHECK(client.ask(get("/hello")).body == "hello");
}

TEST_CASE("a long body and a long file arrive whole") {
    const std::string expected = RunningServer::large_body();
    const std::string path = "/tmp/gw_http_large_" + std::to_string(::getpid());
    std::ofstream(path, std::ios::binary) << expected;
    RunningServer server;
    server.file_path = path;
    server.file_length = expected.size();
    RawClient client(server.port());
    CHECK(client.ask(get("/large")).body == expected);
    CHECK(client.ask(get("/file")).body == expected);
    CHECK(client.ask(get("/hello")).body == "hello");
    std::remove(path.c_str());
}

TEST_CASE("a file that is missing or shorter than promised becomes trouble, not half an answer") {
    RunningServer server;
    RawClient client(server.port());
    server.file_path = "/nonexistent/file";
    CHECK(client.ask(get("/file")).status == 500);
    server.file_path = GROUNDWORK_SOURCE_DIR "/README.md";
    server.file_length = 10'000'000;
    CHECK(client.ask(get("/file")).status == 500);
    CHECK(client.ask(get("/hello")).body == "hello");
}

TEST_CASE("a client that asks first is told to go on, or refused without sending") {
    RunningServer server;
    RawClient client(server.port());
    client.send("POST /echo HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
    CHECK(client.read_response().status == 100);
    CHECK(client.ask("body").body == "POST /echo  body");
    const auto refused = client.ask(
        "POST /echo HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: 5000\r\n\r\n");
    CHECK(refused.status == 413);
    CHECK(client.ends());
}

TEST_CASE("line breaks in a response's headers do not start new ones") {
    RunningServer server;
    RawClient client(server.port());
    const auto response = client.ask(get("/split"));
    CHECK(response.body == "one");
    CHECK(response.header("X-First").empty());
    CHECK(response.header("X-Second").empty());
    CHECK(response.header("X-Third").empty());
    CHECK(response.header("Content-Length") == "3");
    CHECK(response.header("Content-Type") == "text/plainX-First: injected");
}

TEST_CASE("what cannot be understood gets a readable 400 and the end of the connection") {
    const std::string head = "POST /echo HTTP/1.1\r\nHost: test\r\n";
    const std::vector<std::string> bad = {
        "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 not http\r\n\r\n",
        "GET\r\n\r\n",
        "GET /hello\r\n\r\n",
        "GET /hello HTTP/2.0\r\nHost: test\r\n\r\n",
        "GET /hello HTTP/1.1\nHost: test\n\n\r\n\r\n",
        "GET hello HTTP/1.1\r\nHost: test\r\n\r\n",
        "CONNECT other:443 HTTP/1.1\r\nHost: test\r\n\r\n",
        "GET * HTTP/1.1\r\nHost: test\r\n\r\n",
        "GET /hello HTTP/1.1\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: test\r\nHost: other\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: test\r\nBad Name: x\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost : test\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: test\r\nX: a\rb\r\n\r\n",
        std::string("GET /hello HTTP/1.1\r\nHost: test\r\nX: a") + '\0' + "b\r\n\r\n",
        head + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        head + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        head + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nbody",
        head + "Content-Length: 4\r\nContent-Length: 4\r\n\r\nbody",
        head + "Content-Length: 4, 4\r\n\r\nbody",
        head + "Content-Length: +4\r\n\r\nbody",
        head + "Content-Length: -4\r\n\r\nbody",
        head + "Content-Length: 0x4\r\n\r\nbody",
        head + "Content-Length: 99999999999999999999999\r\n\r\nbody",
        head + "Transfer-Encoding: gzip\r\n\r\nGET /hello HTTP/1.1\r\nHost: test\r\n\r\n",
        head + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        head + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
        head + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        head + "Transfer-Encoding: chunked\r\n\r\nnot a size\r\n\r\n",
        head + "Transfer-Encoding: chunked\r\n\r\n3\r\nonetwo\r\n0\r\n\r\n",
        "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    };
    RunningServer server;
    for (const std::string& request : bad) {
        CAPTURE(request);
        RawClient client(server.port());
        const auto response = client.ask(request);
        CHECK(response.status == 400);
        CHECK(response.body == "trouble 400");
        CHECK(response.header("Connection") == "close");
        CHECK(response.header("X-Id").size() == 13);
        CHECK(client.ends());
    }
    CHECK(server.answered() == 0);
}

TEST_CASE("the absolute form of an address means its path") {
    RunningServer server;
    RawClient client(server.port());
    CHECK(client.ask(get("http://test/echo?a=1")).body == "GET /echo a=1 ");
    CHECK(client.ask(get("http://test")).body == "hello");
    CHECK(server.requests()[1].path == "/");
}

TEST_CASE("an answer that is lost or thrown away becomes 500") {
    RunningServer server;
    RawClient client(server.port());
    CHECK(client.ask(get("/lost")).body == "trouble 500");
    CHECK(client.ask(get("/throw")).body == "trouble 500");
    CHECK(client.ask(get("/hello")).body == "hello");
    CHECK(client.ask(post("/no-limit", "x")).body == "trouble 500");
    CHECK(client.ends());
}

TEST_CASE("only the first of two answers counts") {
    RunningServer server;
    RawClient client(server.port());
    client.send(get("/wait"));
    REQUIRE(comes_true([&] { return server.count_waiting() == 1; }));
    const auto respond = server.take_waiting().front();
    respond(RunningServer::text("first"));
    respond(RunningServer::text("second"));
    CHECK(client.read_response().body == "first");
    CHECK(client.ask(get("/hello")).body == "hello");
}

TEST_CASE("an answer to a client that has gone is dropped") {
    RunningServer server;
    for (const bool politely : {true, false}) {
        RawClient client(server.port());
        client.send(get("/wait"));
        REQUIRE(comes_true([&] { return server.count_waiting() == 1; }));
        if (politely) client.close();
        else client.reset();
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        server.take_waiting().front()(RunningServer::text(RunningServer::large_body()));
        CHECK(comes_true([&] { return server.server().connections() == 0; }));
    }
    RawClient client(server.port());
    CHECK(client.ask(get("/hello")).status == 200);
}

TEST_CASE("a client that has finished sending still gets its answer") {
    RunningServer server;
    RawClient client(server.port());
    client.send(get("/later"));
    client.half_close();
    CHECK(client.read_response().body == "later");
    CHECK(client.ends());
}

TEST_CASE("a client that breaks off in the middle of a request is let go in silence") {
    RunningServer server;
    for (const char* part :
         {"GET /hel", "POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 9\r\n\r\nabc", ""}) {
        RawClient client(server.port());
        client.send(part);
        client.half_close();
        CHECK(client.ends());
    }
    CHECK(server.answered() == 0);
}

TEST_CASE("many clients at once on several threads get their own answers") {
    gw::http::ServerConfig config;
    config.io_threads = 3;
    RunningServer server(config);
    std::atomic<int> right = 0;
    std::vector<std::thread> clients;
    for (int number = 0; number < 8; ++number)
        clients.emplace_back([&server, &right, number] {
            RawClient client(server.port());
            for (int turn = 0; turn < 50; ++turn) {
                const std::string body = std::to_string(number * 1000 + turn);
                if (client.ask(post("/echo", body)).body == "POST /echo  " + body) ++right;
                if (client.ask(get("/later")).body == "later") ++right;
            }
        });
    for (auto& client : clients) client.join();
    CHECK(right == 800);
}
