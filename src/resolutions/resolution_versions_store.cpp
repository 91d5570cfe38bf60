#include "platform/json/json.h"
#include "resolutions/resolutions_store.h"

namespace gw::resolutions {

namespace {

// A row of resolution_versions.
struct VersionRow {
    ResolutionId resolution_id;
    std::int64_t version = 0;
    std::string wording;  // the whole version, as JSON
};
BOOST_DESCRIBE_STRUCT(VersionRow, (), (resolution_id, version, wording))

}  // namespace

void keep_version(Db& db, ResolutionId resolution_id, const ResolutionVersion& version) {
    db.insert("resolution_versions", VersionRow{resolution_id, version.version, to_json(version)});
}

std::vector<ResolutionVersion> versions_of(Db& db, ResolutionId resolution_id) {
    std::vector<ResolutionVersion> versions;
    for (const VersionRow& row : db.list<VersionRow>(
             "SELECT * FROM resolution_versions WHERE resolution_id = :resolution_id ORDER BY version DESC",
             {{"resolution_id", resolution_id}})) {
        // What this program wrote it can read; a field that came later is absent and optional.
        Problems ignored;
        read_json_text(row.wording, versions.emplace_back(), {}, ignored);
    }
    return versions;
}

}  // namespace gw::resolutions
