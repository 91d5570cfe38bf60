#include "findings/findings_table.h"

#include "organisation/organisation.h"
#include "platform/texts/texts.h"

namespace gw::findings {

spreadsheets::Table table(const Call& call, const ListFindings& request, const Texts& texts) {
    const auto text = [&](const std::string& key) { return texts.text(call.language, "findings." + key); };
    spreadsheets::Table table{text("table_file"),
                              {text("fact"), text("unit"), text("gravity"), text("rule"), text("remedy"),
                               text("noted_by"), text("noted_on"), text("due_on"), text("state"),
                               text("remedied_on"), text("closed_on"), text("came_back_count"), text("late")},
                              {}};
    const auto page_of = [&](const ListFindings& page) { return list(call, page); };
    organisation::each_page(request, page_of, [&](const FindingPage& page) {
        for (const FindingLine& line : page.findings) {
            const Finding& finding = line.finding;
            table.rows.push_back({finding.text, line.unit_name, text("gravity." + to_text(finding.gravity)),
                                  finding.rule_text, finding.remedy, line.group_name, finding.noted_on,
                                  finding.due_on, text("state." + to_text(finding.state)),
                                  spreadsheets::cell_of(finding.remedied_on),
                                  spreadsheets::cell_of(finding.closed_on), finding.came_back_count,
                                  line.is_late ? text("is_late") : std::string()});
        }
    });
    return table;
}

}  // namespace gw::findings
