// Where a session that waits for its answer meets the thread that gives it.
#pragma once

#include "platform/http/http.h"
#include "platform/http/loop.h"

#include <memory>
#include <mutex>
#include <optional>

namespace gw::http {

class PendingAnswer {
public:
    // The function to hand to the application. It keeps the loop alive, so that an answer given after the
    // server has gone still finds a (stopped) loop to be dropped in.
    static Respond respond(std::shared_ptr<PendingAnswer> pending, std::shared_ptr<Loop> loop);

    // Waits until the answer is given; returns without suspending when it already is. For the loop's thread.
    // Nothing when the application threw the request away.
    static Task<std::optional<Response>> wait(std::shared_ptr<PendingAnswer> pending, Loop& loop);

private:
    class Ticket;

    // Returns whether a session sleeps and has to be woken. Only the first call counts. Any thread.
    bool settle(std::optional<Response> response);

    std::mutex mutex_;
    bool settled_ = false;
    bool awaited_ = false;
    std::optional<Response> response_;
    asio::steady_timer* sleeper_ = nullptr;  // used on the loop's thread only
};

}  // namespace gw::http
