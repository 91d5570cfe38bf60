// What the members of a unit are told of its meetings beside the plan. Private to notices.
#pragma once
#include "notices/notices.h"

namespace gw::notices {

// The papers of a meeting are out.
void tell_of_minutes(const Call& call, MeetingId meeting_id);

}  // namespace gw::notices
