// The units as they stand on one day, in memory and immutable: pre-order, so that a unit with everything
// below it is a range of positions. Permission checks, roll-ups and the evaluation read it; nobody changes
// it.
#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/actor.h"

namespace gw::organisation {

struct TreeUnit {
    UnitId id;
    int parent = -1;   // position of the unit above; -1 for the root
    int end = 0;       // one past the last position below
    int depth = 0;     // 0 for the root
    int kind = 0;      // index into kinds()
    std::string code;  // the organisation's own code, unique
    std::string name;
    std::string folded_name;  // for search
};

struct TreeKind {
    std::string key;  // "province", "district", "grassroots", "cell", "front_board", ...
    std::string name_vi, name_en, name_hi;
    int level = 0;          // 0 for the top; orders lists
    bool is_judged = true;  // gets a class; affiliated groups do not
    bool has_members = false;
};

class Tree {
public:
    // `units` in any order, `parent` giving the index in `units`; siblings end up ordered by level of kind,
    // then code with its numbers compared as numbers. Throws std::logic_error when units stand in a circle.
    Tree(Date as_of, std::vector<TreeKind> kinds, std::vector<TreeUnit> units);

    Date as_of() const { return as_of_; }
    int size() const { return static_cast<int>(units_.size()); }
    std::span<const TreeUnit> units() const { return units_; }
    const TreeUnit& at(int position) const { return units_[static_cast<std::size_t>(position)]; }
    const std::vector<TreeKind>& kinds() const { return kinds_; }
    const TreeKind& kind_of(int position) const {
        return kinds_[static_cast<std::size_t>(at(position).kind)];
    }

    // The position of a unit, or nothing when it does not stand on this day.
    std::optional<int> find(UnitId id) const;
    // The same; refuses the call (not_found on `field`) when there is none.
    int get(UnitId id, std::string_view field = "unit_id") const;
    Reach reach(int position) const { return {position, at(position).end}; }
    bool is_within(int position, Reach reach) const {
        return position >= reach.first && position < reach.end;
    }
    // Positions from the root down to the unit itself.
    std::vector<int> path(int position) const;
    std::vector<int> children(int position) const;

private:
    Date as_of_;
    std::vector<TreeKind> kinds_;
    std::vector<TreeUnit> units_;
    std::vector<int> slots_;  // positions by id: a hash table with open addressing, -1 where free
};

}  // namespace gw::organisation
