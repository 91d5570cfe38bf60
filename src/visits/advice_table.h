// The register of advice as a table to keep.
#pragma once
#include "spreadsheets/spreadsheets.h"
#include "visits/visits.h"

namespace gw::visits {

// Up to 10,000 advice items, chosen and ordered as list_advice() does and refused likewise.
spreadsheets::Table table_of_advice(const Call& call, const ListAdvice& request, const Texts& texts);

}  // namespace gw::visits
