#include "platform/db/readers.h"

#include <algorithm>
#include <utility>

namespace gw {
namespace {

// The seats this thread has taken, one for each store it reads. They end with the thread.
struct OwnSeat {
    const ThreadReaders* readers;
    std::shared_ptr<ThreadReaders::Seat> seat;
};
thread_local std::vector<OwnSeat> own_seats;

}  // namespace

void read_in_snapshot(Connection& connection, const std::function<void(Db&)>& read) {
    connection.begin(false);
    try {
        connection.set_inside_call(true);
        read(connection);
        connection.set_inside_call(false);
        connection.commit();
    } catch (...) {
        connection.set_inside_call(false);
        connection.rollback();
        throw;
    }
}

ThreadReaders::~ThreadReaders() {
    const std::lock_guard lock(mutex_);
    for (const auto& known : seats_) {
        const auto seat = known.lock();
        if (!seat) continue;
        const std::lock_guard reading(seat->mutex);
        seat->is_closed = true;
        seat->connection.reset();
    }
}

ThreadReaders::Seat& ThreadReaders::seat_of_this_thread() {
    const auto is_closed = [](const OwnSeat& own) { return own.seat->is_closed.load(); };
    for (const auto& own : own_seats)
        if (own.readers == this && !is_closed(own)) return *own.seat;
    // A new store may live at the address of one that has ended: seats of ended stores leave first.
    std::erase_if(own_seats, is_closed);
    auto seat = std::make_shared<Seat>();
    seat->connection = open_sqlite(file_, SqliteUse::read);
    {
        const std::lock_guard lock(mutex_);
        std::erase_if(seats_, [](const auto& known) { return known.expired(); });
        seats_.push_back(seat);
    }
    own_seats.push_back({this, std::move(seat)});
    return *own_seats.back().seat;
}

void ThreadReaders::read(const std::function<void(Db&)>& read) {
    auto& seat = seat_of_this_thread();
    const std::lock_guard reading(seat.mutex);
    read_in_snapshot(*seat.connection, read);
}

void ReaderPool::read(const std::function<void(Db&)>& read) {
    auto connection = take();
    try {
        read_in_snapshot(*connection, read);
    } catch (...) {
        give_back(std::move(connection));
        throw;
    }
    give_back(std::move(connection));
}

std::unique_ptr<Connection> ReaderPool::take() {
    std::unique_ptr<Connection> connection;
    {
        std::unique_lock lock(mutex_);
        if (!wake_.wait_for(lock, longest_wait_, [&] { return !free_.empty() || unopened_ > 0; }))
            throw DbError(DbFault::busy, "no connection for reading came free in time");
        if (free_.empty()) {
            --unopened_;
        } else {
            connection = std::move(free_.back());
            free_.pop_back();
        }
    }
    if (connection && connection->is_alive()) return connection;
    connection.reset();
    try {
        return connect_();
    } catch (...) {
        give_back(nullptr);
        throw;
    }
}

void ReaderPool::give_back(std::unique_ptr<Connection> connection) {
    const std::lock_guard lock(mutex_);
    if (connection) free_.push_back(std::move(connection));
    else ++unopened_;
    wake_.notify_one();
}

}  // namespace gw
