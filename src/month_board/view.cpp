#include "month_board/view.h"

namespace gw::month_board {

Similar::Similar(const Months::Kept& kept, int month) : kept_(kept) {
    std::map<std::pair<int, int>, std::vector<std::int64_t>> shares;
    for (std::size_t cell = 0; cell < kept.cells.size(); ++cell)
        if (const auto share = share_of(kept.record(cell, month)))
            shares[{kept.tree->at(kept.cells[cell]).kind, size_band(kept.members[cell])}].push_back(*share);
    for (auto& [group, values] : shares)
        usual_[group] = {middle_of(values), static_cast<std::int64_t>(values.size())};
}

Similar::Usual Similar::of(std::size_t cell) const {
    const auto found = usual_.find({kept_.tree->at(kept_.cells[cell]).kind, size_band(kept_.members[cell])});
    return found == usual_.end() ? Usual{} : found->second;
}

std::optional<Date> View::urged_on(std::size_t cell) const {
    const auto found = urged_.find(unit(cell));
    return found == urged_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Date> View::next_urge_on(std::size_t cell) const {
    const auto urged = urged_on(cell);
    if (!urged) return std::nullopt;
    const Date possible = date_of(day_number(*urged) + days_between_urges);
    return possible > kept_.today ? std::optional(possible) : std::nullopt;
}

std::optional<int> View::topic_month(std::size_t cell, int month) const {
    for (int each = month; each >= std::max(kept_.first_month, month - month % 3); --each)
        if (kept_.record(cell, each).has_topic) return each;
    return std::nullopt;
}

void View::add(std::size_t cell, int month, MonthTotals& totals) const {
    const MonthRecord& record = kept_.record(cell, month);
    const Standing standing = this->standing(cell, month);
    ++totals.cells;
    if (standing.state == MonthState::not_expected) {
        ++totals.not_expected;
        ++(standing.why == WhyNotExpected::founded_later ? totals.founded_later : totals.too_few_members);
        return;
    }
    ++totals.expected;
    switch (standing.state) {
        case MonthState::held: ++totals.held; break;
        case MonthState::planned: ++totals.planned; break;
        case MonthState::open: ++totals.open; break;
        case MonthState::late: ++totals.late; break;
        case MonthState::missing: ++totals.missing; break;
        case MonthState::not_expected: break;
    }
    if (topic_month(cell, month)) ++totals.with_topic;
    if (standing.state == MonthState::late && month == month_ && next_urge_on(cell)) ++totals.urged;
    if (standing.state != MonthState::held) return;
    if (record.resolution_id) ++totals.with_resolution;
    if (is_in_time(record)) ++totals.published_in_time;
    if (const auto share = share_of(record)) {
        ++totals.scored;
        totals.share_sum += *share;
    }
    if (month <= kept_.first_month) return;
    if (const auto last = share_of(kept_.record(cell, month - 1))) {
        ++totals.last_scored;
        totals.last_share_sum += *last;
    }
}

CellMonth View::line(std::size_t cell, const Similar& similar) const {
    const auto& unit = kept_.tree->at(kept_.cells[cell]);
    const MonthRecord& record = kept_.record(cell, month_);
    const CellCircumstances& circumstances = kept_.circumstances[cell];
    const Standing standing = this->standing(cell);
    CellMonth line;
    line.unit_id = unit.id;
    line.name = unit.name;
    if (unit.parent >= 0) line.above_name = kept_.tree->at(unit.parent).name;
    line.state = standing.state;
    line.why = standing.why;
    const std::int32_t day = record.held_day ? record.held_day : record.planned_day;
    if (day) line.day = date_of(day);
    if (standing.late_day) line.late_on = date_of(standing.late_day);
    if (circumstances.usual_day) {
        const auto last = day_number(last_of(month_));
        line.usual_day = date_of(std::min(last, day_number(first_of(month_)) + circumstances.usual_day - 1));
    }
    line.is_cancelled = record.is_cancelled && !day;
    if (record.meeting_id) line.meeting_id = BoardMeetingId{record.meeting_id};
    line.full_members = circumstances.full_members;
    line.share = share_of(record);
    if (line.share) {
        line.score_milli = record.score_milli;
        line.maximum_milli = record.maximum_milli;
        line.score_class = kept_.classes[record.score_class - 1u];
        const Similar::Usual usual = similar.of(cell);
        line.similar_share = usual.share;
        line.similar_count = usual.count;
    }
    if (month_ > kept_.first_month) line.last_share = share_of(kept_.record(cell, month_ - 1));
    if (const auto topic = topic_month(cell, month_)) line.topic_on = first_of(*topic);
    if (record.held_day) {
        if (record.resolution_id) line.resolution_id = BoardResolutionId{record.resolution_id};
        line.item_count = record.item_count;
        line.is_published_in_time = is_in_time(record);
    }
    line.urged_on = urged_on(cell);
    for (int month = month_ - 11; month <= month_; ++month)
        line.months += letter_of(this->standing(cell, month), kept_.record(cell, month));
    return line;
}

MonthTotals totals_of(const View& view, std::size_t first, std::size_t end, int month) {
    MonthTotals totals;
    for (std::size_t cell = first; cell < end; ++cell) view.add(cell, month, totals);
    return totals;
}

}  // namespace gw::month_board
