#include "consolidation/consolidation_rules.h"

#include <algorithm>
#include <cmath>

#include "platform/checks.h"

namespace gw::consolidation {

namespace {

std::int64_t thousandths(double share) { return static_cast<std::int64_t>(std::llround(share * 1000)); }

}  // namespace

Date month_before(Date day, std::int64_t months) {
    const auto month = day.year() / day.month() - std::chrono::months(months);
    return Date{month / std::chrono::day(1)};
}

Date months_after(Date day, std::int64_t months) {
    const auto month = day.year() / day.month() + std::chrono::months(months);
    const Date wanted{month / day.day()};
    return wanted.ok() ? wanted : Date{month / std::chrono::last};
}

bool is_at_the_base(const organisation::Tree& tree, int position) {
    const organisation::TreeKind& kind = tree.kind_of(position);
    if (!kind.is_judged) return false;
    if (kind.has_members) return true;
    bool has_cells = false;
    for (const int child : tree.children(position)) {
        if (!tree.kind_of(child).is_judged) continue;
        if (!tree.kind_of(child).has_members) return false;
        has_cells = true;
    }
    return has_cells;
}

LeftBy left_by(std::span<const Stay> stays, std::int64_t months) {
    const std::int64_t day = (months * 365 + 11) / 12;
    LeftBy line;
    line.months = months;
    std::vector<Stay> sorted(stays.begin(), stays.end());
    std::sort(sorted.begin(), sorted.end(), [](const Stay& a, const Stay& b) {
        return std::pair(a.days, !a.has_left) < std::pair(b.days, !b.has_left);
    });
    line.followed = std::count_if(sorted.begin(), sorted.end(),
                                  [&](const Stay& stay) { return stay.has_left || stay.days >= day; });
    // The share that stays, and Greenwood's sum for its variance.
    double stays_on = 1, greenwood = 0;
    for (std::size_t i = 0; i < sorted.size() && sorted[i].days <= day;) {
        const double at_risk = static_cast<double>(sorted.size() - i);
        double left = 0;
        const std::int64_t on = sorted[i].days;
        for (; i < sorted.size() && sorted[i].days == on; ++i) left += sorted[i].has_left ? 1 : 0;
        stays_on *= 1 - left / at_risk;
        if (at_risk > left) greenwood += left / (at_risk * (at_risk - left));
    }
    if (line.followed < fewest_followed) return line;
    // Who is on the list still may leave until that day: the curve says nothing beyond the last of them.
    if (!sorted.back().has_left && sorted.back().days < day) return line;
    line.share_milli = thousandths(1 - stays_on);
    // With nobody left, or everybody, the variance says nothing.
    if (stays_on <= 0 || stays_on >= 1) return line;
    const double width = 1.959964 * std::sqrt(greenwood) / std::abs(std::log(stays_on));
    line.low_milli = thousandths(1 - std::pow(stays_on, std::exp(-width)));
    line.high_milli = thousandths(1 - std::pow(stays_on, std::exp(width)));
    return line;
}

Problems problems_in(const SetExitCondition& item, const std::string& field) {
    Problems problems;
    const auto check = [&](const char* part, std::int64_t number, std::int64_t least, std::int64_t most) {
        if (number < least || number > most)
            problems.push_back({field + "/" + part,
                                "consolidation.number_out_of_range",
                                {{"least", std::to_string(least)}, {"most", std::to_string(most)}}});
    };
    switch (item.kind) {
        case ExitKind::meeting_score:
            check("target", item.target, 1, 100);
            check("months", item.months, 1, 24);
            break;
        case ExitKind::meetings_held:
            check("months", item.months, 1, 24);
            check("target", item.target, 1, std::clamp<std::int64_t>(item.months, 1, 24));
            break;
        case ExitKind::measures_done: check("target", item.target, 1, 100); break;
        case ExitKind::no_serious_findings: break;
        case ExitKind::own: check_text(problems, field + "/text", item.text); break;
    }
    check_length(problems, field + "/text", item.text);
    return problems;
}

std::optional<bool> is_met(const ExitCondition& item, std::optional<std::int64_t> figure) {
    if (item.kind == ExitKind::own) return std::nullopt;
    if (!figure) return false;
    return item.kind == ExitKind::no_serious_findings ? *figure == 0 : *figure >= item.target;
}

}  // namespace gw::consolidation
