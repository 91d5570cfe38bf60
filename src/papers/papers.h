// Papers: what a meeting leaves behind in the official layout, in the organisation's language.
//
// Words: a *paper* is the minutes, a resolution, the conclusion (of a meeting that adopted no resolution) or
// the score sheet of a held meeting; a *draft* is composed anew from the record each time it is read; two
// people *approve* it, whoever chaired the meeting and a *second* person; with the second approval the paper
// is *frozen* as a *version*: the composed document and its checksum are kept, so that later texts, names and
// records change nothing. When the record was corrected since, the paper is *outdated*, and approving the
// draft again, with a reason, makes the next version; the earlier ones stay readable.
//
// The two are always two people. The chair is who the record names, or else the secretary who was there, or
// the deputy. The second is the minute taker the record names. When none is named or it is the chair, the
// deputy secretary who was there approves, or else the committee members, or else any full member who was.
// Nobody stands in for a chair who has no account or is away: when somebody else chaired, a correction of the
// minutes names them; otherwise the printed paper is signed by hand and attached to the meeting, and stays a
// draft here until the chair approves it.
//
// Minutes, conclusion and score sheet get their number when they are frozen, a resolution has it since it was
// adopted; a later version keeps it.
//
// Permissions, over the unit: meetings.record and whoever approves see drafts; with meetings.read one sees
// frozen papers of a meeting that was published, and none before.
#pragma once
#include "meetings/meetings.h"
#include "numbering/numbering.h"
#include "platform/call.h"
#include "printing/printing.h"
#include "resolutions/resolutions.h"

namespace gw {
class Router;
class Texts;
using PaperId = Id<struct PaperThing>;
}  // namespace gw

namespace gw::papers {

using numbering::Kind;
using printing::Document;
BOOST_DEFINE_ENUM_CLASS(Capacity, chair, second)
BOOST_DEFINE_ENUM_CLASS(PaperState, draft, approved_once, frozen, outdated)
BOOST_DEFINE_ENUM_CLASS(Which, kept, draft)

// What papers needs of the program, handed over in app.cpp; texts outlive the routes.
struct Setting {
    const Texts& texts;
    std::string language;        // the organisation's
    meetings::Setting meetings;  // to compute the score
};

struct Paper {
    PaperId id;
    UnitId unit_id;
    MeetingId meeting_id;
    Kind kind = Kind::minutes;
    ResolutionId resolution_id;  // 0 unless it is a resolution
    std::string number_text;     // empty until frozen
    std::int64_t version = 0;    // the last that was frozen
    Moment created_at{};
};
BOOST_DESCRIBE_STRUCT(Paper, (),
                      (id, unit_id, meeting_id, kind, resolution_id, number_text, version, created_at))

struct Approval {
    PaperId paper_id;
    std::int64_t version = 1;  // that it is for
    Capacity capacity = Capacity::chair;
    MemberId member_id;
    AccountId account_id;
    std::string full_name;
    std::string facts_sha256;  // of what was approved; another draft needs another approval
    std::string reason;        // of a version after the first
    Moment approved_at{};
};
BOOST_DESCRIBE_STRUCT(Approval, (),
                      (paper_id, version, capacity, member_id, account_id, full_name, facts_sha256, reason,
                       approved_at))

struct VersionLine {
    std::int64_t version = 1;
    std::string sha256;  // of the document
    std::string reason;
    Moment frozen_at{};
};
BOOST_DESCRIBE_STRUCT(VersionLine, (), (version, sha256, reason, frozen_at))

// Somebody whose approval counts.
struct Signer {
    MemberId member_id;
    std::string full_name;
    members::Office office = members::Office::none;
};
BOOST_DESCRIBE_STRUCT(Signer, (), (member_id, full_name, office))

// A paper in a list.
struct PaperLine {
    Kind kind = Kind::minutes;
    std::optional<ResolutionId> resolution_id;
    std::optional<PaperId> paper_id;
    std::string number_text;
    std::string subject;
    PaperState state = PaperState::draft;
    std::int64_t version = 0;
    std::string facts_sha256;  // of the draft; to be given back when approving. Empty to who sees no draft
    std::vector<Approval> approvals;      // of the draft as it stands, or of the last version
    std::vector<Signer> chairs, seconds;  // whose approval is missing
    bool may_approve = false;             // the reader, now
};
BOOST_DESCRIBE_STRUCT(PaperLine, (),
                      (kind, resolution_id, paper_id, number_text, subject, state, version, facts_sha256,
                       approvals, chairs, seconds, may_approve))

// Papers go out within two days of the meeting.
inline constexpr int days_to_publish = 2;

struct MeetingPapers {
    MeetingId meeting_id;
    UnitId unit_id;
    Date meets_on{};
    std::optional<Date> published_on;
    Date publish_by{};
    std::int64_t days_late = 0;  // of the publication, or until today while there is none
    std::vector<PaperLine> papers;
};
BOOST_DESCRIBE_STRUCT(MeetingPapers, (),
                      (meeting_id, unit_id, meets_on, published_on, publish_by, days_late, papers))

struct PaperKey {
    MeetingId meeting_id;
    Kind kind = Kind::minutes;
    std::optional<ResolutionId> resolution_id;  // needed when the meeting adopted several
    std::optional<Which> which;                 // kept when there is a version, draft otherwise
    std::optional<std::int64_t> version;        // of those kept; the last when absent
};
BOOST_DESCRIBE_STRUCT(PaperKey, (), (meeting_id, kind, resolution_id, which, version))

struct PaperPage {
    std::string unit_name;
    Date meets_on{};
    PaperLine paper;
    bool may_see_draft = false;
    bool is_draft = false;
    std::int64_t version = 0;  // shown; 0 for a draft
    std::string sha256;        // of the document shown; empty for a draft
    Document document;
    std::vector<VersionLine> versions;  // the newest first
};
BOOST_DESCRIBE_STRUCT(PaperPage, (),
                      (unit_name, meets_on, paper, may_see_draft, is_draft, version, sha256, document,
                       versions))

struct KeptPaperKey {
    PaperId paper_id;
    std::optional<std::int64_t> version;
};
BOOST_DESCRIBE_STRUCT(KeptPaperKey, (), (paper_id, version))

struct ApprovePaper {
    MeetingId meeting_id;
    Kind kind = Kind::minutes;
    std::optional<ResolutionId> resolution_id;
    std::string facts_sha256;           // of the draft that was read
    std::optional<std::string> reason;  // needed from the second version on, of whoever approves first
};
BOOST_DESCRIBE_STRUCT(ApprovePaper, (), (meeting_id, kind, resolution_id, facts_sha256, reason))

// Which papers a meeting has and how far each is. Refused: not_found for who may not read the meeting;
// conflict unless held.
MeetingPapers list(const Call& call, const meetings::MeetingKey& request, const Setting& setting);
// Refused besides: not_found when the meeting has no such paper, for a version that is not there, and for who
// may see neither draft nor version.
PaperPage show(const Call& call, const PaperKey& request, const Setting& setting);
PaperPage show_kept(const Call& call, const KeptPaperKey& request, const Setting& setting);
// Approves as whoever the caller is. Sent again it changes nothing. Refused: forbidden to everybody else, and
// to the person whose approval is there already; conflict when the draft is no longer the one that was read,
// or is frozen and not outdated; invalid without a reason where one is needed, or when the meeting adopted
// several resolutions and none is named.
PaperPage approve(const Call& call, const ApprovePaper& request, const Setting& setting);

// For the sample: approves everything of a meeting as the two who may.
void freeze(const Call& call, MeetingId meeting_id, const Setting& setting);

// GET /api/meetings/{meeting_id}/papers; below it GET {kind}, {kind}/pdf, {kind}/docx and POST
// {kind}/approvals; GET /api/papers/{paper_id}/pdf and docx. The setting is copied.
void add_routes(Router& router, Setting setting);

}  // namespace gw::papers
