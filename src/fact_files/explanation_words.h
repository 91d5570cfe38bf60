// An explanation of the engine in the words of one language: as a struct for JSON, and as text to read.
#pragma once
#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evaluation/explain.h"
#include "fact_files/year.h"
#include "platform/texts/texts.h"

namespace gw::fact_files {

struct FactWords {
    std::string key;
    std::string name;
    std::int64_t value = 0;
    std::string unit;
    bool is_known = true;
};
BOOST_DESCRIBE_STRUCT(FactWords, (), (key, name, value, unit, is_known))

struct CriterionWords {
    std::string key;
    std::string name;
    bool applies = true;
    std::int64_t points = 0;  // in the smallest unit of the rulebook, like every number of points here
    std::int64_t maximum = 0;
    std::string formula;
    std::string formula_words;
    std::int64_t input = 0;
    std::int64_t input_scale = 1;
    std::string input_unit;
    std::string choice;
    std::vector<FactWords> facts;
};
BOOST_DESCRIBE_STRUCT(CriterionWords, (),
                      (key, name, applies, points, maximum, formula, formula_words, input, input_scale,
                       input_unit, choice, facts))

struct DeductionWords {
    std::string key;
    std::string name;
    std::int64_t points = 0;
    std::string formula;
    std::vector<FactWords> facts;
};
BOOST_DESCRIBE_STRUCT(DeductionWords, (), (key, name, points, formula, facts))

struct GateWords {
    std::string key;
    std::string effect;  // in words: "At most this class"
    std::string name;
    std::int64_t class_number = 0;
    std::string class_name;
    std::string formula_words;
    std::vector<FactWords> facts;
};
BOOST_DESCRIBE_STRUCT(GateWords, (), (key, effect, name, class_number, class_name, formula_words, facts))

struct NeighbourWords {
    std::int64_t id = 0;
    std::int64_t rank = 0;
    std::int64_t score = 0;
};
BOOST_DESCRIBE_STRUCT(NeighbourWords, (), (id, rank, score))

struct CapWords {
    std::string name;
    std::optional<std::int64_t> group_unit_id;  // none: all of them together
    std::int64_t class_number = 0;
    std::string class_name;
    std::int64_t percent = 0;
    std::string base;
    std::string rounding;
    std::int64_t base_count = 0;
    std::int64_t allowed = 0;
    std::int64_t candidates = 0;
    std::int64_t rank = 0;  // 0: not a candidate
    bool was_lowered = false;
    std::optional<NeighbourWords> above, below, last_inside, first_outside;
};
BOOST_DESCRIBE_STRUCT(CapWords, (),
                      (name, group_unit_id, class_number, class_name, percent, base, rounding, base_count,
                       allowed, candidates, rank, was_lowered, above, below, last_inside, first_outside))

struct ChildWords {
    bool is_member = false;
    std::int64_t id = 0;
    std::int64_t class_number = 0;
    std::string class_name;
    std::int64_t score = 0;
};
BOOST_DESCRIBE_STRUCT(ChildWords, (), (is_member, id, class_number, class_name, score))

struct ChangeWords {
    std::string key;
    std::string name;
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::string unit;
    std::int64_t class_number = 0;
    std::string class_name;
};
BOOST_DESCRIBE_STRUCT(ChangeWords, (), (key, name, from, to, unit, class_number, class_name))

struct ExplanationWords {
    std::string subject;
    std::string subject_name;
    std::int64_t id = 0;
    std::string state;
    std::int64_t score = 0;
    std::int64_t score_scale = 1;
    std::int64_t maximum = 0;
    std::int64_t class_number = 0;
    std::string class_name;
    std::int64_t class_before_cap = 0;
    std::string class_before_cap_name;
    std::int64_t class_by_points = 0;
    std::string class_by_points_name;
    std::optional<std::int64_t> next_minimum;
    std::vector<FactWords> missing;
    std::vector<CriterionWords> criteria;
    std::vector<DeductionWords> deductions;
    std::vector<GateWords> gates;
    std::vector<GateWords> not_met;
    std::optional<CapWords> cap;
    std::vector<FactWords> aggregates;
    std::vector<ChildWords> children;
    bool is_weak = false;
    std::vector<FactWords> weak_reasons;
    std::vector<ChangeWords> changes;
};
BOOST_DESCRIBE_STRUCT(ExplanationWords, (),
                      (subject, subject_name, id, state, score, score_scale, maximum, class_number,
                       class_name, class_before_cap, class_before_cap_name, class_by_points,
                       class_by_points_name, next_minimum, missing, criteria, deductions, gates, not_met, cap,
                       aggregates, children, is_weak, weak_reasons, changes))

ExplanationWords in_words(const evaluation::Explanation& explanation, const evaluation::Rulebook& rulebook,
                          const Year& year, const Texts& texts, std::string_view language);

// The explanation as lines to read from top to bottom: result, how it came about, what would change it.
std::string as_text(const ExplanationWords& words, const Texts& texts, std::string_view language);

// A number of points as it is written: 82345 with a scale of 1000 is 82.345.
std::string points_text(std::int64_t points, std::int64_t scale);

}  // namespace gw::fact_files
