#include "inspections/inspections.h"
#include "inspections/inspections_access.h"
#include "inspections/inspections_rules.h"
#include "inspections/inspections_store.h"
#include "members/members.h"
#include "organisation/tree.h"

namespace gw::inspections {

namespace {

std::string unit_name(const Call& call, UnitId unit_id) {
    const auto position = call.tree->find(unit_id);
    return position ? call.tree->at(*position).name : std::string();
}

std::string object_name(const Call& call, UnitId unit_id, const std::optional<MemberId>& member_id) {
    const auto member = member_id ? members::find_member(call.db, *member_id) : std::nullopt;
    return member ? member->full_name : unit_name(call, unit_id);
}

std::set<std::int64_t> written(const std::vector<Paper>& papers) {
    std::set<std::int64_t> numbers;
    for (const Paper& paper : papers) numbers.insert(paper.number);
    return numbers;
}

// Others learn that a unit is inspected, nothing of members.
bool is_listed(const Call& call, const Inspection& inspection) {
    if (is_readable(call, inspection)) return true;
    return !inspection.object_member_id && call.actor.may("inspections.read", inspection.object_unit_id);
}

InspectionList lines_of(const Call& call, const std::vector<Inspection>& inspections) {
    InspectionList answer;
    for (const Inspection& inspection : inspections)
        if (is_listed(call, inspection)) answer.inspections.push_back(line_of(call, inspection));
    return answer;
}

}  // namespace

bool is_deciding(const Call& call, UnitId body) {
    return call.actor.home_unit_id == body && call.actor.may("inspections.decide", body);
}

bool is_object(const Call& call, const Inspection& inspection) {
    if (inspection.object_member_id) return call.actor.member_id == *inspection.object_member_id;
    return call.actor.home_unit_id == inspection.object_unit_id &&
           call.actor.may("findings.report", inspection.object_unit_id);
}

bool is_inspecting(const Call& call, const Inspection& inspection) {
    return is_deciding(call, inspection.unit_id) ||
           (call.actor.account_id && is_of_team(call.db, inspection.id, call.actor.account_id));
}

bool is_readable(const Call& call, const Inspection& inspection) {
    if (is_inspecting(call, inspection)) return true;
    if (!is_object(call, inspection)) return false;
    for (const Paper& paper : papers_of(call.db, inspection.id))
        if (paper.delivered_on) return true;
    return false;
}

Inspection get_readable(const Call& call, InspectionId inspection_id) {
    const auto inspection = find_inspection(call.db, inspection_id);
    if (!inspection || !is_readable(call, *inspection)) refuse_unknown("inspection_id");
    return *inspection;
}

Inspection get_inspecting(const Call& call, InspectionId inspection_id) {
    const Inspection inspection = get_readable(call, inspection_id);
    if (!is_inspecting(call, inspection)) throw Refusal(Reason::forbidden, Problem{"", "platform.forbidden"});
    return inspection;
}

bool has_found(const Call& call, const Inspection& inspection) {
    return inspection.told_on || !findings::findings_of_source(call, findings::SourceKind::inspection,
                                                               findings::SourceId{inspection.id.number})
                                      .empty();
}

std::vector<Paper> readable_papers(const Call& call, const Inspection& inspection) {
    std::vector<Paper> papers = papers_of(call.db, inspection.id);
    if (!is_inspecting(call, inspection))
        std::erase_if(papers,
                      [](const Paper& paper) { return !paper.delivered_on && paper.number != own_report; });
    return papers;
}

InspectionLine line_of(const Call& call, const Inspection& inspection) {
    const std::vector<Paper> papers = papers_of(call.db, inspection.id);
    InspectionLine line;
    line.inspection = inspection;
    line.body_name = unit_name(call, inspection.unit_id);
    line.object_name = object_name(call, inspection.object_unit_id, inspection.object_member_id);
    line.object_unit_name = unit_name(call, inspection.object_unit_id);
    line.phase = phase_of(inspection, written(papers));
    line.due_on = due_on(inspection, line.phase);
    line.is_late = line.due_on && *line.due_on < call.today;
    line.papers_written = static_cast<std::int64_t>(papers.size());
    line.may_open = is_readable(call, inspection);
    if (!line.may_open) line.inspection.content = line.inspection.method = line.inspection.cancel_reason = "";
    return line;
}

ProgrammeEntry entry_of(const Call& call, const ProgrammeLine& line) {
    ProgrammeEntry entry;
    entry.line = line;
    entry.object_name = object_name(call, line.object_unit_id, line.object_member_id);
    entry.object_unit_name = unit_name(call, line.object_unit_id);
    if (const auto inspection = inspection_of_line(call.db, line.id)) {
        entry.inspection_id = inspection->id;
        entry.phase = phase_of(*inspection, written(papers_of(call.db, inspection->id)));
    } else entry.is_late = is_late(line, call.today);
    return entry;
}

InspectionRecord show(const Call& call, const InspectionKey& request) {
    const Inspection inspection = get_readable(call, request.inspection_id);
    const bool inspects = is_inspecting(call, inspection);
    InspectionRecord record;
    record.line = line_of(call, inspection);
    record.team = team_of(call.db, inspection.id);
    record.papers = readable_papers(call, inspection);
    record.findings = findings::findings_of_source(call, findings::SourceKind::inspection,
                                                   findings::SourceId{inspection.id.number});
    record.answers = answers_of(call.db, inspection.id);
    record.is_object = is_object(call, inspection) && !inspects;
    const bool is_open = !inspection.closed_on && !inspection.cancelled_on;
    record.may_write = inspects && is_open;
    const auto numbers = written(papers_of(call.db, inspection.id));
    bool is_complete = inspection.told_on.has_value();
    for (std::int64_t number = 1; number <= paper_count; ++number)
        if (is_needed(number) && !numbers.contains(number)) is_complete = false;
    const bool decides = is_deciding(call, inspection.unit_id);
    record.may_close = decides && is_complete && is_open;
    record.may_cancel = decides && is_open && !has_found(call, inspection);
    record.may_answer = record.is_object;
    return record;
}

Programme show_programme(const Call& call, const ShowProgramme& request) {
    call.tree->get(request.unit_id);
    const std::int64_t year = request.year.value_or(static_cast<int>(call.today.year()));
    Programme programme;
    programme.may_plan = is_deciding(call, request.unit_id);
    if (!programme.may_plan) call.require("inspections.read", request.unit_id);
    for (const ProgrammeLine& line : lines_of(call.db, request.unit_id, year))
        if (programme.may_plan || !line.object_member_id) programme.entries.push_back(entry_of(call, line));
    return programme;
}

InspectionList list(const Call& call, const ListInspections& request) {
    return lines_of(call, list_inspections(call.db, request));
}

InspectionList list_mine(const Call& call) {
    InspectionList answer;
    for (const Inspection& inspection :
         inspections_of_person(call.db, call.actor.account_id, call.actor.member_id, call.actor.home_unit_id))
        if (is_readable(call, inspection)) answer.inspections.push_back(line_of(call, inspection));
    return answer;
}

Candidates list_candidates(const Call& call, const ListCandidates& request, const Setting& setting) {
    if (!is_deciding(call, request.unit_id))
        throw Refusal(Reason::forbidden, Problem{"", "platform.forbidden"});
    call.tree->get(request.object_unit_id, "object_unit_id");
    return {setting.candidates(call, request.unit_id, request.object_unit_id)};
}

UnitId require_reader(const Call& call, InspectionId inspection_id) {
    return get_inspecting(call, inspection_id).object_unit_id;
}

UnitId require_writer(const Call& call, InspectionId inspection_id) {
    const Inspection inspection = get_inspecting(call, inspection_id);
    if (inspection.closed_on) throw Refusal(Reason::conflict, Problem{"", "inspections.is_closed"});
    if (inspection.cancelled_on) throw Refusal(Reason::conflict, Problem{"", "inspections.is_cancelled"});
    return inspection.object_unit_id;
}

}  // namespace gw::inspections
