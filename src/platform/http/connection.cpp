#include "platform/http/connection.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace gw::http {

// In this folder co_await stands only as a whole statement or as the initialiser of a named local:
// g++ 12 destroys temporaries of the awaited expression twice inside ?:, && and conditions.

namespace {

using asio::ip::tcp;
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

template <class Stream>
Task<std::pair<ErrorCode, std::size_t>> read_from(Stream& stream, asio::mutable_buffer buffer) {
    auto [error, count] = co_await stream.async_read_some(buffer, as_result);
    co_return std::pair{error, count};
}

template <class Stream>
Task<ErrorCode> write_to(Stream& stream, std::array<asio::const_buffer, 2> buffers) {
    auto [error, count] = co_await asio::async_write(stream, buffers, as_result);
    co_return error;
}

void end_sending(tcp::socket& socket) {
    ErrorCode ignored;
    socket.shutdown(tcp::socket::shutdown_send, ignored);
}

Task<void> discard_from(tcp::socket& socket, std::size_t most) {
    std::array<char, 16 * 1024> unwanted;
    for (std::size_t seen = 0; seen < most;) {
        auto [error, count] = co_await socket.async_read_some(asio::buffer(unwanted), as_result);
        if (error) co_return;
        seen += count;
    }
}

class PlainConnection final : public Connection {
public:
    explicit PlainConnection(tcp::socket socket) : socket_(std::move(socket)) {}

    Task<ErrorCode> handshake() override { co_return ErrorCode{}; }
    Task<std::pair<ErrorCode, std::size_t>> read_some(asio::mutable_buffer buffer) override {
        return read_from(socket_, buffer);
    }
    Task<ErrorCode> write(std::array<asio::const_buffer, 2> buffers) override {
        return write_to(socket_, buffers);
    }
    Task<void> finish() override {
        end_sending(socket_);
        co_return;
    }
    Task<void> discard(std::size_t most) override { return discard_from(socket_, most); }
    tcp::socket& socket() override { return socket_; }
    bool is_secure() const override { return false; }

private:
    tcp::socket socket_;
};

class TlsConnection final : public Connection {
public:
    TlsConnection(tcp::socket socket, asio::ssl::context& context) : stream_(std::move(socket), context) {}

    Task<ErrorCode> handshake() override {
        auto [error] = co_await stream_.async_handshake(asio::ssl::stream_base::server, as_result);
        co_return error;
    }
    Task<std::pair<ErrorCode, std::size_t>> read_some(asio::mutable_buffer buffer) override {
        return read_from(stream_, buffer);
    }
    Task<ErrorCode> write(std::array<asio::const_buffer, 2> buffers) override {
        return write_to(stream_, buffers);
    }
    Task<void> finish() override {
        co_await stream_.async_shutdown(as_result);
        end_sending(stream_.next_layer());
    }
    Task<void> discard(std::size_t most) override { return discard_from(stream_.next_layer(), most); }
    tcp::socket& socket() override { return stream_.next_layer(); }
    bool is_secure() const override { return true; }

private:
    asio::ssl::stream<tcp::socket> stream_;
};

}  // namespace

void Connection::set_deadline(Clock::time_point deadline) {
    deadline_ = deadline;
    expired_ = false;
}

void Connection::check_deadline(Clock::time_point now) {
    if (now < deadline_) return;
    expired_ = true;
    break_off();
}

void Connection::break_off() {
    ErrorCode ignored;
    socket().cancel(ignored);
}

std::unique_ptr<Connection> plain_connection(tcp::socket socket) {
    return std::make_unique<PlainConnection>(std::move(socket));
}

std::unique_ptr<Connection> tls_connection(tcp::socket socket, asio::ssl::context& context) {
    return std::make_unique<TlsConnection>(std::move(socket), context);
}

}  // namespace gw::http
