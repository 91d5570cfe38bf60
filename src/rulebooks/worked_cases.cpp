#include "rulebooks/worked_cases.h"

#include <set>

namespace gw::rulebooks {
namespace {

using namespace evaluation;

class CaseCheck {
public:
    CaseCheck(const Plan& plan, const Subject& subject, Mistakes& mistakes)
        : plan_(plan), rulebook_(rulebook_of(plan)), subject_(subject), mistakes_(mistakes) {
        for (const Fact& fact : rulebook_.facts)
            if (fact.domain == subject.domain) names_.insert(fact.key);
        if (subject.domain == Domain::unit)
            for (const Aggregate& aggregate : rulebook_.aggregates) names_.insert(aggregate.key);
    }

    void check(const WorkedCase& worked) {
        const std::string path = "subject." + subject_.key + ".case." + worked.name;
        const auto say = [&](const std::string& message) { mistakes_.push_back({path, message}); };
        Table table;
        table.ids = {1};
        for (const auto& [name, value] : worked.facts) {
            if (!names_.contains(name)) say("there is no fact \"" + name + "\"");
            table.add(name).set(0, value);
        }
        const Scores scores = evaluate_rows(plan_, subject_.key, table);
        for (const Problem& problem : scores.problems) say(problem.column + ": " + problem.message);
        if (!scores.problems.empty()) return;
        if (worked.score && scores.score[0] != *worked.score)
            say("the score comes out as " + std::to_string(scores.score[0]) + ", not " +
                std::to_string(*worked.score));
        if (worked.maximum && scores.maximum[0] != *worked.maximum)
            say("the available maximum comes out as " + std::to_string(scores.maximum[0]) + ", not " +
                std::to_string(*worked.maximum));
        if (scores.final_class[0] != worked.class_number)
            say("the class comes out as " + class_name(scores.final_class[0]) + ", not " +
                class_name(worked.class_number));
    }

private:
    std::string class_name(std::int64_t number) const {
        const Named* one = rulebook_.find_class(number);
        return one == nullptr ? "none" : one->key;
    }

    const Plan& plan_;
    const Rulebook& rulebook_;
    const Subject& subject_;
    Mistakes& mistakes_;
    std::set<std::string> names_;
};

}  // namespace

std::vector<CaseOutcome> run_cases(const Plan& plan) {
    std::vector<CaseOutcome> outcomes;
    for (const Subject& subject : rulebook_of(plan).subjects)
        for (const WorkedCase& worked : subject.cases) {
            CaseOutcome outcome{"subject." + subject.key + ".case." + worked.name, {}};
            CaseCheck(plan, subject, outcome.mistakes).check(worked);
            outcomes.push_back(std::move(outcome));
        }
    return outcomes;
}

Mistakes problems_in_cases(const Plan& plan) {
    Mistakes mistakes;
    for (const Subject& subject : rulebook_of(plan).subjects)
        if (subject.cases.empty())
            mistakes.push_back({"subject." + subject.key, "has no worked case; give at least one"});
    for (const CaseOutcome& outcome : run_cases(plan))
        mistakes.insert(mistakes.end(), outcome.mistakes.begin(), outcome.mistakes.end());
    return mistakes;
}

}  // namespace gw::rulebooks
