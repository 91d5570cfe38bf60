#include <algorithm>

#include "inspections/inspections.h"
#include "inspections/inspections_access.h"
#include "inspections/inspections_rules.h"
#include "inspections/inspections_store.h"

namespace gw::inspections {

namespace {

const Paper* paper_of(const std::vector<Paper>& papers, std::int64_t number) {
    const auto found = std::ranges::find(papers, number, &Paper::number);
    return found == papers.end() ? nullptr : &*found;
}

// The first needed paper that is not there yet; 0 when the file is complete.
std::int64_t next_paper(const std::vector<Paper>& papers, std::int64_t besides) {
    for (std::int64_t number = 1; number <= paper_count; ++number)
        if (is_needed(number) && number != besides && !paper_of(papers, number)) return number;
    return 0;
}

Waiting waiting_of(const Call& call, const Inspection& inspection, Owing owing, std::int64_t number,
                   Phase phase) {
    Waiting waiting;
    waiting.inspection_id = inspection.id;
    waiting.unit_id = inspection.object_unit_id;
    waiting.object_name = line_of(call, inspection).object_name;
    waiting.theme = inspection.theme;
    waiting.owing = owing;
    waiting.paper_number = number;
    waiting.due_on = due_on(inspection, phase).value_or(call.today);
    waiting.is_late = waiting.due_on < call.today;
    return waiting;
}

void add_of(const Call& call, const Inspection& inspection, std::vector<Waiting>& waiting) {
    const std::vector<Paper> papers = papers_of(call.db, inspection.id);
    const Paper* outline = paper_of(papers, outline_paper);
    const bool is_report_asked = outline && outline->delivered_on && !paper_of(papers, own_report) &&
                                 phase_of(next_paper(papers, 0)) == Phase::conduct;
    if (!is_inspecting(call, inspection)) {
        if (is_report_asked && is_object(call, inspection))
            waiting.push_back(waiting_of(call, inspection, Owing::report, own_report, Phase::conduct));
        return;
    }
    // What was asked of the object is not the team's to write, until nothing else is left of the phase.
    std::int64_t number = next_paper(papers, is_report_asked ? own_report : 0);
    if (is_report_asked && phase_of(number) != Phase::conduct) number = own_report;
    if (number > 0) {
        if (call.actor.account_id && is_of_team(call.db, inspection.id, call.actor.account_id))
            waiting.push_back(waiting_of(call, inspection, Owing::paper, number, phase_of(number)));
    } else if (inspection.told_on && is_deciding(call, inspection.unit_id)) {
        waiting.push_back(waiting_of(call, inspection, Owing::closing, 0, Phase::close));
    }
}

// Lines whose month is over; those of earlier years have had their report.
void add_decisions(const Call& call, std::vector<Waiting>& waiting) {
    const UnitId home = call.actor.home_unit_id;
    if (!home || !is_deciding(call, home)) return;
    for (const ProgrammeLine& line : lines_of(call.db, home, static_cast<int>(call.today.year()))) {
        if (!is_late(line, call.today) || inspection_of_line(call.db, line.id)) continue;
        const ProgrammeEntry entry = entry_of(call, line);
        Waiting owed;
        owed.line_id = line.id;
        owed.unit_id = line.object_unit_id;
        owed.object_name = entry.object_name;
        owed.theme = line.theme;
        owed.owing = Owing::decision;
        owed.due_on = ends_on(line);
        owed.is_late = true;
        waiting.push_back(owed);
    }
}

}  // namespace

std::vector<Waiting> waiting_for(const Call& call) {
    std::vector<Waiting> waiting;
    for (const Inspection& inspection :
         open_inspections_of(call.db, call.actor.account_id, call.actor.member_id, call.actor.home_unit_id))
        if (is_readable(call, inspection)) add_of(call, inspection, waiting);
    add_decisions(call, waiting);
    std::ranges::stable_sort(waiting, {}, [](const Waiting& each) { return each.due_on; });
    return waiting;
}

}  // namespace gw::inspections
