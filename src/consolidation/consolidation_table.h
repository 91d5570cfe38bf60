// The list of weak units as a table to keep.
#pragma once
#include "consolidation/consolidation.h"
#include "spreadsheets/spreadsheets.h"

namespace gw {
class Texts;
}

namespace gw::consolidation {

// Every unit that list() counts, with its signs in words, chosen and refused as there.
spreadsheets::Table table(const Call& call, const WithinKey& request, const Setting& setting,
                          const Texts& texts);

}  // namespace gw::consolidation
