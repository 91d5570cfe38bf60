#include "classification/what_if.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

#include "organisation/tree.h"
#include "platform/checks.h"

namespace gw::classification {

namespace {

using evaluation::Criterion;
using evaluation::Rulebook;
using evaluation::State;
using evaluation::Subject;
using evaluation::Threshold;

constexpr std::int64_t most_points_milli = 1'000'000;

// Rounded to the nearest, halves up; no number is below 0.
std::int64_t in_proportion(std::int64_t points, std::int64_t from, std::int64_t to) {
    return (points * to * 2 + from) / (from * 2);
}

// A copy of a rulebook, changed number by number, with every mistake on the way.
class Trial {
public:
    explicit Trial(const Rulebook& rulebook) : rulebook_(rulebook) {}

    void try_all(const AskWhatIf& request) {
        if (request.maximums)
            each(*request.maximums, "maximums",
                 [&](const TriedMaximum& one, const std::string& place) { try_maximum(one, place); });
        if (request.caps)
            each(*request.caps, "caps",
                 [&](const TriedCap& one, const std::string& place) { try_cap(one, place); });
        // After the maximums, on which they depend.
        if (request.thresholds)
            each(*request.thresholds, "thresholds",
                 [&](const TriedThreshold& one, const std::string& place) { try_threshold(one, place); });
        if (tried_.empty() && problems_.empty())
            problems_.push_back({"caps", "classification.nothing_tried"});
    }

    const Problems& problems() const { return problems_; }
    Rulebook& rulebook() { return rulebook_; }

private:
    template <class Tried, class Try>
    static void each(const std::vector<Tried>& all, const std::string& field, Try&& try_one) {
        for (std::size_t at = 0; at < all.size(); ++at) try_one(all[at], field + "/" + std::to_string(at));
    }

    Subject* find_subject(const std::string& key, const std::string& place) {
        for (Subject& subject : rulebook_.subjects)
            if (subject.key == key && subject.domain != evaluation::Domain::meeting) return &subject;
        problems_.push_back({place + "/subject", "classification.not_in_rulebook"});
        return nullptr;
    }

    bool is_first(const std::string& what, const std::string& place) {
        if (tried_.insert(what).second) return true;
        problems_.push_back({place, "classification.tried_twice"});
        return false;
    }

    // The number in the rulebook's own unit, or a mistake.
    std::optional<std::int64_t> within(std::int64_t milli_points, std::int64_t most_milli,
                                       const std::string& place) {
        if (milli_points < 0 || milli_points > most_milli ||
            milli_points * rulebook_.score_scale % 1000 != 0) {
            problems_.push_back({place,
                                 "classification.not_within",
                                 {{"lowest", "0"}, {"highest", std::to_string(most_milli / 1000)}}});
            return std::nullopt;
        }
        return milli_points * rulebook_.score_scale / 1000;
    }

    void try_maximum(const TriedMaximum& tried, const std::string& place) {
        Subject* subject = find_subject(tried.subject, place);
        if (!subject) return;
        const auto found = std::find_if(subject->criteria.begin(), subject->criteria.end(),
                                        [&](const Criterion& one) { return one.key == tried.criterion; });
        if (found == subject->criteria.end() || found->maximum == 0) {
            problems_.push_back({place + "/criterion", "classification.not_in_rulebook"});
            return;
        }
        if (!is_first(tried.subject + "/" + tried.criterion, place + "/criterion")) return;
        const auto maximum = within(tried.maximum_milli, most_points_milli, place + "/maximum_milli");
        if (!maximum) return;
        const std::int64_t before = found->maximum;
        for (auto& point : found->points) point.y = in_proportion(point.y, before, *maximum);
        for (auto& choice : found->choices) choice.points = in_proportion(choice.points, before, *maximum);
        found->otherwise = in_proportion(found->otherwise, before, *maximum);
        found->maximum = *maximum;
        subject->maximum += *maximum - before;
        for (auto& group : subject->groups)
            if (group.key == found->group) group.maximum += *maximum - before;
    }

    void try_cap(const TriedCap& tried, const std::string& place) {
        Subject* subject = find_subject(tried.subject, place);
        if (!subject) return;
        if (!subject->cap) {
            problems_.push_back({place + "/subject", "classification.not_in_rulebook"});
            return;
        }
        if (!is_first("cap/" + tried.subject, place + "/subject")) return;
        if (tried.percent < 0 || tried.percent > 100)
            problems_.push_back(
                {place + "/percent", "classification.not_within", {{"lowest", "0"}, {"highest", "100"}}});
        else subject->cap->percent = tried.percent;
    }

    void try_threshold(const TriedThreshold& tried, const std::string& place) {
        Subject* subject = find_subject(tried.subject, place);
        if (!subject) return;
        const auto found =
            std::find_if(subject->thresholds.begin(), subject->thresholds.end(),
                         [&](const Threshold& one) { return one.class_number == tried.class_number; });
        if (found == subject->thresholds.end()) {
            problems_.push_back({place + "/class_number", "classification.not_in_rulebook"});
            return;
        }
        if (!is_first("class/" + tried.subject + "/" + std::to_string(tried.class_number),
                      place + "/class_number"))
            return;
        if (const auto minimum =
                within(tried.minimum_milli, milli(subject->maximum, rulebook_), place + "/minimum_milli"))
            found->minimum = *minimum;
    }

    Rulebook rulebook_;
    Problems problems_;
    std::set<std::string> tried_;
};

std::shared_ptr<const rulebooks::Edition> get_edition(const Call& call, const rulebooks::Library& library) {
    const std::int64_t year = static_cast<int>(call.today.year());
    auto edition = library.find("vn.classification", year);
    if (!edition)
        throw Refusal(Reason::not_found,
                      Problem{"unit_id", "classification.no_rulebook", {{"year", std::to_string(year)}}});
    return edition;
}

// Whose class differs, in the unit and below it.
class Comparison {
public:
    Comparison(const Call& call, const KeptReview& now, const evaluation::Result& then)
        : call_(call), now_(now), then_(then) {}

    void compare_within(std::int32_t position, WhatIfAnswer& answer) {
        const auto first = static_cast<std::size_t>(position);
        const auto end = static_cast<std::size_t>(now_.facts().tree.end[first]);
        for (std::size_t at = first; at < end; ++at) {
            if (!differs(now_.result().units, then_.units, at)) continue;
            ++answer.units_changed;
            units_.push_back(at);
            note(SubjectKind::unit, kind_name(now_.facts().tree.kind[at]), now_.result().units, then_.units,
                 at);
        }
        const auto& member_units = now_.facts().member_units;
        for (std::size_t row = 0; row < member_units.size(); ++row) {
            const auto at = static_cast<std::size_t>(member_units[row]);
            if (at < first || at >= end || !differs(now_.result().members, then_.members, row)) continue;
            ++answer.members_changed;
            members_.push_back(row);
            note(SubjectKind::member, member_name(), now_.result().members, then_.members, row);
        }
        std::stable_sort(members_.begin(), members_.end(),
                         [&](std::size_t a, std::size_t b) { return member_units[a] < member_units[b]; });
        for (const auto& [key, move] : moves_) answer.moves.push_back(move);
        std::stable_sort(answer.moves.begin(), answer.moves.end(),
                         [](const ClassMove& a, const ClassMove& b) { return a.count > b.count; });
        answer.total = static_cast<std::int64_t>(units_.size() + members_.size());
    }

    void list(std::size_t first, std::size_t size, WhatIfAnswer& answer) const {
        const std::size_t end = std::min(first + size, units_.size() + members_.size());
        for (std::size_t at = first; at < end; ++at)
            answer.rows.push_back(at < units_.size() ? unit_row(units_[at])
                                                     : member_row(members_[at - units_.size()]));
        if (end < units_.size() + members_.size()) answer.next_after = static_cast<std::int64_t>(end);
    }

private:
    const Rulebook& rulebook() const { return now_.rulebook(); }

    static bool differs(const evaluation::Scores& a, const evaluation::Scores& b, std::size_t row) {
        return a.final_class[row] != b.final_class[row];
    }

    NumberedClass class_of(std::int64_t number) const {
        return numbered_class(rulebook(), number, call_.language);
    }

    std::string kind_name(std::int64_t number) const {
        for (const evaluation::Named& kind : rulebook().kinds)
            if (kind.number == number) return kind.text.in(call_.language);
        return "";
    }

    std::string member_name() const {
        for (const Subject& subject : rulebook().subjects)
            if (subject.domain == evaluation::Domain::member) return subject.text.in(call_.language);
        return "";
    }

    void note(SubjectKind subject_kind, const std::string& name, const evaluation::Scores& from,
              const evaluation::Scores& to, std::size_t row) {
        ClassMove& move = moves_[{name, from.final_class[row], to.final_class[row]}];
        if (move.count++ > 0) return;
        move.subject_kind = subject_kind;
        move.judged_as_name = name;
        move.from_class = class_of(from.final_class[row]);
        move.to_class = class_of(to.final_class[row]);
    }

    MovedSubject moved(const evaluation::Scores& from, const evaluation::Scores& to, std::size_t row,
                       std::int32_t position) const {
        MovedSubject moved;
        moved.unit_id = now_.unit_at(position);
        moved.unit_name = name_of_unit(call_, moved.unit_id);
        moved.from_class = class_of(from.final_class[row]);
        moved.to_class = class_of(to.final_class[row]);
        moved.from_score_milli = milli(from.score[row], rulebook());
        moved.to_score_milli = milli(to.score[row], rulebook());
        return moved;
    }

    MovedSubject unit_row(std::size_t at) const {
        MovedSubject row = moved(now_.result().units, then_.units, at, static_cast<std::int32_t>(at));
        row.subject_kind = SubjectKind::unit;
        row.subject_id = Id<struct SubjectThing>{row.unit_id.number};
        row.name = row.unit_name;
        return row;
    }

    MovedSubject member_row(std::size_t at) const {
        MovedSubject row = moved(now_.result().members, then_.members, at, now_.facts().member_units[at]);
        row.subject_kind = SubjectKind::member;
        if (!call_.actor.may("members.read", row.unit_id)) return row;
        const MemberId member_id{now_.facts().members.ids[at]};
        row.subject_id = Id<struct SubjectThing>{member_id.number};
        if (const auto member = members::find_member(call_.db, member_id)) row.name = member->full_name;
        return row;
    }

    const Call& call_;
    const KeptReview& now_;
    const evaluation::Result& then_;
    std::vector<std::size_t> units_, members_;
    std::map<std::tuple<std::string, std::int64_t, std::int64_t>, ClassMove> moves_;
};

std::int64_t microseconds_since(std::chrono::steady_clock::time_point begun) {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun)
        .count();
}

}  // namespace

SettingsToTry settings_to_try(const Call& call, const AskSettings& request,
                              const rulebooks::Library& library) {
    call.tree->get(request.unit_id);
    call.require("classification.propose", request.unit_id);
    const auto edition = get_edition(call, library);
    const Rulebook& rulebook = edition->rulebook();
    SettingsToTry settings{
        static_cast<int>(call.today.year()), rulebook.edition, rulebook.title.in(call.language), {}};
    for (const Subject& subject : rulebook.subjects) {
        if (subject.domain == evaluation::Domain::meeting) continue;
        SubjectToTry one{
            subject.key, subject.text.in(call.language), milli(subject.maximum, rulebook), {}, {}, {}};
        if (subject.cap)
            one.cap = CapToTry{numbered_class(rulebook, subject.cap->class_number, call.language),
                               subject.cap->text.in(call.language), subject.cap->percent};
        for (const Threshold& threshold : subject.thresholds)
            one.thresholds.push_back(
                {numbered_class(rulebook, threshold.class_number, call.language),
                 threshold.minimum ? std::optional(milli(*threshold.minimum, rulebook)) : std::nullopt});
        std::stable_sort(one.thresholds.begin(), one.thresholds.end(),
                         [](const auto& a, const auto& b) { return a.of_class.number > b.of_class.number; });
        for (const Criterion& criterion : subject.criteria)
            if (criterion.maximum > 0)
                one.criteria.push_back(
                    {criterion.key, criterion.text.in(call.language), milli(criterion.maximum, rulebook)});
        settings.subjects.push_back(std::move(one));
    }
    return settings;
}

WhatIfAnswer what_if(const Call& call, const AskWhatIf& request, Setting& setting) {
    call.tree->get(request.unit_id);
    call.require("classification.propose", request.unit_id);
    const std::size_t size = page_size(request.limit);
    if (request.after && *request.after < 0)
        throw Refusal(Reason::invalid, Problem{"after", "platform.not_valid"});
    const auto edition = get_edition(call, setting.library);
    Trial trial(edition->rulebook());
    trial.try_all(request);
    refuse_if(trial.problems());
    const auto now = setting.todays_classes.find(call);
    if (!now) throw Refusal(Reason::not_found, Problem{"unit_id", "classification.not_in_review"});

    WhatIfAnswer answer;
    answer.year = now->review().year;
    answer.as_of = now->review().as_of;
    auto begun = std::chrono::steady_clock::now();
    const evaluation::Compilation compiled = evaluation::compile(std::move(trial.rulebook()));
    answer.compile_microseconds = microseconds_since(begun);
    if (!compiled.plan) {
        Problems problems;
        for (const evaluation::Mistake& mistake : compiled.mistakes)
            problems.push_back({"",
                                "classification.contradicts_itself",
                                {{"key", mistake.path}, {"what", mistake.message}}});
        refuse_if(problems);
    }
    begun = std::chrono::steady_clock::now();
    const evaluation::Result then = evaluation::evaluate(*compiled.plan, now->facts().input());
    answer.evaluate_microseconds = microseconds_since(begun);
    if (!then.problems.empty()) throw Refusal(Reason::conflict, problems_of(then.problems, now->facts()));

    const auto position = now->find_unit(request.unit_id);
    if (!position) throw Refusal(Reason::not_found, Problem{"unit_id", "classification.not_in_review"});
    Comparison comparison(call, *now, then);
    comparison.compare_within(*position, answer);
    comparison.list(static_cast<std::size_t>(request.after.value_or(0)), size, answer);
    return answer;
}

}  // namespace gw::classification
