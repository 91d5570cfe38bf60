// The store of one root unit: many readers and one writer, on SQLite or PostgreSQL.
//
// Every change goes through the one writer thread. It takes all calls that wait, runs each in a savepoint of
// its own inside one transaction and commits once: a refused call undoes itself alone. They are answered when
// the disk has them: an answered call survives a power cut. On SQLite the writer runs the next group while
// the disk takes one, so a read may show a change for the moment in which nobody was answered yet.
#pragma once
#include <exception>
#include <functional>
#include <memory>
#include <string>

#include "platform/db/db.h"

namespace gw {

struct StoreConfig {
    std::string address;  // "sqlite:/path/to/groundwork.db" or "postgresql://user@host/database?schema=name"
    std::string migrations;  // folder of NNNN_name.sql files
    int readers = 8;         // connections for reads that do not run on a thread of their own
};

class Store {
public:
    // Opens the store and applies the migrations that are missing. Throws with a sentence for the
    // administrator when it cannot be opened, or when it was written by a newer program.
    static std::unique_ptr<Store> open(const StoreConfig& config);
    virtual ~Store() = default;

    // Runs `read` on the calling thread, in one snapshot. SQLite: each thread keeps a connection of its own.
    // A read inside a read sees the same snapshot; inside a change it throws std::logic_error, because it
    // would not see the change. Throws DbError `busy` when no connection to PostgreSQL came free in 5
    // seconds.
    virtual void read(const std::function<void(Db&)>& read) = 0;

    using Done = std::function<void(std::exception_ptr)>;  // empty when the change is durable
    // Queues a change. `done` is called on a thread of the store when the change is durable; it must be short
    // and not throw. It is given what `change` threw, or DbError when the commit failed: then all calls of
    // the batch are undone. With DbFault::connection a commit may still have been kept (the answer was lost):
    // sent again with the same Idempotency-Key it is not done twice. So are, when the disk of SQLite fails,
    // the calls it did not take and all later ones until the store is opened again. After close() every
    // change is answered so at once.
    virtual void write(std::function<void(Db&)> change, Done done) = 0;
    // The same, waiting; throws what the change threw. On a thread of the store itself it throws
    // std::logic_error.
    void write(const std::function<void(Db&)>& change);

    // True when a read costs no network: then short reads may run on the I/O threads.
    virtual bool reads_are_local() const = 0;
    // Called on the writer thread after a commit and before its calls are answered; may read. What a hook
    // throws is reported on the standard error only, for the commit stands.
    virtual void after_commit(std::function<void()> hook) = 0;
    // Writes a consistent copy of the store to a file (SQLite only; PostgreSQL has pg_dump).
    virtual void back_up(const std::string& file) = 0;
    // Ends the writer after the calls already queued.
    virtual void close() = 0;
};

}  // namespace gw
