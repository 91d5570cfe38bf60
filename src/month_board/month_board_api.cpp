#include "month_board/month_board_table.h"
#include "month_board/patterns.h"

namespace gw::month_board {

void add_routes(Router& router, Months& months, Patterns& patterns, const Texts& texts, TellUrged tell) {
    const std::string board = "/api/units/{unit_id}/month_board";
    router.get(
        board, "Shows how the cells below a unit stand in a month, with totals of each unit directly below",
        [&months](const Call& call, const ShowBoard& request) { return show_board(call, request, months); });
    router.get(
        board + "/cells", "Lists the cells below a unit with what is known of their month",
        [&months](const Call& call, const ListCells& request) { return list_cells(call, request, months); });
    spreadsheets::add_table_routes<ListCells>(router, board + "/table", "Gives the cells of a month",
                                              [&months, &texts](const Call& call, const ListCells& request) {
                                                  return table_of_cells(call, request, months, texts);
                                              });
    router.get(board + "/urging", "Lists whom urging the late cells would reach now",
               [&months](const Call& call, const ShowBoard& request) {
                   return preview_urging(call, request, months);
               });
    router.post(board + "/urging", "Urges late cells, each at most once a week",
                [&months, tell = std::move(tell)](const Call& call, const UrgeCells& request) {
                    return urge_cells(call, request, months, tell);
                });
    router.get("/api/units/{unit_id}/urges", "Lists when a unit was urged, and by whom", urges_of);
    router
        .get("/api/units/{unit_id}/patterns", "Lists what in the records of twelve months is worth a look",
             [&patterns](const Call& call, const UnitKey& request) {
                 return list_patterns(call, request, patterns);
             })
        .way = Way::slow;
    router.post("/api/units/{unit_id}/patterns/{kind}/answer",
                "Says something to a pattern of one's own cell",
                [&patterns](const Call& call, const SayOfPattern& request) {
                    return answer_pattern(call, request, patterns);
                });
    router.post("/api/units/{unit_id}/patterns/{kind}/closing",
                "Says that a pattern was looked at and is fine",
                [&patterns](const Call& call, const SayOfPattern& request) {
                    return close_pattern(call, request, patterns);
                });
}

}  // namespace gw::month_board
