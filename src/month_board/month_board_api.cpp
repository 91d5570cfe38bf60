#include "month_board/month_board_table.h"

namespace gw::month_board {

void add_routes(Router& router, Months& months, const Texts& texts, TellUrged tell) {
    const std::string board = "/api/units/{unit_id}/month_board";
    router.get(
        board, "Shows how the cells below a unit stand in a month, with totals of each unit directly below",
        [&months](const Call& call, const ShowBoard& request) { return show_board(call, request, months); });
    router.get(
        board + "/cells", "Lists the cells below a unit with what is known of their month",
        [&months](const Call& call, const ListCells& request) { return list_cells(call, request, months); });
    router
        .get(board + "/table.csv", "Gives the cells of a month as a table",
             [&months, &texts](const Call& call, const ListCells& request) {
                 return table_as_csv(call, request, months, texts);
             })
        .way = Way::slow;
    router.get(board + "/urging", "Lists whom urging the late cells would reach now",
               [&months](const Call& call, const ShowBoard& request) {
                   return preview_urging(call, request, months);
               });
    router.post(board + "/urging", "Urges late cells, each at most once a week",
                [&months, tell = std::move(tell)](const Call& call, const UrgeCells& request) {
                    return urge_cells(call, request, months, tell);
                });
    router.get("/api/units/{unit_id}/urges", "Lists when a unit was urged, and by whom", urges_of);
}

}  // namespace gw::month_board
