// The board as a table for a spreadsheet. Private to month_board.
#pragma once
#include "month_board/month_board.h"

namespace gw::month_board {

// The cells that list_cells() would list, all of them, in words of the reader's language. Refused alike.
Download table_as_csv(const Call& call, ListCells request, Months& months, const Texts& texts);

}  // namespace gw::month_board
