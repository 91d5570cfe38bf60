// What the files of the month board share. Private to month_board.
#pragma once
#include "month_board/view.h"

namespace gw::month_board {

// The first day of the month asked for. Refused: invalid as show_board() says.
Date asked_month(const Call& call, const std::optional<Date>& month);
View view_of(const Call& call, const Months::Kept& kept, Date month);

}  // namespace gw::month_board
