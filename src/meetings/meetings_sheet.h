// The sheet of an edition criterion by criterion, empty or explained for one meeting.
#pragma once
#include "meetings/meetings_score.h"

namespace gw::meetings {

// What is kept of a meeting's scores beside its record.
struct KeptScores {
    std::vector<SelfMark> marks;
    std::vector<KeptFigure> own_figures;
    std::optional<VisitorScore> visitor;
    std::vector<KeptFigure> visitor_figures;  // empty for a visit with one number
};

// The meeting must be scored.
MeetingScore explain_score(const rulebooks::Edition& edition, const Meeting& meeting, const KeptScores& kept,
                           std::string_view language);
ScoreSheet sheet_of(const rulebooks::Edition& edition, std::string_view language);

// Everything wrong with marks a unit gives itself.
Problems problems_in(const rulebooks::Edition& edition, std::span<const SelfMark> marks);
// Everything wrong with figures: of the sheet, each criterion once, points that it can give, no reason too
// long.
Problems problems_in(const rulebooks::Edition& edition, std::span<const Figure> figures);
// The marks kept with those of `changes` put over them.
std::vector<SelfMark> merged(std::vector<SelfMark> kept, std::span<const SelfMark> changes);

}  // namespace gw::meetings
