// One SQL text for both databases: what our code relies on being the same.
#include <doctest/doctest.h>

#include <limits>

#include "platform/db/dialect.h"
#include "support/store_for_test.h"

namespace gw {
namespace {

BOOST_DEFINE_ENUM_CLASS(Kind, cell, committee)

struct Thing {
    Id<Thing> id;
    std::string name;
    std::optional<std::int64_t> amount;
    std::optional<std::string> note;
    double weight = 0;
    bool is_active = true;
    Kind kind = Kind::cell;
    Date held_on{};
    Moment made_at;
};
BOOST_DESCRIBE_STRUCT(Thing, (), (id, name, amount, note, weight, is_active, kind, held_on, made_at))

constexpr const char* tables = R"(
-- Semicolons; in comments, and two statements.
CREATE TABLE things(
    id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE, amount BIGINT CHECK (amount >= 0), note TEXT,
    weight DOUBLE PRECISION NOT NULL, is_active BIGINT NOT NULL, kind TEXT NOT NULL, held_on TEXT NOT NULL,
    made_at BIGINT NOT NULL);
CREATE TABLE parts(id BIGINT PRIMARY KEY, thing_id BIGINT NOT NULL REFERENCES things(id), parent_id BIGINT);
)";

Date some_day() { return {std::chrono::year(2024), std::chrono::month(4), std::chrono::day(17)}; }

Thing thing(std::int64_t id, std::string name, std::optional<std::int64_t> amount = {}) {
    return {{id}, std::move(name), amount, {}, 1.5, true, Kind::committee, some_day(), {1713312000000}};
}

// Runs `body` on each database inside one call, with the two tables.
void on_tables(const std::function<void(Db&)>& body) {
    const test::FolderForTest folder;
    folder.write("0001_things.sql", tables);
    test::for_each_database([&](Dialect dialect) {
        test::StoreForTest store(dialect, folder.path());
        store->write([&](Db& db) { body(db); });
    });
}

// All rows as text: columns joined by commas, rows by semicolons, NULL as ~.
std::string rows_of(Db& db, std::string_view sql, Params params = {}) {
    std::string text;
    db.each(sql, params, [&](const Row& row) {
        if (!text.empty()) text += ';';
        for (int i = 0; i < row.column_count(); ++i) {
            if (i > 0) text += ',';
            text += row.is_null(i) ? "~" : std::string(row.text(i));
        }
    });
    return text;
}

DbFault fault_of(const std::function<void()>& statement) {
    try {
        statement();
    } catch (const DbError& error) {
        return error.fault;
    }
    FAIL("the statement was not refused");
    return DbFault::other;
}

// Each refused statement needs a call of its own.
void check_faults(const std::vector<std::pair<DbFault, std::function<void(Db&)>>>& cases) {
    const test::FolderForTest folder;
    folder.write("0001_things.sql", tables);
    test::for_each_database([&](Dialect dialect) {
        test::StoreForTest store(dialect, folder.path());
        store->write([](Db& db) { db.insert("things", thing(1, "a")); });
        std::size_t index = 0;
        for (const auto& [fault, statement] : cases) {
            CAPTURE(index++);
            CHECK(fault_of([&, &refused = statement] { store->write(refused); }) == fault);
        }
        store->read([](Db& db) { CHECK(db.count("SELECT count(*) FROM things") == 1); });
    });
}

TEST_CASE("a described struct goes into a table and comes back the same") {
    on_tables([](Db& db) {
        Thing first = thing(9007199254740993, "Chi bộ thôn Nà Lung", 9007199254740995);
        first.note = "ghi chú: \"dấu\" \\ {ngoặc}, 'nháy'\t\n\rNULL";
        first.weight = 0.1 + 0.2;
        Thing second = thing(-5, "");
        second.is_active = false;
        second.kind = Kind::cell;
        second.made_at = {-1};
        const std::vector<Thing> things{first, second};
        db.insert_all("things", std::span<const Thing>(things));
        const auto found = db.one<Thing>("SELECT * FROM things WHERE id = :id", {{"id", first.id}});
        REQUIRE(found);
        CHECK(found->id == first.id);
        CHECK(found->name == first.name);
        CHECK(found->amount == first.amount);
        CHECK(found->note == first.note);
        CHECK(found->weight == first.weight);
        CHECK(found->is_active);
        CHECK(found->kind == Kind::committee);
        CHECK(found->held_on == first.held_on);
        CHECK(found->made_at == first.made_at);
        const auto all = db.list<Thing>("SELECT * FROM things ORDER BY id");
        REQUIRE(all.size() == 2);
        CHECK(all[0].name.empty());
        CHECK_FALSE(all[0].amount);
        CHECK_FALSE(all[0].note);
        CHECK_FALSE(all[0].is_active);
        CHECK(all[0].made_at.milliseconds == -1);
        CHECK(db.list<std::string>("SELECT name FROM things ORDER BY id") ==
              std::vector<std::string>{"", first.name});
    });
}

TEST_CASE("many rows go in at once, in any number") {
    on_tables([](Db& db) {
        std::int64_t next = 1;
        for (const std::size_t count : {1u, 2u, 30u, 1000u, 1001u, 2500u}) {
            std::vector<Thing> things;
            for (std::size_t i = 0; i < count; ++i, ++next) {
                things.push_back(thing(next, "thing " + std::to_string(next)));
                if (next % 3 == 0) things.back().amount = next;
            }
            db.insert_all("things", std::span<const Thing>(things));
        }
        db.insert_all("things", std::span<const Thing>());
        CHECK(db.count("SELECT count(*) FROM things") == next - 1);
        CHECK(db.count("SELECT count(*) FROM things WHERE amount = id") == (next - 1) / 3);
        CHECK(db.count("SELECT max(id) FROM things") == next - 1);
    });
}

TEST_CASE("bulk rows keep every character and every NULL") {
    on_tables([](Db& db) {
        const std::string_view columns[] = {"id",        "name", "amount",  "note",   "weight",
                                            "is_active", "kind", "held_on", "made_at"};
        const std::string hard = "a\tb\\c\nd\r\\N\\.\"'é";
        db.bulk("things", columns, 5000, [&](std::size_t i, std::vector<Value>& row) {
            const auto number = static_cast<std::int64_t>(i);
            row = {number, hard + std::to_string(i), Value{}, i == 7 ? Value{"\\N"} : Value{},
                   2.5,    std::int64_t{1},          "cell",  "2024-01-01",
                   number};
        });
        CHECK(db.count("SELECT count(*) FROM things") == 5000);
        CHECK(db.one<std::string>("SELECT name FROM things WHERE id = 4999") == hard + "4999");
        CHECK(db.count("SELECT count(*) FROM things WHERE amount IS NULL") == 5000);
        CHECK(db.list<std::string>("SELECT note FROM things WHERE note IS NOT NULL") ==
              std::vector<std::string>{"\\N"});
        db.bulk("things", columns, 0,
                [](std::size_t, std::vector<Value>&) { FAIL("there is no row to fill"); });
    });
}

TEST_CASE("a row is changed by its id") {
    on_tables([](Db& db) {
        Thing one = thing(1, "before", 3);
        db.insert("things", one);
        one.name = "sau";
        one.amount.reset();
        CHECK(db.update("things", one));
        CHECK(rows_of(db, "SELECT id, name, amount FROM things") == "1,sau,~");
        one.id = {2};
        CHECK_FALSE(db.update("things", one));
    });
}

TEST_CASE("statements tell how many rows they changed") {
    on_tables([](Db& db) {
        CHECK(
            db.run(
                "INSERT INTO things VALUES (1,'a',1,NULL,1,1,'cell','',0), (2,'b',2,NULL,1,1,'cell','',0)") ==
            2);
        CHECK(db.run("UPDATE things SET amount = amount + 1") == 2);
        CHECK(db.run("SELECT * FROM things") == 0);
        CHECK(db.run("UPDATE things SET amount = 0 WHERE id = 9") == 0);
        CHECK(db.run("CREATE TABLE others(id BIGINT)") == 0);
        CHECK(db.run("DELETE FROM things WHERE id = :id", {{"id", 1}}) == 1);
    });
}

TEST_CASE("the SQL we write means the same on both databases") {
    on_tables([](Db& db) {
        CHECK(rows_of(db,
                      "INSERT INTO things VALUES (:id,:name,:n,NULL,1.5,1,'cell','',0) RETURNING id, name",
                      {{"id", 1}, {"name", "a"}, {"n", 7}}) == "1,a");
        CHECK(rows_of(db,
                      "INSERT INTO things VALUES (2,'a',8,NULL,1.5,1,'cell','',0) "
                      "ON CONFLICT (name) DO UPDATE SET amount = excluded.amount RETURNING id, amount") ==
              "1,8");
        CHECK(db.run("INSERT INTO things VALUES (1,'a',8,NULL,1.5,1,'cell','',0) ON CONFLICT DO NOTHING") ==
              0);
        CHECK(rows_of(
                  db,
                  "UPDATE things SET amount = v.n FROM (SELECT 1 AS id, 42 AS n) AS v WHERE things.id = v.id "
                  "RETURNING amount") == "42");
        CHECK(rows_of(db,
                      "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM r WHERE n < 5) "
                      "SELECT sum(n), count(*) FROM r") == "15,5");
        CHECK(rows_of(db,
                      "SELECT row_number() OVER (ORDER BY id), count(*) FILTER (WHERE is_active = 1) OVER () "
                      "FROM things") == "1,1");
        CHECK(rows_of(db, "SELECT count(*) FROM things WHERE (name, id) > (:name, :id)",
                      {{"name", ""}, {"id", 0}}) == "1");
        CHECK(rows_of(db, "SELECT count(*) FROM things WHERE CAST(:name AS TEXT) IS NULL OR name = :name",
                      {{"name", std::nullopt}}) == "1");
        CHECK(rows_of(db, "SELECT count(*) FROM things WHERE CAST(:n AS BIGINT) IS NULL OR amount = :n",
                      {{"n", 41}}) == "0");
        CHECK(rows_of(db, "SELECT count(*) FROM things WHERE note IS NOT DISTINCT FROM CAST(:note AS TEXT)",
                      {{"note", std::optional<std::string>()}}) == "1");
        CHECK(rows_of(db, "SELECT id FROM things ORDER BY note NULLS LAST, id LIMIT :l OFFSET :o",
                      {{"l", 1}, {"o", 0}}) == "1");
        CHECK(rows_of(db, "SELECT 'a:b' || CAST(:x AS TEXT)", {{"x", "!"}}) == "a:b!");
        CHECK(rows_of(db, "SELECT CAST(:x AS BIGINT) + CAST(:x AS BIGINT)", {{"x", 21}}) == "42");
        CHECK(rows_of(db, "SELECT 7/2, 2 > 1, coalesce(NULL, 'x')") == "3,1,x");
        CHECK(rows_of(db, "SELECT count(*) FROM things WHERE 'Abc' LIKE 'abc'") == "0");
        CHECK(db.one<double>(
                  "SELECT CAST(avg(n) AS DOUBLE PRECISION) FROM (SELECT 1 AS n UNION ALL SELECT 2) AS t") ==
              1.5);
        CHECK(db.count("SELECT sum(n) FROM (SELECT CAST(:big AS BIGINT) AS n) AS t",
                       {{"big", std::int64_t{9007199254740993}}}) == 9007199254740993);
        CHECK(db.count("SELECT max(amount) FROM things WHERE id = 77") == 0);
        CHECK(db.count("SELECT amount FROM things WHERE id = 77") == 0);
        CHECK(rows_of(db, "DELETE FROM things WHERE id = 1 RETURNING name") == "a");
    });
}

TEST_CASE("the few differences are written once") {
    on_tables([](Db& db) {
        const auto dialect = db.dialect();
        for (std::int64_t id = 1; id <= 3; ++id) db.insert("things", thing(id, "t" + std::to_string(id)));
        db.insert("things", thing(9007199254740993, "it's"));
        const std::vector<Id<Thing>> ids{{1}, {3}, {9007199254740993}, {8}};
        const std::string sql =
            "SELECT id FROM things WHERE id IN " + id_list(dialect, "ids") + " ORDER BY id";
        CHECK(rows_of(db, sql, {{"ids", id_list_text(ids)}}) == "1;3;9007199254740993");
        CHECK(rows_of(db, sql, {{"ids", id_list_text(std::vector<Id<Thing>>())}}).empty());
        CHECK(db.one<std::string>("SELECT " + joined_texts(dialect, "name", "', '") +
                                  " FROM things WHERE id = 1") == "t1");
        CHECK(db.one<std::string>("SELECT " + joined_texts(dialect, "kind", "'|") +
                                  " FROM things WHERE id < 3") == "committee'|committee");
        CHECK(rows_of(db, "SELECT " + larger_of(dialect, "id", "2") + ", " + smaller_of(dialect, "id", "2") +
                              " FROM things WHERE id = 3") == "3,2");
        CHECK(script_for(dialect, "CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT NOT NULL)") ==
              (dialect == Dialect::sqlite ? "CREATE TABLE t (id INTEGER PRIMARY KEY, n BIGINT NOT NULL)"
                                          : "CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT NOT NULL)"));
        CHECK(has_table(db, "things"));
        CHECK_FALSE(has_table(db, "no_such_table"));
        CHECK(has_any_table(db));
    });
}

TEST_CASE("what the database refuses has the same class on both") {
    check_faults({
        {DbFault::unique, [](Db& db) { db.insert("things", thing(2, "a")); }},
        {DbFault::unique, [](Db& db) { db.insert("things", thing(1, "b")); }},
        {DbFault::foreign_key, [](Db& db) { db.run("INSERT INTO parts VALUES (1, 99, NULL)"); }},
        {DbFault::foreign_key,
         [](Db& db) {
             db.run("INSERT INTO parts VALUES (1, 1, NULL)");
             db.run("DELETE FROM things");
         }},
        {DbFault::check, [](Db& db) { db.insert("things", thing(3, "c", -1)); }},
        {DbFault::not_null, [](Db& db) { db.run("UPDATE things SET name = NULL"); }},
        {DbFault::syntax, [](Db& db) { db.run("SELEC 1"); }},
        {DbFault::syntax, [](Db& db) { db.run("SELECT nothing FROM things"); }},
        {DbFault::syntax, [](Db& db) { db.run("SELECT \"text\""); }},
        {DbFault::syntax,
         [](Db& db) {
             db.run("SELECT CAST(:missing AS TEXT)", {{"other", 1}});
         }},
        {DbFault::syntax, [](Db& db) { db.run("SELECT 1; SELECT 2"); }},
        {DbFault::unique,
         [](Db& db) {
             const std::string_view columns[] = {"id", "thing_id"};
             db.bulk("parts", columns, 2, [](std::size_t, std::vector<Value>& row) {
                 row = {std::int64_t{5}, std::int64_t{1}};
             });
         }},
    });
}

TEST_CASE("texts and numbers that one database would change silently are refused by both") {
    check_faults({
        {DbFault::other, [](Db& db) { db.insert("things", thing(2, std::string("a\0b", 3))); }},
        {DbFault::other, [](Db& db) { db.insert("things", thing(2, "\xC3\x28")); }},
        {DbFault::other,
         [](Db& db) {
             auto one = thing(2, "b");
             one.weight = std::numeric_limits<double>::quiet_NaN();
             db.insert("things", one);
         }},
        {DbFault::other,
         [](Db& db) {
             db.run("UPDATE things SET name = :name", {{"name", std::string("\0", 1)}});
         }},
    });
}

TEST_CASE("a column that does not fit its field is named") {
    on_tables([](Db& db) {
        db.insert("things", thing(1, "a", std::int64_t{1} << 40));
        const auto message = [&](const std::function<void()>& read) {
            try {
                read();
            } catch (const DbError& error) {
                return std::string(error.what());
            }
            return std::string("no error");
        };
        CHECK(message([&] { db.one<int>("SELECT amount FROM things"); }) == "the column amount is too large");
        CHECK(message([&] { db.one<std::string>("SELECT note FROM things"); }) == "the column note is empty");
        CHECK(message([&] { db.one<Kind>("SELECT name FROM things"); }) ==
              "the column name has no such value");
        CHECK(message([&] { db.one<Date>("SELECT name FROM things"); }) ==
              "the column name has no such value");
        CHECK(message([&] { db.one<std::int64_t>("SELECT name FROM things"); }) ==
              "the column name is no whole number");
        CHECK(message([&] { db.one<double>("SELECT name FROM things"); }) == "the column name is no number");
        CHECK(message([&] { db.list<Thing>("SELECT id, name FROM things"); }) ==
              "the query returns no column amount");
        CHECK(message([&] { db.one<Thing>("SELECT id, name FROM things"); }) ==
              "the query returns no column amount");
        // Reading wrongly is a mistake of ours, not of the transaction: it goes on.
        CHECK(db.count("SELECT count(*) FROM things") == 1);
    });
}

TEST_CASE("a statement may run inside its own visitor") {
    on_tables([](Db& db) {
        for (std::int64_t id = 1; id <= 4; ++id) db.insert("things", thing(id, std::to_string(id)));
        const auto* sql = "SELECT id FROM things WHERE id <= :limit ORDER BY id";
        std::string seen;
        db.each(sql, {{"limit", 3}}, [&](const Row& outer) {
            seen += std::to_string(outer.get<int>("id")) + ":";
            db.each(sql, {{"limit", outer.number(0)}},
                    [&](const Row& inner) { seen += std::to_string(inner.get<int>(0)); });
            seen += ' ';
        });
        CHECK(seen == "1:1 2:12 3:123 ");
    });
}

TEST_CASE("more statements than a connection keeps still work") {
    on_tables([](Db& db) {
        int right = 0;
        for (int round = 0; round < 2; ++round)
            for (int i = 0; i < 700; ++i)
                if (db.count("SELECT " + std::to_string(i) + " + CAST(:x AS BIGINT)", {{"x", round}}) ==
                    i + round)
                    ++right;
        CHECK(right == 1400);
    });
}

}  // namespace
}  // namespace gw
