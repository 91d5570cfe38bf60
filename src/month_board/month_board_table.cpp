#include "month_board/month_board_table.h"

#include "platform/texts/texts.h"

namespace gw::month_board {

namespace {

constexpr std::int64_t cells_at_once = 5000;

// 873 thousandths as 87.3.
spreadsheets::Cell percent(const std::optional<std::int64_t>& share) {
    return share ? spreadsheets::Cell(spreadsheets::Decimal{*share, 1}) : spreadsheets::Cell();
}

}  // namespace

spreadsheets::Table table_of_cells(const Call& call, ListCells request, Months& months, const Texts& texts) {
    const auto text = [&](const std::string& key) { return texts.text(call.language, "month_board." + key); };
    const auto yes_or_no = [&](const std::optional<bool>& answer) {
        return !answer ? std::string() : text(*answer ? "yes" : "no");
    };
    spreadsheets::Table table{
        text("table_file"),
        {text("cell"), text("above"), text("state"), text("day"), text("full_members"), text("score"),
         text("last_score"), text("similar_score"), text("topic_this_quarter"), text("resolution"),
         text("item_count"), text("published_in_time"), text("urged_on")},
        {}};
    request.limit = cells_at_once;
    for (;;) {
        const CellPage page = list_cells(call, request, months);
        for (const CellMonth& cell : page.cells) {
            const std::string state =
                cell.why ? text("why." + to_text(*cell.why)) : text("state." + to_text(cell.state));
            table.rows.push_back(
                {cell.name, cell.above_name, state, spreadsheets::cell_of(cell.day), cell.full_members,
                 percent(cell.share), percent(cell.last_share), percent(cell.similar_share),
                 yes_or_no(cell.topic_on.has_value()), cell.resolution_title,
                 cell.resolution_id ? spreadsheets::Cell(cell.item_count) : spreadsheets::Cell(),
                 yes_or_no(cell.is_published_in_time), spreadsheets::cell_of(cell.urged_on)});
        }
        if (!page.next) break;
        request.after = page.next;
    }
    return table;
}

}  // namespace gw::month_board
