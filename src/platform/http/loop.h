// One I/O thread: its io_context, the connections that live on it and the clock that watches them.
#pragma once

#include "platform/http/connection.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <unordered_set>

namespace gw::http {

// Sessions belong to the context, hence to the loop, and refer to it plainly; what may outlive the server
// shares ownership of it.
class Loop : public std::enable_shared_from_this<Loop> {
public:
    Loop();

    asio::io_context& context() { return context_; }

    // Runs the loop on the calling thread until it is drained. Call once.
    void run();

    // Ends run() as soon as no connection is left, or at the deadline whatever is left. Any thread.
    void drain(Clock::time_point deadline);

    // The following are for the loop's own thread.
    void add(Connection& connection) { connections_.insert(&connection); }
    void remove(Connection& connection);
    bool is_draining() const { return draining_; }

private:
    void watch();
    void check();
    void end_when_empty();
    bool is_drained() const { return draining_ && connections_.empty(); }

    // The connections are declared before the context: the sessions it destroys take leave of them.
    std::unordered_set<Connection*> connections_;
    bool running_ = false;
    bool draining_ = false;
    Clock::time_point drained_by_ = Clock::time_point::max();
    asio::io_context context_{1};
    asio::executor_work_guard<asio::io_context::executor_type> work_;
    asio::steady_timer timer_;
};

}  // namespace gw::http
