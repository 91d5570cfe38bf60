#include <doctest/doctest.h>

#include "platform/db/connection.h"
#include "platform/db/dialect.h"
#include "platform/db/statement_cache.h"
#include "platform/db/statement_text.h"

namespace gw {
namespace {

using Names = std::vector<std::string>;

TEST_CASE("parameters get numbers, and the same name the same number") {
    const auto text = number_parameters("SELECT :a, :b_2 WHERE x = :a", '$');
    CHECK(text.sql == "SELECT $1, $2 WHERE x = $1");
    CHECK(text.parameter_names == Names{"a", "b_2"});
}

TEST_CASE("strings, names, comments and casts keep their colons") {
    const auto* sql = "SELECT ':a', \"x:b\", y::text -- :c\n, z /* :d */, '12:30', a[1:2], 'it''s :e'";
    const auto text = number_parameters(sql, '?');
    CHECK(text.sql == sql);
    CHECK(text.parameter_names.empty());
    CHECK(number_parameters("SELECT 'open :a", '?').sql == "SELECT 'open :a");
    CHECK(number_parameters("SELECT 1 -- :a", '?').parameter_names.empty());
    CHECK(number_parameters(":", '?').sql == ":");
}

TEST_CASE("the cache gives up the statement that was not used for longest") {
    StatementCache<int> cache(2);
    std::vector<int> gone;
    const auto leave = [&](int statement) { gone.push_back(statement); };
    cache.add("one", 1, leave);
    cache.add("two", 2, leave);
    REQUIRE(cache.find("one") != nullptr);
    cache.add("three", 3, leave);
    CHECK(gone == std::vector<int>{2});
    CHECK(cache.find("two") == nullptr);
    CHECK(*cache.find("one") == 1);
    CHECK(*cache.find(std::string("three")) == 3);
}

TEST_CASE("the schema is taken out of a PostgreSQL address") {
    auto place = postgres_place("postgresql://u@h:5432/db?schema=tuyen_quang&connect_timeout=3");
    CHECK(place.schema == "tuyen_quang");
    CHECK(place.address == "postgresql://u@h:5432/db?connect_timeout=3");
    place = postgres_place("postgresql://h/db?sslmode=require&schema=a&x=y");
    CHECK(place.address == "postgresql://h/db?sslmode=require&x=y");
    CHECK(postgres_place("postgresql://h/db").schema == "public");
    for (const auto* name : {"", "1a", "A", "a-b", "pg_temp", "a\"b", "a;drop"})
        CHECK_THROWS_AS(postgres_place(std::string("postgresql://h/db?schema=") + name), std::runtime_error);
}

}  // namespace
}  // namespace gw
