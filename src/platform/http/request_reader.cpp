#include "platform/http/request_reader.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>

namespace gw::http {

namespace beast_http = boost::beast::http;
using beast_http::field;

// A chunk may carry one byte of body and a long extension. Clients do not do that; who does may cost us
// at most this many bytes on the wire for each byte of body allowed, plus one free block.
constexpr std::uint64_t wire_bytes_per_body_byte = 8;
constexpr std::uint64_t free_wire_bytes = 64 * 1024;

// The shortest end of a chunked body, "0\r\n\r\n". Beast aborts on an assertion when it sees "0\r\n" first
// and then one byte more, so it is not given less than this; no body can end while less is left.
constexpr std::size_t shortest_last_chunk = 5;

struct RequestReader::Parser {
    beast_http::request_parser<beast_http::string_body> beast;
};

namespace {

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

bool is_number(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// The body's length must be clear to everyone between the client and us: a proxy that reads it differently
// would let one request hide inside another. RFC 9112 6.3; stricter than it where that costs no client
// anything.
template <class Message>
bool frames_its_body_clearly(const Message& message) {
    const auto lengths = message.count(field::content_length);
    const auto codings = message.count(field::transfer_encoding);
    if (lengths > 1 || codings > 1 || lengths + codings > 1) return false;
    if (lengths == 1 && !is_number(view(message[field::content_length]))) return false;
    if (codings == 0) return true;
    return message.version() == 11 && boost::beast::iequals(message[field::transfer_encoding], "chunked");
}

// Splits the request target into path and query. Proxies may send the absolute form, RFC 9112 3.2.2.
bool read_target(std::string_view target, Request& request) {
    for (std::string_view scheme : {"http://", "https://"}) {
        if (!target.starts_with(scheme)) continue;
        target.remove_prefix(std::min(target.find('/', scheme.size()), target.size()));
        if (target.empty()) target = "/";
        break;
    }
    const bool whole_server = target == "*" && request.method == "OPTIONS";
    if (!target.starts_with('/') && !whole_server) return false;
    const auto mark = target.find('?');
    request.path = target.substr(0, mark);
    if (mark != target.npos) request.query = target.substr(mark + 1);
    return true;
}

}  // namespace

RequestReader::RequestReader(std::uint32_t header_bytes)
    : parser_(std::make_unique<Parser>()), header_bytes_(header_bytes) {
    parser_->beast.header_limit(header_bytes);
    parser_->beast.body_limit(boost::none);
}

RequestReader::~RequestReader() = default;

RequestReader::Progress RequestReader::read(std::string_view bytes, std::size_t& used) {
    used = 0;
    if (refusal_) return Progress::refused;
    auto& beast = parser_->beast;
    // A single put() stops between the parts of a message, so it is repeated as long as it gets ahead.
    while (!beast.is_done()) {
        const std::size_t least = header_seen_ && beast.chunked() ? shortest_last_chunk : 1;
        if (bytes.size() - used < least) return Progress::needs_more;
        boost::system::error_code error;
        const auto taken = beast.put(boost::asio::buffer(bytes.substr(used)), error);
        used += taken;
        if (error == beast_http::error::body_limit) return refuse(413);
        if (error == beast_http::error::header_limit) return refuse(431);
        if (error && error != beast_http::error::need_more) return refuse(400);
        if (!header_seen_) {
            if (used > header_bytes_) return refuse(431);
            if (beast.is_header_done()) return read_header();
            if (bytes.size() - used >= header_bytes_) return refuse(431);
        } else {
            body_wire_bytes_ += taken;
            if (body_wire_bytes_ / wire_bytes_per_body_byte > body_limit_ + free_wire_bytes)
                return refuse(400);
            // What waits unused here is a chunk's size line or the trailer.
            if (error && bytes.size() - used >= header_bytes_) return refuse(400);
        }
        if (error || taken == 0) return Progress::needs_more;
    }
    return header_seen_ ? finish() : read_header();
}

RequestReader::Progress RequestReader::limit_body(std::uint64_t bytes) {
    auto& beast = parser_->beast;
    body_limit_ = bytes;
    if (beast.content_length().value_or(0) > bytes) return refuse(413);
    if (beast.is_done()) return finish();
    beast.body_limit(bytes);
    return Progress::needs_more;
}

bool RequestReader::keeps_alive() const { return parser_->beast.keep_alive(); }

RequestReader::Progress RequestReader::refuse(int status) {
    refusal_ = status;
    return Progress::refused;
}

RequestReader::Progress RequestReader::read_header() {
    header_seen_ = true;
    const auto& message = parser_->beast.get();
    Request& request = *request_;
    request.method = view(message.method_string());
    version_10_ = message.version() < 11;
    // Headers are copied before the body is read, so a chunked body's trailer can never add to them.
    request.headers.reserve(16);
    for (const auto& header : message)
        request.headers.push_back(
            {std::string(view(header.name_string())), std::string(view(header.value()))});
    const bool target_understood = read_target(view(message.target()), request);
    const auto hosts = message.count(field::host);
    const bool host_clear = hosts == 1 || (hosts == 0 && version_10_);
    if (!target_understood || !host_clear || !frames_its_body_clearly(message)) return refuse(400);
    expects_continue_ = !version_10_ && boost::beast::iequals(message[field::expect], "100-continue");
    return Progress::header_complete;
}

RequestReader::Progress RequestReader::finish() {
    request_->body = std::move(parser_->beast.get().body());
    return Progress::complete;
}

}  // namespace gw::http
