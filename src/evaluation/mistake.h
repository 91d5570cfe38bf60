// What the engine finds wrong, as values: nothing here throws on what people wrote.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace gw::evaluation {

// A mistake in a rulebook. `path` names the place by keys, e.g.
// "subject.member.criterion.attendance.input"; `rulebooks` turns it into file and line.
struct Mistake {
    std::string path;
    std::string message;
};
using Mistakes = std::vector<Mistake>;

// A mistake in what is to be evaluated: `table` is "tree", "member", "unit" or a subject key;
// `column` may be empty; `row` is -1 when the whole column is meant.
struct Problem {
    std::string table;
    std::string column;
    std::int64_t row = -1;
    std::string message;
    bool operator==(const Problem&) const = default;
};
using Problems = std::vector<Problem>;

}  // namespace gw::evaluation
