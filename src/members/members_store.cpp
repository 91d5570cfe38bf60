#include "members/members_store.h"

#include <array>

#include "platform/db/dialect.h"

namespace gw::members {

namespace {

constexpr std::string_view all_fields =
    "m.id, m.unit_id, m.code, m.full_name, m.folded_name, m.sex, m.born_on, m.stage, m.office, m.phone, "
    "m.joined_on, "
    "m.admitted_on, m.full_on, m.is_excused, m.is_suspended, m.discipline, m.left_on, m.version";

// From the head of the unit downwards.
constexpr std::string_view office_rank =
    "CASE office WHEN 'secretary' THEN 0 WHEN 'deputy_secretary' THEN 1 WHEN 'committee_member' THEN 2 ELSE "
    "3 END";
constexpr std::string_view stage_rank = "CASE stage WHEN 'full' THEN 0 WHEN 'probationary' THEN 1 ELSE 2 END";

// Above this many codes one walk over all members is quicker than a look at each.
constexpr std::size_t most_single_looks = 20'000;

std::string with_fields(std::string_view rest) {
    return std::string("SELECT ").append(all_fields).append(" ").append(rest);
}

// The text to give to LIKE for `word` anywhere; its own % and _ stand for themselves.
std::string anywhere(std::string_view word) {
    std::string pattern = "%";
    for (const char c : word) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

// PostgreSQL plans well for an array, badly for a function that returns rows.
std::string unit_list(Dialect dialect) {
    return dialect == Dialect::sqlite ? " IN " + id_list(dialect, "unit_ids")
                                      : " = ANY (CAST(:unit_ids AS BIGINT[]))";
}

std::string unit_list_text(Dialect dialect, const std::vector<UnitId>& unit_ids) {
    std::string text = id_list_text(unit_ids);
    if (dialect == Dialect::postgres) text.front() = '{', text.back() = '}';
    return text;
}

// One statement text per shape of the question, so that each is prepared once and has the plan it deserves.
std::string conditions(Dialect dialect, const ListQuery& query) {
    std::string sql = " FROM members WHERE joined_on <= :day AND (left_on IS NULL OR left_on > :day)";
    if (query.unit_id) sql += " AND unit_id = :unit_id";
    // The plus keeps SQLite from walking unit by unit when the order of names is quicker.
    else if (query.takes_most_units && !query.takes_all_units) sql += " AND +unit_id" + unit_list(dialect);
    else if (!query.takes_all_units) sql += " AND unit_id" + unit_list(dialect);
    if (query.member_id) sql += " AND id = :member_id";
    for (std::size_t i = 0; !query.member_id && i < query.words.size() && i < most_words; ++i)
        sql += " AND folded_name LIKE :word" + std::to_string(i) + " ESCAPE '\\'";
    if (query.stage) sql += " AND stage = :stage";
    if (query.office) sql += " AND office = :office";
    return sql;
}

std::string order(Sort sort) {
    switch (sort) {
        case Sort::name: break;
        case Sort::stage: return std::string(stage_rank) + ", folded_name, id";
        case Sort::office: return std::string(office_rank) + ", folded_name, id";
        case Sort::joined_on: return "joined_on, folded_name, id";
    }
    return "folded_name, id";
}

void ask(Db& db, const std::string& sql, const ListQuery& query,
         const std::function<void(const Row&)>& visit) {
    std::array<std::string, most_words> patterns;
    for (std::size_t i = 0; i < query.words.size() && i < most_words; ++i)
        patterns[i] = anywhere(query.words[i]);
    db.each(sql,
            {{"day", query.day},
             {"unit_id", query.unit_id},
             {"member_id", query.member_id},
             {"unit_ids", query.unit_id ? std::string() : unit_list_text(db.dialect(), query.unit_ids)},
             {"word0", patterns[0]},
             {"word1", patterns[1]},
             {"word2", patterns[2]},
             {"word3", patterns[3]},
             {"stage", query.stage},
             {"office", query.office},
             {"limit", query.limit},
             {"offset", query.offset}},
            visit);
}

// By office, then by name.
template <class Someone>
void sort_by_office(std::vector<Someone>& people) {
    const auto rank = [](Office office) { return office == Office::none ? 9 : static_cast<int>(office); };
    std::sort(people.begin(), people.end(), [&](const Someone& a, const Someone& b) {
        return std::tuple(rank(a.office), std::string_view(a.folded_name), a.id) <
               std::tuple(rank(b.office), std::string_view(b.folded_name), b.id);
    });
}

MemberCounts counts_from(const Row& row, int first) {
    return {row.number(first), row.number(first + 1), row.number(first + 2), row.number(first + 3)};
}

constexpr std::string_view counted =
    "COUNT(CASE WHEN stage = 'full' THEN 1 END), COUNT(CASE WHEN stage = 'probationary' THEN 1 END), "
    "COUNT(CASE WHEN stage = 'candidate' THEN 1 END), COUNT(CASE WHEN is_excused = 1 THEN 1 END) ";

}  // namespace

std::vector<Member> members_of(Db& db, UnitId unit_id, Date day) {
    auto members =
        db.list<Member>(with_fields("FROM members m WHERE m.unit_id = :unit_id AND m.joined_on <= :day AND "
                                    "(m.left_on IS NULL OR m.left_on > :day) "
                                    "UNION ALL SELECT m.id, s.unit_id, m.code, m.full_name, m.folded_name, "
                                    "m.sex, m.born_on, m.stage, s.office, m.phone, "
                                    "s.from_on, m.admitted_on, m.full_on, m.is_excused, m.is_suspended, "
                                    "m.discipline, s.until_on, m.version "
                                    "FROM member_stays s JOIN members m ON m.id = s.member_id "
                                    "WHERE s.unit_id = :unit_id AND s.from_on <= :day AND s.until_on > :day"),
                        {{"unit_id", unit_id}, {"day", day}});
    sort_by_office(members);
    return members;
}

std::vector<Person> people_of(Db& db, UnitId unit_id, Date day) {
    auto people = db.list<Person>(
        "SELECT id, full_name, folded_name, stage, office, is_excused, is_suspended FROM members WHERE "
        "unit_id = :unit_id AND joined_on <= :day AND (left_on IS NULL OR left_on > :day) "
        "UNION ALL SELECT m.id, m.full_name, m.folded_name, m.stage, s.office, m.is_excused, m.is_suspended "
        "FROM member_stays s JOIN members m ON m.id = s.member_id "
        "WHERE s.unit_id = :unit_id AND s.from_on <= :day AND s.until_on > :day",
        {{"unit_id", unit_id}, {"day", day}});
    sort_by_office(people);
    return people;
}

std::vector<UnitId> units_of(Db& db, MemberId member_id) {
    return db.list<UnitId>(
        "SELECT unit_id FROM members WHERE id = :id UNION SELECT unit_id FROM member_stays WHERE member_id = "
        ":id",
        {{"id", member_id}});
}

std::vector<ProbationEnd> probations_ending(Db& db, UnitId unit_id, Date until) {
    std::vector<ProbationEnd> ends;
    db.each(
        "SELECT id, full_name, admitted_on FROM members WHERE unit_id = :unit_id AND left_on IS NULL AND "
        "stage = 'probationary' AND is_suspended = 0 AND admitted_on IS NOT NULL ORDER BY admitted_on, id",
        {{"unit_id", unit_id}}, [&](const Row& row) {
            const Date ends_on = end_of_probation(row.get<Date>(2));
            if (ends_on <= until) ends.push_back({row.get<MemberId>(0), row.get<std::string>(1), ends_on});
        });
    return ends;
}

std::vector<Member> members_on(Db& db, Date day) {
    return db.list<Member>(
        with_fields("FROM members m WHERE m.joined_on <= :day AND (m.left_on IS NULL OR m.left_on > :day) "
                    "UNION ALL SELECT m.id, s.unit_id, m.code, m.full_name, m.folded_name, m.sex, m.born_on, "
                    "m.stage, s.office, m.phone, "
                    "s.from_on, m.admitted_on, m.full_on, m.is_excused, m.is_suspended, m.discipline, "
                    "s.until_on, m.version "
                    "FROM member_stays s JOIN members m ON m.id = s.member_id WHERE s.from_on <= :day AND "
                    "s.until_on > :day ORDER BY 1"),
        {{"day", day}});
}

std::optional<Member> find_member(Db& db, MemberId member_id) {
    return db.one<Member>(with_fields("FROM members m WHERE m.id = :id"), {{"id", member_id}});
}

std::optional<MemberId> find_member_with_code(Db& db, std::string_view code) {
    return db.one<MemberId>("SELECT id FROM members WHERE code = :code", {{"code", code}});
}

LastChange last_change(Db& db, MemberId member_id) {
    return db
        .one<LastChange>("SELECT changed_at, changed_by FROM members WHERE id = :id", {{"id", member_id}})
        .value_or(LastChange{});
}

bool update_member(const Call& call, const Member& m, std::int64_t expected_version) {
    return call.db.run(
               "UPDATE members SET unit_id = :unit_id, code = :code, full_name = :full_name, folded_name = "
               ":folded_name, sex = :sex, "
               "born_on = :born_on, stage = :stage, office = :office, phone = :phone, joined_on = "
               ":joined_on, admitted_on = :admitted_on, "
               "full_on = :full_on, is_excused = :is_excused, is_suspended = :is_suspended, discipline = "
               ":discipline, left_on = :left_on, "
               "version = :version, changed_at = :changed_at, changed_by = :changed_by WHERE id = :id AND "
               "version = :expected_version",
               {{"unit_id", m.unit_id},
                {"code", m.code},
                {"full_name", m.full_name},
                {"folded_name", m.folded_name},
                {"sex", m.sex},
                {"born_on", m.born_on},
                {"stage", m.stage},
                {"office", m.office},
                {"phone", m.phone},
                {"joined_on", m.joined_on},
                {"admitted_on", m.admitted_on},
                {"full_on", m.full_on},
                {"is_excused", m.is_excused},
                {"is_suspended", m.is_suspended},
                {"discipline", m.discipline},
                {"left_on", m.left_on},
                {"version", m.version},
                {"changed_at", call.now},
                {"changed_by", call.actor.name},
                {"id", m.id},
                {"expected_version", expected_version}}) == 1;
}

void insert_members(const Call& call, std::span<const Member> members) {
    std::vector<std::string_view> columns;
    if (!members.empty())
        each_field(members.front(), [&](const char* name, const auto&) { columns.push_back(name); });
    columns.push_back("changed_at");
    columns.push_back("changed_by");
    call.db.bulk("members", columns, members.size(), [&](std::size_t i, std::vector<Value>& row) {
        std::size_t next = 0;
        each_field(members[i], [&](const char*, const auto& field) { row[next++] = to_value(field); });
        row[next++] = to_value(call.now);
        row[next] = to_value(call.actor.name);
    });
}

void add_stay(Db& db, const Member& member, Date until_on) {
    db.run(
        "INSERT INTO member_stays (member_id, unit_id, from_on, until_on, office) VALUES (:member_id, "
        ":unit_id, :from_on, :until_on, :office) "
        "ON CONFLICT (member_id, from_on) DO UPDATE SET unit_id = excluded.unit_id, until_on = "
        "excluded.until_on, office = excluded.office",
        {{"member_id", member.id},
         {"unit_id", member.unit_id},
         {"from_on", member.joined_on},
         {"until_on", until_on},
         {"office", member.office}});
}

std::unordered_map<std::string, Member> members_by_code(Db& db, std::span<const std::string> codes) {
    std::unordered_map<std::string, Member> found;
    found.reserve(codes.size());
    if (codes.size() <= most_single_looks) {
        const std::string sql = with_fields("FROM members m WHERE m.code = :code");
        for (const std::string& code : codes)
            if (auto member = db.one<Member>(sql, {{"code", code}})) found.emplace(code, std::move(*member));
        return found;
    }
    const std::set<std::string_view> wanted(codes.begin(), codes.end());
    for (Member& member : db.list<Member>(with_fields("FROM members m")))
        if (wanted.contains(member.code)) found.emplace(member.code, std::move(member));
    return found;
}

MemberCounts count_members(Db& db, UnitId unit_id, Date day) {
    MemberCounts counts;
    db.each(std::string("SELECT ").append(counted) +
                "FROM members WHERE unit_id = :unit_id AND joined_on <= :day AND (left_on IS NULL OR left_on "
                "> :day)",
            {{"unit_id", unit_id}, {"day", day}}, [&](const Row& row) { counts = counts_from(row, 0); });
    return counts;
}

std::unordered_map<UnitId, MemberCounts> count_members_by_unit(Db& db, Date day,
                                                               std::span<const UnitId> only) {
    std::unordered_map<UnitId, MemberCounts> counts;
    db.each(std::string("SELECT unit_id, ").append(counted) +
                "FROM members WHERE joined_on <= :day AND (left_on IS NULL OR left_on > :day) " +
                and_within(db.dialect(), "unit_id", "units", only) + "GROUP BY unit_id",
            {{"day", day}, {"units", id_list_text(only)}},
            [&](const Row& row) { counts.emplace(UnitId{row.number(0)}, counts_from(row, 1)); });
    return counts;
}

void list_members(Db& db, const ListQuery& query, const std::function<void(const MemberLine&)>& visit) {
    const std::string sql = "SELECT id, unit_id, full_name, stage, office, joined_on, is_excused" +
                            conditions(db.dialect(), query) + " ORDER BY " + order(query.sort) +
                            " LIMIT :limit OFFSET :offset";
    ask(db, sql, query, [&](const Row& row) {
        visit({row.get<MemberId>(0), row.get<UnitId>(1), std::string(row.text(2)), row.get<Stage>(3),
               row.get<Office>(4), row.get<Date>(5), row.get<bool>(6)});
    });
}

std::int64_t count_listed(Db& db, const ListQuery& query) {
    std::int64_t count = 0;
    ask(db, "SELECT COUNT(*)" + conditions(db.dialect(), query), query,
        [&](const Row& row) { count = row.number(0); });
    return count;
}

}  // namespace gw::members
