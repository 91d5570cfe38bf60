#include "platform/http/pending_answer.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace gw::http {

// What the application holds through its copies of Respond.
class PendingAnswer::Ticket {
public:
    Ticket(std::shared_ptr<PendingAnswer> pending, std::shared_ptr<Loop> loop)
        : loop_(std::move(loop)), pending_(std::move(pending)) {}
    ~Ticket() { settle(std::nullopt); }
    Ticket(const Ticket&) = delete;
    Ticket& operator=(const Ticket&) = delete;

    void settle(std::optional<Response> response) {
        if (!pending_->settle(std::move(response))) return;
        // The session runs on the loop's thread, so it cannot leave while this closure looks at its timer.
        asio::post(loop_->context(), [pending = pending_] {
            if (pending->sleeper_) pending->sleeper_->cancel();
        });
    }

private:
    std::shared_ptr<Loop> loop_;
    std::shared_ptr<PendingAnswer> pending_;
};

Respond PendingAnswer::respond(std::shared_ptr<PendingAnswer> pending, std::shared_ptr<Loop> loop) {
    auto ticket = std::make_shared<Ticket>(std::move(pending), std::move(loop));
    return [ticket = std::move(ticket)](Response response) { ticket->settle(std::move(response)); };
}

Task<std::optional<Response>> PendingAnswer::wait(std::shared_ptr<PendingAnswer> pending, Loop& loop) {
    bool settled = false;
    {
        std::lock_guard lock(pending->mutex_);
        settled = pending->settled_;
        pending->awaited_ = !settled;
    }
    if (!settled) {
        asio::steady_timer sleep(loop.context(), Clock::time_point::max());
        pending->sleeper_ = &sleep;
        co_await sleep.async_wait(asio::as_tuple(asio::use_awaitable));
        pending->sleeper_ = nullptr;
    }
    std::lock_guard lock(pending->mutex_);
    co_return std::move(pending->response_);
}

bool PendingAnswer::settle(std::optional<Response> response) {
    std::lock_guard lock(mutex_);
    if (settled_) return false;
    settled_ = true;
    response_ = std::move(response);
    return awaited_;
}

}  // namespace gw::http
