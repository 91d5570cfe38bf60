#include "findings/findings.h"
#include "findings/findings_table.h"
#include "platform/router.h"

namespace gw::findings {

void add_routes(Router& router, Setting setting, const Texts& texts) {
    router.get("/api/findings", "Lists findings by due day, gravity or age", list);
    spreadsheets::add_table_routes<ListFindings>(
        router, "/api/findings/table", "Gives the register of findings",
        [&texts](const Call& call, const ListFindings& request) { return table(call, request, texts); });
    router.get("/api/my_findings", "Lists findings about the reader or theirs to remedy",
               [](const Call& call, const Nothing&) { return list_mine(call); });
    router.get(
        "/api/findings/{finding_id}", "Shows a finding with its steps and what the reader may do",
        [setting](const Call& call, const FindingKey& request) { return show(call, request, setting); });
    router.post("/api/findings/{finding_id}/remedy", "Says that a finding is remedied", report_remedied);
    router.post(
        "/api/findings/{finding_id}/closing", "Closes a remedied finding after a check of the effect",
        [setting](const Call& call, const CloseFinding& request) { return close(call, request, setting); });
    router.post("/api/findings/{finding_id}/reopening", "Opens a finding again: no effect, or it came back",
                reopen);
    router.post(
        "/api/findings/{finding_id}/answers", "Keeps what those concerned say to a finding",
        [setting](const Call& call, const AnswerFinding& request) { return answer(call, request, setting); });
}

}  // namespace gw::findings
