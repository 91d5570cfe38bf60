// The tables of papers, their versions and approvals. Private to papers.
#pragma once
#include "papers/papers.h"

namespace gw::papers {

struct KeptVersion {
    PaperId paper_id;
    std::int64_t version = 1;
    std::int64_t meeting_version = 1;
    std::string facts_sha256;
    std::string document;  // JSON
    std::string sha256;    // of `document`
    std::string reason;
    Moment frozen_at{};
};
BOOST_DESCRIBE_STRUCT(KeptVersion, (),
                      (paper_id, version, meeting_version, facts_sha256, document, sha256, reason, frozen_at))

std::optional<Paper> find_paper(Db& db, PaperId paper_id);
std::optional<Paper> find_paper(Db& db, MeetingId meeting_id, Kind kind, ResolutionId resolution_id);
std::optional<KeptVersion> find_version(Db& db, PaperId paper_id, std::int64_t version);
std::vector<VersionLine> versions_of(Db& db, PaperId paper_id);  // the newest first
std::vector<Approval> approvals_of(Db& db, PaperId paper_id, std::int64_t version);
// Takes away what was said of another draft.
void forget_approvals(Db& db, PaperId paper_id, std::int64_t version, std::string_view but_of_facts_sha256);

}  // namespace gw::papers
