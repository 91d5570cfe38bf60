// Compiles one subject of a rulebook: from its criteria, gates and thresholds to programs.
#pragma once
#include "evaluation/mistake.h"
#include "evaluation/plan.h"
#include "evaluation/scope.h"

namespace gw::evaluation {

// `aggregate_ranges` belongs to Rulebook::aggregates. When mistakes are added the plan is not usable.
SubjectPlan make_subject_plan(const Rulebook& rulebook, std::size_t subject, const Environment& environment,
                              const std::vector<Range>& aggregate_ranges, Mistakes& mistakes);

}  // namespace gw::evaluation
