#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "platform/db/connection.h"
#include "platform/db/postgres_values.h"
#include "platform/db/statement_cache.h"
#include "platform/db/statement_text.h"

namespace gw {
namespace {

constexpr std::size_t kept_statements = 512;
constexpr std::size_t rows_per_insert = 1000;
constexpr std::size_t copy_buffer_size = 65536;
constexpr Oid bool_type = 16, bigint_type = 20, double_type = 701;

DbFault fault_of(std::string_view state) {
    if (state == "23505") return DbFault::unique;
    if (state == "23503") return DbFault::foreign_key;
    if (state == "23502") return DbFault::not_null;
    if (state == "23514") return DbFault::check;
    // Another transaction was in the way: trying again may help.
    if (state == "40001" || state == "40P01" || state == "55P03" || state == "53300") return DbFault::busy;
    if (state.starts_with("08") || state.starts_with("57P")) return DbFault::connection;
    if (state.starts_with("42")) return DbFault::syntax;
    return DbFault::other;
}

struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, Clear>;

struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
using ConnectionHandle = std::unique_ptr<PGconn, Finish>;

struct Statement {
    std::string name;  // on the server
    std::vector<std::string> parameter_names;
};

class PostgresRow final : public Row {
public:
    PostgresRow(const PGresult* result, int row) : result_(result), row_(row) {}

    int column_count() const override { return PQnfields(result_); }
    int column(std::string_view name) const override {
        for (int i = 0; i < column_count(); ++i)
            if (name == PQfname(result_, i)) return i;
        return -1;
    }
    std::string column_name(int column) const override { return PQfname(result_, column); }
    bool is_null(int column) const override { return PQgetisnull(result_, row_, column) != 0; }
    std::int64_t number(int column) const override {
        return parsed<std::int64_t>(column, "is no whole number");
    }
    double real(int column) const override { return parsed<double>(column, "is no number"); }
    std::string_view text(int column) const override {
        const std::string_view text(PQgetvalue(result_, row_, column),
                                    static_cast<std::size_t>(PQgetlength(result_, row_, column)));
        if (PQftype(result_, column) == bool_type) return text == "t" ? "1" : "0";
        return text;
    }

private:
    template <class T>
    T parsed(int column, const char* why) const {
        const auto digits = text(column);
        T value{};
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (error != std::errc() || end != digits.data() + digits.size()) does_not_fit(column, why);
        return value;
    }

    const PGresult* result_;
    int row_;
};

// The values of one statement as libpq takes them; a null pointer is NULL.
class SentValues {
public:
    void add(const Value& value) {
        if (std::holds_alternative<std::monostate>(value)) return add_null();
        check_value(value);
        add(text_of(value));
    }
    void add(std::string text) {
        texts_.push_back(std::move(text));
        is_null_.push_back(false);
    }
    void add_null() {
        texts_.emplace_back();
        is_null_.push_back(true);
    }
    int count() const { return static_cast<int>(texts_.size()); }
    const char* const* pointers() {
        pointers_.clear();
        for (std::size_t i = 0; i < texts_.size(); ++i)
            pointers_.push_back(is_null_[i] ? nullptr : texts_[i].c_str());
        return pointers_.data();
    }

private:
    std::vector<std::string> texts_;
    std::vector<bool> is_null_;
    std::vector<const char*> pointers_;
};

ConnectionHandle connect_to(const PostgresPlace& place) {
    // What the address says overrules what stands before it; a dead network is noticed within half a minute.
    const char* const keys[] = {"connect_timeout", "tcp_user_timeout", "application_name",
                                "dbname",          "client_encoding",  nullptr};
    const char* const values[] = {"10", "30000", "groundwork", place.address.c_str(), "UTF8", nullptr};
    ConnectionHandle connection(PQconnectdbParams(keys, values, 1));
    if (PQstatus(connection.get()) != CONNECTION_OK)
        throw DbError(DbFault::connection,
                      "cannot reach PostgreSQL: " + std::string(trimmed(PQerrorMessage(connection.get()))));
    PQsetNoticeProcessor(
        connection.get(), [](void*, const char*) {}, nullptr);
    return connection;
}

class PostgresConnection final : public Connection {
public:
    PostgresConnection(const PostgresPlace& place, PostgresUse use)
        : connection_(connect_to(place)), statements_(kept_statements) {
        std::string settings = "SET search_path TO \"" + place.schema + "\"";
        if (use == PostgresUse::write) settings += "; SET synchronous_commit TO on";
        send_simple(settings);
        // Writers of several processes on one schema take turns, so that their audit entries form one chain.
        lock_statement_ = "SELECT pg_advisory_xact_lock(7461726, hashtext('" + place.schema + "'))";
    }

    bool is_alive() override {
        if (is_broken_) return false;
        drain();
        if (PQstatus(connection_.get()) != CONNECTION_OK) return false;
        // An idle server has nothing to say, unless it has ended the session since: a new one costs little.
        pollfd line{PQsocket(connection_.get()), POLLIN, 0};
        return poll(&line, 1, 0) == 0;
    }
    Dialect dialect() const override { return Dialect::postgres; }

    void script(const std::string& sql) override {
        statement_allowed();
        send_ahead();
        send_simple(sql);
    }

    void bulk(std::string_view table, std::span<const std::string_view> columns, std::size_t row_count,
              const std::function<void(std::size_t, std::vector<Value>&)>& fill) override {
        statement_allowed();
        send_ahead();
        std::string sql = "COPY " + std::string(table) + "(";
        for (std::size_t i = 0; i < columns.size(); ++i) sql.append(i == 0 ? "" : ",").append(columns[i]);
        const Result started(PQexec(connection_.get(), (sql + ") FROM STDIN").c_str()));
        if (PQresultStatus(started.get()) != PGRES_COPY_IN) fail(started.get());
        try {
            std::vector<Value> row(columns.size());
            std::string lines;
            for (std::size_t i = 0; i < row_count; ++i) {
                fill(i, row);
                add_copy_line(row, lines);
                if (lines.size() >= copy_buffer_size) put_copy(lines);
            }
            put_copy(lines);
        } catch (...) {
            PQputCopyEnd(connection_.get(), "given up");
            drain();
            set_failed();
            throw;
        }
        PQputCopyEnd(connection_.get(), nullptr);
        const Result ended(PQgetResult(connection_.get()));
        drain();
        if (PQresultStatus(ended.get()) != PGRES_COMMAND_OK) fail(ended.get());
    }

    void begin(bool to_write) override {
        begin_allowed();
        drain();
        failed_ = false;
        ahead_.clear();
        is_writing_ = to_write;
        if (to_write) {
            // At once, so that a lost connection shows before any call has started.
            send_dropped();
            ahead_ = {"BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", lock_statement_};
            send_ahead();
        } else {
            ahead_ = {"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"};
        }
        has_savepoint_ = false;
        in_transaction_ = true;
    }

    void commit() override {
        commit_allowed();
        in_transaction_ = false;
        if (!is_writing_) return end_read();
        ahead_.emplace_back("COMMIT");
        const auto result = send_ahead();
        // After an error PostgreSQL answers COMMIT with a quiet rollback.
        if (std::strcmp(PQcmdStatus(result.get()), "COMMIT") != 0)
            throw DbError(DbFault::other, "PostgreSQL undid the transaction instead of committing it");
    }

    void rollback() noexcept override {
        if (inside_call_) {
            failed_ = true;
            return;
        }
        in_transaction_ = failed_ = false;
        ahead_.clear();
        drain();
        if (PQtransactionStatus(connection_.get()) != PQTRANS_IDLE)
            Result(PQexec(connection_.get(), "ROLLBACK"));
    }

    // The savepoint of a call costs no round trip: its commands travel with the first statement of the call.
    void begin_call() override {
        if (has_savepoint_) return;
        ahead_.emplace_back("SAVEPOINT call");
        has_savepoint_ = true;
    }
    void keep_call() override {
        statement_allowed();
        if (PQtransactionStatus(connection_.get()) != PQTRANS_INTRANS) fail(nullptr);
        ahead_.emplace_back("RELEASE SAVEPOINT call");
        has_savepoint_ = false;
    }
    void undo_call() override {
        failed_ = false;
        if (!ahead_.empty())
            return;  // nothing of the call has reached the server: the next one takes its savepoint
        ahead_.emplace_back("ROLLBACK TO SAVEPOINT call");
        send_ahead();
    }

protected:
    std::int64_t step(std::string_view sql, std::span<const Param> params,
                      const std::function<void(const Row&)>& visit) override {
        statement_allowed();
        const auto& statement = prepared(sql);
        SentValues values;
        for (const auto& name : statement.parameter_names) values.add(value_of(name, params));
        const auto result = send_statement(statement, values);
        if (visit)
            for (int i = 0, rows = PQntuples(result.get()); i < rows; ++i)
                visit(PostgresRow(result.get(), i));
        // "SELECT 3" tells how many rows were read, not changed.
        if (std::strncmp(PQcmdStatus(result.get()), "SELECT", 6) == 0) return 0;
        const std::string_view changed = PQcmdTuples(result.get());
        std::int64_t count = 0;
        std::from_chars(changed.data(), changed.data() + changed.size(), count);
        return count;
    }

    // All rows travel as one array per column, so that any number of rows is one statement and one round
    // trip.
    void insert_rows(std::string_view table, std::span<const char* const> columns,
                     std::span<const Value> values) override {
        statement_allowed();
        const auto& statement = prepared_insert(table, columns);
        const auto width = columns.size();
        for (std::size_t start = 0; start < values.size(); start += rows_per_insert * width) {
            const auto part = values.subspan(start, std::min(rows_per_insert * width, values.size() - start));
            SentValues arrays;
            for (std::size_t column = 0; column < width; ++column) {
                std::string array = "{";
                for (std::size_t i = column; i < part.size(); i += width) add_array_element(part[i], array);
                arrays.add(array + "}");
            }
            send_statement(statement, arrays);
        }
    }

private:
    [[noreturn]] void fail(const PGresult* result) {
        set_failed();
        const char* const state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
        if (state == nullptr) {
            const bool lost = PQstatus(connection_.get()) != CONNECTION_OK;
            throw DbError(lost ? DbFault::connection : DbFault::other,
                          "PostgreSQL: " + std::string(trimmed(PQerrorMessage(connection_.get()))));
        }
        throw DbError(fault_of(state),
                      std::string(trimmed(PQresultErrorMessage(result))) + " (" + state + ")");
    }

    // Takes the answers that nobody waited for.
    void drain() noexcept {
        while (PGresult* rest = PQgetResult(connection_.get())) {
            const bool broken = PQstatus(connection_.get()) != CONNECTION_OK;
            PQclear(rest);
            if (broken) break;
        }
    }

    void send_simple(const std::string& sql) {
        const Result result(PQexec(connection_.get(), sql.c_str()));
        const auto status = PQresultStatus(result.get());
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(result.get());
    }

    // Statements that left the cache still live on the server.
    void send_dropped() {
        for (const auto& name : dropped_) send_simple("DEALLOCATE " + name);
        dropped_.clear();
    }

    // Sends the commands that wait, in one round trip, and returns the answer to the last.
    Result send_ahead() {
        if (ahead_.empty()) return {};
        return send_pipeline([] { return 1; }, ahead_.size());
    }

    Result send_statement(const Statement& statement, SentValues& values) {
        const auto send = [&] {
            return PQsendQueryPrepared(connection_.get(), statement.name.c_str(), values.count(),
                                       values.pointers(), nullptr, nullptr, 0);
        };
        if (!ahead_.empty()) return send_pipeline(send, ahead_.size() + 1);
        Result result(PQexecPrepared(connection_.get(), statement.name.c_str(), values.count(),
                                     values.pointers(), nullptr, nullptr, 0));
        const auto status = PQresultStatus(result.get());
        if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) fail(result.get());
        return result;
    }

    template <class SendLast>
    Result send_pipeline(SendLast&& send_last, std::size_t command_count) {
        const std::vector<std::string> commands = std::exchange(ahead_, {});
        bool sent = PQenterPipelineMode(connection_.get()) == 1;
        for (const auto& command : commands)
            sent = sent && PQsendQueryParams(connection_.get(), command.c_str(), 0, nullptr, nullptr, nullptr,
                                             nullptr, 0) == 1;
        sent = sent && send_last() == 1 && PQpipelineSync(connection_.get()) == 1;
        if (!sent) {
            is_broken_ = true;
            fail(nullptr);
        }
        Result first_error, last;
        for (std::size_t i = 0; i < command_count; ++i) {
            last.reset(PQgetResult(connection_.get()));
            const auto status = PQresultStatus(last.get());
            if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK && !first_error)
                first_error = std::move(last);
            Result(PQgetResult(connection_.get()));  // the end of this command
            if (PQstatus(connection_.get()) != CONNECTION_OK) break;
        }
        Result(PQgetResult(connection_.get()));  // the end of the pipeline
        PQexitPipelineMode(connection_.get());
        if (first_error) fail(first_error.get());
        if (PQstatus(connection_.get()) != CONNECTION_OK) fail(nullptr);
        return last;
    }

    // Nobody needs to wait for the end of a read; the answer is taken before the next use of the connection.
    void end_read() {
        if (!ahead_.empty()) {  // nothing was read
            ahead_.clear();
            return;
        }
        if (PQsendQuery(connection_.get(), "COMMIT") == 1) PQflush(connection_.get());
    }

    const Statement& prepared(std::string_view sql) {
        if (const auto* known = statements_.find(sql)) return *known;
        auto text = number_parameters(sql, '$');
        return prepare(sql, text.sql, std::move(text.parameter_names));
    }

    const Statement& prepared_insert(std::string_view table, std::span<const char* const> columns) {
        std::string key = "INSERT " + std::string(table);
        for (const auto* column : columns) key.append(" ").append(column);
        if (const auto* known = statements_.find(key)) return *known;
        const std::vector<std::string_view> names(columns.begin(), columns.end());
        std::string arrays;
        const auto types = column_types(table, names);
        for (std::size_t i = 0; i < types.size(); ++i) {
            if (i > 0) arrays += ',';
            arrays += "$" + std::to_string(i + 1) + "::" + types[i] + "[]";
        }
        return prepare(key, insert_into(table, names) + "SELECT * FROM unnest(" + arrays + ")", {});
    }

    std::vector<const char*> column_types(std::string_view table, std::span<const std::string_view> columns) {
        std::string sql = "SELECT ";
        for (std::size_t i = 0; i < columns.size(); ++i) sql.append(i == 0 ? "" : ",").append(columns[i]);
        const Result empty(send_plain(sql + " FROM " + std::string(table) + " LIMIT 0"));
        std::vector<const char*> types;
        for (int i = 0; i < PQnfields(empty.get()); ++i) {
            const auto type = PQftype(empty.get(), i);
            types.push_back(type == bigint_type   ? "bigint"
                            : type == double_type ? "double precision"
                                                  : "text");
        }
        return types;
    }

    Result send_plain(const std::string& sql) {
        send_ahead();
        Result result(PQexec(connection_.get(), sql.c_str()));
        if (PQresultStatus(result.get()) != PGRES_TUPLES_OK) fail(result.get());
        return result;
    }

    const Statement& prepare(std::string_view key, const std::string& sql,
                             std::vector<std::string> parameter_names) {
        send_ahead();
        Statement statement{"s" + std::to_string(++prepared_count_), std::move(parameter_names)};
        const Result result(PQprepare(connection_.get(), statement.name.c_str(), sql.c_str(), 0, nullptr));
        if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) fail(result.get());
        return statements_.add(key, std::move(statement),
                               [&](const Statement& old) { dropped_.push_back(old.name); });
    }

    void put_copy(std::string& lines) {
        if (!lines.empty() &&
            PQputCopyData(connection_.get(), lines.data(), static_cast<int>(lines.size())) != 1)
            fail(nullptr);
        lines.clear();
    }

    ConnectionHandle connection_;
    StatementCache<Statement> statements_;
    std::uint64_t prepared_count_ = 0;
    std::vector<std::string> dropped_;
    std::vector<std::string> ahead_;  // commands that travel with the next statement
    std::string lock_statement_;
    bool is_writing_ = false;
    bool has_savepoint_ = false;
    bool is_broken_ = false;  // stopped in the middle of a pipeline
};

}  // namespace

PostgresPlace postgres_place(const std::string& address) {
    PostgresPlace place;
    const auto question = address.find('?');
    place.address = address.substr(0, question);
    if (question == address.npos) return place;
    std::string_view rest = std::string_view(address).substr(question + 1);
    char separator = '?';
    while (!rest.empty()) {
        const auto part = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), part.size() + 1));
        if (part.starts_with("schema=")) {
            place.schema = part.substr(7);
        } else {
            place.address.append(1, separator).append(part);
            separator = '&';
        }
    }
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    const auto& name = place.schema;
    if (name.empty() || name.size() > 63 || !std::all_of(name.begin(), name.end(), fits) ||
        (name[0] >= '0' && name[0] <= '9') || name.starts_with("pg_"))
        throw std::runtime_error("\"" + name +
                                 "\" is no name for a schema: use small letters, digits and _, at most 63");
    return place;
}

std::unique_ptr<Connection> open_postgres(const PostgresPlace& place, PostgresUse use) {
    return std::make_unique<PostgresConnection>(place, use);
}

void prepare_postgres(const PostgresPlace& place) {
    PostgresConnection connection(place, PostgresUse::write);
    const auto encoding = connection.one<std::string>("SELECT current_setting('server_encoding')");
    if (encoding != "UTF8")
        throw std::runtime_error("the PostgreSQL database keeps its texts as " + encoding.value_or("?") +
                                 ", not as UTF-8: create it with ENCODING 'UTF8'");
    connection.begin(true);
    if (connection.count("SELECT count(*) FROM pg_namespace WHERE nspname = :name",
                         {{"name", place.schema}}) == 0)
        connection.script("CREATE SCHEMA \"" + place.schema + "\"");
    connection.commit();
}

}  // namespace gw
