// The steps that every command on files begins with. Each says on `err` what is wrong and returns nothing
// then.
#pragma once
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fact_files/progress.h"
#include "fact_files/year.h"
#include "rulebooks/rulebooks.h"

namespace gw::fact_files {

// The threads of a job; 0 asks for all that the machine has. More than it has are used all the same: without
// the allowance the library would take fewer and warn.
class Workers {
public:
    explicit Workers(unsigned asked);

    unsigned count() const { return count_; }
    template <class Work>
    auto execute(const Work& work) {
        return arena_.execute(work);
    }

private:
    unsigned count_;
    tbb::global_control allowance_;
    tbb::task_arena arena_;
};

std::shared_ptr<const rulebooks::Edition> read_rulebook(const std::string& file, std::ostream& err);

std::optional<Year> read_year_or_say(const std::vector<const evaluation::Rulebook*>& rulebooks,
                                     const YearFiles& files, Progress& progress, std::ostream& err);

std::optional<evaluation::Result> judge_or_say(const rulebooks::Edition& edition, const Year& year,
                                               unsigned threads, Progress& progress, std::ostream& err);

}  // namespace gw::fact_files
