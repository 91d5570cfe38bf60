#include "platform/router.h"
#include "visits/plans.h"

namespace gw::visits {

void add_plan_routes(Router& router, PlanSetting setting) {
    // It changes nothing, and may gather the figures of a whole nation.
    router
        .post("/api/visit_plans", "Plans whom to visit and by which team, without ordering anything",
              [setting](const Call& call, const PlanVisits& request) {
                  return plan_visits(call, request, setting);
              })
        .way = Way::slow;
    router.post("/api/visit_plans/orders", "Sends out the working groups of a plan",
                [setting](const Call& call, const OrderPlannedVisits& request) {
                    return order_planned_visits(call, request, setting);
                });
    router
        .get("/api/units/{unit_id}/visit_effect",
             "Compares units that were visited with similar ones that were not", effect_of_visits)
        .way = Way::slow;
}

}  // namespace gw::visits
