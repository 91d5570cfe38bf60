#include "platform/http/loop.h"

#include <boost/asio/post.hpp>

namespace gw::http {

// One timer that looks at all connections is much cheaper than a timer for each read and write, and being
// late by this much does not matter for limits of seconds.
constexpr std::chrono::milliseconds check_every{200};

Loop::Loop() : work_(asio::make_work_guard(context_)), timer_(context_) {}

void Loop::run() {
    running_ = true;
    watch();
    context_.run();
    running_ = false;
}

void Loop::drain(Clock::time_point deadline) {
    asio::post(context_, [this, deadline] {
        if (draining_) return;
        draining_ = true;
        drained_by_ = deadline;
        check();
        end_when_empty();
    });
}

void Loop::remove(Connection& connection) {
    connections_.erase(&connection);
    end_when_empty();
}

void Loop::watch() {
    timer_.expires_after(check_every);
    timer_.async_wait([this](ErrorCode error) {
        // The timer may have fired just before it was cancelled.
        if (error || is_drained()) return;
        check();
        watch();
    });
}

void Loop::check() {
    const auto now = Clock::now();
    if (now >= drained_by_) {
        // What is unanswered may hold on to this loop for long, but its client shall know at once.
        ErrorCode ignored;
        for (Connection* connection : connections_) connection->socket().close(ignored);
        context_.stop();
        return;
    }
    for (Connection* connection : connections_) {
        connection->check_deadline(now);
        if (draining_ && connection->idle) connection->break_off();
    }
}

void Loop::end_when_empty() {
    // Sessions may also be destroyed with a context that no longer runs; then there is nothing to end.
    if (!running_ || !is_drained()) return;
    timer_.cancel();
    work_.reset();
}

}  // namespace gw::http
