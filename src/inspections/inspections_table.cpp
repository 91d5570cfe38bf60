#include "inspections/inspections_table.h"

#include "platform/texts/texts.h"

namespace gw::inspections {

namespace {

struct Words {
    const Call& call;
    const Texts& texts;

    std::string operator()(const std::string& key) const {
        return texts.text(call.language, "inspections." + key);
    }
    std::string kind(Kind kind) const { return (*this)("print.kind_" + to_text(kind)); }
    std::string whom(const std::optional<MemberId>& member_id) const {
        return (*this)(member_id ? "table.member" : "table.unit");
    }
    std::string late(bool is_late) const { return is_late ? (*this)("table.is_late") : std::string(); }
};

}  // namespace

spreadsheets::Table table(const Call& call, const ListInspections& request, const Texts& texts) {
    const Words text{call, texts};
    spreadsheets::Table table{
        text("table.file"),
        {text("table.theme"), text("print.kind"), text("table.body"), text("table.object_unit"),
         text("table.whom"), text("print.decision"), text("table.decided_on"), text("table.phase"),
         text("table.papers"), text("table.due_on"), text("table.told_on"), text("table.closed_on"),
         text("table.late")},
        {}};
    for (const InspectionLine& line : list(call, request).inspections) {
        const Inspection& inspection = line.inspection;
        table.rows.push_back({inspection.theme, text.kind(inspection.kind), line.body_name,
                              line.object_unit_name, text.whom(inspection.object_member_id),
                              inspection.decision_number, inspection.decided_on,
                              text("table.phase_" + to_text(line.phase)), line.papers_written,
                              spreadsheets::cell_of(line.due_on), spreadsheets::cell_of(inspection.told_on),
                              spreadsheets::cell_of(inspection.closed_on), text.late(line.is_late)});
    }
    return table;
}

spreadsheets::Table table_of_programme(const Call& call, const ShowProgramme& request, const Texts& texts) {
    const Words text{call, texts};
    spreadsheets::Table table{
        text("table.programme_file"),
        {text("table.year"), text("table.month"), text("table.theme"), text("print.kind"),
         text("table.object_unit"), text("table.whom"), text("table.phase"), text("table.late")},
        {}};
    for (const ProgrammeEntry& entry : show_programme(call, request).entries)
        table.rows.push_back(
            {entry.line.year, entry.line.month, entry.line.theme, text.kind(entry.line.kind),
             entry.object_unit_name, text.whom(entry.line.object_member_id),
             text(entry.phase ? "table.phase_" + to_text(*entry.phase) : std::string("table.not_decided")),
             text.late(entry.is_late)});
    return table;
}

}  // namespace gw::inspections
