// Who changes class, and why, when the same facts are judged by another rulebook.

#include <algorithm>
#include <map>
#include <ostream>
#include <set>

#include "evaluation/explain.h"
#include "fact_files/explanation_words.h"
#include "fact_files/fact_files.h"
#include "fact_files/judged_year.h"

namespace gw::fact_files {
namespace {

using evaluation::Explanation;
using evaluation::GateReason;
using evaluation::Rulebook;

// The year as one of the two rulebooks judges it.
class Side {
public:
    Side(const rulebooks::Edition& edition, const Year& year, const evaluation::Result& result,
         const std::string& language)
        : rulebook_(edition.rulebook()),
          result_(result),
          language_(language),
          explainer_(*edition.plan, year.input(), result) {}

    std::string class_name(std::int64_t number) const {
        const evaluation::Named* one = rulebook_.find_class(number);
        if (one == nullptr) return "-";
        const std::string& name = one->text.in(language_);
        return name.empty() ? one->key : name;
    }
    const evaluation::Scores& scores(bool is_member) const {
        return is_member ? result_.members : result_.units;
    }
    Explanation explain(bool is_member, std::size_t row) const {
        const auto place = static_cast<std::int64_t>(row);
        return is_member ? explainer_.member(place) : explainer_.unit(place);
    }
    std::string points(std::int64_t number) const { return points_text(number, rulebook_.score_scale); }

private:
    const Rulebook& rulebook_;
    const evaluation::Result& result_;
    const std::string& language_;
    evaluation::Explainer explainer_;
};

class Comparison {
public:
    Comparison(const Year& year, const Side& before, const Side& after, std::size_t most_shown,
               std::ostream& out)
        : year_(year), before_(before), after_(after), most_shown_(most_shown), out_(out) {}

    // Lists who changes class among the members or the units; returns how many there are.
    void compare(bool is_member) {
        const evaluation::Scores& before = before_.scores(is_member);
        const evaluation::Scores& after = after_.scores(is_member);
        const evaluation::Numbers& ids = is_member ? year_.members.ids : year_.units.ids;
        const char* const what = is_member ? "member" : "unit";
        std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> transitions;
        std::vector<std::pair<std::int64_t, std::size_t>> changed;
        for (std::size_t row = 0; row < ids.size(); ++row) {
            ++transitions[{before.final_class[row], after.final_class[row]}];
            if (before.final_class[row] != after.final_class[row]) changed.emplace_back(ids[row], row);
        }
        std::sort(changed.begin(), changed.end());
        for (std::size_t i = 0; i < std::min(changed.size(), most_shown_); ++i) {
            const std::size_t row = changed[i].second;
            out_ << what << " #" << changed[i].first << ": "
                 << from_to(before.final_class[row], after.final_class[row]) << "\n";
            add_reasons(before_.explain(is_member, row), after_.explain(is_member, row));
        }
        if (changed.size() > most_shown_) out_ << "and " << changed.size() - most_shown_ << " more\n";
        out_ << what << "s: " << changed.size() << " of " << ids.size() << " change class\n";
        for (const auto& [classes, count] : transitions)
            out_ << "  " << from_to(classes.first, classes.second) << ": " << count << "\n";
    }

private:
    std::string from_to(std::int64_t from, std::int64_t to) const {
        return std::to_string(from) + " " + before_.class_name(from) + " -> " + std::to_string(to) + " " +
               after_.class_name(to);
    }

    void add_difference(const std::string& key, const std::string& from, const std::string& to) {
        if (from != to) out_ << "  " << key << ": " << from << " -> " << to << "\n";
    }

    // Parts that only one of the two rulebooks has are shown with a dash on the other side.
    template <class Part>
    static std::map<std::string, const Part*> by_key(const std::vector<Part>& parts) {
        std::map<std::string, const Part*> found;
        for (const Part& part : parts) found.emplace(part.key, &part);
        return found;
    }

    template <class Part, class Show>
    void compare_parts(const std::vector<Part>& before, const std::vector<Part>& after, Show show) {
        const auto from = by_key(before);
        const auto to = by_key(after);
        std::set<std::string> keys;
        for (const auto& [key, part] : from) keys.insert(key);
        for (const auto& [key, part] : to) keys.insert(key);
        for (const std::string& key : keys)
            add_difference(key, from.contains(key) ? show(before_, *from.at(key)) : "-",
                           to.contains(key) ? show(after_, *to.at(key)) : "-");
    }

    void add_reasons(const Explanation& before, const Explanation& after) {
        add_difference("score", before_.points(before.score), after_.points(after.score));
        compare_parts(before.criteria, after.criteria,
                      [](const Side& side, const evaluation::CriterionReason& one) {
                          return one.applies ? side.points(one.points) + " of " + side.points(one.maximum)
                                             : "does not apply";
                      });
        compare_parts(before.deductions, after.deductions,
                      [](const Side& side, const evaluation::DeductionReason& one) {
                          return one.points == 0 ? std::string("0") : "-" + side.points(one.points);
                      });
        const auto show_gate = [](const Side& side, const GateReason& one) {
            return one.effect == evaluation::GateEffect::not_classified ? "not classified"
                   : one.effect == evaluation::GateEffect::requirement
                       ? side.class_name(one.class_number) + " not reached"
                   : one.effect == evaluation::GateEffect::at_most
                       ? "at most " + side.class_name(one.class_number)
                       : side.class_name(one.class_number);
        };
        compare_parts(before.gates, after.gates, show_gate);
        compare_parts(before.not_met, after.not_met, show_gate);
        add_difference("class by points", before_.class_name(before.threshold_class),
                       after_.class_name(after.threshold_class));
        add_difference("cap", cap_of(before), cap_of(after));
    }

    static std::string cap_of(const Explanation& explanation) {
        if (!explanation.cap) return "-";
        const evaluation::CapReason& cap = *explanation.cap;
        return (cap.rank == 0 ? std::string("no candidate") : "rank " + std::to_string(cap.rank)) + " for " +
               std::to_string(cap.allowed) + " places" + (cap.was_lowered ? ", lowered" : "");
    }

    const Year& year_;
    const Side& before_;
    const Side& after_;
    std::size_t most_shown_;
    std::ostream& out_;
};

}  // namespace

int replay(const ReplayOrder& order, std::ostream& out, std::ostream& err) {
    const auto old_edition = read_rulebook(order.old_rulebook, err);
    const auto new_edition = read_rulebook(order.new_rulebook, err);
    if (old_edition == nullptr || new_edition == nullptr) return 2;
    Progress progress(Progress::is_terminal());
    Workers workers(order.threads);
    return workers.execute([&] {
        const std::optional<Year> year = read_year_or_say(
            {&old_edition->rulebook(), &new_edition->rulebook()}, order.files, progress, err);
        if (!year) return 2;
        const auto before = judge_or_say(*old_edition, *year, workers.count(), progress, err);
        const auto after = judge_or_say(*new_edition, *year, workers.count(), progress, err);
        if (!before || !after) return 2;
        const Side old_side(*old_edition, *year, *before, order.language);
        const Side new_side(*new_edition, *year, *after, order.language);
        Comparison comparison(*year, old_side, new_side, order.most_shown, out);
        comparison.compare(true);
        comparison.compare(false);
        return 0;
    });
}

}  // namespace gw::fact_files
