#include "evaluation/subject_plan.h"

#include <algorithm>
#include <set>

#include "evaluation/rulebook_checks.h"

namespace gw::evaluation {
namespace {

class SubjectCompiler {
public:
    SubjectCompiler(const Rulebook& rulebook, std::size_t place, const Environment& environment,
                    const std::vector<Range>& aggregate_ranges, Mistakes& mistakes)
        : rulebook_(rulebook),
          subject_(rulebook.subjects[place]),
          environment_(environment),
          mistakes_(mistakes),
          before_(mistakes.size()),
          translator_(graph_, scope_, mistakes) {
        add_columns(graph_, scope_, rulebook, environment, aggregate_ranges);
        plan_.subject = place;
    }

    SubjectPlan compile() {
        for (const Derived& derived : subject_.derived) add_derived(derived);
        for (const Criterion& criterion : subject_.criteria) add_criterion(criterion);
        for (const Deduction& deduction : subject_.deductions) add_deduction(deduction);
        score_ = graph_.node(NodeKind::maximum, graph_.constant(0),
                             graph_.node(NodeKind::subtract, points_, deducted_));
        if (score_ != no_node) scope_["score"] = score_;
        add_classes();
        // Weak reasons are asked when classes are final: there "score" is a column like any other.
        const bool is_good = mistakes_.size() == before_;
        if (is_good) finish_scores();
        if (!subject_.weak_reasons.empty()) add_weak_reasons();
        return std::move(plan_);
    }

private:
    std::string path(const std::string& part, const std::string& key) const {
        return path_of(subject_, part, key);
    }
    void say(const std::string& where, const std::string& message) { mistakes_.push_back({where, message}); }

    void add_derived(const Derived& derived) {
        const NodeId id = translator_.number(derived.formula, path("derived", derived.key) + ".formula");
        if (scope_.contains(derived.key)) say(path("derived", derived.key), "a fact has the same key");
        scope_[derived.key] = id;
        plan_.places.derived.push_back(show(id));
    }

    void add_criterion(const Criterion& c) {
        const std::string at = path("criterion", c.key);
        NodeId input = no_node;
        NodeId chosen = graph_.constant(0);
        NodeId points = no_node;
        if (c.scoring == Scoring::choice) {
            points = graph_.constant(c.otherwise);
            for (std::size_t i = c.choices.size(); i-- > 0;) {
                const NodeId when = translator_.condition(c.choices[i].when, at + ".choice");
                points = graph_.node(NodeKind::choose, when, graph_.constant(c.choices[i].points), points);
                chosen = graph_.node(NodeKind::choose, when,
                                     graph_.constant(static_cast<std::int64_t>(i) + 1), chosen);
            }
            input = chosen;
        } else {
            input = translator_.number(c.input, at + ".input");
            points = score(c, input, at);
        }
        NodeId applies = graph_.constant(1);
        NodeId maximum = graph_.constant(c.maximum);
        if (!c.applies_when.is_empty()) {
            applies = translator_.condition(c.applies_when, at + ".applies_when");
            points = graph_.node(NodeKind::choose, applies, points, graph_.constant(0));
            maximum = graph_.node(NodeKind::choose, applies, maximum, graph_.constant(0));
        }
        scope_["input." + c.key] = input;
        scope_["points." + c.key] = points;
        points_ = graph_.node(NodeKind::add, points_, points);
        maximum_ = graph_.node(NodeKind::add, maximum_, maximum);
        plan_.places.criteria.push_back({show(input), show(applies), show(points), show(chosen)});
    }

    NodeId score(const Criterion& c, NodeId input, const std::string& at) {
        NodeId points = no_node;
        switch (c.scoring) {
            case Scoring::direct:
                points = graph_.node(NodeKind::minimum, graph_.constant(c.maximum),
                                     graph_.node(NodeKind::maximum, graph_.constant(0), input));
                break;
            case Scoring::piecewise: points = graph_.curve(NodeKind::piecewise, input, {c.points, 0}); break;
            case Scoring::steps:
                points = graph_.curve(NodeKind::steps, input, {c.points, c.otherwise});
                break;
            case Scoring::yes_no:
                points = graph_.node(NodeKind::choose, graph_.truth(input), graph_.constant(c.maximum),
                                     graph_.constant(c.otherwise));
                break;
            case Scoring::level:
                points = graph_.constant(c.otherwise);
                for (const Point& level : c.points)
                    points = graph_.node(NodeKind::choose,
                                         graph_.node(NodeKind::equal, input, graph_.constant(level.x)),
                                         graph_.constant(level.y), points);
                break;
            case Scoring::choice: break;
        }
        const std::string message = graph_.take_message();
        if (!message.empty()) say(at, message);
        return points;
    }

    void add_deduction(const Deduction& d) {
        const std::string at = path("deduction", d.key);
        NodeId amount = translator_.number(d.amount, at + ".amount");
        if (d.scoring == Scoring::steps)
            amount = graph_.curve(NodeKind::steps, amount, {d.points, d.otherwise});
        if (d.scoring == Scoring::piecewise)
            amount = graph_.curve(NodeKind::piecewise, amount, {d.points, 0});
        if (amount != no_node && graph_.range(amount).lowest < 0)
            say(at, "could become negative and so add points; use max(0, ...)");
        deducted_ = graph_.node(NodeKind::add, deducted_, amount);
        plan_.places.deductions.push_back(show(amount));
    }

    // The facts behind an expression, by place in the environment; those that it only asks after with given()
    // are not among them.
    void gather_facts(const Expression& e, std::set<std::size_t>& facts) const {
        for (const Expression& operand : e.operands) gather_facts(operand, facts);
        if (e.operation != Operation::name) return;
        const std::size_t dot = e.name.find('.');
        const std::string part = e.name.substr(0, dot);
        for (const Derived& derived : subject_.derived)
            if (derived.key == e.name) return gather_facts(derived.formula.expression, facts);
        for (const Criterion& criterion : subject_.criteria)
            if ((part == "input" || part == "points") && e.name.substr(dot + 1) == criterion.key)
                return gather_facts(criterion, facts);
        const auto fact = environment_.fact_numbers.find(e.name);
        if (fact != environment_.fact_numbers.end()) facts.insert(static_cast<std::size_t>(fact->second));
    }
    void gather_facts(const Criterion& criterion, std::set<std::size_t>& facts) const {
        gather_facts(criterion.input.expression, facts);
        gather_facts(criterion.applies_when.expression, facts);
        for (const Choice& choice : criterion.choices) gather_facts(choice.when.expression, facts);
    }
    bool is_required(std::size_t place) const {
        return !rulebook_.facts[environment_.facts[place]].when_missing.has_value();
    }

    // A gate that lets somebody off looks only at known facts: a missing number of months is not "few
    // months".
    NodeId known_condition(const Gate& gate, const std::string& at) {
        NodeId when = translator_.condition(gate.when, at);
        std::set<std::size_t> facts;
        gather_facts(gate.when.expression, facts);
        for (const std::size_t place : facts)
            if (is_required(place))
                when = graph_.node(NodeKind::all_of, when,
                                   scope_.at("given " + rulebook_.facts[environment_.facts[place]].key));
        return when;
    }

    void add_classes() {
        NodeId state = graph_.constant(0);
        std::vector<NodeId> conditions;
        for (const Gate& gate : subject_.not_classified)
            conditions.push_back(known_condition(gate, path("not_classified", gate.key) + ".when"));
        for (std::size_t i = conditions.size(); i-- > 0;)
            state = graph_.node(NodeKind::choose, conditions[i],
                                graph_.constant(static_cast<std::int64_t>(subject_.not_classified[i].state)),
                                state);
        for (const NodeId id : conditions) plan_.places.not_classified.push_back(show(id));

        NodeId given = by_thresholds();
        plan_.places.threshold_class = show(given);
        for (const Gate& gate : subject_.at_most) {
            const NodeId when = translator_.condition(gate.when, path("at_most", gate.key) + ".when");
            const NodeId lowered = graph_.node(NodeKind::minimum, given, graph_.constant(gate.class_number));
            given = graph_.node(NodeKind::choose, when, lowered, given);
            plan_.places.at_most.push_back(show(when));
        }
        conditions.clear();
        for (const Gate& gate : subject_.class_when)
            conditions.push_back(translator_.condition(gate.when, path("class_when", gate.key) + ".when"));
        for (std::size_t i = conditions.size(); i-- > 0;)
            given = graph_.node(NodeKind::choose, conditions[i],
                                graph_.constant(subject_.class_when[i].class_number), given);
        for (const NodeId id : conditions) plan_.places.class_when.push_back(show(id));
        pre_class_ = graph_.node(NodeKind::choose, state, graph_.constant(0), given);
        state_ = state;
    }

    NodeId by_thresholds() {
        std::vector<std::size_t> order(subject_.thresholds.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return subject_.thresholds[a].class_number < subject_.thresholds[b].class_number;
        });
        std::int64_t lowest = rulebook_.classes.empty() ? 0 : rulebook_.classes.front().number;
        for (const Named& one : rulebook_.classes) lowest = std::min(lowest, one.number);
        NodeId given = graph_.constant(lowest);
        plan_.places.requirements.resize(subject_.thresholds.size());
        for (const std::size_t i : order) {
            const Threshold& threshold = subject_.thresholds[i];
            const Named* of = rulebook_.find_class(threshold.class_number);
            const std::string at = path("threshold", of == nullptr ? "" : of->key);
            NodeId reached = graph_.constant(1);
            if (threshold.minimum)
                reached = graph_.node(NodeKind::less_equal, graph_.constant(*threshold.minimum), score_);
            for (const Requirement& requirement : threshold.requirements) {
                const NodeId when =
                    translator_.condition(requirement.when, at + ".requirement." + requirement.key + ".when");
                reached = graph_.node(NodeKind::all_of, reached, when);
                plan_.places.requirements[i].push_back(show(when));
            }
            given = graph_.node(NodeKind::choose, reached, graph_.constant(threshold.class_number), given);
        }
        return given;
    }

    void finish_scores() {
        if (score_ == no_node || maximum_ == no_node || pre_class_ == no_node || state_ == no_node) {
            say(path_of(subject_), "its points could leave 64 bits");
            return;
        }
        const NodeId outputs[] = {score_, maximum_, pre_class_, state_};
        plan_.scores = make_program(graph_, outputs);
        plan_.places.score = show(score_);
        plan_.places.maximum = show(maximum_);
        plan_.places.pre_class = show(pre_class_);
        plan_.places.state = show(state_);
        plan_.detail = make_program(graph_, shown_);
        note_facts();
    }

    void note_facts() {
        // Whether a fact is known counts as the fact.
        const std::size_t facts_there = environment_.facts.size();
        std::set<std::size_t> used;
        for (const Program::Load& load : plan_.scores.loads)
            if (const auto column = static_cast<std::size_t>(load.column); column < 2 * facts_there)
                used.insert(column < facts_there ? column : column - facts_there);
        plan_.used.assign(used.begin(), used.end());
        // What must be known follows from what is written, not from what the compiler could leave out.
        std::set<std::size_t> facts;
        for (const Criterion& criterion : subject_.criteria) gather_facts(criterion, facts);
        for (const Deduction& deduction : subject_.deductions)
            gather_facts(deduction.amount.expression, facts);
        for (const auto* gates : {&subject_.not_classified, &subject_.class_when, &subject_.at_most})
            for (const Gate& gate : *gates) gather_facts(gate.when.expression, facts);
        for (const Threshold& threshold : subject_.thresholds)
            for (const Requirement& requirement : threshold.requirements)
                gather_facts(requirement.when.expression, facts);
        for (const std::size_t place : facts)
            if (is_required(place)) plan_.required.push_back(place);
        if (!subject_.cap) return;
        for (const TieBreak& tie : subject_.cap->tie_breaks) {
            if (tie.column == "id") break;
            const auto fact = environment_.fact_numbers.find(tie.column);
            const bool is_fact = tie.column != "score" && fact != environment_.fact_numbers.end();
            plan_.tie_columns.push_back(is_fact ? fact->second : environment_.own(Environment::score));
            if (!is_fact) continue;
            const auto place = static_cast<std::size_t>(fact->second);
            if (std::find(plan_.used.begin(), plan_.used.end(), place) == plan_.used.end())
                plan_.used.push_back(place);
        }
    }

    void add_weak_reasons() {
        add_results(graph_, scope_, rulebook_, environment_);
        const NodeId is_classified =
            graph_.node(NodeKind::less, graph_.constant(0), scope_.at("final_class"));
        NodeId bits = graph_.constant(0);
        std::vector<NodeId> outputs(2);
        for (const WeakReason& reason : subject_.weak_reasons) {
            NodeId when = translator_.condition(reason.when, path("weak_reason", reason.key) + ".when");
            when = graph_.node(NodeKind::all_of, is_classified, when);
            scope_["reason." + reason.key] = when;
            outputs.push_back(when);
            bits = graph_.node(NodeKind::add, bits,
                               graph_.node(NodeKind::multiply, when, graph_.constant(reason.bit)));
        }
        NodeId weak = translator_.condition(subject_.weak_when, path_of(subject_) + ".weak_when");
        weak = graph_.node(NodeKind::all_of, is_classified, weak);
        outputs[0] = bits;
        outputs[1] = weak;
        if (mistakes_.size() == before_) plan_.weak = make_program(graph_, outputs);
    }

    // Makes a value an output of the detail program and returns its place there.
    std::size_t show(NodeId id) {
        shown_.push_back(id);
        return shown_.size() - 1;
    }

    const Rulebook& rulebook_;
    const Subject& subject_;
    const Environment& environment_;
    Mistakes& mistakes_;
    std::size_t before_;
    Graph graph_;
    Scope scope_;
    Translator translator_;
    SubjectPlan plan_;
    NodeId points_ = graph_.constant(0);
    NodeId maximum_ = graph_.constant(0);
    NodeId deducted_ = graph_.constant(0);
    NodeId score_ = no_node;
    NodeId pre_class_ = no_node;
    NodeId state_ = no_node;
    std::vector<NodeId> shown_;
};

}  // namespace

SubjectPlan make_subject_plan(const Rulebook& rulebook, std::size_t subject, const Environment& environment,
                              const std::vector<Range>& aggregate_ranges, Mistakes& mistakes) {
    return SubjectCompiler(rulebook, subject, environment, aggregate_ranges, mistakes).compile();
}

}  // namespace gw::evaluation
