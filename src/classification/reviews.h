// The last review of each year whole, in memory: read from what was kept, evaluated again by the rulebook it
// was made by, so that every number a page shows is one the review had.
#pragma once
#include <map>
#include <mutex>
#include <unordered_map>

#include "classification/classification_store.h"
#include "evaluation/explain.h"

namespace gw::classification {

// How many of some subjects there are, by the four denominators and by class.
struct ClassCounts {
    std::int64_t total = 0;
    std::int64_t exempt = 0;
    std::int64_t not_evaluated = 0;
    std::int64_t evaluated = 0;
    std::vector<std::int64_t> by_class;  // [class number]; [0] stays 0

    void add(evaluation::State state, std::int64_t class_number);
    void add(const ClassCounts& more);
};

// One cap as a rulebook sets it.
struct CapSetting {
    std::string subject;
    std::int64_t class_number = 0;
    std::int64_t percent = 0;
    std::string base;      // good_exclusive, good_or_better, evaluated
    std::string group;     // parent_and_kind, parent, whole, ancestor
    std::string rounding;  // floor, half_up, ceil
};
BOOST_DESCRIBE_STRUCT(CapSetting, (), (subject, class_number, percent, base, group, rounding))
std::vector<CapSetting> cap_settings(const evaluation::Rulebook& rulebook);
std::string word_of(evaluation::CapBase base);
std::string word_of(evaluation::Rounding rounding);

// A subject of which a fact is missing was not evaluated.
EvaluationState state_of(std::int64_t engine_state);
std::int64_t milli(std::int64_t score, const evaluation::Rulebook& rulebook);

// Facts that the engine refuses, as sentences with the row named so that somebody can put it right.
Problems problems_of(const evaluation::Problems& found, const YearFacts& facts);

// One review, or a year as it stands today, whole: facts, result, reasons.
class KeptReview {
public:
    // The result is that of evaluating the facts by the plan.
    KeptReview(Review review, std::shared_ptr<const evaluation::Plan> plan, YearFacts facts,
               evaluation::Result result);

    const Review& review() const { return review_; }
    // False for a year as it stands today, which nobody made and nothing keeps: it has no id.
    bool is_kept() const { return review_.id != ReviewId{}; }
    const evaluation::Plan& plan() const { return *plan_; }
    const evaluation::Rulebook& rulebook() const { return evaluation::rulebook_of(*plan_); }
    const YearFacts& facts() const { return facts_; }
    const evaluation::Result& result() const { return result_; }
    const evaluation::Explainer& explainer() const { return explainer_; }

    std::optional<std::int32_t> find_unit(UnitId unit_id) const;
    std::optional<std::size_t> find_member(MemberId member_id) const;
    UnitId unit_at(std::int32_t position) const {
        return {facts_.units.ids[static_cast<std::size_t>(position)]};
    }
    // The members of a unit and of everything below it, and the units of a kind below it.
    ClassCounts members_within(std::int32_t position) const;
    ClassCounts units_below(std::int32_t position, std::int64_t kind) const;

private:
    Review review_;
    std::shared_ptr<const evaluation::Plan> plan_;
    YearFacts facts_;
    evaluation::Result result_;
    evaluation::Explainer explainer_;
    std::unordered_map<UnitId, std::int32_t> positions_;
    std::vector<ClassCounts> own_members_;  // by position
};

// Safe from many threads. The library must outlive it.
class Reviews {
public:
    explicit Reviews(const rulebooks::Library& library) : library_(library) {}

    // The last review of a year, or null. Reads and evaluates it when it is not the one in memory.
    std::shared_ptr<const KeptReview> find(Db& db, std::int64_t year);

private:
    std::shared_ptr<const evaluation::Plan> plan_of(Db& db, const Review& review) const;

    const rulebooks::Library& library_;
    std::mutex lock_;
    std::map<std::int64_t, std::shared_ptr<const KeptReview>> kept_;  // the last few years asked for
};

}  // namespace gw::classification
