#include "obstacles/obstacles.h"
#include "obstacles/obstacles_table.h"
#include "platform/router.h"

namespace gw::obstacles {

void add_routes(Router& router, Setting setting, const Texts& texts) {
    router.get("/api/obstacles", "Lists the obstacles of a unit, or of all that one may read", list);
    spreadsheets::add_table_routes<ListObstacles>(
        router, "/api/obstacles/table", "Gives the list of obstacles",
        [&texts](const Call& call, const ListObstacles& request) { return table(call, request, texts); });
    router.post(
        "/api/obstacles", "Raises what a unit cannot solve itself",
        [setting](const Call& call, const RaiseObstacle& request) { return raise(call, request, setting); });
    router.get("/api/obstacles/{obstacle_id}", "Tells the story of an obstacle", show);
    router.post("/api/obstacles/{obstacle_id}/answer", "Solves an obstacle, answers it or passes it up",
                [setting](const Call& call, const AnswerObstacle& request) {
                    return answer(call, request, setting);
                });
    router.post("/api/obstacles/{obstacle_id}/confirmation",
                "Says for the unit that it is gone, or that the answer is taken though it remains",
                [setting](const Call& call, const ConfirmObstacle& request) {
                    return confirm(call, request, setting);
                });
    router.post("/api/obstacles/{obstacle_id}/reopening", "Asks again, with a reason",
                [setting](const Call& call, const ReasonedObstacle& request) {
                    return reopen(call, request, setting);
                });
    router.post("/api/obstacles/{obstacle_id}/withdrawal", "Takes an obstacle back, with a reason",
                [setting](const Call& call, const ReasonedObstacle& request) {
                    return withdraw(call, request, setting);
                });
    router.get("/api/units/{unit_id}/obstacles_held",
               "Lists what a body owes an answer to, and what is alike", held);
    spreadsheets::add_table_routes<HolderKey>(
        router, "/api/units/{unit_id}/obstacles_held", "Gives what a body owes an answer to",
        [&texts](const Call& call, const HolderKey& request) { return table_of_held(call, request, texts); });
    router.get("/api/units/{unit_id}/obstacle_board", "Shows how fast the bodies below answer and remove",
               board);
    spreadsheets::add_table_routes<HolderKey>(router, "/api/units/{unit_id}/obstacle_board",
                                              "Gives the board",
                                              [&texts](const Call& call, const HolderKey& request) {
                                                  return table_of_board(call, request, texts);
                                              });
    router.post("/api/units/{unit_id}/obstacle_cases", "Puts obstacles side by side as one case", join);
    router.get("/api/obstacle_cases/{case_id}", "Shows the obstacles of a case side by side", show_case);
    router.post("/api/obstacle_cases/{case_id}/answer", "Gives one answer to all of a case that a body holds",
                [setting](const Call& call, const AnswerCase& request) {
                    return answer_case(call, request, setting);
                });
    router.post("/api/obstacle_cases/{case_id}/leaving", "Takes an obstacle out of a case", leave_case);
}

}  // namespace gw::obstacles
