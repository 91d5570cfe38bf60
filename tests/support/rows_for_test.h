// A store with a table of rows, for tests of the store itself.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "support/store_for_test.h"

namespace gw::test {

// Folder with one migration: rows(id, parent_id -> rows, checked only at the commit).
struct RowMigrations {
    RowMigrations();
    FolderForTest folder;
};

// Runs `body` on each database with a fresh store of that table.
void for_each_row_store(const std::function<void(StoreForTest&)>& body);

void add_row(Db& db, std::int64_t id, std::optional<std::int64_t> parent_id = {});
std::int64_t count_rows(Store& store);
// The database's reason why `call` failed; fails the test when it did not.
DbFault fault_of(const std::function<void()>& call);

}  // namespace gw::test
