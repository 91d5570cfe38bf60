// The tables of findings, their steps and their inspectors. What others may ask of them stands in findings.h.
#pragma once
#include "findings/findings.h"

namespace gw::findings {

std::optional<Finding> find_finding(Db& db, FindingId finding_id);
// Those a source noted, and those it saw again.
std::vector<Finding> all_of_source(Db& db, SourceKind kind, SourceId source_id);
std::vector<Finding> all_of_unit(Db& db, UnitId unit_id, Date from, Date until);
std::vector<Finding> closed_of_unit(Db& db, UnitId unit_id, Date from);
std::vector<Finding> all_of_member(Db& db, MemberId member_id);
std::int64_t last_number(Db& db, SourceKind kind, SourceId source_id);
// `unit_ids` are numbers with commas between, or nothing for all units; in the order asked for, after the row
// given.
std::vector<Finding> list_findings(Db& db, const std::optional<std::string>& unit_ids,
                                   const ListFindings& request, Date today,
                                   const std::optional<Finding>& after, std::size_t count);
// Open ones of a member, or of a unit that has to remedy them itself.
std::vector<Finding> open_of_owner(Db& db, MemberId member_id, UnitId unit_id);
// Remedied ones of the body that sent for them, or that the account noted.
std::vector<Finding> remedied_of_inspector(Db& db, UnitId deciding_unit_id, AccountId account_id);
std::vector<Step> steps_of(Db& db, FindingId finding_id);
// Who said last that it is remedied; nobody's id when the program did.
AccountId last_reported_by(Db& db, FindingId finding_id);
// By what the account noted it, or saw it again.
std::vector<SourceKind> sources_with(Db& db, FindingId finding_id, AccountId account_id);
void keep_inspectors(Db& db, const Source& source);
// Returns those that were not told before.
std::vector<Finding> tell_findings(Db& db, SourceKind kind, SourceId source_id, Date day);

}  // namespace gw::findings
