// Turns the :named parameters of a SQL text into the numbered ones the two libraries want.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/db/db.h"

namespace gw {

struct StatementText {
    std::string sql;                           // "SELECT * FROM units WHERE id = ?1"
    std::vector<std::string> parameter_names;  // in the order of their numbers
};

// `mark` stands before the number: '?' for SQLite, '$' for PostgreSQL. A name used twice has one number.
// Strings, quoted names, comments and :: are left alone.
StatementText number_parameters(std::string_view sql, char mark);

// The value given for a parameter. Throws DbError (syntax) when there is none.
const Value& value_of(std::string_view parameter_name, std::span<const Param> params);

// Both databases keep only texts that are UTF-8 without NUL, and numbers that are numbers; one of them would
// take others and change them silently. Throws DbError.
void check_value(const Value& value);

// "INSERT INTO table(a,b) " for the columns given.
std::string insert_into(std::string_view table, std::span<const std::string_view> columns);

}  // namespace gw
