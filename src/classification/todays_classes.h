// The classes of this year as they stand today, in memory, kept up to date by what the audit trail says has
// changed.
#pragma once
#include <mutex>

#include "classification/reviews.h"
#include "evaluation/standing.h"

namespace gw::classification {

// Gathers and evaluates everything when it is first asked on a day. After that an answer follows the trail:
// meetings, tasks, visits and resolutions are read again for the units whose entries were added, self levels
// for their subjects, units and members when one of them changed, and everything after an import or an entry
// it does not know. Safe from many threads, which wait for each other. The library must outlive it.
class TodaysClasses {
public:
    explicit TodaysClasses(const rulebooks::Library& library);
    ~TodaysClasses();

    // As the snapshot of the call shows them, or one read later; null when no rulebook is in force. Refused:
    // conflict as review() says.
    std::shared_ptr<const KeptReview> find(const Call& call);

    // How often the records were read: whole, placed again, and for a few units. For tests and figures.
    struct Counts {
        std::int64_t whole = 0, placed = 0, followed = 0;
    };
    Counts counts() const;

private:
    struct Year;
    struct Forgetting;
    void begin(const Call& call, std::shared_ptr<const rulebooks::Edition> edition, std::int64_t position);
    bool follow(const Call& call, std::int64_t position);
    void stand(const Call& call);
    bool carry_over(const Call& call);
    void show(const Call& call, YearFacts facts);

    const rulebooks::Library& library_;
    mutable std::mutex lock_;
    std::unique_ptr<Year> year_;
    Counts counts_;
};

}  // namespace gw::classification
