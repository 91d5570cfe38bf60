#include "platform/db/store.h"

#include <filesystem>
#include <future>
#include <utility>

#include "platform/db/connection.h"
#include "platform/db/dialect.h"
#include "platform/db/migrations.h"
#include "platform/db/readers.h"
#include "platform/db/writer.h"

namespace gw {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view sqlite_scheme = "sqlite:";
constexpr std::int64_t application_id = 0x47574B31;  // "GWK1" in the header of our SQLite files

// A read inside a read of the same store uses the snapshot that is open already.
struct OpenRead {
    const Store* store = nullptr;
    Db* db = nullptr;
};
thread_local OpenRead open_read;

template <class Readers>
void read_once(const Store& store, Readers& readers, const std::function<void(Db&)>& read) {
    if (open_read.store == &store) return read(*open_read.db);
    if (Writer::is_in_change() && Writer::store_of_this_thread() == &store)
        throw std::logic_error(
            "a change reads through the Db it was given: a read of its own would not see it");
    readers.read([&](Db& db) {
        struct Mark {
            explicit Mark(OpenRead now) : before(std::exchange(open_read, now)) {}
            ~Mark() { open_read = before; }
            OpenRead before;
        };
        const Mark mark({&store, &db});
        read(db);
    });
}

void check_sqlite_file(const std::string& file) {
    if (file.empty() || file.starts_with(":") || file.starts_with("//"))
        throw std::runtime_error("\"sqlite:" + file +
                                 "\" names no file. Write the address as sqlite:/folder/groundwork.db");
    const auto folder = fs::absolute(file).parent_path();
    if (!fs::is_directory(folder))
        throw std::runtime_error("The folder " + folder.string() + " for the store is not there.");
    if (fs::is_directory(file)) throw std::runtime_error(file + " is a folder, not a file.");
    if (!fs::exists(file) || fs::file_size(file) == 0) return;
    // Looked at by a reader, which leaves the file of another program as it is.
    const auto connection = open_sqlite(file, SqliteUse::read);
    const auto found = connection->count("PRAGMA application_id");
    if (found != application_id && (found != 0 || has_any_table(*connection)))
        throw std::runtime_error(file + " is not a store of Groundwork: it belongs to another program.");
}

class SqliteStore final : public Store {
public:
    SqliteStore(const std::string& file, const StoreConfig& config)
        : file_(file),
          readers_(file),
          writer_(*this, opened(file, config), [file] { return open_sqlite(file, SqliteUse::write); }) {}
    ~SqliteStore() override { writer_.close(); }

    using Store::write;
    void read(const std::function<void(Db&)>& read) override { read_once(*this, readers_, read); }
    void write(std::function<void(Db&)> change, Done done) override {
        writer_.add(std::move(change), std::move(done));
    }
    bool reads_are_local() const override { return true; }
    void after_commit(std::function<void()> hook) override { writer_.after_commit(std::move(hook)); }
    void back_up(const std::string& file) override { copy_sqlite(file_, file); }
    void close() override { writer_.close(); }

private:
    static std::unique_ptr<Connection> opened(const std::string& file, const StoreConfig& config) {
        check_sqlite_file(file);
        auto connection = open_sqlite(file, SqliteUse::write);
        connection->script("PRAGMA application_id=" + std::to_string(application_id));
        migrate(*connection, list_migrations(config.migrations, Dialect::sqlite),
                [&](const Migration& next) { copy_sqlite(file, file + ".before_" + next.name); });
        return connection;
    }

    std::string file_;
    ThreadReaders readers_;
    Writer writer_;
};

class PostgresStore final : public Store {
public:
    PostgresStore(const PostgresPlace& place, const StoreConfig& config)
        : readers_([place] { return open_postgres(place, PostgresUse::read); }, config.readers),
          writer_(*this, opened(place, config),
                  [place] { return open_postgres(place, PostgresUse::write); }) {}
    ~PostgresStore() override { writer_.close(); }

    using Store::write;
    void read(const std::function<void(Db&)>& read) override { read_once(*this, readers_, read); }
    void write(std::function<void(Db&)> change, Done done) override {
        writer_.add(std::move(change), std::move(done));
    }
    bool reads_are_local() const override { return false; }
    void after_commit(std::function<void()> hook) override { writer_.after_commit(std::move(hook)); }
    void back_up(const std::string&) override {
        throw std::runtime_error("A store on PostgreSQL is backed up with pg_dump.");
    }
    void close() override { writer_.close(); }

private:
    static std::unique_ptr<Connection> opened(const PostgresPlace& place, const StoreConfig& config) {
        prepare_postgres(place);
        auto connection = open_postgres(place, PostgresUse::write);
        // The administrator's own backups stand before an upgrade here.
        migrate(*connection, list_migrations(config.migrations, Dialect::postgres), [](const Migration&) {});
        return connection;
    }

    ReaderPool readers_;
    Writer writer_;
};

}  // namespace

std::unique_ptr<Store> Store::open(const StoreConfig& config) {
    try {
        if (config.address.starts_with(sqlite_scheme))
            return std::make_unique<SqliteStore>(config.address.substr(sqlite_scheme.size()), config);
        if (config.address.starts_with("postgresql://") || config.address.starts_with("postgres://"))
            return std::make_unique<PostgresStore>(postgres_place(config.address), config);
    } catch (const DbError& error) {
        throw std::runtime_error(std::string("The store cannot be opened: ") + error.what());
    }
    throw std::runtime_error("\"" + config.address +
                             "\" names no store. Write sqlite:/folder/groundwork.db or "
                             "postgresql://user@host/database?schema=name.");
}

void Store::write(const std::function<void(Db&)>& change) {
    if (Writer::store_of_this_thread() == this)
        throw std::logic_error("the writer cannot wait for itself: use the Db of the running call");
    // Shared, because the writer may still be inside set_value when the waiting thread goes on.
    const auto answered = std::make_shared<std::promise<void>>();
    auto answer = answered->get_future();
    write(change, [answered](const std::exception_ptr& error) {
        if (error) answered->set_exception(error);
        else answered->set_value();
    });
    answer.get();
}

}  // namespace gw
