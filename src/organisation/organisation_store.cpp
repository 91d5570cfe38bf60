#include "organisation/organisation_store.h"

#include <array>
#include <unordered_map>

#include "platform/db/dialect.h"

namespace gw::organisation {

namespace {

// A period that holds on :day.
constexpr std::string_view holds_on_day = "p.from_on <= :day AND (p.until_on IS NULL OR p.until_on > :day)";

std::string sql(std::initializer_list<std::string_view> parts) {
    std::string text;
    for (const std::string_view part : parts) text += part;
    return text;
}

// How many units stand below a unit on a day, and how many of them directly.
struct Below {
    std::int64_t child_count = 0, descendant_count = 0;
};

Below count_below(Db& db, UnitId unit_id, Date day) {
    Below below;
    const std::string text =
        sql({"WITH RECURSIVE below(unit_id, depth) AS (SELECT p.unit_id, 1 FROM unit_periods p ",
             "WHERE p.parent_id = :unit_id AND ", holds_on_day,
             " UNION ALL SELECT p.unit_id, below.depth + 1 FROM unit_periods p ",
             "JOIN below ON p.parent_id = below.unit_id WHERE ", holds_on_day,
             ") SELECT COUNT(CASE WHEN depth = 1 THEN 1 END), COUNT(*) FROM below"});
    db.each(text, {{"unit_id", unit_id}, {"day", day}}, [&](const Row& row) {
        below = {row.number(0), row.number(1)};
    });
    return below;
}

}  // namespace

std::optional<UnitRow> find_unit_row(Db& db, UnitId unit_id) {
    return db.one<UnitRow>("SELECT * FROM units WHERE id = :id", {{"id", unit_id}});
}

std::optional<UnitId> find_unit_with_code(Db& db, std::string_view code) {
    return db.one<UnitId>("SELECT id FROM units WHERE code = :code", {{"code", code}});
}

std::unordered_map<UnitId, Date> establishment_days(Db& db, std::span<const UnitId> only) {
    std::unordered_map<UnitId, Date> days;
    db.each(
        "SELECT id, established_on FROM units WHERE 1 = 1 " + and_within(db.dialect(), "id", "units", only),
        {{"units", id_list_text(only)}},
        [&](const Row& row) { days.emplace(row.get<UnitId>(0), row.get<Date>(1)); });
    return days;
}

std::optional<PeriodRow> find_last_period(Db& db, UnitId unit_id) {
    return db.one<PeriodRow>(
        "SELECT * FROM unit_periods WHERE unit_id = :unit_id ORDER BY from_on DESC LIMIT 1",
        {{"unit_id", unit_id}});
}

std::optional<PeriodRow> find_period_on(Db& db, UnitId unit_id, Date day) {
    return db.one<PeriodRow>(
        sql({"SELECT p.* FROM unit_periods p WHERE p.unit_id = :unit_id AND ", holds_on_day}),
        {{"unit_id", unit_id}, {"day", day}});
}

std::vector<UnitPeriod> periods_of(Db& db, UnitId unit_id) {
    return db.list<UnitPeriod>(
        "SELECT p.from_on, p.until_on, p.name, p.kind, p.parent_id, p.decision_number, "
        "COALESCE((SELECT q.name FROM unit_periods q WHERE q.unit_id = p.parent_id AND q.from_on <= "
        "p.from_on "
        "AND (q.until_on IS NULL OR q.until_on > p.from_on)), '') AS parent_name "
        "FROM unit_periods p WHERE p.unit_id = :unit_id ORDER BY p.from_on",
        {{"unit_id", unit_id}});
}

std::optional<Unit> find_unit_on(Db& db, UnitId unit_id, Date day) {
    const auto row = find_unit_row(db, unit_id);
    const auto period = find_period_on(db, unit_id, day);
    if (!row || !period) return std::nullopt;
    const Below below = count_below(db, unit_id, day);
    Unit unit{unit_id,           period->parent_id,     row->code, period->name, period->kind, 0,
              below.child_count, below.descendant_count};
    for (auto above = period->parent_id; above; ++unit.depth) {
        const auto next = find_period_on(db, *above, day);
        above = next ? next->parent_id : std::nullopt;
    }
    return unit;
}

std::vector<Date> change_days_after(Db& db, Date day) {
    return db.list<Date>("SELECT DISTINCT from_on FROM unit_periods WHERE from_on > :day ORDER BY from_on",
                         {{"day", day}});
}

bool has_units_below_from(Db& db, UnitId unit_id, Date day) {
    return db.count(
               "SELECT COUNT(*) FROM unit_periods WHERE parent_id = :unit_id AND (until_on IS NULL OR "
               "until_on > :day)",
               {{"unit_id", unit_id}, {"day", day}}) > 0;
}

std::vector<KindRow> list_kinds(Db& db) {
    return db.list<KindRow>("SELECT * FROM unit_kinds ORDER BY level, key");
}

std::vector<KindBelow> list_kinds_below(Db& db) {
    return db.list<KindBelow>("SELECT * FROM unit_kind_parents ORDER BY kind, parent_kind");
}

bool has_kind(Db& db, std::string_view kind) {
    return db.count("SELECT COUNT(*) FROM unit_kinds WHERE key = :kind", {{"kind", kind}}) > 0;
}

void put_kind(Db& db, const KindRow& kind) {
    db.run(
        "INSERT INTO unit_kinds (key, name_vi, name_en, name_hi, level, is_judged, has_members) "
        "VALUES (:key, :name_vi, :name_en, :name_hi, :level, :is_judged, :has_members) "
        "ON CONFLICT (key) DO UPDATE SET name_vi = excluded.name_vi, name_en = excluded.name_en, name_hi = "
        "excluded.name_hi, "
        "level = excluded.level, is_judged = excluded.is_judged, has_members = excluded.has_members",
        {{"key", kind.key},
         {"name_vi", kind.name_vi},
         {"name_en", kind.name_en},
         {"name_hi", kind.name_hi},
         {"level", kind.level},
         {"is_judged", kind.is_judged},
         {"has_members", kind.has_members}});
}

void put_kind_below(Db& db, const KindBelow& below) {
    db.run(
        "INSERT INTO unit_kind_parents (kind, parent_kind) VALUES (:kind, :parent_kind) ON CONFLICT DO "
        "NOTHING",
        {{"kind", below.kind}, {"parent_kind", below.parent_kind}});
}

bool may_stand_below(Db& db, std::string_view kind, std::string_view parent_kind) {
    return db.count(
               "SELECT COUNT(*) FROM unit_kind_parents WHERE kind = :kind AND parent_kind = :parent_kind",
               {{"kind", kind}, {"parent_kind", parent_kind}}) > 0;
}

void add_unit(Db& db, const UnitRow& unit, const PeriodRow& period) {
    db.insert("units", unit);
    db.insert("unit_periods", period);
}

void add_unit_rows(const Call& call, std::span<const UnitToAdd> units) {
    static constexpr std::array<std::string_view, 4> unit_columns{"id", "code", "established_on",
                                                                  "dissolved_on"};
    call.db.bulk("units", unit_columns, units.size(), [&](std::size_t i, std::vector<Value>& row) {
        const UnitToAdd& unit = units[i];
        row = {to_value(unit.id), to_value(unit.code), to_value(unit.from_on), Value{}};
    });
    static constexpr std::array<std::string_view, 9> period_columns{
        "id",   "unit_id",     "from_on", "until_on",       "parent_id",
        "name", "folded_name", "kind",    "decision_number"};
    call.db.bulk("unit_periods", period_columns, units.size(), [&](std::size_t i, std::vector<Value>& row) {
        const UnitToAdd& unit = units[i];
        row = {to_value(call.new_id<PeriodId>()),
               to_value(unit.id),
               to_value(unit.from_on),
               Value{},
               unit.parent_id ? to_value(unit.parent_id) : Value{},
               to_value(unit.name),
               to_value(folded(unit.name)),
               to_value(unit.kind),
               to_value("")};
    });
}

void update_period(Db& db, const PeriodRow& period) { db.update("unit_periods", period); }

void begin_period(Db& db, const PeriodRow& ended, const PeriodRow& begun) {
    db.run("UPDATE unit_periods SET until_on = :day WHERE id = :id",
           {{"day", begun.from_on}, {"id", ended.id}});
    db.insert("unit_periods", begun);
}

void end_unit(Db& db, UnitId unit_id, Date day) {
    db.run("UPDATE units SET dissolved_on = :day WHERE id = :id", {{"day", day}, {"id", unit_id}});
    db.run("UPDATE unit_periods SET until_on = :day WHERE unit_id = :id AND until_on IS NULL",
           {{"day", day}, {"id", unit_id}});
}

void count_change(Db& db) { db.run("UPDATE unit_changes SET count = count + 1"); }

std::int64_t change_count(Db& db) { return db.count("SELECT count FROM unit_changes"); }

Tree read_tree(Db& db, Date day) {
    std::vector<TreeKind> kinds;
    std::unordered_map<std::string, int> kind_index;
    for (KindRow& kind : list_kinds(db)) {
        kind_index[kind.key] = static_cast<int>(kinds.size());
        kinds.push_back({std::move(kind.key), std::move(kind.name_vi), std::move(kind.name_en),
                         std::move(kind.name_hi), static_cast<int>(kind.level), kind.is_judged,
                         kind.has_members});
    }
    std::vector<TreeUnit> units;
    std::vector<std::int64_t> parents;
    std::unordered_map<std::int64_t, int> index;
    std::string kind;
    db.each(sql({"SELECT p.unit_id, u.code, p.parent_id, p.name, p.folded_name, p.kind "
                 "FROM unit_periods p JOIN units u ON u.id = p.unit_id WHERE ",
                 holds_on_day}),
            {{"day", day}}, [&](const Row& row) {
                kind = row.text(5);
                TreeUnit& unit = units.emplace_back();
                unit.id = UnitId{row.number(0)};
                unit.code = row.text(1);
                unit.name = row.text(3);
                unit.folded_name = row.text(4);
                unit.kind = kind_index.at(kind);
                index.emplace(unit.id.number, static_cast<int>(units.size()) - 1);
                parents.push_back(row.is_null(2) ? 0 : row.number(2));
            });
    for (std::size_t i = 0; i < units.size(); ++i) {
        const auto parent = index.find(parents[i]);
        units[i].parent = parent == index.end() ? -1 : parent->second;
    }
    return Tree(day, std::move(kinds), std::move(units));
}

}  // namespace gw::organisation
