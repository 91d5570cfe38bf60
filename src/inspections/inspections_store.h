// The tables of inspections. What others may ask of them stands in inspections.h.
#pragma once
#include "inspections/inspections.h"

namespace gw::inspections {

std::optional<ProgrammeLine> find_line(Db& db, ProgrammeLineId line_id);
std::vector<ProgrammeLine> lines_of(Db& db, UnitId unit_id, std::int64_t year);
void delete_line(Db& db, ProgrammeLineId line_id);
std::optional<Inspection> find_inspection(Db& db, InspectionId inspection_id);
// The one that was not cancelled.
std::optional<Inspection> inspection_of_line(Db& db, ProgrammeLineId line_id);
std::vector<Inspection> list_inspections(Db& db, const ListInspections& request);
std::vector<Inspection> inspections_of_person(Db& db, AccountId account_id, MemberId member_id,
                                              UnitId home_unit_id);
std::vector<Inspection> open_inspections(Db& db);
// Those of them that the body decided on, whose team the account is of, or that inspect the member or unit.
std::vector<Inspection> open_inspections_of(Db& db, AccountId account_id, MemberId member_id,
                                            UnitId home_unit_id);
std::vector<TeamPerson> team_of(Db& db, InspectionId inspection_id);
bool is_of_team(Db& db, InspectionId inspection_id, AccountId account_id);
void keep_team(Db& db, InspectionId inspection_id, const TeamPerson& person);
std::vector<Paper> papers_of(Db& db, InspectionId inspection_id);
std::vector<Answer> answers_of(Db& db, InspectionId inspection_id);
// False when this phase was urged before.
bool note_urged(Db& db, InspectionId inspection_id, Phase phase, Date day);

}  // namespace gw::inspections
