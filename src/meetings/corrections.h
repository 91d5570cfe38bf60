// Corrections: the record of a held meeting is changed with a reason, and what it said before stays readable.
//
// Words: a *correction* puts a whole record in the place of the one kept; the *version* of the meeting says
// which one it means to replace. Permissions: meetings.record to correct, meetings.read to see earlier
// versions.
#pragma once
#include "meetings/meetings.h"

namespace gw::meetings {

struct CorrectRecord {
    MeetingId meeting_id;
    std::int64_t version = 0;  // of the meeting whose record is replaced
    Happening happening;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(CorrectRecord, (), (meeting_id, version, happening, reason))

// A record that a correction replaced.
struct RecordVersion {
    std::int64_t version = 0;  // of the meeting while it held
    Happening happening;
    AccountId recorded_by;
    std::string reason;  // why it was replaced
    AccountId replaced_by;
    std::string replaced_by_name;
    Moment replaced_at{};
};
BOOST_DESCRIBE_STRUCT(RecordVersion, (),
                      (version, happening, recorded_by, reason, replaced_by, replaced_by_name, replaced_at))

struct RecordVersions {
    std::vector<RecordVersion> versions;
};
BOOST_DESCRIBE_STRUCT(RecordVersions, (), (versions))

// Whether a resolution cites a contribution; handed over, as resolutions stand above meetings.
using CitedSource = std::function<bool(const Call&, ContributionId)>;

// Replaces the record, keeps the old one, computes the score anew. Contributions keep their ids; the same
// record again changes nothing. Refused: forbidden without meetings.record; invalid without a reason, for a
// record that `record` would refuse, when a contribution that is cited is missing or given to somebody else;
// conflict unless held, or on an old version.
MeetingRecord correct(const Call& call, const CorrectRecord& request, const Setting& setting,
                      const CitedSource& is_cited);
// The replaced records, the newest first, to those who may read the meeting.
RecordVersions list_record_versions(const Call& call, const MeetingKey& request);

// Routes under /api/meetings/{meeting_id}/record and /record_versions. The library in `setting` outlives the
// router.
void add_correction_routes(Router& router, Setting setting, CitedSource is_cited);

}  // namespace gw::meetings
