// What the rest of the program sees of HTTP: plain structs and two functions, no Asio or Beast.
// An Application answers Requests with Responses; server.h carries them over sockets.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::http {

struct Header {
    std::string name, value;
};

// Whether two header names are the same: A to Z and a to z count as equal.
bool same_header_name(std::string_view left, std::string_view right);

// One request as it came over the wire, with syntax and limits already checked.
struct Request {
    std::string method;          // as sent: methods are case-sensitive
    std::string path;            // starts with "/" (or is "*"), still percent-encoded, without the query
    std::string query;           // what follows the first "?", still percent-encoded
    std::string body;            // without transfer coding; empty while body_limit is being asked
    std::string remote_address;  // numeric address of the peer, without the port
    std::string id;              // 13 characters of Crockford base32, made here for every request
    std::vector<Header> headers;
    bool secure = false;  // came over TLS to this server

    // The value of the first header of that name, case-insensitive; "" when absent.
    std::string_view header(std::string_view name) const;
    // The value of a cookie as sent, without surrounding quotes; "" when absent. Names are case-sensitive.
    std::string_view cookie(std::string_view name) const;
};

// A part of a file on disk that becomes the body of a response.
struct FileRange {
    std::string path;
    std::uint64_t offset = 0, length = 0;  // bytes
};

// Date, Content-Length and Connection are written by the server and ignored among `headers`.
// Control characters in names and values are dropped, so no value can start a header of its own.
struct Response {
    int status = 200;
    std::string content_type;  // no Content-Type header when empty
    std::vector<Header> headers;
    std::string body;
    std::optional<FileRange> file;  // sent instead of `body` when set
};

// Gives the answer to one request. May be called from any thread, also after the client has gone or
// the server has stopped. The first call counts and later ones do nothing. When every copy is destroyed
// without a call, the client gets 500, so a lost request cannot leave its connection hanging.
using Respond = std::function<void(Response)>;

struct Application {
    // The largest body accepted for this request, in bytes. Called on an I/O thread when the header is
    // complete and before any of the body is read; a larger body is refused with 413. An exception
    // becomes 500.
    std::function<std::uint64_t(const Request&)> body_limit;

    // Called on an I/O thread with the whole request; must not block it. May call respond at once, on the
    // same thread, or later from any thread, and must leave the request unchanged from then on. An
    // exception becomes 500. For HEAD answer as for GET: the server leaves the body out.
    std::function<void(std::shared_ptr<Request>, Respond)> answer;

    // Makes the answer for what is refused before `answer` is reached (400, 408, 413, 431, 503) or was
    // never answered (500), so that all trouble answers look alike. The request holds what was understood
    // of it so far and always an id. Called on an I/O thread.
    std::function<Response(int status, const Request&)> trouble;
};

struct ServerConfig {
    std::string address = "127.0.0.1";
    unsigned short port = 8080;            // 0: any free one
    std::string certificate, private_key;  // paths of PEM files; both set: TLS (1.2 or newer) on this port
    int io_threads = 2;
    std::uint32_t header_bytes = 16 * 1024;  // of the request line and of all header lines together
    int header_seconds = 10;  // from the first byte to the end of the header; also the TLS handshake
    int body_seconds =
        60;  // for the body, plus one second per 8 KiB received: slow links pass, dripping does not
    int write_seconds = 30;   // per 128 KiB written
    int idle_seconds = 75;    // between two requests of one connection
    int drain_seconds = 10;   // how long stop() waits for running requests
    long connections = 5000;  // open at the same time; more get 503
};

// "%41" becomes "A". A "%" that is not followed by two hex digits stays as it is; "+" stays "+".
std::string percent_decode(std::string_view text);

}  // namespace gw::http
