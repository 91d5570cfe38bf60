// What store.h promises of reads, of opening a store and of its copies.
#include <doctest/doctest.h>

#include <atomic>
#include <filesystem>
#include <latch>
#include <thread>

#include "platform/db/readers.h"
#include "support/rows_for_test.h"

namespace gw {
namespace {

using test::add_row;
using test::count_rows;
using test::fault_of;
using test::for_each_row_store;
using test::StoreForTest;

std::string why_not_opened(const StoreConfig& config) {
    try {
        Store::open(config);
    } catch (const std::exception& error) {
        return error.what();
    }
    return "it was opened";
}

TEST_CASE("a read sees one state from its first statement to its last") {
    for_each_row_store([](StoreForTest& store) {
        store->read([&](Db& db) {
            CHECK(db.count("SELECT count(*) FROM rows") == 0);
            std::jthread([&] { store->write([](Db& inner) { add_row(inner, 1); }); }).join();
            CHECK(db.count("SELECT count(*) FROM rows") == 0);
            // A read inside a read looks at the same state.
            CHECK(count_rows(*store) == 0);
        });
        CHECK(count_rows(*store) == 1);
    });
}

TEST_CASE("a read that throws gives its snapshot back") {
    for_each_row_store([](StoreForTest& store) {
        store->write([](Db& db) { add_row(db, 1); });
        CHECK_THROWS_AS(store->read([](Db& db) {
            db.each("SELECT id FROM rows", {}, [](const Row&) { throw std::runtime_error("enough"); });
        }),
                        std::runtime_error);
        CHECK(fault_of([&] { store->read([](Db& db) { db.run("SELECT nothing FROM rows"); }); }) ==
              DbFault::syntax);
        store->write([](Db& db) { add_row(db, 2); });
        CHECK(count_rows(*store) == 2);
    });
}

TEST_CASE("a read cannot change anything") {
    for_each_row_store([](StoreForTest& store) {
        CHECK(fault_of([&] { store->read([](Db& db) { add_row(db, 1); }); }) == DbFault::other);
        CHECK_THROWS_AS(store->read([](Db& db) { db.begin(true); }), std::logic_error);
        CHECK(count_rows(*store) == 0);
    });
}

TEST_CASE("threads come and go, stores come and go") {
    for_each_row_store([](StoreForTest& store) {
        store->write([](Db& db) { add_row(db, 1); });
        std::atomic<int> right = 0;
        for (int round = 0; round < 5; ++round) {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 6; ++t)
                threads.emplace_back([&] { right += count_rows(*store) == 1 ? 1 : 0; });
        }
        CHECK(right == 30);
        // This thread keeps its connection while the store is closed and opened again.
        for (int round = 0; round < 3; ++round) {
            CHECK(count_rows(*store) == 1);
            store.close();
            store.open();
        }
        // A thread that outlives the store it has read.
        std::latch has_read(1), store_is_gone(1);
        std::jthread outliving([&] {
            right += count_rows(*store) == 1 ? 1 : 0;
            has_read.count_down();
            store_is_gone.wait();
        });
        has_read.wait();
        store.close();
        store_is_gone.count_down();
        outliving.join();
        CHECK(right == 31);
    });
}

TEST_CASE("one thread may read two stores at once") {
    for_each_row_store([](StoreForTest& store) {
        const auto other = Store::open(store.config());
        other->write([](Db& db) { add_row(db, 1); });
        store->read([&](Db& db) {
            CHECK(count_rows(*other) == 1);
            CHECK(db.count("SELECT count(*) FROM rows") == 1);
        });
    });
}

TEST_CASE("a reader that gets no connection in time is told so") {
    const test::RowMigrations migrations;
    StoreForTest store(Dialect::sqlite, migrations.folder.path());
    ReaderPool pool([&] { return open_sqlite(store.file(), SqliteUse::read); }, 1,
                    std::chrono::milliseconds(30));
    pool.read([&](Db&) {
        std::jthread([&] { CHECK(fault_of([&] { pool.read([](Db&) {}); }) == DbFault::busy); }).join();
    });
    std::int64_t count = -1;
    pool.read([&](Db& db) { count = db.count("SELECT count(*) FROM rows"); });
    CHECK(count == 0);
    ReaderPool unreachable([] { return open_sqlite("/no/such/folder/file.db", SqliteUse::read); }, 1,
                           std::chrono::milliseconds(30));
    for (int i = 0; i < 3; ++i) CHECK(fault_of([&] { unreachable.read([](Db&) {}); }) == DbFault::connection);
}

TEST_CASE("a lost connection to PostgreSQL is opened again") {
    const test::RowMigrations migrations;
    for (const auto dialect : test::databases_for_test()) {
        if (dialect != Dialect::postgres) continue;
        StoreForTest store(dialect, migrations.folder.path());
        const auto other = Store::open(store.config());
        // Returns when the session has ended, after a minute at the latest.
        const auto end_session = [&](std::int64_t session) {
            other->read([&](Db& db) {
                CHECK(db.count("SELECT CAST(pg_terminate_backend(CAST(:pid AS INTEGER), 60000) AS INTEGER)",
                               {{"pid", session}}) == 1);
            });
        };
        std::int64_t reader = 0, writer = 0;
        store->read([&](Db& db) { reader = db.count("SELECT pg_backend_pid()"); });
        store->write([&](Db& db) { writer = db.count("SELECT pg_backend_pid()"); });
        end_session(reader);
        end_session(writer);
        CHECK(count_rows(*store) == 0);
        store->write([](Db& db) { add_row(db, 1); });
        CHECK(count_rows(*store) == 1);

        // Lost in the middle of a call: the call is told, nothing of it stays, and the next one works.
        CHECK(fault_of([&] {
                  store->write([&](Db& db) {
                      add_row(db, 2);
                      end_session(db.count("SELECT pg_backend_pid()"));
                      add_row(db, 3);
                  });
              }) == DbFault::connection);
        CHECK(fault_of([&] {
                  store->write([&](Db& db) {
                      add_row(db, 4);
                      end_session(db.count("SELECT pg_backend_pid()"));
                  });
              }) == DbFault::connection);
        store->write([](Db& db) { add_row(db, 5); });
        CHECK(count_rows(*store) == 2);
        CHECK(fault_of([&] {
                  store->read([&](Db& db) {
                      end_session(db.count("SELECT pg_backend_pid()"));
                      db.count("SELECT count(*) FROM rows");
                  });
              }) == DbFault::connection);
        CHECK(count_rows(*store) == 2);

        // Lost before the end of a read, for which nobody waits, has been answered.
        store->read([&](Db& db) { end_session(db.count("SELECT pg_backend_pid()")); });
        CHECK(count_rows(*store) == 2);
    }
}

TEST_CASE("every connection to PostgreSQL works in the schema of its store") {
    const test::RowMigrations migrations;
    for (const auto dialect : test::databases_for_test()) {
        if (dialect != Dialect::postgres) continue;
        StoreForTest one(dialect, migrations.folder.path()), two(dialect, migrations.folder.path());
        one->write([](Db& db) { add_row(db, 1); });
        CHECK(count_rows(*one) == 1);
        CHECK(count_rows(*two) == 0);
        auto config = one.config();
        config.address.replace(config.address.find("schema=") + 7, std::string::npos, "pg_catalog");
        CHECK(why_not_opened(config).find("no name for a schema") != std::string::npos);
    }
}

TEST_CASE("an address that is no store is refused with a sentence") {
    const test::FolderForTest folder;
    const auto why_not = [&](const std::string& address) {
        return why_not_opened({address, test::project_migrations()});
    };
    CHECK(why_not("groundwork.db").find("names no store") != std::string::npos);
    CHECK(why_not("sqlite:").find("names no file") != std::string::npos);
    CHECK(why_not("sqlite::memory:").find("names no file") != std::string::npos);
    CHECK(why_not("sqlite:" + folder.file("no/such/place.db")).find("is not there") != std::string::npos);
    CHECK(why_not("sqlite:" + folder.path()).find("is a folder") != std::string::npos);
    CHECK(why_not("postgresql://127.0.0.1:1/none").find("cannot reach PostgreSQL") != std::string::npos);
    folder.write("notes.txt", "These are the minutes of a meeting.\n");
    CHECK(why_not("sqlite:" + folder.file("notes.txt")).find("is no SQLite file") != std::string::npos);
    const std::string file = folder.file("other.db");
    open_sqlite(file, SqliteUse::write)->script("CREATE TABLE songs(id BIGINT)");
    CHECK(why_not("sqlite:" + file).find("another program") != std::string::npos);
    // It was only looked at.
    CHECK(open_sqlite(file, SqliteUse::read)->count("SELECT count(*) FROM sqlite_master") == 1);
    CHECK(open_sqlite(file, SqliteUse::read)->count("PRAGMA application_id") == 0);
}

TEST_CASE("only the owner may read the file of a store and its copies") {
    const test::RowMigrations migrations;
    StoreForTest store(Dialect::sqlite, migrations.folder.path());
    store->write([](Db& db) { add_row(db, 1); });
    const test::FolderForTest folder;
    store->back_up(folder.file("copy.db"));
    using std::filesystem::perms;
    for (const auto& file : {store.file(), store.file() + "-wal", folder.file("copy.db")}) {
        CAPTURE(file);
        CHECK((std::filesystem::status(file).permissions() & (perms::group_all | perms::others_all)) ==
              perms::none);
    }
}

TEST_CASE("a copy of a SQLite store is a whole store, taken while others write") {
    const test::RowMigrations migrations;
    StoreForTest store(Dialect::sqlite, migrations.folder.path());
    store->write([](Db& db) { add_row(db, 0); });
    const test::FolderForTest folder;
    const auto copy = folder.file("copy.db");
    std::atomic<bool> is_over = false;
    {
        std::jthread writer([&] {
            for (std::int64_t i = 1; !is_over; ++i) store->write([&](Db& db) { add_row(db, i); });
        });
        for (int i = 0; i < 5; ++i) store->back_up(copy);
        is_over = true;
    }
    const auto opened = Store::open({"sqlite:" + copy, migrations.folder.path()});
    CHECK(count_rows(*opened) >= 1);
    CHECK(count_rows(*opened) <= count_rows(*store));
    opened->read([](Db& db) { CHECK(db.one<std::string>("PRAGMA integrity_check") == "ok"); });
    CHECK_FALSE(std::filesystem::exists(copy + ".unfinished"));
    CHECK_THROWS_AS(store->back_up(folder.file("no/such/folder/copy.db")), DbError);
}

TEST_CASE("a store on PostgreSQL says that pg_dump copies it") {
    for (const auto dialect : test::databases_for_test()) {
        if (dialect != Dialect::postgres) continue;
        const test::RowMigrations migrations;
        StoreForTest store(dialect, migrations.folder.path());
        CHECK_THROWS_WITH(store->back_up("/tmp/never_written"),
                          "A store on PostgreSQL is backed up with pg_dump.");
    }
}

}  // namespace
}  // namespace gw
