// What can go wrong in a way the caller should read about.
#pragma once
#include <boost/describe/enum.hpp>
#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace gw {

// Answered as: invalid 422, not_signed_in 401, forbidden 403, not_found 404, conflict 409, too_many 429.
BOOST_DEFINE_ENUM_CLASS(Reason, invalid, not_signed_in, forbidden, not_found, conflict, too_many)

// One mistake. The sentence is not kept here but looked up by `key` in the reader's language when the
// answer is written, with `arguments` filled in: a key of messages/<language>/*.json.
struct Problem {
    std::string field;  // "held_on", "rows/3/due_on"; empty when it concerns the whole request
    std::string key;    // "meetings.already_held"
    std::vector<std::pair<std::string, std::string>> arguments = {};
};
using Problems = std::vector<Problem>;

// Ends the current call. Nothing it did is kept.
class Refusal : public std::exception {
public:
    Refusal(Reason reason, Problems problems) : reason(reason), problems(std::move(problems)) {}
    Refusal(Reason reason, Problem problem) : reason(reason), problems({std::move(problem)}) {}
    const char* what() const noexcept override {
        return problems.empty() ? "refused" : problems[0].key.c_str();
    }

    Reason reason;
    Problems problems;
};

inline void refuse_if(const Problems& problems) {
    if (!problems.empty()) throw Refusal(Reason::invalid, problems);
}

// A call that names a thing that is not there, or that the caller may not know of.
[[noreturn]] inline void refuse_unknown(std::string field) {
    throw Refusal(Reason::not_found, Problem{std::move(field), "platform.not_found"});
}

}  // namespace gw
