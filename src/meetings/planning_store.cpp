#include "meetings/planning_store.h"

#include "meetings/meetings_store.h"

namespace gw::meetings {

std::vector<SetAside> set_asides_of(Db& db, MeetingId meeting_id) {
    return db.list<SetAside>(
        "SELECT * FROM agenda_set_asides WHERE meeting_id = :meeting_id ORDER BY source_kind, source_id",
        {{"meeting_id", meeting_id}});
}

void keep_agenda(Db& db, MeetingId meeting_id, std::span<const AgendaItem> agenda,
                 std::span<const SetAside> set_aside) {
    remove_agenda(db, meeting_id);
    db.run("DELETE FROM agenda_set_asides WHERE meeting_id = :meeting_id", {{"meeting_id", meeting_id}});
    db.insert_all("agenda_items", agenda);
    db.insert_all("agenda_set_asides", set_aside);
}

std::optional<MeetingId> find_meeting_of(Db& db, AgendaItemId item_id) {
    return db.one<MeetingId>("SELECT meeting_id FROM agenda_items WHERE id = :id", {{"id", item_id}});
}

std::vector<UnitId> units_of_meeting(Db& db, MeetingId meeting_id) {
    return db.list<UnitId>(
        "SELECT unit_id FROM meeting_units WHERE meeting_id = :meeting_id ORDER BY unit_id",
        {{"meeting_id", meeting_id}});
}

void keep_units(Db& db, MeetingId meeting_id, std::span<const UnitId> unit_ids) {
    for (const UnitId unit_id : unit_ids)
        db.run("INSERT INTO meeting_units (meeting_id, unit_id) VALUES (:meeting_id, :unit_id)",
               {{"meeting_id", meeting_id}, {"unit_id", unit_id}});
}

std::vector<PlanChange> plan_changes_of(Db& db, MeetingId meeting_id) {
    return db.list<PlanChange>(
        "SELECT * FROM meeting_plan_changes WHERE meeting_id = :meeting_id ORDER BY id",
        {{"meeting_id", meeting_id}});
}

std::optional<Series> find_series(Db& db, SeriesId series_id) {
    return db.one<Series>("SELECT * FROM meeting_series WHERE id = :id", {{"id", series_id}});
}

std::vector<Series> series_since(Db& db, std::optional<UnitId> unit_id, Date day) {
    std::string sql = "SELECT * FROM meeting_series WHERE (ends_on IS NULL OR ends_on >= :day)";
    if (unit_id) sql += " AND unit_id = :unit_id";
    return db.list<Series>(sql + " ORDER BY id DESC", {{"day", day}, {"unit_id", unit_id}});
}

bool is_followed(Db& db, SeriesId series_id) {
    return db.count("SELECT COUNT(*) FROM meeting_series WHERE follows_id = :id", {{"id", series_id}}) > 0;
}

std::optional<SeriesId> find_series_of(Db& db, MeetingId meeting_id) {
    return db.one<SeriesId>("SELECT series_id FROM meeting_series_days WHERE meeting_id = :meeting_id",
                            {{"meeting_id", meeting_id}});
}

std::vector<SeriesDay> days_of_series(Db& db, SeriesId series_id, Date day) {
    return db.list<SeriesDay>(
        "SELECT * FROM meeting_series_days WHERE series_id = :series_id AND due_on >= :day ORDER BY due_on",
        {{"series_id", series_id}, {"day", day}});
}

void forget_series_day(Db& db, MeetingId meeting_id) {
    db.run("DELETE FROM meeting_series_days WHERE meeting_id = :meeting_id", {{"meeting_id", meeting_id}});
}

std::vector<Date> days_with(Db& db, UnitId unit_id, Kind kind, Date from, Date until) {
    return db.list<Date>(
        "SELECT meets_on FROM meetings WHERE unit_id = :unit_id AND kind = :kind AND state <> 'cancelled' "
        "AND meets_on >= :from_on AND meets_on <= :until_on ORDER BY meets_on",
        {{"unit_id", unit_id}, {"kind", kind}, {"from_on", from}, {"until_on", until}});
}

}  // namespace gw::meetings
