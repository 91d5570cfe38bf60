// Organisation: units in a dated tree. A unit is established, renamed, moved and dissolved by a numbered
// decision with an effective day; any day's tree can be asked for.
//
// Words: a *unit* is of a *kind* (data, not code); a *period* is a stretch of days in which name, kind and
// place of a unit stay the same; a *decision* is the paper that changes them.
#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <unordered_map>
#include <vector>

#include "organisation/tree.h"
#include "platform/call.h"
#include "platform/checks.h"

namespace gw {
class Router;
}

namespace gw::organisation {

// Keeps the tree of today in memory and makes trees of other days. Rebuilt after a commit that changed units
// and when a day begins; swapped in whole. Safe from many threads.
class Trees {
public:
    std::shared_ptr<const Tree> today() const;
    // The tree of any day; the last few are kept.
    std::shared_ptr<const Tree> on(Db& db, Date day) const;
    // Keeps what is there when `db` looks at an older state than the tree in memory was made of.
    void rebuild(Db& db, Date today);

private:
    struct Kept {
        std::int64_t change_count = -1;  // how many changes the tree was made of
        std::shared_ptr<const Tree> tree;
    };
    mutable std::mutex lock_;
    Kept today_;
    mutable std::vector<Kept> others_;  // the last one asked for at the end
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
    std::string parent_name;      // on the first day of the period; empty for the root
    std::string decision_number;  // several on one day are joined by "; "
};
BOOST_DESCRIBE_STRUCT(UnitPeriod, (),
                      (from_on, until_on, name, kind, parent_id, parent_name, decision_number))

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

// How many people belong to a unit on a day. Organisation stands below members and is told by them.
using CountPeople = std::function<std::int64_t(const Call&, UnitId, Date)>;

// A change takes effect on its day: in the future it waits until then, in the past it may reach back to the
// start of the unit's last period. On the very day of an earlier change both hold together. Each is refused:
// forbidden without `organisation.change` over every unit it touches (old and new parent); invalid when the
// kind may not stand below the parent's kind, the parent does not stand on that day, the code is taken, the
// name or the decision number is empty, the day lies before the start of the unit's last period, a move would
// put a unit below itself on any later day, a unit to dissolve still has units below it or people on that day
// or after it, when the root would be moved or dissolved; conflict when the unit is dissolved already or the
// id is taken; not_found for unknown units.
Unit establish(const Call& call, const EstablishUnit& request);
Unit rename(const Call& call, const RenameUnit& request);
Unit move(const Call& call, const MoveUnit& request);
// The answer is the unit as it stood on its last day.
Unit dissolve(const Call& call, const DissolveUnit& request, const CountPeople& count_people);

// For exchange and sample: many units at once, already checked, one audit entry by the caller. Announces
// "units".
struct UnitToAdd {
    UnitId id;
    UnitId parent_id;  // 0 for the root
    std::string code, name, kind;
    Date from_on{};
};
void add_units(const Call& call, std::span<const UnitToAdd> units);
// Adds kinds, or changes those of the same key, and lets more kinds stand below others.
void add_kinds(const Call& call, std::span<const KindRow> kinds,
               std::span<const std::pair<std::string, std::string>> kind_below_parent);
// The unit that has this code, standing or dissolved.
std::optional<UnitId> find_unit_with_code(Db& db, std::string_view code);
// The day on which each unit was established, also of dissolved ones; of those in `only` unless it is empty.
std::unordered_map<UnitId, Date> establishment_days(Db& db, std::span<const UnitId> only = {});
// True when `kind` may stand below `parent_kind`.
bool may_stand_below(Db& db, std::string_view kind, std::string_view parent_kind);

// The units a list looks at, as ranges of today's tree that do not overlap, in order.
struct Selection {
    std::vector<Reach> ranges;

    std::int64_t count() const;
    bool holds(const Tree& tree, UnitId unit_id) const;
    // The numbers of the units, with commas between, when there are at most `most`; nothing when there are
    // more.
    std::optional<std::string> id_list(const Tree& tree, std::int64_t most = 200) const;
};
// One unit, a unit with everything below it, or without either everything over which the actor holds
// `permission`; never more than that. Refused: forbidden when nothing is left, not_found for unknown units.
Selection select_units(const Call& call, std::string_view permission, const std::optional<UnitId>& unit_id,
                       const std::optional<UnitId>& within);

// Reads rows in the order of a list until `wanted` of them pass `holds`. `read` returns up to `count` rows
// after the given one, or from the start.
template <class Row>
std::vector<Row> pick(
    std::size_t wanted, std::optional<Row> after, const std::function<bool(const Row&)>& holds,
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

template <class Row>
struct Page {
    std::vector<Row> rows;
    std::optional<decltype(Row::id)> next;  // the last row, when others follow
};

// As many rows that pass `holds(row)` as `request.limit` says, from after the row `request.after` names, in
// the order of `list(after, count)`. `find(db, id)` looks that row up. Refused: invalid for a limit outside
// 1 to 200, not_found when there is no such row.
template <class Row, class Request, class Find, class Holds, class List>
Page<Row> page_of(const Call& call, const Request& request, Find&& find, Holds&& holds, List&& list) {
    const std::size_t size = page_size(request.limit);
    std::optional<Row> after;
    if (request.after) {
        after = find(call.db, *request.after);
        if (!after) refuse_unknown("after");
    }
    // One more than fits tells whether there is a next page.
    Page<Row> page{pick<Row>(size + 1, after, holds, list), std::nullopt};
    if (page.rows.size() > size) {
        page.rows.pop_back();
        page.next = page.rows.back().id;
    }
    return page;
}

// A page of what belongs to the units that select_units chooses by `request.unit_id` and `request.within`.
// `list(unit_ids, after, count)` is given their numbers, or nothing when there are too many to name.
template <class Row, class Request, class Find, class List>
Page<Row> page_of_units(const Call& call, std::string_view permission, const Request& request, Find&& find,
                        List&& list) {
    const Selection selection = select_units(call, permission, request.unit_id, request.within);
    const auto unit_ids = selection.id_list(*call.tree);
    return page_of<Row>(
        call, request, find,
        [&](const Row& row) { return unit_ids || selection.holds(*call.tree, row.unit_id); },
        [&](const std::optional<Row>& after, std::size_t count) { return list(unit_ids, after, count); });
}

// The first 50 pages of 200 rows of `list(request)`, one after another, for a table to keep.
template <class Request, class List, class Add>
void each_page(Request request, List&& list, Add&& add) {
    request.limit = 200;
    for (int pages = 0; pages < 50; ++pages) {
        const auto page = list(request);
        add(page);
        if (!page.next) return;
        request.after = page.next;
    }
}

// `trees` must outlive the router.
void add_routes(Router& router, Trees& trees, CountPeople count_people);

}  // namespace gw::organisation
