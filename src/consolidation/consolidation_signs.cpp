#include <algorithm>
#include <set>
#include <unordered_set>

#include "classification/classification.h"
#include "consolidation/consolidation_parts.h"
#include "consolidation/consolidation_rules.h"
#include "findings/findings.h"
#include "members/members.h"
#include "organisation/organisation.h"
#include "visits/visits.h"

namespace gw::consolidation {

namespace {

std::int64_t year_of(Date day) { return static_cast<int>(day.year()); }
std::int64_t month_of(Date day) { return static_cast<unsigned>(day.month()); }

// Whole months of this year that a unit had to meet in.
std::int64_t months_due(Date established_on, Date today) {
    const std::int64_t over = month_of(today) - 1;
    if (year_of(established_on) < year_of(today)) return over;
    return std::max<std::int64_t>(0, over - month_of(established_on));
}

constexpr std::size_t few_units = 200;

class Signs {
public:
    Signs(const Call& call, std::span<const UnitId> unit_ids)
        : call_(call), wanted_(unit_ids.begin(), unit_ids.end()) {
        if (unit_ids.size() <= few_units) only_ = unit_ids;
    }

    std::unordered_map<UnitId, std::vector<Sign>> found;

    void add(UnitId unit_id, SignKind kind, std::optional<std::int64_t> figure,
             std::optional<std::int64_t> level = {}, std::string name = {}, std::string source = {}) {
        found[unit_id].push_back({kind, figure, level, std::move(name), std::move(source)});
    }
    bool is_wanted(UnitId unit_id) const { return wanted_.contains(unit_id); }

    // The last review of this year or, for units it has not looked at, of the year before.
    void look_at_classes(const rulebooks::Library& library) {
        const std::int64_t year = year_of(call_.today);
        std::set<UnitId> judged;
        look_at_classes(library, year, judged);
        look_at_classes(library, year - 1, judged);
    }

    void look_at_classes(const rulebooks::Library& library, std::int64_t year, std::set<UnitId>& judged) {
        const auto edition = library.find("vn.classification", year);
        const std::string source = edition ? edition->full_name() : std::string();
        for (const classification::UnitClass& of : classification::classes_of_year(call_.db, year, only_)) {
            const auto position = call_.tree->find(of.unit_id);
            if (!position || !is_wanted(of.unit_id) || !judged.insert(of.unit_id).second) continue;
            if (of.class_key == "not_completed")
                add(of.unit_id, SignKind::class_not_completed, year, {}, {}, source);
            if (!of.is_weak || !edition) continue;
            const evaluation::Rulebook& rulebook = edition->rulebook();
            const std::string& kind = call_.tree->kind_of(*position).key;
            for (const evaluation::Named& named : rulebook.kinds)
                if (named.key == kind) add_reasons(of, rulebook, named.number, year, source);
        }
    }

    void look_at_members() {
        const auto counts = members::count_members_by_unit(call_.db, call_.today, only_);
        for (const UnitId unit_id : wanted_) {
            if (!has_members(unit_id)) continue;
            const auto at = counts.find(unit_id);
            const members::MemberCounts people = at == counts.end() ? members::MemberCounts{} : at->second;
            if (members::has_too_few_full_members(people))
                add(unit_id, SignKind::few_full_members, people.full, members::fewest_full_members);
        }
    }

    void look_at_meetings() {
        const Date today = call_.today;
        const Date month = month_before(today, 0);
        struct Met {
            std::int64_t months = 0, scored = 0, score_sum_milli = 0;
        };
        std::unordered_map<UnitId, Met> met;
        meetings::each_unit_month(call_.db, month_before(today, 12), today, only_,
                                  [&](const meetings::UnitMonth& in) {
                                      Met& of = met[in.unit_id];
                                      of.months += in.month < month && in.month.year() == today.year();
                                      of.scored += in.scored;
                                      of.score_sum_milli += in.score_sum_milli;
                                  });
        const auto established = organisation::establishment_days(call_.db, only_);
        for (const UnitId unit_id : wanted_) {
            const auto day = established.find(unit_id);
            if (!has_members(unit_id) || day == established.end()) continue;
            const std::int64_t missed = months_due(day->second, today) - met[unit_id].months;
            if (missed >= months_missed_to_tell)
                add(unit_id, SignKind::meetings_missed, missed, months_missed_to_tell);
        }
        for (const auto& [unit_id, of] : met)
            if (is_wanted(unit_id) && of.scored > 0 && of.score_sum_milli < of.scored * points_to_tell * 1000)
                add(unit_id, SignKind::meeting_score, of.score_sum_milli / of.scored / 1000, points_to_tell);
    }

    void look_at_visits() {
        for (const auto& [unit_id, score] :
             visits::last_scores(call_.db, month_before(call_.today, 12), call_.today, only_))
            if (is_wanted(unit_id) && score < points_to_tell)
                add(unit_id, SignKind::visit_score, score, points_to_tell);
    }

    void look_at_findings() {
        for (const findings::UnitCounts& of : findings::count_by_unit(call_.db, month_before(call_.today, 12),
                                                                      call_.today, call_.today, only_)) {
            if (!is_wanted(of.unit_id)) continue;
            if (of.late > 0) add(of.unit_id, SignKind::findings_late, of.late, 1);
            if (of.serious_open > 0) add(of.unit_id, SignKind::findings_serious, of.serious_open, 1);
            if (of.came_back > 0) add(of.unit_id, SignKind::findings_came_back, of.came_back, 1);
        }
    }

private:
    bool has_members(UnitId unit_id) const {
        const auto position = call_.tree->find(unit_id);
        return position && call_.tree->kind_of(*position).has_members;
    }

    void add_reasons(const classification::UnitClass& of, const evaluation::Rulebook& rulebook,
                     std::int64_t kind, std::int64_t year, const std::string& source) {
        // A reason that is the class itself was said by the sign of the class.
        const auto is_the_class = [&](const evaluation::WeakReason& reason) {
            return std::ranges::any_of(rulebook.classes, [&](const evaluation::Named& named) {
                return named.key == of.class_key && named.text.in("en") == reason.text.in("en");
            });
        };
        for (const evaluation::Subject& subject : rulebook.subjects) {
            if (std::find(subject.kinds.begin(), subject.kinds.end(), kind) == subject.kinds.end()) continue;
            for (const evaluation::WeakReason& reason : subject.weak_reasons)
                if ((of.weak_bits & reason.bit) != 0 && !is_the_class(reason))
                    add(of.unit_id, SignKind::rulebook_reason, year, {}, reason.text.in(call_.language),
                        source);
        }
    }

    const Call& call_;
    std::unordered_set<UnitId> wanted_;
    std::span<const UnitId> only_;  // empty: so many that reading all is quicker
};

}  // namespace

std::unordered_map<UnitId, std::vector<Sign>> find_signs(const Call& call, std::span<const UnitId> unit_ids,
                                                         const Setting& setting) {
    Signs signs(call, unit_ids);
    signs.look_at_classes(setting.library);
    signs.look_at_members();
    signs.look_at_meetings();
    signs.look_at_visits();
    signs.look_at_findings();
    return std::move(signs.found);
}

std::optional<std::int64_t> figure_of(const Call& call, const Case& about, const ExitCondition& item,
                                      std::span<const Measure> measures) {
    const UnitId only[] = {about.unit_id};
    switch (item.kind) {
        case ExitKind::meeting_score:
        case ExitKind::meetings_held: {
            // Only what happened since the unit came on the list counts.
            const Date from =
                std::max(month_before(call.today, item.months), about.entered_on.value_or(call.today));
            std::int64_t months = 0, scored = 0, score_sum_milli = 0;
            meetings::each_unit_month(call.db, from, call.today, only, [&](const meetings::UnitMonth& in) {
                ++months;
                scored += in.scored;
                score_sum_milli += in.score_sum_milli;
            });
            if (item.kind == ExitKind::meetings_held) return months;
            return scored > 0 ? std::optional<std::int64_t>(score_sum_milli / scored / 1000) : std::nullopt;
        }
        case ExitKind::measures_done: {
            if (measures.empty()) return std::nullopt;
            const auto done = std::count_if(measures.begin(), measures.end(), [](const Measure& measure) {
                return measure.done_on.has_value();
            });
            return done * 100 / static_cast<std::int64_t>(measures.size());
        }
        case ExitKind::no_serious_findings: {
            const auto counts =
                findings::count_by_unit(call.db, month_before(call.today, 12), call.today, call.today, only);
            return counts.empty() ? 0 : counts.front().serious_open;
        }
        case ExitKind::own: return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace gw::consolidation
