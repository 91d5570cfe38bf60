#include "platform/db/dialect.h"

namespace gw {
namespace {

std::string call_of(std::string_view function, std::string_view left, std::string_view right) {
    return std::string(function).append("(").append(left).append(", ").append(right).append(")");
}

std::string quoted(std::string_view text) {
    std::string literal = "'";
    for (const char c : text) literal.append(c == '\'' ? 2 : 1, c);
    return literal + "'";
}

}  // namespace

std::string id_list(Dialect dialect, std::string_view parameter_name) {
    const std::string parameter = ":" + std::string(parameter_name);
    if (dialect == Dialect::sqlite) return "(SELECT value FROM json_each(" + parameter + "))";
    return "(SELECT CAST(value AS BIGINT) FROM jsonb_array_elements_text(CAST(" + parameter + " AS JSONB)))";
}

std::string id_list_text(std::span<const std::int64_t> ids) {
    std::string text = "[";
    for (const auto id : ids) {
        if (text.size() > 1) text += ',';
        text += std::to_string(id);
    }
    return text + "]";
}

std::string joined_texts(Dialect dialect, std::string_view expression, std::string_view separator) {
    return call_of(dialect == Dialect::sqlite ? "group_concat" : "string_agg", expression, quoted(separator));
}

std::string larger_of(Dialect dialect, std::string_view left, std::string_view right) {
    return call_of(dialect == Dialect::sqlite ? "max" : "greatest", left, right);
}

std::string smaller_of(Dialect dialect, std::string_view left, std::string_view right) {
    return call_of(dialect == Dialect::sqlite ? "min" : "least", left, right);
}

std::string script_for(Dialect dialect, std::string_view sql) {
    constexpr std::string_view key = " BIGINT PRIMARY KEY";
    std::string script(sql);
    if (dialect != Dialect::sqlite) return script;
    for (std::size_t at = 0; (at = script.find(key, at)) != std::string::npos;)
        script.replace(at, key.size(), " INTEGER PRIMARY KEY");
    return script;
}

bool has_table(Db& db, std::string_view table) {
    const std::string_view sql =
        db.dialect() == Dialect::sqlite
            ? "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = :name"
            : "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = :name";
    return db.count(sql, {{"name", table}}) > 0;
}

bool has_any_table(Db& db) {
    const std::string_view sql = db.dialect() == Dialect::sqlite
                                     ? "SELECT count(*) FROM sqlite_master"
                                     : "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()";
    return db.count(sql) > 0;
}

std::string_view name_of(Dialect dialect) { return dialect == Dialect::sqlite ? "sqlite" : "postgres"; }

}  // namespace gw
