#include "spreadsheets/spreadsheets.h"

#include "platform/csv.h"

namespace gw::spreadsheets {

namespace {

std::string text_of(const Decimal& decimal) {
    std::string text = std::to_string(decimal.number < 0 ? -decimal.number : decimal.number);
    const auto digits = static_cast<std::size_t>(decimal.digits);
    if (text.size() <= digits) text.insert(0, digits + 1 - text.size(), '0');
    if (digits > 0) text.insert(text.size() - digits, ".");
    return decimal.number < 0 ? "-" + text : text;
}

struct AsText {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(const Decimal& decimal) const { return text_of(decimal); }
    std::string operator()(const Date& day) const { return to_text(day); }
};

}  // namespace

std::string csv_of(const Table& table) {
    CsvText csv;
    std::vector<std::string_view> views(table.headings.begin(), table.headings.end());
    csv.add_row(views);
    std::vector<std::string> texts;
    for (const std::vector<Cell>& row : table.rows) {
        texts.clear();
        for (const Cell& cell : row) texts.push_back(std::visit(AsText(), cell));
        views.assign(texts.begin(), texts.end());
        csv.add_row(views);
    }
    return csv.take();
}

Download download_of(const Table& table, Format format) {
    if (format == Format::csv) return {table.name + ".csv", "text/csv; charset=utf-8", csv_of(table)};
    return {table.name + ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            xlsx_of(table)};
}

}  // namespace gw::spreadsheets
