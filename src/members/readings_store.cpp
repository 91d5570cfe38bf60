#include "members/readings.h"
#include "platform/db/bulk_rows.h"
#include "platform/db/db.h"
#include "platform/db/dialect.h"

namespace gw::members {

std::vector<Reading> find_readings(Db& db, const ReadingQuery& query) {
    std::string sql = "SELECT * FROM member_readings WHERE 1 = 1";
    if (query.unit_id) {
        sql += " AND (unit_id = :unit_id";
        if (!query.member_id && !query.units_above.empty())
            sql +=
                " OR (part = 'list_with_below' AND unit_id IN " + id_list(db.dialect(), "units_above") + ")";
        sql += ")";
    }
    if (query.member_id) sql += " AND member_id = :member_id";
    if (query.since) sql += " AND day >= :since";
    if (!query.not_from.empty()) sql += " AND reader_unit_id NOT IN " + id_list(db.dialect(), "not_from");
    return db.list<Reading>(sql +
                                " ORDER BY day DESC, last_at DESC, reader_account_id, member_id, part, "
                                "unit_id LIMIT :limit OFFSET :offset",
                            {{"unit_id", query.unit_id},
                             {"units_above", id_list_text(query.units_above)},
                             {"member_id", query.member_id},
                             {"since", query.since},
                             {"not_from", id_list_text(query.not_from)},
                             {"limit", query.limit},
                             {"offset", query.offset}});
}

void add_reading(Db& db, const Reading& reading) {
    db.run(
        "INSERT INTO member_readings (unit_id, member_id, part, day, reader_account_id, reader_name, "
        "reader_member_id, reader_unit_id, role_key, because, ground_unit_id, first_at, last_at, times) "
        "VALUES (:unit_id, :member_id, :part, :day, :reader_account_id, :reader_name, :reader_member_id, "
        ":reader_unit_id, :role_key, :because, :ground_unit_id, :first_at, :last_at, :times) "
        "ON CONFLICT (unit_id, day, reader_account_id, member_id, part) DO UPDATE SET "
        "last_at = excluded.last_at, times = member_readings.times + excluded.times, "
        "reader_name = excluded.reader_name",
        {{"unit_id", reading.unit_id},
         {"member_id", reading.member_id},
         {"part", reading.part},
         {"day", reading.day},
         {"reader_account_id", reading.reader_account_id},
         {"reader_name", reading.reader_name},
         {"reader_member_id", reading.reader_member_id},
         {"reader_unit_id", reading.reader_unit_id},
         {"role_key", reading.role_key},
         {"because", reading.because},
         {"ground_unit_id", reading.ground_unit_id},
         {"first_at", reading.first_at},
         {"last_at", reading.last_at},
         {"times", reading.times}});
}

void add_readings(Db& db, std::span<const Reading> readings) {
    for (const Reading& reading : readings) add_reading(db, reading);
}

}  // namespace gw::members
