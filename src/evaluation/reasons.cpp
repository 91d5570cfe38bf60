#include "evaluation/reasons.h"

#include <algorithm>

namespace gw::evaluation {
namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

template <class List>
std::size_t place_of(const List& list, const std::string& key) {
    for (std::size_t i = 0; i < list.size(); ++i)
        if (list[i].key == key) return i;
    return none;
}

class Alone {
public:
    Alone(const Plan& plan, const SubjectPlan& subject, const Binding& binding, std::size_t row)
        : plan_(plan),
          rulebook_(plan.rulebook),
          subject_plan_(subject),
          subject_(plan.rulebook.subjects[subject.subject]),
          environment_(plan.environment(subject_.domain)),
          binding_(binding),
          row_(row),
          values_(subject.detail.outputs.size()) {
        std::vector<Sink> sinks;
        for (std::int64_t& value : values_) sinks.push_back({{&value, Width::i64}, false});
        Runner(subject.detail, binding.columns()).run({nullptr, static_cast<std::int32_t>(row), 1}, sinks);
    }

    Explanation explain() {
        Explanation e;
        e.subject = subject_.key;
        e.row = static_cast<std::int64_t>(row_);
        e.score_scale = rulebook_.score_scale;
        const DetailPlaces& places = subject_plan_.places;
        e.state = static_cast<State>(values_[places.state]);
        if (e.state != State::exempt) find_missing(e);
        if (e.state == State::facts_missing) return e;
        e.score = values_[places.score];
        e.maximum = values_[places.maximum];
        e.pre_class = values_[places.pre_class];
        e.final_class = e.pre_class;
        e.threshold_class = values_[places.threshold_class];
        add_criteria(e);
        add_deductions(e);
        add_gates(e);
        add_thresholds(e);
        return e;
    }

private:
    void find_missing(Explanation& e) {
        for (const std::size_t fact : subject_plan_.required)
            if (!binding_.is_given(fact, row_))
                e.missing.push_back(fact_at(plan_, environment_, binding_,
                                            rulebook_.facts[environment_.facts[fact]].key, row_));
        if (!e.missing.empty()) e.state = State::facts_missing;
    }

    // Facts behind a formula in order of appearance; a derived value is followed by what it is made from.
    void gather(const Expression& expression, std::vector<FactReason>& facts) const {
        for (const std::string& name : names_in(expression)) {
            if (place_of(facts, name) != none) continue;
            const std::size_t derived = place_of(subject_.derived, name);
            if (derived != none) {
                facts.push_back({name, subject_.derived[derived].text, "",
                                 values_[subject_plan_.places.derived[derived]], true});
                gather(subject_.derived[derived].formula.expression, facts);
            } else if (name.starts_with("input.") || name.starts_with("points.")) {
                const std::size_t criterion = place_of(subject_.criteria, name.substr(name.find('.') + 1));
                const DetailPlaces::OfCriterion& at = subject_plan_.places.criteria[criterion];
                facts.push_back({name, subject_.criteria[criterion].text,
                                 subject_.criteria[criterion].input_unit,
                                 values_[name[0] == 'i' ? at.input : at.points], true});
            } else if (name == "score") {
                facts.push_back({name, {}, "", values_[subject_plan_.places.score], true});
            } else if (name == "kind" || name.starts_with("class.") || name.starts_with("level.") ||
                       name.starts_with("kind.")) {
                continue;
            } else {
                facts.push_back(fact_at(plan_, environment_, binding_, name, row_));
            }
        }
    }

    // Words for a name; constants show their names in the rulebook, unknown ones themselves.
    std::string label(const std::string& name, std::string_view language) const {
        const auto text_of = [&](const auto& list, const std::string& key) -> std::string {
            const std::size_t place = place_of(list, key);
            return place == none ? name : list[place].text.in(language);
        };
        const std::size_t dot = name.find('.');
        const std::string part = dot == std::string::npos ? "" : name.substr(0, dot);
        const std::string rest = dot == std::string::npos ? name : name.substr(dot + 1);
        std::string words = name;
        if (part == "input" || part == "points") words = text_of(subject_.criteria, rest);
        else if (part == "class") words = text_of(rulebook_.classes, rest);
        else if (part == "level") words = text_of(rulebook_.levels, rest);
        else if (part == "kind") words = text_of(rulebook_.kinds, rest);
        else if (place_of(subject_.derived, name) != none) words = text_of(subject_.derived, name);
        else words = fact_at(plan_, environment_, binding_, name, row_).text.in(language);
        return words.empty() ? name : words;
    }

    Text in_words(const Formula& formula) const {
        const auto words = [&](std::string_view language) {
            return formula_in_words(formula.expression,
                                    [&](const std::string& name) { return label(name, language); });
        };
        return {words("vi"), words("en"), words("hi")};
    }

    void add_criteria(Explanation& e) {
        for (std::size_t i = 0; i < subject_.criteria.size(); ++i) {
            const Criterion& c = subject_.criteria[i];
            const DetailPlaces::OfCriterion& at = subject_plan_.places.criteria[i];
            CriterionReason reason;
            reason.key = c.key;
            reason.group = c.group;
            reason.text = c.text;
            reason.origin = c.origin;
            reason.applies = values_[at.applies] != 0;
            reason.scoring = c.scoring;
            reason.input = values_[at.input];
            reason.input_scale = c.input_scale;
            reason.input_unit = c.input_unit;
            reason.points = values_[at.points];
            reason.maximum = reason.applies ? c.maximum : 0;
            gather(c.input.expression, reason.facts);
            for (const Choice& choice : c.choices) gather(choice.when.expression, reason.facts);
            gather(c.applies_when.expression, reason.facts);
            const auto chosen = static_cast<std::size_t>(values_[at.choice]);
            const Formula& shown = c.scoring != Scoring::choice ? c.input
                                   : chosen > 0                 ? c.choices[chosen - 1].when
                                                                : c.choices.back().when;
            if (c.scoring == Scoring::choice && chosen > 0) reason.choice = c.choices[chosen - 1].text;
            reason.formula = shown.text;
            reason.formula_words = in_words(shown);
            e.criteria.push_back(std::move(reason));
        }
    }

    void add_deductions(Explanation& e) {
        for (std::size_t i = 0; i < subject_.deductions.size(); ++i) {
            const Deduction& d = subject_.deductions[i];
            DeductionReason reason{d.key, d.text,        d.origin,
                                   {},    d.amount.text, values_[subject_plan_.places.deductions[i]]};
            gather(d.amount.expression, reason.facts);
            e.deductions.push_back(std::move(reason));
        }
    }

    GateReason gate_reason(GateEffect effect, const std::string& key, const Text& text, const Origin& origin,
                           std::int64_t class_number, const Formula& when) const {
        GateReason reason{effect, key, text, origin, class_number, {}, when.text, in_words(when)};
        gather(when.expression, reason.facts);
        return reason;
    }

    void add_gates(Explanation& e) {
        const auto add = [&](const std::vector<Gate>& gates, const std::vector<std::size_t>& places,
                             GateEffect effect, bool only_first) {
            for (std::size_t i = 0; i < gates.size(); ++i) {
                if (values_[places[i]] == 0) continue;
                e.gates.push_back(gate_reason(effect, gates[i].key, gates[i].text, gates[i].origin,
                                              gates[i].class_number, gates[i].when));
                if (only_first) return true;
            }
            return false;
        };
        const DetailPlaces& places = subject_plan_.places;
        if (add(subject_.not_classified, places.not_classified, GateEffect::not_classified, true)) return;
        if (add(subject_.class_when, places.class_when, GateEffect::class_when, true)) return;
        add(subject_.at_most, places.at_most, GateEffect::at_most, false);
    }

    void add_thresholds(Explanation& e) {
        for (std::size_t i = 0; i < subject_.thresholds.size(); ++i) {
            const Threshold& threshold = subject_.thresholds[i];
            if (threshold.class_number <= e.threshold_class) continue;
            for (std::size_t k = 0; k < threshold.requirements.size(); ++k) {
                if (values_[subject_plan_.places.requirements[i][k]] != 0) continue;
                const Requirement& r = threshold.requirements[k];
                e.not_met.push_back(gate_reason(GateEffect::requirement, r.key, r.text, r.origin,
                                                threshold.class_number, r.when));
            }
            if (threshold.minimum && *threshold.minimum > e.score &&
                (!e.next_minimum || *threshold.minimum < *e.next_minimum))
                e.next_minimum = threshold.minimum;
        }
        std::stable_sort(e.not_met.begin(), e.not_met.end(), [](const GateReason& a, const GateReason& b) {
            return a.class_number < b.class_number;
        });
    }

    const Plan& plan_;
    const Rulebook& rulebook_;
    const SubjectPlan& subject_plan_;
    const Subject& subject_;
    const Environment& environment_;
    const Binding& binding_;
    std::size_t row_;
    std::vector<std::int64_t> values_;
};

}  // namespace

FactReason fact_at(const Plan& plan, const Environment& environment, const Binding& binding,
                   const std::string& key, std::size_t row) {
    FactReason reason;
    reason.key = key;
    const auto fact = environment.fact_numbers.find(key);
    if (fact != environment.fact_numbers.end()) {
        const auto place = static_cast<std::size_t>(fact->second);
        const Fact& of = plan.rulebook.facts[environment.facts[place]];
        reason.text = of.text;
        reason.unit = of.unit;
        reason.value = binding.at(fact->second, row);
        reason.is_given = binding.is_given(place, row);
        return reason;
    }
    const auto aggregate = environment.aggregate_numbers.find(key);
    if (aggregate == environment.aggregate_numbers.end()) return reason;
    reason.value = binding.at(aggregate->second, row);
    for (const Aggregate& one : plan.rulebook.aggregates)
        if (one.key == key) reason.text = one.text;
    return reason;
}

Explanation explain_alone(const Plan& plan, const SubjectPlan& subject, const Binding& binding,
                          const Table& table, std::size_t row) {
    Explanation e = Alone(plan, subject, binding, row).explain();
    e.id = table.ids[row];
    return e;
}

Rivals::Rivals(const Cap& cap, std::int64_t below, std::vector<std::int32_t> rows, std::int32_t row,
               const Ranking& ranking, const Scores& scores)
    : cap_(cap),
      below_(below),
      row_(row),
      ranking_(ranking),
      own_pre_class_(scores.pre_class[static_cast<std::size_t>(row)]) {
    for (const std::int32_t other : rows) {
        if (other == row) continue;
        const std::int64_t pre = scores.pre_class[static_cast<std::size_t>(other)];
        base_of_others_ += is_in_base(cap, below, pre);
        if (pre == cap.class_number) candidates_.push_back(other);
    }
    std::sort(candidates_.begin(), candidates_.end(), ranking);
    for (const std::int32_t other : candidates_) keys_.push_back(ranking.key_of(other));
}

std::int64_t Rivals::final_class(std::int64_t pre_class, const std::vector<std::int64_t>& key) const {
    if (pre_class != cap_.class_number) return pre_class;
    const std::int64_t allowed = allowed_of(cap_, base_of_others_ + is_in_base(cap_, below_, pre_class));
    const auto before = std::lower_bound(keys_.begin(), keys_.end(), key) - keys_.begin();
    return before < allowed ? pre_class : below_;
}

CapReason Rivals::reason(const Table& table, const Scores& scores) const {
    CapReason reason;
    reason.percent = cap_.percent;
    reason.base = cap_.base;
    reason.rounding = cap_.rounding;
    reason.class_number = cap_.class_number;
    reason.text = cap_.text;
    reason.origin = cap_.origin;
    reason.base_count = base_of_others_ + is_in_base(cap_, below_, own_pre_class_);
    reason.allowed = allowed_of(cap_, reason.base_count);
    std::vector<std::int32_t> all = candidates_;
    if (own_pre_class_ == cap_.class_number) {
        const auto place = std::lower_bound(all.begin(), all.end(), row_, ranking_);
        reason.rank = place - all.begin() + 1;
        all.insert(place, row_);
    }
    reason.candidates = static_cast<std::int64_t>(all.size());
    reason.was_lowered = reason.rank > reason.allowed;
    const auto neighbour = [&](std::int64_t rank) -> std::optional<Neighbour> {
        if (rank < 1 || rank > reason.candidates) return std::nullopt;
        const auto row = static_cast<std::size_t>(all[static_cast<std::size_t>(rank - 1)]);
        return Neighbour{static_cast<std::int64_t>(row), table.ids[row], rank, scores.score[row]};
    };
    reason.last_inside = neighbour(std::min(reason.allowed, reason.candidates));
    reason.first_outside = neighbour(reason.allowed + 1);
    if (reason.rank > 0) {
        reason.above = neighbour(reason.rank - 1);
        reason.below = neighbour(reason.rank + 1);
    }
    return reason;
}

}  // namespace gw::evaluation
