#include "month_board/month_board_store.h"

#include "members/members.h"
#include "platform/db/dialect.h"

namespace gw::month_board {

namespace {

// Beyond this many entries, reading everything is quicker than reading it cell by cell.
constexpr std::int64_t most_entries = 20'000;

// PostgreSQL plans well for an array, badly for a function that returns rows.
std::string and_of(Dialect dialect, std::span<const std::int64_t> unit_ids) {
    if (unit_ids.empty()) return "";
    return dialect == Dialect::sqlite ? " AND unit_id IN " + id_list(dialect, "unit_ids")
                                      : " AND unit_id = ANY (CAST(:unit_ids AS BIGINT[]))";
}

std::string text_of(Dialect dialect, std::span<const std::int64_t> unit_ids) {
    std::string text = id_list_text(unit_ids);
    if (dialect == Dialect::postgres) text.front() = '{', text.back() = '}';
    return text;
}

}  // namespace

void each_meeting(Db& db, Date from, Date until, std::span<const std::int64_t> unit_ids,
                  const std::function<void(const MeetingRow&)>& visit) {
    MeetingRow meeting;
    db.each(
        "SELECT id, unit_id, meets_on, state, kind, has_thematic_part, published_on, score_milli, "
        "maximum_milli, score_class FROM board_meetings WHERE meets_on >= :from AND meets_on < :until" +
            and_of(db.dialect(), unit_ids),
        {{"from", from}, {"until", until}, {"unit_ids", text_of(db.dialect(), unit_ids)}},
        [&](const Row& row) {
            meeting.id = row.number(0);
            meeting.unit_id = UnitId{row.number(1)};
            from_text(row.text(2), meeting.meets_on);
            const std::string_view state = row.text(3);
            meeting.state = state == "held"      ? MeetingRow::State::held
                            : state == "planned" ? MeetingRow::State::planned
                                                 : MeetingRow::State::cancelled;
            meeting.is_regular = row.text(4) == "regular";
            meeting.has_thematic_part = row.number(5) != 0;
            meeting.published_on = row.get<std::optional<Date>>(6);
            meeting.score_milli = row.is_null(7) ? 0 : row.number(7);
            meeting.maximum_milli = row.is_null(8) ? 0 : row.number(8);
            meeting.score_class = row.is_null(9) ? std::string_view() : row.text(9);
            visit(meeting);
        });
}

void each_resolution(Db& db, Date from, Date until, std::span<const std::int64_t> unit_ids,
                     const std::function<void(const ResolutionRow&)>& visit) {
    ResolutionRow resolution;
    db.each(
        "SELECT id, meeting_id, unit_id, adopted_on, (SELECT COUNT(*) FROM board_resolution_items WHERE "
        "resolution_id = board_resolutions.id) FROM board_resolutions WHERE adopted_on >= :from AND "
        "adopted_on < :until" +
            and_of(db.dialect(), unit_ids) + " ORDER BY id",
        {{"from", from}, {"until", until}, {"unit_ids", text_of(db.dialect(), unit_ids)}},
        [&](const Row& row) {
            resolution.id = row.number(0);
            resolution.meeting_id = row.number(1);
            resolution.unit_id = UnitId{row.number(2)};
            from_text(row.text(3), resolution.adopted_on);
            resolution.item_count = row.number(4);
            visit(resolution);
        });
}

std::unordered_map<std::int64_t, std::string> titles_of(Db& db,
                                                        std::span<const std::int64_t> resolution_ids) {
    std::unordered_map<std::int64_t, std::string> titles;
    if (resolution_ids.empty()) return titles;
    titles.reserve(resolution_ids.size());
    db.each("SELECT id, title FROM board_resolutions WHERE id IN " + id_list(db.dialect(), "ids"),
            {{"ids", id_list_text(resolution_ids)}},
            [&](const Row& row) { titles.emplace(row.number(0), row.text(1)); });
    return titles;
}

std::int64_t last_audit_position(Db& db) { return db.count("SELECT MAX(position) FROM audit_entries"); }

TrailGain trail_since(Db& db, std::int64_t position) {
    TrailGain gain;
    std::int64_t entries = 0;
    std::set<std::int64_t> units, member_units;
    db.each(
        "SELECT action, unit_id FROM audit_entries WHERE position > :position ORDER BY position LIMIT :limit",
        {{"position", position}, {"limit", most_entries + 1}}, [&](const Row& row) {
            ++entries;
            const std::string_view action = row.text(0);
            const std::int64_t unit_id = row.is_null(1) ? 0 : row.number(1);
            const std::string_view about = action.substr(0, action.find('.'));
            if (about == "meeting" || about == "resolution" || about == "resolution_item")
                units.insert(unit_id);
            else if (about == "member") member_units.insert(unit_id);
            else if (action == "import.committed" || about == "sample" || about == "organisation")
                gain.is_everything = true;
        });
    gain.is_everything = gain.is_everything || entries > most_entries || units.contains(0);
    gain.units.assign(units.begin(), units.end());
    gain.member_units.assign(member_units.begin(), member_units.end());
    return gain;
}

void add_urges(Db& db, std::span<const Urge> urges) { db.insert_all("urges", urges); }

std::vector<Urge> urges_of_act(Db& db, UrgeId urging_id) {
    return db.list<Urge>("SELECT * FROM urges WHERE urging_id = :urging_id ORDER BY id",
                         {{"urging_id", urging_id}});
}

std::vector<Urge> urges_of_unit(Db& db, UnitId unit_id, std::int64_t limit) {
    return db.list<Urge>("SELECT * FROM urges WHERE unit_id = :unit_id ORDER BY urged_on DESC LIMIT :limit",
                         {{"unit_id", unit_id}, {"limit", limit}});
}

std::unordered_map<UnitId, Date> urged_since(Db& db, Date from) {
    std::unordered_map<UnitId, Date> days;
    db.each("SELECT unit_id, MAX(urged_on) FROM urges WHERE urged_on >= :from GROUP BY unit_id",
            {{"from", from}}, [&](const Row& row) { days.emplace(row.get<UnitId>(0), row.get<Date>(1)); });
    return days;
}

}  // namespace gw::month_board
