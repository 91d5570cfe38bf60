// The private calendar of a person, and a meeting as a calendar shows it. Private to notices.
#pragma once
#include "notices/calendar.h"
#include "notices/notices.h"
#include "platform/router.h"

namespace gw::notices {

struct CalendarKey {
    std::string file_name;  // "<secret>.ics"
};
BOOST_DESCRIBE_STRUCT(CalendarKey, (), (file_name))

// The meetings of the person's own unit from three months back to twelve ahead, as far as they may read them
// today. Refused: not_found for a secret that is nobody's, or whose account is locked; too_many when asked
// for too often.
Feed show_calendar(const Call& call, const CalendarKey& request, const Setting& setting,
                   CalendarLimits& limits);

CalendarEvent event_of(const Call& call, const meetings::Meeting& meeting, const Setting& setting,
                       const std::string& language);

}  // namespace gw::notices
