#include <algorithm>

#include "inspections/citable_rules.h"
#include "inspections/inspections.h"
#include "inspections/inspections_print.h"
#include "inspections/inspections_table.h"
#include "platform/router.h"

namespace gw::inspections {

namespace {

// What the reader may not see of the papers is not printed for them either.
Download print(const Call& call, const PrintPaper& request, const Texts& texts, const std::string& language) {
    const InspectionRecord record = show(call, {request.inspection_id});
    const auto paper = std::find_if(record.papers.begin(), record.papers.end(),
                                    [&](const Paper& each) { return each.number == request.number; });
    if (paper == record.papers.end()) refuse_unknown("number");
    const printing::Document document = compose(call, record, *paper, texts, language);
    const std::string name = "inspection_" + std::to_string(request.number);
    if (request.format == Format::docx)
        return {name + ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                printing::docx_of(document)};
    return {name + ".pdf", "application/pdf", printing::pdf_of(document)};
}

}  // namespace

void add_routes(Router& router, Setting setting, const Texts& texts, std::string language) {
    router.get("/api/units/{unit_id}/inspection_programme", "Shows whom a body inspects in a year",
               show_programme);
    spreadsheets::add_table_routes<ShowProgramme>(router, "/api/units/{unit_id}/inspection_programme",
                                                  "Gives the programme of a year",
                                                  [&texts](const Call& call, const ShowProgramme& request) {
                                                      return table_of_programme(call, request, texts);
                                                  });
    router.post("/api/units/{unit_id}/inspection_programme", "Adds a line to the programme of a body",
                plan_line);
    router.post("/api/inspection_programme_lines/{line_id}/removal", "Takes a line out of a programme",
                remove_line);
    router.get("/api/units/{unit_id}/inspection_candidates", "Lists who may inspect an object for a body",
               [setting](const Call& call, const ListCandidates& request) {
                   return list_candidates(call, request, setting);
               });
    router.get("/api/inspections", "Lists inspections by a body or of a unit", list);
    spreadsheets::add_table_routes<ListInspections>(
        router, "/api/inspections/table", "Gives the register of inspections",
        [&texts](const Call& call, const ListInspections& request) { return table(call, request, texts); });
    router.get("/api/my_inspections", "Lists inspections by the reader's teams or of the reader",
               [](const Call& call, const Nothing&) { return list_mine(call); });
    router.post("/api/units/{unit_id}/inspections", "Decides on an inspection",
                [setting](const Call& call, const DecideInspection& request) {
                    return decide(call, request, setting);
                });
    router.get("/api/inspections/{inspection_id}",
               "Shows an inspection with its papers, as the reader may see it", show);
    router.post("/api/inspections/{inspection_id}/papers/{number}", "Writes one of the twelve papers",
                write_paper);
    router.post("/api/inspections/{inspection_id}/papers/{number}/delivery", "Delivers a paper to the object",
                deliver);
    router
        .get("/api/inspections/{inspection_id}/papers/{number}/file", "Prints a paper as PDF or DOCX",
             [&texts, language](const Call& call, const PrintPaper& request) {
                 return print(call, request, texts, language);
             })
        .way = Way::slow;
    router.post("/api/inspections/{inspection_id}/findings", "Notes what an inspection found",
                [setting](const Call& call, const NoteFindings& request) {
                    return note_findings(call, request, setting);
                });
    router.get(
        "/api/inspections/{inspection_id}/rules", "Finds rules that a finding may name",
        [setting](const Call& call, const FindRules& request) { return find_rules(call, request, setting); });
    router.get("/api/inspections/{inspection_id}/earlier_findings",
               "Lists findings of the object that may have come back", earlier_findings);
    router.get("/api/rulebook_criterion", "Shows a criterion of a rulebook",
               [setting](const Call& call, const CriterionKey& request) {
                   return show_criterion(call, request, setting);
               });
    router.post("/api/inspections/{inspection_id}/answers", "Keeps what the object answers", answer);
    router.post("/api/inspections/{inspection_id}/cancelling", "Cancels an inspection, with a reason",
                cancel);
    router.post("/api/inspections/{inspection_id}/closing", "Closes an inspection whose file is complete",
                close);
}

}  // namespace gw::inspections
