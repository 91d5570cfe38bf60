#include "dashboard/attention.h"
#include "platform/router.h"

namespace gw::dashboard {

void add_routes(Router& router, Figures& figures, const findings::Setting& setting) {
    router.get(
        "/api/today", "Lists what waits for the person signed in",
        [&figures, setting](const Call& call, const Nothing&) { return today(call, figures, setting); });
    router.get("/api/units/{unit_id}/dashboard", "Shows the figures of a unit with everything below it",
               [&figures](const Call& call, const UnitKey& request) {
                   return unit_dashboard(call, request, figures);
               });
    router.get(
        "/api/units/{unit_id}/dashboard/rows", "Shows the figures of each unit directly below a unit",
        [&figures](const Call& call, const UnitKey& request) { return rows_below(call, request, figures); });
}

void add_attention_routes(Router& router, Figures& figures, const Texts& texts) {
    router.get(
        "/api/units/{unit_id}/attention",
        "Counts what needs attention in a unit with everything below it, by age",
        [&figures](const Call& call, const UnitKey& request) { return attention(call, request, figures); });
    router.get("/api/units/{unit_id}/unvisited", "Lists the cells that no working group visited for long",
               [](const Call& call, const ListUnvisited& request) { return list_unvisited(call, request); });
    spreadsheets::add_table_routes<UnitKey>(router, "/api/units/{unit_id}/unvisited",
                                            "Gives the cells that no working group visited for long",
                                            [&texts](const Call& call, const UnitKey& request) {
                                                return table_of_unvisited(call, request, texts);
                                            });
}

}  // namespace gw::dashboard
