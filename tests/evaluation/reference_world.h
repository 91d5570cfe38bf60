// The reference job in memory as the engine reads it, and the checksums of what the engine answers.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "evaluation/evaluate.h"
#include "evaluation/reference_job.h"

namespace gw::reference_job {

// Units are numbered level by level; `units` is in these numbers, not yet in pre-order.
class World : public Organisation {
public:
    World(const Scale& scale, std::uint64_t seed) : Organisation(scale, seed) {
        for (std::size_t unit = 0; unit < unit_count(); ++unit) ids.push_back(static_cast<Number>(unit));
        for (const std::string_view name : unit_columns) units.add(std::string(name));
        for (const Number id : ids) add_row(units, id, unit_year(static_cast<std::size_t>(id)));
        for (const std::string_view name : member_columns) members.add(std::string(name));
        each_member([this](const Member& member) {
            add_row(members, member.id, member.year);
            cell_of_member.push_back(member.cell);
        });
    }

    std::vector<Number> ids;
    evaluation::Table units;
    evaluation::Table members;
    std::vector<Number> cell_of_member;

private:
    template <class Year>
    static void add_row(evaluation::Table& table, Number id, const Year& year) {
        for (std::size_t i = 0; i < year.size(); ++i) table.columns[i].values.push_back(year[i]);
        table.ids.push_back(id);
    }
};

// A world in the order that the engine reads: pre-order positions, unit facts by position.
struct Ordered {
    explicit Ordered(const World& world)
        : built(evaluation::build_tree(world.ids, world.parents, world.kinds)), members(world.members) {
        for (const std::string_view name : unit_columns) units.columns.push_back({std::string(name), {}, {}});
        for (const std::int32_t row : built.row_at_position) {
            const auto from = static_cast<std::size_t>(row);
            units.ids.push_back(world.ids[from]);
            for (std::size_t i = 0; i < units.columns.size(); ++i)
                units.columns[i].values.push_back(world.units.columns[i].values[from]);
        }
        for (const Number cell : world.cell_of_member)
            member_units.push_back(built.position_of_row[static_cast<std::size_t>(cell)]);
    }
    evaluation::Evaluation input() const { return {built.tree, units, members, member_units}; }

    evaluation::TreeBuild built;
    evaluation::Table units;
    evaluation::Table members;
    std::vector<std::int32_t> member_units;
};

// The checksum of a table of results: row hashes summed, so the order of rows does not matter.
class Checksum {
public:
    void add(const std::vector<Number>& row) {
        Number hash = row[0] + 1;
        for (std::size_t i = 1; i < row.size(); ++i) hash = (hash * 1000033 + row[i] + 1) % 2147483647;
        sum_ += hash;
        ++rows_;
    }
    std::string text() const { return std::to_string(rows_) + " " + std::to_string(sum_); }

private:
    Number rows_ = 0;
    Number sum_ = 0;
};

// The four checksums: members, units, roll-up, weak list.
inline std::array<std::string, 4> checksums(const Ordered& world, const evaluation::Result& result) {
    std::array<Checksum, 4> sums;
    const evaluation::Numbers& ids = world.units.ids;
    for (std::size_t m = 0; m < world.members.rows(); ++m)
        sums[0].add({world.members.ids[m], ids[static_cast<std::size_t>(world.member_units[m])],
                     result.members.score[m], result.members.pre_class[m], result.members.final_class[m]});
    for (std::size_t u = 0; u < ids.size(); ++u) {
        if (world.built.tree.kind[u] > 0)
            sums[1].add({ids[u], result.units.score[u], result.units.pre_class[u],
                         result.units.final_class[u], result.units.weak_bits[u]});
        std::vector<Number> row{ids[u]};
        for (const evaluation::Column& column : result.rollup.columns) row.push_back(column.values[u]);
        sums[2].add(row);
    }
    // The list is ranked by kind; the kinds of the job are numbered from the top.
    Number rank = 0;
    for (const evaluation::WeakUnit& weak : result.weak)
        sums[3].add({++rank, ids[static_cast<std::size_t>(weak.position)], weak.score, weak.bits});
    return {sums[0].text(), sums[1].text(), sums[2].text(), sums[3].text()};
}

}  // namespace gw::reference_job
