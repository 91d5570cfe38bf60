// The attachments table. What others may ask of it stands in documents.h.
#pragma once
#include "documents/documents.h"

namespace gw::documents {

std::optional<Attachment> find_attachment(Db& db, AttachmentId attachment_id);
std::int64_t count_attachments(Db& db, ThingKind thing_kind, ThingId thing_id);

}  // namespace gw::documents
