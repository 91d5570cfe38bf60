// One accepted socket, plain or TLS, behind one interface, so that the session is compiled once, and
// the moment until which its current read or write may take.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <array>
#include <chrono>
#include <memory>
#include <utility>

namespace boost::asio::ssl {
class context;
}

namespace gw::http {

namespace asio = boost::asio;
using ErrorCode = boost::system::error_code;
using Clock = std::chrono::steady_clock;
template <class Result>
using Task = asio::awaitable<Result>;

// All members are used on the thread of the socket's io_context only.
class Connection {
public:
    virtual ~Connection() = default;

    virtual Task<ErrorCode> handshake() = 0;
    virtual Task<std::pair<ErrorCode, std::size_t>> read_some(asio::mutable_buffer buffer) = 0;
    // Writes all of both buffers.
    virtual Task<ErrorCode> write(std::array<asio::const_buffer, 2> buffers) = 0;
    // Tells the peer that nothing more will be sent.
    virtual Task<void> finish() = 0;
    // Reads and throws away what the peer still sends, until it closes or `most` bytes have come. Closing
    // with unread bytes would reset the connection, and the peer could lose an answer it has not read yet.
    virtual Task<void> discard(std::size_t most) = 0;
    virtual asio::ip::tcp::socket& socket() = 0;
    virtual bool is_secure() const = 0;

    // From then on reads and writes fail and has_expired() is true, until the deadline is set anew.
    void set_deadline(Clock::time_point deadline);
    void set_no_deadline() { set_deadline(Clock::time_point::max()); }
    bool has_expired() const { return expired_; }
    // Called regularly with the time: breaks off what is running once the deadline has passed.
    void check_deadline(Clock::time_point now);
    // Makes the read or write that is running fail.
    void break_off();

    // Between two requests: nothing is lost when the connection is closed now.
    bool idle = false;

private:
    Clock::time_point deadline_ = Clock::time_point::max();
    bool expired_ = false;
};

std::unique_ptr<Connection> plain_connection(asio::ip::tcp::socket socket);
std::unique_ptr<Connection> tls_connection(asio::ip::tcp::socket socket, asio::ssl::context& context);

}  // namespace gw::http
