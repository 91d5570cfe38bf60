// The tables of units. Private to organisation.
#pragma once
#include "organisation/organisation.h"

namespace gw::organisation {

using PeriodId = Id<struct PeriodThing>;

struct UnitRow {
    UnitId id;
    std::string code;
    Date established_on{};
    std::optional<Date> dissolved_on;
};
BOOST_DESCRIBE_STRUCT(UnitRow, (), (id, code, established_on, dissolved_on))

struct PeriodRow {
    PeriodId id;
    UnitId unit_id;
    Date from_on{};
    std::optional<Date> until_on;
    std::optional<UnitId> parent_id;
    std::string name;
    std::string folded_name;
    std::string kind;
    std::string decision_number;
};
BOOST_DESCRIBE_STRUCT(PeriodRow, (),
                      (id, unit_id, from_on, until_on, parent_id, name, folded_name, kind, decision_number))

struct KindBelow {
    std::string kind, parent_kind;
};
BOOST_DESCRIBE_STRUCT(KindBelow, (), (kind, parent_kind))

std::optional<UnitRow> find_unit_row(Db& db, UnitId unit_id);
std::optional<UnitId> find_unit_with_code(Db& db, std::string_view code);
// The period with the latest start; it has no end while the unit stands.
std::optional<PeriodRow> find_last_period(Db& db, UnitId unit_id);
std::optional<PeriodRow> find_period_on(Db& db, UnitId unit_id, Date day);
std::vector<UnitPeriod> periods_of(Db& db, UnitId unit_id);
// The unit with its counts as of a day; nothing when it does not stand then.
std::optional<Unit> find_unit_on(Db& db, UnitId unit_id, Date day);
// The days after `day` on which some period begins.
std::vector<Date> change_days_after(Db& db, Date day);
// Whether some unit stands below on `day` or on any later one.
bool has_units_below_from(Db& db, UnitId unit_id, Date day);

std::vector<KindRow> list_kinds(Db& db);
std::vector<KindBelow> list_kinds_below(Db& db);
bool has_kind(Db& db, std::string_view kind);
void put_kind(Db& db, const KindRow& kind);
void put_kind_below(Db& db, const KindBelow& below);

void add_unit(Db& db, const UnitRow& unit, const PeriodRow& period);
void add_unit_rows(const Call& call, std::span<const UnitToAdd> units);
void update_period(Db& db, const PeriodRow& period);
// Ends the last period of a unit on `day` and begins another.
void begin_period(Db& db, const PeriodRow& ended, const PeriodRow& begun);
void end_unit(Db& db, UnitId unit_id, Date day);
// To be called with every change to units, periods or kinds.
void count_change(Db& db);
std::int64_t change_count(Db& db);

Tree read_tree(Db& db, Date day);

}  // namespace gw::organisation
