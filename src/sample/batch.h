// What happened in some cells, gathered and then written at once.
#pragma once
#include <vector>

#include "classification/classification.h"
#include "meetings/meetings.h"
#include "resolutions/resolutions.h"
#include "rulebooks/rulebooks.h"
#include "tasks/tasks.h"
#include "visits/visits.h"

namespace gw::sample {

struct Batch {
    std::vector<meetings::Meeting> held;  // self_marks[i] belongs to held[i]
    std::vector<meetings::SelfMarks> self_marks;
    std::vector<meetings::Meeting> not_held;  // planned or cancelled
    std::vector<meetings::Attendance> attendances;
    std::vector<meetings::Contribution> contributions;
    std::vector<meetings::AgendaItem> agenda_items;
    std::vector<resolutions::Resolution> resolutions;
    std::vector<resolutions::KeptResolutionItem> resolution_items;
    std::vector<resolutions::Citation> citations;
    std::vector<tasks::Task> tasks;
    std::vector<meetings::VisitorSheet> visitor_sheets;
    std::vector<meetings::KeptFigure> figures;  // of those sheets, and of units that depart from the record
    std::vector<visits::Visit> visits;
    std::vector<visits::AdviceItem> advice_items;
    std::vector<findings::Finding> findings;
    std::vector<classification::SelfLevel> self_levels;

    // Scores the meetings by the rulebook of the year; call once, before write.
    void score(const rulebooks::Library& library);
    void write(const Call& call) const;
};

}  // namespace gw::sample
