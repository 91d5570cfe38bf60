// Days and moments as each language writes them, for sentences that leave the program: a mail, a notice.
#pragma once
#include <string>
#include <string_view>

#include "platform/text.h"

namespace gw {

// "4 tháng 5, 2024", "4 May 2024": without the weekday.
std::string day_text(std::string_view language, Date day);
// The same day with its weekday and the time on the organisation's clock: "19:30 Thứ Bảy, 4 tháng 5, 2024".
std::string moment_text(std::string_view language, Moment moment, int zone_minutes);

}  // namespace gw
