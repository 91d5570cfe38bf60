// What can be wrong in a rulebook before any formula is looked at: names, texts, origins, numbers that do not
// fit.
#pragma once
#include "evaluation/mistake.h"
#include "evaluation/rulebook.h"

namespace gw::evaluation {

// Appends all mistakes in keys, texts, sources, references, points and totals.
void check_structure(const Rulebook& rulebook, Mistakes& mistakes);

// The path of a subject's part, e.g. path_of(subject, "criterion", "attendance").
std::string path_of(const Subject& subject);
std::string path_of(const Subject& subject, const std::string& part, const std::string& key);

}  // namespace gw::evaluation
