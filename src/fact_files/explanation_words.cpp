#include "fact_files/explanation_words.h"

namespace gw::fact_files {
namespace {

using namespace evaluation;

class Wording {
public:
    Wording(const Rulebook& rulebook, const Year& year, const Texts& texts, std::string_view language)
        : rulebook_(rulebook), year_(year), texts_(texts), language_(language) {}

    ExplanationWords write(const Explanation& e) const {
        ExplanationWords words;
        words.subject = e.subject;
        const Subject* subject = rulebook_.find_subject(e.subject);
        if (subject != nullptr) words.subject_name = named(subject->text, e.subject);
        words.id = e.id;
        words.state = text("evaluation.state." + state_key(e.state));
        words.score = e.score;
        words.score_scale = e.score_scale;
        words.maximum = e.maximum;
        words.class_number = e.final_class;
        words.class_name = class_name(e.final_class);
        words.class_before_cap = e.pre_class;
        words.class_before_cap_name = class_name(e.pre_class);
        words.class_by_points = e.threshold_class;
        words.class_by_points_name = class_name(e.threshold_class);
        words.next_minimum = e.next_minimum;
        words.missing = facts(e.missing);
        for (const CriterionReason& one : e.criteria) words.criteria.push_back(criterion(one));
        for (const DeductionReason& one : e.deductions)
            words.deductions.push_back(
                {one.key, named(one.text, one.key), one.points, one.formula, facts(one.facts)});
        for (const GateReason& one : e.gates) words.gates.push_back(gate(one));
        for (const GateReason& one : e.not_met) words.not_met.push_back(gate(one));
        if (e.cap) words.cap = cap(*e.cap);
        words.aggregates = facts(e.aggregates);
        for (const ChildReason& one : e.children)
            words.children.push_back(
                {one.is_member, one.id, one.class_number, class_name(one.class_number), one.score});
        words.is_weak = e.is_weak;
        words.weak_reasons = facts(e.weak_reasons);
        for (const SingleChange& one : e.changes)
            words.changes.push_back({one.fact, named(one.text, one.fact), one.from, one.to, unit(one.unit),
                                     one.class_number, class_name(one.class_number)});
        return words;
    }

private:
    std::string text(const std::string& key) const { return texts_.text(language_, key); }

    // A rulebook may leave a text out; then its key has to do.
    std::string named(const Text& words, const std::string& key) const {
        const std::string& found = words.in(language_);
        return found.empty() ? key : found;
    }

    std::string unit(const std::string& key) const {
        return !key.empty() && texts_.has("rulebooks.unit." + key) ? text("rulebooks.unit." + key) : key;
    }

    std::string class_name(std::int64_t number) const {
        const Named* one = rulebook_.find_class(number);
        return one == nullptr ? text("fact_files.not_classified") : named(one->text, one->key);
    }

    static std::string state_key(State state) {
        switch (state) {
            case State::evaluated: return "evaluated";
            case State::exempt: return "exempt";
            case State::not_evaluated: return "not_evaluated";
            case State::facts_missing: return "facts_missing";
            case State::no_subject: break;
        }
        return "no_subject";
    }

    static std::string effect_key(GateEffect effect) {
        switch (effect) {
            case GateEffect::not_classified: return "not_classified";
            case GateEffect::class_when: return "class_when";
            case GateEffect::at_most: return "at_most";
            case GateEffect::requirement: break;
        }
        return "requirement";
    }

    static std::string base_key(CapBase base) {
        switch (base) {
            case CapBase::good_exclusive: return "good_exclusive";
            case CapBase::good_or_better: return "good_or_better";
            case CapBase::evaluated: break;
        }
        return "evaluated";
    }

    static std::string rounding_key(Rounding rounding) {
        switch (rounding) {
            case Rounding::floor: return "floor";
            case Rounding::half_up: return "half_up";
            case Rounding::ceil: break;
        }
        return "ceil";
    }

    std::vector<FactWords> facts(const std::vector<FactReason>& reasons) const {
        std::vector<FactWords> all;
        for (const FactReason& one : reasons)
            all.push_back({one.key, named(one.text, one.key), one.value, unit(one.unit), one.is_given});
        return all;
    }

    CriterionWords criterion(const CriterionReason& one) const {
        CriterionWords words;
        words.key = one.key;
        words.name = named(one.text, one.key);
        words.applies = one.applies;
        words.points = one.points;
        words.maximum = one.maximum;
        words.formula = one.formula;
        words.formula_words = named(one.formula_words, one.formula);
        words.input = one.input;
        words.input_scale = one.input_scale;
        words.input_unit = unit(one.input_unit);
        words.choice = one.choice.in(language_);
        words.facts = facts(one.facts);
        return words;
    }

    GateWords gate(const GateReason& one) const {
        return {one.key,
                text("evaluation.gate." + effect_key(one.effect)),
                named(one.text, one.key),
                one.class_number,
                class_name(one.class_number),
                named(one.formula_words, one.formula),
                facts(one.facts)};
    }

    static std::optional<NeighbourWords> neighbour(const std::optional<Neighbour>& one) {
        if (!one) return std::nullopt;
        return NeighbourWords{one->id, one->rank, one->score};
    }

    CapWords cap(const CapReason& one) const {
        CapWords words;
        words.name = one.text.in(language_);
        if (one.group >= 0) words.group_unit_id = year_.units.ids[static_cast<std::size_t>(one.group)];
        words.class_number = one.class_number;
        words.class_name = class_name(one.class_number);
        words.percent = one.percent;
        words.base = text("evaluation.cap_base." + base_key(one.base));
        words.rounding = text("evaluation.rounding." + rounding_key(one.rounding));
        words.base_count = one.base_count;
        words.allowed = one.allowed;
        words.candidates = one.candidates;
        words.rank = one.rank;
        words.was_lowered = one.was_lowered;
        words.above = neighbour(one.above);
        words.below = neighbour(one.below);
        words.last_inside = neighbour(one.last_inside);
        words.first_outside = neighbour(one.first_outside);
        return words;
    }

    const Rulebook& rulebook_;
    const Year& year_;
    const Texts& texts_;
    std::string_view language_;
};

}  // namespace

ExplanationWords in_words(const Explanation& explanation, const Rulebook& rulebook, const Year& year,
                          const Texts& texts, std::string_view language) {
    return Wording(rulebook, year, texts, language).write(explanation);
}

}  // namespace gw::fact_files
