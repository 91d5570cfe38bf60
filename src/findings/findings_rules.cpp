#include "findings/findings_rules.h"

#include "platform/checks.h"

namespace gw::findings {

Problems problems_in(const FindingToNote& note, Date day, const std::string& place) {
    Problems problems;
    check_text(problems, place + "text", note.text, longest_paragraph);
    check_text(problems, place + "remedy", note.remedy, longest_paragraph);
    check_length(problems, place + "cause", note.cause.value_or(""), longest_paragraph);
    check_length(problems, place + "rule_edition", note.rule_edition.value_or(""));
    check_length(problems, place + "rule_criterion", note.rule_criterion.value_or(""));
    check_length(problems, place + "rule_text", note.rule_text.value_or(""), longest_paragraph);
    check_day(problems, place + "due_on", note.due_on);
    if (note.due_on < day) problems.push_back({place + "due_on", "findings.due_before_noted"});
    const bool names_rulebook =
        !note.rule_edition.value_or("").empty() || !note.rule_criterion.value_or("").empty();
    if (note.rule_directive_id && names_rulebook)
        problems.push_back({place + "rule_directive_id", "findings.one_rule"});
    if ((note.rule_directive_id || names_rulebook) && note.rule_text.value_or("").empty())
        problems.push_back({place + "rule_text", "findings.rule_in_words"});
    return problems;
}

bool is_of_unit(const organisation::Tree& tree, UnitId home_unit_id, UnitId unit_id) {
    const auto home = tree.find(home_unit_id);
    const auto unit = tree.find(unit_id);
    return home && unit && tree.is_within(*home, tree.reach(*unit));
}

bool is_late(const Finding& finding, Date today) {
    if (finding.state == State::open) return finding.due_on < today;
    return finding.remedied_on && *finding.remedied_on > finding.due_on;
}

Date check_from(const Finding& finding, int days_until_check) {
    return date_of(day_number(finding.remedied_on.value_or(finding.due_on)) + days_until_check);
}

bool may_come_back(const Finding& finding, Date day) {
    return finding.state == State::closed && finding.closed_on &&
           day_number(day) - day_number(*finding.closed_on) <= days_to_come_back;
}

Finding reopened(Finding finding, Date day, Date due_on) {
    if (finding.state == State::closed) {
        finding.reopened_on = day;
        ++finding.came_back_count;
    }
    finding.state = State::open;
    finding.due_on = due_on;
    finding.remedied_how = "";
    finding.remedied_on.reset();
    finding.closing_note = "";
    finding.closed_by.reset();
    finding.closed_on.reset();
    return finding;
}

}  // namespace gw::findings
