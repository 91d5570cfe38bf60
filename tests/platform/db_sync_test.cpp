// On SQLite the writer goes on while the disk takes a group of calls, and nobody is answered before it has.
#include <doctest/doctest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <filesystem>
#include <future>
#include <mutex>

#include "support/rows_for_test.h"

namespace gw {
namespace {

// The disk under this program: it can be made to wait, or to fail.
struct Disk {
    std::mutex mutex;
    std::condition_variable changed;
    bool is_held = false;
    bool is_broken = false;
    int waiting = 0;  // calls of fdatasync on a log that have not returned

    void hold(bool held) {
        const std::lock_guard lock(mutex);
        is_held = held;
        changed.notify_all();
    }
    void wait_until_asked() {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return waiting > 0; });
    }
    bool take() {
        std::unique_lock lock(mutex);
        ++waiting;
        changed.notify_all();
        changed.wait(lock, [&] { return !is_held; });
        --waiting;
        return !is_broken;
    }
};
Disk disk;

// Lets the disk go on at the end of a test, also of one that fails.
struct HeldDisk {
    HeldDisk() { disk.hold(true); }
    ~HeldDisk() { disk.hold(false); }
};

using test::add_row;
using test::count_rows;
using test::fault_of;
using test::RowMigrations;
using test::StoreForTest;

std::future<std::exception_ptr> write_later(Store& store, std::function<void(Db&)> change) {
    auto answer = std::make_shared<std::promise<std::exception_ptr>>();
    auto answered = answer->get_future();
    store.write(std::move(change), [answer](const std::exception_ptr& error) { answer->set_value(error); });
    return answered;
}

bool is_answered(const std::future<std::exception_ptr>& answer) {
    return answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

}  // namespace
}  // namespace gw

// Stands before the function of the C library, for this program and for SQLite in it.
extern "C" int fdatasync(int file) {
    std::error_code unknown;
    const auto name =
        std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(file), unknown).string();
    if (name.ends_with("-wal") && !gw::disk.take()) {
        errno = EIO;
        return -1;
    }
    return static_cast<int>(syscall(SYS_fdatasync, file));
}

namespace gw {
namespace {

TEST_CASE("no call is answered before the disk has it, and the next ones run meanwhile") {
    const RowMigrations migrations;
    StoreForTest store(Dialect::sqlite, migrations.folder.path());
    std::promise<void> has_run;
    std::future<std::exception_ptr> first, second, refused;
    {
        const HeldDisk held;
        first = write_later(*store, [](Db& db) { add_row(db, 1); });
        disk.wait_until_asked();
        CHECK(!is_answered(first));
        second = write_later(*store, [&](Db& db) {
            add_row(db, 2, 1);
            has_run.set_value();
        });
        refused = write_later(*store, [](Db&) { throw std::runtime_error("refused"); });
        has_run.get_future().wait();
        CHECK(!is_answered(first));
        CHECK(!is_answered(second));
    }
    CHECK(first.get() == nullptr);
    CHECK(second.get() == nullptr);
    CHECK(refused.get() != nullptr);
    CHECK(count_rows(*store) == 2);
}

TEST_CASE("closing waits for the disk and then answers") {
    const RowMigrations migrations;
    StoreForTest store(Dialect::sqlite, migrations.folder.path());
    std::future<std::exception_ptr> answer;
    std::future<void> closing;
    {
        const HeldDisk held;
        answer = write_later(*store, [](Db& db) { add_row(db, 1); });
        disk.wait_until_asked();
        closing = std::async(std::launch::async, [&] { store->close(); });
        CHECK(closing.wait_for(std::chrono::milliseconds(20)) == std::future_status::timeout);
        CHECK(!is_answered(answer));
    }
    closing.get();
    CHECK(is_answered(answer));
    CHECK(answer.get() == nullptr);
}

TEST_CASE("when the disk fails the calls are told, and no later one is taken") {
    const RowMigrations migrations;
    StoreForTest store(Dialect::sqlite, migrations.folder.path());
    store->write([](Db& db) { add_row(db, 1); });
    disk.is_broken = true;
    CHECK(fault_of([&] { store->write([](Db& db) { add_row(db, 2); }); }) == DbFault::connection);
    // The disk may say that all is well again, but what it lost stays lost.
    disk.is_broken = false;
    bool has_run = false;
    CHECK(fault_of([&] { store->write([&](Db&) { has_run = true; }); }) == DbFault::connection);
    CHECK(!has_run);
    store.close();
    store.open();
    store->write([](Db& db) { add_row(db, 3); });
    CHECK(count_rows(*store) >= 2);
}

}  // namespace
}  // namespace gw
