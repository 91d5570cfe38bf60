#include "evaluation/rulebook_checks.h"

#include <algorithm>
#include <set>

namespace gw::evaluation {
namespace {

constexpr std::string_view bases[] = {"source", "general", "sample", "assumed"};

bool is_key(const std::string& key) {
    if (key.empty() || key.size() > 60 || key[0] < 'a' || key[0] > 'z') return false;
    return std::all_of(key.begin(), key.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

class Check {
public:
    Check(const Rulebook& rulebook, Mistakes& mistakes) : rulebook_(rulebook), mistakes_(mistakes) {}

    void head() {
        if (rulebook_.id.empty()) say("id", "is missing");
        if (rulebook_.edition.empty()) say("edition", "is missing");
        if (rulebook_.valid_until && *rulebook_.valid_until < rulebook_.valid_from)
            say("valid_until", "lies before valid_from");
        if (rulebook_.score_scale < 1) say("score_scale", "must be at least 1");
        text(rulebook_.title, "title");
        named(rulebook_.classes, "class");
        named(rulebook_.levels, "level");
        named(rulebook_.kinds, "kind");
        if (rulebook_.classes.empty()) say("class", "a rulebook needs at least one class");
        for (const Named& one : rulebook_.classes)
            if (one.number < 1)
                say("class." + one.key + ".number", "must be at least 1; 0 means not classified");
        if (rulebook_.subjects.empty()) say("subject", "a rulebook needs at least one subject");
    }

    void facts() {
        std::set<std::string> seen[3];
        for (const Fact& fact : rulebook_.facts) {
            constexpr const char* domains[] = {"member.", "unit.", "meeting."};
            const std::string path =
                std::string("fact.") + domains[static_cast<std::size_t>(fact.domain)] + fact.key;
            key(fact.key, path);
            if (!seen[static_cast<std::size_t>(fact.domain)].insert(fact.key).second)
                say(path, "this key is used twice");
            if (fact.lowest > fact.highest) say(path + ".range", "the lowest value is above the highest");
            if (fact.when_missing && (*fact.when_missing < fact.lowest || *fact.when_missing > fact.highest))
                say(path + ".when_missing", "lies outside the range of the fact");
            text(fact.text, path);
            origin(fact.origin, path);
        }
        for (const Aggregate& aggregate : rulebook_.aggregates) {
            const std::string path = "aggregate." + aggregate.key;
            key(aggregate.key, path);
            if (!seen[static_cast<std::size_t>(Domain::unit)].insert(aggregate.key).second)
                say(path, "this key is used twice");
            text(aggregate.text, path);
            origin(aggregate.origin, path);
        }
        std::set<std::string> counters;
        for (const Counter& counter : rulebook_.counters) {
            key(counter.key, "counter." + counter.key);
            if (!counters.insert(counter.key).second) say("counter." + counter.key, "this key is used twice");
            text(counter.text, "counter." + counter.key);
        }
    }

    void subject(const Subject& s) {
        const std::string path = path_of(s);
        key(s.key, path);
        text(s.text, path);
        kinds(s);
        std::set<std::string> seen;
        for (const CriteriaGroup& group : s.groups) {
            const std::string at = path_of(s, "group", group.key);
            unique(seen, group.key, at);
            text(group.text, at);
            origin(group.origin, at);
            std::int64_t total = 0;
            for (const Criterion& criterion : s.criteria)
                if (criterion.group == group.key) total += criterion.maximum;
            if (total != group.maximum)
                say(at + ".maximum", "its criteria sum to " + std::to_string(total) + ", not to " +
                                         std::to_string(group.maximum));
        }
        const std::set<std::string> groups = seen;
        seen.clear();
        std::int64_t total = 0;
        for (const Criterion& criterion : s.criteria) {
            const std::string at = path_of(s, "criterion", criterion.key);
            unique(seen, criterion.key, at);
            text(criterion.text, at);
            origin(criterion.origin, at);
            if (!criterion.group.empty() && !groups.contains(criterion.group))
                say(at + ".group", "there is no group \"" + criterion.group + "\"");
            if (criterion.input_scale < 1) say(at + ".input_scale", "must be at least 1");
            points(criterion, at);
            if (__builtin_add_overflow(total, criterion.maximum, &total)) say(at, "the maxima leave 64 bits");
        }
        if (total != s.maximum)
            say(path + ".maximum",
                "the criteria sum to " + std::to_string(total) + ", not to " + std::to_string(s.maximum));
        seen.clear();
        for (const Derived& derived : s.derived) {
            const std::string at = path_of(s, "derived", derived.key);
            unique(seen, derived.key, at);
            text(derived.text, at);
        }
        seen.clear();
        for (const Deduction& deduction : s.deductions) {
            const std::string at = path_of(s, "deduction", deduction.key);
            unique(seen, deduction.key, at);
            text(deduction.text, at);
            origin(deduction.origin, at);
            curve(deduction.scoring, deduction.points, at);
        }
        gates(s);
        thresholds(s);
        cap(s);
        weak_reasons(s);
    }

    void subjects() {
        std::set<std::string> seen;
        std::set<std::int64_t> kinds_seen;
        int members = 0;
        for (const Subject& s : rulebook_.subjects) {
            if (!seen.insert(s.key).second) say(path_of(s), "this key is used twice");
            if (s.domain == Domain::member && ++members == 2)
                say(path_of(s), "only one subject may judge the members");
            for (const std::int64_t kind : s.kinds)
                if (!kinds_seen.insert(kind).second)
                    say(path_of(s) + ".kinds", "two subjects judge the same kind of unit");
            subject(s);
        }
    }

private:
    void say(std::string path, std::string message) {
        mistakes_.push_back({std::move(path), std::move(message)});
    }
    void key(const std::string& key, const std::string& path) {
        if (!is_key(key))
            say(path, "\"" + key + "\" is not a key: small letters, digits and _, beginning with a letter");
    }
    void unique(std::set<std::string>& seen, const std::string& name, const std::string& path) {
        key(name, path);
        if (!seen.insert(name).second) say(path, "this key is used twice");
    }
    void text(const Text& text, const std::string& path) {
        for (const std::string& language : rulebook_.languages) {
            const std::string& own = language == "vi" ? text.vi : language == "hi" ? text.hi : text.en;
            if (own.empty()) say(path + ".text", "the text in \"" + language + "\" is missing");
        }
    }
    void origin(const Origin& origin, const std::string& path) {
        if (std::find(std::begin(bases), std::end(bases), origin.basis) == std::end(bases))
            say(path + ".basis", "must be source, general, sample or assumed");
        if (origin.basis == "source" && origin.source.empty())
            say(path + ".source", "a number with basis \"source\" names its source");
        if (!origin.source.empty() && !rulebook_.sources.contains(origin.source))
            say(path + ".source", "there is no \"" + origin.source + "\" in [sources]");
    }
    void named(const std::vector<Named>& list, const std::string& part) {
        std::set<std::string> keys;
        std::set<std::int64_t> numbers;
        for (const Named& one : list) {
            unique(keys, one.key, part + "." + one.key);
            if (!numbers.insert(one.number).second) say(part + "." + one.key + ".number", "is used twice");
            if (one.number < 0 || one.number > 1000)
                say(part + "." + one.key + ".number", "must be 0 to 1000");
            text(one.text, part + "." + one.key);
        }
    }
    void class_exists(std::int64_t number, const std::string& path) {
        if (rulebook_.find_class(number) == nullptr)
            say(path, "names a class that the rulebook does not have");
    }
    void kinds(const Subject& s) {
        if (s.domain != Domain::unit && !s.kinds.empty())
            say(path_of(s) + ".kinds", "only subjects that judge units have kinds");
        if (s.domain == Domain::unit && s.kinds.empty())
            say(path_of(s) + ".kinds", "name the kinds of units that this subject judges");
    }
    void curve(Scoring scoring, const std::vector<Point>& list, const std::string& path) {
        if (scoring == Scoring::piecewise && list.size() < 2)
            say(path + ".line", "needs at least two points");
        if (scoring == Scoring::steps && list.empty()) say(path + ".steps", "needs at least one step");
        if (scoring != Scoring::piecewise && scoring != Scoring::steps) return;
        const std::string part = scoring == Scoring::piecewise ? ".line" : ".steps";
        for (std::size_t i = 1; i < list.size(); ++i)
            if (list[i].x <= list[i - 1].x)
                say(path + part, "overlap: " + std::to_string(list[i].x) + " comes after " +
                                     std::to_string(list[i - 1].x) + "; bounds must rise");
    }
    void points(const Criterion& c, const std::string& path) {
        curve(c.scoring, c.points, path);
        if (c.maximum < 0) say(path + ".maximum", "must not be negative");
        if (c.scoring == Scoring::direct) return;
        std::vector<std::int64_t> values;
        for (const Point& point : c.points) values.push_back(point.y);
        for (const Choice& choice : c.choices) values.push_back(choice.points);
        if (c.scoring == Scoring::yes_no) values.push_back(c.maximum);
        if (c.scoring != Scoring::piecewise) values.push_back(c.otherwise);
        if (values.empty()) return;
        const auto [low, high] = std::minmax_element(values.begin(), values.end());
        if (*low < 0) say(path, "points must not be negative; use a deduction to take points away");
        if (*high != c.maximum)
            say(path + ".maximum", "is " + std::to_string(c.maximum) +
                                       ", but the best that can be reached is " + std::to_string(*high));
        if (c.scoring == Scoring::level && c.points.size() != rulebook_.levels.size())
            say(path + ".levels", "gives points for " + std::to_string(c.points.size()) +
                                      " levels; the rulebook has " + std::to_string(rulebook_.levels.size()));
        if (c.scoring == Scoring::choice) {
            if (c.choices.empty()) say(path + ".choice", "needs at least one line");
            for (const Choice& choice : c.choices) text(choice.text, path + ".choice");
        }
    }
    void gates(const Subject& s) {
        const auto list = [&](const std::vector<Gate>& of, const std::string& part) {
            std::set<std::string> seen;
            for (const Gate& gate : of) {
                const std::string at = path_of(s, part, gate.key);
                unique(seen, gate.key, at);
                text(gate.text, at);
                origin(gate.origin, at);
                if (part != "not_classified") class_exists(gate.class_number, at + ".class");
            }
        };
        list(s.not_classified, "not_classified");
        list(s.class_when, "class_when");
        list(s.at_most, "at_most");
    }
    void thresholds(const Subject& s) {
        std::set<std::int64_t> seen;
        for (const Threshold& one : s.thresholds) {
            const Named* of = rulebook_.find_class(one.class_number);
            const std::string at = path_of(s, "threshold", of == nullptr ? "" : of->key);
            class_exists(one.class_number, at + ".class");
            if (!seen.insert(one.class_number).second) say(at, "there are two thresholds for this class");
            origin(one.origin, at);
            std::set<std::string> keys;
            for (const Requirement& requirement : one.requirements) {
                unique(keys, requirement.key, at + ".requirement." + requirement.key);
                text(requirement.text, at + ".requirement." + requirement.key);
                origin(requirement.origin, at + ".requirement." + requirement.key);
            }
        }
        reachable(s);
    }
    // Every class must have a way to be given.
    void reachable(const Subject& s) {
        std::vector<Named> classes = rulebook_.classes;
        std::sort(classes.begin(), classes.end(),
                  [](const Named& a, const Named& b) { return a.number > b.number; });
        const Threshold* wider = nullptr;  // a higher class that takes everything at and above its minimum
        for (std::size_t i = 0; i < classes.size(); ++i) {
            const Named& one = classes[i];
            const std::string at = path_of(s, "threshold", one.key);
            const auto own = std::find_if(s.thresholds.begin(), s.thresholds.end(),
                                          [&](const Threshold& t) { return t.class_number == one.number; });
            const bool is_given_by_gate =
                std::any_of(s.class_when.begin(), s.class_when.end(),
                            [&](const Gate& g) { return g.class_number == one.number; }) ||
                std::any_of(s.at_most.begin(), s.at_most.end(),
                            [&](const Gate& g) { return g.class_number == one.number; });
            const bool is_lowest = i + 1 == classes.size();
            if (own != s.thresholds.end() && own->minimum && *own->minimum > s.maximum) {
                say(at, "this class cannot be reached: its minimum " + std::to_string(*own->minimum) +
                            " is above the maximum " + std::to_string(s.maximum));
            } else if (wider != nullptr && !is_given_by_gate &&
                       wider->minimum.value_or(0) <=
                           (own != s.thresholds.end() ? own->minimum.value_or(0) : 0)) {
                say(at, "this class cannot be reached: a higher class takes every score from " +
                            std::to_string(wider->minimum.value_or(0)));
            } else if (own == s.thresholds.end() && !is_given_by_gate && !is_lowest) {
                say(path_of(s),
                    "the class \"" + one.key + "\" cannot be reached: no threshold or gate gives it");
            }
            if (own != s.thresholds.end() && own->requirements.empty() &&
                (wider == nullptr || own->minimum.value_or(0) < wider->minimum.value_or(0)))
                wider = &*own;
        }
    }
    void cap(const Subject& s) {
        if (!s.cap) return;
        const std::string at = path_of(s) + ".cap";
        const Cap& c = *s.cap;
        class_exists(c.class_number, at + ".class");
        const bool has_lower = std::any_of(rulebook_.classes.begin(), rulebook_.classes.end(),
                                           [&](const Named& one) { return one.number < c.class_number; });
        if (!has_lower) say(at + ".class", "there is no class below to fall to");
        if (c.percent < 0 || c.percent > 100) say(at + ".percent", "must be 0 to 100");
        if (s.domain == Domain::meeting) say(at, "a cap needs a tree; meetings have none");
        if (c.group == CapGroup::ancestor &&
            std::none_of(rulebook_.kinds.begin(), rulebook_.kinds.end(),
                         [&](const Named& kind) { return kind.number == c.ancestor_kind; }))
            say(at + ".ancestor", "names a kind that the rulebook does not have");
        for (const TieBreak& tie : c.tie_breaks) {
            const bool is_fact = std::any_of(
                rulebook_.facts.begin(), rulebook_.facts.end(),
                [&](const Fact& fact) { return fact.key == tie.column && fact.domain == s.domain; });
            if (tie.column != "score" && tie.column != "id" && !is_fact)
                say(at + ".tie_break", "\"" + tie.column + "\" is neither score, id nor a fact");
        }
        text(c.text, at);
        origin(c.origin, at);
    }
    void weak_reasons(const Subject& s) {
        std::set<std::string> seen;
        std::int64_t bits = 0;
        for (const WeakReason& reason : s.weak_reasons) {
            const std::string at = path_of(s, "weak_reason", reason.key);
            unique(seen, reason.key, at);
            text(reason.text, at);
            origin(reason.origin, at);
            if (reason.bit < 1 || (reason.bit & (reason.bit - 1)) != 0 || (bits & reason.bit) != 0)
                say(at + ".bit", "must be 1, 2, 4, 8 ... and used once");
            bits |= reason.bit;
        }
        if (s.weak_reasons.empty() != s.weak_when.is_empty())
            say(path_of(s) + ".weak_when", "weak_reason and weak_when need each other");
        if (!s.weak_reasons.empty() && s.domain != Domain::unit)
            say(path_of(s) + ".weak_when", "only units can be weak units");
    }

    const Rulebook& rulebook_;
    Mistakes& mistakes_;
};

}  // namespace

std::string path_of(const Subject& subject) { return "subject." + subject.key; }
std::string path_of(const Subject& subject, const std::string& part, const std::string& key) {
    return path_of(subject) + "." + part + "." + key;
}

void check_structure(const Rulebook& rulebook, Mistakes& mistakes) {
    Check check(rulebook, mistakes);
    check.head();
    check.facts();
    check.subjects();
}

}  // namespace gw::evaluation
