#include "documents/documents_store.h"

namespace gw::documents {

std::optional<Attachment> find_attachment(Db& db, AttachmentId attachment_id) {
    return db.one<Attachment>("SELECT * FROM attachments WHERE id = :id", {{"id", attachment_id}});
}

std::int64_t count_attachments(Db& db, ThingKind thing_kind, ThingId thing_id) {
    return db.count(
        "SELECT COUNT(*) FROM attachments WHERE thing_id = :thing_id AND thing_kind = :thing_kind AND "
        "removed_at IS NULL",
        {{"thing_id", thing_id}, {"thing_kind", thing_kind}});
}

std::vector<Attachment> attachments_of(Db& db, ThingKind thing_kind, ThingId thing_id) {
    return db.list<Attachment>(
        "SELECT * FROM attachments WHERE thing_id = :thing_id AND thing_kind = :thing_kind AND removed_at IS "
        "NULL "
        "ORDER BY added_at, id",
        {{"thing_id", thing_id}, {"thing_kind", thing_kind}});
}

}  // namespace gw::documents
