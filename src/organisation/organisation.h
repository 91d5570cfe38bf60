// Organisation: units in a dated tree. A unit is established, renamed, moved and dissolved by a numbered decision
// with an effective day; any day's tree can be asked for.
//
// Words: a *unit* is of a *kind* (data, not code); a *period* is a stretch of days in which name, kind and place of
// a unit stay the same; a *decision* is the paper that changes them.
#pragma once
#include <atomic>
#include <map>
#include <memory>
#include <mutex>

#include "organisation/tree.h"
#include "platform/call.h"

namespace gw {
class Router;
}

namespace gw::organisation {

// Keeps the tree of today in memory and makes trees of other days. Rebuilt after a commit that changed units and
// when a day begins; swapped in whole.
class Trees {
public:
    std::shared_ptr<const Tree> today() const;
    // The tree of any day; the last few are kept.
    std::shared_ptr<const Tree> on(Db& db, Date day) const;
    void rebuild(Db& db, Date today);

private:
    mutable std::mutex lock_;
    std::shared_ptr<const Tree> today_;
    mutable std::map<Date, std::shared_ptr<const Tree>> others_;
};

struct KindRow {
    std::string key;
    std::string name_vi, name_en, name_hi;
    std::int64_t level = 0;
    bool is_judged = true;
    bool has_members = false;
};
BOOST_DESCRIBE_STRUCT(KindRow, (), (key, name_vi, name_en, name_hi, level, is_judged, has_members))

// A unit as it stands on one day.
struct Unit {
    UnitId id;
    std::optional<UnitId> parent_id;
    std::string code;
    std::string name;
    std::string kind;
    std::int64_t depth = 0;
    std::int64_t child_count = 0;
    std::int64_t descendant_count = 0;
};
BOOST_DESCRIBE_STRUCT(Unit, (), (id, parent_id, code, name, kind, depth, child_count, descendant_count))

struct UnitPeriod {
    Date from_on{};
    std::optional<Date> until_on;  // the first day it no longer holds
    std::string name;
    std::string kind;
    std::optional<UnitId> parent_id;
    std::string decision_number;
};
BOOST_DESCRIBE_STRUCT(UnitPeriod, (), (from_on, until_on, name, kind, parent_id, decision_number))

struct EstablishUnit {
    std::optional<UnitId> id;  // made by the caller, or by the server
    UnitId parent_id;
    std::string kind;
    std::string code;
    std::string name;
    Date effective_on{};
    std::string decision_number;
};
BOOST_DESCRIBE_STRUCT(EstablishUnit, (), (id, parent_id, kind, code, name, effective_on, decision_number))

struct RenameUnit {
    UnitId unit_id;
    std::string name;
    Date effective_on{};
    std::string decision_number;
};
BOOST_DESCRIBE_STRUCT(RenameUnit, (), (unit_id, name, effective_on, decision_number))

struct MoveUnit {
    UnitId unit_id;
    UnitId parent_id;
    Date effective_on{};
    std::string decision_number;
};
BOOST_DESCRIBE_STRUCT(MoveUnit, (), (unit_id, parent_id, effective_on, decision_number))

struct DissolveUnit {
    UnitId unit_id;
    Date effective_on{};
    std::string decision_number;
};
BOOST_DESCRIBE_STRUCT(DissolveUnit, (), (unit_id, effective_on, decision_number))

// Each is refused: forbidden without `organisation.change` over every unit it touches (old and new parent);
// invalid when the kind may not stand below the parent's kind, the code is taken, the name is empty, the day lies
// before the unit's current period, a move would put a unit below itself, a unit to dissolve still has units or
// members; not_found for unknown units.
Unit establish(const Call& call, const EstablishUnit& request);
Unit rename(const Call& call, const RenameUnit& request);
Unit move(const Call& call, const MoveUnit& request);
Unit dissolve(const Call& call, const DissolveUnit& request);

// For exchange and sample: many units at once, already checked, one audit entry by the caller.
struct UnitToAdd {
    UnitId id;
    UnitId parent_id;  // 0 for the root
    std::string code, name, kind;
    Date from_on{};
};
void add_units(const Call& call, std::span<const UnitToAdd> units);
void add_kinds(const Call& call, std::span<const KindRow> kinds, std::span<const std::pair<std::string, std::string>> kind_below_parent);
// True when `kind` may stand below `parent_kind`.
bool may_stand_below(Db& db, std::string_view kind, std::string_view parent_kind);

// The units a list looks at, as ranges of today's tree that do not overlap, in order.
struct Selection {
    std::vector<Reach> ranges;

    std::int64_t count() const;
    bool holds(const Tree& tree, UnitId unit_id) const;
    // The numbers of the units, with commas between, when there are at most `most`; nothing when there are more.
    std::optional<std::string> id_list(const Tree& tree, std::int64_t most = 200) const;
};
// One unit, a unit with everything below it, or without either everything over which the actor holds `permission`;
// never more than that. Refused: forbidden when nothing is left, not_found for unknown units.
Selection select_units(const Call& call, std::string_view permission, const std::optional<UnitId>& unit_id,
                       const std::optional<UnitId>& within);

// Reads rows in the order of a list until `wanted` of them pass `holds`. `read` returns up to `count` rows after the
// given one, or from the start.
template <class Row>
std::vector<Row> pick(std::size_t wanted, std::optional<Row> after, const std::function<bool(const Row&)>& holds,
                      const std::function<std::vector<Row>(const std::optional<Row>& after, std::size_t count)>& read) {
    std::vector<Row> picked;
    for (std::size_t count = wanted + 1;; count = std::min<std::size_t>(count * 2, 2000)) {
        std::vector<Row> rows = read(after, count);
        const bool is_last = rows.size() < count;
        if (!rows.empty()) after = rows.back();
        for (Row& row : rows) {
            if (!holds(row)) continue;
            picked.push_back(std::move(row));
            if (picked.size() == wanted) return picked;
        }
        if (is_last) return picked;
    }
}

void add_routes(Router& router, Trees& trees);

}  // namespace gw::organisation
