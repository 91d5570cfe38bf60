#include "exchange/exchange_store.h"

#include "platform/json/json.h"

namespace gw::exchange {

namespace {

struct KeptArgument {
    std::string name, value;
};
BOOST_DESCRIBE_STRUCT(KeptArgument, (), (name, value))

struct KeptArguments {
    std::vector<KeptArgument> arguments;
};
BOOST_DESCRIBE_STRUCT(KeptArguments, (), (arguments))

std::string arguments_text(const Mistake& mistake) {
    if (mistake.arguments.empty()) return {};
    KeptArguments kept;
    for (const auto& [name, value] : mistake.arguments) kept.arguments.push_back({name, value});
    return to_json(kept);
}

}  // namespace

std::optional<Import> find_import(Db& db, ImportId import_id) {
    return db.one<Import>("SELECT * FROM imports WHERE id = :id", {{"id", import_id}});
}

std::vector<Import> imports_of(Db& db, AccountId account_id, std::int64_t limit) {
    return db.list<Import>(
        "SELECT * FROM imports WHERE account_id = :account_id ORDER BY created_at DESC, id DESC LIMIT :limit",
        {{"account_id", account_id}, {"limit", limit}});
}

void put_import(Db& db, const Import& import, std::span<const Mistake> mistakes) {
    if (!db.update("imports", import)) db.insert("imports", import);
    db.run("DELETE FROM import_mistakes WHERE import_id = :id", {{"id", import.id}});
    constexpr std::array<std::string_view, 8> columns{"import_id",     "position",      "row_number",
                                                      "column_letter", "column_header", "value",
                                                      "message_key",   "arguments"};
    db.bulk("import_mistakes", columns, mistakes.size(), [&](std::size_t i, std::vector<Value>& row) {
        const Mistake& m = mistakes[i];
        row = {to_value(import.id), to_value(i + 1),   to_value(m.row), to_value(m.column_letter),
               to_value(m.column),  to_value(m.value), to_value(m.key), to_value(arguments_text(m))};
    });
}

void update_import(Db& db, const Import& import) { db.update("imports", import); }

void delete_import(Db& db, ImportId import_id) {
    db.run("DELETE FROM import_mistakes WHERE import_id = :id", {{"id", import_id}});
    db.run("DELETE FROM imports WHERE id = :id", {{"id", import_id}});
}

std::int64_t count_imports_with_file(Db& db, AccountId account_id, std::string_view sha256) {
    return db.count("SELECT COUNT(*) FROM imports WHERE account_id = :account_id AND sha256 = :sha256",
                    {{"account_id", account_id}, {"sha256", sha256}});
}

std::vector<Mistake> mistakes_of(Db& db, ImportId import_id, std::int64_t after, std::int64_t limit) {
    std::vector<Mistake> mistakes;
    db.each(
        "SELECT row_number, column_letter, column_header, value, message_key, arguments FROM import_mistakes "
        "WHERE import_id = :id AND position > :after ORDER BY position LIMIT :limit",
        {{"id", import_id}, {"after", after}, {"limit", limit}}, [&](const Row& row) {
            Mistake& mistake = mistakes.emplace_back(Mistake{static_cast<std::size_t>(row.number(0)),
                                                             std::string(row.text(1)),
                                                             std::string(row.text(2)),
                                                             std::string(row.text(3)),
                                                             std::string(row.text(4)),
                                                             {}});
            if (row.text(5).empty()) return;
            KeptArguments kept;
            Problems ignored;
            read_json_text(row.text(5), kept, {}, ignored);
            for (const auto& [name, value] : kept.arguments) mistake.arguments.emplace_back(name, value);
        });
    return mistakes;
}

}  // namespace gw::exchange
