#include "platform/db/migrations.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "platform/db/dialect.h"

namespace gw {
namespace {

namespace fs = std::filesystem;

struct AppliedMigration {
    std::int64_t number = 0;
    std::string name;
    std::string checksum;
    Moment applied_at;
};
BOOST_DESCRIBE_STRUCT(AppliedMigration, (), (number, name, checksum, applied_at))

// Notices an edit, not an attack: FNV-1a over the text without carriage returns.
std::string checksum_of(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (const char c : text) {
        if (c == '\r') continue;
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    }
    std::string hex(16, '0');
    for (std::size_t i = hex.size(); i-- > 0; hash >>= 4) hex[i] = "0123456789abcdef"[hash & 15u];
    return hex;
}

std::string text_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    if (!stream) throw std::runtime_error("The migration " + file.string() + " cannot be read.");
    return text.str();
}

// What the name of a migration's file says.
struct FileName {
    std::int64_t number = 0;
    std::string name;
    std::string only_on;  // "sqlite", "postgres" or empty
};

FileName file_name_of(const fs::path& file) {
    FileName parts;
    std::string stem = file.stem().string();
    for (const auto dialect : {Dialect::sqlite, Dialect::postgres}) {
        const std::string ending = "." + std::string(name_of(dialect));
        if (!stem.ends_with(ending)) continue;
        parts.only_on = name_of(dialect);
        stem.resize(stem.size() - ending.size());
    }
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    const bool has_form = stem.size() > 5 && stem[4] == '_' && std::all_of(stem.begin(), stem.end(), fits) &&
                          std::from_chars(stem.data(), stem.data() + 4, parts.number).ptr == stem.data() + 4;
    if (!has_form)
        throw std::runtime_error("The migration " + file.string() + " must be named like 0007_meetings.sql.");
    parts.name = stem;
    return parts;
}

std::vector<AppliedMigration> list_applied(Db& db) {
    if (!has_table(db, "schema_migrations")) return {};
    return db.list<AppliedMigration>(
        "SELECT number, name, checksum, applied_at FROM schema_migrations ORDER BY number");
}

// The migrations still to run. Throws when the store does not fit this program.
std::vector<const Migration*> missing_migrations(Db& db, const std::vector<Migration>& migrations) {
    const auto applied = list_applied(db);
    if (applied.empty() && !has_table(db, "schema_migrations") && has_any_table(db))
        throw std::runtime_error(
            "This database holds tables of another program. Give Groundwork a file or a schema of its own.");
    std::map<std::int64_t, const Migration*> missing;
    for (const auto& migration : migrations) missing[migration.number] = &migration;
    for (const auto& done : applied) {
        const auto known = missing.find(done.number);
        if (known == missing.end())
            throw std::runtime_error(
                "This store was written by a newer Groundwork: it has the migration " + done.name +
                ", which this program does not know. Start the newer program, or restore a backup "
                "that was made before the upgrade.");
        if (known->second->checksum != done.checksum)
            throw std::runtime_error("The migration " + done.name +
                                     " was changed after this store had run it. Bring back its old text and "
                                     "put the change into a migration of its own.");
        missing.erase(known);
    }
    std::vector<const Migration*> result;
    for (const auto& [number, migration] : missing) {
        if (!applied.empty() && number < applied.back().number)
            throw std::runtime_error("The migration " + migration->name +
                                     " is missing in this store, which already has the later " +
                                     applied.back().name + ". Give it a number after that one.");
        result.push_back(migration);
    }
    return result;
}

constexpr const char* applied_table =
    "CREATE TABLE schema_migrations(number BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, "
    "applied_at BIGINT NOT NULL)";

Moment now() {
    using namespace std::chrono;
    return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

void run_migration(Db& db, const Migration& migration) {
    try {
        if (!has_table(db, "schema_migrations")) db.script(script_for(db.dialect(), applied_table));
        db.script(script_for(db.dialect(), migration.sql));
        db.insert("schema_migrations",
                  AppliedMigration{migration.number, migration.name, migration.checksum, now()});
        db.commit();
    } catch (const DbError& error) {
        throw std::runtime_error("The migration " + migration.name +
                                 " failed and was undone: " + error.what());
    }
}

}  // namespace

std::vector<Migration> list_migrations(const std::string& folder, Dialect dialect) {
    std::error_code error;
    const fs::directory_iterator files(folder, error);
    if (error) throw std::runtime_error("The folder of migrations " + folder + " cannot be read.");
    std::map<std::int64_t, Migration> migrations;
    std::map<std::string, std::set<std::string>> pairs;
    for (const auto& file : files) {
        if (file.path().extension() != ".sql") continue;
        const auto parts = file_name_of(file.path());
        if (!parts.only_on.empty()) pairs[parts.name].insert(parts.only_on);
        if (!parts.only_on.empty() && parts.only_on != name_of(dialect)) continue;
        const auto sql = text_of(file.path());
        const auto [place, is_first] =
            migrations.emplace(parts.number, Migration{parts.number, parts.name, sql, checksum_of(sql)});
        if (!is_first)
            throw std::runtime_error("The migrations " + place->second.name + " and " + parts.name +
                                     " share a number.");
    }
    for (const auto& [name, dialects] : pairs)
        if (dialects.size() != 2)
            throw std::runtime_error("The migration " + name + " is written for " + *dialects.begin() +
                                     " only: add the other half.");
    std::vector<Migration> result;
    for (auto& [number, migration] : migrations) result.push_back(std::move(migration));
    return result;
}

void migrate(Db& db, const std::vector<Migration>& migrations,
             const std::function<void(const Migration& next)>& back_up) {
    const auto missing = missing_migrations(db, migrations);
    if (missing.empty()) return;
    if (has_any_table(db)) back_up(*missing.front());
    for (;;) {
        // Looked up again under the writer's lock: another program may be doing the same.
        db.begin(true);
        try {
            const auto still_missing = missing_migrations(db, migrations);
            if (still_missing.empty()) {
                db.rollback();
                return;
            }
            run_migration(db, *still_missing.front());
        } catch (...) {
            db.rollback();
            throw;
        }
    }
}

}  // namespace gw
