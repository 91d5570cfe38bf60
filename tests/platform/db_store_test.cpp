// What store.h promises of changes: each call alone or not at all, and answered only when durable.
#include <doctest/doctest.h>

#include <atomic>
#include <filesystem>
#include <latch>
#include <thread>

#include "platform/db/writer.h"
#include "platform/problem.h"
#include "support/comes_true.h"
#include "support/rows_for_test.h"

namespace gw {
namespace {

using test::add_row;
using test::count_rows;
using test::fault_of;
using test::for_each_row_store;
using test::StoreForTest;

// Answers of calls that were queued without waiting.
class Answers {
public:
    explicit Answers(std::ptrdiff_t count)
        : errors(static_cast<std::size_t>(count)), answered_(static_cast<std::size_t>(count)), left_(count) {}
    Store::Done expect(std::size_t call) {
        return [this, call](const std::exception_ptr& error) {
            errors[call] = error;
            answered_[call] = true;
            left_.count_down();
        };
    }
    void wait() { left_.wait(); }
    bool has(std::size_t call) const { return answered_[call]; }

    std::vector<std::exception_ptr> errors;

private:
    std::vector<std::atomic<bool>> answered_;
    std::latch left_;
};

// Holds the writer while calls are queued behind it, so that they share its next batch.
template <class Queue>
void queue_together(Store& store, Queue&& queue) {
    const auto started = std::make_shared<std::latch>(1), may_end = std::make_shared<std::latch>(1);
    store.write(
        [started, may_end](Db&) {
            started->count_down();
            may_end->wait();
            std::this_thread::sleep_for(std::chrono::milliseconds(6));  // the batch of this call is over
        },
        [](const std::exception_ptr&) {});
    started->wait();
    queue();
    may_end->count_down();
}

TEST_CASE("a change is there for the next read") {
    for_each_row_store([](StoreForTest& store) {
        store->write([](Db& db) {
            add_row(db, 1);
            CHECK(db.count("SELECT count(*) FROM rows") == 1);
        });
        CHECK(count_rows(*store) == 1);
    });
}

TEST_CASE("a commit waits until the disk has it") {
    for_each_row_store([](StoreForTest& store) {
        store->write([&](Db& db) {
            if (store.dialect() == Dialect::sqlite) {
                CHECK(db.one<std::string>("PRAGMA journal_mode") == "wal");
                // NORMAL: the answer waits for the log, not the commit (db_sync_test.cpp). Not OFF, which
                // would let the database overtake its log.
                CHECK(db.count("PRAGMA synchronous") == 1);
            } else {
                CHECK(db.one<std::string>("SELECT current_setting('synchronous_commit')") == "on");
            }
        });
    });
}

// 300 MB go through a log that is begun anew at 64 MB, or a little later while somebody reads what is old.
TEST_CASE("the log beside a SQLite file stays short while much is written") {
    test::StoreForTest store(Dialect::sqlite);
    store->write(
        [](Db& db) { db.script("CREATE TABLE pages (id BIGINT PRIMARY KEY, content TEXT NOT NULL)"); });
    const std::string megabyte(1'000'000, 'x');
    std::uintmax_t longest = 0;
    for (std::int64_t id = 0; id < 300; ++id) {
        store->write([&](Db& db) {
            db.run("DELETE FROM pages");
            db.run("INSERT INTO pages (id, content) VALUES (:id, :content)",
                   {{"id", id}, {"content", megabyte}});
        });
        longest = std::max(longest, std::filesystem::file_size(store.file() + "-wal"));
    }
    CHECK(longest < 100'000'000);
    store->read([](Db& db) { CHECK(db.count("SELECT count(*) FROM pages") == 1); });
}

TEST_CASE("a refused call leaves nothing and tells why") {
    for_each_row_store([](StoreForTest& store) {
        CHECK_THROWS_AS(store->write([](Db& db) {
            add_row(db, 1);
            throw Refusal(Reason::conflict, Problem{"", "platform.not_found"});
        }),
                        Refusal);
        CHECK(fault_of([&] {
                  store->write([](Db& db) {
                      add_row(db, 1);
                      add_row(db, 1);
                  });
              }) == DbFault::unique);
        CHECK(count_rows(*store) == 0);
    });
}

TEST_CASE("calls that wait share one commit, and a refused one undoes only itself") {
    for_each_row_store([](StoreForTest& store) {
        constexpr std::size_t calls = 40;
        std::atomic<int> commits = 0;
        store->after_commit([&] { ++commits; });
        Answers answers(calls);
        queue_together(*store, [&] {
            for (std::size_t i = 0; i < calls; ++i)
                store->write(
                    [i](Db& db) {
                        add_row(db, static_cast<std::int64_t>(i));
                        if (i % 4 == 1) throw std::runtime_error("refused");
                        if (i % 4 == 2) add_row(db, static_cast<std::int64_t>(i));  // exists already
                    },
                    answers.expect(i));
        });
        answers.wait();
        for (std::size_t i = 0; i < calls; ++i)
            CHECK((answers.errors[i] != nullptr) == (i % 4 == 1 || i % 4 == 2));
        CHECK(count_rows(*store) == calls / 2);
        CHECK(commits.load() < static_cast<int>(calls) / 2);
    });
}

TEST_CASE("many threads that write together need fewer commits than calls") {
    for_each_row_store([](StoreForTest& store) {
        constexpr int threads = 16, calls = 25;
        std::atomic<int> commits = 0;
        store->after_commit([&] { ++commits; });
        {
            std::vector<std::jthread> writers;
            for (int t = 0; t < threads; ++t)
                writers.emplace_back([&, t] {
                    for (int i = 0; i < calls; ++i) store->write([&](Db& db) { add_row(db, t * calls + i); });
                });
        }
        CHECK(count_rows(*store) == threads * calls);
        CHECK(commits.load() < threads * calls);
    });
}

TEST_CASE("a call is answered only when others can see its change, after the hooks") {
    for_each_row_store([](StoreForTest& store) {
        const auto other = Store::open(store.config());
        std::atomic<std::int64_t> seen_by_hook = 0, seen_by_answer = 0;
        store->after_commit([&] { seen_by_hook = count_rows(*other); });
        Answers answers(1);
        store->write([](Db& db) { add_row(db, 1); },
                     [&, answered = answers.expect(0)](const std::exception_ptr& error) {
                         seen_by_answer = count_rows(*other) + seen_by_hook;
                         answered(error);
                     });
        answers.wait();
        CHECK(seen_by_hook == 1);
        CHECK(seen_by_answer == 2);
        other->close();
    });
}

TEST_CASE("hooks do not run when nothing was changed") {
    for_each_row_store([](StoreForTest& store) {
        int hooks = 0;
        store->after_commit([&] { ++hooks; });
        CHECK_THROWS(store->write([](Db&) { throw std::runtime_error("refused"); }));
        CHECK(hooks == 0);
    });
}

TEST_CASE("when the commit fails every call of the batch is told") {
    for_each_row_store([](StoreForTest& store) {
        std::int64_t alone = 0;
        const auto fails_together = [&] {
            Answers answers(3);
            queue_together(*store, [&] {
                store->write([&](Db& db) { add_row(db, alone); }, answers.expect(0));
                store->write([](Db& db) { add_row(db, 1000, 9999); },
                             answers.expect(1));  // the parent is missed at the commit
                store->write([](Db&) { throw std::runtime_error("own reason"); }, answers.expect(2));
            });
            answers.wait();
            const auto fault = [&](std::size_t call) {
                return fault_of([&] {
                    if (answers.errors[call]) std::rethrow_exception(answers.errors[call]);
                });
            };
            CHECK(fault(1) == DbFault::foreign_key);
            CHECK_THROWS_WITH(std::rethrow_exception(answers.errors[2]), "own reason");
            // On a busy machine the time of the batch may be over after the first call: it is kept then.
            if (!answers.errors[0]) return ++alone, false;
            CHECK(fault(0) == DbFault::foreign_key);
            return true;
        };
        CHECK(testing::comes_true(fails_together));
        CHECK(count_rows(*store) == alone);
        store->write([](Db& db) { add_row(db, 2000); });
        CHECK(count_rows(*store) == alone + 1);
    });
}

TEST_CASE("when the disk is full the calls that were answered well are there, and no others") {
    const test::RowMigrations migrations;
    StoreForTest store(Dialect::sqlite, migrations.folder.path());
    const auto limit_pages = [&](std::int64_t more) {
        store->write([&](Db& db) {
            db.count("PRAGMA max_page_count=" + std::to_string(db.count("PRAGMA page_count") + more));
        });
    };
    limit_pages(3);
    constexpr std::size_t calls = 30;
    Answers answers(calls);
    queue_together(*store, [&] {
        for (std::size_t i = 0; i < calls; ++i)
            store->write(
                [i](Db& db) {
                    const auto first = static_cast<std::int64_t>(i) * 1000;
                    for (std::int64_t row = 0; row < (i % 3 == 1 ? 900 : 2); ++row) add_row(db, first + row);
                },
                answers.expect(i));
    });
    answers.wait();
    std::size_t refused = 0;
    std::int64_t rows = 0;
    for (std::size_t i = 0; i < calls; ++i) {
        if (answers.errors[i]) ++refused;
        else rows += i % 3 == 1 ? 900 : 2;
    }
    CHECK(refused >= calls / 3 - 3);
    CHECK(count_rows(*store) == rows);
    limit_pages(100000);
    store->write([](Db& db) { add_row(db, 1'000'000); });
    CHECK(count_rows(*store) == rows + 1);
}

TEST_CASE("a call cannot go on after a failed statement") {
    for_each_row_store([](StoreForTest& store) {
        const auto call = [](Db& db) {
            add_row(db, 1);
            CHECK(fault_of([&] { add_row(db, 1); }) == DbFault::unique);
        };
        CHECK(fault_of([&] { store->write(call); }) == DbFault::other);
        CHECK(fault_of([&] {
                  store->write([&](Db& db) {
                      call(db);
                      add_row(db, 2);
                  });
              }) == DbFault::other);
        CHECK(count_rows(*store) == 0);
    });
}

TEST_CASE("a call cannot end the transaction of the writer") {
    for_each_row_store([](StoreForTest& store) {
        CHECK_THROWS_AS(store->write([](Db& db) {
            add_row(db, 1);
            db.commit();
        }),
                        std::logic_error);
        CHECK_THROWS_AS(store->write([](Db& db) { db.begin(true); }), std::logic_error);
        CHECK_THROWS_AS(store->write([](Db& db) {
            add_row(db, 1);
            db.rollback();
        }),
                        DbError);
        CHECK(count_rows(*store) == 0);
    });
}

TEST_CASE("the writer neither waits for itself nor reads beside its own change") {
    for_each_row_store([](StoreForTest& store) {
        CHECK_THROWS_AS(store->write([&](Db&) { store->write([](Db& db) { add_row(db, 1); }); }),
                        std::logic_error);
        CHECK_THROWS_AS(store->write([&](Db&) { count_rows(*store); }), std::logic_error);
        CHECK(count_rows(*store) == 0);
        // A hook may read, and an answer may queue the next change.
        std::atomic<std::int64_t> seen = 0;
        store->after_commit([&] { seen = count_rows(*store); });
        Answers answers(1);
        store->write([](Db& db) { add_row(db, 1); },
                     [&](const std::exception_ptr&) {
                         store->write([](Db& db) { add_row(db, 2); }, answers.expect(0));
                     });
        answers.wait();
        CHECK(seen == 2);
    });
}

TEST_CASE("closing answers the calls that wait and refuses later ones") {
    for_each_row_store([](StoreForTest& store) {
        std::atomic<int> answered = 0;
        for (int i = 0; i < 50; ++i)
            store->write([i](Db& db) { add_row(db, i); },
                         [&](const std::exception_ptr& error) { answered += error ? 0 : 1; });
        store->close();
        CHECK(answered == 50);
        CHECK(fault_of([&] { store->write([](Db& db) { add_row(db, 99); }); }) == DbFault::connection);
        CHECK(count_rows(*store) == 50);
        store->close();
    });
}

TEST_CASE("when the database stays away the calls that wait are told, and it is tried again for later ones") {
    const test::RowMigrations migrations;
    StoreForTest store(Dialect::sqlite, migrations.folder.path());
    std::atomic<bool> is_away = true;
    Writer writer(*store, nullptr, [&] {
        if (is_away) throw DbError(DbFault::connection, "away");
        return open_sqlite(store.file(), SqliteUse::write);
    });
    Answers answers(3);
    for (const std::size_t call : {0u, 1u})
        writer.add([call](Db& db) { add_row(db, static_cast<std::int64_t>(call)); }, answers.expect(call));
    REQUIRE(testing::comes_true([&] { return answers.has(0) && answers.has(1); }));
    is_away = false;
    writer.add([](Db& db) { add_row(db, 2); }, answers.expect(2));
    answers.wait();
    for (const std::size_t call : {0u, 1u})
        CHECK(fault_of([&] { std::rethrow_exception(answers.errors[call]); }) == DbFault::connection);
    CHECK(answers.errors[2] == nullptr);
    CHECK(count_rows(*store) == 1);
}

TEST_CASE("an answer that throws does not stop the writer") {
    for_each_row_store([](StoreForTest& store) {
        store->write([](Db& db) { add_row(db, 1); },
                     [](const std::exception_ptr&) { throw std::runtime_error("answer"); });
        store->write([](Db& db) { add_row(db, 2); });
        CHECK(count_rows(*store) == 2);
    });
}

TEST_CASE("two programs on one store take turns") {
    for_each_row_store([](StoreForTest& store) {
        const auto other = Store::open(store.config());
        const auto add_next = [](Db& db) { add_row(db, db.count("SELECT max(id) FROM rows") + 1); };
        std::atomic<int> failed = 0;
        {
            std::vector<std::jthread> writers;
            for (Store* const one : {&*store, other.get(), &*store, other.get()})
                writers.emplace_back([&, one] {
                    for (int i = 0; i < 50; ++i) try {
                            one->write(add_next);
                        } catch (const std::exception&) {
                            ++failed;
                        }
                });
        }
        CHECK(failed == 0);
        CHECK(count_rows(*store) == 200);
    });
}

TEST_CASE("readers see whole changes while others write") {
    for_each_row_store([](StoreForTest& store) {
        std::atomic<bool> is_over = false;
        std::atomic<int> torn = 0, reads = 0, writes = 0;
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 3; ++t)
                threads.emplace_back([&] {
                    while (!is_over) {
                        store->read([&](Db& db) {
                            const auto before = db.count("SELECT count(*) FROM rows");
                            const auto after = db.count("SELECT count(*) FROM rows WHERE id > -1");
                            if (before % 3 != 0 || before != after) ++torn;
                        });
                        ++reads;
                    }
                });
            for (int t = 0; t < 3; ++t)
                threads.emplace_back([&, t] {
                    for (std::int64_t i = 0; !is_over; ++i, ++writes)
                        store->write([&](Db& db) {
                            for (int row = 0; row < 3; ++row) add_row(db, (i * 3 + row) * 3 + t);
                        });
                });
            CHECK(testing::comes_true([&] { return reads > 100 && writes > 100; }));
            is_over = true;
        }
        CHECK(torn == 0);
        CHECK(count_rows(*store) == writes * 3);
    });
}

}  // namespace
}  // namespace gw
