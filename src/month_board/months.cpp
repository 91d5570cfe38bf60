#include "month_board/months.h"

#include <algorithm>
#include <mutex>
#include <unordered_map>

#include "members/members.h"
#include "month_board/month_board_store.h"

namespace gw::month_board {

namespace {

using Kept = Months::Kept;
// Beyond this many cells, reading everything is quicker than reading it cell by cell.
constexpr std::size_t most_cells_followed = 2000;

std::int32_t narrow_day(Date day) { return static_cast<std::int32_t>(day_number(day)); }

std::uint8_t class_index(std::vector<std::string>& classes, std::string_view key) {
    if (key.empty()) return 0;
    const auto found = std::find(classes.begin(), classes.end(), key);
    if (found != classes.end()) return static_cast<std::uint8_t>(found - classes.begin() + 1);
    classes.emplace_back(key);
    return static_cast<std::uint8_t>(classes.size());
}

void note_meeting(MonthRecord& record, const MeetingRow& meeting, std::vector<std::string>& classes) {
    const std::int32_t day = narrow_day(meeting.meets_on);
    if (meeting.state == MeetingRow::State::held && meeting.has_thematic_part) record.has_topic = true;
    if (!meeting.is_regular) return;
    switch (meeting.state) {
        case MeetingRow::State::cancelled: record.is_cancelled = true; return;
        case MeetingRow::State::planned:
            if (day < record.planned_day) return;
            record.planned_day = day;
            if (!record.held_day) record.meeting_id = meeting.id;
            return;
        case MeetingRow::State::held: break;
    }
    // Of two regular meetings of a month the later one stands for it.
    if (day < record.held_day) return;
    record.held_day = day;
    record.meeting_id = meeting.id;
    record.published_day = meeting.published_on ? narrow_day(*meeting.published_on) : 0;
    record.score_milli = static_cast<std::int32_t>(meeting.score_milli);
    record.maximum_milli = static_cast<std::int32_t>(meeting.maximum_milli);
    record.score_class = class_index(classes, meeting.score_class);
}

// Reads months [from, until) into `months` (by month, then cell), of all cells or of those named.
void read_months(const Call& call, Kept& kept, int from, int until, std::span<const std::int64_t> unit_ids,
                 std::vector<Kept::Month>& months) {
    const auto record_of = [&](UnitId unit_id, Date day) -> MonthRecord* {
        const auto position = kept.tree->find(unit_id);
        if (!position) return nullptr;
        const auto cell = kept.find_cell(*position);
        if (!cell) return nullptr;
        return &months[static_cast<std::size_t>(month_number(day) - from)][*cell];
    };
    const Date first = first_of(from), end = first_of(until);
    each_meeting(call.db, first, end, unit_ids, [&](const MeetingRow& meeting) {
        if (MonthRecord* record = record_of(meeting.unit_id, meeting.meets_on))
            note_meeting(*record, meeting, kept.classes);
    });
    each_resolution(call.db, first, end, unit_ids, [&](const ResolutionRow& resolution) {
        MonthRecord* record = record_of(resolution.unit_id, resolution.adopted_on);
        if (!record || record->meeting_id != resolution.meeting_id) return;
        record->resolution_id = resolution.id;
        record->item_count =
            static_cast<std::uint16_t>(std::min<std::int64_t>(resolution.item_count, 60'000));
    });
}

std::vector<Kept::Month> empty_months(int count, std::size_t cells) {
    return std::vector<Kept::Month>(static_cast<std::size_t>(count), Kept::Month(cells));
}

void place_cells(Kept& kept, const Call& call) {
    kept.tree = call.tree;
    kept.cells.clear();
    for (int position = 0; position < kept.tree->size(); ++position)
        if (kept.tree->kind_of(position).has_members) kept.cells.push_back(position);
    const auto established = organisation::establishment_days(call.db);
    const auto people = members::count_members_by_unit(call.db, call.today);
    kept.circumstances.assign(kept.cells.size(), {});
    kept.members.assign(kept.cells.size(), 0);
    for (std::size_t cell = 0; cell < kept.cells.size(); ++cell) {
        const UnitId id = kept.tree->at(kept.cells[cell]).id;
        if (const auto found = established.find(id); found != established.end())
            kept.circumstances[cell].established_day = narrow_day(found->second);
        if (const auto found = people.find(id); found != people.end()) {
            kept.circumstances[cell].full_members = found->second.full;
            kept.members[cell] = found->second.full + found->second.probationary;
        }
    }
}

void count_people_again(Kept& kept, const Call& call, std::span<const std::int64_t> units) {
    for (const std::int64_t number : units) {
        const auto position = kept.tree->find(UnitId{number});
        if (!position) continue;
        const auto cell = kept.find_cell(*position);
        if (!cell) continue;
        const auto people = members::count_members(call.db, UnitId{number}, call.today);
        kept.circumstances[*cell].full_members = people.full;
        kept.members[*cell] = people.full + people.probationary;
    }
}

// The usual day of a cell, from the twelve months up to this one.
void find_usual_days(Kept& kept, int this_month, std::span<const std::size_t> cells) {
    const auto find_of = [&](std::size_t cell) {
        int days[12], count = 0;
        for (int month = std::max(kept.first_month, this_month - 11); month <= this_month; ++month)
            if (const auto held = kept.record(cell, month).held_day)
                days[count++] = static_cast<int>(held - narrow_day(first_of(month))) + 1;
        kept.circumstances[cell].usual_day = usual_day_of({days, static_cast<std::size_t>(count)});
    };
    if (cells.empty())
        for (std::size_t cell = 0; cell < kept.cells.size(); ++cell) find_of(cell);
    for (const std::size_t cell : cells) find_of(cell);
}

void keep(Kept& kept, std::vector<Kept::Month> months) {
    for (Kept::Month& month : months)
        kept.months.push_back(std::make_shared<const Kept::Month>(std::move(month)));
}

}  // namespace

std::pair<std::size_t, std::size_t> Months::Kept::cells_within(Reach reach) const {
    const auto first = std::lower_bound(cells.begin(), cells.end(), reach.first);
    const auto end = std::lower_bound(first, cells.end(), reach.end);
    return {static_cast<std::size_t>(first - cells.begin()), static_cast<std::size_t>(end - cells.begin())};
}

std::optional<std::size_t> Months::Kept::find_cell(int position) const {
    const auto found = std::lower_bound(cells.begin(), cells.end(), position);
    if (found == cells.end() || *found != position) return std::nullopt;
    return static_cast<std::size_t>(found - cells.begin());
}

struct Months::Inside {
    mutable std::mutex lock;
    std::shared_ptr<const Kept> kept;
    Counts counts;

    void begin(const Call& call, std::int64_t position, int month) {
        ++counts.whole;
        auto fresh = std::make_shared<Kept>();
        const int this_month = month_number(call.today);
        fresh->today = call.today;
        fresh->position = position;
        fresh->first_month = std::min(month, this_month) - 11;
        place_cells(*fresh, call);
        // One more than this month: what is planned for the next is kept too.
        const int end = this_month + 1;
        auto months = empty_months(end - fresh->first_month, fresh->cells.size());
        read_months(call, *fresh, fresh->first_month, end, {}, months);
        keep(*fresh, std::move(months));
        find_usual_days(*fresh, this_month, {});
        kept = std::move(fresh);
    }

    // The same with what the trail has gained; false when it is too much to follow.
    bool follow(const Call& call, std::int64_t position) {
        if (position < kept->position) return true;  // this call began before the last one that looked
        const TrailGain gain = trail_since(call.db, kept->position);
        if (gain.is_everything || gain.units.size() > most_cells_followed) return false;
        const bool is_placed = call.tree == kept->tree;
        if (is_placed && gain.units.empty() && gain.member_units.empty()) {
            if (position == kept->position) return true;
            auto same = std::make_shared<Kept>(*kept);
            same->position = position;
            kept = std::move(same);
            return true;
        }
        ++counts.followed;
        auto fresh = std::make_shared<Kept>(*kept);
        fresh->position = position;
        if (!is_placed) place_again(*fresh, call);
        else count_people_again(*fresh, call, gain.member_units);
        read_again(*fresh, call, gain.units);
        kept = std::move(fresh);
        return true;
    }

    // Cells stand elsewhere in the tree: their records go with them.
    static void place_again(Kept& kept, const Call& call) {
        std::unordered_map<UnitId, std::size_t> before;
        for (std::size_t cell = 0; cell < kept.cells.size(); ++cell)
            before.emplace(kept.tree->at(kept.cells[cell]).id, cell);
        const std::vector<CellCircumstances> circumstances = kept.circumstances;
        place_cells(kept, call);
        std::vector<std::optional<std::size_t>> from(kept.cells.size());
        for (std::size_t cell = 0; cell < kept.cells.size(); ++cell) {
            const auto found = before.find(kept.tree->at(kept.cells[cell]).id);
            if (found == before.end()) continue;
            from[cell] = found->second;
            kept.circumstances[cell].usual_day = circumstances[found->second].usual_day;
        }
        for (auto& month : kept.months) {
            Kept::Month moved(kept.cells.size());
            for (std::size_t cell = 0; cell < moved.size(); ++cell)
                if (from[cell]) moved[cell] = (*month)[*from[cell]];
            month = std::make_shared<const Kept::Month>(std::move(moved));
        }
    }

    static void read_again(Kept& kept, const Call& call, std::span<const std::int64_t> units) {
        std::vector<std::size_t> cells;
        for (const std::int64_t number : units)
            if (const auto position = kept.tree->find(UnitId{number}))
                if (const auto cell = kept.find_cell(*position)) cells.push_back(*cell);
        if (cells.empty()) return;
        std::vector<Kept::Month> months;
        for (const auto& month : kept.months) {
            months.push_back(*month);
            for (const std::size_t cell : cells) months.back()[cell] = {};
        }
        read_months(call, kept, kept.first_month, kept.end_month(), units, months);
        // A month that came out the same stays shared.
        for (std::size_t month = 0; month < months.size(); ++month)
            if (months[month] != *kept.months[month])
                kept.months[month] = std::make_shared<const Kept::Month>(std::move(months[month]));
        find_usual_days(kept, month_number(kept.today), cells);
    }

    // Months before those kept, when somebody looks further back.
    void reach_back(const Call& call, std::int64_t position, int first_month) {
        auto fresh = std::make_shared<Kept>(*kept);
        fresh->position =
            std::min(position, kept->position);  // what this snapshot does not show yet is read later
        auto months = empty_months(kept->first_month - first_month, kept->cells.size());
        read_months(call, *fresh, first_month, kept->first_month, {}, months);
        std::vector<std::shared_ptr<const Kept::Month>> after;
        after.swap(fresh->months);
        keep(*fresh, std::move(months));
        fresh->months.insert(fresh->months.end(), after.begin(), after.end());
        fresh->first_month = first_month;
        kept = std::move(fresh);
    }
};

Months::Months() : inside_(std::make_unique<Inside>()) {}
Months::~Months() = default;

std::shared_ptr<const Months::Kept> Months::find(const Call& call, Date month_on) {
    const int month = month_number(month_on);
    const std::lock_guard hold(inside_->lock);
    // Everything else is read after it in the same snapshot, so nothing before it is missed.
    const std::int64_t position = last_audit_position(call.db);
    const bool is_of_today = inside_->kept && inside_->kept->today == call.today;
    if (!is_of_today || !inside_->follow(call, position)) inside_->begin(call, position, month);
    if (month - 11 < inside_->kept->first_month) inside_->reach_back(call, position, month - 11);
    return inside_->kept;
}

Months::Counts Months::counts() const {
    const std::lock_guard hold(inside_->lock);
    return inside_->counts;
}

}  // namespace gw::month_board
