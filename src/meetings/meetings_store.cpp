#include "meetings/meetings_store.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <unordered_map>
#include <utility>

#include "meetings/meetings_rules.h"
#include "platform/db/dialect.h"

namespace gw::meetings {

namespace {

std::string marks_text(std::span<const SelfMark> marks) {
    std::string text;
    for (const SelfMark& mark : marks)
        text += (text.empty() ? "" : ",") + mark.fact + "=" + std::to_string(mark.value);
    return text;
}

std::vector<SelfMark> marks_of_text(std::string_view text) {
    std::vector<SelfMark> marks;
    while (!text.empty()) {
        const std::string_view pair = text.substr(0, text.find(','));
        const auto equals = pair.find('=');
        SelfMark mark{std::string(pair.substr(0, equals)), 0};
        std::from_chars(pair.data() + equals + 1, pair.data() + pair.size(), mark.value);
        marks.push_back(std::move(mark));
        text.remove_prefix(std::min(pair.size() + 1, text.size()));
    }
    return marks;
}

// Counts of attendance rows of held meetings within a stretch of days.
constexpr const char* attendance_counts =
    "COUNT(*), SUM(CASE WHEN a.mark = 'present' THEN 1 ELSE 0 END), SUM(CASE WHEN a.mark = 'excused' THEN 1 "
    "ELSE 0 END), "
    "SUM(CASE WHEN a.mark = 'absent' THEN 1 ELSE 0 END) FROM meetings m JOIN attendances a ON a.meeting_id = "
    "m.id "
    "WHERE m.state = 'held' AND m.kind IN ('regular', 'thematic') AND m.meets_on >= :from_on AND m.meets_on "
    "<= :until_on ";

}  // namespace

std::optional<Meeting> find_meeting(Db& db, MeetingId meeting_id) {
    return db.one<Meeting>("SELECT * FROM meetings WHERE id = :id", {{"id", meeting_id}});
}

std::vector<Meeting> meetings_of(Db& db, UnitId unit_id, Date from, Date until) {
    return db.list<Meeting>(
        "SELECT * FROM meetings WHERE unit_id = :unit_id AND meets_on >= :from_on AND meets_on <= "
        ":until_on ORDER BY meets_on, id",
        {{"unit_id", unit_id}, {"from_on", from}, {"until_on", until}});
}

std::vector<Meeting> meetings_joined_by(Db& db, UnitId unit_id, Date from, Date until) {
    return db.list<Meeting>(
        "SELECT m.* FROM meeting_units u JOIN meetings m ON m.id = u.meeting_id WHERE u.unit_id = :unit_id "
        "AND m.meets_on >= :from_on AND m.meets_on <= :until_on ORDER BY m.meets_on, m.id",
        {{"unit_id", unit_id}, {"from_on", from}, {"until_on", until}});
}

std::optional<Contribution> find_contribution(Db& db, ContributionId contribution_id) {
    return db.one<Contribution>("SELECT * FROM contributions WHERE id = :id", {{"id", contribution_id}});
}

std::vector<Contribution> contributions_by(Db& db, MemberId member_id, std::span<const UnitId> unit_ids,
                                           const std::optional<ContributionId>& after, std::size_t count) {
    const std::string units = id_list(db.dialect(), "units");
    return db.list<Contribution>(
        "SELECT c.* FROM contributions c WHERE c.member_id = :member_id AND c.meeting_id IN (SELECT id FROM "
        "meetings WHERE unit_id IN " +
            units + " UNION SELECT meeting_id FROM meeting_units WHERE unit_id IN " + units + ")" +
            (after ? " AND c.id < :after" : "") + " ORDER BY c.id DESC LIMIT :count",
        {{"member_id", member_id},
         {"units", id_list_text(unit_ids)},
         {"after", after.value_or(ContributionId{})},
         {"count", static_cast<std::int64_t>(count)}});
}

std::vector<Contribution> contributions_of(Db& db, MeetingId meeting_id) {
    return db.list<Contribution>("SELECT * FROM contributions WHERE meeting_id = :meeting_id ORDER BY number",
                                 {{"meeting_id", meeting_id}});
}

std::vector<Attendance> attendances_of(Db& db, MeetingId meeting_id) {
    return db.list<Attendance>("SELECT * FROM attendances WHERE meeting_id = :meeting_id ORDER BY member_id",
                               {{"meeting_id", meeting_id}});
}

std::vector<CarriedOn> agendas_with(Db& db, SourceKind source_kind, SourceId source_id) {
    std::vector<CarriedOn> carried;
    db.each(
        "SELECT m.unit_id, m.id, m.meets_on FROM agenda_items a JOIN meetings m ON m.id = a.meeting_id WHERE "
        "a.source_id = :source_id AND a.source_kind = :source_kind AND m.state = 'held' ORDER BY m.unit_id, "
        "m.meets_on, m.id",
        {{"source_id", source_id}, {"source_kind", source_kind}}, [&](const Row& row) {
            const auto unit_id = row.get<UnitId>(0);
            if (carried.empty() || carried.back().unit_id != unit_id)
                carried.push_back({unit_id, row.get<MeetingId>(1), row.get<Date>(2)});
        });
    return carried;
}

std::vector<SourceId> sources_carried(Db& db, UnitId unit_id, SourceKind source_kind) {
    return db.list<SourceId>(
        "SELECT DISTINCT a.source_id FROM meetings m JOIN agenda_items a ON a.meeting_id = m.id WHERE "
        "m.unit_id = :unit_id AND m.state = 'held' AND a.source_kind = :source_kind AND a.source_id IS NOT "
        "NULL",
        {{"unit_id", unit_id}, {"source_kind", source_kind}});
}

std::vector<AgendaItem> agenda_of(Db& db, MeetingId meeting_id) {
    return db.list<AgendaItem>("SELECT * FROM agenda_items WHERE meeting_id = :meeting_id ORDER BY number",
                               {{"meeting_id", meeting_id}});
}

void remove_agenda(Db& db, MeetingId meeting_id) {
    db.run("DELETE FROM agenda_items WHERE meeting_id = :meeting_id", {{"meeting_id", meeting_id}});
}

std::vector<MemberId> running_excused(Db& db, UnitId unit_id, Date day, std::int64_t count) {
    const auto last = db.list<MeetingId>(
        "SELECT id FROM meetings WHERE unit_id = :unit_id AND state = 'held' AND kind = 'regular' "
        "AND meets_on >= :year_start AND meets_on < :day ORDER BY meets_on DESC, id DESC LIMIT :count",
        {{"unit_id", unit_id},
         {"year_start", Date{day.year() / std::chrono::month{1} / std::chrono::day{1}}},
         {"day", day},
         {"count", count}});
    if (static_cast<std::int64_t>(last.size()) < count) return {};
    // Small lists compared here cost less than grouping them in the database, at every meeting recorded.
    std::optional<std::vector<MemberId>> excused;
    for (const MeetingId meeting_id : last) {
        auto here = db.list<MemberId>(
            "SELECT member_id FROM attendances WHERE meeting_id = :meeting_id AND mark = 'excused' ORDER BY "
            "member_id",
            {{"meeting_id", meeting_id}});
        if (excused)
            std::erase_if(here, [&](MemberId member_id) {
                return !std::binary_search(excused->begin(), excused->end(), member_id);
            });
        excused = std::move(here);
        if (excused->empty()) break;
    }
    return excused.value_or(std::vector<MemberId>());
}

std::vector<SelfMark> self_marks_of(Db& db, MeetingId meeting_id) {
    const auto text = db.one<std::string>(
        "SELECT marks FROM meeting_self_marks WHERE meeting_id = :meeting_id", {{"meeting_id", meeting_id}});
    return text ? marks_of_text(*text) : std::vector<SelfMark>();
}

void keep_self_marks(Db& db, MeetingId meeting_id, std::span<const SelfMark> marks, AccountId scored_by,
                     Moment at) {
    db.run(
        "INSERT INTO meeting_self_marks (meeting_id, marks, scored_by, scored_at) VALUES (:meeting_id, "
        ":marks, :scored_by, "
        ":scored_at) ON CONFLICT (meeting_id) DO UPDATE SET marks = excluded.marks, scored_by = "
        "excluded.scored_by, "
        "scored_at = excluded.scored_at",
        {{"meeting_id", meeting_id},
         {"marks", marks_text(marks)},
         {"scored_by", scored_by},
         {"scored_at", at}});
}

void add_all_self_marks(Db& db, std::span<const SelfMarks> all, AccountId scored_by, Moment at) {
    static constexpr std::string_view columns[] = {"meeting_id", "marks", "scored_by", "scored_at"};
    db.bulk("meeting_self_marks", columns, all.size(), [&](std::size_t i, std::vector<Value>& row) {
        row[0] = to_value(all[i].meeting_id);
        row[1] = to_value(marks_text(all[i].marks));
        row[2] = to_value(scored_by);
        row[3] = to_value(at);
    });
}

std::vector<Meeting> list_meetings(Db& db, const ListMeetings& wanted,
                                   const std::optional<std::string>& unit_ids,
                                   const std::optional<Meeting>& after, std::size_t count) {
    std::string sql = "SELECT * FROM meetings WHERE 1 = 1";
    if (unit_ids)
        sql += " AND (unit_id IN (" + *unit_ids +
               ") OR id IN (SELECT meeting_id FROM meeting_units WHERE unit_id IN (" + *unit_ids + ")))";
    if (wanted.state) sql += " AND state = :state";
    if (wanted.from) sql += " AND meets_on >= :from_on";
    if (wanted.until) sql += " AND meets_on <= :until_on";
    if (after) sql += " AND (meets_on, id) < (:after_on, :after_id)";
    sql += " ORDER BY meets_on DESC, id DESC LIMIT :count";
    return db.list<Meeting>(sql, {{"state", wanted.state},
                                  {"from_on", wanted.from},
                                  {"until_on", wanted.until},
                                  {"after_on", after ? after->meets_on : Date{}},
                                  {"after_id", after ? after->id : MeetingId{}},
                                  {"count", static_cast<std::int64_t>(count)}});
}

// Read in the order of the days, from an index that holds all it needs: grouped by the database, the meetings
// of a whole organisation would be sorted first.
void each_unit_month(Db& db, Date from, Date until, std::span<const UnitId> only,
                     const std::function<void(const UnitMonth&)>& tell) {
    std::string month;
    std::unordered_map<UnitId, UnitMonth> units;
    const auto tell_all = [&] {
        for (auto& [unit_id, in] : units)
            if (in.meetings > 0) tell(std::exchange(in, {}));
    };
    db.each(
        "SELECT unit_id, meets_on, score_class, score_milli FROM meetings WHERE state = 'held' AND "
        "kind = 'regular' AND meets_on >= :from_on AND meets_on <= :until_on " +
            and_within(db.dialect(), "unit_id", "units", only) + "ORDER BY meets_on",
        {{"from_on", from}, {"until_on", until}, {"units", id_list_text(only)}}, [&](const Row& row) {
            if (const std::string_view of_day = row.text(1).substr(0, 7); of_day != month) {
                tell_all();
                month = of_day;
            }
            UnitMonth& in = units[row.get<UnitId>(0)];
            if (in.meetings++ == 0) {
                const auto day = row.get<Date>(1);
                in.unit_id = row.get<UnitId>(0);
                in.month = day.year() / day.month() / 1;
            }
            if (row.is_null(2)) return;
            ++in.scored;
            in.score_sum_milli += row.number(3);
        });
    tell_all();
}

std::vector<UnitCounts> count_by_unit(Db& db, Date from, Date until, std::span<const UnitId> only) {
    std::vector<UnitCounts> units;
    std::set<std::chrono::year_month> months;
    std::set<std::pair<int, unsigned>> quarters;
    db.each(
        "SELECT unit_id, meets_on, kind, has_thematic_part, score_milli, score_class, members_expected, "
        "members_present, "
        "unexcused_count, published_on FROM meetings WHERE state = 'held' AND meets_on >= :from_on AND "
        "meets_on <= :until_on "
        "AND kind IN ('regular', 'thematic') " +
            and_within(db.dialect(), "unit_id", "units", only) + "ORDER BY unit_id, meets_on",
        {{"from_on", from}, {"until_on", until}, {"units", id_list_text(only)}}, [&](const Row& row) {
            const auto unit_id = row.get<UnitId>(0);
            if (units.empty() || units.back().unit_id != unit_id) {
                units.push_back({unit_id});
                months.clear();
                quarters.clear();
            }
            UnitCounts& counts = units.back();
            const auto day = row.get<Date>(1);
            const bool is_regular = row.get<Kind>(2) == Kind::regular;
            ++counts.meetings;
            if (is_regular) counts.last_regular_on = day;
            if (is_regular && months.insert(day.year() / day.month()).second) ++counts.months_met;
            if (row.get<bool>(3)) {
                ++counts.thematic;
                counts.last_thematic_on = day;
                const unsigned quarter = (static_cast<unsigned>(day.month()) + 2) / 3;
                if (quarters.insert({static_cast<int>(day.year()), quarter}).second)
                    ++counts.thematic_quarters;
            }
            const auto score_class = row.get<std::optional<std::string>>(5);
            if (is_regular && score_class) {
                ++counts.scored;
                counts.score_sum_milli += row.get<std::int64_t>(4);
                if (*score_class == "good") ++counts.good_scores;
            }
            counts.expected += row.get<std::int64_t>(6);
            counts.present += row.get<std::int64_t>(7);
            counts.unexcused += row.get<std::int64_t>(8);
            const auto published_on = row.get<std::optional<Date>>(9);
            if (published_on && days_between(day, *published_on) <= 2) ++counts.published_in_time;
        });
    return units;
}

std::vector<MemberCounts> count_by_member(Db& db, Date from, Date until, std::span<const UnitId> only) {
    std::vector<MemberCounts> rows;
    db.each("SELECT m.unit_id, a.member_id, " + std::string(attendance_counts) +
                and_within(db.dialect(), "m.unit_id", "units", only) +
                "GROUP BY m.unit_id, a.member_id ORDER BY m.unit_id, a.member_id",
            {{"from_on", from}, {"until_on", until}, {"units", id_list_text(only)}}, [&](const Row& row) {
                rows.push_back({row.get<MemberId>(1), row.get<std::int64_t>(2), row.get<std::int64_t>(3),
                                row.get<std::int64_t>(4), row.get<std::int64_t>(5), row.get<UnitId>(0)});
            });
    return rows;
}

std::vector<SpeakerCounts> count_contributions(Db& db, Date from, Date until, std::span<const UnitId> only) {
    std::vector<SpeakerCounts> rows;
    db.each(
        "SELECT m.unit_id, c.member_id, COUNT(*) FROM contributions c JOIN meetings m ON m.id = c.meeting_id "
        "WHERE m.state = 'held' AND m.kind IN ('regular', 'thematic') AND m.meets_on >= :from_on AND "
        "m.meets_on <= :until_on " +
            and_within(db.dialect(), "m.unit_id", "units", only) +
            "GROUP BY m.unit_id, c.member_id ORDER BY m.unit_id, c.member_id",
        {{"from_on", from}, {"until_on", until}, {"units", id_list_text(only)}}, [&](const Row& row) {
            rows.push_back({row.get<MemberId>(1), row.get<std::int64_t>(2), row.get<UnitId>(0)});
        });
    return rows;
}

MemberCounts count_of_member(Db& db, MemberId member_id, UnitId unit_id, Date from, Date until) {
    MemberCounts counts{member_id};
    db.each(
        "SELECT " + std::string(attendance_counts) + "AND m.unit_id = :unit_id AND a.member_id = :member_id",
        {{"from_on", from}, {"until_on", until}, {"unit_id", unit_id}, {"member_id", member_id}},
        [&](const Row& row) {
            counts.expected = row.get<std::int64_t>(0);
            if (counts.expected == 0) return;
            counts.present = row.get<std::int64_t>(1);
            counts.excused = row.get<std::int64_t>(2);
            counts.unexcused = row.get<std::int64_t>(3);
        });
    return counts;
}

}  // namespace gw::meetings
