// What the operations on resolutions share.
#pragma once
#include "resolutions/resolutions.h"

namespace gw::resolutions {

std::string unit_name(const Call& call, UnitId unit_id);
std::string member_name(const Call& call, MemberId member_id);
// The open items of a unit, the oldest first: no decision closed them, and they have an open task or none at
// all.
std::vector<KeptResolutionItem> kept_open_items(Db& db, UnitId unit_id);
// Items as they stand, in the order given; asks for all their tasks at once.
std::vector<ResolutionItem> as_they_stand(Db& db, std::span<const KeptResolutionItem> kept);
// An item with what it cites and its tasks, for a reader.
ResolutionItemLine line_of(const Call& call, const KeptResolutionItem& kept, const Resolution& resolution);
ResolutionRecord record_of(const Call& call, const Resolution& resolution);
// The sentence cited; nothing when it is gone.
std::optional<CitedSentence> find_sentence(const Call& call, CitationKind kind, CitedId cited_id);
tasks::TaskLine task_line(const Call& call, const tasks::Task& task);

}  // namespace gw::resolutions
