#include "evaluation/tree.h"

#include <limits>
#include <unordered_map>

namespace gw::evaluation {
namespace {

Problem problem(std::int64_t row, std::string column, std::string message) {
    return {"tree", std::move(column), row, std::move(message)};
}

// Children of every row, in row order: the children of row r are list[first[r]] up to list[first[r + 1] - 1];
// roots count as children of row `ids.size()`.
struct Children {
    std::vector<std::int32_t> first;
    std::vector<std::int32_t> list;
};

Children children_of(const std::vector<std::int32_t>& parent_row) {
    const std::size_t rows = parent_row.size();
    const auto slot = [&](std::size_t row) {
        return parent_row[row] < 0 ? rows : static_cast<std::size_t>(parent_row[row]);
    };
    Children children;
    children.first.assign(rows + 2, 0);
    for (std::size_t row = 0; row < rows; ++row) ++children.first[slot(row) + 1];
    for (std::size_t i = 1; i < children.first.size(); ++i) children.first[i] += children.first[i - 1];
    children.list.resize(rows);
    std::vector<std::int32_t> next(children.first.begin(), children.first.end() - 1);
    for (std::size_t row = 0; row < rows; ++row)
        children.list[static_cast<std::size_t>(next[slot(row)]++)] = static_cast<std::int32_t>(row);
    return children;
}

}  // namespace

TreeBuild build_tree(std::span<const std::int64_t> ids, std::span<const std::int64_t> parent_ids,
                     std::span<const std::int32_t> kinds) {
    TreeBuild build;
    const std::size_t rows = ids.size();
    if (parent_ids.size() != rows || kinds.size() != rows ||
        rows > std::numeric_limits<std::int32_t>::max()) {
        build.problems.push_back(problem(-1, "", "ids, parents and kinds must have the same length"));
        return build;
    }
    std::unordered_map<std::int64_t, std::int32_t> row_of;
    row_of.reserve(rows);
    for (std::size_t row = 0; row < rows; ++row)
        if (!row_of.emplace(ids[row], static_cast<std::int32_t>(row)).second)
            build.problems.push_back(problem(static_cast<std::int64_t>(row), "id",
                                             "the id " + std::to_string(ids[row]) + " appears twice"));
    std::vector<std::int32_t> parent_row(rows, -1);
    for (std::size_t row = 0; row < rows; ++row) {
        if (parent_ids[row] == -1) continue;
        const auto found = row_of.find(parent_ids[row]);
        if (found == row_of.end())
            build.problems.push_back(
                problem(static_cast<std::int64_t>(row), "parent_id",
                        "there is no unit " + std::to_string(parent_ids[row]) + " to be the parent"));
        else parent_row[row] = found->second;
    }
    if (!build.problems.empty()) return build;

    const Children children = children_of(parent_row);
    Tree& tree = build.tree;
    build.position_of_row.assign(rows, -1);
    // Walks down with an own stack: a chain of a million units must not exhaust the program's.
    std::vector<std::int32_t> stack;
    const auto push_children = [&](std::size_t slot) {
        for (std::int32_t i = children.first[slot + 1]; i > children.first[slot]; --i)
            stack.push_back(children.list[static_cast<std::size_t>(i - 1)]);
    };
    push_children(rows);
    while (!stack.empty()) {
        const auto row = static_cast<std::size_t>(stack.back());
        stack.pop_back();
        build.position_of_row[row] = static_cast<std::int32_t>(tree.parent.size());
        build.row_at_position.push_back(static_cast<std::int32_t>(row));
        const std::int32_t above = parent_row[row];
        tree.parent.push_back(above < 0 ? -1 : build.position_of_row[static_cast<std::size_t>(above)]);
        tree.kind.push_back(kinds[row]);
        push_children(row);
    }
    for (std::size_t row = 0; row < rows; ++row)
        if (build.position_of_row[row] < 0)
            build.problems.push_back(problem(
                static_cast<std::int64_t>(row), "parent_id",
                "the unit " + std::to_string(ids[row]) + " is its own ancestor, or lies below one that is"));
    if (!build.problems.empty()) {
        tree = {};
        return build;
    }
    tree.end.assign(rows, 0);
    for (std::size_t at = rows; at-- > 0;) {
        if (tree.end[at] == 0) tree.end[at] = static_cast<std::int32_t>(at) + 1;
        if (tree.parent[at] < 0) continue;
        std::int32_t& parent_end = tree.end[static_cast<std::size_t>(tree.parent[at])];
        if (parent_end < tree.end[at]) parent_end = tree.end[at];
    }
    return build;
}

Problems problems_in(const Tree& tree) {
    Problems problems;
    const std::size_t size = tree.size();
    if (tree.end.size() != size || tree.kind.size() != size ||
        size > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
        problems.push_back(problem(-1, "", "parent, end and kind must have the same length"));
        return problems;
    }
    // Positions from which the current one can still descend.
    std::vector<std::int32_t> open;
    for (std::size_t i = 0; i < size; ++i) {
        const auto at = static_cast<std::int32_t>(i);
        while (!open.empty() && tree.end[static_cast<std::size_t>(open.back())] <= at) open.pop_back();
        const std::int32_t expected = open.empty() ? -1 : open.back();
        if (tree.parent[i] != expected)
            problems.push_back(problem(at, "parent", "the unit does not stand inside its parent's range"));
        const auto limit =
            open.empty() ? static_cast<std::int32_t>(size) : tree.end[static_cast<std::size_t>(open.back())];
        if (tree.end[i] <= at || tree.end[i] > limit) {
            problems.push_back(problem(at, "end", "the range of the unit leaves its parent's range"));
            return problems;
        }
        open.push_back(at);
    }
    return problems;
}

}  // namespace gw::evaluation
