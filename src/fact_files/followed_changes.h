// How fast classes follow single changes of facts, and whether they stay right: measured on the facts of a
// year.
#pragma once
#include <cstddef>
#include <memory>
#include <string>

#include "fact_files/year.h"

namespace gw::fact_files {

struct FollowedChanges {
    std::size_t changes = 0;
    double p50_us = 0;  // microseconds for one change
    double p99_us = 0;
    double most_us = 0;
    bool is_equal = false;  // to a full evaluation of the changed facts
};

// Changes so many facts of members and units, drawn at random but the same in every run, one after the other.
FollowedChanges follow_changes(std::shared_ptr<const evaluation::Plan> plan, Year year, std::size_t changes,
                               unsigned threads);

// {"changes":N,"p50_us":..,"p99_us":..,"max_us":..,"equal":true}
std::string to_line(const FollowedChanges& followed);

}  // namespace gw::fact_files
