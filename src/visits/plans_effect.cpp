#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "findings/findings.h"
#include "meetings/meetings.h"
#include "members/members.h"
#include "platform/checks.h"
#include "visits/effect.h"
#include "visits/plans.h"
#include "visits/plans_store.h"

namespace gw::visits {

namespace {

constexpr std::int64_t longest_days = 5 * 366, days_of_year = 365;
constexpr std::int64_t usual_months = 3, most_months = 12;

// Months counted since the year 0.
std::int64_t month_number(Date day) {
    return static_cast<int>(day.year()) * 12LL + static_cast<unsigned>(day.month()) - 1;
}

Date first_day(std::int64_t month) {
    return std::chrono::year{static_cast<int>(month / 12)} /
           std::chrono::month{static_cast<unsigned>(month % 12) + 1} / 1;
}

// When something was open; without an end it still is.
struct Span {
    Date from{};
    std::optional<Date> until;
};

// A unit as the records of the whole time show it.
struct History {
    UnitId unit_id;
    int kind = 0;
    std::int64_t size = 0;
    std::optional<std::int64_t> visit_month;  // of the first visit looked at
    std::map<std::int64_t, std::pair<std::int64_t, std::int64_t>>
        scores;                                  // by month: how many, and their sum
    std::vector<Span> from_visits, from_others;  // findings and advice

    // Points, of the meetings in `months` months from one on.
    std::optional<double> mean_score(std::int64_t first, std::int64_t months) const {
        std::int64_t count = 0, sum = 0;
        for (auto at = scores.lower_bound(first); at != scores.end() && at->first < first + months; ++at) {
            count += at->second.first;
            sum += at->second.second;
        }
        if (count == 0) return std::nullopt;
        return static_cast<double>(sum) / static_cast<double>(count) / 1000;
    }

    // What was open on a day. What visits left counts only when it was there before `visits_until`: a visit
    // that notes what it sees makes nothing worse.
    double count_open(Date day, Date visits_until) const {
        const auto is_open = [&](const Span& span) {
            return span.from < day && (!span.until || *span.until >= day);
        };
        const auto others = std::count_if(from_others.begin(), from_others.end(), is_open);
        const auto visits = std::count_if(from_visits.begin(), from_visits.end(), [&](const Span& span) {
            return span.from < visits_until && is_open(span);
        });
        return static_cast<double>(others + visits);
    }
};

class Histories {
public:
    Histories(const Call& call, Reach within) : call_(call) {
        const auto members = members::count_members_by_unit(call.db, call.today);
        for (int position = within.first; position < within.end; ++position) {
            if (!call.tree->kind_of(position).has_members) continue;
            const UnitId unit_id = call.tree->at(position).id;
            History& of = histories.emplace_back();
            of.unit_id = unit_id;
            of.kind = call.tree->at(position).kind;
            if (const auto people = members.find(unit_id); people != members.end())
                of.size = people->second.full + people->second.probationary;
            place_.emplace(unit_id, histories.size() - 1);
        }
        if (histories.size() * 4 < static_cast<std::size_t>(call.tree->size()))
            for (const History& of : histories) only_.push_back(of.unit_id);
    }

    void read(Date from, Date until, std::int64_t months) {
        if (histories.empty()) return;
        each_visit_day(call_.db, from, until, only_, [&](UnitId unit_id, Date day) {
            if (History* of = find(unit_id); of && !of->visit_month) of->visit_month = month_number(day);
        });
        meetings::each_unit_month(
            call_.db, first_day(month_number(from) - months),
            date_of(day_number(first_day(month_number(until) + months + 1)) - 1), only_,
            [&](const meetings::UnitMonth& in) {
                if (History* of = find(in.unit_id))
                    of->scores[month_number(in.month)] = {in.scored, in.score_sum_milli};
            });
        findings::each_open_time(call_.db, only_, [&](const findings::OpenTime& open) {
            History* of = find(open.unit_id);
            if (!of) return;
            const bool is_of_visit = open.source_kind == findings::SourceKind::visit;
            (is_of_visit ? of->from_visits : of->from_others).push_back({open.noted_on, open.closed_on});
        });
        each_open_advice_time(call_.db, only_,
                              [&](UnitId unit_id, Date given_on, std::optional<Date> answered_on) {
                                  if (History* of = find(unit_id))
                                      of->from_visits.push_back({given_on, answered_on});
                              });
    }

    std::vector<History> histories;

private:
    History* find(UnitId unit_id) {
        const auto at = place_.find(unit_id);
        return at == place_.end() ? nullptr : &histories[at->second];
    }

    const Call& call_;
    std::unordered_map<UnitId, std::size_t> place_;
    std::vector<UnitId> only_;
};

// The same kind and the same months, as one number.
int group_of(const History& of, std::int64_t month) { return of.kind * 100'000 + static_cast<int>(month); }

Change change_of(std::span<const double> differences) {
    const Effect effect = effect_of(differences);
    const auto milli = [](double value) { return std::llround(value * 1000); };
    return {effect.is_known, effect.pairs, milli(effect.mean), milli(effect.lowest), milli(effect.highest)};
}

}  // namespace

VisitEffect effect_of_visits(const Call& call, const AskEffect& request) {
    const int position = call.tree->get(request.unit_id);
    call.require("visits.read", request.unit_id);
    VisitEffect answer;
    answer.unit_id = request.unit_id;
    answer.unit_name = call.tree->at(position).name;
    answer.until = request.until.value_or(call.today);
    answer.from = request.from.value_or(date_of(day_number(answer.until) - days_of_year));
    answer.months = request.months.value_or(usual_months);
    answer.fewest_pairs = static_cast<std::int64_t>(fewest_pairs);
    answer.confidence_percent = std::lround(confidence * 100);
    Problems problems;
    check_day(problems, "from", answer.from);
    check_day(problems, "until", answer.until);
    if (problems.empty() && answer.until < answer.from)
        problems.push_back({"until", "visits.ends_before_it_begins"});
    else if (problems.empty() && day_number(answer.until) - day_number(answer.from) > longest_days)
        problems.push_back({"until", "visits.stretch_too_long"});
    if (answer.months < 1 || answer.months > most_months)
        problems.push_back({"months", "visits.number_out_of_range", {{"most", std::to_string(most_months)}}});
    refuse_if(problems);

    Histories all(call, call.tree->reach(position));
    all.read(answer.from, answer.until, answer.months);
    const std::int64_t months = answer.months;
    const auto has_score = [&](const History& of, std::int64_t month) {
        return of.mean_score(month - months, months) && of.mean_score(month + 1, months);
    };
    const auto scored = [&](const History& of, std::int64_t month) {
        return Compared{of.unit_id, group_of(of, month), of.size, *of.mean_score(month - months, months),
                        *of.mean_score(month + 1, months)};
    };
    const auto opened = [&](const History& of, std::int64_t month) {
        const Date visited = first_day(month);
        return Compared{of.unit_id, group_of(of, month), of.size, of.count_open(visited, visited),
                        of.count_open(first_day(month + 1 + months), visited)};
    };

    // Months in which somebody was visited, and whose time after is over.
    std::map<std::int64_t, std::int64_t> visits_in;
    std::vector<const History*> unvisited;
    std::vector<Compared> visited_scores, visited_open, other_scores, other_open;
    for (const History& of : all.histories) {
        if (!of.visit_month) {
            ++answer.unvisited;
            unvisited.push_back(&of);
            continue;
        }
        ++answer.visited;
        if (*of.visit_month + months >= month_number(call.today)) {
            ++answer.too_recent;
            continue;
        }
        ++visits_in[*of.visit_month];
        if (has_score(of, *of.visit_month)) visited_scores.push_back(scored(of, *of.visit_month));
        visited_open.push_back(opened(of, *of.visit_month));
    }
    // Each unvisited unit stands beside the visits of one month, so that it is compared once: as many as the
    // visits of that month ask for, and dealt in turn so that no month gets the units of one corner.
    if (!visits_in.empty() && !unvisited.empty()) {
        std::vector<std::int64_t> turns;
        for (const auto& [month, count] : visits_in)
            for (std::int64_t i = 0; i < count; ++i) turns.push_back(month);
        const std::size_t step = std::max<std::size_t>(1, turns.size() / unvisited.size());
        for (std::size_t i = 0; i < unvisited.size(); ++i) {
            const std::int64_t month = turns[i * step % turns.size()];
            if (has_score(*unvisited[i], month)) other_scores.push_back(scored(*unvisited[i], month));
            other_open.push_back(opened(*unvisited[i], month));
        }
    }
    answer.score = change_of(differences(visited_scores, other_scores));
    answer.open_count = change_of(differences(visited_open, other_open, {.farthest_before = 1}));
    return answer;
}

}  // namespace gw::visits
