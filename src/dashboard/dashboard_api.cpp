#include "dashboard/dashboard.h"
#include "platform/router.h"

namespace gw::dashboard {

void add_routes(Router& router, Figures& figures) {
    router.get("/api/today", "Lists what waits for the person signed in",
               [&figures](const Call& call, const Nothing&) { return today(call, figures); });
    router.get("/api/units/{unit_id}/dashboard", "Shows the figures of a unit with everything below it",
               [&figures](const Call& call, const UnitKey& request) {
                   return unit_dashboard(call, request, figures);
               });
    router.get(
        "/api/units/{unit_id}/dashboard/rows", "Shows the figures of each unit directly below a unit",
        [&figures](const Call& call, const UnitKey& request) { return rows_below(call, request, figures); });
}

}  // namespace gw::dashboard
