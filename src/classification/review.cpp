#include <chrono>

#include "classification/reviews.h"
#include "organisation/tree.h"
#include "platform/json/json.h"

namespace gw::classification {

namespace {

class Watch {
public:
    // Milliseconds since the last time.
    std::int64_t lap() {
        const auto now = std::chrono::steady_clock::now();
        const auto passed = std::chrono::duration_cast<std::chrono::milliseconds>(now - begun_).count();
        begun_ = now;
        return passed;
    }

private:
    std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

std::string class_key(const evaluation::Rulebook& rulebook, std::int64_t number) {
    const evaluation::Named* found = rulebook.find_class(number);
    return found ? found->key : "";
}

std::vector<UnitClass> unit_classes(const KeptReview& kept) {
    const evaluation::Scores& scores = kept.result().units;
    const evaluation::Rulebook& rulebook = kept.rulebook();
    std::vector<UnitClass> classes;
    for (std::size_t at = 0; at < kept.facts().units.ids.size(); ++at) {
        if (static_cast<evaluation::State>(scores.state[at]) == evaluation::State::no_subject) continue;
        classes.push_back({UnitId{kept.facts().units.ids[at]}, kept.review().year, state_of(scores.state[at]),
                           milli(scores.score[at], rulebook), milli(scores.maximum[at], rulebook),
                           scores.pre_class[at], scores.final_class[at],
                           class_key(rulebook, scores.final_class[at]), scores.is_weak[at] != 0,
                           scores.weak_bits[at]});
    }
    return classes;
}

std::vector<MemberClass> member_classes(const KeptReview& kept) {
    const evaluation::Scores& scores = kept.result().members;
    const evaluation::Rulebook& rulebook = kept.rulebook();
    std::vector<MemberClass> classes;
    for (std::size_t row = 0; row < kept.facts().members.ids.size(); ++row) {
        if (static_cast<evaluation::State>(scores.state[row]) == evaluation::State::no_subject) continue;
        classes.push_back({MemberId{kept.facts().members.ids[row]},
                           kept.unit_at(kept.facts().member_units[row]), kept.review().year,
                           state_of(scores.state[row]), milli(scores.score[row], rulebook),
                           milli(scores.maximum[row], rulebook), scores.pre_class[row],
                           scores.final_class[row], class_key(rulebook, scores.final_class[row])});
    }
    return classes;
}

}  // namespace

std::shared_ptr<const rulebooks::Edition> edition_to_review_by(const Call& call, std::int64_t year,
                                                               const rulebooks::Library& library) {
    if (call.tree->size() == 0) refuse_unknown("year");
    call.require("classification.propose", call.tree->at(0).id);
    auto edition = library.find("vn.classification", year);
    if (!edition)
        throw Refusal(Reason::not_found,
                      Problem{"year", "classification.no_rulebook", {{"year", std::to_string(year)}}});
    if (year > static_cast<int>(call.today.year()))
        throw Refusal(Reason::invalid, Problem{"year", "classification.year_not_begun"});
    return edition;
}

ReviewReport review(const Call& call, std::int64_t year, const rulebooks::Library& library,
                    const Progress& progress) {
    const auto edition = edition_to_review_by(call, year, library);
    const UnitId root = call.tree->at(0).id;
    // Reading every table, evaluating, keeping.
    const std::int64_t steps = YearRecords::tables + 2;
    const auto done = [&](std::int64_t step, std::int64_t) {
        if (progress) progress(step, steps);
    };
    ReviewReport report;
    Watch watch;
    Review review;
    review.audit_position = last_audit_position(call.db);
    YearFacts facts = collect_facts(call, year, edition->rulebook(), done);
    report.collect_milliseconds = watch.lap();
    evaluation::Result result = evaluation::evaluate(*edition->plan, facts.input());
    if (!result.problems.empty()) throw Refusal(Reason::conflict, problems_of(result.problems, facts));

    review.id = call.new_id<ReviewId>();
    review.year = year;
    review.as_of = facts.as_of;
    review.made_at = call.now;
    review.made_by = call.actor.account_id;
    review.made_by_name = call.actor.name;
    review.rulebook_id = edition->rulebook().id;
    review.edition = edition->rulebook().edition;
    review.checksum = edition->checksum;
    review.caps = to_json(cap_settings(edition->rulebook()));
    review.members_left_out = facts.members_left_out;
    review.weak_count = static_cast<std::int64_t>(result.weak.size());
    const KeptReview kept(review, edition->plan, std::move(facts), std::move(result));
    const auto of_units = unit_classes(kept);
    const auto of_members = member_classes(kept);
    review.unit_count = static_cast<std::int64_t>(of_units.size());
    review.member_count = static_cast<std::int64_t>(of_members.size());
    report.evaluate_milliseconds = watch.lap();
    done(YearRecords::tables + 1, steps);

    call.write([&](const Call& inner) {
        keep_review(inner.db, review, edition->text, kept.facts(), of_units, of_members);
        inner.record("review.made", review.id, root, to_json(review));
        inner.announce("classification");
    });
    report.review_id = review.id;
    report.year = year;
    report.as_of = review.as_of;
    report.member_count = review.member_count;
    report.unit_count = review.unit_count;
    report.weak_count = review.weak_count;
    report.members_left_out = review.members_left_out;
    report.keep_milliseconds = watch.lap();
    done(steps, steps);
    return report;
}

}  // namespace gw::classification
