// The one thread of a store that changes it: see store.h for what it promises.
#pragma once
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "platform/db/answerer.h"
#include "platform/db/connection.h"
#include "platform/db/store.h"

namespace gw {

class Writer {
public:
    using Change = std::function<void(Db&)>;
    using Clock = std::chrono::steady_clock;
    using Connect = std::function<std::unique_ptr<Connection>()>;

    // `connect` opens the connection again after it was lost.
    Writer(const Store& store, std::unique_ptr<Connection> connection, Connect connect);
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    void add(Change change, Store::Done done);
    void after_commit(std::function<void()> hook);
    void close();

    // The store whose writer the calling thread is, if any, and whether a change is running on it.
    static const Store* store_of_this_thread();
    static bool is_in_change();

private:
    struct Call {
        Change change;
        Store::Done done;
        std::exception_ptr error = {};
    };

    void run();
    bool wait_for_calls();
    bool next_call(std::vector<Call>& batch, Clock::time_point began);
    std::exception_ptr begin();
    void run_batch();
    void run_call(Call& call);
    void fail_waiting(const std::exception_ptr& error);
    void run_hooks();
    void answer(std::vector<Call>& batch, std::function<void()> make_durable);

    const Store& store_;
    std::unique_ptr<Connection> connection_;
    Connect connect_;
    Clock::duration last_commit_{};  // how long it took
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Call> waiting_;
    std::vector<std::function<void()>> hooks_;
    bool is_closing_ = false;
    std::mutex joining_;  // held while waiting for the end of `thread_`
    Answerer answerer_;
    std::thread thread_;
};

}  // namespace gw
