#include "platform/db/writer.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace gw {
namespace {

using Clock = Writer::Clock;

// A batch ends when no call waits, after so many calls, or after so much time: whoever waits for the commit
// should not wait for a long queue behind it. It goes on while the disk is busy with the batch before, for
// nobody would be answered sooner. Where a commit is slow, a batch may take twice as long as the last one
// did: then most calls share one. PostgreSQL keeps 64 savepoints of a transaction in fast memory.
constexpr std::size_t calls_per_batch_sqlite = 256;
constexpr std::size_t calls_per_batch_postgres = 60;
constexpr Clock::duration shortest_batch = std::chrono::milliseconds(2);
constexpr Clock::duration longest_batch = std::chrono::milliseconds(40);

constexpr int connect_attempts = 4;
constexpr auto first_pause = std::chrono::milliseconds(100);

struct ThisThread {
    const Store* store = nullptr;
    bool is_in_change = false;
};
thread_local ThisThread this_thread;

bool is_lost(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const DbError& fault) {
        return fault.fault == DbFault::connection;
    } catch (...) {
        return false;
    }
}

}  // namespace

Writer::Writer(const Store& store, std::unique_ptr<Connection> connection, Connect connect)
    : store_(store),
      connection_(std::move(connection)),
      connect_(std::move(connect)),
      answerer_([this] { this_thread.store = &store_; },
                [this] {
                    const std::lock_guard lock(mutex_);
                    wake_.notify_one();
                }),
      thread_([this] { run(); }) {}

Writer::~Writer() { close(); }

const Store* Writer::store_of_this_thread() { return this_thread.store; }
bool Writer::is_in_change() { return this_thread.is_in_change; }

void Writer::add(Change change, Store::Done done) {
    {
        const std::lock_guard lock(mutex_);
        if (!is_closing_) {
            waiting_.push_back({std::move(change), std::move(done)});
            wake_.notify_one();
            return;
        }
    }
    done(std::make_exception_ptr(DbError(DbFault::connection, "the store is closed")));
}

void Writer::after_commit(std::function<void()> hook) {
    const std::lock_guard lock(mutex_);
    hooks_.push_back(std::move(hook));
}

void Writer::close() {
    if (this_thread.store == &store_) throw std::logic_error("the writer cannot close its own store");
    {
        const std::lock_guard lock(mutex_);
        is_closing_ = true;
        wake_.notify_one();
    }
    const std::lock_guard lock(joining_);
    if (thread_.joinable()) thread_.join();
    answerer_.close();
}

void Writer::run() {
    this_thread.store = &store_;
    while (wait_for_calls()) run_batch();
}

// False when the store is closing and nothing waits any more.
bool Writer::wait_for_calls() {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [&] { return is_closing_ || !waiting_.empty(); });
    return !waiting_.empty();
}

// Takes the next call into the batch. False when the batch ends instead.
bool Writer::next_call(std::vector<Call>& batch, Clock::time_point began) {
    const auto ends_at = began + std::clamp(2 * last_commit_, shortest_batch, longest_batch);
    std::unique_lock lock(mutex_);
    wake_.wait_until(lock, began + longest_batch,
                     [&] { return is_closing_ || !waiting_.empty() || !answerer_.is_busy(); });
    const auto now = Clock::now();
    const bool is_over = now >= began + longest_batch || (now >= ends_at && !answerer_.is_busy());
    if (waiting_.empty() || (is_over && !batch.empty())) return false;
    batch.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
    return true;
}

// Opens a transaction, on a new connection when the old one is lost. Returns why that is impossible.
std::exception_ptr Writer::begin() {
    if (const auto failure = answerer_.failure()) return failure;
    std::exception_ptr error;
    auto pause = first_pause;
    for (int attempt = 0; attempt < connect_attempts; ++attempt) {
        // The first new attempt follows at once: most often the database was restarted long ago.
        if (attempt > 1) std::this_thread::sleep_for(std::exchange(pause, pause * 4));
        try {
            if (connection_ == nullptr || !connection_->is_alive()) connection_ = connect_();
            connection_->begin(true);
            return nullptr;
        } catch (...) {
            error = std::current_exception();
            if (connection_ != nullptr) connection_->rollback();
        }
        if (!is_lost(error)) return error;
        connection_.reset();
    }
    return error;
}

void Writer::run_batch() {
    if (const auto error = begin()) return fail_waiting(error);
    const auto limit =
        connection_->dialect() == Dialect::sqlite ? calls_per_batch_sqlite : calls_per_batch_postgres;
    const auto began = Clock::now();
    std::vector<Call> batch;
    std::exception_ptr batch_error;
    bool has_change = false;
    while (!batch_error && batch.size() < limit && next_call(batch, began)) {
        auto& call = batch.back();
        try {
            connection_->begin_call();
            run_call(call);
            if (!call.error) has_change = true;
        } catch (...) {
            batch_error = std::current_exception();
        }
    }
    std::function<void()> make_durable;
    try {
        if (batch_error) std::rethrow_exception(batch_error);
        const auto commit_began = Clock::now();
        if (has_change) connection_->commit();
        else connection_->rollback();
        if (has_change) make_durable = connection_->making_durable();
        if (has_change && !make_durable) last_commit_ = Clock::now() - commit_began;
    } catch (...) {
        batch_error = std::current_exception();
        connection_->rollback();
        // A call that had failed before keeps its own reason.
        for (auto& call : batch)
            if (!call.error) call.error = batch_error;
    }
    if (has_change && !batch_error) run_hooks();
    answer(batch, std::move(make_durable));
}

// Runs one call in its savepoint. Throws only when the savepoint could not be kept apart from the others:
// then the whole transaction is lost.
void Writer::run_call(Call& call) {
    try {
        connection_->set_inside_call(true);
        this_thread.is_in_change = true;
        call.change(*connection_);
    } catch (...) {
        call.error = std::current_exception();
    }
    this_thread.is_in_change = false;
    connection_->set_inside_call(false);
    if (!call.error) {
        try {
            connection_->keep_call();
        } catch (...) {
            call.error = std::current_exception();
        }
    }
    if (call.error) connection_->undo_call();
}

void Writer::fail_waiting(const std::exception_ptr& error) {
    std::vector<Call> batch;
    {
        const std::lock_guard lock(mutex_);
        std::move(waiting_.begin(), waiting_.end(), std::back_inserter(batch));
        waiting_.clear();
    }
    for (auto& call : batch) call.error = error;
    answer(batch, {});
}

void Writer::run_hooks() {
    std::vector<std::function<void()>> hooks;
    {
        const std::lock_guard lock(mutex_);
        hooks = hooks_;
    }
    for (const auto& hook : hooks) call_safely("work after a commit", hook);
}

void Writer::answer(std::vector<Call>& batch, std::function<void()> make_durable) {
    Answerer::Group group{{}, std::move(make_durable)};
    for (auto& call : batch) {
        call.change = nullptr;  // what it holds ends before its caller goes on
        group.answers.push_back({std::move(call.done), call.error});
    }
    answerer_.add(std::move(group));
}

}  // namespace gw
