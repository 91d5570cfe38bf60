// Who may see a finding and what they may do with it.
#pragma once
#include "findings/findings.h"

namespace gw::findings {

bool is_owner(const Call& call, const Finding& finding);
bool is_readable(const Call& call, const Finding& finding);
// Whoever said that it is remedied now does not say whether the remedy works.
bool has_reported(const Call& call, const Finding& finding);
// True for those who may judge the remedy: from outside, not the owner, nor who reported it.
bool may_judge(const Call& call, const Finding& finding);
bool may_report(const Call& call, const Finding& finding);
bool may_answer(const Call& call, const Finding& finding);
// The finding as the actor may see it, or a not_found refusal.
Finding get_readable(const Call& call, FindingId finding_id);
std::vector<Finding> readable(const Call& call, std::vector<Finding> findings);

}  // namespace gw::findings
