// What the operations on resolutions share.
#pragma once
#include "resolutions/resolutions.h"

namespace gw::resolutions {

std::string unit_name(const Call& call, UnitId unit_id);
std::string member_name(const Call& call, MemberId member_id);
// Items of earlier meetings only, as one of these sees them: adopted on its day at the latest, elsewhere.
struct SeenFrom {
    Date day{};
    MeetingId meeting_id;
};
// The open items of a unit, the oldest first: they have an open task, or no decision closed them and no task
// of them is done.
std::vector<KeptResolutionItem> kept_open_items(Db& db, UnitId unit_id,
                                                const std::optional<SeenFrom>& seen_from = std::nullopt);
// Items as they stand, in the order given; asks for all their tasks at once.
std::vector<ResolutionItem> as_they_stand(Db& db, std::span<const KeptResolutionItem> kept);
// An item with what it cites and its tasks, for a reader.
ResolutionItemLine line_of(const Call& call, const KeptResolutionItem& kept, const Resolution& resolution);
ResolutionRecord record_of(const Call& call, const Resolution& resolution);
// The sentence cited; nothing when it is gone.
std::optional<CitedSentence> find_sentence(const Call& call, CitationKind kind, CitedId cited_id);

struct Votes {
    std::int64_t called = 0;   // full members expected
    std::int64_t present = 0;  // of those
};
Votes votes_in(const Call& call, const meetings::Meeting& meeting);
// Whether the whole and each item are carried, each by its own count.
void check_votes(std::int64_t votes_for, bool needs_two_thirds, std::span<const ResolutionItemToAdopt> items,
                 const Votes& votes, Problems& problems);
// Keeps items that were checked, from number `first` on, with their citations and tasks.
void keep_items(const Call& call, std::span<const ResolutionItemToAdopt> asked, const Resolution& resolution,
                std::size_t first);
void check_citations(const Call& call, std::span<const ResolutionItemToAdopt> items,
                     const meetings::Meeting& meeting, Problems& problems);
void check_free_ids(const Call& call, std::span<const ResolutionItemToAdopt> items, std::size_t first,
                    Problems& problems);

// The items a ledger names as they stood before the meeting decided, with their tasks.
struct ResolutionItemBefore {
    KeptResolutionItem kept;
    std::string number_text;
    ResolutionItem item;
    std::vector<tasks::Task> tasks;
    std::vector<std::string> owner_names;
};
std::vector<ResolutionItemBefore> items_before(const Call& call, UnitId unit_id, const SeenFrom& seen_from);
// Writes the ledger of a resolution whose decisions have been made.
void keep_ledger(const Call& call, const Resolution& resolution, std::span<const ResolutionItemBefore> before,
                 std::span<const ResolutionItemToClose> closings);

}  // namespace gw::resolutions
