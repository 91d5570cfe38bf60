// Stores for tests: every test that touches the database runs on SQLite and on PostgreSQL.
//
// SQLite stores are files in a temporary folder. PostgreSQL stores are fresh schemas of the server whose
// address is in GROUNDWORK_TEST_POSTGRES (scripts/with_postgres starts one); without it tests run on SQLite
// alone, unless GROUNDWORK_TEST_REQUIRE_POSTGRES=1 asks to fail then. Files and schemas go when the test
// ends.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/db/store.h"

namespace gw::test {

// A folder of its own, deleted with everything in it at the end.
class FolderForTest {
public:
    FolderForTest();
    ~FolderForTest();
    FolderForTest(const FolderForTest&) = delete;
    FolderForTest& operator=(const FolderForTest&) = delete;

    const std::string& path() const { return path_; }
    std::string file(std::string_view name) const { return path_ + "/" + std::string(name); }
    void write(std::string_view name, std::string_view text) const;

private:
    std::string path_;
};

// The migrations of the project.
std::string project_migrations();

class StoreForTest {
public:
    // Opens a fresh store with the migrations of the folder.
    explicit StoreForTest(Dialect dialect, std::string migrations = project_migrations());
    ~StoreForTest();
    StoreForTest(const StoreForTest&) = delete;
    StoreForTest& operator=(const StoreForTest&) = delete;

    Store& operator*() { return *store_; }
    Store* operator->() { return store_.get(); }
    Dialect dialect() const { return dialect_; }
    // With this a test opens the same store a second time.
    const StoreConfig& config() const { return config_; }
    // The file of a store on SQLite.
    std::string file() const;
    void close() { store_.reset(); }
    void open() { store_ = Store::open(config_); }

private:
    Dialect dialect_;
    FolderForTest folder_;
    StoreConfig config_;
    std::unique_ptr<Store> store_;
};

// The databases tests run on. Throws when PostgreSQL is required and not there.
std::vector<Dialect> databases_for_test();

// Runs `body` once on each database, with a fresh store of the project's migrations.
// Do not put a SUBCASE inside: doctest enters each of them only once.
void for_each_store(const std::function<void(Store&)>& body);
// The same for tests that bring migrations of their own or open the store again.
void for_each_database(const std::function<void(Dialect)>& body);

}  // namespace gw::test
