// The tables of resolutions, their items and citations. What others may ask of them stands in resolutions.h.
#pragma once
#include "resolutions/resolutions.h"
#include "resolutions/resolutions_parts.h"

namespace gw::resolutions {

std::optional<Resolution> find_resolution(Db& db, ResolutionId resolution_id);
std::vector<Resolution> resolutions_of(Db& db, UnitId unit_id, Date from, Date until);  // oldest first
std::vector<Resolution> resolutions_of_meeting(Db& db, MeetingId meeting_id);
// Those of the last meeting of the unit that adopted any before `day`.
std::vector<Resolution> last_resolutions(Db& db, UnitId unit_id, Date day);

std::optional<KeptResolutionItem> find_item(Db& db, ResolutionItemId item_id);
std::vector<KeptResolutionItem> items_of(Db& db, ResolutionId resolution_id);
// Items of the unit that no decision closed, and those named, the oldest first; when `seen_from` is given,
// only those adopted on its day at the latest, in other meetings.
std::vector<KeptResolutionItem> undecided_items(Db& db, UnitId unit_id,
                                                std::span<const ResolutionItemId> named,
                                                const std::optional<SeenFrom>& seen_from);
// An item and the number of its resolution.
struct NumberedResolutionItem {
    KeptResolutionItem item;
    std::string number_text;
};
// Items that a ledger may have to name: undecided ones, those named, those closed after the day, and those of
// which no ledger says that they are closed.
std::vector<NumberedResolutionItem> items_for_ledger(Db& db, UnitId unit_id,
                                                     std::span<const ResolutionItemId> named,
                                                     const SeenFrom& seen_from);
// Counts every item named as carried over once more.
void carry_over(Db& db, std::span<const ResolutionItemId> item_ids);

void keep_lines(Db& db, std::span<const LedgerLine> lines);
void note_outcome(Db& db, ResolutionItemId item_id, LedgerOutcome outcome);

// The texts of a version are kept as JSON.
void keep_version(Db& db, ResolutionId resolution_id, const ResolutionVersion& version);
std::vector<ResolutionVersion> versions_of(Db& db, ResolutionId resolution_id);

std::vector<Citation> citations_of(Db& db, ResolutionItemId item_id);
// Every item that cites it, by id.
std::vector<KeptResolutionItem> items_citing(Db& db, CitationKind kind, CitedId cited_id);
std::vector<Citation> citations_to(Db& db, CitationKind kind, CitedId cited_id);

}  // namespace gw::resolutions
