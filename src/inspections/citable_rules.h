// What a finding may name: the rule that was broken, and an earlier finding of which it is the same again.
#pragma once
#include "inspections/inspections.h"

namespace gw::inspections {

// A directive in force for the object that the reader may read, or a criterion of a rulebook in force.
struct CitableRule {
    std::optional<DirectiveId> directive_id;
    std::string edition, criterion;  // "vn.meeting 2025", "meeting.documents"
    std::string text;
    std::string source;  // the number and sender of the directive, or the title of the rulebook
};
BOOST_DESCRIBE_STRUCT(CitableRule, (), (directive_id, edition, criterion, text, source))

struct FindRules {
    InspectionId inspection_id;
    std::optional<std::string> text;
};
BOOST_DESCRIBE_STRUCT(FindRules, (), (inspection_id, text))

struct CitableRules {
    std::vector<CitableRule> rules;  // those that hold every word of the text, 20 at most
};
BOOST_DESCRIBE_STRUCT(CitableRules, (), (rules))

struct EarlierFindings {
    std::vector<findings::Finding> findings;  // closed within the last year, the newest first
};
BOOST_DESCRIBE_STRUCT(EarlierFindings, (), (findings))

struct CriterionKey {
    std::string edition, criterion;
};
BOOST_DESCRIBE_STRUCT(CriterionKey, (), (edition, criterion))

struct Criterion {
    std::string rulebook;  // its title
    std::string subject;   // what it judges
    std::string text;
    std::int64_t most_points_milli = 0;
    std::string source;
};
BOOST_DESCRIBE_STRUCT(Criterion, (), (rulebook, subject, text, most_points_milli, source))

// Refused: not_found, forbidden to the object.
CitableRules find_rules(const Call& call, const FindRules& request, const Setting& setting);
EarlierFindings earlier_findings(const Call& call, const InspectionKey& request);
// For everybody signed in. Refused: not_found.
Criterion show_criterion(const Call& call, const CriterionKey& request, const Setting& setting);
// Rules that do not exist, or that the actor may not read, by field.
Problems problems_in_rules(const Call& call, std::span<const findings::FindingToNote> notes,
                           const Setting& setting);

}  // namespace gw::inspections
