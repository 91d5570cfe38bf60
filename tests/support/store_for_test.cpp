#include "support/store_for_test.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "platform/db/connection.h"
#include "platform/db/dialect.h"

namespace gw::test {
namespace {

namespace fs = std::filesystem;

std::string environment(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

// No two tests share a schema, not even tests of two programs on one server.
std::string fresh_schema() {
    static std::atomic<int> count = 0;
    return "test_" + std::to_string(getpid()) + "_" + std::to_string(++count);
}

std::string with_schema(const std::string& address, const std::string& schema) {
    return address + (address.find('?') == address.npos ? "?" : "&") + "schema=" + schema;
}

}  // namespace

FolderForTest::FolderForTest() : path_((fs::temp_directory_path() / "groundwork_test_XXXXXX").string()) {
    if (mkdtemp(path_.data()) == nullptr) throw std::runtime_error("no temporary folder could be made");
}

FolderForTest::~FolderForTest() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

void FolderForTest::write(std::string_view name, std::string_view text) const {
    std::ofstream(file(name), std::ios::binary) << text;
}

std::string project_migrations() { return GROUNDWORK_SOURCE_DIR "/migrations"; }

StoreForTest::StoreForTest(Dialect dialect, std::string migrations) : dialect_(dialect) {
    config_.migrations = std::move(migrations);
    config_.address = dialect == Dialect::sqlite
                          ? "sqlite:" + folder_.file("groundwork.db")
                          : with_schema(environment("GROUNDWORK_TEST_POSTGRES"), fresh_schema());
    open();
}

StoreForTest::~StoreForTest() {
    store_.reset();
    if (dialect_ != Dialect::postgres) return;
    try {
        auto place = postgres_place(config_.address);
        const std::string schema = std::exchange(place.schema, "public");
        open_postgres(place, PostgresUse::write)->script("DROP SCHEMA IF EXISTS \"" + schema + "\" CASCADE");
    } catch (const std::exception& error) {
        MESSAGE("a schema of a test was not dropped: ", error.what());
    }
}

std::string StoreForTest::file() const { return folder_.file("groundwork.db"); }

std::vector<Dialect> databases_for_test() {
    if (!environment("GROUNDWORK_TEST_POSTGRES").empty()) return {Dialect::sqlite, Dialect::postgres};
    if (environment("GROUNDWORK_TEST_REQUIRE_POSTGRES") == "1")
        throw std::runtime_error(
            "GROUNDWORK_TEST_POSTGRES names no server: run the tests with scripts/with_postgres");
    return {Dialect::sqlite};
}

void for_each_database(const std::function<void(Dialect)>& body) {
    for (const auto dialect : databases_for_test()) {
        INFO("database: ", std::string(name_of(dialect)));
        body(dialect);
    }
}

void for_each_store(const std::function<void(Store&)>& body) {
    for_each_database([&](Dialect dialect) {
        StoreForTest store(dialect);
        body(*store);
    });
}

}  // namespace gw::test
