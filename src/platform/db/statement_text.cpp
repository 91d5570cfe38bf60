#include "platform/db/statement_text.h"

#include <algorithm>
#include <cmath>

namespace gw {
namespace {

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_name_part(char c) { return is_name_start(c) || (c >= '0' && c <= '9'); }

// Where the piece at `start` that must be copied unchanged ends, or `start` when no such piece begins there.
std::size_t end_of_verbatim(std::string_view sql, std::size_t start) {
    const auto after = [&](std::string_view closing, std::size_t from) {
        const auto found = sql.find(closing, from);
        return found == sql.npos ? sql.size() : found + closing.size();
    };
    const auto rest = sql.substr(start);
    if (rest[0] == '\'' || rest[0] == '"') return after(rest.substr(0, 1), start + 1);
    if (rest.starts_with("--")) return after("\n", start + 2);
    if (rest.starts_with("/*")) return after("*/", start + 2);
    if (rest.starts_with("::")) return start + 2;
    return start;
}

}  // namespace

StatementText number_parameters(std::string_view sql, char mark) {
    StatementText text;
    text.sql.reserve(sql.size());
    std::size_t at = 0;
    while (at < sql.size()) {
        if (const auto verbatim_end = end_of_verbatim(sql, at); verbatim_end != at) {
            text.sql += sql.substr(at, verbatim_end - at);
            at = verbatim_end;
        } else if (sql[at] == ':' && at + 1 < sql.size() && is_name_start(sql[at + 1])) {
            auto end = at + 1;
            while (end < sql.size() && is_name_part(sql[end])) ++end;
            const auto name = sql.substr(at + 1, end - at - 1);
            auto& names = text.parameter_names;
            const auto known = std::find(names.begin(), names.end(), name);
            const auto number = known - names.begin() + 1;
            if (known == names.end()) names.emplace_back(name);
            text.sql += mark;
            text.sql += std::to_string(number);
            at = end;
        } else {
            text.sql += sql[at++];
        }
    }
    return text;
}

const Value& value_of(std::string_view parameter_name, std::span<const Param> params) {
    for (const auto& param : params)
        if (param.name == parameter_name) return param.value;
    throw DbError(DbFault::syntax, "no value was given for the parameter :" + std::string(parameter_name));
}

void check_value(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
        if (text->find('\0') != text->npos) throw DbError(DbFault::other, "a text contains a NUL character");
        if (!is_valid_utf8(*text)) throw DbError(DbFault::other, "a text is not UTF-8");
    } else if (const auto* real = std::get_if<double>(&value)) {
        if (!std::isfinite(*real)) throw DbError(DbFault::other, "a value is not a finite number");
    }
}

std::string insert_into(std::string_view table, std::span<const std::string_view> columns) {
    std::string sql = "INSERT INTO " + std::string(table) + "(";
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (i > 0) sql += ',';
        sql += columns[i];
    }
    return sql + ") ";
}

}  // namespace gw
