// Turns the bytes of one HTTP/1.1 request into a Request, refusing what is malformed or too large.
// Knows no sockets: it is fed with whatever has arrived.
#pragma once

#include "platform/http/http.h"

#include <cstddef>
#include <memory>
#include <string_view>

namespace gw::http {

class RequestReader {
public:
    enum class Progress {
        needs_more,       // call again with the bytes that were not used, followed by newly arrived ones
        header_complete,  // reported once; call limit_body() next
        complete,         // the request is whole; unused bytes belong to the next request
        refused,          // see refusal(); nothing more can be read from this connection
    };

    explicit RequestReader(std::uint32_t header_bytes);
    ~RequestReader();

    // Reads from the front of `bytes` and sets `used` to how many of them are done with.
    Progress read(std::string_view bytes, std::size_t& used);

    // Sets the largest body accepted. Returns refused when the request announces a larger one,
    // otherwise complete or needs_more.
    Progress limit_body(std::uint64_t bytes);

    // The status for the client, once refused: 400, 413 or 431.
    int refusal() const { return refusal_; }

    // What is known of the request so far; its headers from header_complete on, its body when complete.
    const std::shared_ptr<Request>& request() const { return request_; }

    // Whether the client keeps the connection open for another request. Valid once complete.
    bool keeps_alive() const;
    // Whether the client waits for "100 Continue" before it sends the body.
    bool expects_continue() const { return expects_continue_; }
    // Whether the client speaks HTTP/1.0, which closes connections unless told otherwise.
    bool is_version_10() const { return version_10_; }

private:
    struct Parser;

    Progress refuse(int status);
    Progress read_header();
    Progress finish();

    std::unique_ptr<Parser> parser_;
    std::shared_ptr<Request> request_ = std::make_shared<Request>();
    std::uint32_t header_bytes_;
    std::uint64_t body_limit_ = 0;
    std::uint64_t body_wire_bytes_ = 0;
    int refusal_ = 0;
    bool header_seen_ = false;
    bool expects_continue_ = false;
    bool version_10_ = false;
};

}  // namespace gw::http
