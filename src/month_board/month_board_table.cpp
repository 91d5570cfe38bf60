#include "month_board/month_board_table.h"

#include "platform/csv.h"
#include "platform/texts/texts.h"

namespace gw::month_board {

namespace {

constexpr std::int64_t cells_at_once = 5000;

// 873 thousandths as "87.3": the same in every language, so that a spreadsheet reads a number.
std::string percent(const std::optional<std::int64_t>& share) {
    return share ? std::to_string(*share / 10) + "." + std::to_string(*share % 10) : "";
}

}  // namespace

Download table_as_csv(const Call& call, ListCells request, Months& months, const Texts& texts) {
    const auto text = [&](const std::string& key) { return texts.text(call.language, "month_board." + key); };
    const auto yes_or_no = [&](const std::optional<bool>& answer) {
        return !answer ? std::string() : text(*answer ? "yes" : "no");
    };
    const auto day = [](const std::optional<Date>& day) { return day ? to_text(*day) : std::string(); };
    CsvText csv;
    csv.add_row({text("cell"), text("above"), text("state"), text("day"), text("full_members"), text("score"),
                 text("last_score"), text("similar_score"), text("topic_this_quarter"), text("resolution"),
                 text("item_count"), text("published_in_time"), text("urged_on")});
    request.limit = cells_at_once;
    for (;;) {
        const CellPage page = list_cells(call, request, months);
        for (const CellMonth& cell : page.cells) {
            const std::string state =
                cell.why ? text("why." + to_text(*cell.why)) : text("state." + to_text(cell.state));
            csv.add_row({cell.name, cell.above_name, state, day(cell.day), std::to_string(cell.full_members),
                         percent(cell.share), percent(cell.last_share), percent(cell.similar_share),
                         yes_or_no(cell.topic_on.has_value()), cell.resolution_title,
                         cell.resolution_id ? std::to_string(cell.item_count) : "",
                         yes_or_no(cell.is_published_in_time), day(cell.urged_on)});
        }
        if (!page.next) break;
        request.after = page.next;
    }
    return {text("table_file") + ".csv", "text/csv; charset=utf-8", csv.take()};
}

}  // namespace gw::month_board
