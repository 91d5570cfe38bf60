// Reasons for one subject: every number that led to its class, and what would have changed it.
// Only what was computed is explained: points minus deductions, not below 0, is the score.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evaluation/evaluate.h"

namespace gw::evaluation {

class Binding;
class MemberOrder;

struct FactReason {
    std::string key;  // fact, aggregate, derived value or "input.key"
    Text text;
    std::string unit;
    std::int64_t value = 0;
    bool is_given = true;  // false: missing, `value` is what it counts as
};

struct CriterionReason {
    std::string key;
    std::string group;
    Text text;
    Origin origin;
    bool applies = true;
    std::vector<FactReason> facts;
    std::string formula;  // as written in the rulebook
    Text formula_words;   // the same with the facts' names
    std::int64_t input = 0;
    std::int64_t input_scale = 1;
    std::string input_unit;
    Scoring scoring = Scoring::direct;
    Text choice;  // of Scoring::choice: the line that was chosen
    std::int64_t points = 0;
    std::int64_t maximum = 0;
};

struct DeductionReason {
    std::string key;
    Text text;
    Origin origin;
    std::vector<FactReason> facts;
    std::string formula;
    std::int64_t points = 0;
};

enum class GateEffect { not_classified, class_when, at_most, requirement };

// A gate that decided, or a requirement of a class above that is not met.
struct GateReason {
    GateEffect effect = GateEffect::at_most;
    std::string key;
    Text text;
    Origin origin;
    std::int64_t class_number = 0;
    std::vector<FactReason> facts;
    std::string formula;
    Text formula_words;
};

struct Neighbour {
    std::int64_t row = 0;  // member row or tree position
    std::int64_t id = 0;
    std::int64_t rank = 0;
    std::int64_t score = 0;
};

struct CapReason {
    std::int32_t group = -1;  // tree position of the parent or ancestor, -1 for the whole
    std::int64_t percent = 0;
    CapBase base = CapBase::good_or_better;
    Rounding rounding = Rounding::floor;
    std::int64_t class_number = 0;
    std::int64_t base_count = 0;
    std::int64_t allowed = 0;
    std::int64_t candidates = 0;
    std::int64_t rank = 0;  // among the candidates from 1; 0 when this subject is none
    bool was_lowered = false;
    std::optional<Neighbour> last_inside;    // the last that keeps the class
    std::optional<Neighbour> first_outside;  // the first that does not
    std::optional<Neighbour> above;          // of this subject
    std::optional<Neighbour> below;
    Text text;
    Origin origin;
};

struct ChildReason {
    bool is_member = false;
    std::int64_t row = 0;  // member row or tree position
    std::int64_t id = 0;
    std::int64_t class_number = 0;
    std::int64_t score = 0;
    State state = State::evaluated;
};

// The smallest change of one fact that alone gives another class, everybody else as they are.
struct SingleChange {
    std::string fact;
    Text text;
    std::string unit;
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::int64_t class_number = 0;
    bool is_exact = true;  // false when the range of the fact was too wide to try every value
};

struct Explanation {
    std::string subject;
    std::int64_t row = 0;
    std::int64_t id = 0;
    State state = State::evaluated;
    std::vector<FactReason> missing;  // facts without which the subject was not evaluated
    std::int64_t score = 0;
    std::int64_t score_scale = 1;
    std::int64_t maximum = 0;  // available to this subject
    std::int64_t pre_class = 0;
    std::int64_t final_class = 0;
    std::int64_t threshold_class = 0;  // by thresholds alone
    std::vector<CriterionReason> criteria;
    std::vector<DeductionReason> deductions;
    std::vector<GateReason> gates;             // that hold
    std::vector<GateReason> not_met;           // requirements of the classes above the threshold class
    std::optional<std::int64_t> next_minimum;  // score of the next class above the threshold class
    std::optional<CapReason> cap;
    std::vector<ChildReason> children;     // of a unit: lowest class first, then lowest score; at most 20
    std::vector<FactReason> aggregates;    // of a unit
    std::vector<FactReason> weak_reasons;  // of a unit: reasons that hold
    bool is_weak = false;
    std::vector<SingleChange> changes;  // upwards first, smallest first
};

// Explains the subjects of one evaluation. It looks at the members once, to know who stands together; after
// that an explanation costs as much as the subject, its cap group and its children are large. The parts of
// `input` and `result` must outlive it.
class Explainer {
public:
    Explainer(const Plan& plan, const Evaluation& input, const Result& result);
    ~Explainer();
    // Refuse nothing: row or position must lie inside the table.
    Explanation member(std::int64_t row) const;
    Explanation unit(std::int64_t position) const;

private:
    struct Group;
    Group member_group(const Cap& cap, std::size_t row) const;
    Group unit_group(const Cap& cap, const Subject& subject, std::size_t row) const;
    void add_children(std::int32_t position, Explanation& e) const;

    const Plan& plan_;
    const Evaluation input_;
    const Result& result_;
    std::unique_ptr<const MemberOrder> order_;
    std::unique_ptr<const Binding> members_;
    std::unique_ptr<const Binding> units_;
    Numbers kinds_;
};

// For subjects without a tree, such as one meeting.
Explanation explain_row(const Plan& plan, std::string_view subject, const Table& table, std::int64_t row);

}  // namespace gw::evaluation
