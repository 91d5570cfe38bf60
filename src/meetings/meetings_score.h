// The score of a meeting by the meeting rulebook: which facts the record knows, which the unit says of
// itself, and what they come to.
#pragma once
#include "meetings/meetings.h"
#include "rulebooks/rulebooks.h"

namespace gw::meetings {

// The edition in force in `year`; a year before the first edition is judged by the first, a year after the
// last by the last. Empty when there is no meeting rulebook.
std::shared_ptr<const rulebooks::Edition> edition_for(const rulebooks::Library& library, std::int64_t year);

// Only regular and thematic meetings are scored.
bool is_scored(const Meeting& meeting);
// Sets score_milli, maximum_milli and score_class from the facts of the meeting; empties them without a
// rulebook.
void compute_score(const rulebooks::Library& library, Meeting& meeting, std::span<const SelfMark> marks);
// The sheet criterion by criterion, in `language`. The meeting must be scored.
MeetingScore explain_score(const rulebooks::Edition& edition, const Meeting& meeting,
                           std::span<const SelfMark> marks, std::string_view language);
// Everything wrong with marks a unit gives itself.
Problems problems_in(const rulebooks::Edition& edition, std::span<const SelfMark> marks);
// The marks kept with those of `changes` put over them.
std::vector<SelfMark> merged(std::vector<SelfMark> kept, std::span<const SelfMark> changes);

}  // namespace gw::meetings
