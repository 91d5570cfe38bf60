#include "consolidation/consolidation.h"
#include "consolidation/consolidation_table.h"
#include "platform/router.h"

namespace gw::consolidation {

void add_routes(Router& router, const Setting& setting, const Texts& texts) {
    // The signs are read from the records of a year, perhaps of a whole nation.
    router
        .get("/api/consolidation", "Lists weak units with the figures that say so, and those on the list",
             [setting](const Call& call, const WithinKey& request) { return list(call, request, setting); })
        .way = Way::slow;
    spreadsheets::add_table_routes<WithinKey>(router, "/api/consolidation/table",
                                              "Gives the list of weak units",
                                              [setting, &texts](const Call& call, const WithinKey& request) {
                                                  return table(call, request, setting, texts);
                                              });
    router.post(
        "/api/consolidation", "Proposes a unit to the body above it",
        [setting](const Call& call, const ProposeUnit& request) { return propose(call, request, setting); });
    router.get("/api/consolidation_causes", "Lists causes of weakness and what is known to help",
               list_causes);
    router.post("/api/consolidation_causes", "Adds a cause", add_cause);
    router.get("/api/consolidation_survival", "Shows how many left the list, after how long and by what",
               survival);
    router.get("/api/consolidation/{case_id}", "Tells the story of a weak unit",
               [setting](const Call& call, const CaseKey& request) { return show(call, request, setting); });
    router.post(
        "/api/consolidation/{case_id}/decision", "Puts a unit on the list, or not, with a reason",
        [setting](const Call& call, const DecideCase& request) { return decide(call, request, setting); });
    router.post(
        "/api/consolidation/{case_id}/plan", "Sets causes, helper, measures and the exit test",
        [setting](const Call& call, const PlanCase& request) { return plan(call, request, setting); });
    router.post(
        "/api/consolidation/{case_id}/notes", "Notes what the helper saw this month",
        [setting](const Call& call, const ReasonedCase& request) { return note(call, request, setting); });
    router.post(
        "/api/consolidation/{case_id}/measures_done", "Reports a measure as done, with its result",
        [setting](const Call& call, const ReportMeasure& request) { return report(call, request, setting); });
    router.post("/api/consolidation/{case_id}/acceptances", "Accepts an item of the exit test",
                [setting](const Call& call, const AcceptCondition& request) {
                    return accept(call, request, setting);
                });
    router.post(
        "/api/consolidation/{case_id}/leaving", "Lets a unit leave the list; the watch begins",
        [setting](const Call& call, const ReasonedCase& request) { return leave(call, request, setting); });
    router.post(
        "/api/consolidation/{case_id}/relapse", "Puts a watched unit back on the list",
        [setting](const Call& call, const ReasonedCase& request) { return relapse(call, request, setting); });
}

}  // namespace gw::consolidation
