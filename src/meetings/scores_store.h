// The tables of scores: figures, visitors' sheets, and which rulebook counts where.
#pragma once
#include "meetings/meetings.h"

namespace gw::meetings {

// `sheet_id` 0: the unit's own figures.
std::vector<KeptFigure> figures_of(Db& db, MeetingId meeting_id, VisitorSheetId sheet_id);
void keep_figures(Db& db, MeetingId meeting_id, VisitorSheetId sheet_id, std::span<const KeptFigure> figures);
std::optional<VisitorSheet> find_visitor_sheet(Db& db, VisitorSheetId sheet_id);
std::optional<VisitorSheet> find_visitor_sheet(Db& db, MeetingId meeting_id, AccountId scored_by);
// The last one given for a meeting.
std::optional<VisitorSheet> find_last_sheet(Db& db, MeetingId meeting_id);

// All choices that hold on a day, the oldest first.
std::vector<RulebookChoice> choices_until(Db& db, Date day);
// Of one unit, the latest first.
std::vector<RulebookChoice> choices_of(Db& db, UnitId unit_id);

}  // namespace gw::meetings
