// Worked cases: the examples with answers that a rulebook carries and must reproduce.
#pragma once
#include <string>
#include <vector>

#include "evaluation/evaluate.h"

namespace gw::rulebooks {

struct CaseOutcome {
    std::string path;  // "subject.member.case.NAME"
    evaluation::Mistakes mistakes;
};

// Every worked case of every subject, in their order, with what comes out otherwise than it says.
std::vector<CaseOutcome> run_cases(const evaluation::Plan& plan);

// One mistake for every case whose score, available maximum or class comes out otherwise, and for every fact
// that a case names and the rulebook does not have.
evaluation::Mistakes problems_in_cases(const evaluation::Plan& plan);

}  // namespace gw::rulebooks
