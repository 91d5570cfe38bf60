// The same server over TLS, with a certificate made for the test.
#include <doctest/doctest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

#include "platform/http_running_server.h"
#include "support/raw_http.h"

using gw::http::Server;
using gw::http::ServerConfig;
using gw::testing::comes_true;
using gw::testing::RawClient;
using gw::testing::RunningServer;

namespace {

template <auto release>
struct Release {
    template <class Object>
    void operator()(Object* object) const {
        release(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Release<X509_free>>;
using File = std::unique_ptr<std::FILE, Release<std::fclose>>;

// A key and a certificate signed with it, in two files that go away with this.
class SelfSigned {
public:
    SelfSigned() {
        const std::string base = "/tmp/gw_http_tls_" + std::to_string(::getpid());
        key_path = base + ".key";
        certificate_path = base + ".crt";
        const Key key(EVP_EC_gen("P-256"));
        const Certificate certificate(X509_new());
        X509_set_version(certificate.get(), 2);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
        X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
        X509_set_pubkey(certificate.get(), key.get());
        X509_NAME* name = X509_get_subject_name(certificate.get());
        const auto* host = reinterpret_cast<const unsigned char*>("localhost");
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, host, -1, -1, 0);
        X509_set_issuer_name(certificate.get(), name);
        X509_sign(certificate.get(), key.get(), EVP_sha256());
        const File key_file(std::fopen(key_path.c_str(), "w"));
        const File certificate_file(std::fopen(certificate_path.c_str(), "w"));
        PEM_write_PrivateKey(key_file.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
        PEM_write_X509(certificate_file.get(), certificate.get());
    }
    ~SelfSigned() {
        std::filesystem::remove(key_path);
        std::filesystem::remove(certificate_path);
    }
    SelfSigned(const SelfSigned&) = delete;
    SelfSigned& operator=(const SelfSigned&) = delete;

    ServerConfig config() const {
        ServerConfig config;
        config.certificate = certificate_path;
        config.private_key = key_path;
        config.header_seconds = 1;
        return config;
    }

    std::string key_path, certificate_path;
};

class TlsClient {
public:
    explicit TlsClient(unsigned short port, int newest_version = 0)
        : raw_(port), context_(SSL_CTX_new(TLS_client_method())) {
        SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
        SSL_CTX_set_security_level(context_.get(), 0);
        if (newest_version) SSL_CTX_set_max_proto_version(context_.get(), newest_version);
        ssl_.reset(SSL_new(context_.get()));
        SSL_set_fd(ssl_.get(), raw_.descriptor());
        connected_ = SSL_connect(ssl_.get()) == 1;
    }
    bool is_connected() const { return connected_; }
    std::string version() const { return SSL_get_version(ssl_.get()); }

    bool send(std::string_view bytes) {
        return SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())) > 0;
    }
    // Reads until the text has the given number of bytes, or until the end.
    std::string read(std::size_t wanted) {
        std::string text;
        std::array<char, 16 * 1024> block;
        while (text.size() < wanted) {
            const int count = SSL_read(ssl_.get(), block.data(), static_cast<int>(block.size()));
            if (count <= 0) break;
            text.append(block.data(), static_cast<std::size_t>(count));
        }
        return text;
    }
    // Whether the server has said goodbye, as opposed to the connection having been cut.
    bool ended_properly() {
        char byte = 0;
        const int count = SSL_read(ssl_.get(), &byte, 1);
        return SSL_get_error(ssl_.get(), count) == SSL_ERROR_ZERO_RETURN;
    }
    void cut() { raw_.reset(); }

private:
    RawClient raw_;
    std::unique_ptr<SSL_CTX, Release<SSL_CTX_free>> context_;
    std::unique_ptr<SSL, Release<SSL_free>> ssl_;
    bool connected_ = false;
};

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
    RunningServer server(files.config());
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
    RunningServer server(files.config());
    TlsClient client(server.port());
    client.send("GET /large HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
    CHECK(client.read(10'000'000).ends_with("\r\n\r\n" + RunningServer::large_body()));
    CHECK(client.ended_properly());
}

TEST_CASE("an upload arrives whole over TLS") {
    const SelfSigned files;
    RunningServer server(files.config());
    TlsClient client(server.port());
    client.send("POST /upload HTTP/1.1\r\nHost: test\r\nContent-Length: 3000000\r\n\r\n");
    client.send(std::string(3'000'000, 'x'));
    CHECK(client.read(1).ends_with("\r\n\r\n3000000"));
}

TEST_CASE("a refusal is readable over TLS although the client goes on sending") {
    const SelfSigned files;
    RunningServer server(files.config());
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
    RunningServer server(files.config());
    TlsClient client(server.port());
    client.send("GET /hello HT");
    CHECK(client.read(100'000).starts_with("HTTP/1.1 408 "));
}

TEST_CASE("versions before TLS 1.2 are refused") {
    const SelfSigned files;
    RunningServer server(files.config());
    CHECK(TlsClient(server.port(), TLS1_2_VERSION).is_connected());
    CHECK_FALSE(TlsClient(server.port(), TLS1_1_VERSION).is_connected());
    CHECK_FALSE(TlsClient(server.port(), TLS1_VERSION).is_connected());
}

TEST_CASE("plain HTTP on the TLS port, and a client that never shakes hands, are let go") {
    const SelfSigned files;
    RunningServer server(files.config());
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
    RunningServer server(files.config());
    TlsClient client(server.port());
    client.send("GET /wait HTTP/1.1\r\nHost: test\r\n\r\n");
    REQUIRE(comes_true([&] { return server.count_waiting() == 1; }));
    client.cut();
    server.take_waiting().front()(RunningServer::text(RunningServer::large_body()));
    CHECK(comes_true([&] { return server.server().connections() == 0; }));
}

TEST_CASE("stopping says goodbye to idle TLS clients") {
    const SelfSigned files;
    RunningServer server(files.config());
    TlsClient client(server.port());
    client.send(hello);
    CHECK(client.read(1).find("200 OK") != std::string::npos);
    server.server().stop();
    CHECK(client.ended_properly());
}

TEST_CASE("a certificate or key that cannot be used is named at the start") {
    const SelfSigned files;
    ServerConfig config = files.config();
    config.port = 0;
    config.private_key = "/nonexistent/key";
    CHECK(why_not(config).find("/nonexistent/key") != std::string::npos);
    config.private_key = files.key_path;
    config.certificate = files.key_path;
    CHECK(why_not(config).find(files.key_path) != std::string::npos);
    config.certificate.clear();
    CHECK(why_not(config).find("both") != std::string::npos);
}
