// The same server over TLS, with a certificate made for the test.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "platform/http_running_server.h"
#include "support/tls_for_test.h"

using gw::http::Server;
using gw::http::ServerConfig;
using gw::testing::comes_true;
using gw::testing::RawClient;
using gw::testing::RunningServer;
using gw::testing::SelfSigned;
using gw::testing::TlsClient;

namespace {

ServerConfig config_with(const SelfSigned& files) {
    ServerConfig config;
    config.certificate = files.certificate_path;
    config.private_key = files.key_path;
    return config;
}

ServerConfig impatient_config_with(const SelfSigned& files) {
    ServerConfig config = config_with(files);
    config.header_seconds = 1;
    return config;
}

const std::string hello = "GET /hello HTTP/1.1\r\nHost: test\r\n\r\n";

std::string why_not(const ServerConfig& config) {
    try {
        Server server(config, {});
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("requests are answered over TLS, and the application can tell") {
    const SelfSigned files;
    RunningServer server(config_with(files));
    TlsClient client(server.port());
    REQUIRE(client.is_connected());
    CHECK(client.version() == "TLSv1.3");
    for (int turn = 0; turn < 2; ++turn) {
        client.send(hello);
        CHECK(client.read(1).find("200 OK") != std::string::npos);
    }
    REQUIRE(server.requests().size() == 2);
    CHECK(server.requests()[0].secure);
}

TEST_CASE("a long body arrives whole over TLS") {
    const SelfSigned files;
    RunningServer server(config_with(files));
    TlsClient client(server.port());
    client.send("GET /large HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
    CHECK(client.read(10'000'000).ends_with("\r\n\r\n" + RunningServer::large_body()));
    CHECK(client.ended_properly());
}

TEST_CASE("an upload arrives whole over TLS") {
    const SelfSigned files;
    RunningServer server(config_with(files));
    TlsClient client(server.port());
    client.send("POST /upload HTTP/1.1\r\nHost: test\r\nContent-Length: 3000000\r\n\r\n");
    client.send(std::string(3'000'000, 'x'));
    CHECK(client.read(1).ends_with("\r\n\r\n3000000"));
}

TEST_CASE("a refusal is readable over TLS although the client goes on sending") {
    const SelfSigned files;
    RunningServer server(config_with(files));
    TlsClient client(server.port());
    client.send("POST /upload HTTP/1.1\r\nHost: test\r\nContent-Length: 9000000\r\n\r\n");
    client.send(std::string(2'000'000, 'x'));
    const std::string response = client.read(100'000);
    CHECK(response.starts_with("HTTP/1.1 413 "));
    CHECK(response.ends_with("trouble 413"));
    CHECK(client.ended_properly());
}

TEST_CASE("a slow header gets 408 over TLS") {
    const SelfSigned files;
    RunningServer server(impatient_config_with(files));
    TlsClient client(server.port());
    client.send("GET /hello HT");
    CHECK(client.read(100'000).starts_with("HTTP/1.1 408 "));
}

TEST_CASE("versions before TLS 1.2 are refused") {
    const SelfSigned files;
    RunningServer server(config_with(files));
    CHECK(TlsClient(server.port(), TLS1_2_VERSION).is_connected());
    CHECK_FALSE(TlsClient(server.port(), TLS1_1_VERSION).is_connected());
    CHECK_FALSE(TlsClient(server.port(), TLS1_VERSION).is_connected());
}

TEST_CASE("plain HTTP on the TLS port, and a client that never shakes hands, are let go") {
    const SelfSigned files;
    RunningServer server(impatient_config_with(files));
    RawClient plain(server.port());
    plain.send(hello);
    CHECK(plain.read_to_end().find("200") == std::string::npos);
    RawClient silent(server.port());
    CHECK(silent.ends());
    CHECK(comes_true([&] { return server.server().connections() == 0; }));
    CHECK(server.answered() == 0);
}

TEST_CASE("a TLS client cut off while its answer is made does no harm") {
    const SelfSigned files;
    RunningServer server(config_with(files));
    TlsClient client(server.port());
    client.send("GET /wait HTTP/1.1\r\nHost: test\r\n\r\n");
    REQUIRE(comes_true([&] { return server.count_waiting() == 1; }));
    client.cut();
    server.take_waiting().front()(RunningServer::text(RunningServer::large_body()));
    CHECK(comes_true([&] { return server.server().connections() == 0; }));
}

TEST_CASE("stopping says goodbye to idle TLS clients") {
    const SelfSigned files;
    RunningServer server(config_with(files));
    TlsClient client(server.port());
    client.send(hello);
    CHECK(client.read(1).find("200 OK") != std::string::npos);
    server.server().stop();
    CHECK(client.ended_properly());
}

TEST_CASE("a certificate or key that cannot be used is named at the start") {
    const SelfSigned files;
    ServerConfig config = config_with(files);
    config.port = 0;
    config.private_key = "/nonexistent/key";
    CHECK(why_not(config).find("/nonexistent/key") != std::string::npos);
    config.private_key = files.key_path;
    config.certificate = files.key_path;
    CHECK(why_not(config).find(files.key_path) != std::string::npos);
    config.certificate.clear();
    CHECK(why_not(config).find("both") != std::string::npos);
}
