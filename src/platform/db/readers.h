// The connections that read.
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "platform/db/connection.h"

namespace gw {

// Runs `read` in one snapshot of the connection and gives the snapshot back, whatever happens.
void read_in_snapshot(Connection& connection, const std::function<void(Db&)>& read);

// One connection for each thread that reads, kept until the thread or the store ends.
class ThreadReaders {
public:
    explicit ThreadReaders(std::string file) : file_(std::move(file)) {}
    ~ThreadReaders();  // waits for the reads that still run
    ThreadReaders(const ThreadReaders&) = delete;
    ThreadReaders& operator=(const ThreadReaders&) = delete;

    void read(const std::function<void(Db&)>& read);

    // A thread's connection; `mutex` is held while it reads. The connection is gone when the store has ended.
    struct Seat {
        std::mutex mutex;
        std::unique_ptr<Connection> connection;
        std::atomic<bool> is_closed = false;
    };

private:
    Seat& seat_of_this_thread();

    std::string file_;
    std::mutex mutex_;
    std::vector<std::weak_ptr<Seat>> seats_;
};

// A fixed number of connections that threads take in turn.
class ReaderPool {
public:
    ReaderPool(std::function<std::unique_ptr<Connection>()> connect, int size,
               std::chrono::milliseconds longest_wait = std::chrono::seconds(5))
        : connect_(std::move(connect)), longest_wait_(longest_wait), unopened_(size) {}

    // Throws DbError: busy when no connection came free in time, connection when the database cannot be
    // reached.
    void read(const std::function<void(Db&)>& read);

private:
    std::unique_ptr<Connection> take();
    void give_back(std::unique_ptr<Connection> connection);  // an empty one makes room for another

    std::function<std::unique_ptr<Connection>()> connect_;
    std::chrono::milliseconds longest_wait_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<std::unique_ptr<Connection>> free_;
    int unopened_;
};

}  // namespace gw
