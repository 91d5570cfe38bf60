#include "inspections/citable_rules.h"

#include <algorithm>

#include "directives/directives.h"
#include "inspections/inspections_access.h"
#include "organisation/tree.h"
#include "platform/text.h"
#include "rulebooks/rulebooks.h"

namespace gw::inspections {

namespace {

constexpr std::size_t most_rules = 20;

struct FoundCriterion {
    const evaluation::Rulebook& rulebook;
    const evaluation::Subject& subject;
    const evaluation::Criterion& criterion;
};

// Gives every criterion of an edition with its key, until `look` says that it has seen enough.
void each_criterion(const evaluation::Rulebook& rulebook,
                    const std::function<bool(const FoundCriterion&, const std::string& key)>& look) {
    for (const evaluation::Subject& subject : rulebook.subjects)
        for (const evaluation::Criterion& criterion : subject.criteria)
            if (!look({rulebook, subject, criterion}, subject.key + "." + criterion.key)) return;
}

class Wanted {
public:
    explicit Wanted(const std::string& text) : words_(folded_words(text)) {}
    bool is_in(const CitableRule& rule) const {
        const std::string all = folded(rule.text + " " + rule.source);
        return std::ranges::all_of(
            words_, [&](const std::string& word) { return all.find(word) != std::string::npos; });
    }

private:
    std::vector<std::string> words_;
};

std::vector<CitableRule> directives_for(const Call& call, UnitId unit_id) {
    std::vector<CitableRule> rules;
    if (!call.actor.may("directives.read", unit_id)) return rules;
    directives::ListDirectives in_force;
    in_force.unit_id = unit_id;
    in_force.in_force = true;
    for (const directives::DirectiveLine& line : directives::list(call, in_force).directives) {
        const std::string& number = line.directive.number_text;
        rules.push_back({line.directive.id, "", "", line.directive.title,
                         number.empty() ? line.sender_name : number + ", " + line.sender_name});
    }
    return rules;
}

void add_criteria(const Call& call, const Setting& setting, std::vector<CitableRule>& rules) {
    if (!setting.rulebooks) return;
    for (const auto& edition : setting.rulebooks->editions()) {
        if (!edition->is_in_force(to_text(call.today))) continue;
        each_criterion(edition->rulebook(), [&](const FoundCriterion& found, const std::string& key) {
            rules.push_back({std::nullopt, edition->full_name(), key, found.criterion.text.in(call.language),
                             found.rulebook.title.in(call.language)});
            return true;
        });
    }
}

bool is_criterion(const Setting& setting, const std::string& full_name, const std::string& criterion) {
    bool is_there = false;
    if (const auto edition = setting.rulebooks ? setting.rulebooks->find_edition(full_name) : nullptr)
        each_criterion(edition->rulebook(), [&](const FoundCriterion&, const std::string& key) {
            is_there = key == criterion;
            return !is_there;
        });
    return is_there;
}

}  // namespace

CitableRules find_rules(const Call& call, const FindRules& request, const Setting& setting) {
    const Inspection inspection = get_inspecting(call, request.inspection_id);
    std::vector<CitableRule> rules = directives_for(call, inspection.object_unit_id);
    add_criteria(call, setting, rules);
    const Wanted wanted(request.text.value_or(""));
    std::erase_if(rules, [&](const CitableRule& rule) { return !wanted.is_in(rule); });
    if (rules.size() > most_rules) rules.resize(most_rules);
    return {std::move(rules)};
}

EarlierFindings earlier_findings(const Call& call, const InspectionKey& request) {
    const Inspection inspection = get_inspecting(call, request.inspection_id);
    EarlierFindings earlier;
    for (const findings::Finding& finding :
         findings::findings_that_may_come_back(call, inspection.object_unit_id))
        if (!inspection.object_member_id || finding.about_member_id == inspection.object_member_id)
            earlier.findings.push_back(finding);
    return earlier;
}

Criterion show_criterion(const Call& call, const CriterionKey& request, const Setting& setting) {
    const auto edition = setting.rulebooks ? setting.rulebooks->find_edition(request.edition) : nullptr;
    if (!edition) refuse_unknown("edition");
    std::optional<Criterion> shown;
    each_criterion(edition->rulebook(), [&](const FoundCriterion& found, const std::string& key) {
        if (key != request.criterion) return true;
        const auto& sources = found.rulebook.sources;
        const auto source = sources.find(found.criterion.origin.source);
        shown = {found.rulebook.title.in(call.language), found.subject.text.in(call.language),
                 found.criterion.text.in(call.language),
                 found.criterion.maximum * 1000 / found.rulebook.score_scale,
                 source == sources.end() ? std::string() : source->second};
        return false;
    });
    if (!shown) refuse_unknown("criterion");
    return *shown;
}

Problems problems_in_rules(const Call& call, std::span<const findings::FindingToNote> notes,
                           const Setting& setting) {
    Problems problems;
    for (std::size_t i = 0; i < notes.size(); ++i) {
        const std::string here = "findings/" + std::to_string(i) + "/";
        if (notes[i].rule_directive_id && !directives::is_readable(call, *notes[i].rule_directive_id))
            problems.push_back({here + "rule_directive_id", "inspections.no_such_rule"});
        const std::string edition = notes[i].rule_edition.value_or("");
        const std::string criterion = notes[i].rule_criterion.value_or("");
        if ((!edition.empty() || !criterion.empty()) && !is_criterion(setting, edition, criterion))
            problems.push_back({here + "rule_criterion", "inspections.no_such_rule"});
    }
    return problems;
}

}  // namespace gw::inspections
