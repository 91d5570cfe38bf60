// Random rulebooks, trees and facts for property tests: small, full of ties, gaps, empty units and chains.
#pragma once
#include <random>

#include "evaluation/evaluate.h"

namespace gw::slow {

class RandomWorld {
public:
    explicit RandomWorld(std::uint64_t seed) : random_(seed) {
        // A condition drawn blindly may always hold, which a rulebook is refused for; then another is drawn.
        for (;;) {
            make_rulebook();
            const auto compiled = evaluation::compile(book);
            if (compiled.plan != nullptr) {
                plan = compiled.plan;
                break;
            }
            ++refused;
        }
        make_tree();
        make_facts();
    }
    evaluation::Evaluation input() const { return {tree, units, members, member_units}; }

    evaluation::Rulebook book;
    std::shared_ptr<const evaluation::Plan> plan;
    evaluation::Tree tree;
    evaluation::Table units, members;
    std::vector<std::int32_t> member_units;
    int refused = 0;

private:
    using Number = std::int64_t;
    Number below(Number n) { return static_cast<Number>(random_() % static_cast<std::uint64_t>(n)); }
    bool chance(Number percent) { return below(100) < percent; }
    static std::string str(Number n) {
        return n < 0 ? "(0 - " + std::to_string(-n) + ")" : std::to_string(n);
    }
    static evaluation::Formula formula(std::string text) {
        evaluation::FormulaReading reading = evaluation::read_formula(text);
        return {std::move(text), std::move(reading.expression)};
    }
    template <class T>
    const T& any(const std::vector<T>& list) {
        return list[static_cast<std::size_t>(below(static_cast<Number>(list.size())))];
    }

    std::string value(const std::vector<std::string>& names, int depth) {
        if (depth == 0 || chance(25)) return chance(80) ? any(names) : str(below(30));
        const auto a = [&] { return value(names, depth - 1); };
        switch (below(11)) {
            case 0: return "(" + a() + " + " + a() + ")";
            case 1: return "(" + a() + " - " + a() + ")";
            case 2: return a() + " * " + str(below(7) - 2);
            case 3: return "min(" + a() + ", " + a() + ")";
            case 4: return "max(" + a() + ", " + a() + ", " + str(below(9) - 4) + ")";
            case 5: return "abs(" + a() + ")";
            case 6: return "div(max(0, " + a() + "), max(1, " + a() + "))";
            case 7: return "ratio(max(0, " + a() + "), " + a() + ", " + str(below(10001)) + ")";
            case 8:
                return "mean(max(0, " + a() + "), " + a() + ", " + str(below(100)) + ", " + str(below(50)) +
                       ")";
            case 9: return "if(" + condition(names, depth - 1) + ", " + a() + ", " + a() + ")";
            default: return "(-" + a() + ")";
        }
    }
    std::string condition(const std::vector<std::string>& names, int depth) {
        static const std::vector<std::string> signs{"<", "<=", ">", ">=", "=", "!="};
        if (depth > 0 && chance(30))
            return "(" + condition(names, depth - 1) + (chance(50) ? " and " : " or ") +
                   condition(names, depth - 1) + ")";
        if (depth > 0 && chance(10)) return "not (" + condition(names, depth - 1) + ")";
        return any(names) + " " + any(signs) + " " + str(1 + below(8));
    }

    void make_rulebook() {
        book = {};
        book.id = "random";
        book.edition = "1";
        book.classes = {{"d", 1, {}}, {"c", 2, {}}, {"b", 3, {}}, {"a", 4, {}}};
        book.levels = {{"low", 1, {}}, {"high", 2, {}}};
        book.kinds = {{"cell", 3, {}}, {"middle", 2, {}}, {"top", 1, {}}};
        const evaluation::Origin origin{"sample", ""};
        std::vector<std::string> member_names, unit_names;
        for (int i = 0; i < 4; ++i) {
            const std::string key(1, static_cast<char>('p' + i));
            for (const auto domain : {evaluation::Domain::member, evaluation::Domain::unit}) {
                evaluation::Fact fact;
                fact.key = key;
                fact.domain = domain;
                fact.lowest = chance(25) ? -5 : 0;
                fact.highest = 9 + below(20);
                if (chance(40)) fact.when_missing = below(5);
                fact.origin = origin;
                book.facts.push_back(fact);
            }
            member_names.push_back(key);
            unit_names.push_back(key);
        }
        std::vector<std::string> of_members = member_names, of_units = unit_names;
        for (const std::string name : {"score", "final_class", "pre_class"}) {
            of_members.push_back(name);
            of_units.push_back(name);
        }
        for (Number i = 0, n = 1 + below(5); i < n; ++i) {
            evaluation::Aggregate aggregate;
            aggregate.key = "g" + std::to_string(i);
            aggregate.over = static_cast<evaluation::Over>(below(4));
            const bool is_members = aggregate.over <= evaluation::Over::subtree_members;
            const auto& names = is_members ? of_members : of_units;
            if (chance(60)) aggregate.of = formula(value(names, 1));
            if (chance(60)) aggregate.where = formula(condition(names, 1));
            aggregate.origin = origin;
            book.aggregates.push_back(aggregate);
            unit_names.push_back(aggregate.key);
            if (chance(30)) of_units.push_back(aggregate.key);
        }
        book.subjects.push_back(subject("member", evaluation::Domain::member, {}, member_names));
        book.subjects.push_back(subject("cell", evaluation::Domain::unit, {3}, unit_names));
        if (chance(80))
            book.subjects.push_back(subject("upper", evaluation::Domain::unit,
                                            chance(70) ? std::vector<Number>{2, 1} : std::vector<Number>{2},
                                            unit_names));
        for (Number i = 0; i < 4; ++i) {
            const bool is_member = chance(50);
            std::vector<std::string> names = is_member ? of_members : of_units;
            for (const std::string name : {"is_evaluated", "is_exempt", "is_not_evaluated"})
                names.push_back(name);
            if (!is_member) names.push_back("is_weak");
            evaluation::Counter counter;
            counter.key = "n" + std::to_string(i);
            counter.domain = is_member ? evaluation::Domain::member : evaluation::Domain::unit;
            if (chance(50)) counter.of = formula(value(names, 1));
            if (chance(50)) counter.when = formula(any(names) + " != 0");
            book.counters.push_back(counter);
        }
    }

    void score_points(evaluation::Scoring scoring, std::vector<evaluation::Point>& points) {
        Number x = below(6) - 2;
        for (Number i = 0, n = 2 + below(3); i < n; ++i) {
            points.push_back({x, below(40)});
            x += 1 + below(8);
        }
        if (scoring == evaluation::Scoring::level) points = {{1, below(20)}, {2, below(20)}};
    }

    evaluation::Subject subject(const std::string& key, evaluation::Domain domain, std::vector<Number> kinds,
                                std::vector<std::string> names) {
        const evaluation::Origin origin{"sample", ""};
        evaluation::Subject s;
        s.key = key;
        s.domain = domain;
        s.kinds = std::move(kinds);
        if (chance(50)) {
            s.derived.push_back({"y", formula(value(names, 2)), {}});
            names.push_back("y");
        }
        for (Number i = 0, n = 1 + below(4); i < n; ++i) {
            evaluation::Criterion c;
            c.key = "k" + std::to_string(i);
            c.scoring = static_cast<evaluation::Scoring>(below(6));
            c.origin = origin;
            if (c.scoring != evaluation::Scoring::direct) c.otherwise = below(10);
            if (c.scoring == evaluation::Scoring::choice) {
                for (Number k = 0, lines = 1 + below(3); k < lines; ++k)
                    c.choices.push_back({formula(condition(names, 1)), below(30), {}});
                c.maximum = c.otherwise;
                for (const auto& choice : c.choices) c.maximum = std::max(c.maximum, choice.points);
            } else {
                c.input = formula(value(names, 2));
                if (c.scoring != evaluation::Scoring::direct && c.scoring != evaluation::Scoring::yes_no)
                    score_points(c.scoring, c.points);
                c.maximum = c.scoring == evaluation::Scoring::piecewise ? 0 : c.otherwise;
                for (const auto& point : c.points) c.maximum = std::max(c.maximum, point.y);
                if (c.points.empty()) c.maximum += below(30);
            }
            if (chance(20)) c.applies_when = formula(condition(names, 1));
            s.maximum += c.maximum;
            s.criteria.push_back(c);
            names.push_back("input." + c.key);
            names.push_back("points." + c.key);
        }
        if (chance(40)) {
            evaluation::Deduction d;
            d.key = "d0";
            d.origin = origin;
            d.amount = formula("max(0, " + value(names, 1) + ")");
            if (chance(40)) {
                d.scoring = chance(50) ? evaluation::Scoring::piecewise : evaluation::Scoring::steps;
                d.otherwise = below(5);
                score_points(d.scoring, d.points);
            }
            s.deductions.push_back(d);
        }
        const auto gate = [&](const std::string& name) {
            evaluation::Gate g;
            g.key = name;
            g.when = formula(condition(names, 1));
            g.class_number = 1 + below(3);
            g.state = chance(50) ? evaluation::State::exempt : evaluation::State::not_evaluated;
            g.origin = origin;
            return g;
        };
        for (Number i = 0, n = below(3); i < n; ++i)
            s.not_classified.push_back(gate("n" + std::to_string(i)));
        for (Number i = 0, n = below(2); i < n; ++i) s.class_when.push_back(gate("w" + std::to_string(i)));
        for (Number i = 0, n = below(3); i < n; ++i) s.at_most.push_back(gate("m" + std::to_string(i)));
        Number minimum = s.maximum * 2 / 3;
        for (Number number = 4; number > 1; --number) {
            evaluation::Threshold t;
            t.class_number = number;
            t.origin = origin;
            t.minimum = minimum;
            minimum /= 2;
            if (chance(30)) t.requirements.push_back({"r", formula(condition(names, 1)), {}, origin});
            s.thresholds.push_back(t);
        }
        if (chance(75)) add_cap(s);
        if (domain == evaluation::Domain::unit && chance(60)) {
            names.insert(names.end(), {"score", "final_class", "pre_class"});
            s.weak_reasons.push_back({"one", 1, formula(condition(names, 1)), {}, origin});
            s.weak_reasons.push_back({"two", 4, formula(condition(names, 0)), {}, origin});
            s.weak_when = formula(chance(50) ? "reason.one and reason.two" : "reason.one or reason.two");
        }
        return s;
    }

    void add_cap(evaluation::Subject& s) {
        evaluation::Cap cap;
        cap.class_number = 2 + below(3);
        cap.percent = chance(20) ? below(101) : 20 + 10 * below(5);
        cap.base = static_cast<evaluation::CapBase>(below(3));
        cap.group = static_cast<evaluation::CapGroup>(below(4));
        cap.ancestor_kind = 1 + below(2);
        cap.rounding = static_cast<evaluation::Rounding>(below(3));
        cap.origin = {"sample", ""};
        if (chance(80)) cap.tie_breaks.push_back({"score", chance(80)});
        if (chance(40)) cap.tie_breaks.push_back({"p", chance(50)});
        if (chance(40)) cap.tie_breaks.push_back({"id", chance(50)});
        s.cap = cap;
    }

    void make_tree() {
        bool may_nest = true;
        for (const auto& s : book.subjects)
            if (s.cap && s.cap->group >= evaluation::CapGroup::whole) may_nest = false;
        const Number size = below(25);
        std::vector<Number> ids, parents;
        std::vector<std::int32_t> kinds;
        for (Number i = 0; i < size; ++i) {
            Number parent = i == 0 || chance(6) ? -1 : chance(30) ? i - 1 : below(i);
            std::int32_t kind = static_cast<std::int32_t>(1 + below(3));
            if (parent >= 0) {
                const std::int32_t above = kinds[static_cast<std::size_t>(parent)];
                if (kind < above) kind = above;
                if (kind == above && !may_nest) ++kind;
                if (kind > 3) {
                    parent = -1;
                    kind = 3;
                }
            }
            ids.push_back(i);
            parents.push_back(parent);
            kinds.push_back(kind);
        }
        tree = evaluation::build_tree(ids, parents, kinds).tree;
    }

    void fill(evaluation::Table& table, evaluation::Domain domain, std::size_t rows) {
        table.columns.clear();
        table.ids = {};
        for (std::size_t i = 0; i < rows; ++i) table.ids.push_back(static_cast<Number>(i) * 7 % 1009);
        for (const auto& fact : book.facts) {
            if (fact.domain != domain || chance(4)) continue;  // sometimes a column is not there at all
            evaluation::Column column;
            column.name = fact.key;
            const bool has_gaps = chance(30);
            const Number variety = chance(50) ? 3 : fact.highest - fact.lowest + 1;  // few values make ties
            for (std::size_t i = 0; i < rows; ++i) {
                column.values.push_back(
                    std::min(fact.highest, fact.lowest + below(variety) + (chance(30) ? 4 : 0)));
                if (has_gaps) column.given.push_back(!chance(10));
                if (has_gaps && column.given.back() == 0)
                    column.values.set(i, 1'000'000'007);  // must not be read
            }
            table.columns.push_back(column);
        }
    }

    void make_facts() {
        const std::size_t member_count = tree.size() == 0 ? 0 : static_cast<std::size_t>(below(70));
        fill(units, evaluation::Domain::unit, tree.size());
        fill(members, evaluation::Domain::member, member_count);
        for (std::size_t i = 0; i < member_count; ++i)
            member_units.push_back(static_cast<std::int32_t>(below(static_cast<Number>(tree.size()))));
    }

    std::mt19937_64 random_;
};

}  // namespace gw::slow
