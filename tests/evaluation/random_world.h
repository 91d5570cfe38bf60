// Random rulebooks, trees and facts for property tests: small, full of ties, gaps, empty units and chains.
#pragma once
#include <limits>
#include <random>

#include "evaluation/evaluate.h"

namespace gw::slow {

// How a tree is drawn; `any` draws one of the others too.
enum class Shape { any, chain, star, roots, no_units, no_members, one_cell };

class RandomWorld {
public:
    explicit RandomWorld(std::uint64_t seed) : RandomWorld(seed, 25, 70) {}
    // At most that many units and members.
    RandomWorld(std::uint64_t seed, std::int64_t most_units, std::int64_t most_members)
        : most_units_(most_units), most_members_(most_members), random_(seed) {
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
        populate();
    }
    // Draws another tree and other facts for the same rulebook.
    void populate() {
        const Number draw = below(16);
        populate(draw < 7 ? static_cast<Shape>(draw) : Shape::any, 1 + below(most_units_),
                 below(most_members_));
    }
    void populate(Shape shape, std::int64_t unit_count, std::int64_t member_count) {
        make_tree(shape, shape == Shape::no_units ? 0 : unit_count);
        make_facts(shape == Shape::no_members ? 0 : member_count);
    }
    // A kind that is capped over more than siblings may not stand below itself.
    bool may_nest() const {
        for (const auto& s : book.subjects)
            if (s.domain == evaluation::Domain::unit && s.cap && s.cap->group >= evaluation::CapGroup::whole)
                return false;
        return true;
    }
    evaluation::Evaluation input() const { return {tree, units, members, member_units}; }

    evaluation::Rulebook book;
    std::shared_ptr<const evaluation::Plan> plan;
    evaluation::Tree tree;
    evaluation::Table units, members;
    std::vector<std::int32_t> member_units;
    int refused = 0;
    bool is_in_tree_order = false;

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
        if (chance(6)) return "max(" + str(below(20) - 9) + ", min(" + str(20 + below(20)) + ", w))";
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
        if (chance(8)) return "w " + any(signs) + " " + str(edge_);
        if (chance(8)) return "given(" + std::string(1, static_cast<char>('p' + below(4))) + ")";
        return any(names) + " " + any(signs) + " " + str(1 + below(8));
    }

    evaluation::Fact fact(std::string key, evaluation::Domain domain, evaluation::Range range) {
        evaluation::Fact made;
        made.key = std::move(key);
        made.domain = domain;
        made.lowest = range.lowest;
        made.highest = range.highest;
        if (chance(40)) made.when_missing = std::clamp<Number>(below(5), range.lowest, range.highest);
        made.origin = {"sample", ""};
        return made;
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
                const Number lowest = chance(20) ? -5 : chance(10) ? 2 : 0;
                book.facts.push_back(fact(key, domain, {lowest, 9 + below(20)}));
            }
            member_names.push_back(key);
            unit_names.push_back(key);
        }
        // A fact that fills its type to the edge, or is one too wide for it.
        const evaluation::Range edges[] = {
            {0, 255},        {0, 256},        {-1, 255},        {-32768, 32767},
            {-32769, 32768}, {-i32, i32 - 1}, {-i32 - 1, i32},  {-9, Number{1} << 40},
            {-i64 - 1, i64}, {-i64 - 1, 0},   {i64 - 500, i64}, {-20, -3}};
        const evaluation::Range wide = edges[below(static_cast<Number>(std::size(edges)))];
        edge_ = chance(50) ? wide.highest - 1 : std::max(wide.lowest + 1, -i64);
        for (const auto domain : {evaluation::Domain::member, evaluation::Domain::unit})
            book.facts.push_back(fact("w", domain, wide));
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
        if (chance(30)) cap.tie_breaks.push_back({"w", chance(50)});
        if (chance(40)) cap.tie_breaks.push_back({"p", chance(50)});
        if (chance(40)) cap.tie_breaks.push_back({"id", chance(50)});
        s.cap = cap;
    }

    Number parent_in(Shape shape, Number i) {
        if (i == 0) return -1;
        switch (shape) {
            case Shape::chain: return i - 1;
            case Shape::star: return 0;
            case Shape::roots: return chance(60) ? -1 : below(i);
            default: return chance(6) ? -1 : chance(30) ? i - 1 : below(i);
        }
    }

    void make_tree(Shape shape, Number size) {
        if (shape == Shape::one_cell) size = 1;
        const bool nests = may_nest();
        std::vector<Number> ids, parents;
        std::vector<std::int32_t> kinds;
        for (Number i = 0; i < size; ++i) {
            Number parent = parent_in(shape, i);
            std::int32_t kind = static_cast<std::int32_t>(1 + below(3));
            if (shape == Shape::chain && nests) kind = chance(97) ? 1 : 3;
            if (shape == Shape::star && i == 0) kind = 1;
            if (shape == Shape::one_cell) kind = 3;
            if (parent >= 0) {
                const std::int32_t above = kinds[static_cast<std::size_t>(parent)];
                if (kind < above) kind = above;
                if (kind == above && !nests) ++kind;
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
        const Number way = below(6);
        for (std::size_t i = 0; i < rows; ++i) {
            const auto row = static_cast<Number>(i);
            table.ids.push_back(way == 0   ? static_cast<Number>(i * 0x9E3779B97F4A7C15ULL)  // the widest
                                : way == 1 ? -row
                                           : row * 7 % 100'003);
        }
        for (const auto& fact : book.facts) {
            if (fact.domain != domain || chance(4)) continue;  // sometimes a column is not there at all
            evaluation::Column column;
            column.name = fact.key;
            const bool has_gaps = chance(30);
            // Few values make ties, and a column that is narrower than its fact may be.
            const Number variety = chance(50) || fact.key == "w" ? 3 : fact.highest - fact.lowest + 1;
            const bool is_narrow = chance(30);
            for (std::size_t i = 0; i < rows; ++i) {
                Number value = fact.lowest + below(variety) + (chance(30) ? 4 : 0);
                if (fact.key == "w" && is_narrow) value = fact.filler() + below(3);
                else if (fact.key == "w" && chance(50)) value = fact.highest - below(3);
                column.values.push_back(std::clamp(value, fact.lowest, fact.highest));
                if (has_gaps) column.given.push_back(!chance(10));
                if (has_gaps && column.given.back() == 0)
                    column.values.set(i, 1'000'000'007);  // must not be read
            }
            table.columns.push_back(column);
        }
    }

    void make_facts(Number members_wanted) {
        const std::size_t member_count = tree.size() == 0 ? 0 : static_cast<std::size_t>(members_wanted);
        fill(units, evaluation::Domain::unit, tree.size());
        fill(members, evaluation::Domain::member, member_count);
        member_units.clear();
        for (std::size_t i = 0; i < member_count; ++i)
            member_units.push_back(static_cast<std::int32_t>(below(static_cast<Number>(tree.size()))));
        is_in_tree_order = chance(50);
        if (is_in_tree_order) std::sort(member_units.begin(), member_units.end());
    }

    static constexpr Number i32 = Number{1} << 31;
    static constexpr Number i64 = std::numeric_limits<Number>::max();
    Number most_units_, most_members_;
    Number edge_ = 0;  // a number beside the end of the widest fact's range
    std::mt19937_64 random_;
};

}  // namespace gw::slow
