// What the members of a unit are told when one of its meetings changes. Private to notices.
#pragma once
#include "notices/notices.h"

namespace gw::notices {

// A meeting whose invitation was sent was moved, or its place changed: everybody expected is told.
void tell_of_change(const Call& call, MeetingId meeting_id);
// It was cancelled: everybody who was told of it, and everybody expected.
void tell_of_cancellation(const Call& call, MeetingId meeting_id);
// Its papers are out.
void tell_of_minutes(const Call& call, MeetingId meeting_id);

}  // namespace gw::notices
