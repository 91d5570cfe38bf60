// The year judged from files, without a store: facts as CSV in, results as CSV out, reasons as text. What the
// commands evaluate, explain and rulebook replay do.
//
// All return an exit code: 0 done; 2 the rulebook or the files are refused, with every mistake by file and
// line on `err`. They throw only when the machine fails them: a full disk, a file that vanishes.
#pragma once
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>

#include "fact_files/year.h"
#include "platform/texts/texts.h"

namespace gw::fact_files {

struct EvaluateOrder {
    std::string rulebook;
    YearFiles files;
    std::string folder;         // for the four tables of results; empty: none are written
    unsigned threads = 0;       // 0: as many as the machine has
    bool has_checksum = false;  // prints the four checksums as one JSON line
    unsigned repeat = 1;
    bool has_timings = false;  // computes `repeat` times after a first, and prints one JSON line of times
    // Then changes so many single facts, one after the other, and prints one JSON line: how long the classes
    // took to follow, and whether they equal a full evaluation of the changed facts. What was written is not
    // changed.
    std::size_t changes = 0;
};
// Returns 1 when classes did not follow changes rightly.
int evaluate(const EvaluateOrder& order, std::ostream& out, std::ostream& err);

struct ExplainOrder {
    std::string rulebook;
    YearFiles files;
    std::optional<std::int64_t> member;  // one of the two
    std::optional<std::int64_t> unit;
    std::string language = "en";
    bool is_json = false;
    unsigned threads = 0;
};
int explain(const ExplainOrder& order, const Texts& texts, std::ostream& out, std::ostream& err);

struct ReplayOrder {
    std::string old_rulebook;
    std::string new_rulebook;
    YearFiles files;
    std::size_t most_shown = 100;  // of those who change class; the totals count everybody
    std::string language = "en";
    unsigned threads = 0;
};
// Who changes class, and by which criteria and conditions, when the same facts are judged by another
// rulebook.
int replay(const ReplayOrder& order, std::ostream& out, std::ostream& err);

}  // namespace gw::fact_files
