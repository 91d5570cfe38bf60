#include "platform/db/db.h"

namespace gw {

int Row::checked_column(std::string_view name) const {
    const int found = column(name);
    if (found < 0) throw DbError(DbFault::other, "the query returns no column " + std::string(name));
    return found;
}

void Row::does_not_fit(int column, const char* why) const {
    throw DbError(DbFault::other, "the column " + column_name(column) + " " + why);
}

bool Db::update_row(std::string_view table, std::span<const char* const> columns,
                    std::span<const Value> values) {
    std::string sql = "UPDATE " + std::string(table) + " SET ";
    std::vector<Param> params;
    params.reserve(columns.size());
    bool has_id = false, has_other = false;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string_view column = columns[i];
        params.emplace_back(column, values[i]);
        if (column == "id") {
            has_id = true;
            continue;
        }
        if (has_other) sql += ',';
        has_other = true;
        sql.append(column).append("=:").append(column);
    }
    if (!has_id || !has_other)
        throw DbError(DbFault::syntax, "a row of " + std::string(table) + " is changed by its id");
    sql += " WHERE id=:id";
    return step(sql, params, {}) > 0;
}

}  // namespace gw
