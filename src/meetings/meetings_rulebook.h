// Which meeting rulebook counts where.
#pragma once
#include "meetings/meetings_score.h"

namespace gw::meetings {

struct CountingEdition {
    std::shared_ptr<const rulebooks::Edition> edition;  // empty when no rulebook judges meetings
    std::optional<RulebookChoice> choice;               // by which it counts; empty for the default
};
// The edition that counts for a unit on a day: of the nearest unit at or above it whose last choice names a
// rulebook in force on that day, else the default.
CountingEdition counting_edition(const Call& call, const rulebooks::Library& library, UnitId unit_id,
                                 Date day);

}  // namespace gw::meetings
