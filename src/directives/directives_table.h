// How the units stand to a directive, as a table to keep.
#pragma once
#include "directives/directives.h"
#include "spreadsheets/spreadsheets.h"

namespace gw::directives {

// Every unit that progress() pages through, in its order and refused likewise; offset and limit are not
// asked.
spreadsheets::Table table(const Call& call, const ProgressKey& request, const Setting& setting,
                          const Texts& texts);

}  // namespace gw::directives
