#include "organisation/organisation_reading.h"

#include <algorithm>

#include "organisation/organisation_store.h"
#include "platform/checks.h"

namespace gw::organisation {

namespace {

constexpr std::string_view read_permission = "organisation.read";

std::shared_ptr<const Tree> tree_on(const Call& call, const Trees& trees, const std::optional<Date>& as_of) {
    if (!as_of || *as_of == call.tree->as_of()) return call.tree;
    Problems problems;
    check_day(problems, "as_of", *as_of);
    refuse_if(problems);
    return trees.on(call.db, *as_of);
}

const std::string& name_of_kind(const Call& call, const TreeKind& kind) {
    return call.language == "hi" ? kind.name_hi : call.language == "en" ? kind.name_en : kind.name_vi;
}

// The unit itself when it stands today, or the nearest one above it that does.
UnitId standing_today(const Call& call, const Tree& tree, int position) {
    while (!call.tree->find(tree.at(position).id) && tree.at(position).parent >= 0)
        position = tree.at(position).parent;
    return tree.at(position).id;
}

int get_readable(const Call& call, const Tree& tree, UnitId unit_id) {
    const int position = tree.get(unit_id);
    call.require(read_permission, standing_today(call, tree, position));
    return position;
}

UnitLine line_of(const Call& call, const Tree& tree, int position) {
    const TreeUnit& unit = tree.at(position);
    const TreeKind& kind = tree.kind_of(position);
    UnitLine line{unit.id,
                  {},
                  "",
                  unit.code,
                  unit.name,
                  kind.key,
                  name_of_kind(call, kind),
                  unit.depth,
                  0,
                  unit.end - position - 1};
    if (unit.parent >= 0) {
        line.parent_id = tree.at(unit.parent).id;
        line.parent_name = tree.at(unit.parent).name;
    }
    for (int child = position + 1; child < unit.end; child = tree.at(child).end) ++line.child_count;
    return line;
}

// For each position of the tree whether the reader may see it: by the reach of today, and below a unit that
// stands today also what no longer does.
std::vector<bool> readable_positions(const Call& call, const Tree& tree) {
    std::vector<bool> is_readable(static_cast<std::size_t>(tree.size()), false);
    const std::vector<Reach> reaches = call.actor.reach(read_permission);
    if (&tree == call.tree.get()) {
        for (const Reach reach : reaches)
            for (int position = reach.first; position < std::min(reach.end, tree.size()); ++position)
                is_readable[static_cast<std::size_t>(position)] = true;
        return is_readable;
    }
    for (int position = 0; position < tree.size(); ++position) {
        const TreeUnit& unit = tree.at(position);
        const auto today = call.tree->find(unit.id);
        const bool is_seen =
            today ? std::any_of(reaches.begin(), reaches.end(),
                                [&](Reach reach) { return call.tree->is_within(*today, reach); })
                  : unit.parent >= 0 && is_readable[static_cast<std::size_t>(unit.parent)];
        is_readable[static_cast<std::size_t>(position)] = is_seen;
    }
    return is_readable;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    const std::string rest = folded(text);
    for (std::size_t start = 0; start < rest.size();) {
        const std::size_t end = std::min(rest.find(' ', start), rest.size());
        words.push_back(rest.substr(start, end - start));
        start = end + 1;
    }
    return words;
}

bool has_words(const TreeUnit& unit, const std::vector<std::string>& words) {
    if (words.empty()) return true;
    const std::string code = folded(unit.code);
    return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
        return unit.folded_name.find(word) != std::string::npos || code.find(word) != std::string::npos;
    });
}

// Positions in tree order come in; they stay so where the order leaves it open.
void sort_positions(const Tree& tree, UnitOrder order, std::vector<int>& positions) {
    const auto by = [&](auto key) {
        std::stable_sort(positions.begin(), positions.end(), [&](int a, int b) { return key(a) < key(b); });
    };
    switch (order) {
        case UnitOrder::tree: return;
        case UnitOrder::name:
            return by([&](int position) { return std::string_view(tree.at(position).folded_name); });
        case UnitOrder::code:
            return by([&](int position) { return std::string_view(tree.at(position).code); });
        case UnitOrder::kind: return by([&](int position) { return tree.kind_of(position).level; });
    }
}

std::vector<int> positions_of(const Call& call, const Tree& tree, const ListUnits& request) {
    Reach wanted{0, tree.size()};
    if (request.within) wanted = tree.reach(tree.get(*request.within, "within"));
    if (request.kind && std::none_of(tree.kinds().begin(), tree.kinds().end(),
                                     [&](const TreeKind& kind) { return kind.key == *request.kind; }))
        throw Refusal(Reason::invalid, Problem{"kind", "platform.not_valid"});
    const std::vector<bool> is_readable = readable_positions(call, tree);
    const auto words = words_of(request.text.value_or(""));
    std::vector<int> positions;
    bool may_read_some = false;
    for (int position = wanted.first; position < wanted.end; ++position) {
        if (!is_readable[static_cast<std::size_t>(position)]) continue;
        may_read_some = true;
        if (request.kind && tree.kind_of(position).key != *request.kind) continue;
        if (has_words(tree.at(position), words)) positions.push_back(position);
    }
    if (!may_read_some)
        throw Refusal(Reason::forbidden,
                      Problem{"", "platform.forbidden", {{"permission", std::string(read_permission)}}});
    sort_positions(tree, request.sort.value_or(UnitOrder::tree), positions);
    return positions;
}

}  // namespace

UnitPage read_unit(const Call& call, const Trees& trees, const ReadUnit& request) {
    const auto tree = tree_on(call, trees, request.as_of);
    const int position = get_readable(call, *tree, request.unit_id);
    const UnitLine line = line_of(call, *tree, position);
    const TreeKind& kind = tree->kind_of(position);
    UnitPage page{line.id,
                  line.parent_id,
                  line.code,
                  line.name,
                  line.kind,
                  line.kind_name,
                  line.depth,
                  line.child_count,
                  line.descendant_count,
                  kind.is_judged,
                  kind.has_members,
                  {},
                  {},
                  {},
                  tree->as_of()};
    if (const auto row = find_unit_row(call.db, request.unit_id)) {
        page.established_on = row->established_on;
        page.dissolved_on = row->dissolved_on;
    }
    for (const int above : tree->path(position)) {
        const TreeKind& kind_above = tree->kind_of(above);
        page.path.push_back(
            {tree->at(above).id, tree->at(above).name, kind_above.key, name_of_kind(call, kind_above)});
    }
    return page;
}

UnitChildren read_children(const Call& call, const Trees& trees, const ReadUnit& request) {
    const auto tree = tree_on(call, trees, request.as_of);
    const int position = get_readable(call, *tree, request.unit_id);
    UnitChildren children{{}, tree->as_of()};
    for (const int child : tree->children(position)) children.units.push_back(line_of(call, *tree, child));
    return children;
}

UnitTable read_table(const Call& call, const Trees& trees, const ListUnits& request) {
    const std::int64_t limit = request.limit.value_or(usual_table);
    if (limit < 1 || limit > largest_table)
        throw Refusal(
            Reason::invalid,
            Problem{"limit", "checks.limit_out_of_range", {{"largest", std::to_string(largest_table)}}});
    const auto tree = tree_on(call, trees, request.as_of);
    const std::vector<int> positions = positions_of(call, *tree, request);
    auto next = positions.begin();
    if (request.after) {
        next = std::find(positions.begin(), positions.end(), tree->get(*request.after, "after"));
        if (next == positions.end()) refuse_unknown("after");
        ++next;
    }
    UnitTable table{{}, static_cast<std::int64_t>(positions.size()), {}, tree->as_of()};
    const auto end = next + std::min<std::ptrdiff_t>(limit, positions.end() - next);
    for (; next != end; ++next) table.units.push_back(line_of(call, *tree, *next));
    if (end != positions.end()) table.next = table.units.back().id;
    return table;
}

spreadsheets::Table table_of_units(const Call& call, const Trees& trees, const ListUnits& request) {
    const auto tree = tree_on(call, trees, request.as_of);
    spreadsheets::Table table{"units-" + to_text(tree->as_of()),
                              {"code", "name", "kind", "kind_name", "parent_code", "parent_name", "depth",
                               "child_count", "descendant_count"},
                              {}};
    for (const int position : positions_of(call, *tree, request)) {
        const UnitLine line = line_of(call, *tree, position);
        const int parent = tree->at(position).parent;
        table.rows.push_back({line.code, line.name, line.kind, line.kind_name,
                              parent >= 0 ? tree->at(parent).code : std::string(), line.parent_name,
                              std::int64_t{line.depth}, std::int64_t{line.child_count},
                              std::int64_t{line.descendant_count}});
    }
    return table;
}

UnitHistory read_history(const Call& call, const ReadHistory& request) {
    const auto row = find_unit_row(call.db, request.unit_id);
    if (!row) refuse_unknown("unit_id");
    UnitId standing = request.unit_id;
    while (!call.tree->find(standing)) {
        const auto period = find_last_period(call.db, standing);
        if (!period || !period->parent_id) break;
        standing = *period->parent_id;
    }
    call.require(read_permission, standing);
    return {row->id, row->code, row->established_on, row->dissolved_on, periods_of(call.db, row->id)};
}

KindList read_kinds(const Call& call) {
    KindList list;
    const auto below = list_kinds_below(call.db);
    for (KindRow& kind : list_kinds(call.db)) {
        KindPage page{kind.key,   kind.name_vi,   kind.name_en,     kind.name_hi,
                      kind.level, kind.is_judged, kind.has_members, {}};
        for (const KindBelow& pair : below)
            if (pair.kind == kind.key) page.may_stand_below.push_back(pair.parent_kind);
        list.kinds.push_back(std::move(page));
    }
    return list;
}

}  // namespace gw::organisation
