#include "fact_files/fact_files.h"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ostream>

#include "evaluation/explain.h"
#include "fact_files/explanation_words.h"
#include "fact_files/followed_changes.h"
#include "fact_files/judged_year.h"
#include "fact_files/result_tables.h"
#include "platform/json/json.h"
#include "rulebooks/rulebooks.h"

namespace gw::fact_files {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// The most memory that the process ever had, in megabytes of 1024 * 1024 bytes.
std::int64_t peak_memory() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

std::string timings_line(double load, std::vector<double> computes) {
    std::sort(computes.begin(), computes.end());
    const std::size_t middle = computes.size() / 2;
    const double median =
        computes.size() % 2 == 1 ? computes[middle] : (computes[middle - 1] + computes[middle]) / 2;
    char line[160];
    std::snprintf(line, sizeof line, R"({"load_s":%.4f,"compute_s":%.4f,"rss_mb":%lld})", load, median,
                  static_cast<long long>(peak_memory()));
    return line;
}

}  // namespace

int evaluate(const EvaluateOrder& order, std::ostream& out, std::ostream& err) {
    const auto edition = read_rulebook(order.rulebook, err);
    if (edition == nullptr) return 2;
    Progress progress(Progress::is_terminal());
    Workers workers(order.threads);
    return workers.execute([&] {
        const auto start = std::chrono::steady_clock::now();
        std::optional<Year> year = read_year_or_say({&edition->rulebook()}, order.files, progress, err);
        if (!year) return 2;
        const double load = seconds_since(start);

        progress.begin("evaluating");
        std::optional<evaluation::Result> result =
            judge_or_say(*edition, *year, workers.count(), progress, err);
        if (!result) return 2;
        std::vector<double> computes;
        for (unsigned round = 0; order.has_timings && round < order.repeat; ++round) {
            result.reset();
            const auto begin = std::chrono::steady_clock::now();
            result = evaluation::evaluate(*edition->plan, year->input(), workers.count());
            computes.push_back(seconds_since(begin));
        }
        const std::string timings = order.has_timings ? timings_line(load, computes) + "\n" : "";

        const std::vector<ResultTable> tables = result_tables(edition->rulebook(), *year, *result);
        if (!order.folder.empty()) write_tables(tables, order.folder, progress);
        progress.end();
        if (order.has_checksum) out << checksum_line(tables) << "\n";
        out << timings;
        if (order.changes == 0) return 0;
        result.reset();
        const FollowedChanges followed =
            follow_changes(edition->plan, std::move(*year), order.changes, workers.count());
        out << to_line(followed) << "\n";
        return followed.is_equal ? 0 : 1;
    });
}

int explain(const ExplainOrder& order, const Texts& texts, std::ostream& out, std::ostream& err) {
    const auto edition = read_rulebook(order.rulebook, err);
    if (edition == nullptr) return 2;
    Progress progress(Progress::is_terminal());
    Workers workers(order.threads);
    return workers.execute([&] {
        const std::optional<Year> year = read_year_or_say({&edition->rulebook()}, order.files, progress, err);
        if (!year) return 2;
        const evaluation::Numbers& ids = order.member ? year->members.ids : year->units.ids;
        const std::int64_t id = order.member ? *order.member : order.unit.value_or(-1);
        std::size_t row = 0;
        while (row < ids.size() && ids[row] != id) ++row;
        progress.end();
        if (row == ids.size()) {
            err << (order.member ? order.files.member_facts + ": there is no member "
                                 : order.files.units + ": there is no unit ")
                << id << "\n";
            return 2;
        }
        const auto result = judge_or_say(*edition, *year, workers.count(), progress, err);
        if (!result) return 2;
        const auto place = static_cast<std::int64_t>(row);
        const evaluation::Explainer explainer(*edition->plan, year->input(), *result);
        const evaluation::Explanation explanation =
            order.member ? explainer.member(place) : explainer.unit(place);
        const ExplanationWords words =
            in_words(explanation, edition->rulebook(), *year, texts, order.language);
        progress.end();
        out << (order.is_json ? to_json(words) + "\n" : as_text(words, texts, order.language));
        return 0;
    });
}

}  // namespace gw::fact_files
