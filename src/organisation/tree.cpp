#include "organisation/tree.h"

#include <algorithm>
#include <bit>
#include <stdexcept>

#include "platform/problem.h"

namespace gw::organisation {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Runs of digits compare as numbers, so that cell 2 comes before cell 10.
bool comes_before(std::string_view left, std::string_view right) {
    std::size_t i = 0, j = 0;
    while (i < left.size() && j < right.size()) {
        if (is_digit(left[i]) && is_digit(right[j])) {
            const std::size_t left_start = i, right_start = j;
            while (i < left.size() && is_digit(left[i])) ++i;
            while (j < right.size() && is_digit(right[j])) ++j;
            std::string_view left_run = left.substr(left_start, i - left_start);
            std::string_view right_run = right.substr(right_start, j - right_start);
            left_run.remove_prefix(std::min(left_run.find_first_not_of('0'), left_run.size()));
            right_run.remove_prefix(std::min(right_run.find_first_not_of('0'), right_run.size()));
            if (left_run.size() != right_run.size()) return left_run.size() < right_run.size();
            if (left_run != right_run) return left_run < right_run;
        } else {
            if (left[i] != right[j]) return left[i] < right[j];
            ++i, ++j;
        }
    }
    // "1-02" and "1-2" are equal so far; the plain order of the texts decides.
    if (i == left.size() && j == right.size()) return left < right;
    return i == left.size();
}

std::size_t spread(UnitId id) {
    // Ids made in one second differ in few bits; the product spreads them over the whole word.
    return static_cast<std::size_t>((static_cast<std::uint64_t>(id.number) * 0x9E3779B97F4A7C15ULL) >> 20);
}

}  // namespace

Tree::Tree(Date as_of, std::vector<TreeKind> kinds, std::vector<TreeUnit> units)
    : as_of_(as_of), kinds_(std::move(kinds)) {
    const std::size_t count = units.size();
    // The children of each unit in one list; roots are the children of the unit after the last.
    std::vector<int> first_child(count + 2, 0);
    const auto parent_of = [&](const TreeUnit& unit) {
        return unit.parent < 0 ? count : static_cast<std::size_t>(unit.parent);
    };
    for (const TreeUnit& unit : units) {
        if (parent_of(unit) > count) throw std::logic_error("a unit of the tree has a parent outside it");
        ++first_child[parent_of(unit) + 1];
    }
    for (std::size_t i = 1; i < first_child.size(); ++i) first_child[i] += first_child[i - 1];
    std::vector<int> children(count);
    std::vector<int> next = first_child;
    for (std::size_t i = 0; i < count; ++i)
        children[static_cast<std::size_t>(next[parent_of(units[i])]++)] = static_cast<int>(i);
    const auto level = [&](int unit) {
        return kinds_[static_cast<std::size_t>(units[static_cast<std::size_t>(unit)].kind)].level;
    };
    for (std::size_t i = 0; i <= count; ++i)
        std::sort(children.begin() + first_child[i], children.begin() + first_child[i + 1],
                  [&](int a, int b) {
                      if (level(a) != level(b)) return level(a) < level(b);
                      return comes_before(units[static_cast<std::size_t>(a)].code,
                                          units[static_cast<std::size_t>(b)].code);
                  });

    units_.reserve(count);
    struct Open {
        int position;   // of the unit in the tree; -1 for the place above the roots
        int next, end;  // its children still to come
    };
    std::vector<Open> open{{-1, first_child[count], first_child[count + 1]}};
    while (!open.empty()) {
        Open& above = open.back();
        if (above.next == above.end) {
            if (above.position >= 0) units_[static_cast<std::size_t>(above.position)].end = size();
            open.pop_back();
            continue;
        }
        const auto given = static_cast<std::size_t>(children[static_cast<std::size_t>(above.next++)]);
        TreeUnit unit = std::move(units[given]);
        unit.parent = above.position;
        unit.depth = static_cast<int>(open.size()) - 1;
        const int position = size();
        units_.push_back(std::move(unit));
        open.push_back({position, first_child[given], first_child[given + 1]});
    }
    // Units that stand below themselves are reached from no root.
    if (units_.size() != count) throw std::logic_error("the units of the tree stand in a circle");

    slots_.assign(std::bit_ceil(count * 2 + 1), -1);
    for (int position = 0; position < size(); ++position) {
        std::size_t slot = spread(at(position).id) & (slots_.size() - 1);
        while (slots_[slot] >= 0) slot = (slot + 1) & (slots_.size() - 1);
        slots_[slot] = position;
    }
}

std::optional<int> Tree::find(UnitId id) const {
    std::size_t slot = spread(id) & (slots_.size() - 1);
    while (slots_[slot] >= 0) {
        if (at(slots_[slot]).id == id) return slots_[slot];
        slot = (slot + 1) & (slots_.size() - 1);
    }
    return std::nullopt;
}

int Tree::get(UnitId id, std::string_view field) const {
    const auto position = find(id);
    if (!position) refuse_unknown(std::string(field));
    return *position;
}

std::vector<int> Tree::path(int position) const {
    std::vector<int> positions;
    for (; position >= 0; position = at(position).parent) positions.push_back(position);
    std::reverse(positions.begin(), positions.end());
    return positions;
}

std::vector<int> Tree::children(int position) const {
    std::vector<int> found;
    for (int child = position + 1; child < at(position).end; child = at(child).end) found.push_back(child);
    return found;
}

}  // namespace gw::organisation
