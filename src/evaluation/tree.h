// The tree of units in pre-order: a subtree is a range of positions, a parent stands before its
// children. More than one root is allowed.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "evaluation/mistake.h"

namespace gw::evaluation {

struct Tree {
    std::vector<std::int32_t> parent;  // position of the parent, -1 for a root
    std::vector<std::int32_t> end;     // one past the last position of the subtree
    std::vector<std::int32_t> kind;    // number of the kind, as in the rulebook

    std::size_t size() const { return parent.size(); }
};

struct TreeBuild {
    Tree tree;
    std::vector<std::int32_t> position_of_row;  // where each input row went
    std::vector<std::int32_t> row_at_position;
    Problems problems;  // duplicate id, unknown parent, cycle; then the rest is empty
};

// Puts units given in any order into pre-order. `parent_ids` holds -1 for a root. Children keep
// the order of the input rows.
TreeBuild build_tree(std::span<const std::int64_t> ids, std::span<const std::int64_t> parent_ids,
                     std::span<const std::int32_t> kinds);

// Problems in a tree made elsewhere: lengths, parents that do not stand before their children,
// ends that do not match.
Problems problems_in(const Tree& tree);

}  // namespace gw::evaluation
