#include "fact_files/year.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <memory>
#include <set>

#include "fact_files/csv_columns.h"
#include "fact_files/placement.h"

namespace gw::fact_files {
namespace {

using evaluation::Column;
using evaluation::Domain;
using evaluation::Numbers;
using evaluation::Range;
using evaluation::Rulebook;

constexpr Range any_id{0, std::numeric_limits<std::int64_t>::max()};

// The facts of one domain that any of the rulebooks asks for, within what all of them allow.
void add_facts(const std::vector<const Rulebook*>& rulebooks, Domain domain,
               std::vector<WantedColumn>& wanted) {
    for (const Rulebook* rulebook : rulebooks)
        for (const evaluation::Fact& fact : rulebook->facts) {
            if (fact.domain != domain) continue;
            const auto known = std::find_if(wanted.begin(), wanted.end(), [&](const WantedColumn& one) {
                return one.names.front() == fact.key;
            });
            if (known == wanted.end()) {
                wanted.push_back({{fact.key}, {fact.lowest, fact.highest}, true});
                continue;
            }
            known->range.lowest = std::max(known->range.lowest, fact.lowest);
            known->range.highest = std::min(known->range.highest, fact.highest);
        }
}

class YearReader {
public:
    YearReader(const std::vector<const Rulebook*>& rulebooks, const YearFiles& files, Findings& findings,
               Progress& progress)
        : rulebooks_(rulebooks), files_(files), findings_(findings), progress_(progress) {}

    Year read() {
        read_units();
        read_facts_of_units();
        read_members();
        if (!findings_.is_empty()) return {};
        return std::move(year_);
    }

private:
    void read_units() {
        const WantedColumn wanted[] = {{{"unit_id"}, any_id, false},
                                       {{"parent_id"}, {-1, any_id.highest}, true},
                                       {{"kind"}, {0, std::numeric_limits<std::int32_t>::max()}, false}};
        Findings found;
        CsvTable table = read_columns(files_.units, wanted, found, progress_);
        if (found.is_empty() && table.rows == 0) found.add({files_.units, 0, "", "has no units"});
        if (found.is_empty()) check_kinds(table, found);
        if (found.is_empty()) make_tree(table, found);
        findings_.add(found);
        has_tree_ = found.is_empty();
    }

    void check_kinds(const CsvTable& table, Findings& found) const {
        std::set<std::int64_t> known;
        for (const Rulebook* rulebook : rulebooks_)
            for (const evaluation::Named& kind : rulebook->kinds) known.insert(kind.number);
        for (std::size_t row = 0; row < table.rows; ++row) {
            const std::int64_t kind = table.columns[2].values[row];
            if (!known.contains(kind))
                found.add({files_.units, table.line_of(row), "kind",
                           "the rulebook has no kind of unit " + std::to_string(kind)});
        }
    }

    void make_tree(CsvTable& table, Findings& found) {
        progress_.begin("putting units in order");
        std::vector<std::int64_t> parents = table.columns[1].values.to_vector();
        const std::vector<std::uint8_t>& has_parent = table.columns[1].given;
        for (std::size_t row = 0; row < has_parent.size(); ++row)
            if (has_parent[row] == 0) parents[row] = -1;
        std::vector<std::int32_t> kinds(table.rows);
        for (std::size_t row = 0; row < table.rows; ++row)
            kinds[row] = static_cast<std::int32_t>(table.columns[2].values[row]);
        evaluation::TreeBuild built =
            evaluation::build_tree(table.columns[0].values.to_vector(), parents, kinds);
        for (const evaluation::Problem& problem : built.problems)
            found.add({files_.units,
                       problem.row < 0 ? 0 : table.line_of(static_cast<std::size_t>(problem.row)),
                       problem.column == "id" ? "unit_id" : problem.column, problem.message});
        if (!found.is_empty()) return;
        year_.units.ids = placed(std::move(table.columns[0]), built.row_at_position, table.ranges[0]).values;
        year_.tree = std::move(built.tree);
        position_of_id_ = std::make_unique<IdIndex>(year_.units.ids);
    }

    // Places of the tree for a column of unit ids; -1 and a finding for a unit that is not there.
    std::vector<std::int32_t> positions(const CsvTable& table, std::size_t column, const std::string& name,
                                        Findings& found) const {
        std::vector<std::int32_t> result(table.rows);
        const Numbers& ids = table.columns[column].values;
        std::atomic<bool> is_any_unknown = false;
        ids.visit([&](auto values) {
            tbb::parallel_for(tbb::blocked_range<std::size_t>(0, table.rows, 1 << 16), [&](const auto& part) {
                bool is_unknown = false;
                for (std::size_t row = part.begin(); row < part.end(); ++row) {
                    result[row] = position_of_id_->find(static_cast<std::int64_t>(values[row]));
                    is_unknown |= result[row] < 0;
                }
                if (is_unknown) is_any_unknown = true;
            });
        });
        for (std::size_t row = 0; is_any_unknown && row < table.rows; ++row)
            if (result[row] < 0)
                found.add({table.file, table.line_of(row), name,
                           "there is no unit " + std::to_string(ids[row]) + " in " + files_.units});
        return result;
    }

    void check_repeated(const CsvTable& table, const std::string& name, Findings& found) const {
        for (const std::size_t row : repeated_rows(table.columns[0].values, table.ranges[0]))
            found.add({table.file, table.line_of(row), name,
                       "the id " + std::to_string(table.columns[0].values[row]) +
                           " stands on an earlier line too"});
    }

    void read_facts_of_units() {
        std::vector<WantedColumn> wanted{{{"unit_id"}, any_id, false}};
        add_facts(rulebooks_, Domain::unit, wanted);
        Findings found;
        CsvTable table = read_columns(files_.unit_facts, wanted, found, progress_);
        if (found.is_empty()) check_repeated(table, "unit_id", found);
        if (found.is_empty() && has_tree_) place_facts_of_units(table, found);
        findings_.add(found);
    }

    void place_facts_of_units(CsvTable& table, Findings& found) {
        const std::vector<std::int32_t> position_of_row = positions(table, 0, "unit_id", found);
        if (!found.is_empty()) return;
        std::vector<std::int32_t> row_at(year_.tree.size(), -1);
        for (std::size_t row = 0; row < table.rows; ++row)
            row_at[static_cast<std::size_t>(position_of_row[row])] = static_cast<std::int32_t>(row);
        std::vector<std::size_t> without;
        for (std::size_t position = 0; position < row_at.size(); ++position) {
            if (row_at[position] >= 0) continue;
            if (is_judged(year_.tree.kind[position]))
                found.add({table.file, 0, "",
                           "the unit " + std::to_string(year_.units.ids[position]) +
                               " has no row, and is to be judged"});
            without.push_back(position);
            row_at[position] = 0;
        }
        if (!found.is_empty()) return;
        if (table.rows == 0) return add_unknown_facts(table);
        for (std::size_t i = 1; i < table.columns.size(); ++i) {
            year_.units.columns.push_back(placed(std::move(table.columns[i]), row_at, table.ranges[i]));
            Column& column = year_.units.columns.back();
            if (!without.empty() && column.given.empty()) column.given.assign(row_at.size(), 1);
            for (const std::size_t position : without) column.given[position] = 0;
        }
    }

    // No unit has facts, and none needs them.
    void add_unknown_facts(const CsvTable& table) {
        for (std::size_t i = 1; i < table.columns.size(); ++i) {
            year_.units.add(table.columns[i].name);
            year_.units.columns.back().given.assign(year_.units.rows(), 0);
        }
    }

    bool is_judged(std::int64_t kind) const {
        for (const Rulebook* rulebook : rulebooks_)
            for (const evaluation::Subject& subject : rulebook->subjects)
                if (subject.domain == Domain::unit &&
                    std::find(subject.kinds.begin(), subject.kinds.end(), kind) != subject.kinds.end())
                    return true;
        return false;
    }

    void read_members() {
        std::vector<WantedColumn> wanted{{{"member_id"}, any_id, false},
                                         {{"cell_id", "unit_id"}, any_id, false}};
        add_facts(rulebooks_, Domain::member, wanted);
        Findings found;
        CsvTable table = read_columns(files_.member_facts, wanted, found, progress_);
        progress_.begin("putting members in order", static_cast<std::int64_t>(wanted.size()));
        if (found.is_empty()) check_repeated(table, "member_id", found);
        if (found.is_empty() && has_tree_) place_members(table, found);
        findings_.add(found);
    }

    void place_members(CsvTable& table, Findings& found) {
        std::vector<std::int32_t> rows;
        {
            std::vector<std::int32_t> position_of_row = positions(table, 1, "cell_id", found);
            if (!found.is_empty()) return;
            rows = rows_by_key(position_of_row, year_.tree.size());
            year_.member_units.resize(rows.size());
            tbb::parallel_for(
                tbb::blocked_range<std::size_t>(0, rows.size(), 1 << 16), [&](const auto& part) {
                    for (std::size_t place = part.begin(); place < part.end(); ++place)
                        year_.member_units[place] = position_of_row[static_cast<std::size_t>(rows[place])];
                });
        }
        table.columns[1].values = {};
        // A column at a time, so that the old and the new order never stand in memory together.
        year_.members.ids = placed(std::move(table.columns[0]), rows, table.ranges[0]).values;
        for (std::size_t i = 2; i < table.columns.size(); ++i) {
            year_.members.columns.push_back(placed(std::move(table.columns[i]), rows, table.ranges[i]));
            progress_.advance(1);
        }
    }

    const std::vector<const Rulebook*>& rulebooks_;
    const YearFiles& files_;
    Findings& findings_;
    Progress& progress_;
    Year year_;
    bool has_tree_ = false;
    std::unique_ptr<IdIndex> position_of_id_;
};

}  // namespace

Year read_year(const std::vector<const Rulebook*>& rulebooks, const YearFiles& files, Findings& findings,
               Progress& progress) {
    return YearReader(rulebooks, files, findings, progress).read();
}

}  // namespace gw::fact_files
