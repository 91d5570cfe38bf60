// The twelve papers of an inspection as printable forms, filled from its record.
#pragma once
#include "inspections/inspections.h"
#include "platform/texts/texts.h"
#include "printing/printing.h"

namespace gw::inspections {

// The paper as the reader of `record` may see it: its words, what the record says of object, team, days,
// findings and answers, and an empty line to sign on.
printing::Document compose(const Call& call, const InspectionRecord& record, const Paper& paper,
                           const Texts& texts, const std::string& language);

}  // namespace gw::inspections
