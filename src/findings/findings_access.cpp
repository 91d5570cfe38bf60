#include "findings/findings_access.h"

#include "findings/findings_rules.h"
#include "findings/findings_store.h"

namespace gw::findings {

namespace {

// Who was sent by an order sees nothing any more when it has ended; a team follows its inspection to the end.
bool is_noted_by(const Call& call, const Finding& finding) {
    if (!call.actor.account_id) return false;
    const bool is_there =
        call.actor.may("findings.read", finding.unit_id) || call.actor.may("visits.read", finding.unit_id);
    for (const SourceKind kind : sources_with(call.db, finding.id, call.actor.account_id))
        if (kind == SourceKind::inspection || is_there) return true;
    return false;
}

bool is_deciding(const Call& call, const Finding& finding) {
    return finding.deciding_unit_id && call.actor.home_unit_id == *finding.deciding_unit_id &&
           call.actor.may("findings.decide", *finding.deciding_unit_id);
}

bool is_about(const Call& call, const Finding& finding) {
    return call.actor.member_id && finding.about_member_id == call.actor.member_id;
}

// The people who speak for the unit itself, not those above who may do so as well.
bool is_office_of_unit(const Call& call, const Finding& finding) {
    return call.actor.home_unit_id == finding.unit_id && call.actor.may("findings.report", finding.unit_id);
}

}  // namespace

bool is_owner(const Call& call, const Finding& finding) {
    if (finding.owner_member_id) return call.actor.member_id == *finding.owner_member_id;
    return is_office_of_unit(call, finding);
}

bool is_readable(const Call& call, const Finding& finding) {
    if (finding.told_on) {
        if (!finding.about_member_id && call.actor.may("findings.read", finding.unit_id)) return true;
        if (is_about(call, finding) || is_owner(call, finding)) return true;
    }
    return is_deciding(call, finding) || is_noted_by(call, finding);
}

bool has_reported(const Call& call, const Finding& finding) {
    return finding.state == State::remedied && call.actor.account_id &&
           last_reported_by(call.db, finding.id) == call.actor.account_id;
}

bool may_judge(const Call& call, const Finding& finding) {
    if (call.actor.member_id && (finding.owner_member_id == call.actor.member_id || is_about(call, finding)))
        return false;
    if (call.actor.home_unit_id && is_of_unit(*call.tree, call.actor.home_unit_id, finding.unit_id))
        return false;
    if (has_reported(call, finding)) return false;
    return call.actor.may("findings.check", finding.unit_id) || is_deciding(call, finding) ||
           is_noted_by(call, finding);
}

bool may_report(const Call& call, const Finding& finding) {
    if (!finding.told_on) return false;
    if (is_owner(call, finding)) return true;
    return !finding.about_member_id && call.actor.may("findings.report", finding.unit_id);
}

bool may_answer(const Call& call, const Finding& finding) {
    if (!finding.told_on) return false;
    if (is_about(call, finding) || is_owner(call, finding)) return true;
    return !finding.about_member_id && is_office_of_unit(call, finding);
}

std::vector<Finding> readable(const Call& call, std::vector<Finding> findings) {
    std::erase_if(findings, [&](const Finding& finding) { return !is_readable(call, finding); });
    for (Finding& finding : findings)
        // Who has to remedy it is nobody's business but theirs, the unit's office and those who sent for it.
        if (finding.owner_member_id && !is_owner(call, finding) && !is_about(call, finding) &&
            !is_office_of_unit(call, finding) && !is_deciding(call, finding) && !is_noted_by(call, finding))
            finding.owner_member_id.reset();
    return findings;
}

Finding get_readable(const Call& call, FindingId finding_id) {
    const auto finding = find_finding(call.db, finding_id);
    if (!finding || !is_readable(call, *finding)) refuse_unknown("finding_id");
    return *finding;
}

}  // namespace gw::findings
