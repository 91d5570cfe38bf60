#include "platform/db/migrations.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "support/store_for_test.h"

namespace gw {
namespace {

using test::FolderForTest;
using test::for_each_database;
using test::StoreForTest;

std::string why_not(const std::function<void()>& open) {
    try {
        open();
    } catch (const std::exception& error) {
        return error.what();
    }
    return "it was opened";
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

void write_first(const FolderForTest& folder) {
    folder.write("0001_units.sql", "-- Units.\nCREATE TABLE units(id BIGINT PRIMARY KEY);\n");
}

std::int64_t applied_count(Store& store) {
    std::int64_t count = 0;
    store.read([&](Db& db) { count = db.count("SELECT count(*) FROM schema_migrations"); });
    return count;
}

TEST_CASE("the project's migrations bring an empty store to the newest form, once") {
    for_each_database([](Dialect dialect) {
        StoreForTest store(dialect);
        const auto migrations = list_migrations(test::project_migrations(), dialect);
        CHECK(applied_count(*store) == static_cast<std::int64_t>(migrations.size()));
        store.close();
        store.open();
        CHECK(applied_count(*store) == static_cast<std::int64_t>(migrations.size()));
    });
}

TEST_CASE("migrations run in the order of their numbers, and later only the missing ones") {
    for_each_database([](Dialect dialect) {
        const FolderForTest folder;
        folder.write("0003_parents.sql",
                     "ALTER TABLE units ADD COLUMN parent_id BIGINT REFERENCES units(id);");
        folder.write(
            "0002_names.sql",
            "ALTER TABLE units ADD COLUMN name TEXT; INSERT INTO units(id, name) VALUES (1, 'Nà Lung');");
        write_first(folder);
        folder.write("README.md", "not a migration");
        StoreForTest store(dialect, folder.path());
        store->write([](Db& db) { db.run("INSERT INTO units(id, name, parent_id) VALUES (2, 'b', 1)"); });
        store.close();
        folder.write("0005_ranks.sql", "ALTER TABLE units ADD COLUMN rank BIGINT NOT NULL DEFAULT 4;");
        store.open();
        store->read([](Db& db) {
            CHECK(db.count("SELECT sum(rank) FROM units") == 8);
            CHECK(db.list<std::string>("SELECT name FROM schema_migrations ORDER BY number") ==
                  std::vector<std::string>{"0001_units", "0002_names", "0003_parents", "0005_ranks"});
            CHECK(db.count("SELECT count(*) FROM schema_migrations WHERE applied_at > 1700000000000") == 4);
        });
    });
}

TEST_CASE("a pair of files gives each database its own words") {
    for_each_database([](Dialect dialect) {
        const FolderForTest folder;
        folder.write("0001_search.sqlite.sql", "CREATE TABLE only_sqlite(id BIGINT);");
        folder.write("0001_search.postgres.sql", "CREATE TABLE only_postgres(id BIGINT);");
        StoreForTest store(dialect, folder.path());
        store->read([&](Db& db) {
            CHECK(db.count(dialect == Dialect::sqlite ? "SELECT count(*) FROM only_sqlite"
                                                      : "SELECT count(*) FROM only_postgres") == 0);
        });
    });
}

TEST_CASE("a store written by a newer program is refused and left alone") {
    for_each_database([](Dialect dialect) {
        const FolderForTest older, newer;
        write_first(older);
        write_first(newer);
        newer.write("0002_visits.sql", "CREATE TABLE visits(id BIGINT);");
        StoreForTest store(dialect, newer.path());
        store.close();
        auto config = store.config();
        config.migrations = older.path();
        const auto why = why_not([&] { Store::open(config); });
        CHECK(contains(why, "was written by a newer Groundwork"));
        CHECK(contains(why, "0002_visits"));
        store.open();
        CHECK(applied_count(*store) == 2);
    });
}

TEST_CASE("a migration that was edited after it had run is refused") {
    for_each_database([](Dialect dialect) {
        const FolderForTest folder;
        write_first(folder);
        StoreForTest store(dialect, folder.path());
        store.close();
        folder.write("0001_units.sql", "-- Units.\r\nCREATE TABLE units(id BIGINT PRIMARY KEY);\r\n");
        store.open();  // other line ends are the same text
        store.close();
        folder.write("0001_units.sql", "-- Units!\nCREATE TABLE units(id BIGINT PRIMARY KEY);\n");
        const auto why = why_not([&] { store.open(); });
        CHECK(contains(why, "0001_units was changed after this store had run it"));
    });
}

TEST_CASE("a migration that comes in below the newest one run is refused") {
    for_each_database([](Dialect dialect) {
        const FolderForTest folder;
        write_first(folder);
        folder.write("0003_visits.sql", "CREATE TABLE visits(id BIGINT);");
        StoreForTest store(dialect, folder.path());
        store.close();
        folder.write("0002_tasks.sql", "CREATE TABLE tasks(id BIGINT);");
        CHECK(contains(why_not([&] { store.open(); }), "already has the later 0003_visits"));
    });
}

TEST_CASE("a migration that fails is undone whole and named; those before it stay") {
    for_each_database([](Dialect dialect) {
        const FolderForTest folder;
        write_first(folder);
        StoreForTest store(dialect, folder.path());
        store.close();
        folder.write("0002_tasks.sql", "CREATE TABLE tasks(id BIGINT);");
        folder.write("0003_broken.sql", "CREATE TABLE visits(id BIGINT); CREATE TABLE units(id BIGINT);");
        const auto why = why_not([&] { store.open(); });
        CHECK(contains(why, "The migration 0003_broken failed and was undone"));
        CHECK(contains(why, "units"));
        folder.write("0003_broken.sql", "CREATE TABLE visits(id BIGINT);");
        store.open();
        CHECK(applied_count(*store) == 3);
    });
}

TEST_CASE("tables of another program are refused") {
    for_each_database([](Dialect dialect) {
        const FolderForTest folder;
        write_first(folder);
        StoreForTest store(dialect, folder.path());
        store->write([](Db& db) { db.run("DROP TABLE schema_migrations"); });
        store.close();
        CHECK(contains(why_not([&] { store.open(); }), "tables of another program"));
    });
}

TEST_CASE("a SQLite store is copied before the first new migration runs") {
    const FolderForTest folder;
    write_first(folder);
    StoreForTest store(Dialect::sqlite, folder.path());
    const auto copy = store.file() + ".before_0002_names";
    store->write([](Db& db) { db.run("INSERT INTO units(id) VALUES (5)"); });
    store.close();
    CHECK_FALSE(std::filesystem::exists(store.file() + ".before_0001_units"));
    const FolderForTest before;
    write_first(before);
    folder.write("0002_names.sql", "ALTER TABLE units ADD COLUMN name TEXT;");
    store.open();
    REQUIRE(std::filesystem::exists(copy));
    const auto opened = Store::open({"sqlite:" + copy, before.path()});
    opened->read([](Db& db) { CHECK(db.count("SELECT id FROM units") == 5); });
    CHECK(applied_count(*opened) == 1);
}

TEST_CASE("files that are no proper migrations are refused by name") {
    const auto why = [](std::initializer_list<const char*> files) {
        const FolderForTest folder;
        for (const auto* file : files) folder.write(file, "SELECT 1;");
        return why_not([&] { list_migrations(folder.path(), Dialect::sqlite); });
    };
    for (const auto* name : {"1_units.sql", "0001.sql", "0001_.sql", "0001-units.sql", "units.sql",
                             "0001_Units.sql", "00a1_units.sql"}) {
        CAPTURE(name);
        CHECK(contains(why({name}), "must be named like 0007_meetings.sql"));
    }
    CHECK(contains(why({"0001_a.sql", "0001_b.sql"}), "share a number"));
    CHECK(contains(why({"0001_a.sql", "0001_a.sqlite.sql", "0001_a.postgres.sql"}), "share a number"));
    CHECK(contains(why({"0001_a.sqlite.sql"}), "add the other half"));
    CHECK(contains(why({"0001_a.postgres.sql"}), "add the other half"));
    CHECK(contains(why_not([] { list_migrations("/no/such/folder", Dialect::sqlite); }), "cannot be read"));
}

}  // namespace
}  // namespace gw
