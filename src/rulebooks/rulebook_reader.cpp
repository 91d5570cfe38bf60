#include "rulebooks/rulebook_reader.h"

#include <algorithm>
#include <chrono>

#include "rulebooks/section.h"

namespace gw::rulebooks {
namespace {

using namespace evaluation;

const std::vector<std::string> domains{"members", "units", "meetings"};

class Reader {
public:
    Reader(Section& root, Rulebook& rulebook) : root_(root), rulebook_(rulebook) {}

    void read() {
        if (root_.number("format") != 1) root_.say("format", "must be 1, the only format known");
        rulebook_.id = root_.text("id");
        rulebook_.edition = root_.text("edition");
        rulebook_.valid_from = root_.number("valid_from");
        rulebook_.valid_until = root_.find_number("valid_until");
        rulebook_.first_day = day_within("first_day", rulebook_.valid_from);
        rulebook_.last_day = day_within("last_day", rulebook_.valid_until);
        if (!rulebook_.first_day.empty() && !rulebook_.last_day.empty() &&
            rulebook_.last_day < rulebook_.first_day)
            root_.say("last_day", "is before first_day");
        rulebook_.is_by_choice = root_.choice("applies", {"by_default", "where_chosen"}, 0) == 1;
        rulebook_.languages = root_.list_texts("languages");
        for (const std::string& language : rulebook_.languages)
            if (language != "vi" && language != "en" && language != "hi")
                root_.say("languages", "\"" + language + "\" is not one of vi, en, hi");
        rulebook_.score_scale = root_.find_number("score_scale").value_or(1);
        rulebook_.title = root_.words("title");
        rulebook_.note = root_.words("note");
        if (root_.has("sources")) rulebook_.sources = root_.map_of_texts("sources");
        named("class", rulebook_.classes);
        named("level", rulebook_.levels);
        named("kind", rulebook_.kinds);
        root_.each("fact", "key", [&](Section& s) { fact(s); });
        root_.each("aggregate", "key", [&](Section& s) { aggregate(s); });
        root_.each("subject", "key", [&](Section& s) { subject(s); });
        root_.each("counter", "key", [&](Section& s) { counter(s); });
        root_.close();
    }

private:
    // A day as 2025-10-28 in the year that the edition begins or ends in.
    std::string day_within(const std::string& key, std::optional<std::int64_t> year) {
        const std::string day = root_.find_text(key);
        if (day.empty()) return day;
        const auto number_at = [&](std::size_t from, std::size_t count) {
            int number = 0;
            for (const char c : day.substr(from, count))
                number = c < '0' || c > '9' ? -10'000 : number * 10 + c - '0';
            return number;
        };
        const bool is_written_so = day.size() == 10 && day[4] == '-' && day[7] == '-';
        const bool is_day =
            is_written_so && number_at(0, 4) >= 0 && number_at(5, 2) >= 0 && number_at(8, 2) >= 0 &&
            std::chrono::year_month_day(std::chrono::year(number_at(0, 4)),
                                        std::chrono::month(static_cast<unsigned>(number_at(5, 2))),
                                        std::chrono::day(static_cast<unsigned>(number_at(8, 2))))
                .ok();
        if (!is_day) root_.say(key, "must be a day such as \"2025-10-28\"");
        else if (!year || std::to_string(*year) != day.substr(0, 4))
            root_.say(key, "must lie in the year of " +
                               std::string(key == "first_day" ? "valid_from" : "valid_until"));
        return day;
    }

    void named(const std::string& part, std::vector<Named>& list) {
        root_.each(part, "key", [&](Section& s) {
            list.push_back({s.text("key"), s.number("number"), s.words("text")});
        });
    }

    std::int64_t class_number(Section& s) { return number_of(s, "class", rulebook_.classes, "class"); }

    std::int64_t number_of(Section& s, const std::string& key, const std::vector<Named>& list,
                           const std::string& what) {
        return number_named(s, key, s.text(key), list, what);
    }

    std::int64_t number_named(Section& s, const std::string& key, const std::string& name,
                              const std::vector<Named>& list, const std::string& what) {
        for (const Named& one : list)
            if (one.key == name) return one.number;
        if (!name.empty()) s.say(key, "there is no " + what + " \"" + name + "\" in this rulebook");
        return list.empty() ? 0 : list.front().number;
    }

    void range(Section& s, Fact& fact) {
        const std::vector<std::int64_t> ends = s.list_numbers("range");
        if (ends.size() != 2) {
            s.say("range", "must be [lowest, highest]");
            return;
        }
        fact.lowest = ends[0];
        fact.highest = ends[1];
    }

    void fact(Section& s) {
        Fact fact;
        fact.key = s.text("key");
        range(s, fact);
        fact.when_missing = s.find_number("when_missing");
        fact.unit = s.find_text("unit");
        fact.is_self = s.choice("said_by", {"records", "self"}, 0) == 1;
        fact.text = s.words("text");
        fact.origin = s.origin();
        fact.domain = static_cast<Domain>(s.choice("of", domains));
        rulebook_.facts.push_back(fact);
    }

    void aggregate(Section& s) {
        Aggregate aggregate;
        aggregate.key = s.text("key");
        aggregate.over =
            static_cast<Over>(s.choice("over", {"members", "subtree_members", "children", "subtree"}));
        aggregate.of = s.find_formula("sum");
        aggregate.where = s.find_formula("where");
        aggregate.text = s.words("text");
        aggregate.origin = s.origin();
        rulebook_.aggregates.push_back(std::move(aggregate));
    }

    void counter(Section& s) {
        Counter counter;
        counter.key = s.text("key");
        counter.domain = static_cast<Domain>(s.choice("over", {"members", "units"}));
        counter.of = s.find_formula("sum");
        counter.when = s.find_formula("when");
        counter.text = s.words("text");
        rulebook_.counters.push_back(std::move(counter));
    }

    // Steps may say where each begins; then gaps and overlaps are found.
    std::vector<Point> steps(Section& s) {
        std::vector<Point> points;
        std::optional<std::int64_t> before;
        s.each("steps", "to", [&](Section& step) {
            const std::optional<std::int64_t> from = step.find_number("from");
            const std::int64_t to = step.number("to");
            if (from && before && *from > *before + 1)
                s.say("steps", "gap: nothing is said about " + std::to_string(*before + 1) + " to " +
                                   std::to_string(*from - 1));
            if (from && before && *from <= *before)
                s.say("steps", "overlap: " + std::to_string(*from) + " to " + std::to_string(*before) +
                                   " is said twice");
            if (from && *from > to) s.say("steps", "a step begins after its end");
            before = to;
            points.push_back({to, step.number("points")});
        });
        return points;
    }

    std::vector<Point> line(Section& s) {
        std::vector<Point> points;
        for (const auto& pair : s.list_pairs("line")) points.push_back({pair[0], pair[1]});
        return points;
    }

    void criterion(Section& s, Subject& subject) {
        Criterion c;
        c.key = s.text("key");
        c.group = s.find_text("group");
        c.maximum = s.number("maximum");
        c.scoring = static_cast<Scoring>(
            s.choice("scoring", {"direct", "line", "steps", "yes_no", "level", "choice"}));
        if (c.scoring != Scoring::choice) c.input = s.formula("input");
        c.applies_when = s.find_formula("applies_when");
        if (c.scoring == Scoring::piecewise) c.points = line(s);
        if (c.scoring == Scoring::steps) c.points = steps(s);
        if (c.scoring == Scoring::level) {
            std::vector<std::int64_t> numbers;
            for (const Named& level : rulebook_.levels) numbers.push_back(level.number);
            std::sort(numbers.begin(), numbers.end());
            const std::vector<std::int64_t> points = s.list_numbers("levels");
            for (std::size_t i = 0; i < points.size(); ++i)
                c.points.push_back({i < numbers.size() ? numbers[i] : -1, points[i]});
        }
        if (c.scoring == Scoring::choice)
            s.each("choice", "points", [&](Section& one) {
                c.choices.push_back({one.formula("when"), one.number("points"), one.words("text")});
            });
        c.otherwise = s.find_number("otherwise").value_or(0);
        c.input_scale = s.find_number("input_scale").value_or(1);
        c.input_unit = s.find_text("input_unit");
        c.text = s.words("text");
        c.origin = s.origin();
        subject.criteria.push_back(std::move(c));
    }

    void deduction(Section& s, Subject& subject) {
        Deduction d;
        d.key = s.text("key");
        d.amount = s.formula("amount");
        d.scoring = static_cast<Scoring>(s.choice("scoring", {"direct", "line", "steps"}, 0));
        if (d.scoring == Scoring::piecewise) d.points = line(s);
        if (d.scoring == Scoring::steps) d.points = steps(s);
        d.otherwise = s.find_number("otherwise").value_or(0);
        d.text = s.words("text");
        d.origin = s.origin();
        subject.deductions.push_back(std::move(d));
    }

    Gate gate(Section& s) {
        Gate gate;
        gate.key = s.text("key");
        gate.when = s.formula("when");
        gate.text = s.words("text");
        gate.origin = s.origin();
        return gate;
    }

    void gates(Section& s, Subject& subject) {
        s.each("not_classified", "key", [&](Section& one) {
            Gate g = gate(one);
            g.state =
                one.choice("state", {"exempt", "not_evaluated"}) == 0 ? State::exempt : State::not_evaluated;
            subject.not_classified.push_back(std::move(g));
        });
        for (auto [part, list] :
             {std::pair("class_when", &subject.class_when), std::pair("at_most", &subject.at_most)})
            s.each(part, "key", [&, to = list](Section& one) {
                Gate g = gate(one);
                g.class_number = class_number(one);
                to->push_back(std::move(g));
            });
        s.each("threshold", "class", [&](Section& one) {
            Threshold t;
            t.class_number = class_number(one);
            t.minimum = one.find_number("minimum");
            one.each("requirement", "key", [&](Section& r) {
                t.requirements.push_back({r.text("key"), r.formula("when"), r.words("text"), r.origin()});
            });
            t.origin = one.origin();
            subject.thresholds.push_back(std::move(t));
        });
    }

    void cap(Section& s, Subject& subject) {
        Cap cap;
        cap.class_number = class_number(s);
        cap.percent = s.number("percent");
        cap.base = static_cast<CapBase>(s.choice("base", {"good_exclusive", "good_or_better", "evaluated"}));
        cap.group =
            static_cast<CapGroup>(s.choice("group", {"parent_and_kind", "parent", "whole", "ancestor"}));
        if (cap.group == CapGroup::ancestor)
            cap.ancestor_kind = number_of(s, "ancestor", rulebook_.kinds, "kind");
        cap.rounding = static_cast<Rounding>(s.choice("rounding", {"floor", "half_up", "ceil"}));
        for (const std::string& word : s.list_texts("tie_break")) {
            const bool is_descending = !word.empty() && word[0] == '-';
            cap.tie_breaks.push_back({is_descending ? word.substr(1) : word, is_descending});
        }
        cap.text = s.words("text");
        cap.origin = s.origin();
        subject.cap = std::move(cap);
    }

    void subject(Section& s) {
        Subject subject;
        subject.key = s.text("key");
        subject.domain = static_cast<Domain>(s.choice("judges", domains));
        subject.text = s.words("text");
        subject.maximum = s.number("maximum");
        if (s.has("kinds"))
            for (const std::string& kind : s.list_texts("kinds"))
                subject.kinds.push_back(number_named(s, "kinds", kind, rulebook_.kinds, "kind"));
        s.each("group", "key", [&](Section& one) {
            subject.groups.push_back(
                {one.text("key"), one.number("maximum"), one.words("text"), one.origin()});
        });
        s.each("derived", "key", [&](Section& one) {
            subject.derived.push_back({one.text("key"), one.formula("formula"), one.words("text")});
        });
        s.each("criterion", "key", [&](Section& one) { criterion(one, subject); });
        s.each("deduction", "key", [&](Section& one) { deduction(one, subject); });
        gates(s, subject);
        s.inside("cap", [&](Section& one) { cap(one, subject); });
        s.each("weak_reason", "key", [&](Section& one) {
            subject.weak_reasons.push_back(
                {one.text("key"), one.number("bit"), one.formula("when"), one.words("text"), one.origin()});
        });
        subject.weak_when = s.find_formula("weak_when");
        s.each("case", "name", [&](Section& one) {
            WorkedCase worked;
            worked.name = one.text("name");
            worked.facts = one.map_of_numbers("facts");
            worked.score = one.find_number("score");
            worked.maximum = one.find_number("maximum");
            const std::string name = one.text("class");
            worked.class_number =
                name == "none" ? 0 : number_named(one, "class", name, rulebook_.classes, "class");
            subject.cases.push_back(std::move(worked));
        });
        rulebook_.subjects.push_back(std::move(subject));
    }

    Section& root_;
    Rulebook& rulebook_;
};

// The first line that opens a table whose name does not begin like a key; 1 when there is none.
std::int64_t line_of_bad_header(std::string_view text) {
    const auto begins_key = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-' || c == '"' || c == '\'';
    };
    std::int64_t line = 1;
    for (std::size_t from = 0; from < text.size(); ++line) {
        const std::size_t end = std::min(text.find('\n', from), text.size());
        const std::string_view one = text.substr(from, end - from);
        from = end + 1;
        const std::size_t open = one.find_first_not_of(" \t");
        if (open == std::string_view::npos || one[open] != '[') continue;
        const std::size_t name = one.find_first_not_of("[ \t", open);
        if (name == std::string_view::npos || !begins_key(one[name])) return line;
    }
    return 1;
}

// The first line with a letter beyond ASCII outside quotes and comments, where TOML allows none; 0 when there
// is none. The TOML library does not stand such letters.
std::int64_t line_of_unquoted_letter(std::string_view text) {
    std::int64_t line = 1;
    std::string_view quote;  // what ends the string we are in
    bool is_comment = false;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\n') {
            ++line;
            is_comment = false;
            if (quote.size() == 1) quote = {};
        } else if (is_comment) {
            continue;
        } else if (!quote.empty()) {
            if (c == '\\' && quote[0] == '"') {
                if (at + 1 < text.size() && text[at + 1] != '\n') ++at;
            } else if (text.substr(at, quote.size()) == quote) {
                at += quote.size() - 1;
                quote = {};
            }
        } else if (c == '"' || c == '\'') {
            const std::string_view three = c == '"' ? "\"\"\"" : "\'\'\'";
            quote = text.substr(at, 3) == three ? three : three.substr(0, 1);
            at += quote.size() - 1;
        } else if (c == '#') {
            is_comment = true;
        } else if (static_cast<unsigned char>(c) >= 0x80) {
            return line;
        }
    }
    return 0;
}

}  // namespace

std::int64_t line_of(const std::map<std::string, std::int64_t>& lines, std::string path) {
    for (;;) {
        const auto found = lines.find(path);
        if (found != lines.end()) return found->second;
        const std::size_t dot = path.rfind('.');
        if (dot == std::string::npos) return 1;
        path.resize(dot);
    }
}

ReadText read_toml(std::string_view text, const std::string& file) {
    ReadText out;
    if (const std::int64_t line = line_of_unquoted_letter(text); line > 0) {
        out.mistakes.push_back({file, line, "", "is not TOML: letters beyond a to z must stand in quotes"});
        return out;
    }
    toml::table table;
    // The library says by throwing that a text is not TOML; here that is one mistake among others.
    try {
        table = toml::parse(text);
    } catch (const toml::parse_error& error) {
        out.mistakes.push_back({file, static_cast<std::int64_t>(error.source().begin.line), "",
                                "is not TOML: " + std::string(error.description())});
        return out;
    } catch (const std::logic_error& error) {
        out.mistakes.push_back(
            {file, line_of_bad_header(text), "", std::string("is not TOML: ") + error.what()});
        return out;
    }
    Section root(table, "", file, out);
    Reader(root, out.rulebook).read();
    return out;
}

}  // namespace gw::rulebooks
