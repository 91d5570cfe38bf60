#include "platform/http/session.h"

#include "platform/http/file_reader.h"
#include "platform/http/pending_answer.h"
#include "platform/http/request_reader.h"
#include "platform/http/response_head.h"

#include <boost/asio/io_context.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include <algorithm>
#include <random>

namespace gw::http {

namespace {

using std::chrono::seconds;

constexpr std::size_t small_read = 4 * 1024;
constexpr std::size_t large_read = 64 * 1024;
constexpr std::size_t kept_buffer = 16 * 1024;   // what an idle connection may hold on to
constexpr std::size_t appended_body = 8 * 1024;  // copying this much is cheaper than a second buffer
constexpr std::size_t write_slice = 128 * 1024;
constexpr std::uint64_t body_bytes_per_second = 8 * 1024;
constexpr seconds farewell{2};
constexpr std::size_t most_discarded = 32 * 1024 * 1024;
constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";

class Session {
public:
    Session(std::shared_ptr<Shared> shared, Loop& loop, std::unique_ptr<Connection> connection)
        : shared_(std::move(shared)), loop_(loop), connection_(std::move(connection)) {
        loop_.add(*connection_);
    }
    ~Session() {
        loop_.remove(*connection_);
        --shared_->open_connections;
    }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    Task<void> run();

private:
    enum class Arrival { whole, broken, refused };
    enum class Leaving { quietly, while_client_sends };

    Task<bool> await_first_byte(int limit_seconds);
    Task<Arrival> read_request(RequestReader& reader);
    Task<bool> allow_body(RequestReader& reader);
    Task<bool> read_more(std::size_t most);
    Task<Response> ask(const std::shared_ptr<Request>& request);
    Task<bool> send(const Request& request, Response response, Persistence persistence);
    Task<bool> send_file(FileReader file, std::string head);
    Task<bool> write(std::string_view first, std::string_view second);
    Task<void> leave(Leaving leaving);

    Response trouble(int status, const Request& request) const;
    std::optional<std::uint64_t> body_limit(const Request& request) const;
    void identify(Request& request) const;
    Persistence persistence_after(const RequestReader& reader) const;
    std::string_view unread() const {
        return {static_cast<const char*>(buffer_.data().data()), buffer_.size()};
    }
    void allow(int limit_seconds) { connection_->set_deadline(Clock::now() + seconds(limit_seconds)); }
    const ServerConfig& config() const { return shared_->config; }

    std::shared_ptr<Shared> shared_;
    Loop& loop_;
    std::unique_ptr<Connection> connection_;
    boost::beast::flat_buffer buffer_;
    std::string remote_address_;
    int refusal_ = 0;
};

Task<void> Session::run() {
    ErrorCode error;
    connection_->socket().set_option(asio::ip::tcp::no_delay(true), error);
    const auto peer = connection_->socket().remote_endpoint(error);
    if (error) co_return;
    remote_address_ = peer.address().to_string();

    allow(config().header_seconds);
    const ErrorCode not_secured = co_await connection_->handshake();
    if (not_secured) co_return;

    int wait_seconds = config().header_seconds;
    while (true) {
        const bool arriving = co_await await_first_byte(wait_seconds);
        if (!arriving) break;
        wait_seconds = config().idle_seconds;

        RequestReader reader(config().header_bytes);
        identify(*reader.request());
        const Arrival arrival = co_await read_request(reader);
        if (arrival == Arrival::broken) break;
        const Request& request = *reader.request();
        if (arrival == Arrival::refused) {
            const bool told = co_await send(request, trouble(refusal_, request), Persistence::close);
            if (told) co_await leave(Leaving::while_client_sends);
            co_return;
        }
        connection_->set_no_deadline();
        Response response = co_await ask(reader.request());
        const Persistence persistence = persistence_after(reader);
        const bool sent = co_await send(request, std::move(response), persistence);
        if (!sent) co_return;
        if (persistence == Persistence::close) break;
    }
    co_await leave(Leaving::quietly);
}

Task<bool> Session::await_first_byte(int limit_seconds) {
    if (buffer_.size() > 0) co_return true;
    if (loop_.is_draining()) co_return false;
    if (buffer_.capacity() > kept_buffer) buffer_.shrink_to_fit();
    allow(limit_seconds);
    connection_->idle = true;
    const bool arrived = co_await read_more(small_read);
    connection_->idle = false;
    co_return arrived;
}

Task<Session::Arrival> Session::read_request(RequestReader& reader) {
    allow(config().header_seconds);
    bool header_complete = false;
    std::uint64_t body_bytes = 0;
    Clock::time_point body_deadline;
    while (true) {
        std::size_t used = 0;
        auto progress = reader.read(unread(), used);
        buffer_.consume(used);
        if (progress == RequestReader::Progress::header_complete) {
            header_complete = true;
            const auto limit = body_limit(*reader.request());
            if (!limit) {
                refusal_ = 500;
                co_return Arrival::refused;
            }
            progress = reader.limit_body(*limit);
            if (progress == RequestReader::Progress::needs_more) {
                body_deadline = Clock::now() + seconds(config().body_seconds);
                connection_->set_deadline(body_deadline);
                const bool allowed = co_await allow_body(reader);
                if (!allowed) co_return Arrival::broken;
                if (buffer_.size() > 0) continue;
            }
        }
        if (progress == RequestReader::Progress::complete) co_return Arrival::whole;
        if (progress == RequestReader::Progress::refused) {
            refusal_ = reader.refusal();
            co_return Arrival::refused;
        }
        const std::size_t before = buffer_.size();
        const bool arrived = co_await read_more(header_complete ? large_read : small_read);
        if (!arrived) {
            if (!connection_->has_expired()) co_return Arrival::broken;
            refusal_ = 408;
            co_return Arrival::refused;
        }
        if (header_complete) {
            body_bytes += buffer_.size() - before;
            connection_->set_deadline(body_deadline + seconds(body_bytes / body_bytes_per_second));
        }
    }
}

// Invites the body when the client asked whether it may send it.
Task<bool> Session::allow_body(RequestReader& reader) {
    if (!reader.expects_continue() || buffer_.size() > 0) co_return true;
    const bool written = co_await write(continue_line, {});
    co_return written;
}

Task<bool> Session::read_more(std::size_t most) {
    const auto space = buffer_.prepare(most);
    const auto [error, count] = co_await connection_->read_some(space);
    buffer_.commit(error ? 0 : count);
    co_return !error && count > 0;
}

Task<Response> Session::ask(const std::shared_ptr<Request>& request) {
    auto pending = std::make_shared<PendingAnswer>();
    try {
        shared_->application.answer(request, PendingAnswer::respond(pending, loop_.shared_from_this()));
    } catch (...) {
        // Unwinding dropped the function to answer with, so the wait below ends with nothing.
    }
    std::optional<Response> response = co_await PendingAnswer::wait(pending, loop_);
    if (!response) response = trouble(500, *request);
    co_return std::move(*response);
}

Task<bool> Session::send(const Request& request, Response response, Persistence persistence) {
    std::optional<FileReader> file;
    if (response.file) {
        file = FileReader::open(*response.file);
        if (!file) response = trouble(500, request);
    }
    const std::uint64_t length = file ? file->left() : response.body.size();
    std::string head = response_head(response, length, persistence);
    const bool without_body = request.method == "HEAD" || !has_body(response.status);
    if (file && !without_body) {
        const bool sent = co_await send_file(std::move(*file), std::move(head));
        co_return sent;
    }
    std::string_view body = without_body ? std::string_view() : std::string_view(response.body);
    if (body.size() <= appended_body) {
        head += body;
        body = {};
    }
    // Slices, because the time limit is for each write: a long answer to a slow client may take longer.
    bool sent = co_await write(head, body.substr(0, write_slice));
    for (std::size_t at = write_slice; sent && at < body.size(); at += write_slice) {
        const bool slice_sent = co_await write(body.substr(at, write_slice), {});
        sent = slice_sent;
    }
    co_return sent;
}

Task<bool> Session::send_file(FileReader file, std::string head) {
    std::string slice(static_cast<std::size_t>(std::min<std::uint64_t>(file.left(), write_slice)), '\0');
    std::string_view first = head;
    do {
        const std::size_t count = file.read(slice);
        // A file that has shrunk since its length was promised: only a broken connection can say so now.
        if (count == 0 && file.left() > 0) co_return false;
        const bool sent = co_await write(first, std::string_view(slice).substr(0, count));
        if (!sent) co_return false;
        first = {};
    } while (file.left() > 0);
    co_return true;
}

Task<bool> Session::write(std::string_view first, std::string_view second) {
    allow(config().write_seconds);
    const std::array<asio::const_buffer, 2> buffers{asio::buffer(first), asio::buffer(second)};
    const ErrorCode error = co_await connection_->write(buffers);
    co_return !error;
}

Task<void> Session::leave(Leaving leaving) {
    connection_->set_deadline(Clock::now() + farewell);
    connection_->idle = true;
    co_await connection_->finish();
    if (leaving == Leaving::while_client_sends) co_await connection_->discard(most_discarded);
}

Response Session::trouble(int status, const Request& request) const {
    return trouble_answer(shared_->application, status, request);
}

std::optional<std::uint64_t> Session::body_limit(const Request& request) const {
    try {
        return shared_->application.body_limit(request);
    } catch (...) {
        return std::nullopt;
    }
}

void Session::identify(Request& request) const {
    request.id = random_request_id();
    request.remote_address = remote_address_;
    request.secure = connection_->is_secure();
}

Persistence Session::persistence_after(const RequestReader& reader) const {
    if (!reader.keeps_alive() || loop_.is_draining()) return Persistence::close;
    return reader.is_version_10() ? Persistence::keep_said : Persistence::keep_unsaid;
}

}  // namespace

std::string random_request_id() {
    static constexpr std::string_view digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    thread_local std::mt19937_64 numbers{[] {
        std::random_device device;
        return (std::uint64_t{device()} << 32) | device();
    }()};
    std::uint64_t number = numbers();
    std::string id(13, '0');
    for (auto digit = id.rbegin(); digit != id.rend(); ++digit, number >>= 5) *digit = digits[number & 31];
    return id;
}

Response trouble_answer(const Application& application, int status, const Request& request) noexcept {
    try {
        return application.trouble(status, request);
    } catch (...) {
        Response bare;
        bare.status = 500;
        return bare;
    }
}

Task<void> serve_connection(std::shared_ptr<Shared> shared, Loop& loop,
                            std::unique_ptr<Connection> connection) {
    Session session(std::move(shared), loop, std::move(connection));
    co_await session.run();
}

}  // namespace gw::http
