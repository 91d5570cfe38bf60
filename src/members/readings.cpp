#include <condition_variable>
#include <mutex>
#include <thread>

#include "members/readings.h"
#include "platform/db/store.h"
#include "platform/log/log.h"

namespace gw::members {

namespace {

struct ReadingKey {
    AccountId reader;
    UnitId unit_id;
    MemberId member_id;
    Part part;
    Date day{};
    bool operator==(const ReadingKey&) const = default;
};

struct HashKey {
    std::size_t operator()(const ReadingKey& key) const {
        return (std::hash<AccountId>()(key.reader) * 31 + std::hash<MemberId>()(key.member_id)) * 31 +
               std::hash<UnitId>()(key.unit_id) + static_cast<unsigned>(key.part) +
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
                for (const auto& [key, reading] : taken) add_reading(db, reading);
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

void Readings::add(const Call& call, Reading reading, std::string_view permission) {
    if (!call.actor.account_id) return;
    const std::lock_guard hold(inside_->lock);
    const auto [place, is_first] = inside_->waiting.try_emplace(
        {call.actor.account_id, reading.unit_id, reading.member_id, reading.part, call.today});
    Reading& kept = place->second;
    ++kept.times;
    kept.last_at = call.now;
    if (!is_first) return;
    const Ground ground = call.actor.ground(permission, reading.unit_id);
    reading.times = kept.times;
    reading.day = call.today;
    reading.first_at = reading.last_at = call.now;
    reading.reader_account_id = call.actor.account_id;
    reading.reader_name = call.actor.name;
    reading.reader_member_id = call.actor.member_id;
    reading.reader_unit_id = call.actor.home_unit_id;
    reading.role_key = ground.role_key;
    reading.because = ground.because;
    reading.ground_unit_id = ground.unit_id;
    kept = std::move(reading);
}

void Readings::note(const Call& call, const Member& member, Part part) {
    if (member.id == call.actor.member_id) return;
    Reading reading;
    reading.unit_id = member.unit_id;
    reading.member_id = member.id;
    reading.part = part;
    add(call, std::move(reading), "members.read_file");
}

void Readings::note_list(const Call& call, UnitId unit_id, Part part) {
    Reading reading;
    reading.unit_id = unit_id;
    reading.part = part;
    add(call, std::move(reading), "members.read");
}

void Readings::write_now() { inside_->write_waiting(); }

}  // namespace gw::members
