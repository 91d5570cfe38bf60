#include "inspections/inspections_store.h"

namespace gw::inspections {

std::optional<ProgrammeLine> find_line(Db& db, ProgrammeLineId line_id) {
    return db.one<ProgrammeLine>("SELECT * FROM inspection_programme_lines WHERE id = :id",
                                 {{"id", line_id}});
}

std::vector<ProgrammeLine> lines_of(Db& db, UnitId unit_id, std::int64_t year) {
    return db.list<ProgrammeLine>(
        "SELECT * FROM inspection_programme_lines WHERE unit_id = :unit_id AND year = :year ORDER BY month, "
        "id",
        {{"unit_id", unit_id}, {"year", year}});
}

void delete_line(Db& db, ProgrammeLineId line_id) {
    db.run("DELETE FROM inspection_programme_lines WHERE id = :id", {{"id", line_id}});
}

std::optional<Inspection> find_inspection(Db& db, InspectionId inspection_id) {
    return db.one<Inspection>("SELECT * FROM inspections WHERE id = :id", {{"id", inspection_id}});
}

std::optional<Inspection> inspection_of_line(Db& db, ProgrammeLineId line_id) {
    return db.one<Inspection>("SELECT * FROM inspections WHERE line_id = :line_id AND cancelled_on IS NULL",
                              {{"line_id", line_id}});
}

std::vector<Inspection> list_inspections(Db& db, const ListInspections& request) {
    std::string sql = "SELECT * FROM inspections WHERE 1 = 1";
    if (request.unit_id) sql += " AND unit_id = :unit_id";
    if (request.object_unit_id) sql += " AND object_unit_id = :object_unit_id";
    if (request.year) sql += " AND decided_on >= :first_on AND decided_on < :next_on";
    const std::int64_t year = request.year.value_or(2000);
    return db.list<Inspection>(sql + " ORDER BY decided_on DESC, id DESC LIMIT 200",
                               {{"unit_id", request.unit_id},
                                {"object_unit_id", request.object_unit_id},
                                {"first_on", std::to_string(year) + "-01-01"},
                                {"next_on", std::to_string(year + 1) + "-01-01"}});
}

std::vector<Inspection> inspections_of_person(Db& db, AccountId account_id, MemberId member_id,
                                              UnitId home_unit_id) {
    return db.list<Inspection>(
        "SELECT * FROM inspections WHERE id IN (SELECT inspection_id FROM inspection_team WHERE account_id = "
        ":account_id) OR (object_member_id IS NOT NULL AND object_member_id = :member_id) OR "
        "(object_member_id IS NULL AND object_unit_id = :unit_id) ORDER BY decided_on DESC, id DESC LIMIT "
        "200",
        {{"account_id", account_id}, {"member_id", member_id}, {"unit_id", home_unit_id}});
}

std::vector<Inspection> open_inspections(Db& db) {
    return db.list<Inspection>(
        "SELECT * FROM inspections WHERE closed_on IS NULL AND cancelled_on IS NULL ORDER BY id");
}

std::vector<Inspection> open_inspections_of(Db& db, AccountId account_id, MemberId member_id,
                                            UnitId home_unit_id) {
    return db.list<Inspection>(
        "SELECT * FROM inspections WHERE closed_on IS NULL AND cancelled_on IS NULL AND (unit_id = :unit_id "
        "OR "
        "id IN (SELECT inspection_id FROM inspection_team WHERE account_id = :account_id) OR "
        "(object_member_id IS NOT NULL AND object_member_id = :member_id) OR (object_member_id IS NULL AND "
        "object_unit_id = :unit_id)) ORDER BY id",
        {{"account_id", account_id}, {"member_id", member_id}, {"unit_id", home_unit_id}});
}

std::vector<TeamPerson> team_of(Db& db, InspectionId inspection_id) {
    return db.list<TeamPerson>(
        "SELECT account_id, full_name, part, duty FROM inspection_team WHERE inspection_id = :id ORDER BY "
        "CASE part WHEN 'leader' THEN 1 WHEN 'secretary' THEN 2 ELSE 3 END, full_name, account_id",
        {{"id", inspection_id}});
}

bool is_of_team(Db& db, InspectionId inspection_id, AccountId account_id) {
    return db.count(
               "SELECT COUNT(*) FROM inspection_team WHERE inspection_id = :id AND account_id = :account_id",
               {{"id", inspection_id}, {"account_id", account_id}}) > 0;
}

void keep_team(Db& db, InspectionId inspection_id, const TeamPerson& person) {
    db.run(
        "INSERT INTO inspection_team (inspection_id, account_id, full_name, part, duty) VALUES (:id, "
        ":account_id, :full_name, :part, :duty)",
        {{"id", inspection_id},
         {"account_id", person.account_id},
         {"full_name", person.full_name},
         {"part", person.part},
         {"duty", person.duty}});
}

std::vector<Paper> papers_of(Db& db, InspectionId inspection_id) {
    return db.list<Paper>("SELECT * FROM inspection_papers WHERE inspection_id = :id ORDER BY number",
                          {{"id", inspection_id}});
}

std::vector<Answer> answers_of(Db& db, InspectionId inspection_id) {
    return db.list<Answer>("SELECT * FROM inspection_answers WHERE inspection_id = :id ORDER BY said_at, id",
                           {{"id", inspection_id}});
}

bool note_urged(Db& db, InspectionId inspection_id, Phase phase, Date day) {
    return db.run(
               "INSERT INTO inspection_urges (inspection_id, phase, urged_on) VALUES (:id, :phase, :day) ON "
               "CONFLICT DO NOTHING",
               {{"id", inspection_id}, {"phase", phase}, {"day", day}}) > 0;
}

}  // namespace gw::inspections
