// A certificate made for a test, and a client that speaks TLS to a server of this machine.
#pragma once
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "support/raw_http.h"

namespace gw::testing {

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

}  // namespace gw::testing
