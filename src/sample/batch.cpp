#include "sample/batch.h"

namespace gw::sample {

void Batch::score(const rulebooks::Library& library) { meetings::score_meetings(library, held, self_marks); }

void Batch::write(const Call& call) const {
    meetings::add_meetings(call, held);
    meetings::add_meetings(call, not_held);
    meetings::add_self_marks(call, self_marks);
    meetings::add_visitor_sheets(call, visitor_sheets, figures);
    meetings::add_attendances(call, attendances);
    meetings::add_contributions(call, contributions);
    meetings::add_agenda_items(call, agenda_items);
    visits::add_visits(call, visits);
    visits::add_advice_items(call, advice_items);
    findings::add_findings(call, findings);
    resolutions::add_resolutions(call, resolutions);
    resolutions::add_items(call, resolution_items);
    resolutions::add_citations(call, citations);
    tasks::add_tasks(call, tasks);
    classification::add_self_levels(call, self_levels);
}

}  // namespace gw::sample
