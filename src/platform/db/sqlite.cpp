#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <thread>

#include "platform/db/connection.h"
#include "platform/db/statement_cache.h"
#include "platform/db/statement_text.h"

namespace gw {
namespace {

constexpr std::size_t kept_statements = 512;
constexpr int busy_milliseconds = 10'000;
// Rows that go in together cost less than one by one. A table has two texts then, not one for every length.
constexpr std::size_t rows_at_once = 30;

DbFault fault_of(int extended_code) {
    switch (extended_code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID: return DbFault::unique;
        case SQLITE_CONSTRAINT_FOREIGNKEY: return DbFault::foreign_key;
        case SQLITE_CONSTRAINT_NOTNULL: return DbFault::not_null;
        case SQLITE_CONSTRAINT_CHECK: return DbFault::check;
        default: break;
    }
    switch (extended_code & 0xFF) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return DbFault::busy;
        case SQLITE_ERROR: return DbFault::syntax;
        case SQLITE_CANTOPEN: return DbFault::connection;
        default: return DbFault::other;
    }
}

DbError error_of(sqlite3* database) {
    const int code = sqlite3_extended_errcode(database);
    return {fault_of(code), std::string(sqlite3_errmsg(database)) + " (SQLite " + std::to_string(code) + ")"};
}

struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using StatementHandle = std::unique_ptr<sqlite3_stmt, Finalize>;

struct Close {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
using DatabaseHandle = std::unique_ptr<sqlite3, Close>;

struct Statement {
    StatementHandle handle;
    std::vector<std::string> parameter_names;
};

class SqliteRow final : public Row {
public:
    explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}

    int column_count() const override { return sqlite3_column_count(statement_); }
    int column(std::string_view name) const override {
        for (int i = 0; i < column_count(); ++i)
            if (name == sqlite3_column_name(statement_, i)) return i;
        return -1;
    }
    std::string column_name(int column) const override { return sqlite3_column_name(statement_, column); }
    bool is_null(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    std::int64_t number(int column) const override {
        if (sqlite3_column_type(statement_, column) != SQLITE_INTEGER)
            does_not_fit(column, "is no whole number");
        return sqlite3_column_int64(statement_, column);
    }
    double real(int column) const override {
        const int type = sqlite3_column_type(statement_, column);
        if (type != SQLITE_FLOAT && type != SQLITE_INTEGER) does_not_fit(column, "is no number");
        return sqlite3_column_double(statement_, column);
    }
    std::string_view text(int column) const override {
        const auto* bytes = sqlite3_column_text(statement_, column);
        if (bytes == nullptr) return {};
        return {reinterpret_cast<const char*>(bytes),
                static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }

private:
    sqlite3_stmt* statement_;
};

// Gives the statement back even when a visitor throws: an open statement would keep the snapshot.
class Running {
public:
    explicit Running(sqlite3_stmt* statement) : statement_(statement) {}
    ~Running() {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

private:
    sqlite3_stmt* statement_;
};

// Global counters behind one lock would make all reading threads wait for each other.
void set_up_library() {
    static std::once_flag once;
    std::call_once(once, [] { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); });
}

// A store holds personal records: a new file is for its owner only, and so are the logs SQLite puts beside
// it. An existing file is not opened here, because closing it would drop the locks this process holds on it.
void create_private(const std::string& file) {
    const int created = open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (created >= 0) close(created);
}

DatabaseHandle open_database(const std::string& file, int flags) {
    set_up_library();
    if ((flags & SQLITE_OPEN_CREATE) != 0) create_private(file);
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &opened, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    DatabaseHandle database(opened);
    if (code != SQLITE_OK) {
        const std::string why = opened != nullptr ? sqlite3_errmsg(opened) : sqlite3_errstr(code);
        throw DbError(DbFault::connection, "cannot open " + file + ": " + why);
    }
    sqlite3_extended_result_codes(opened, 1);
    sqlite3_busy_timeout(opened, busy_milliseconds);
    return database;
}

// The write-ahead log beside a database file. It stays the same file as long as anybody has the database
// open.
class SqliteLog {
public:
    explicit SqliteLog(const std::string& file) : file_(file + "-wal") {}
    ~SqliteLog() {
        if (opened_ >= 0) close(opened_);
    }
    SqliteLog(const SqliteLog&) = delete;
    SqliteLog& operator=(const SqliteLog&) = delete;

    // Waits until the disk has all of it.
    void sync() {
        if (opened_ < 0) opened_ = open(file_.c_str(), O_RDONLY | O_CLOEXEC);
        if (opened_ < 0 || fdatasync(opened_) != 0)
            throw DbError(DbFault::connection, "the disk does not take " + file_ + ": " + strerror(errno));
    }

private:
    std::string file_;
    int opened_ = -1;
};

// Moves the log into the database file on a thread of its own, so that the writer need not: it only moves
// what is left when the log has become long, and then begins it anew.
class SqliteCheckpoints {
public:
    SqliteCheckpoints(const std::string& file, sqlite3* writer)
        : database_(open_database(file, SQLITE_OPEN_READWRITE)) {
        // Only who has read knows that there is a log.
        sqlite3_exec(database_.get(), "PRAGMA schema_version", nullptr, nullptr, nullptr);
        sqlite3_wal_hook(writer, after_commit, this);
        thread_ = std::jthread([this](const std::stop_token& stopping) { run(stopping); });
    }

private:
    static constexpr int pages_between = 2'000;
    static constexpr int longest_log = 16'000;  // pages, 64 MB

    static int after_commit(void* self, sqlite3* writer, const char*, int pages) {
        static_cast<SqliteCheckpoints*>(self)->see(writer, pages);
        return SQLITE_OK;
    }
    void see(sqlite3* writer, int pages) {
        if (pages < moved_at_) moved_at_ = 0;  // the log was begun anew
        if (pages < moved_at_ + pages_between) return;
        moved_at_ = pages;
        if (pages >= longest_log) move(writer);
        const std::lock_guard lock(mutex_);
        is_asked_ = true;
        wake_.notify_one();
    }
    void run(const std::stop_token& stopping) {
        std::unique_lock lock(mutex_);
        while (wake_.wait(lock, stopping, [this] { return is_asked_; })) {
            is_asked_ = false;
            lock.unlock();
            move(database_.get());
            lock.lock();
        }
    }
    // What readers still need, and what cannot be written now, is moved another time.
    static void move(sqlite3* database) {
        sqlite3_wal_checkpoint_v2(database, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    }

    DatabaseHandle database_;
    int moved_at_ = 0;  // pages in the log when its moving was last asked for; the writer's alone
    std::mutex mutex_;
    std::condition_variable_any wake_;
    bool is_asked_ = false;
    std::jthread thread_;
};

class SqliteConnection final : public Connection {
public:
    SqliteConnection(const std::string& file, SqliteUse use)
        : log_(std::make_shared<SqliteLog>(file)),
          database_(open_database(
              file, SQLITE_OPEN_READWRITE | (use == SqliteUse::write ? SQLITE_OPEN_CREATE : 0))),
          statements_(kept_statements) {
        if (sqlite3_exec(database_.get(), "PRAGMA schema_version", nullptr, nullptr, nullptr) ==
            SQLITE_NOTADB)
            throw DbError(DbFault::other, file + " is no SQLite file");
        // A name in double quotes is a name, never a text; LIKE minds the case: as on PostgreSQL.
        sqlite3_db_config(database_.get(), SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
        sqlite3_db_config(database_.get(), SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
        sqlite3_db_config(database_.get(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
        script(
            "PRAGMA foreign_keys=ON; PRAGMA case_sensitive_like=ON; PRAGMA mmap_size=268435456; PRAGMA "
            "temp_store=MEMORY");
        // NORMAL writes each commit to the log and leaves it to making_durable() to wait for the disk.
        if (use == SqliteUse::write)
            script(
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000; "
                "PRAGMA journal_size_limit=67108864");
        else script("PRAGMA query_only=ON");
        if (use == SqliteUse::write) checkpoints_.emplace(file, database_.get());
    }

    bool is_alive() override { return true; }
    Dialect dialect() const override { return Dialect::sqlite; }

    void script(const std::string& sql) override {
        statement_allowed();
        if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail();
    }

    void bulk(std::string_view table, std::span<const std::string_view> columns, std::size_t row_count,
              const std::function<void(std::size_t, std::vector<Value>&)>& fill) override {
        std::vector<Value> row(columns.size());
        insert_each(table, columns, row_count, [&](std::size_t i) {
            fill(i, row);
            return std::span<const Value>(row);
        });
    }

    void begin(bool to_write) override {
        begin_allowed();
        run_plain(to_write ? "BEGIN IMMEDIATE" : "BEGIN");
        in_transaction_ = true;
        failed_ = false;
    }
    void commit() override {
        commit_allowed();
        run_plain("COMMIT");
        in_transaction_ = false;
    }
    void rollback() noexcept override {
        if (inside_call_) {
            failed_ = true;
            return;
        }
        in_transaction_ = failed_ = false;
        if (sqlite3_get_autocommit(database_.get()) == 0)
            sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    }

    std::function<void()> making_durable() override {
        return [log = log_] { log->sync(); };
    }

    void begin_call() override { run_plain("SAVEPOINT call"); }
    void keep_call() override {
        statement_allowed();
        run_plain("RELEASE call");
    }
    void undo_call() override {
        // A full disk makes SQLite undo the whole transaction by itself: then there is no savepoint any more,
        // and what follows must not run outside a transaction.
        failed_ = false;
        run_plain("ROLLBACK TO call");
        run_plain("RELEASE call");
    }

protected:
    std::int64_t step(std::string_view sql, std::span<const Param> params,
                      const std::function<void(const Row&)>& visit) override {
        statement_allowed();
        const auto statement = prepared(sql);
        sqlite3_stmt* const handle = statement->handle.get();
        const Running running(handle);
        int number = 0;
        for (const auto& name : statement->parameter_names) bind(handle, ++number, value_of(name, params));
        return run_to_end(handle, visit);
    }

    void insert_rows(std::string_view table, std::span<const char* const> columns,
                     std::span<const Value> values) override {
        statement_allowed();
        const std::vector<std::string_view> names(columns.begin(), columns.end());
        const std::string marks = row_of_marks(names.size());
        const std::string one = insert_into(table, names) + "VALUES " + marks;
        if (const std::size_t size = names.size() * rows_at_once; values.size() >= size) {
            std::string several = one;
            for (std::size_t i = 1; i < rows_at_once; ++i) several.append(",").append(marks);
            values = insert_groups(several, size, values);
        }
        insert_groups(one, names.size(), values);
    }

private:
    [[noreturn]] void fail() {
        set_failed();
        throw error_of(database_.get());
    }

    void bind(sqlite3_stmt* statement, int number, const Value& value) {
        check_value(value);
        int code = SQLITE_OK;
        if (const auto* whole = std::get_if<std::int64_t>(&value)) {
            code = sqlite3_bind_int64(statement, number, *whole);
        } else if (const auto* real = std::get_if<double>(&value)) {
            code = sqlite3_bind_double(statement, number, *real);
        } else if (const auto* text = std::get_if<std::string>(&value)) {
            code = sqlite3_bind_text64(statement, number, text->data(), text->size(), SQLITE_STATIC,
                                       SQLITE_UTF8);
        } else {
            code = sqlite3_bind_null(statement, number);
        }
        if (code != SQLITE_OK) fail();
    }

    // Shared, because a visitor may run so many other statements that this one leaves the cache meanwhile.
    std::shared_ptr<Statement> prepared(std::string_view sql) {
        if (const auto* known = statements_.find(sql)) {
            if (sqlite3_stmt_busy((*known)->handle.get()) == 0) return *known;
            return prepare(sql);  // the same text runs inside its own visitor
        }
        return statements_.add(sql, prepare(sql), [](const auto&) {});
    }

    std::shared_ptr<Statement> prepare(std::string_view sql) {
        auto text = number_parameters(sql, '?');
        sqlite3_stmt* handle = nullptr;
        const char* rest = nullptr;
        if (sqlite3_prepare_v3(database_.get(), text.sql.c_str(), static_cast<int>(text.sql.size()),
                               SQLITE_PREPARE_PERSISTENT, &handle, &rest) != SQLITE_OK)
            fail();
        auto statement = std::make_shared<Statement>();
        statement->handle.reset(handle);
        statement->parameter_names = std::move(text.parameter_names);
        if (handle == nullptr || !trimmed(rest).empty()) {
            set_failed();
            throw DbError(DbFault::syntax, "exactly one statement is run at a time");
        }
        return statement;
    }

    std::int64_t run_to_end(sqlite3_stmt* handle, const std::function<void(const Row&)>& visit) {
        const auto changes_before = sqlite3_total_changes64(database_.get());
        const SqliteRow row(handle);
        int code = SQLITE_OK;
        while ((code = sqlite3_step(handle)) == SQLITE_ROW)
            if (visit) visit(row);
        if (code != SQLITE_DONE) fail();
        if (sqlite3_total_changes64(database_.get()) == changes_before) return 0;
        return sqlite3_changes64(database_.get());
    }

    void run_plain(std::string_view sql) {
        const auto statement = prepared(sql);
        const Running running(statement->handle.get());
        run_to_end(statement->handle.get(), {});
    }

    static std::string row_of_marks(std::size_t column_count) {
        std::string marks = "(?";
        for (std::size_t i = 1; i < column_count; ++i) marks += ",?";
        return marks + ")";
    }

    // Runs an INSERT for each group of `size` values and returns those that fill no group.
    std::span<const Value> insert_groups(const std::string& sql, std::size_t size,
                                         std::span<const Value> values) {
        if (values.size() < size) return values;
        const auto statement = prepared(sql);
        sqlite3_stmt* const handle = statement->handle.get();
        for (; values.size() >= size; values = values.subspan(size)) {
            const Running running(handle);
            int number = 0;
            for (const auto& value : values.first(size)) bind(handle, ++number, value);
            run_to_end(handle, {});
        }
        return values;
    }

    template <class ValuesOfRow>
    void insert_each(std::string_view table, std::span<const std::string_view> columns, std::size_t row_count,
                     ValuesOfRow&& values_of_row) {
        statement_allowed();
        const auto statement =
            prepared(insert_into(table, columns) + "VALUES " + row_of_marks(columns.size()));
        sqlite3_stmt* const handle = statement->handle.get();
        for (std::size_t i = 0; i < row_count; ++i) {
            const std::span<const Value> values = values_of_row(i);
            const Running running(handle);
            int number = 0;
            for (const auto& value : values) bind(handle, ++number, value);
            run_to_end(handle, {});
        }
    }

    std::shared_ptr<SqliteLog> log_;
    DatabaseHandle database_;
    StatementCache<std::shared_ptr<Statement>> statements_;
    std::optional<SqliteCheckpoints> checkpoints_;
};

}  // namespace

std::unique_ptr<Connection> open_sqlite(const std::string& file, SqliteUse use) {
    return std::make_unique<SqliteConnection>(file, use);
}

void copy_sqlite(const std::string& source, const std::string& file) {
    namespace fs = std::filesystem;
    const std::string unfinished = file + ".unfinished";
    std::error_code ignored;
    fs::remove(unfinished, ignored);
    try {
        const auto from = open_database(source, SQLITE_OPEN_READWRITE);
        const auto to = open_database(unfinished, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
        sqlite3_exec(to.get(), "PRAGMA synchronous=FULL", nullptr, nullptr, nullptr);
        sqlite3_backup* const copy = sqlite3_backup_init(to.get(), "main", from.get(), "main");
        if (copy == nullptr) throw error_of(to.get());
        // All pages in one step: the copy is one snapshot, and writers go on in the write-ahead log
        // meanwhile.
        sqlite3_backup_step(copy, -1);
        if (sqlite3_backup_finish(copy) != SQLITE_OK) throw error_of(to.get());
    } catch (...) {
        fs::remove(unfinished, ignored);
        throw;
    }
    fs::rename(unfinished, file);
}

}  // namespace gw
