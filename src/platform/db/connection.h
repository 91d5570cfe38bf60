// One open connection to SQLite or PostgreSQL: what Db offers, and what the store needs besides.
#pragma once
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

#include "platform/db/db.h"

namespace gw {

class Connection : public Db {
public:
    // False when the connection is lost and must be opened again.
    virtual bool is_alive() = 0;

    // A call of the writer is a savepoint inside its transaction: kept or undone alone.
    virtual void begin_call() = 0;
    virtual void keep_call() = 0;
    virtual void undo_call() = 0;

    // What carries the commits so far through a power cut: to be called on any thread, before anybody is told
    // of them; throws DbError `connection` when the disk refuses. Empty where commit() has done it.
    virtual std::function<void()> making_durable() { return {}; }

    // While set, the code that was handed this connection may not end the transaction around it.
    void set_inside_call(bool inside) { inside_call_ = inside; }

protected:
    void begin_allowed() const {
        if (in_transaction_) throw std::logic_error("a transaction is already open");
    }
    void commit_allowed() const {
        if (inside_call_) throw std::logic_error("a call may not end the transaction of the writer");
        if (failed_) throw_failed();
    }
    // After a statement failed the transaction can only be undone. PostgreSQL demands it; SQLite would go on,
    // and a program tried only there would break on the other.
    void statement_allowed() const {
        if (failed_) throw_failed();
    }
    void set_failed() noexcept { failed_ = in_transaction_; }

    bool in_transaction_ = false;
    bool inside_call_ = false;
    bool failed_ = false;

private:
    [[noreturn]] static void throw_failed() {
        throw DbError(DbFault::other, "an earlier statement of this transaction failed");
    }
};

enum class SqliteUse { read, write };

// Throws DbError; creates the file for the writer.
std::unique_ptr<Connection> open_sqlite(const std::string& file, SqliteUse use);
// Copies the database behind `source` to `file`, whole and consistent, replacing it at once.
void copy_sqlite(const std::string& source, const std::string& file);

enum class PostgresUse { read, write };

// Where a PostgreSQL store is: the address as libpq reads it, and the one schema all its tables are in.
struct PostgresPlace {
    std::string address;
    std::string schema = "public";
};
// Takes ?schema=name out of the address. Throws std::runtime_error when the name could not be a schema.
PostgresPlace postgres_place(const std::string& address);

std::unique_ptr<Connection> open_postgres(const PostgresPlace& place, PostgresUse use);
// Creates the schema when it is missing; refuses a database that does not keep UTF-8.
void prepare_postgres(const PostgresPlace& place);

}  // namespace gw
