// Decisions about resolutions that need no database.
#pragma once
#include "resolutions/resolutions.h"
#include "resolutions/resolutions_parts.h"

namespace gw::resolutions {

// More than half of all full members called, or two thirds of them: absent members count as not in favour.
bool is_carried(std::int64_t votes_for, std::int64_t votes_called, bool needs_two_thirds);
// How an item stands, given its tasks. A closing decision counts before closed tasks, an open task before it.
ResolutionItem item_as_it_stands(const KeptResolutionItem& kept, std::span<const tasks::Task> its_tasks);
// Whether an item was closed on `day` at the latest.
bool was_done_by(const ResolutionItem& item, Date day);
// Everything wrong with the wording of a resolution.
Problems problems_in(const AdoptResolution& request);
Problems problems_in(const CorrectResolution& request, std::span<const KeptResolutionItem> there);
// The lines of an item in a ledger frozen on `day`: `closing` is what the resolution decided about it.
// Returns what the ledger says of the item as a whole.
LedgerOutcome add_lines(std::vector<LedgerLine>& lines, const ResolutionItemBefore& before,
                        const ResolutionItemToClose* closing, Date day);
// True when what is kept is what `request` says: the same resolution sent twice.
bool is_same(const Resolution& there, std::span<const KeptResolutionItem> items,
             const AdoptResolution& request);
// By day; on one day causes before what follows from them.
void put_in_order(std::vector<StoryEntry>& entries);

}  // namespace gw::resolutions
