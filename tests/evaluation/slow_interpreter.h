// The same evaluation, slow and obvious: one row at a time, formulas walked as trees, subtrees as lists of
// who is in them, groups found by asking everybody. It shares the rulebook's structs with the engine and
// nothing else. It also counts the difficult things that it met.
#pragma once
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "evaluation/slow_formula.h"

namespace gw::slow {

// How a cap group came out: who earned the class, in order, and where the line is.
struct Line {
    Number base = 0, allowed = 0;
    std::vector<Number> ids;
};

struct Row {
    Number score = 0, maximum = 0, pre = 0, cls = 0, bits = 0, weak = 0;
    State state = State::no_subject;
    bool has_pre = false, is_final = false;
    Number by_thresholds = 0;
    Values values;  // facts and constants, later aggregates, inputs, results
    std::shared_ptr<const Line> line;
};

class Interpreter {
public:
    Interpreter(const evaluation::Rulebook& rulebook, const evaluation::Evaluation& input)
        : book_(rulebook), in_(input), members(input.members.rows()), units(input.tree.size()) {
        direct_.resize(units.size());
        below_.resize(units.size());
        members_of_.resize(units.size());
        for (std::size_t i = 0; i < members.size(); ++i)
            members_of_[static_cast<std::size_t>(in_.member_units[i])].push_back(i);
        for (std::size_t i = 0; i < units.size(); ++i) {
            int above = in_.tree.parent[i];
            if (above >= 0) direct_[static_cast<std::size_t>(above)].push_back(i);
            for (; above >= 0; above = in_.tree.parent[static_cast<std::size_t>(above)])
                below_[static_cast<std::size_t>(above)].push_back(i);
        }
        for (std::size_t i = 0; i < members.size(); ++i)
            members[i].values = facts(evaluation::Domain::member, in_.members, i);
        for (std::size_t i = 0; i < units.size(); ++i) {
            units[i].values = facts(evaluation::Domain::unit, in_.units, i);
            units[i].values["kind"] = in_.tree.kind[i];
        }
        for (const auto& subject : book_.subjects)
            if (subject.domain == evaluation::Domain::member) {
                for (Row& member : members) score(subject, member);
                cap_members(subject);
            }
        for (Row& member : members) finish(member, nullptr);
        for (bool moved = true; moved;) moved = step();
        for (std::size_t u = 0; u < units.size(); ++u) {
            Values counts;
            for (const auto& counter : book_.counters) counts[counter.key] = count(counter, u);
            rollup.push_back(std::move(counts));
        }
        std::sort(caps.begin(), caps.end());
        for (const auto* rows : {&members, &units})
            for (const Row& row : *rows) ++seen.states[static_cast<std::size_t>(row.state)];
        for (const auto& subject : book_.subjects)
            for (const auto& c : subject.criteria) ++seen.scorings[static_cast<std::size_t>(c.scoring)];
    }

    // The class of a row that had this value for a fact or aggregate, everybody else as they are.
    Number class_with(bool is_member, std::size_t row, const std::string& name, Number value) const {
        const evaluation::Subject* s = is_member ? member_subject() : subject_of(row);
        Row changed;
        changed.values = (is_member ? members : units)[row].values;
        changed.values[name] = value;
        changed.values["given " + name] = 1;
        score(*s, changed);
        if (!s->cap || changed.pre == 0) return changed.cls;
        const std::vector<std::size_t> group = is_member ? member_group(row, *s) : group_of(row, *s);
        std::vector<Row> others;
        for (const std::size_t other : group)
            others.push_back(other == row ? changed : copy_for_cap((is_member ? members : units)[other]));
        std::vector<std::pair<Row*, Number>> ranked;
        std::size_t own = 0;
        for (std::size_t i = 0; i < group.size(); ++i) {
            if (group[i] == row) own = i;
            ranked.push_back({&others[i], (is_member ? in_.members : in_.units).ids[group[i]]});
        }
        const Seen before = seen;
        cap(*s, ranked);
        seen = before;
        return others[own].cls;
    }

    const evaluation::Subject* member_subject() const {
        for (const auto& subject : book_.subjects)
            if (subject.domain == evaluation::Domain::member) return &subject;
        return nullptr;
    }
    const evaluation::Subject* subject_of(std::size_t unit) const {
        for (const auto& s : book_.subjects)
            for (const Number kind : s.kinds)
                if (kind == in_.tree.kind[unit]) return &s;
        return nullptr;
    }

private:
    const evaluation::Rulebook& book_;
    const evaluation::Evaluation& in_;
    std::vector<std::vector<std::size_t>> direct_, below_, members_of_;  // by unit

public:
    std::vector<Row> members;
    std::vector<Row> units;
    std::vector<Values> rollup;
    std::vector<evaluation::CapOutcome> caps;

private:
    static Row copy_for_cap(const Row& row) {
        Row copy = row;
        copy.cls = copy.pre;
        return copy;
    }

    Values facts(evaluation::Domain domain, const evaluation::Table& table, std::size_t row) const {
        Values values;
        for (const auto& fact : book_.facts) {
            if (fact.domain != domain) continue;
            const evaluation::Column* column = table.find(fact.key);
            const bool is_given = column != nullptr && (column->given.empty() || column->given[row] != 0);
            values[fact.key] = is_given ? column->values[row] : fact.filler();
            values["given " + fact.key] = is_given;
        }
        for (const auto& one : book_.classes) values["class." + one.key] = one.number;
        for (const auto& one : book_.levels) values["level." + one.key] = one.number;
        for (const auto& one : book_.kinds) values["kind." + one.key] = one.number;
        return values;
    }

public:
    // Whether every required fact behind a formula is known.
    bool is_known(const evaluation::Subject& s, const Expression& e, const Row& row) const {
        for (const Expression& operand : e.operands)
            if (!is_known(s, operand, row)) return false;
        if (e.operation != Operation::name) return true;
        for (const auto& derived : s.derived)
            if (derived.key == e.name) return is_known(s, derived.formula.expression, row);
        for (const auto& c : s.criteria)
            if (e.name == "input." + c.key || e.name == "points." + c.key) return is_known(s, c, row);
        for (const auto& fact : book_.facts)
            if (fact.domain == s.domain && fact.key == e.name && !fact.when_missing)
                return row.values.at("given " + fact.key) != 0;
        return true;
    }

private:
    bool is_known(const evaluation::Subject& s, const evaluation::Criterion& c, const Row& row) const {
        bool known = is_known(s, c.input.expression, row) && is_known(s, c.applies_when.expression, row);
        for (const auto& choice : c.choices) known = known && is_known(s, choice.when.expression, row);
        return known;
    }

    void score(const evaluation::Subject& s, Row& row) const {
        Values& v = row.values;
        for (const auto& derived : s.derived) v[derived.key] = compute(derived.formula.expression, v);
        bool known = true;
        Number total = 0;
        for (const auto& c : s.criteria) {
            known = known && is_known(s, c, row);
            Number input = 0;
            Number points = c.otherwise;
            if (c.scoring == evaluation::Scoring::choice) {
                for (std::size_t i = 0; i < c.choices.size() && input == 0; ++i)
                    if (compute(c.choices[i].when.expression, v) != 0) {
                        input = static_cast<Number>(i) + 1;
                        points = c.choices[i].points;
                    }
            } else {
                input = compute(c.input.expression, v);
                points = score_by(c.scoring, c.points, c.otherwise, c.maximum, input);
            }
            const bool applies = c.applies_when.is_empty() || compute(c.applies_when.expression, v) != 0;
            v["input." + c.key] = input;
            v["points." + c.key] = applies ? points : 0;
            total += applies ? points : 0;
            row.maximum += applies ? c.maximum : 0;
        }
        for (const auto& d : s.deductions) {
            known = known && is_known(s, d.amount.expression, row);
            const Number amount = compute(d.amount.expression, v);
            total -= d.scoring == evaluation::Scoring::direct
                         ? amount
                         : score_by(d.scoring, d.points, d.otherwise, 0, amount);
        }
        row.score = std::max<Number>(0, total);
        v["score"] = row.score;
        classify(s, row, known);
        row.has_pre = true;
        row.cls = row.pre;
    }

    void classify(const evaluation::Subject& s, Row& row, bool known) const {
        const Values& v = row.values;
        const auto holds = [&](const evaluation::Formula& formula) {
            return compute(formula.expression, v) != 0;
        };
        Number lowest = book_.classes.front().number;
        for (const auto& one : book_.classes) lowest = std::min(lowest, one.number);
        Number best = lowest;
        for (const auto& t : s.thresholds) {
            bool reached = !t.minimum || row.score >= *t.minimum;
            for (const auto& r : t.requirements) {
                known = known && is_known(s, r.when.expression, row);
                reached = reached && holds(r.when);
            }
            if (reached) best = std::max(best, t.class_number);
        }
        row.by_thresholds = best;
        for (const auto& gate : s.at_most) {
            known = known && is_known(s, gate.when.expression, row);
            if (holds(gate.when)) best = std::min(best, gate.class_number);
        }
        bool is_decided = false;
        for (const auto& gate : s.class_when) {
            known = known && is_known(s, gate.when.expression, row);
            if (!is_decided && holds(gate.when)) {
                best = gate.class_number;
                is_decided = true;
            }
        }
        row.state = State::evaluated;
        for (const auto& gate : s.not_classified) {
            const bool gate_known = is_known(s, gate.when.expression, row);
            known = known && gate_known;
            if (row.state == State::evaluated && gate_known && holds(gate.when)) row.state = gate.state;
        }
        row.pre = row.state == State::evaluated ? best : 0;
        if (!known && row.state != State::exempt) {
            row.state = State::facts_missing;
            row.score = row.maximum = row.pre = 0;
        }
    }

    // Sorts those who earned the class and lowers all beyond the limit.
    evaluation::CapOutcome cap(const evaluation::Subject& s,
                               std::vector<std::pair<Row*, Number>> group) const {
        const evaluation::Cap& c = *s.cap;
        Number below = 0;
        for (const auto& one : book_.classes)
            if (one.number < c.class_number) below = std::max(below, one.number);
        Number base = 0;
        for (const auto& [row, id] : group)
            base += c.base == evaluation::CapBase::good_exclusive   ? row->pre == below
                    : c.base == evaluation::CapBase::good_or_better ? row->pre >= below
                                                                    : row->pre > 0;
        Number allowed = base * c.percent / 100;
        if (c.rounding == evaluation::Rounding::ceil && base * c.percent % 100 > 0) ++allowed;
        if (c.rounding == evaluation::Rounding::half_up && base * c.percent % 100 >= 50) ++allowed;
        const std::vector<std::pair<Row*, Number>> everybody = group;
        std::erase_if(group, [&](const auto& one) { return one.first->pre != c.class_number; });
        const auto value = [](const evaluation::TieBreak& tie, const auto& one) {
            return tie.column == "id"      ? one.second
                   : tie.column == "score" ? one.first->score
                                           : one.first->values.at(tie.column);
        };
        std::sort(group.begin(), group.end(), [&](const auto& a, const auto& b) {
            for (const auto& tie : c.tie_breaks)
                if (value(tie, a) != value(tie, b))
                    return tie.is_descending ? value(tie, a) > value(tie, b) : value(tie, a) < value(tie, b);
            return a.second < b.second;
        });
        for (std::size_t i = static_cast<std::size_t>(allowed); i < group.size(); ++i)
            group[i].first->cls = below;
        Line line{base, allowed, {}};
        for (const auto& one : group) line.ids.push_back(one.second);
        const auto shared = std::make_shared<const Line>(std::move(line));
        for (const auto& one : everybody) one.first->line = shared;
        if (allowed < static_cast<Number>(group.size())) {
            const bool is_unit = s.domain == evaluation::Domain::unit;
            ++seen.lowered[is_unit ? 1 : 0][static_cast<std::size_t>(c.group)];
            ++seen.bases[static_cast<std::size_t>(c.base)];
            ++seen.roundings[static_cast<std::size_t>(c.rounding)];
        }
        if (allowed > 0 && allowed < static_cast<Number>(group.size())) {
            const auto at = static_cast<std::size_t>(allowed);
            std::string decided = "id";
            for (std::size_t i = c.tie_breaks.size(); i-- > 0;)
                if (value(c.tie_breaks[i], group[at - 1]) != value(c.tie_breaks[i], group[at]))
                    decided = c.tie_breaks[i].column;
            ++(decided == "id"      ? seen.decided_by_id
               : decided == "score" ? seen.decided_by_score
                                    : seen.decided_by_tie_column);
        }
        evaluation::CapOutcome outcome;
        outcome.subject = static_cast<std::size_t>(&s - book_.subjects.data());
        outcome.base_count = base;
        outcome.allowed = allowed;
        outcome.candidates = static_cast<Number>(group.size());
        return outcome;
    }

    int nearest(int unit, Number kind) const {
        while (unit >= 0 && in_.tree.kind[static_cast<std::size_t>(unit)] != kind)
            unit = in_.tree.parent[static_cast<std::size_t>(unit)];
        return unit;
    }

    void cap_members(const evaluation::Subject& s) {
        if (!s.cap) return;
        std::map<int, std::vector<std::pair<Row*, Number>>> groups;
        for (std::size_t m = 0; m < members.size(); ++m) {
            int key = in_.member_units[m];
            if (s.cap->group == evaluation::CapGroup::whole) key = -1;
            if (s.cap->group == evaluation::CapGroup::ancestor) key = nearest(key, s.cap->ancestor_kind);
            groups[key].push_back({&members[m], in_.members.ids[m]});
        }
        for (auto& [key, group] : groups) {
            caps.push_back(cap(s, group));
            caps.back().group = key;
        }
    }

    std::vector<std::size_t> member_group(std::size_t row, const evaluation::Subject& s) const {
        std::vector<std::size_t> group;
        const auto key = [&](std::size_t member) {
            const int unit = in_.member_units[member];
            if (s.cap->group == evaluation::CapGroup::whole) return -1;
            return s.cap->group == evaluation::CapGroup::ancestor ? nearest(unit, s.cap->ancestor_kind)
                                                                  : unit;
        };
        for (std::size_t other = 0; other < members.size(); ++other)
            if (key(other) == key(row)) group.push_back(other);
        return group;
    }

    void finish(Row& row, const evaluation::Subject* s) {
        Values& v = row.values;
        v["score"] = row.score;
        v["pre_class"] = row.pre;
        v["final_class"] = row.cls;
        v["is_evaluated"] = row.state == State::evaluated;
        v["is_exempt"] = row.state == State::exempt;
        v["is_not_evaluated"] = row.state == State::not_evaluated || row.state == State::facts_missing;
        v["is_weak"] = 0;
        row.is_final = true;
        if (s == nullptr || s->weak_reasons.empty() || row.cls == 0) return;
        for (const auto& reason : s->weak_reasons) {
            const bool holds = compute(reason.when.expression, v) != 0;
            v["reason." + reason.key] = holds;
            if (holds) row.bits |= reason.bit;
        }
        row.weak = compute(s->weak_when.expression, v) != 0;
        v["is_weak"] = row.weak;
    }

    // Scores every unit whose children are final, then settles every group that is wholly scored.
    bool step() {
        bool moved = false;
        for (std::size_t u = 0; u < units.size(); ++u) {
            if (units[u].has_pre) continue;
            bool is_ready = true;
            for (const std::size_t child : direct_[u]) is_ready = is_ready && units[child].is_final;
            if (!is_ready) continue;
            for (const auto& aggregate : book_.aggregates) units[u].values[aggregate.key] = sum(aggregate, u);
            if (const auto* s = subject_of(u)) score(*s, units[u]);
            units[u].has_pre = true;
            moved = true;
        }
        for (std::size_t u = 0; u < units.size(); ++u) {
            if (units[u].is_final || !units[u].has_pre) continue;
            const auto* s = subject_of(u);
            std::vector<std::size_t> group{u};
            if (s != nullptr && s->cap) group = group_of(u, *s);
            bool is_ready = true;
            for (const std::size_t other : group) is_ready = is_ready && units[other].has_pre;
            if (!is_ready) continue;
            if (s != nullptr && s->cap) {
                std::vector<std::pair<Row*, Number>> rows;
                for (const std::size_t other : group) rows.push_back({&units[other], in_.units.ids[other]});
                caps.push_back(cap(*s, rows));
                caps.back().kind = s->cap->group == evaluation::CapGroup::parent ? 0 : in_.tree.kind[u];
                caps.back().group = s->cap->group == evaluation::CapGroup::whole ? -1
                                    : s->cap->group == evaluation::CapGroup::ancestor
                                        ? nearest(static_cast<int>(u), s->cap->ancestor_kind)
                                        : in_.tree.parent[u];
            }
            for (const std::size_t other : group) finish(units[other], s);
            moved = true;
        }
        return moved;
    }

    std::vector<std::size_t> group_of(std::size_t u, const evaluation::Subject& s) const {
        std::vector<std::size_t> group;
        for (std::size_t other = 0; other < units.size(); ++other) {
            const bool same_kind = in_.tree.kind[other] == in_.tree.kind[u];
            const bool same_parent = in_.tree.parent[other] == in_.tree.parent[u];
            bool is_in = false;
            switch (s.cap->group) {
                case evaluation::CapGroup::parent_and_kind: is_in = same_kind && same_parent; break;
                case evaluation::CapGroup::parent: is_in = same_parent && subject_of(other) == &s; break;
                case evaluation::CapGroup::whole: is_in = same_kind; break;
                case evaluation::CapGroup::ancestor:
                    is_in = same_kind && nearest(static_cast<int>(other), s.cap->ancestor_kind) ==
                                             nearest(static_cast<int>(u), s.cap->ancestor_kind);
                    break;
            }
            if (is_in) group.push_back(other);
        }
        return group;
    }

    // What final rows count for, found once for every aggregate and counter.
    using Shares = std::vector<std::optional<Number>>;
    static Number share(const evaluation::Formula& of, const evaluation::Formula& where,
                        const std::vector<Row>& rows, std::size_t row, Shares& known) {
        known.resize(rows.size());
        if (!known[row]) {
            const Values& v = rows[row].values;
            const bool counts = where.is_empty() || compute(where.expression, v) != 0;
            known[row] = !counts ? 0 : of.is_empty() ? 1 : compute(of.expression, v);
        }
        return *known[row];
    }

    Number sum(const evaluation::Aggregate& a, std::size_t u) {
        Shares& known = shares_[a.key];
        Number total = 0;
        const bool is_subtree =
            a.over == evaluation::Over::subtree || a.over == evaluation::Over::subtree_members;
        if (a.over == evaluation::Over::members || a.over == evaluation::Over::subtree_members) {
            const auto add = [&](std::size_t unit) {
                for (const std::size_t m : members_of_[unit])
                    total += share(a.of, a.where, members, m, known);
            };
            add(u);
            if (is_subtree)
                for (const std::size_t unit : below_[u]) add(unit);
            return total;
        }
        for (const std::size_t other : is_subtree ? below_[u] : direct_[u])
            total += share(a.of, a.where, units, other, known);
        return total;
    }

    Number count(const evaluation::Counter& c, std::size_t u) {
        Shares& known = shares_["counter " + c.key];
        Number total = 0;
        const auto add = [&](std::size_t unit) {
            if (c.domain == evaluation::Domain::unit) total += share(c.of, c.when, units, unit, known);
            else
                for (const std::size_t m : members_of_[unit]) total += share(c.of, c.when, members, m, known);
        };
        add(u);
        for (const std::size_t unit : below_[u]) add(unit);
        return total;
    }

    std::map<std::string, Shares> shares_;
};

}  // namespace gw::slow
