#include "fact_files/judged_year.h"

#include <algorithm>
#include <ostream>
#include <thread>

namespace gw::fact_files {

Workers::Workers(unsigned asked)
    : count_(asked > 0 ? asked : std::max(1U, std::thread::hardware_concurrency())),
      allowance_(tbb::global_control::max_allowed_parallelism, count_),
      arena_(static_cast<int>(count_)) {}

std::shared_ptr<const rulebooks::Edition> read_rulebook(const std::string& file, std::ostream& err) {
    rulebooks::Reading reading = rulebooks::read_file(file);
    for (const rulebooks::FileMistake& mistake : reading.mistakes)
        err << file << ":" << mistake.line << ": " << (mistake.key.empty() ? "" : mistake.key + ": ")
            << mistake.message << "\n";
    return reading.edition;
}

std::optional<Year> read_year_or_say(const std::vector<const evaluation::Rulebook*>& rulebooks,
                                     const YearFiles& files, Progress& progress, std::ostream& err) {
    Findings findings;
    Year year = read_year(rulebooks, files, findings, progress);
    progress.end();
    findings.print(err);
    if (!findings.is_empty()) return std::nullopt;
    return year;
}

std::optional<evaluation::Result> judge_or_say(const rulebooks::Edition& edition, const Year& year,
                                               unsigned threads, Progress& progress, std::ostream& err) {
    progress.begin("evaluating");
    evaluation::Result result = evaluation::evaluate(*edition.plan, year.input(), threads);
    progress.end();
    for (const evaluation::Problem& problem : result.problems)
        err << problem.table << ": " << (problem.column.empty() ? "" : problem.column + ": ")
            << problem.message << "\n";
    if (!result.problems.empty()) return std::nullopt;
    return result;
}

}  // namespace gw::fact_files
