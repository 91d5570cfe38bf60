// What the month board reads and keeps. Private to month_board.
#pragma once
#include <functional>
#include <span>
#include <unordered_map>

#include "month_board/month_board.h"
#include "month_board/patterns.h"

namespace gw::month_board {

struct MeetingRow {
    std::int64_t id = 0;
    UnitId unit_id;
    Date meets_on{};
    enum class State { planned, held, cancelled } state = State::planned;
    bool is_regular = false;
    bool has_thematic_part = false;
    std::optional<Date> published_on;
    std::int64_t score_milli = 0, maximum_milli = 0;
    std::string_view score_class;  // ends with the callback
};
// Meetings with a day in [from, until), of all units or of those named.
void each_meeting(Db& db, Date from, Date until, std::span<const std::int64_t> unit_ids,
                  const std::function<void(const MeetingRow&)>& visit);
struct ResolutionRow {
    std::int64_t id = 0, meeting_id = 0;
    UnitId unit_id;
    Date adopted_on{};
    std::int64_t item_count = 0;
};
void each_resolution(Db& db, Date from, Date until, std::span<const std::int64_t> unit_ids,
                     const std::function<void(const ResolutionRow&)>& visit);
std::unordered_map<std::int64_t, std::string> titles_of(Db& db, std::span<const std::int64_t> resolution_ids);

std::int64_t last_audit_position(Db& db);
// What the trail gained after a position: units whose meetings or resolutions changed, units whose people
// did, and whether something changed that names no unit or is too much to follow.
struct TrailGain {
    std::vector<std::int64_t> units, member_units;
    bool is_everything = false;
};
TrailGain trail_since(Db& db, std::int64_t position);

void add_urges(Db& db, std::span<const Urge> urges);
std::vector<Urge> urges_of_act(Db& db, UrgeId urging_id);
std::vector<Urge> urges_of_unit(Db& db, UnitId unit_id, std::int64_t limit);
// The last day on which each cell was urged, since a day.
std::unordered_map<UnitId, Date> urged_since(Db& db, Date from);

// The held regular meetings, resolutions and tasks of each cell in the twelve months up to a day, and two
// more so that twelve meetings fit in; given in the order of `cells`, with the index there.
void each_cell_year(Db& db, Date today, std::span<const UnitId> cells,
                    const std::function<void(std::size_t, const CellYear&)>& visit);
std::vector<PatternRemark> remarks_of_year(Db& db, std::int64_t year);
void add_remark(Db& db, const PatternRemark& remark);

}  // namespace gw::month_board
