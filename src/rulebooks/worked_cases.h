// Worked cases: the examples with answers that a rulebook carries and must reproduce.
#pragma once
#include "evaluation/evaluate.h"

namespace gw::rulebooks {

// One mistake for every case whose score, available maximum or class comes out otherwise, and for every fact
// that a case names and the rulebook does not have.
evaluation::Mistakes problems_in_cases(const evaluation::Plan& plan);

}  // namespace gw::rulebooks
