#include <condition_variable>
#include <mutex>
#include <thread>

#include "members/members_store.h"
#include "platform/db/store.h"
#include "platform/log/log.h"

namespace gw::members {

namespace {

struct ReadingKey {
    AccountId reader;
    MemberId member_id;
    Date day{};
    bool operator==(const ReadingKey&) const = default;
};

struct HashKey {
    std::size_t operator()(const ReadingKey& key) const {
        return std::hash<AccountId>()(key.reader) * 31 + std::hash<MemberId>()(key.member_id) +
               static_cast<unsigned>(key.day.day());
    }
};

using Waiting = std::unordered_map<ReadingKey, Reading, HashKey>;

}  // namespace

struct Readings::Inside {
    explicit Inside(Store& given) : store(given) {}

    Store& store;
    std::mutex lock;  // guards `waiting` and `is_stopping`
    Waiting waiting;
    bool is_stopping = false;
    std::condition_variable wake;
    std::mutex
        write_lock;  // one write at a time, so that write_now() returns after a write that was under way
    std::thread writer;

    void write_waiting() {
        const std::lock_guard write_hold(write_lock);
        Waiting taken;
        {
            const std::lock_guard hold(lock);
            taken.swap(waiting);
        }
        if (taken.empty()) return;
        try {
            store.write([&](Db& db) {
                for (const auto& [key, reading] : taken) add_reading(db, key.member_id, reading);
            });
        } catch (...) {
            give_back(taken);
            throw;
        }
    }

    void give_back(const Waiting& taken) {
        const std::lock_guard hold(lock);
        for (const auto& [key, reading] : taken) {
            const auto [place, is_new] = waiting.try_emplace(key, reading);
            if (is_new) continue;
            place->second.first_at = reading.first_at;
            place->second.times += reading.times;
        }
    }

    // Where nobody waits for the outcome.
    void write_or_log() {
        try {
            write_waiting();
        } catch (const std::exception& error) {
            log::write(log::Level::error, "readings", {{"what", error.what()}});
        }
    }

    void write_every_second() {
        std::unique_lock hold(lock);
        while (!is_stopping) {
            wake.wait_for(hold, std::chrono::seconds(1), [this] { return is_stopping; });
            if (waiting.empty()) continue;
            hold.unlock();
            write_or_log();
            hold.lock();
        }
    }
};

Readings::Readings(Store& store) : inside_(std::make_unique<Inside>(store)) {
    inside_->writer = std::thread([inside = inside_.get()] { inside->write_every_second(); });
}

Readings::~Readings() { stop(); }

void Readings::stop() {
    if (!inside_->writer.joinable()) return;
    {
        const std::lock_guard hold(inside_->lock);
        inside_->is_stopping = true;
    }
    inside_->wake.notify_all();
    inside_->writer.join();
    inside_->write_or_log();
}

void Readings::note(AccountId reader, std::string_view reader_name, MemberId member_id, Date day, Moment at) {
    const std::lock_guard hold(inside_->lock);
    Reading& reading = inside_->waiting[{reader, member_id, day}];
    if (reading.times++ == 0) {
        reading.reader_account_id = reader;
        reading.reader_name = reader_name;
        reading.day = day;
        reading.first_at = at;
    }
    reading.last_at = at;
}

void Readings::write_now() { inside_->write_waiting(); }

}  // namespace gw::members
