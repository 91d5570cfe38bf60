#include "directives/directives_table.h"

#include "directives/directives_parts.h"
#include "platform/texts/texts.h"

namespace gw::directives {

spreadsheets::Table table(const Call& call, const ProgressKey& request, const Setting& setting,
                          const Texts& texts) {
    const auto text = [&](const std::string& key) { return texts.text(call.language, "directives." + key); };
    const Directive directive = get_readable(call, request.directive_id, "directive_id");
    spreadsheets::Table table{text("table_file"),
                              {text("unit"), text("unit_above"), text("standing"), text("answered_on"),
                               text("late_days"), text("tasks"), text("tasks_done"), text("items"),
                               text("items_done"), text("urged_on"), text("refusal_reason")},
                              {}};
    for (const UnitStanding& unit : standings(call, directive, setting)) {
        if (request.standing && unit.standing != *request.standing) continue;
        table.rows.push_back({unit.unit_name, unit.parent_name,
                              text("standing." + (unit.is_planned ? "planned" : to_text(unit.standing))),
                              spreadsheets::cell_of(unit.answered_on), unit.late_days, unit.plan.total,
                              unit.plan.done, unit.items.total, unit.items.done,
                              spreadsheets::cell_of(unit.urged_on), unit.reason});
    }
    return table;
}

}  // namespace gw::directives
