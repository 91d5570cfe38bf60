#include "numbering/numbering_store.h"

namespace gw::numbering {

std::vector<Date> term_days(Db& db, UnitId unit_id) {
    return db.list<Date>("SELECT begins_on FROM terms WHERE unit_id = :unit_id ORDER BY begins_on DESC",
                         {{"unit_id", unit_id}});
}

bool keep_term(Db& db, const BeginTerm& term) {
    return db.run(
               "INSERT INTO terms (unit_id, begins_on) VALUES (:unit_id, :begins_on) ON CONFLICT DO NOTHING",
               {{"unit_id", term.unit_id}, {"begins_on", term.begins_on}}) > 0;
}

std::int64_t take_number(Db& db, UnitId unit_id, Kind kind, Date term_begins_on) {
    return db.count(
        "INSERT INTO number_series (unit_id, kind, term_begins_on, last_number) VALUES (:unit_id, :kind, "
        ":term_begins_on, 1) ON CONFLICT (unit_id, kind, term_begins_on) DO UPDATE SET last_number = "
        "number_series.last_number + 1 RETURNING last_number",
        {{"unit_id", unit_id}, {"kind", kind}, {"term_begins_on", term_begins_on}});
}

void raise(Db& db, std::span<const Series> series) {
    for (const Series& one : series)
        db.run(
            "INSERT INTO number_series (unit_id, kind, term_begins_on, last_number) VALUES (:unit_id, :kind, "
            ":term_begins_on, :last_number) ON CONFLICT (unit_id, kind, term_begins_on) DO UPDATE SET "
            "last_number = excluded.last_number WHERE excluded.last_number > number_series.last_number",
            {{"unit_id", one.unit_id},
             {"kind", one.kind},
             {"term_begins_on", one.term_begins_on},
             {"last_number", one.last_number}});
}

}  // namespace gw::numbering
