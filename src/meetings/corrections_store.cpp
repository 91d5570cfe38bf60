#include "meetings/meetings_store.h"
#include "platform/json/json.h"

namespace gw::meetings {

namespace {

struct VersionRow {
    MeetingId meeting_id;
    std::int64_t version = 0;
    std::string happening;  // as JSON
    AccountId recorded_by;
    std::string reason;
    AccountId replaced_by;
    std::string replaced_by_name;
    Moment replaced_at{};
};
BOOST_DESCRIBE_STRUCT(VersionRow, (),
                      (meeting_id, version, happening, recorded_by, reason, replaced_by, replaced_by_name,
                       replaced_at))

}  // namespace

void remove_roll_and_contributions(Db& db, MeetingId meeting_id) {
    db.run("DELETE FROM attendances WHERE meeting_id = :meeting_id", {{"meeting_id", meeting_id}});
    db.run("DELETE FROM contributions WHERE meeting_id = :meeting_id", {{"meeting_id", meeting_id}});
}

void keep_record_version(Db& db, MeetingId meeting_id, const RecordVersion& version) {
    db.insert("meeting_record_versions",
              VersionRow{meeting_id, version.version, to_json(version.happening), version.recorded_by,
                         version.reason, version.replaced_by, version.replaced_by_name, version.replaced_at});
}

std::vector<RecordVersion> record_versions_of(Db& db, MeetingId meeting_id) {
    std::vector<RecordVersion> versions;
    for (VersionRow& row : db.list<VersionRow>("SELECT * FROM meeting_record_versions WHERE meeting_id = "
                                               ":meeting_id ORDER BY version DESC",
                                               {{"meeting_id", meeting_id}})) {
        RecordVersion version{row.version,     {},
                              row.recorded_by, std::move(row.reason),
                              row.replaced_by, std::move(row.replaced_by_name),
                              row.replaced_at};
        // What this program wrote it can read; a field that came later is absent and optional.
        Problems ignored;
        read_json_text(row.happening, version.happening, {}, ignored);
        versions.push_back(std::move(version));
    }
    return versions;
}

}  // namespace gw::meetings
