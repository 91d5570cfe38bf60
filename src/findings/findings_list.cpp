#include "findings/findings.h"
#include "findings/findings_access.h"
#include "findings/findings_rules.h"
#include "findings/findings_store.h"
#include "members/members.h"
#include "organisation/organisation.h"

namespace gw::findings {

namespace {

std::string unit_name(const Call& call, UnitId unit_id) {
    const auto position = call.tree->find(unit_id);
    return position ? call.tree->at(*position).name : std::string();
}

std::string member_name(const Call& call, const std::optional<MemberId>& member_id) {
    const auto member = member_id ? members::find_member(call.db, *member_id) : std::nullopt;
    return member ? member->full_name : std::string();
}

FindingLine line_of(const Call& call, const Finding& finding) {
    return {finding, unit_name(call, finding.unit_id), finding.source_name, is_late(finding, call.today)};
}

}  // namespace

FindingRecord show(const Call& call, const FindingKey& request, const Setting& setting) {
    const Finding finding = readable(call, {get_readable(call, request.finding_id)}).front();
    FindingRecord record;
    record.finding = finding;
    record.unit_name = unit_name(call, finding.unit_id);
    record.about_name = member_name(call, finding.about_member_id);
    record.owner_name = member_name(call, finding.owner_member_id);
    record.is_late = is_late(finding, call.today);
    if (finding.state == State::remedied) record.check_from = check_from(finding, setting.days_until_check);
    record.steps = steps_of(call.db, finding.id);
    // What is decided by the owner needs the finding as it is kept.
    const Finding kept = *find_finding(call.db, finding.id);
    record.acts.may_report = finding.state == State::open && may_report(call, kept);
    // Who speaks for a hidden owner is hidden as well.
    if (kept.owner_member_id && !finding.owner_member_id)
        for (Step& step : record.steps)
            if (step.kind == StepKind::remedied || step.kind == StepKind::answered) {
                step.said_by = {};
                step.said_by_name = record.unit_name;
            }
    const bool judges = may_judge(call, kept);
    record.acts.may_check = judges && record.check_from && *record.check_from <= call.today;
    record.acts.may_reopen =
        judges && (finding.state == State::remedied || may_come_back(finding, call.today));
    record.acts.may_answer = may_answer(call, kept);
    return record;
}

FindingPage list(const Call& call, const ListFindings& request) {
    const organisation::Selection selection =
        organisation::select_units(call, "findings.read", request.unit_id, request.within);
    const auto unit_ids = selection.id_list(*call.tree);
    const auto found = organisation::page_of<Finding>(
        call, request, find_finding,
        [&](const Finding& finding) {
            return (unit_ids || selection.holds(*call.tree, finding.unit_id)) && is_readable(call, finding);
        },
        [&](const std::optional<Finding>& after, std::size_t count) {
            return list_findings(call.db, unit_ids, request, call.today, after, count);
        });
    FindingPage page{{}, found.next};
    for (const Finding& finding : readable(call, found.rows)) page.findings.push_back(line_of(call, finding));
    return page;
}

MyFindings list_mine(const Call& call) {
    MyFindings mine;
    if (!call.actor.member_id) return mine;
    for (const Finding& finding : readable(call, all_of_member(call.db, call.actor.member_id)))
        mine.findings.push_back(line_of(call, finding));
    return mine;
}

std::vector<Finding> findings_of_source(const Call& call, SourceKind kind, SourceId source_id) {
    return readable(call, all_of_source(call.db, kind, source_id));
}

std::vector<Finding> findings_of_unit(const Call& call, UnitId unit_id, Date from, Date until) {
    return readable(call, all_of_unit(call.db, unit_id, from, until));
}

std::vector<Finding> findings_that_may_come_back(const Call& call, UnitId unit_id) {
    const Date from = date_of(day_number(call.today) - days_to_come_back);
    return readable(call, closed_of_unit(call.db, unit_id, from));
}

UnitId require_reader(const Call& call, FindingId finding_id) {
    return get_readable(call, finding_id).unit_id;
}

UnitId require_actor(const Call& call, FindingId finding_id) {
    const Finding finding = get_readable(call, finding_id);
    if (!may_report(call, finding) && !may_judge(call, finding) && !may_answer(call, finding))
        throw Refusal(Reason::forbidden, Problem{"", "platform.forbidden"});
    return finding.unit_id;
}

bool is_of_inspection(Db& db, FindingId finding_id) {
    const auto finding = find_finding(db, finding_id);
    return finding && finding->source_kind == SourceKind::inspection;
}

}  // namespace gw::findings
