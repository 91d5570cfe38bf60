// What one capability asks of another that it must not know: functions that the composition root hands over.
#pragma once
#include <string>

#include "consolidation/consolidation.h"
#include "documents/documents.h"
#include "inspections/inspections.h"
#include "meetings/meetings.h"
#include "notices/notices.h"
#include "obstacles/obstacles.h"

namespace gw {

class Texts;

// Who may see and change the attachments of a meeting, a task or a directive.
documents::Gates attachment_gates(int zone_minutes);
// Members to recognise as full ones, in the language of the organisation. Texts and language must outlive it.
meetings::AgendaSource agenda_of_recognitions(const Texts& texts, const std::string& language);
// Who reads findings for the deciding body or was sent to the object, without people of the object.
std::vector<inspections::Candidate> inspection_candidates(const Call& call, UnitId body, UnitId object);
void tell_late_inspection(const Call& call, const inspections::Inspection& inspection, Date due_on,
                          const std::vector<AccountId>& team);
// Notes on a meeting that its papers went out, when its invitation is the first thing that does.
notices::NoteSent note_invitation_sent(int zone_minutes);
// Tells of an obstacle: whoever answers for its holder that they owe, its unit of the answer and of the way
// up, and a body whose silence passed it up of that.
void tell_of_obstacle(const Call& call, const obstacles::Obstacle& obstacle, obstacles::Telling telling,
                      UnitId left_unit_id);
// Tells of a weak unit: those who decide nearest above it of a proposal, its helper of being named, its
// people of what is decided or late.
void tell_of_weak_unit(const Call& call, const consolidation::Case& about, consolidation::Telling telling,
                       const consolidation::Late& late);

}  // namespace gw
