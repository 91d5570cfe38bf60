#include "classification/classification_store.h"

#include <charconv>

#include "platform/db/bulk_rows.h"
#include "platform/db/dialect.h"

namespace gw::classification {

namespace {

using evaluation::Column;

// A column of numbers as one text: what a review needs to keep is read whole or not at all.
struct KeptColumn {
    ReviewId review_id;
    std::string part;
    std::int64_t number = 0;
    std::string name;
    std::string entries;
};
BOOST_DESCRIBE_STRUCT(KeptColumn, (), (review_id, part, number, name, entries))

template <class Values>
std::string text_of(const Values& values, const std::vector<std::uint8_t>& given = {}) {
    std::string text;
    text.reserve(values.size() * 3);
    char digits[24];
    for (std::size_t row = 0; row < values.size(); ++row) {
        if (row > 0) text += ' ';
        if (!given.empty() && given[row] == 0) text += '-';
        else
            text.append(digits, std::to_chars(digits, digits + sizeof digits, std::int64_t{values[row]}).ptr);
    }
    return text;
}

void fault_in(const KeptColumn& column) {
    throw DbError(DbFault::other, "the kept column " + column.part + "." + column.name + " cannot be read");
}

Column column_of(const KeptColumn& kept) {
    Column column;
    column.name = kept.name;
    const char* at = kept.entries.data();
    const char* const end = at + kept.entries.size();
    while (at < end) {
        std::int64_t value = 0;
        const bool is_given = !(*at == '-' && (at + 1 == end || at[1] == ' '));
        if (is_given) {
            const auto [next, error] = std::from_chars(at, end, value);
            if (error != std::errc{}) fault_in(kept);
            at = next;
        } else {
            ++at;
        }
        column.values.push_back(value);
        column.given.push_back(is_given ? 1 : 0);
        if (at < end && *at++ != ' ') fault_in(kept);
    }
    return column;
}

std::vector<std::int32_t> narrow(const Column& column) {
    std::vector<std::int32_t> narrow(column.values.size());
    for (std::size_t row = 0; row < narrow.size(); ++row)
        narrow[row] = static_cast<std::int32_t>(column.values[row]);
    return narrow;
}

std::vector<KeptColumn> kept_columns(ReviewId review_id, const YearFacts& facts) {
    std::vector<KeptColumn> kept;
    const auto keep = [&](const char* part, std::string name, std::string entries) {
        kept.push_back(
            {review_id, part, static_cast<std::int64_t>(kept.size()), std::move(name), std::move(entries)});
    };
    keep("tree", "id", text_of(facts.units.ids));
    keep("tree", "parent", text_of(facts.tree.parent));
    keep("tree", "end", text_of(facts.tree.end));
    keep("tree", "kind", text_of(facts.tree.kind));
    for (const Column& column : facts.units.columns)
        keep("unit", column.name, text_of(column.values, column.given));
    keep("member_place", "id", text_of(facts.members.ids));
    keep("member_place", "unit", text_of(facts.member_units));
    for (const Column& column : facts.members.columns)
        keep("member", column.name, text_of(column.values, column.given));
    return kept;
}

}  // namespace

std::optional<UnitClass> find_unit_class(Db& db, UnitId unit_id, std::int64_t year) {
    return db.one<UnitClass>("SELECT * FROM unit_classes WHERE unit_id = :unit_id AND year = :year",
                             {{"unit_id", unit_id}, {"year", year}});
}

std::optional<MemberClass> find_member_class(Db& db, MemberId member_id, std::int64_t year) {
    return db.one<MemberClass>("SELECT * FROM member_classes WHERE member_id = :member_id AND year = :year",
                               {{"member_id", member_id}, {"year", year}});
}

std::vector<UnitClass> classes_of_year(Db& db, std::int64_t year, std::span<const UnitId> only) {
    return db.list<UnitClass>("SELECT * FROM unit_classes WHERE year = :year " +
                                  and_within(db.dialect(), "unit_id", "units", only) + "ORDER BY unit_id",
                              {{"year", year}, {"units", id_list_text(only)}});
}

std::optional<Review> find_last_review(Db& db, std::int64_t year) {
    return db.one<Review>("SELECT * FROM reviews WHERE year = :year ORDER BY id DESC LIMIT 1",
                          {{"year", year}});
}

std::vector<Review> list_reviews(Db& db) {
    return db.list<Review>("SELECT * FROM reviews ORDER BY id DESC LIMIT 100");
}

void keep_review(Db& db, const Review& review, std::string_view rulebook_text, const YearFacts& facts,
                 std::span<const UnitClass> unit_classes, std::span<const MemberClass> member_classes) {
    db.run("DELETE FROM review_columns WHERE review_id IN (SELECT id FROM reviews WHERE year = :year)",
           {{"year", review.year}});
    db.run("DELETE FROM unit_classes WHERE year = :year", {{"year", review.year}});
    db.run("DELETE FROM member_classes WHERE year = :year", {{"year", review.year}});
    db.insert("reviews", review);
    db.run(
        "INSERT INTO review_rulebooks (checksum, rulebook_text) VALUES (:checksum, :rulebook_text) ON "
        "CONFLICT DO "
        "NOTHING",
        {{"checksum", review.checksum}, {"rulebook_text", rulebook_text}});
    const std::vector<KeptColumn> kept = kept_columns(review.id, facts);
    add_rows(db, "review_columns", std::span<const KeptColumn>(kept));
    add_rows(db, "unit_classes", unit_classes);
    add_rows(db, "member_classes", member_classes);
}

std::optional<YearFacts> find_facts(Db& db, const Review& review) {
    YearFacts facts;
    facts.as_of = review.as_of;
    facts.members_left_out = review.members_left_out;
    const auto rows = db.list<KeptColumn>(
        "SELECT review_id, part, number, name, entries FROM review_columns WHERE review_id = :review_id "
        "ORDER BY number",
        {{"review_id", review.id}});
    for (const KeptColumn& kept : rows) {
        Column column = column_of(kept);
        if (kept.part == "unit") facts.units.columns.push_back(std::move(column));
        else if (kept.part == "member") facts.members.columns.push_back(std::move(column));
        else if (kept.part == "member_place" && kept.name == "id")
            facts.members.ids = std::move(column.values);
        else if (kept.part == "member_place") facts.member_units = narrow(column);
        else if (kept.name == "id") facts.units.ids = std::move(column.values);
        else if (kept.name == "parent") facts.tree.parent = narrow(column);
        else if (kept.name == "end") facts.tree.end = narrow(column);
        else if (kept.name == "kind") facts.tree.kind = narrow(column);
    }
    if (rows.empty()) return std::nullopt;
    return facts;
}

std::optional<std::string> find_rulebook_text(Db& db, std::string_view checksum) {
    return db.one<std::string>("SELECT rulebook_text FROM review_rulebooks WHERE checksum = :checksum",
                               {{"checksum", checksum}});
}

std::vector<SelfLevel> self_levels_of(Db& db, SubjectKind subject_kind, std::int64_t subject_id,
                                      std::int64_t year) {
    return db.list<SelfLevel>(
        "SELECT subject_kind, subject_id, year, key, level FROM self_levels WHERE subject_kind = "
        ":subject_kind AND "
        "subject_id = :subject_id AND year = :year ORDER BY key",
        {{"subject_kind", subject_kind}, {"subject_id", subject_id}, {"year", year}});
}

void each_self_level(
    Db& db, SubjectKind subject_kind, std::int64_t year,
    const std::function<void(std::int64_t subject_id, const std::string& key, std::int64_t level)>& visit) {
    db.each(
        "SELECT subject_id, key, level FROM self_levels WHERE year = :year AND subject_kind = :subject_kind",
        {{"year", year}, {"subject_kind", subject_kind}},
        [&](const Row& row) { visit(row.number(0), std::string(row.text(1)), row.number(2)); });
}

void put_self_level(const Call& call, const SelfLevel& level) {
    call.db.run(
        "INSERT INTO self_levels (subject_kind, subject_id, year, key, level, said_by, said_at) VALUES "
        "(:subject_kind, "
        ":subject_id, :year, :key, :level, :said_by, :said_at) ON CONFLICT (subject_kind, subject_id, year, "
        "key) DO "
        "UPDATE SET level = excluded.level, said_by = excluded.said_by, said_at = excluded.said_at",
        {{"subject_kind", level.subject_kind},
         {"subject_id", level.subject_id},
         {"year", level.year},
         {"key", level.key},
         {"level", level.level},
         {"said_by", call.actor.account_id},
         {"said_at", call.now}});
}

void add_self_levels(const Call& call, std::span<const SelfLevel> levels) {
    constexpr std::string_view columns[] = {"subject_kind", "subject_id", "year",   "key",
                                            "level",        "said_by",    "said_at"};
    call.db.bulk("self_levels", columns, levels.size(), [&](std::size_t i, std::vector<Value>& row) {
        std::size_t next = 0;
        each_field(levels[i], [&](const char*, const auto& field) { row[next++] = to_value(field); });
        row[next++] = to_value(call.actor.account_id);
        row[next++] = to_value(call.now);
    });
}

std::int64_t last_audit_position(Db& db) { return db.count("SELECT MAX(position) FROM audit_entries"); }

std::vector<TrailEntry> trail_since(Db& db, std::int64_t position, std::int64_t limit) {
    return db.list<TrailEntry>(
        "SELECT position, action, COALESCE(subject_id, 0) AS subject_id, COALESCE(unit_id, 0) AS unit_id "
        "FROM "
        "audit_entries WHERE position > :position ORDER BY position LIMIT :limit",
        {{"position", position}, {"limit", limit}});
}

LaterChanges changes_since(Db& db, std::int64_t audit_position, std::span<const UnitId> units,
                           std::span<const UnitId> above) {
    LaterChanges changes;
    const auto add = [&](const Row& row) {
        if (row.number(0) == 0) return;
        changes.count += row.number(0);
        const Moment last{row.number(1)};
        changes.last_at = std::max(changes.last_at.value_or(last), last);
    };
    // Actions that touch nothing a class is made from are left out.
    db.each(
        "SELECT COUNT(*), COALESCE(MAX(at), 0) FROM audit_entries WHERE unit_id IN " +
            id_list(db.dialect(), "units") +
            " AND position > :position AND (action LIKE 'meeting.%' OR action LIKE 'task.%' OR action LIKE "
            "'visit.%' OR action LIKE 'advice%' OR action LIKE 'finding.%' OR action LIKE 'resolution%' OR "
            "action "
            "LIKE 'member.%' OR action LIKE 'unit.%' OR action LIKE 'self_level.%')",
        {{"units", id_list_text(units)}, {"position", audit_position}}, add);
    std::vector<UnitId> imported_into(above.begin(), above.end());
    imported_into.insert(imported_into.end(), units.begin(), units.end());
    db.each("SELECT COUNT(*), COALESCE(MAX(at), 0) FROM audit_entries WHERE unit_id IN " +
                id_list(db.dialect(), "units") + " AND position > :position AND action = 'import.committed'",
            {{"units", id_list_text(imported_into)}, {"position", audit_position}}, add);
    return changes;
}

}  // namespace gw::classification
