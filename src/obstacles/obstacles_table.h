// Lists of obstacles as tables to keep.
#pragma once
#include "obstacles/obstacles.h"

namespace gw::obstacles {

// Up to 10,000 obstacles, chosen and ordered as list() does and refused likewise.
spreadsheets::Table table(const Call& call, const ListObstacles& request, const Texts& texts);
// What a body owes an answer to, then what waits for the word of its unit; refused as held().
spreadsheets::Table table_of_held(const Call& call, const HolderKey& request, const Texts& texts);

}  // namespace gw::obstacles
