// The same evaluation, slow and obvious: one row at a time, formulas walked as trees, groups and subtrees
// found by asking everybody. It shares the rulebook's structs with the engine and nothing else.
#pragma once
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "evaluation/evaluate.h"

namespace gw::slow {

using evaluation::Expression;
using evaluation::Operation;
using evaluation::State;
using Number = std::int64_t;
using Values = std::map<std::string, Number>;

inline Number compute(const Expression& e, const Values& values) {
    const auto at = [&](std::size_t i) { return compute(e.operands[i], values); };
    switch (e.operation) {
        case Operation::constant: return e.value;
        case Operation::name: return values.at(e.name);
        case Operation::given: return values.at("given " + e.name);
        case Operation::add: return at(0) + at(1);
        case Operation::subtract: return at(0) - at(1);
        case Operation::multiply: return at(0) * at(1);
        case Operation::negate: return -at(0);
        case Operation::less: return at(0) < at(1);
        case Operation::less_equal: return at(0) <= at(1);
        case Operation::greater: return at(0) > at(1);
        case Operation::greater_equal: return at(0) >= at(1);
        case Operation::equal: return at(0) == at(1);
        case Operation::not_equal: return at(0) != at(1);
        case Operation::all_of: return at(0) != 0 && at(1) != 0;
        case Operation::any_of: return at(0) != 0 || at(1) != 0;
        case Operation::negation: return at(0) == 0;
        case Operation::absolute: return at(0) < 0 ? -at(0) : at(0);
        case Operation::choose: return at(0) != 0 ? at(1) : at(2);
        case Operation::divide: return at(0) / at(1);
        case Operation::ratio: return at(1) > 0 ? std::min<Number>(10000, at(0) * 10000 / at(1)) : at(2);
        case Operation::mean: return at(1) > 0 ? at(0) * at(2) / at(1) : at(3);
        case Operation::minimum:
        case Operation::maximum: {
            Number best = at(0);
            for (std::size_t i = 1; i < e.operands.size(); ++i)
                best = e.operation == Operation::minimum ? std::min(best, at(i)) : std::max(best, at(i));
            return best;
        }
    }
    return 0;
}

inline Number score_by(evaluation::Scoring scoring, const std::vector<evaluation::Point>& p, Number otherwise,
                       Number maximum, Number x) {
    switch (scoring) {
        case evaluation::Scoring::direct: return std::max<Number>(0, std::min(maximum, x));
        case evaluation::Scoring::yes_no: return x != 0 ? maximum : otherwise;
        case evaluation::Scoring::level:
            for (const auto& level : p)
                if (level.x == x) return level.y;
            return otherwise;
        case evaluation::Scoring::steps:
            for (const auto& step : p)
                if (x <= step.x) return step.y;
            return otherwise;
        case evaluation::Scoring::piecewise:
            if (x <= p.front().x) return p.front().y;
            for (std::size_t i = 1; i < p.size(); ++i) {
                if (x > p[i].x) continue;
                const Number run = p[i].x - p[i - 1].x;
                const Number rise = p[i].y - p[i - 1].y;
                if (rise >= 0) return p[i - 1].y + (x - p[i - 1].x) * rise / run;
                return p[i - 1].y - (x - p[i - 1].x) * -rise / run;
            }
            return p.back().y;
        case evaluation::Scoring::choice: break;
    }
    return 0;
}

struct Row {
    Number score = 0, maximum = 0, pre = 0, cls = 0, bits = 0, weak = 0;
    State state = State::no_subject;
    bool has_pre = false, is_final = false;
    Values values;  // facts and constants, later aggregates, inputs, results
};

class Interpreter {
public:
    Interpreter(const evaluation::Rulebook& rulebook, const evaluation::Evaluation& input)
        : book_(rulebook), in_(input), members(input.members.rows()), units(input.tree.size()) {
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
    }

private:
    const evaluation::Rulebook& book_;
    const evaluation::Evaluation& in_;

public:
    std::vector<Row> members;
    std::vector<Row> units;
    std::vector<Values> rollup;

private:
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
    void cap(const evaluation::Subject& s, std::vector<std::pair<Row*, Number>> group) const {
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
        std::erase_if(group, [&](const auto& one) { return one.first->pre != c.class_number; });
        std::sort(group.begin(), group.end(), [&](const auto& a, const auto& b) {
            for (const auto& tie : c.tie_breaks) {
                const auto value = [&](const auto& one) {
                    return tie.column == "id"      ? one.second
                           : tie.column == "score" ? one.first->score
                                                   : one.first->values.at(tie.column);
                };
                if (value(a) != value(b))
                    return tie.is_descending ? value(a) > value(b) : value(a) < value(b);
            }
            return a.second < b.second;
        });
        for (std::size_t i = static_cast<std::size_t>(allowed); i < group.size(); ++i)
            group[i].first->cls = below;
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
        for (auto& [key, group] : groups) cap(s, group);
    }

    const evaluation::Subject* subject_of(std::size_t unit) const {
        for (const auto& s : book_.subjects)
            for (const Number kind : s.kinds)
                if (kind == in_.tree.kind[unit]) return &s;
        return nullptr;
    }

    bool is_below(std::size_t unit, std::size_t ancestor) const {
        for (int at = in_.tree.parent[unit]; at >= 0; at = in_.tree.parent[static_cast<std::size_t>(at)])
            if (static_cast<std::size_t>(at) == ancestor) return true;
        return false;
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
            for (std::size_t other = 0; other < units.size(); ++other)
                if (in_.tree.parent[other] == static_cast<int>(u))
                    is_ready = is_ready && units[other].is_final;
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
                cap(*s, rows);
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

    static Number value_of(const evaluation::Formula& of, const evaluation::Formula& where, const Values& v) {
        if (!where.is_empty() && compute(where.expression, v) == 0) return 0;
        return of.is_empty() ? 1 : compute(of.expression, v);
    }

    Number sum(const evaluation::Aggregate& a, std::size_t u) const {
        Number total = 0;
        if (a.over == evaluation::Over::members || a.over == evaluation::Over::subtree_members) {
            for (std::size_t m = 0; m < members.size(); ++m) {
                const auto unit = static_cast<std::size_t>(in_.member_units[m]);
                if (unit == u || (a.over == evaluation::Over::subtree_members && is_below(unit, u)))
                    total += value_of(a.of, a.where, members[m].values);
            }
            return total;
        }
        for (std::size_t other = 0; other < units.size(); ++other)
            if (in_.tree.parent[other] == static_cast<int>(u) ||
                (a.over == evaluation::Over::subtree && is_below(other, u)))
                total += value_of(a.of, a.where, units[other].values);
        return total;
    }

    Number count(const evaluation::Counter& c, std::size_t u) const {
        Number total = 0;
        if (c.domain == evaluation::Domain::member) {
            for (std::size_t m = 0; m < members.size(); ++m) {
                const auto unit = static_cast<std::size_t>(in_.member_units[m]);
                if (unit == u || is_below(unit, u)) total += value_of(c.of, c.when, members[m].values);
            }
            return total;
        }
        for (std::size_t other = 0; other < units.size(); ++other)
            if (other == u || is_below(other, u)) total += value_of(c.of, c.when, units[other].values);
        return total;
    }
};

}  // namespace gw::slow
