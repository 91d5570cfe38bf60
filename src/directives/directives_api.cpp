#include "directives/directives.h"
#include "directives/directives_table.h"
#include "platform/router.h"

namespace gw::directives {

void add_routes(Router& router, const Setting& setting, const Texts& texts) {
    router.get("/api/directives", "Lists the directives that reach a unit, or those it sent", list);
    router.post("/api/directives", "Sends a directive down to units below", send);
    router.get("/api/directives/{directive_id}", "Shows a directive and how many made it concrete", show);
    router.get(
        "/api/directives/{directive_id}/progress", "Lists how each unit stands to a directive",
        [setting](const Call& call, const ProgressKey& request) { return progress(call, request, setting); });
    spreadsheets::add_table_routes<ProgressKey>(
        router, "/api/directives/{directive_id}/progress", "Gives how each unit stands to a directive",
        [setting, &texts](const Call& call, const ProgressKey& request) {
            return table(call, request, setting, texts);
        });
    router.get(
        "/api/directives/{directive_id}/plan", "Shows the tasks by which a unit carries a directive out",
        [setting](const Call& call, const PlanKey& request) { return show_plan(call, request, setting); });
    router.post("/api/directives/{directive_id}/plan", "Gives tasks by which a unit carries a directive out",
                plan);
    router.post(
        "/api/directives/{directive_id}/urging", "Urges the late units, each at most once a week",
        [setting](const Call& call, const UrgeUnits& request) { return urge(call, request, setting); });
    router.post("/api/directives/{directive_id}/ending", "Takes a directive back, with a reason", end);
    router.post("/api/directives/{directive_id}/refusal",
                "Says why a unit will not make a directive concrete", refuse);
}

}  // namespace gw::directives
