#include "platform/http/server.h"

#include "platform/http/response_head.h"
#include "platform/http/session.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <optional>
#include <stdexcept>
#include <thread>

namespace gw::http {

namespace {

using asio::ip::tcp;
constexpr int waiting_connections = 1024;
constexpr std::chrono::milliseconds pause_after_failed_accept{50};

std::optional<asio::ssl::context> tls_context(const ServerConfig& config) {
    if (config.certificate.empty() && config.private_key.empty()) return std::nullopt;
    if (config.certificate.empty() || config.private_key.empty())
        throw std::runtime_error("TLS needs both a certificate and a private key");
    asio::ssl::context context(asio::ssl::context::tls_server);
    SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
    context.set_options(asio::ssl::context::no_compression | SSL_OP_NO_RENEGOTIATION |
                        SSL_OP_CIPHER_SERVER_PREFERENCE);
    ErrorCode error;
    context.use_certificate_chain_file(config.certificate, error);
    if (error)
        throw std::runtime_error("cannot use the certificate " + config.certificate + ": " + error.message());
    context.use_private_key_file(config.private_key, asio::ssl::context::pem, error);
    if (error)
        throw std::runtime_error("cannot use the private key " + config.private_key + ": " + error.message());
    return context;
}

// One acceptor for the whole port. With one per thread (SO_REUSEPORT) a second server could start on the
// same port unnoticed and get half of the connections.
tcp::acceptor listen(asio::io_context& context, const ServerConfig& config) {
    const std::string where = config.address + " port " + std::to_string(config.port);
    const auto fail_on = [&where](const ErrorCode& error) {
        if (error) throw std::runtime_error("cannot listen on " + where + ": " + error.message());
    };
    ErrorCode error;
    const auto address = asio::ip::make_address(config.address, error);
    fail_on(error);
    const tcp::endpoint endpoint(address, config.port);
    tcp::acceptor acceptor(context);
    acceptor.open(endpoint.protocol(), error);
    fail_on(error);
    acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    fail_on(error);
    acceptor.bind(endpoint, error);
    fail_on(error);
    acceptor.listen(waiting_connections, error);
    fail_on(error);
    return acceptor;
}

std::vector<std::shared_ptr<Loop>> make_loops(int count) {
    if (count < 1) throw std::runtime_error("the server needs at least one I/O thread");
    std::vector<std::shared_ptr<Loop>> loops;
    for (int index = 0; index < count; ++index) loops.push_back(std::make_shared<Loop>());
    return loops;
}

}  // namespace

struct Server::Parts {
    Parts(const ServerConfig& config, Application application)
        : tls(tls_context(config)),
          shared(std::make_shared<Shared>(config, std::move(application))),
          loops(make_loops(config.io_threads)),
          acceptor(listen(loops.front()->context(), config)),
          port(acceptor.local_endpoint().port()) {}

    Task<void> accept_connections();
    void turn_away(tcp::socket socket) const;

    // Declared first, destroyed last: TLS connections refer to it. The loops below may be kept alive by
    // unanswered requests, but the TLS library counts references to its context itself.
    std::optional<asio::ssl::context> tls;
    std::shared_ptr<Shared> shared;
    std::vector<std::shared_ptr<Loop>> loops;
    tcp::acceptor acceptor;
    unsigned short port;
};

Task<void> Server::Parts::accept_connections() {
    for (std::size_t turn = 0;; turn = (turn + 1) % loops.size()) {
        Loop& loop = *loops[turn];
        auto [error, socket] =
            co_await acceptor.async_accept(loop.context(), asio::as_tuple(asio::use_awaitable));
        if (!acceptor.is_open()) co_return;
        if (error) {
            // Most likely out of file descriptors: trying again at once would only burn time.
            asio::steady_timer pause(acceptor.get_executor(), pause_after_failed_accept);
            co_await pause.async_wait(asio::as_tuple(asio::use_awaitable));
            continue;
        }
        if (shared->open_connections >= shared->config.connections) {
            turn_away(std::move(socket));
            continue;
        }
        ++shared->open_connections;
        auto connection = tls ? tls_connection(std::move(socket), *tls) : plain_connection(std::move(socket));
        asio::co_spawn(loop.context(), serve_connection(shared, loop, std::move(connection)), asio::detached);
    }
}

// Says 503 as far as that is possible without waiting; over TLS the connection is just closed.
void Server::Parts::turn_away(tcp::socket socket) const {
    if (tls) return;
    Request request;
    request.id = random_request_id();
    const Response response = trouble_answer(shared->application, 503, request);
    const std::string text =
        response_head(response, response.body.size(), Persistence::close) + response.body;
    ErrorCode ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(text), ignored);
    socket.shutdown(tcp::socket::shutdown_send, ignored);
}

Server::Server(const ServerConfig& config, Application application)
    : parts_(std::make_unique<Parts>(config, std::move(application))) {}

Server::~Server() = default;

unsigned short Server::port() const { return parts_->port; }

long Server::connections() const { return parts_->shared->open_connections; }

void Server::run() {
    Parts& parts = *parts_;
    asio::co_spawn(parts.loops.front()->context(), parts.accept_connections(), asio::detached);
    std::vector<std::jthread> threads;
    for (std::size_t index = 1; index < parts.loops.size(); ++index)
        threads.emplace_back([loop = parts.loops[index]] { loop->run(); });
    parts.loops.front()->run();
}

void Server::stop() {
    const auto deadline = Clock::now() + std::chrono::seconds(parts_->shared->config.drain_seconds);
    asio::post(parts_->loops.front()->context(), [this] {
        ErrorCode ignored;
        parts_->acceptor.close(ignored);
    });
    for (const auto& loop : parts_->loops) loop->drain(deadline);
}

}  // namespace gw::http
