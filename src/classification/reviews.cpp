#include "classification/reviews.h"

#include <algorithm>
#include <stdexcept>

namespace gw::classification {

namespace {

constexpr std::size_t most_years = 3;

using evaluation::State;

}  // namespace

void ClassCounts::add(State state, std::int64_t class_number) {
    if (state == State::no_subject) return;
    ++total;
    if (state == State::exempt) ++exempt;
    else if (state != State::evaluated) ++not_evaluated;
    else ++evaluated;
    if (class_number <= 0) return;
    const auto place = static_cast<std::size_t>(class_number);
    if (by_class.size() <= place) by_class.resize(place + 1, 0);
    ++by_class[place];
}

void ClassCounts::add(const ClassCounts& more) {
    total += more.total;
    exempt += more.exempt;
    not_evaluated += more.not_evaluated;
    evaluated += more.evaluated;
    if (by_class.size() < more.by_class.size()) by_class.resize(more.by_class.size(), 0);
    for (std::size_t place = 0; place < more.by_class.size(); ++place)
        by_class[place] += more.by_class[place];
}

std::string word_of(evaluation::CapBase base) {
    switch (base) {
        case evaluation::CapBase::good_exclusive: return "good_exclusive";
        case evaluation::CapBase::good_or_better: return "good_or_better";
        case evaluation::CapBase::evaluated: break;
    }
    return "evaluated";
}

std::string word_of(evaluation::Rounding rounding) {
    switch (rounding) {
        case evaluation::Rounding::floor: return "floor";
        case evaluation::Rounding::half_up: return "half_up";
        case evaluation::Rounding::ceil: break;
    }
    return "ceil";
}

std::vector<CapSetting> cap_settings(const evaluation::Rulebook& rulebook) {
    std::vector<CapSetting> settings;
    for (const evaluation::Subject& subject : rulebook.subjects) {
        if (!subject.cap) continue;
        const evaluation::Cap& cap = *subject.cap;
        const char* const groups[] = {"parent_and_kind", "parent", "whole", "ancestor"};
        settings.push_back({subject.key, cap.class_number, cap.percent, word_of(cap.base),
                            groups[static_cast<std::size_t>(cap.group)], word_of(cap.rounding)});
    }
    return settings;
}

EvaluationState state_of(std::int64_t engine_state) {
    switch (static_cast<State>(engine_state)) {
        case State::evaluated: return EvaluationState::evaluated;
        case State::exempt: return EvaluationState::exempt;
        default: return EvaluationState::not_evaluated;
    }
}

std::int64_t milli(std::int64_t score, const evaluation::Rulebook& rulebook) {
    return score * 1000 / rulebook.score_scale;
}

Problems problems_of(const evaluation::Problems& found, const YearFacts& facts) {
    Problems problems;
    for (const evaluation::Problem& one : found) {
        const auto& ids = one.table == "member" ? facts.members.ids : facts.units.ids;
        const bool has_row = one.row >= 0 && static_cast<std::size_t>(one.row) < ids.size();
        problems.push_back(
            {"year",
             "classification.wrong_fact",
             {{"table", one.table},
              {"fact", one.column},
              {"what", one.message},
              {"subject_id", has_row ? base32_text(ids[static_cast<std::size_t>(one.row)]) : ""}}});
    }
    return problems;
}

KeptReview::KeptReview(Review review, std::shared_ptr<const evaluation::Plan> plan, YearFacts facts,
                       evaluation::Result result)
    : review_(std::move(review)),
      plan_(std::move(plan)),
      facts_(std::move(facts)),
      result_(std::move(result)),
      explainer_(*plan_, facts_.input(), result_),
      own_members_(facts_.tree.size()) {
    for (std::size_t position = 0; position < facts_.units.ids.size(); ++position)
        positions_.emplace(UnitId{facts_.units.ids[position]}, static_cast<std::int32_t>(position));
    for (std::size_t row = 0; row < facts_.members.ids.size(); ++row)
        own_members_[static_cast<std::size_t>(facts_.member_units[row])].add(
            static_cast<State>(result_.members.state[row]), result_.members.final_class[row]);
}

std::optional<std::int32_t> KeptReview::find_unit(UnitId unit_id) const {
    const auto found = positions_.find(unit_id);
    if (found == positions_.end()) return std::nullopt;
    return found->second;
}

std::optional<std::size_t> KeptReview::find_member(MemberId member_id) const {
    return facts_.members.ids.find_in_rising(member_id.number);
}

ClassCounts KeptReview::members_within(std::int32_t position) const {
    ClassCounts counts;
    const auto first = static_cast<std::size_t>(position);
    for (std::size_t at = first; at < static_cast<std::size_t>(facts_.tree.end[first]); ++at)
        counts.add(own_members_[at]);
    return counts;
}

ClassCounts KeptReview::units_below(std::int32_t position, std::int64_t kind) const {
    ClassCounts counts;
    const auto first = static_cast<std::size_t>(position);
    for (std::size_t at = first + 1; at < static_cast<std::size_t>(facts_.tree.end[first]); ++at)
        if (facts_.tree.kind[at] == kind)
            counts.add(static_cast<State>(result_.units.state[at]), result_.units.final_class[at]);
    return counts;
}

std::shared_ptr<const evaluation::Plan> Reviews::plan_of(Db& db, const Review& review) const {
    const auto edition = library_.find_edition(review.rulebook_id, review.edition);
    if (edition && edition->checksum == review.checksum) return edition->plan;
    const auto text = find_rulebook_text(db, review.checksum);
    const auto reading = rulebooks::read_text(text.value_or(""), review.rulebook_id + " " + review.edition);
    if (!reading.edition)
        throw std::runtime_error("the rulebook kept with the review of " + std::to_string(review.year) +
                                 " cannot be read by this program");
    return reading.edition->plan;
}

std::shared_ptr<const KeptReview> Reviews::find(Db& db, std::int64_t year) {
    const auto review = find_last_review(db, year);
    if (!review) return nullptr;
    const std::lock_guard hold(lock_);
    const auto found = kept_.find(year);
    if (found != kept_.end() && found->second->review().id == review->id) return found->second;
    auto facts = find_facts(db, *review);
    if (!facts) throw std::runtime_error("the facts of the review of " + std::to_string(year) + " are gone");
    auto plan = plan_of(db, *review);
    evaluation::Result result = evaluation::evaluate(*plan, facts->input());
    if (!result.problems.empty())
        throw std::runtime_error("the facts kept of the review of " + std::to_string(year) +
                                 " cannot be evaluated: " + result.problems[0].message);
    auto fresh =
        std::make_shared<const KeptReview>(*review, std::move(plan), std::move(*facts), std::move(result));
    kept_[year] = fresh;
    if (kept_.size() > most_years)
        kept_.erase(kept_.begin()->first == year ? std::prev(kept_.end()) : kept_.begin());
    return fresh;
}

}  // namespace gw::classification
