// The lines that `groundwork explain` prints.
#include <algorithm>

#include "fact_files/explanation_words.h"

namespace gw::fact_files {
namespace {

class Page {
public:
    Page(const ExplanationWords& words, const Texts& texts, std::string_view language)
        : words_(words), texts_(texts), language_(language) {}

    std::string write() {
        add_result();
        add_criteria();
        add_deductions();
        add_gates();
        add_cap();
        add_units_below();
        add_weakness();
        add_changes();
        return std::move(page_);
    }

private:
    using Arguments = Texts::Arguments;

    void line(std::size_t indent, const std::string& text) {
        page_ += std::string(indent * 2, ' ') + text + "\n";
    }
    std::string say(const char* key, const Arguments& arguments = {}) const {
        return texts_.text(language_, std::string("fact_files.") + key, arguments);
    }
    std::string points(std::int64_t number) const { return points_text(number, words_.score_scale); }
    static std::string number(std::int64_t value) { return std::to_string(value); }

    std::string measured(std::int64_t value, const std::string& unit) const {
        return number(value) + (unit.empty() ? "" : " " + unit);
    }

    void add_facts(std::size_t indent, const std::vector<FactWords>& facts) {
        for (const FactWords& fact : facts)
            line(indent, fact.name + ": " + measured(fact.value, fact.unit) +
                             (fact.is_known ? "" : " (" + say("not_known") + ")"));
    }

    void add_result() {
        line(0, say("result", {{"subject", words_.subject_name},
                               {"id", "#" + number(words_.id)},
                               {"class", words_.class_name}}));
        line(1, say("state", {{"state", words_.state}}));
        line(1, say("score", {{"points", points(words_.score)}, {"maximum", points(words_.maximum)}}));
        line(1, say("class_by_points", {{"class", words_.class_by_points_name}}));
        if (words_.next_minimum) line(1, say("next_class", {{"points", points(*words_.next_minimum)}}));
        if (words_.class_before_cap != words_.class_number)
            line(1, say("class_before_cap", {{"class", words_.class_before_cap_name}}));
        if (words_.missing.empty()) return;
        line(0, say("missing"));
        for (const FactWords& fact : words_.missing) line(1, fact.name);
    }

    void add_criteria() {
        if (words_.criteria.empty()) return;
        line(0, say("criteria"));
        for (const CriterionWords& one : words_.criteria) {
            if (!one.applies) {
                line(1, one.name + ": " + say("does_not_apply"));
                continue;
            }
            line(1, one.name + ": " +
                        say("points_of", {{"points", points(one.points)}, {"maximum", points(one.maximum)}}));
            if (!one.choice.empty()) line(2, one.choice);
            if (!one.formula_words.empty())
                line(2, one.formula_words + " = " + points_text(one.input, one.input_scale) +
                            (one.input_unit.empty() ? "" : " " + one.input_unit));
            add_facts(3, one.facts);
        }
    }

    void add_deductions() {
        const bool is_any = std::any_of(words_.deductions.begin(), words_.deductions.end(),
                                        [](const DeductionWords& one) { return one.points != 0; });
        line(0, say(is_any ? "deductions" : "no_deductions"));
        for (const DeductionWords& one : words_.deductions) {
            if (one.points == 0) continue;
            line(1, one.name + ": -" + points(one.points));
            add_facts(3, one.facts);
        }
    }

    void add_gates() {
        add_gates("gates", words_.gates);
        add_gates("not_met", words_.not_met);
    }

    void add_gates(const char* title, const std::vector<GateWords>& gates) {
        if (gates.empty()) return;
        line(0, say(title));
        for (const GateWords& one : gates) {
            line(1, one.effect + " (" + one.class_name + "): " + one.name);
            if (!one.formula_words.empty()) line(2, one.formula_words);
            add_facts(3, one.facts);
        }
    }

    void add_neighbour(const char* key, const std::optional<NeighbourWords>& one) {
        if (one)
            line(1, say(key, {{"id", "#" + number(one->id)},
                              {"rank", number(one->rank)},
                              {"points", points(one->score)}}));
    }

    void add_cap() {
        if (!words_.cap) return;
        const CapWords& cap = *words_.cap;
        line(0, say("cap", {{"class", cap.class_name},
                            {"percent", number(cap.percent)},
                            {"base", cap.base},
                            {"rounding", cap.rounding}}));
        line(1, cap.group_unit_id ? say("cap_group", {{"id", "#" + number(*cap.group_unit_id)}})
                                  : say("cap_whole"));
        line(1, say("cap_counts", {{"base", number(cap.base_count)},
                                   {"allowed", number(cap.allowed)},
                                   {"candidates", number(cap.candidates)}}));
        line(1, cap.rank == 0 ? say("no_candidate") : say("rank", {{"rank", number(cap.rank)}}));
        if (cap.was_lowered) line(1, say("lowered"));
        add_neighbour("above", cap.above);
        add_neighbour("below", cap.below);
        add_neighbour("last_inside", cap.last_inside);
        add_neighbour("first_outside", cap.first_outside);
    }

    void add_units_below() {
        if (!words_.aggregates.empty()) {
            line(0, say("aggregates"));
            add_facts(1, words_.aggregates);
        }
        if (words_.children.empty()) return;
        line(0, say("children"));
        for (const ChildWords& one : words_.children)
            line(1, say(one.is_member ? "child_member" : "child_unit", {{"id", "#" + number(one.id)},
                                                                        {"class", one.class_name},
                                                                        {"points", points(one.score)}}));
    }

    void add_weakness() {
        if (words_.weak_reasons.empty()) return;
        line(0, say(words_.is_weak ? "is_weak" : "weak_reasons"));
        for (const FactWords& reason : words_.weak_reasons) line(1, reason.name);
    }

    void add_changes() {
        line(0, say(words_.changes.empty() ? "no_changes" : "changes"));
        for (const ChangeWords& one : words_.changes)
            line(1, say("change", {{"fact", one.name},
                                   {"from", measured(one.from, "")},
                                   {"to", measured(one.to, one.unit)},
                                   {"class", one.class_name}}));
    }

    const ExplanationWords& words_;
    const Texts& texts_;
    std::string_view language_;
    std::string page_;
};

}  // namespace

std::string points_text(std::int64_t points, std::int64_t scale) {
    if (scale <= 1) return std::to_string(points);
    // The digits behind the point of a scale of tens; a scale of another kind is written as a fraction.
    std::size_t digits = 0;
    std::int64_t power = 1;
    while (power < scale) power *= 10, ++digits;
    if (power != scale) return std::to_string(points) + "/" + std::to_string(scale);
    const std::int64_t size = points < 0 ? -points : points;
    std::string rest = std::to_string(size % scale);
    rest.insert(0, digits - rest.size(), '0');
    while (!rest.empty() && rest.back() == '0') rest.pop_back();
    return (points < 0 ? "-" : "") + std::to_string(size / scale) + (rest.empty() ? "" : "." + rest);
}

std::string as_text(const ExplanationWords& words, const Texts& texts, std::string_view language) {
    return Page(words, texts, language).write();
}

}  // namespace gw::fact_files
