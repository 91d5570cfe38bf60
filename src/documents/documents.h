// Documents: files that belong to a thing: papers for a meeting, photos of it, evidence of a task.
//
// Words: an *attachment* is one file of a *thing* (a meeting, a task, a directive) for a *purpose*; who may
// see or add it is decided by the *gate* of the thing. A removed attachment can be brought back.
//
// Files are taken from strangers: only the kinds listed at allowed_kinds(), known by their first bytes;
// photos are cleaned (imaging); everything is given out as a file to keep, never as a page.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "platform/call.h"
#include "platform/files/files.h"

namespace gw {
class Router;
using AttachmentId = Id<struct AttachmentThing>;
}  // namespace gw

namespace gw::documents {

// The thing an attachment belongs to, as its thing_kind says.
using ThingId = Id<struct AttachedThing>;

BOOST_DEFINE_ENUM_CLASS(ThingKind, meeting, task, directive, finding, inspection)
BOOST_DEFINE_ENUM_CLASS(Purpose, document, photo, evidence)

struct Attachment {
    AttachmentId id;
    ThingKind thing_kind = ThingKind::meeting;
    ThingId thing_id;
    UnitId unit_id;  // of the thing
    Purpose purpose = Purpose::document;
    std::string name;  // as the person calls the file
    std::string caption;
    std::string media_type;
    std::int64_t byte_count = 0;
    std::optional<std::int64_t> width, height;  // of a photo, in points
    std::string sha256;                         // of what is kept
    std::string given_sha256;                   // of what was given, before cleaning
    std::optional<std::string> thumbnail_sha256;
    AccountId added_by;
    Moment added_at{};
    std::optional<Moment> removed_at;
};
BOOST_DESCRIBE_STRUCT(Attachment, (),
                      (id, thing_kind, thing_id, unit_id, purpose, name, caption, media_type, byte_count,
                       width, height, sha256, given_sha256, thumbnail_sha256, added_by, added_at, removed_at))

struct Attach {
    std::optional<AttachmentId> id;  // made by the caller, so that sending twice is one attachment
    ThingKind thing_kind = ThingKind::meeting;
    ThingId thing_id;
    Purpose purpose = Purpose::document;
    std::string name;
    std::string caption;
    std::string bytes;
};

struct ThingKey {
    ThingKind thing_kind = ThingKind::meeting;
    ThingId thing_id;
};
BOOST_DESCRIBE_STRUCT(ThingKey, (), (thing_kind, thing_id))

struct Attachments {
    std::vector<Attachment> attachments;  // in the order of adding
};
BOOST_DESCRIBE_STRUCT(Attachments, (), (attachments))

struct AttachmentKey {
    AttachmentId attachment_id;
};
BOOST_DESCRIBE_STRUCT(AttachmentKey, (), (attachment_id))

// What somebody wants to do with the attachments of a thing: see them, or add and remove them.
BOOST_DEFINE_ENUM_CLASS(Act, see, change)
// Refuses (not_found, forbidden), or returns the unit of the thing.
using Gate = std::function<UnitId(const Call&, ThingId, Act)>;
// Told in the same transaction that attachments of a thing were added, removed or brought back.
using AfterChange = std::function<void(const Call&, ThingKind, ThingId)>;
struct Gates : std::map<ThingKind, Gate> {
    using map::map;
    AfterChange after_change;
    // True for things whose record takes no picture. Sound and film are kinds that nothing takes.
    std::function<bool(const Call&, ThingKind, ThingId)> takes_no_picture;
};

inline constexpr std::uint64_t largest_file = 10 << 20;  // bytes
inline constexpr std::int64_t most_of_a_thing = 40;      // attachments

// The media type of a file that may be kept, by its first bytes and the ending of its name; nothing for
// others. Pictures (JPEG, PNG, WebP), PDF, the office formats DOCX, XLSX, PPTX, ODT, ODS, ODP, and plain text
// in UTF-8.
std::optional<std::string> media_type_of(std::string_view name, std::string_view bytes);

// Adds a file to a thing; a picture is cleaned whatever its purpose. A slow operation. The same file sent
// again under the same id is the attachment already there. Refused: as the gate says; invalid without a name,
// for an empty file, a kind not allowed (documents.kind_not_allowed), a photo that is no picture, a picture,
// sound or film for what takes none (documents.no_pictures); conflict
// when the thing has 40 already, or the id belongs to another file.
Attachment attach(const Call& call, const Attach& request, const Gates& gates);
Attachments list(const Call& call, const ThingKey& request, const Gates& gates);
// Refused: conflict when removed already, or not removed.
Attachment remove(const Call& call, const AttachmentKey& request, const Gates& gates);
Attachment restore(const Call& call, const AttachmentKey& request, const Gates& gates);

// For the capabilities above, without a permission check: those of a thing that are not removed.
std::vector<Attachment> attachments_of(Db& db, ThingKind thing_kind, ThingId thing_id);

// GET and POST /api/attachments, GET and DELETE /api/attachments/{attachment_id}, its thumbnail, and POST
// restoration. The gates are copied.
void add_routes(Router& router, Gates gates);

}  // namespace gw::documents
