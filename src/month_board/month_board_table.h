// The board as a table to keep. Private to month_board.
#pragma once
#include "month_board/month_board.h"
#include "spreadsheets/spreadsheets.h"

namespace gw::month_board {

// The cells that list_cells() would list, all of them, in words of the reader's language. Refused alike.
spreadsheets::Table table_of_cells(const Call& call, ListCells request, Months& months, const Texts& texts);

}  // namespace gw::month_board
