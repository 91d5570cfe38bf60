// What the routes of organisation read: the page of a unit, lists and the table of units. Private to
// organisation.
#pragma once
#include "organisation/organisation.h"
#include "platform/router.h"
#include "spreadsheets/spreadsheets.h"

namespace gw::organisation {

struct ReadUnit {
    UnitId unit_id;
    std::optional<Date> as_of;  // today when not given
};
BOOST_DESCRIBE_STRUCT(ReadUnit, (), (unit_id, as_of))

struct PathUnit {
    UnitId id;
    std::string name;
    std::string kind;
    std::string kind_name;  // in the reader's language
};
BOOST_DESCRIBE_STRUCT(PathUnit, (), (id, name, kind, kind_name))

struct UnitPage {
    UnitId id;
    std::optional<UnitId> parent_id;
    std::string code;
    std::string name;
    std::string kind;
    std::string kind_name;
    std::int64_t depth = 0;
    std::int64_t child_count = 0;
    std::int64_t descendant_count = 0;
    bool is_judged = true;
    bool has_members = false;
    Date established_on{};
    std::optional<Date> dissolved_on;  // the first day it no longer stands; may lie ahead
    std::vector<PathUnit> path;        // from the root down to the unit itself
    Date as_of{};
};
BOOST_DESCRIBE_STRUCT(UnitPage, (),
                      (id, parent_id, code, name, kind, kind_name, depth, child_count, descendant_count,
                       is_judged, has_members, established_on, dissolved_on, path, as_of))

struct UnitLine {
    UnitId id;
    std::optional<UnitId> parent_id;
    std::string parent_name;
    std::string code;
    std::string name;
    std::string kind;
    std::string kind_name;
    std::int64_t depth = 0;
    std::int64_t child_count = 0;
    std::int64_t descendant_count = 0;
};
BOOST_DESCRIBE_STRUCT(UnitLine, (),
                      (id, parent_id, parent_name, code, name, kind, kind_name, depth, child_count,
                       descendant_count))

struct UnitChildren {
    std::vector<UnitLine> units;
    Date as_of{};
};
BOOST_DESCRIBE_STRUCT(UnitChildren, (), (units, as_of))

BOOST_DEFINE_ENUM_CLASS(UnitOrder, tree, name, code, kind)

struct ListUnits {
    std::optional<UnitId> within;
    std::optional<std::string> kind;
    std::optional<std::string> text;  // words of the name or the code, with or without diacritics
    std::optional<Date> as_of;
    std::optional<UnitOrder> sort;  // tree when not given
    std::optional<UnitId> after;    // the last unit of the part before
    std::optional<std::int64_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListUnits, (), (within, kind, text, as_of, sort, after, limit))

struct UnitTable {
    std::vector<UnitLine> units;
    std::int64_t total = 0;      // of all parts together
    std::optional<UnitId> next;  // give it as `after` for the next part
    Date as_of{};
};
BOOST_DESCRIBE_STRUCT(UnitTable, (), (units, total, next, as_of))

struct UnitHistory {
    UnitId id;
    std::string code;
    Date established_on{};
    std::optional<Date> dissolved_on;
    std::vector<UnitPeriod> periods;  // in order of time
};
BOOST_DESCRIBE_STRUCT(UnitHistory, (), (id, code, established_on, dissolved_on, periods))

struct ReadHistory {
    UnitId unit_id;
};
BOOST_DESCRIBE_STRUCT(ReadHistory, (), (unit_id))

struct KindPage {
    std::string key;
    std::string name_vi, name_en, name_hi;
    std::int64_t level = 0;
    bool is_judged = true;
    bool has_members = false;
    std::vector<std::string> may_stand_below;  // keys of kinds
};
BOOST_DESCRIBE_STRUCT(KindPage, (),
                      (key, name_vi, name_en, name_hi, level, is_judged, has_members, may_stand_below))

struct KindList {
    std::vector<KindPage> kinds;
};
BOOST_DESCRIBE_STRUCT(KindList, (), (kinds))

inline constexpr std::int64_t largest_table = 20'000;  // rows at a time
inline constexpr std::int64_t usual_table = 200;

// Whoever reads about a unit needs organisation.read over it. A unit that does not stand today is read by
// whoever may read the unit that stood nearest above it and still stands. Refused: forbidden without;
// not_found when the unit does not stand on the day; invalid for a day outside 2000 to 2100.
UnitPage read_unit(const Call& call, const Trees& trees, const ReadUnit& request);
UnitChildren read_children(const Call& call, const Trees& trees, const ReadUnit& request);
// Only the units the reader may see. Refused besides: invalid for an unknown kind or a limit outside 1 to
// 20,000; not_found for an unknown `within` or `after`; forbidden when nothing within may be seen.
UnitTable read_table(const Call& call, const Trees& trees, const ListUnits& request);
// The same as a table to keep, all parts at once.
spreadsheets::Table table_of_units(const Call& call, const Trees& trees, const ListUnits& request);
UnitHistory read_history(const Call& call, const ReadHistory& request);
// For everybody who is signed in.
KindList read_kinds(const Call& call);

}  // namespace gw::organisation
