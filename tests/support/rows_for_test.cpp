#include "support/rows_for_test.h"

#include <doctest/doctest.h>

namespace gw::test {

RowMigrations::RowMigrations() {
    folder.write("0001_rows.sql",
                 "CREATE TABLE rows(id BIGINT PRIMARY KEY, "
                 "parent_id BIGINT REFERENCES rows(id) DEFERRABLE INITIALLY DEFERRED);");
}

void for_each_row_store(const std::function<void(StoreForTest&)>& body) {
    const RowMigrations migrations;
    for_each_database([&](Dialect dialect) {
        StoreForTest store(dialect, migrations.folder.path());
        body(store);
    });
}

void add_row(Db& db, std::int64_t id, std::optional<std::int64_t> parent_id) {
    db.run("INSERT INTO rows(id, parent_id) VALUES (:id, :parent_id)",
           {{"id", id}, {"parent_id", parent_id}});
}

std::int64_t count_rows(Store& store) {
    std::int64_t count = -1;
    store.read([&](Db& db) { count = db.count("SELECT count(*) FROM rows"); });
    return count;
}

DbFault fault_of(const std::function<void()>& call) {
    try {
        call();
    } catch (const DbError& error) {
        return error.fault;
    }
    FAIL("the database refused nothing");
    return DbFault::other;
}

}  // namespace gw::test
