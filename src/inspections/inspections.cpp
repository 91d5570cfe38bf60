#include "inspections/inspections.h"

#include <algorithm>

#include "inspections/citable_rules.h"
#include "inspections/inspections_access.h"
#include "inspections/inspections_rules.h"
#include "inspections/inspections_store.h"
#include "members/members.h"
#include "organisation/tree.h"
#include "platform/checks.h"
#include "platform/db/bulk_rows.h"

namespace gw::inspections {

namespace {

void require_deciding(const Call& call, UnitId body) {
    call.tree->get(body);
    if (!is_deciding(call, body)) throw Refusal(Reason::forbidden, Problem{"", "platform.forbidden"});
}

// A body inspects what stands below it, and no member of another unit.
void check_object(const Call& call, UnitId body, UnitId object, const std::optional<MemberId>& member_id,
                  Problems& problems) {
    const auto position = call.tree->find(object);
    if (!position || object == body ||
        !call.tree->is_within(*position, call.tree->reach(call.tree->get(body))))
        problems.push_back({"object_unit_id", "inspections.object_elsewhere"});
    if (!member_id) return;
    const auto member = members::find_member(call.db, *member_id);
    if (!member || member->unit_id != object)
        problems.push_back({"object_member_id", "inspections.member_elsewhere"});
}

std::vector<TeamPerson> team_from(const Call& call, const DecideInspection& request, const Setting& setting,
                                  Problems& problems) {
    const auto candidates = setting.candidates(call, request.unit_id, request.object_unit_id);
    std::vector<TeamPerson> team;
    for (std::size_t i = 0; i < request.team.size(); ++i) {
        const TeamChoice& choice = request.team[i];
        const auto found = std::find_if(candidates.begin(), candidates.end(), [&](const Candidate& each) {
            return each.account_id == choice.account_id;
        });
        if (found == candidates.end())
            problems.push_back({"team/" + std::to_string(i) + "/account_id", "inspections.cannot_inspect"});
        else team.push_back({choice.account_id, found->full_name, choice.part, choice.duty.value_or("")});
    }
    return team;
}

// Whom an inspection is about stays out of the trail, which others read.
void note_change(const Call& call, const Inspection& inspection, std::string_view action) {
    call.record(action, inspection.id, inspection.unit_id);
    call.announce("inspections", inspection.unit_id);
}

void require_open(const Inspection& inspection) {
    if (inspection.closed_on) throw Refusal(Reason::conflict, Problem{"", "inspections.is_closed"});
    if (inspection.cancelled_on) throw Refusal(Reason::conflict, Problem{"", "inspections.is_cancelled"});
}

const Paper* paper_of(const std::vector<Paper>& papers, std::int64_t number) {
    const auto found =
        std::find_if(papers.begin(), papers.end(), [&](const Paper& each) { return each.number == number; });
    return found == papers.end() ? nullptr : &*found;
}

}  // namespace

ProgrammeEntry plan_line(const Call& call, const PlanLine& request) {
    require_deciding(call, request.unit_id);
    Problems problems = problems_in(request);
    check_object(call, request.unit_id, request.object_unit_id, request.object_member_id, problems);
    refuse_if(problems);
    if (request.id && find_line(call.db, *request.id))
        throw Refusal(Reason::conflict, Problem{"id", "inspections.id_taken"});

    ProgrammeLine line;
    line.id = request.id ? *request.id : call.new_id<ProgrammeLineId>();
    line.unit_id = request.unit_id;
    line.year = request.year;
    line.month = request.month;
    line.kind = request.kind;
    line.object_unit_id = request.object_unit_id;
    line.object_member_id = request.object_member_id;
    line.theme = request.theme;
    line.planned_by = call.actor.account_id;
    line.planned_at = call.now;
    call.db.insert("inspection_programme_lines", line);
    call.record("inspection.planned", line.id, line.unit_id);
    call.announce("inspections", line.unit_id);
    return entry_of(call, line);
}

ProgrammeLine remove_line(const Call& call, const LineKey& request) {
    const auto line = find_line(call.db, request.line_id);
    if (!line || !is_deciding(call, line->unit_id)) refuse_unknown("line_id");
    if (inspection_of_line(call.db, line->id))
        throw Refusal(Reason::conflict, Problem{"", "inspections.line_is_used"});
    delete_line(call.db, line->id);
    call.record("inspection.plan_removed", line->id, line->unit_id);
    call.announce("inspections", line->unit_id);
    return *line;
}

InspectionRecord decide(const Call& call, const DecideInspection& request, const Setting& setting) {
    require_deciding(call, request.unit_id);
    if (request.id && find_inspection(call.db, *request.id))
        throw Refusal(Reason::conflict, Problem{"id", "inspections.id_taken"});
    Problems problems = problems_in(request, call.today);
    check_object(call, request.unit_id, request.object_unit_id, request.object_member_id, problems);
    const std::vector<TeamPerson> team = team_from(call, request, setting, problems);
    if (request.line_id) {
        const auto line = find_line(call.db, *request.line_id);
        if (!line || line->unit_id != request.unit_id || line->object_unit_id != request.object_unit_id ||
            line->object_member_id != request.object_member_id)
            problems.push_back({"line_id", "inspections.another_line"});
    }
    refuse_if(problems);
    if (request.line_id && inspection_of_line(call.db, *request.line_id))
        throw Refusal(Reason::conflict, Problem{"line_id", "inspections.line_is_used"});

    Inspection inspection;
    inspection.id = request.id ? *request.id : call.new_id<InspectionId>();
    inspection.unit_id = request.unit_id;
    inspection.line_id = request.line_id;
    inspection.kind = request.kind;
    inspection.object_unit_id = request.object_unit_id;
    inspection.object_member_id = request.object_member_id;
    inspection.theme = request.theme;
    inspection.content = request.content;
    inspection.method = request.method.value_or("");
    inspection.period_from = request.period_from;
    inspection.period_until = request.period_until;
    inspection.decision_number = request.decision_number;
    inspection.decided_on = request.decided_on.value_or(call.today);
    const auto after = [&](int days) { return date_of(day_number(inspection.decided_on) + days); };
    inspection.prepare_by = after(setting.days_to_prepare);
    inspection.conduct_by = after(setting.days_to_conduct);
    inspection.close_by = after(setting.days_to_close);
    inspection.decided_by = call.actor.account_id;
    inspection.decided_at = call.now;
    call.db.insert("inspections", inspection);
    add_team(call, inspection.id, team);
    note_change(call, inspection, "inspection.decided");
    return show(call, {inspection.id});
}

InspectionRecord write_paper(const Call& call, const WritePaper& request) {
    const Inspection inspection = get_readable(call, request.inspection_id);
    if (!is_inspecting(call, inspection) && request.number != own_report)
        throw Refusal(Reason::forbidden, Problem{"", "platform.forbidden"});
    require_open(inspection);
    const Date day = request.day.value_or(call.today);
    Problems problems;
    if (request.number < 1 || request.number > paper_count)
        problems.push_back({"number", "inspections.no_such_paper"});
    check_text(problems, "text", request.text, longest_paragraph);
    check_past_day(problems, "day", day, call.today);
    if (day < inspection.decided_on) problems.push_back({"day", "inspections.before_the_decision"});
    refuse_if(problems);
    const std::vector<Paper> papers = papers_of(call.db, inspection.id);
    for (std::int64_t number = 1; number <= 8; ++number)
        if (is_needed(number) && phase_of(number) < phase_of(request.number) && !paper_of(papers, number))
            throw Refusal(
                Reason::conflict,
                Problem{"number", "inspections.earlier_paper_missing", {{"number", std::to_string(number)}}});
    const Paper* there = paper_of(papers, request.number);
    if (there && there->delivered_on)
        throw Refusal(Reason::conflict, Problem{"number", "inspections.was_delivered"});

    Paper paper = there ? *there : Paper{};
    paper.text = request.text;
    paper.day = day;
    paper.written_by = call.actor.account_id;
    paper.written_by_name = call.actor.name;
    paper.written_at = call.now;
    if (there) call.db.update("inspection_papers", paper);
    else {
        paper.id = call.new_id<InspectionPaperId>();
        paper.inspection_id = inspection.id;
        paper.number = request.number;
        call.db.insert("inspection_papers", paper);
    }
    note_change(call, inspection, "inspection.paper_written");
    return show(call, {inspection.id});
}

InspectionRecord deliver(const Call& call, const PaperKey& request) {
    Inspection inspection = get_inspecting(call, request.inspection_id);
    require_open(inspection);
    const std::vector<Paper> papers = papers_of(call.db, inspection.id);
    const Paper* there = paper_of(papers, request.number);
    if (!there) throw Refusal(Reason::conflict, Problem{"number", "inspections.not_written"});
    if (!is_for_object(request.number))
        throw Refusal(Reason::conflict, Problem{"number", "inspections.stays_inside"});
    if (there->delivered_on) throw Refusal(Reason::conflict, Problem{"number", "inspections.was_delivered"});

    Paper paper = *there;
    paper.delivered_on = call.today;
    call.db.update("inspection_papers", paper);
    if (request.number == conclusion) {
        inspection.told_on = call.today;
        call.db.update("inspections", inspection);
        findings::tell(call, findings::SourceKind::inspection, findings::SourceId{inspection.id.number});
    }
    note_change(call, inspection, "inspection.paper_delivered");
    return show(call, {inspection.id});
}

InspectionRecord note_findings(const Call& call, const NoteFindings& request, const Setting& setting) {
    const Inspection inspection = get_inspecting(call, request.inspection_id);
    require_open(inspection);
    if (inspection.told_on) throw Refusal(Reason::conflict, Problem{"", "inspections.was_concluded"});
    findings::Source source;
    source.kind = findings::SourceKind::inspection;
    source.id = findings::SourceId{inspection.id.number};
    source.name = inspection.theme;
    source.unit_id = inspection.object_unit_id;
    source.day = call.today;
    source.deciding_unit_id = inspection.unit_id;
    for (const TeamPerson& person : team_of(call.db, inspection.id))
        source.inspectors.push_back(person.account_id);
    // What is found in the inspection of a member is about that member.
    std::vector<findings::FindingToNote> notes = request.findings;
    for (findings::FindingToNote& note : notes)
        if (inspection.object_member_id) {
            note.about_member_id = inspection.object_member_id;
            if (!note.owner_member_id) note.owner_member_id = inspection.object_member_id;
        }
    Problems problems = findings::problems_in(call, source, notes, "findings/");
    for (const Problem& problem : problems_in_rules(call, notes, setting)) problems.push_back(problem);
    refuse_if(problems);
    const Problems taken = findings::taken_ids(call.db, notes, "findings/");
    if (!taken.empty()) throw Refusal(Reason::conflict, taken);
    findings::note(call, source, notes);
    note_change(call, inspection, "inspection.findings_noted");
    return show(call, {inspection.id});
}

InspectionRecord close(const Call& call, const InspectionKey& request) {
    Inspection inspection = get_readable(call, request.inspection_id);
    if (!is_deciding(call, inspection.unit_id))
        throw Refusal(Reason::forbidden, Problem{"", "platform.forbidden"});
    require_open(inspection);
    const std::vector<Paper> papers = papers_of(call.db, inspection.id);
    for (std::int64_t number = 1; number <= paper_count; ++number)
        if (is_needed(number) && !paper_of(papers, number))
            throw Refusal(
                Reason::conflict,
                Problem{"", "inspections.earlier_paper_missing", {{"number", std::to_string(number)}}});
    if (!inspection.told_on) throw Refusal(Reason::conflict, Problem{"", "inspections.not_told"});

    inspection.closed_on = call.today;
    call.db.update("inspections", inspection);
    note_change(call, inspection, "inspection.closed");
    return show(call, {inspection.id});
}

InspectionRecord cancel(const Call& call, const CancelInspection& request) {
    Inspection inspection = get_readable(call, request.inspection_id);
    if (!is_deciding(call, inspection.unit_id))
        throw Refusal(Reason::forbidden, Problem{"", "platform.forbidden"});
    require_open(inspection);
    if (has_found(call, inspection)) throw Refusal(Reason::conflict, Problem{"", "inspections.has_found"});
    Problems problems;
    check_text(problems, "reason", request.reason, longest_paragraph);
    refuse_if(problems);

    inspection.cancelled_on = call.today;
    inspection.cancel_reason = request.reason;
    call.db.update("inspections", inspection);
    note_change(call, inspection, "inspection.cancelled");
    return show(call, {inspection.id});
}

InspectionRecord answer(const Call& call, const AnswerInspection& request) {
    const Inspection inspection = get_readable(call, request.inspection_id);
    if (!is_object(call, inspection) || is_inspecting(call, inspection))
        throw Refusal(Reason::forbidden, Problem{"", "platform.forbidden"});
    Problems problems;
    check_text(problems, "text", request.text, longest_paragraph);
    refuse_if(problems);
    const std::int64_t number = request.paper_number.value_or(0);
    const std::vector<Paper> papers = papers_of(call.db, inspection.id);
    const Paper* paper = paper_of(papers, number);
    if (number != 0 && (!paper || !paper->delivered_on))
        throw Refusal(Reason::conflict, Problem{"paper_number", "inspections.not_delivered"});

    Answer said;
    said.id = call.new_id<InspectionAnswerId>();
    said.inspection_id = inspection.id;
    said.paper_number = number;
    said.text = request.text;
    said.said_by = call.actor.account_id;
    said.said_by_name = call.actor.name;
    said.said_at = call.now;
    call.db.insert("inspection_answers", said);
    note_change(call, inspection, "inspection.answered");
    return show(call, {inspection.id});
}

std::int64_t urge_late(const Call& call, const Setting& setting) {
    std::int64_t told = 0;
    for (const Inspection& inspection : open_inspections(call.db)) {
        const InspectionLine line = line_of(call, inspection);
        if (!line.is_late || !note_urged(call.db, inspection.id, line.phase, call.today)) continue;
        std::vector<AccountId> team;
        for (const TeamPerson& person : team_of(call.db, inspection.id)) team.push_back(person.account_id);
        if (setting.tell_late) setting.tell_late(call, inspection, line.phase, *line.due_on, team);
        note_change(call, inspection, "inspection.urged");
        ++told;
    }
    return told;
}

void add_inspections(const Call& call, std::span<const ProgrammeLine> lines,
                     std::span<const Inspection> inspections, std::span<const Paper> papers) {
    add_rows(call.db, "inspection_programme_lines", lines);
    add_rows(call.db, "inspections", inspections);
    add_rows(call.db, "inspection_papers", papers);
}

void add_team(const Call& call, InspectionId inspection_id, std::span<const TeamPerson> team) {
    for (const TeamPerson& person : team) keep_team(call.db, inspection_id, person);
}

}  // namespace gw::inspections
