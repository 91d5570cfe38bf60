// SQL in, structs out, the same on SQLite and PostgreSQL. Only src/platform/db knows the two libraries.
#pragma once
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "platform/record.h"
#include "platform/text.h"

namespace gw {

using Value = std::variant<std::monostate, std::int64_t, double, std::string>;

// Each small type has one form in SQL: ids, moments, numbers and yes/no are BIGINT, days, enums and texts are
// TEXT.
template <class T>
Value to_value(const T& value) {
    if constexpr (std::is_same_v<T, Value>) return value;
    else if constexpr (std::is_same_v<T, std::nullopt_t>) return Value{};
    else if constexpr (is_optional<T>) return value ? to_value(*value) : Value{};
    else if constexpr (requires { value.number; }) return value.number;
    else if constexpr (std::is_same_v<T, Moment>) return value.milliseconds;
    else if constexpr (Textual<T>) return to_text(value);
    else if constexpr (std::is_floating_point_v<T>) return static_cast<double>(value);
    else if constexpr (std::is_integral_v<T>) return static_cast<std::int64_t>(value);
    else return std::string(value);
}

struct Param {
    template <class T>
    Param(std::string_view name, const T& value) : name(name), value(to_value(value)) {}
    std::string_view name;
    Value value;
};
using Params = std::initializer_list<Param>;

enum class DbFault { other, unique, foreign_key, not_null, check, busy, connection, syntax };

// Something the database refused or could not do. `detail` is for the log, never for the caller.
class DbError : public std::runtime_error {
public:
    DbError(DbFault fault, const std::string& detail) : std::runtime_error(detail), fault(fault) {}
    DbFault fault;
};

// One row while it is being read; views into it end with the callback.
class Row {
public:
    virtual ~Row() = default;
    virtual int column_count() const = 0;
    virtual int column(std::string_view name) const = 0;  // -1 when the row has no such column
    virtual std::string column_name(int column) const = 0;
    virtual bool is_null(int column) const = 0;
    virtual std::int64_t number(int column) const = 0;
    virtual double real(int column) const = 0;
    virtual std::string_view text(int column) const = 0;

    // The value of a column as T. Throws DbError naming the column when it is NULL (and T is not optional)
    // or when it does not fit.
    template <class T>
    T get(int column) const;
    template <class T>
    T get(std::string_view name) const {
        return get<T>(checked_column(name));
    }

protected:
    int checked_column(std::string_view name) const;
    [[noreturn]] void does_not_fit(int column, const char* why) const;
};

enum class Dialect { sqlite, postgres };

// One connection inside one transaction (or one read snapshot). Parameters are written :name in the SQL text.
// A parameter that may be NULL needs a cast where nothing else tells its type: CAST(:unit_id AS BIGINT) IS
// NULL. After a statement failed, the transaction takes no further statement: the call ends. To go on where a
// row may exist already, write ON CONFLICT DO NOTHING.
class Db {
public:
    virtual ~Db() = default;

    // Runs a statement and returns how many rows it changed.
    std::int64_t run(std::string_view sql, Params params = {}) {
        return step(sql, {params.begin(), params.size()}, {});
    }
    void each(std::string_view sql, Params params, const std::function<void(const Row&)>& visit) {
        step(sql, {params.begin(), params.size()}, visit);
    }
    // The first row as a described struct, or its first column as a small type.
    template <class T>
    std::optional<T> one(std::string_view sql, Params params = {});
    template <class T>
    std::vector<T> list(std::string_view sql, Params params = {});
    // The number in the first column of the first row; 0 when there is none, or when it is NULL like the sum
    // of no rows.
    std::int64_t count(std::string_view sql, Params params = {}) {
        return one<std::optional<std::int64_t>>(sql, params).value_or(std::nullopt).value_or(0);
    }

    // Adds rows to `table`; the fields of the struct are the columns.
    template <Record R>
    void insert(std::string_view table, const R& record) {
        insert_all(table, std::span<const R>(&record, 1));
    }
    template <Record R>
    void insert_all(std::string_view table, std::span<const R> records);
    // Changes the row whose `id` is that of `record`; returns false when there is none.
    template <Record R>
    bool update(std::string_view table, const R& record);

    // Rows by the fastest way the database has (COPY on PostgreSQL). `fill` writes row i into `row`.
    virtual void bulk(std::string_view table, std::span<const std::string_view> columns,
                      std::size_t row_count,
                      const std::function<void(std::size_t i, std::vector<Value>& row)>& fill) = 0;
    // Several statements without parameters, for migrations.
    virtual void script(const std::string& sql) = 0;
    virtual Dialect dialect() const = 0;

    virtual void begin(bool to_write) = 0;
    virtual void commit() = 0;
    virtual void rollback() noexcept = 0;

protected:
    virtual std::int64_t step(std::string_view sql, std::span<const Param> params,
                              const std::function<void(const Row&)>& visit) = 0;
    // INSERT of many rows given as one flat list of values, row after row.
    virtual void insert_rows(std::string_view table, std::span<const char* const> columns,
                             std::span<const Value> values) = 0;
    bool update_row(std::string_view table, std::span<const char* const> columns,
                    std::span<const Value> values);
};

template <class T>
T Row::get(int column) const {
    if constexpr (is_optional<T>) {
        if (is_null(column)) return std::nullopt;
        return get<typename T::value_type>(column);
    } else {
        if (is_null(column)) does_not_fit(column, "is empty");
        if constexpr (requires(T t) { t.number; }) return T{number(column)};
        else if constexpr (std::is_same_v<T, Moment>) return Moment{number(column)};
        else if constexpr (std::is_same_v<T, bool>) return number(column) != 0;
        else if constexpr (std::is_integral_v<T>) {
            const auto wide = number(column);
            const auto narrow = static_cast<T>(wide);
            if (static_cast<std::int64_t>(narrow) != wide) does_not_fit(column, "is too large");
            return narrow;
        } else if constexpr (std::is_floating_point_v<T>) return static_cast<T>(real(column));
        else if constexpr (Textual<T>) {
            T value{};
            if (!from_text(text(column), value)) does_not_fit(column, "has no such value");
            return value;
        } else return T(text(column));
    }
}

template <class T>
std::optional<T> Db::one(std::string_view sql, Params params) {
    std::optional<T> found;
    each(sql, params, [&](const Row& row) {
        if (found) return;
        if constexpr (Record<T>) {
            found.emplace();
            each_field(*found, [&](const char* name, auto& field) {
                field = row.get<std::remove_cvref_t<decltype(field)>>(name);
            });
        } else found = row.get<T>(0);
    });
    return found;
}

template <class T>
std::vector<T> Db::list(std::string_view sql, Params params) {
    std::vector<T> rows;
    if constexpr (Record<T>) {
        std::vector<int> columns;
        each(sql, params, [&](const Row& row) {
            std::size_t next = 0;
            T& record = rows.emplace_back();
            each_field(record, [&](const char* name, auto& field) {
                if (next == columns.size()) {
                    columns.push_back(row.column(name));
                    if (columns[next] < 0)
                        throw DbError(DbFault::other, std::string("the query returns no column ") + name);
                }
                field = row.get<std::remove_cvref_t<decltype(field)>>(columns[next++]);
            });
        });
    } else {
        each(sql, params, [&](const Row& row) { rows.push_back(row.get<T>(0)); });
    }
    return rows;
}

template <Record R>
void Db::insert_all(std::string_view table, std::span<const R> records) {
    if (records.empty()) return;
    std::vector<const char*> columns;
    std::vector<Value> values;
    for (const R& record : records)
        each_field(record, [&](const char* name, const auto& field) {
            if (&record == &records.front()) columns.push_back(name);
            values.push_back(to_value(field));
        });
    insert_rows(table, columns, values);
}

template <Record R>
bool Db::update(std::string_view table, const R& record) {
    std::vector<const char*> columns;
    std::vector<Value> values;
    each_field(record, [&](const char* name, const auto& field) {
        columns.push_back(name);
        values.push_back(to_value(field));
    });
    return update_row(table, columns, values);
}

}  // namespace gw
