#include <map>
#include <unordered_map>

#include "exchange/plan.h"
#include "organisation/tree.h"
#include "platform/files/files.h"

namespace gw::exchange {

namespace {

constexpr std::size_t batch = 1000;
constexpr std::size_t longest_code = 40;  // characters
constexpr std::size_t longest_name = 200;

class UnitPlanner {
public:
    UnitPlanner(const Call& call, const FileRows<UnitRow>& file)
        : call_(call), file_(file), tree_(*call.tree) {
        plan_.mistakes = file.mistakes;
        plan_.row_count = file.row_count;
        plan_.ignored_columns = file.columns->ignored();
    }

    UnitPlan make() {
        for (int position = 0; position < tree_.size(); ++position)
            known_.emplace(tree_.at(position).code, position);
        for (std::size_t i = 0; i < file_.rows.size(); ++i) note_code(i);
        for (std::size_t i = 0; i < file_.rows.size() && !plan_.mistakes.is_full(); ++i) check(i);
        plan_.mistakes.finish();
        if (plan_.mistakes.list().empty()) order_added();
        plan_.fingerprint = sha256_of(traces_);
        return std::move(plan_);
    }

private:
    void wrong(const UnitRow& row, std::string_view field, std::string_view value, std::string key,
               std::vector<std::pair<std::string, std::string>> arguments = {}) {
        plan_.mistakes.add(
            file_.columns->mistake(row.row, field, value, std::move(key), std::move(arguments)));
    }

    void note_code(std::size_t index) {
        const UnitRow& row = file_.rows[index];
        if (row.code.empty()) return;
        if (const auto [first, is_first] = index_of_code_.emplace(row.code, index); !is_first)
            wrong(row, "code", row.code, "exchange.code_twice",
                  {{"row", std::to_string(file_.rows[first->second].row)}});
    }

    std::optional<int> find_known(std::string_view code) const {
        const auto found = known_.find(code);
        return found == known_.end() ? std::nullopt : std::optional(found->second);
    }

    // A kind by its key or its name in any of the three languages.
    std::string kind_key(const std::string& word) {
        if (const auto found = kinds_.find(word); found != kinds_.end()) return found->second;
        std::string key;
        const std::string wanted = comparable(word);
        for (const auto& kind : tree_.kinds())
            for (const std::string& name : {kind.key, kind.name_vi, kind.name_en, kind.name_hi})
                if (key.empty() && comparable(name) == wanted) key = kind.key;
        return kinds_.emplace(word, key).first->second;
    }

    bool may_stand_below(const std::string& kind, const std::string& parent_kind) {
        const auto pair = std::pair(kind, parent_kind);
        if (const auto found = allowed_.find(pair); found != allowed_.end()) return found->second;
        return allowed_.emplace(pair, organisation::may_stand_below(call_.db, kind, parent_kind))
            .first->second;
    }

    void check(std::size_t index) {
        const UnitRow& row = file_.rows[index];
        check_text(row, "code", row.code, longest_code);
        check_text(row, "name", row.name, longest_name);
        if (row.from_on && *row.from_on > call_.today)
            wrong(row, "from_on", to_text(*row.from_on), "members.day_in_future");
        const std::string kind = kind_key(row.kind);
        if (kind.empty() && !row.kind.empty())
            wrong(row, "kind", row.kind, "exchange.no_such_kind", {{"kinds", kind_names()}});
        const auto known = find_known(row.code);
        const bool has_parent = check_parent(index, kind, known);
        if (row.code.empty() || !has_parent || plan_.mistakes.has_row(row.row)) return;
        if (known) keep_known(row, *known, kind);
        else keep_new(index, kind);
    }

    void check_text(const UnitRow& row, const char* field, std::string_view text, std::size_t longest) {
        if (character_count(text) > longest)
            wrong(row, field, text, "members.too_long", {{"characters", std::to_string(longest)}});
        for (const char c : text) {
            if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) continue;
            wrong(row, field, text, "members.control_character");
            break;
        }
    }

    // True when the place of the unit is known and allowed.
    bool check_parent(std::size_t index, const std::string& kind, std::optional<int> known) {
        const UnitRow& row = file_.rows[index];
        if (row.parent_code.empty()) {
            const bool is_root = known ? tree_.at(*known).parent < 0 : tree_.size() == 0;
            if (!is_root) wrong(row, "parent_code", "", "exchange.cell_missing");
            return is_root && check_reach(row, known);
        }
        std::string parent_kind;
        const auto known_parent = find_known(row.parent_code);
        const auto parent_in_file = index_of_code_.find(row.parent_code);
        if (known_parent) {
            parent_kind = tree_.kind_of(*known_parent).key;
            if (!may_bring_in(call_, Subject::units, tree_.at(*known_parent).id)) {
                wrong(row, "parent_code", row.parent_code, "exchange.out_of_reach");
                return false;
            }
        } else if (parent_in_file != index_of_code_.end()) {
            if (known) {
                wrong(row, "parent_code", row.parent_code, "exchange.move_below_added_unit");
                return false;
            }
            if (!check_chain(index)) return false;
            parent_kind = kind_key(file_.rows[parent_in_file->second].kind);
        } else {
            wrong(row, "parent_code", row.parent_code, "exchange.no_such_unit");
            return false;
        }
        if (!kind.empty() && !parent_kind.empty() && !may_stand_below(kind, parent_kind)) {
            wrong(row, "kind", row.kind, "exchange.kind_not_below", {{"parent", row.parent_code}});
            return false;
        }
        return check_reach(row, known);
    }

    bool check_reach(const UnitRow& row, std::optional<int> known) {
        if (!known || may_bring_in(call_, Subject::units, tree_.at(*known).id)) return true;
        wrong(row, "code", row.code, "exchange.out_of_reach");
        return false;
    }

    // Walks up through the units of the file: they must end at a unit that exists, not in a circle.
    bool check_chain(std::size_t index) {
        std::size_t at = index;
        for (std::size_t steps = 0; steps <= file_.rows.size(); ++steps) {
            const auto parent = index_of_code_.find(file_.rows[at].parent_code);
            if (parent == index_of_code_.end() || find_known(file_.rows[at].parent_code)) return true;
            at = parent->second;
            if (at == index) break;
            if (steps > most_depth) break;
        }
        wrong(file_.rows[index], "parent_code", file_.rows[index].parent_code, "exchange.circle");
        return false;
    }

    void keep_known(const UnitRow& row, int position, const std::string& kind) {
        const auto& unit = tree_.at(position);
        if (kind != tree_.kind_of(position).key) {
            wrong(row, "kind", row.kind, "exchange.kind_differs", {{"kind", tree_.kind_of(position).key}});
            return;
        }
        UnitChange change{unit.id, {}, {}, call_.today};
        SampleRow sample{static_cast<std::int64_t>(row.row), RowOutcome::changed, row.code, row.name, {}};
        if (row.name != unit.name) {
            change.name = row.name;
            sample.changes.push_back({"name", unit.name, row.name});
        }
        const std::string parent_code = unit.parent < 0 ? std::string() : tree_.at(unit.parent).code;
        if (!row.parent_code.empty() && row.parent_code != parent_code) {
            const int parent = *find_known(row.parent_code);
            if (tree_.is_within(parent, tree_.reach(position))) {
                wrong(row, "parent_code", row.parent_code, "exchange.circle");
                return;
            }
            change.parent_id = tree_.at(parent).id;
            sample.changes.push_back({"parent_code", parent_code, row.parent_code});
        }
        if (sample.changes.empty()) {
            ++plan_.unchanged_count;
            return;
        }
        ++plan_.changed_count;
        for (const auto& [field, before, after] : sample.changes)
            traces_ += "changed " + row.code + " " + field + " " + before + " " + after + "\n";
        add_sample(std::move(sample));
        plan_.to_change.push_back(std::move(change));
    }

    void keep_new(std::size_t index, const std::string& kind) {
        const UnitRow& row = file_.rows[index];
        // No unit of today has the code, so whoever has it is dissolved or yet to come.
        if (organisation::find_unit_with_code(call_.db, row.code)) {
            wrong(row, "code", row.code, "exchange.code_of_former_unit");
            return;
        }
        ++plan_.new_count;
        traces_ += "added " + row.code + " " + row.parent_code + "\n";
        add_sample({static_cast<std::int64_t>(row.row), RowOutcome::added, row.code, row.name, {}});
        added_.push_back({index, kind});
    }

    void add_sample(SampleRow sample) {
        if (plan_.sample.size() < most_sample_rows) plan_.sample.push_back(std::move(sample));
    }

    int depth_in_file(std::size_t index) const {
        int depth = 0;
        for (std::size_t at = index; !find_known(file_.rows[at].parent_code); ++depth) {
            const auto parent = index_of_code_.find(file_.rows[at].parent_code);
            if (parent == index_of_code_.end()) break;
            at = parent->second;
        }
        return depth;
    }

    // Parents before their children, wherever they stand in the file.
    void order_added() {
        std::vector<std::pair<int, std::size_t>> order;
        for (std::size_t i = 0; i < added_.size(); ++i) order.emplace_back(depth_in_file(added_[i].index), i);
        std::sort(order.begin(), order.end());
        std::unordered_map<std::string_view, UnitId> made;
        for (const auto& [depth, i] : order) {
            const UnitRow& row = file_.rows[added_[i].index];
            const auto unit_id = call_.new_id<UnitId>();
            UnitId parent_id;
            if (const auto known_parent = find_known(row.parent_code)) parent_id = tree_.at(*known_parent).id;
            else if (const auto made_parent = made.find(row.parent_code); made_parent != made.end())
                parent_id = made_parent->second;
            made.emplace(row.code, unit_id);
            plan_.to_add.push_back(
                {unit_id, parent_id, row.code, row.name, added_[i].kind, row.from_on.value_or(call_.today)});
        }
    }

    std::string kind_names() const {
        std::string names;
        for (const auto& kind : tree_.kinds())
            names += (names.empty() ? "" : ", ") + (call_.language == "vi"   ? kind.name_vi
                                                    : call_.language == "hi" ? kind.name_hi
                                                                             : kind.name_en);
        return names;
    }

    static constexpr std::size_t most_depth = 60;  // deeper trees are a circle or nonsense

    struct AddedUnit {
        std::size_t index;
        std::string kind;
    };

    const Call& call_;
    const FileRows<UnitRow>& file_;
    const organisation::Tree& tree_;
    UnitPlan plan_;
    std::string traces_;
    std::unordered_map<std::string_view, int> known_;
    std::unordered_map<std::string_view, std::size_t> index_of_code_;
    std::unordered_map<std::string, std::string> kinds_;
    std::map<std::pair<std::string, std::string>, bool> allowed_;
    std::vector<AddedUnit> added_;
};

}  // namespace

UnitPlan plan_units(const Call& call, const FileRows<UnitRow>& file) {
    return UnitPlanner(call, file).make();
}

void bring_in(const Call& call, const UnitPlan& plan, std::string_view decision_number,
              const Progress& progress) {
    const std::size_t total = plan.to_add.size() + plan.to_change.size();
    const auto told = [&](std::size_t done) {
        progress(static_cast<std::int64_t>(done), static_cast<std::int64_t>(total));
    };
    for (std::size_t start = 0; start < plan.to_add.size(); start += batch) {
        const std::size_t count = std::min(batch, plan.to_add.size() - start);
        organisation::add_units(call, std::span(plan.to_add).subspan(start, count));
        told(start + count);
    }
    std::size_t done = plan.to_add.size();
    for (const UnitChange& change : plan.to_change) {
        if (change.name)
            organisation::rename(call,
                                 {change.unit_id, *change.name, change.on, std::string(decision_number)});
        if (change.parent_id)
            organisation::move(call,
                               {change.unit_id, *change.parent_id, change.on, std::string(decision_number)});
        told(++done);
    }
    if (total > 0) call.announce("units");
}

}  // namespace gw::exchange
