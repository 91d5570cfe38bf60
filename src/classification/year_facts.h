// The facts of a year as columns, gathered from the records of all capabilities by the names a rulebook asks
// for.
#pragma once
#include <functional>

#include "classification/classification.h"
#include "evaluation/evaluate.h"

namespace gw::classification {

// Everything that one evaluation needs. Units are those of the tree that the rulebook judges, in pre-order;
// members are the probationary and full ones, by id.
struct YearFacts {
    Date as_of{};
    evaluation::Tree tree;
    evaluation::Table units;
    evaluation::Table members;
    std::vector<std::int32_t> member_units;  // position of each member's unit
    std::int64_t members_left_out = 0;       // their unit no longer stands, or nobody judges it

    evaluation::Evaluation input() const { return {tree, units, members, member_units}; }
};

// Says how much of the work is done.
using Progress = std::function<void(std::int64_t done, std::int64_t total)>;

// The records of a year as they were read, table by table, each once: by the unit whose records they are, so
// that what a few units changed can be read again alone.
//
// What counts, and until when: everything from the first of January to `as_of`. Meetings are due once in each
// whole month, and one with a thematic part once in each whole quarter, in which the unit stood; a month or
// quarter that has not ended counts when it was met already. Tasks count that were due by `as_of`, visits
// that were made by then. A unit's months run to the end of the year, a member's months to `as_of`. Refused
// as review() says.
class YearRecords {
public:
    static constexpr std::int64_t tables = 9;  // that reading them all reports as its progress

    YearRecords(const Call& call, std::int64_t year, const evaluation::Rulebook& rulebook,
                const Progress& progress = {});
    ~YearRecords();
    YearRecords(YearRecords&&) noexcept;

    // Meetings, tasks, visits and resolutions of some units, and what some subjects say of themselves.
    void read_again(const Call& call, std::span<const UnitId> units, std::span<const std::int64_t> subjects);
    // The units, who is in them, and the files of these members.
    void place_again(const Call& call);
    YearFacts facts() const;

private:
    class Reading;
    std::unique_ptr<Reading> reading_;
};

YearFacts collect_facts(const Call& call, std::int64_t year, const evaluation::Rulebook& rulebook,
                        const Progress& progress = {});

}  // namespace gw::classification
