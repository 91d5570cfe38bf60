#include "consolidation/consolidation_table.h"

#include "consolidation/consolidation_parts.h"
#include "platform/texts/texts.h"

namespace gw::consolidation {

namespace {

// The sentence that the page shows for a sign; the figure of a class is its year.
std::string sentence_of(const Call& call, const Sign& sign, const Texts& texts) {
    const std::string figure = std::to_string(sign.figure.value_or(0));
    return texts.text(call.language, "weak.sign_" + to_text(sign.kind),
                      {{"n", figure},
                       {"level", std::to_string(sign.level.value_or(0))},
                       {"name", sign.kind == SignKind::class_not_completed ? figure : sign.name}});
}

}  // namespace

spreadsheets::Table table(const Call& call, const WithinKey& request, const Setting& setting,
                          const Texts& texts) {
    const auto text = [&](const std::string& key) {
        return texts.text(call.language, "consolidation." + key);
    };
    spreadsheets::Table table{
        text("table_file"),
        {text("unit"), text("above"), text("state"), text("signs"), text("entered_on"), text("helper"),
         text("group"), text("measures_done"), text("measures"), text("accepted"), text("exit_conditions"),
         text("left_on"), text("watch_until"), text("relapse_count")},
        {}};
    for (const WeakUnit& unit : list_all(call, request, setting).units) {
        std::string signs;
        for (const Sign& sign : unit.signs)
            signs += (signs.empty() ? "" : "; ") + sentence_of(call, sign, texts);
        std::vector<spreadsheets::Cell> row = {unit.unit_name, unit.parent_name, {}, std::move(signs)};
        row.resize(table.headings.size());
        if (unit.on_list && unit.progress) {
            const Case& about = *unit.on_list;
            const Progress& progress = *unit.progress;
            row = {unit.unit_name,
                   unit.parent_name,
                   texts.text(call.language, "weak.state_" + to_text(about.state)),
                   row[3],
                   spreadsheets::cell_of(about.entered_on),
                   progress.helper_name,
                   about.group_name,
                   progress.measures_done,
                   progress.measures,
                   progress.accepted,
                   progress.exit_conditions,
                   spreadsheets::cell_of(about.left_on),
                   spreadsheets::cell_of(about.watch_until),
                   about.relapse_count};
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

}  // namespace gw::consolidation
