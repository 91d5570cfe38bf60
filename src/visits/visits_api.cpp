#include "platform/router.h"
#include "visits/advice_table.h"
#include "visits/visits.h"

namespace gw::visits {

void add_routes(Router& router, const Texts& texts) {
    add_order_routes(router);
    router.get("/api/units/{unit_id}/visits", "Lists the visits to a unit with their advice and findings",
               list_of_unit);
    router.post("/api/units/{unit_id}/visits", "Records a visit with its advice and findings", record);
    router.get("/api/visits/{visit_id}", "Shows a visit", show);
    router.get("/api/advice_items", "Lists advice by the day somebody looks again", list_advice);
    spreadsheets::add_table_routes<ListAdvice>(router, "/api/advice_items/table",
                                               "Gives the register of advice",
                                               [&texts](const Call& call, const ListAdvice& request) {
                                                   return table_of_advice(call, request, texts);
                                               });
    router.post("/api/advice_items/{advice_item_id}/confirmation",
                "Confirms from outside what answered advice changed", confirm);
    router.post("/api/advice_items/{advice_item_id}/withdrawal", "Withdraws advice, with a reason", withdraw);
    router.post("/api/advice_items/{advice_item_id}/refusal", "Says why a unit does not follow advice",
                refuse_advice);
    router.post("/api/advice_items/{advice_item_id}/refusal_reply",
                "Accepts the refusal of advice, or keeps the advice open", reply_to_refusal);
}

}  // namespace gw::visits
