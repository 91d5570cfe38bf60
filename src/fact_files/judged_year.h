// The steps that every command on files begins with. Each says on `err` what is wrong and returns nothing
// then.
#pragma once
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fact_files/progress.h"
#include "fact_files/year.h"
#include "rulebooks/rulebooks.h"

namespace gw::fact_files {

// How many threads to use when so many were asked for; 0 asks for all that the machine has.
unsigned threads_for(unsigned asked);

std::shared_ptr<const rulebooks::Edition> read_rulebook(const std::string& file, std::ostream& err);

std::optional<Year> read_year_or_say(const std::vector<const evaluation::Rulebook*>& rulebooks,
                                     const YearFiles& files, Progress& progress, std::ostream& err);

std::optional<evaluation::Result> judge_or_say(const rulebooks::Edition& edition, const Year& year,
                                               unsigned threads, Progress& progress, std::ostream& err);

}  // namespace gw::fact_files
