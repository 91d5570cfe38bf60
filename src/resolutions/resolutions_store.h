// The tables of resolutions, their items and citations. What others may ask of them stands in resolutions.h.
#pragma once
#include "resolutions/resolutions.h"

namespace gw::resolutions {

std::optional<Resolution> find_resolution(Db& db, ResolutionId resolution_id);
std::vector<Resolution> resolutions_of(Db& db, UnitId unit_id, Date from, Date until);  // oldest first
std::vector<Resolution> resolutions_of_meeting(Db& db, MeetingId meeting_id);
// Those of the last meeting of the unit that adopted any before `day`.
std::vector<Resolution> last_resolutions(Db& db, UnitId unit_id, Date day);

std::optional<KeptResolutionItem> find_item(Db& db, ResolutionItemId item_id);
std::vector<KeptResolutionItem> items_of(Db& db, ResolutionId resolution_id);
// Items of the unit that no decision closed, the oldest first. Their tasks say which of them are open.
std::vector<KeptResolutionItem> undecided_items(Db& db, UnitId unit_id);
// Counts every item named as carried over once more.
void carry_over(Db& db, std::span<const ResolutionItemId> item_ids);

std::vector<Citation> citations_of(Db& db, ResolutionItemId item_id);
std::vector<Citation> citations_to(Db& db, CitationKind kind, CitedId cited_id);

}  // namespace gw::resolutions
