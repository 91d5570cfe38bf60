// Inspections and the programme of a year as tables to keep.
#pragma once
#include "inspections/inspections.h"
#include "spreadsheets/spreadsheets.h"

namespace gw::inspections {

// What list() and show_programme() give, refused likewise. Neither names the member inspected: a file is
// passed on.
spreadsheets::Table table(const Call& call, const ListInspections& request, const Texts& texts);
spreadsheets::Table table_of_programme(const Call& call, const ShowProgramme& request, const Texts& texts);

}  // namespace gw::inspections
