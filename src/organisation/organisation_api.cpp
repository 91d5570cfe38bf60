#include "organisation/organisation_reading.h"

namespace gw::organisation {

void add_routes(Router& router, Trees& trees, CountPeople count_people) {
    // Tables of thousands of rows are put together apart from the threads that answer everybody.
    router
        .get(
            "/api/units", "Lists units, as of any day",
            [&trees](const Call& call, const ListUnits& request) { return read_table(call, trees, request); })
        .way = Way::slow;
    spreadsheets::add_table_routes<ListUnits>(router, "/api/units/table", "The list of units",
                                              [&trees](const Call& call, const ListUnits& request) {
                                                  return table_of_units(call, trees, request);
                                              });
    router.get(
        "/api/units/{unit_id}", "One unit with the units above it, as of any day",
        [&trees](const Call& call, const ReadUnit& request) { return read_unit(call, trees, request); });
    router.get(
        "/api/units/{unit_id}/children", "The units directly below a unit, as of any day",
        [&trees](const Call& call, const ReadUnit& request) { return read_children(call, trees, request); });
    router.get("/api/units/{unit_id}/periods", "How a unit was called and where it stood, over time",
               read_history);
    router.get("/api/unit_kinds", "The kinds of unit and below which kinds they may stand",
               [](const Call& call, const Nothing&) { return read_kinds(call); });
    router.post("/api/units", "Establishes a unit by a decision", establish);
    router.post("/api/units/{unit_id}/renaming", "Renames a unit by a decision", rename);
    router.post("/api/units/{unit_id}/moving", "Moves a unit below another by a decision", move);
    router.post("/api/units/{unit_id}/dissolution", "Dissolves a unit by a decision",
                [count_people = std::move(count_people)](const Call& call, const DissolveUnit& request) {
                    return dissolve(call, request, count_people);
                });
}

}  // namespace gw::organisation
