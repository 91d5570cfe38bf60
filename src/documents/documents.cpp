#include "documents/documents.h"

#include "documents/documents_store.h"
#include "imaging/imaging.h"
#include "platform/checks.h"

namespace gw::documents {

namespace {

UnitId ask_gate(const Call& call, const Gates& gates, ThingKind thing_kind, ThingId thing_id, Act act) {
    const auto gate = gates.find(thing_kind);
    if (gate == gates.end()) refuse_unknown("thing_id");
    return gate->second(call, thing_id, act);
}

Attachment get_attachment(const Call& call, AttachmentId attachment_id) {
    auto attachment = find_attachment(call.db, attachment_id);
    if (!attachment) refuse_unknown("attachment_id");
    return *attachment;
}

bool is_same(const Attachment& there, const Attach& request, const std::string& given_sha256) {
    return there.thing_kind == request.thing_kind && there.thing_id == request.thing_id &&
           there.given_sha256 == given_sha256;
}

std::string keep(const Call& call, std::string_view bytes) { return call.files.keep(bytes); }

std::string audit_detail(const Attachment& attachment) {
    return "{\"thing_kind\":\"" + to_text(attachment.thing_kind) + "\",\"thing_id\":\"" +
           to_text(attachment.thing_id) + "\",\"purpose\":\"" + to_text(attachment.purpose) +
           "\",\"sha256\":\"" + attachment.sha256 + "\"}";
}

}  // namespace

Attachment attach(const Call& call, const Attach& request, const Gates& gates) {
    const UnitId unit_id = ask_gate(call, gates, request.thing_kind, request.thing_id, Act::change);
    const std::string given_sha256 = sha256_of(request.bytes);
    const auto sent_before = [&](const Call& asking) -> std::optional<Attachment> {
        auto there = request.id ? find_attachment(asking.db, *request.id) : std::nullopt;
        if (there && !is_same(*there, request, given_sha256))
            throw Refusal(Reason::conflict, Problem{"id", "documents.id_taken"});
        return there;
    };
    if (const auto there = sent_before(call)) return *there;

    Problems problems;
    check_text(problems, "name", request.name);
    check_length(problems, "caption", request.caption);
    if (request.bytes.empty()) problems.push_back({"file", "documents.empty_file"});
    const auto media_type = media_type_of(request.name, request.bytes);
    const bool is_picture = imaging::looks_like_picture(request.bytes);
    const bool is_allowed = request.bytes.empty() || media_type;
    // Sound and film are of no kind that is taken anywhere; where pictures are not taken either, that is
    // told.
    if ((is_picture || !is_allowed) && gates.takes_no_picture &&
        gates.takes_no_picture(call, request.thing_kind, request.thing_id))
        problems.push_back({"file", "documents.no_pictures"});
    else if (!is_allowed) problems.push_back({"file", "documents.kind_not_allowed"});
    if (media_type && !is_picture && request.purpose == Purpose::photo)
        problems.push_back({"file", "imaging.not_a_picture"});
    refuse_if(problems);

    Attachment attachment;
    attachment.thing_kind = request.thing_kind;
    attachment.thing_id = request.thing_id;
    attachment.unit_id = unit_id;
    attachment.purpose = request.purpose;
    attachment.name = std::string(trimmed(request.name));
    attachment.caption = std::string(trimmed(request.caption));
    attachment.media_type = *media_type;
    attachment.given_sha256 = given_sha256;
    attachment.added_by = call.actor.account_id;
    if (is_picture) {
        const imaging::Photo photo = imaging::clean(request.bytes);
        attachment.width = photo.width;
        attachment.height = photo.height;
        attachment.byte_count = static_cast<std::int64_t>(photo.bytes.size());
        attachment.sha256 = keep(call, photo.bytes);
        attachment.thumbnail_sha256 = keep(call, photo.thumbnail);
    } else {
        attachment.byte_count = static_cast<std::int64_t>(request.bytes.size());
        attachment.sha256 = keep(call, request.bytes);
    }

    call.write([&](const Call& writing) {
        // Asked again: the thing may have changed while the picture was cleaned.
        ask_gate(writing, gates, request.thing_kind, request.thing_id, Act::change);
        if (const auto there = sent_before(writing)) {
            attachment = *there;
            return;
        }
        if (count_attachments(writing.db, request.thing_kind, request.thing_id) >= most_of_a_thing)
            throw Refusal(Reason::conflict,
                          Problem{"", "documents.too_many", {{"most", std::to_string(most_of_a_thing)}}});
        attachment.id = request.id ? *request.id : writing.new_id<AttachmentId>();
        attachment.added_at = writing.now;
        writing.db.insert("attachments", attachment);
        writing.record("attachment.added", attachment.id, unit_id, audit_detail(attachment));
        writing.announce("attachments", unit_id);
        if (gates.after_change) gates.after_change(writing, attachment.thing_kind, attachment.thing_id);
    });
    return attachment;
}

Attachments list(const Call& call, const ThingKey& request, const Gates& gates) {
    ask_gate(call, gates, request.thing_kind, request.thing_id, Act::see);
    return {attachments_of(call.db, request.thing_kind, request.thing_id)};
}

Attachment remove(const Call& call, const AttachmentKey& request, const Gates& gates) {
    Attachment attachment = get_attachment(call, request.attachment_id);
    ask_gate(call, gates, attachment.thing_kind, attachment.thing_id, Act::change);
    if (attachment.removed_at) throw Refusal(Reason::conflict, Problem{"", "documents.already_removed"});
    attachment.removed_at = call.now;
    call.db.update("attachments", attachment);
    call.record("attachment.removed", attachment.id, attachment.unit_id, audit_detail(attachment));
    call.announce("attachments", attachment.unit_id);
    if (gates.after_change) gates.after_change(call, attachment.thing_kind, attachment.thing_id);
    return attachment;
}

Attachment restore(const Call& call, const AttachmentKey& request, const Gates& gates) {
    Attachment attachment = get_attachment(call, request.attachment_id);
    ask_gate(call, gates, attachment.thing_kind, attachment.thing_id, Act::change);
    if (!attachment.removed_at) throw Refusal(Reason::conflict, Problem{"", "documents.not_removed"});
    attachment.removed_at.reset();
    call.db.update("attachments", attachment);
    call.record("attachment.restored", attachment.id, attachment.unit_id, audit_detail(attachment));
    call.announce("attachments", attachment.unit_id);
    if (gates.after_change) gates.after_change(call, attachment.thing_kind, attachment.thing_id);
    return attachment;
}

}  // namespace gw::documents
