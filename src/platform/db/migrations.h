// Brings a store to the form this program knows, step by step and forward only.
//
// A migration is a file NNNN_name.sql, or where the two databases need different words the pair
// NNNN_name.sqlite.sql and NNNN_name.postgres.sql. It runs once, in one transaction with its row in
// schema_migrations, and is never edited after a release: the way back is a backup.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "platform/db/db.h"

namespace gw {

struct Migration {
    std::int64_t number = 0;
    std::string name;  // "0007_meetings"
    std::string sql;
    std::string checksum;
};

// The migrations of a folder for one database, in order. Throws std::runtime_error naming the file when one
// does not follow the form, when two share a number or when half of a pair is missing.
std::vector<Migration> list_migrations(const std::string& folder, Dialect dialect);

// Runs the migrations that are missing, each in a transaction of its own; `back_up` is called before the
// first of them when the store already holds something. Throws std::runtime_error with a sentence for the
// administrator when
// - the store has a migration that this program does not know (it was written by a newer one),
// - a migration that was run has another text now,
// - a migration is missing that is older than the newest one run,
// - the tables of another program are there,
// - a migration fails; the store then stays as the one before it left it.
void migrate(Db& db, const std::vector<Migration>& migrations,
             const std::function<void(const Migration& next)>& back_up);

}  // namespace gw
