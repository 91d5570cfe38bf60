#include "documents/documents.h"
#include "documents/documents_store.h"
#include "platform/router.h"

namespace gw::documents {

namespace {

struct SendFile {
    std::optional<AttachmentId> id;
    ThingKind thing_kind = ThingKind::meeting;
    ThingId thing_id;
    Purpose purpose = Purpose::document;
    std::string name;
    std::optional<std::string> caption;
    Upload file;
};
BOOST_DESCRIBE_STRUCT(SendFile, (), (id, thing_kind, thing_id, purpose, name, caption, file))

// The ending tells a program what it opens: that of a cleaned picture is .jpg, whatever it was called.
std::string name_to_keep(const Attachment& attachment) {
    if (attachment.media_type != "image/jpeg") return attachment.name;
    return attachment.name.substr(0, attachment.name.rfind('.')) + ".jpg";
}

Attachment visible(const Call& call, AttachmentId attachment_id, const Gates& gates) {
    const auto attachment = find_attachment(call.db, attachment_id);
    const auto gate = attachment ? gates.find(attachment->thing_kind) : gates.end();
    if (gate == gates.end()) refuse_unknown("attachment_id");
    gate->second(call, attachment->thing_id, Act::see);
    if (attachment->removed_at) refuse_unknown("attachment_id");
    return *attachment;
}

}  // namespace

void add_routes(Router& router, Gates gates) {
    Route& send = router.post(
        "/api/attachments",
        "Adds a file to a meeting, a task or a directive; photos are cleaned of what a camera notes",
        [gates](const Call& call, const SendFile& request) {
            return attach(call,
                          {request.id, request.thing_kind, request.thing_id, request.purpose, request.name,
                           request.caption.value_or(""), request.file.bytes},
                          gates);
        });
    send.way = Way::slow;
    send.body_limit = largest_file;
    router.get("/api/attachments", "Lists the files of a meeting, a task or a directive",
               [gates](const Call& call, const ThingKey& request) { return list(call, request, gates); });
    router
        .get("/api/attachments/{attachment_id}", "Gives a file to keep",
             [gates](const Call& call, const AttachmentKey& request) {
                 const Attachment attachment = visible(call, request.attachment_id, gates);
                 return Download{name_to_keep(attachment), attachment.media_type,
                                 call.files.read(attachment.sha256)};
             })
        .way = Way::slow;
    router
        .get("/api/attachments/{attachment_id}/thumbnail", "Gives the thumbnail of a photo",
             [gates](const Call& call, const AttachmentKey& request) {
                 const Attachment attachment = visible(call, request.attachment_id, gates);
                 if (!attachment.thumbnail_sha256) refuse_unknown("attachment_id");
                 return Download{name_to_keep(attachment), attachment.media_type,
                                 call.files.read(*attachment.thumbnail_sha256)};
             })
        .way = Way::slow;
    router.remove(
        "/api/attachments/{attachment_id}", "Removes a file; it can be brought back",
        [gates](const Call& call, const AttachmentKey& request) { return remove(call, request, gates); });
    router.post(
        "/api/attachments/{attachment_id}/restoration", "Brings a removed file back",
        [gates](const Call& call, const AttachmentKey& request) { return restore(call, request, gates); });
}

}  // namespace gw::documents
