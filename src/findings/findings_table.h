// The register of findings as a table to keep.
#pragma once
#include "findings/findings.h"
#include "spreadsheets/spreadsheets.h"

namespace gw::findings {

// Up to 10,000 findings, chosen and ordered as list() does and refused likewise. Like the register it names
// neither whom a finding is about nor who has to remedy it: a file is passed on.
spreadsheets::Table table(const Call& call, const ListFindings& request, const Texts& texts);

}  // namespace gw::findings
