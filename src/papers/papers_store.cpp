#include "papers/papers_store.h"

namespace gw::papers {

std::optional<Paper> find_paper(Db& db, PaperId paper_id) {
    return db.one<Paper>("SELECT * FROM papers WHERE id = :id", {{"id", paper_id}});
}

std::optional<Paper> find_paper(Db& db, MeetingId meeting_id, Kind kind, ResolutionId resolution_id) {
    return db.one<Paper>(
        "SELECT * FROM papers WHERE meeting_id = :meeting_id AND kind = :kind AND resolution_id = "
        ":resolution_id",
        {{"meeting_id", meeting_id}, {"kind", kind}, {"resolution_id", resolution_id}});
}

std::optional<KeptVersion> find_version(Db& db, PaperId paper_id, std::int64_t version) {
    return db.one<KeptVersion>(
        "SELECT * FROM paper_versions WHERE paper_id = :paper_id AND version = :version",
        {{"paper_id", paper_id}, {"version", version}});
}

std::vector<VersionLine> versions_of(Db& db, PaperId paper_id) {
    return db.list<VersionLine>(
        "SELECT version, sha256, reason, frozen_at FROM paper_versions WHERE paper_id = :paper_id ORDER BY "
        "version DESC",
        {{"paper_id", paper_id}});
}

std::vector<Approval> approvals_of(Db& db, PaperId paper_id, std::int64_t version) {
    return db.list<Approval>(
        "SELECT * FROM paper_approvals WHERE paper_id = :paper_id AND version = :version ORDER BY capacity",
        {{"paper_id", paper_id}, {"version", version}});
}

void forget_approvals(Db& db, PaperId paper_id, std::int64_t version, std::string_view but_of_facts_sha256) {
    db.run(
        "DELETE FROM paper_approvals WHERE paper_id = :paper_id AND version = :version AND facts_sha256 <> "
        ":facts_sha256",
        {{"paper_id", paper_id}, {"version", version}, {"facts_sha256", but_of_facts_sha256}});
}

}  // namespace gw::papers
