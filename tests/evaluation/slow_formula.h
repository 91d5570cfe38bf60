// Formulas walked as trees and points read off line by line, for the slow interpreter; and a count of the
// difficult things that were met.
#pragma once
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "evaluation/evaluate.h"

namespace gw::slow {

using evaluation::Expression;
using evaluation::Operation;
using evaluation::State;
using Number = std::int64_t;
using Values = std::map<std::string, Number>;

// What happened in all interpreters so far, so that a test can insist on it.
struct Seen {
    int zero_denominators = 0;
    int decided_by_score = 0, decided_by_tie_column = 0, decided_by_id = 0;  // the two beside a cap's line
    int scorings[6] = {}, states[5] = {};
    int lowered[2][4] = {};                // members, units; by CapGroup
    int bases[3] = {}, roundings[3] = {};  // of caps that lowered somebody
};
inline Seen seen;

inline Number compute(const Expression& e, const Values& values) {
    const auto at = [&](std::size_t i) { return compute(e.operands[i], values); };
    switch (e.operation) {
        case Operation::constant: return e.value;
        case Operation::name: return values.at(e.name);
        case Operation::given: return values.at("given " + e.name);
        case Operation::add: return at(0) + at(1);
        case Operation::subtract: return at(0) - at(1);
        case Operation::multiply: return at(0) * at(1);
        case Operation::negate: return -at(0);
        case Operation::less: return at(0) < at(1);
        case Operation::less_equal: return at(0) <= at(1);
        case Operation::greater: return at(0) > at(1);
        case Operation::greater_equal: return at(0) >= at(1);
        case Operation::equal: return at(0) == at(1);
        case Operation::not_equal: return at(0) != at(1);
        case Operation::all_of: return at(0) != 0 && at(1) != 0;
        case Operation::any_of: return at(0) != 0 || at(1) != 0;
        case Operation::negation: return at(0) == 0;
        case Operation::absolute: return at(0) < 0 ? -at(0) : at(0);
        case Operation::choose: return at(0) != 0 ? at(1) : at(2);
        case Operation::divide: return at(0) / at(1);
        case Operation::ratio:
            seen.zero_denominators += at(1) == 0;
            return at(1) > 0 ? std::min<Number>(10000, at(0) * 10000 / at(1)) : at(2);
        case Operation::mean:
            seen.zero_denominators += at(1) == 0;
            return at(1) > 0 ? at(0) * at(2) / at(1) : at(3);
        case Operation::minimum:
        case Operation::maximum: {
            Number best = at(0);
            for (std::size_t i = 1; i < e.operands.size(); ++i)
                best = e.operation == Operation::minimum ? std::min(best, at(i)) : std::max(best, at(i));
            return best;
        }
    }
    return 0;
}

inline Number score_by(evaluation::Scoring scoring, const std::vector<evaluation::Point>& p, Number otherwise,
                       Number maximum, Number x) {
    switch (scoring) {
        case evaluation::Scoring::direct: return std::max<Number>(0, std::min(maximum, x));
        case evaluation::Scoring::yes_no: return x != 0 ? maximum : otherwise;
        case evaluation::Scoring::level:
            for (const auto& level : p)
                if (level.x == x) return level.y;
            return otherwise;
        case evaluation::Scoring::steps:
            for (const auto& step : p)
                if (x <= step.x) return step.y;
            return otherwise;
        case evaluation::Scoring::piecewise:
            if (x <= p.front().x) return p.front().y;
            for (std::size_t i = 1; i < p.size(); ++i) {
                if (x > p[i].x) continue;
                const Number run = p[i].x - p[i - 1].x;
                const Number rise = p[i].y - p[i - 1].y;
                if (rise >= 0) return p[i - 1].y + (x - p[i - 1].x) * rise / run;
                return p[i - 1].y - (x - p[i - 1].x) * -rise / run;
            }
            return p.back().y;
        case evaluation::Scoring::choice: break;
    }
    return 0;
}

}  // namespace gw::slow
