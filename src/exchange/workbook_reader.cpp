#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "exchange/workbook_parts.h"
#include "platform/csv.h"
#include "platform/text.h"

namespace gw::exchange {

namespace {

constexpr std::size_t last_row = 1'048'576;  // of any Excel sheet
constexpr std::size_t most_columns_of_excel = 16'384;

[[noreturn]] void refuse_damaged() { throw UnreadableTable("exchange.damaged_workbook"); }

std::size_t whole_number(std::string_view text) {
    std::size_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc{} || end != text.data() + text.size()) refuse_damaged();
    return number;
}

// "C7" -> 2; nothing when there are no letters.
std::optional<std::size_t> column_of(std::string_view reference) {
    std::size_t column = 0;
    std::size_t letters = 0;
    for (; letters < reference.size() && reference[letters] >= 'A' && reference[letters] <= 'Z'; ++letters) {
        column = column * 26 + static_cast<std::size_t>(reference[letters] - 'A' + 1);
        if (column > most_columns_of_excel) refuse_damaged();
    }
    if (letters == 0) return std::nullopt;
    return column - 1;
}

// True when a number format shows days: it has d, m or y outside of quotes, brackets and escapes.
bool shows_days(std::string_view format) {
    bool is_quoted = false, is_bracketed = false;
    for (std::size_t i = 0; i < format.size(); ++i) {
        const char c = format[i];
        if (c == '\\') ++i;
        else if (c == '"') is_quoted = !is_quoted;
        else if (!is_quoted && c == '[') is_bracketed = true;
        else if (!is_quoted && c == ']') is_bracketed = false;
        else if (!is_quoted && !is_bracketed && std::string_view("dDmMyY").find(c) != std::string_view::npos)
            return true;
    }
    return false;
}

// Formats that are not written down in the file: 14 to 17 and 22 are days, 27 to 36 and 50 to 58 East Asian
// days.
bool is_built_in_day(std::size_t format) {
    return (format >= 14 && format <= 17) || format == 22 || (format >= 27 && format <= 36) ||
           (format >= 50 && format <= 58);
}

// 1234567 for "1.234567E6": codes that a sheet keeps as numbers.
std::string plain_number(const std::string& text) {
    constexpr double exact_until = 1e15;
    double number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc{} || end != text.data() + text.size()) return text;
    if (std::abs(number) >= exact_until || number != std::floor(number)) return text;
    return std::to_string(static_cast<std::int64_t>(number));
}

class Workbook {
public:
    Workbook(std::string_view bytes, const TableLimits& limits) : parts_(bytes, limits), limits_(limits) {
        read_sheet_names();
        if (parts_.has("xl/styles.xml")) read_styles();
        if (parts_.has("xl/sharedStrings.xml")) read_shared_texts();
    }

    void read_sheet(std::string_view wanted, const VisitRow& visit);

private:
    void read_sheet_names();
    void read_styles();
    void read_shared_texts();
    Cell cell_of(std::string_view type, std::size_t style, std::string text) const;

    WorkbookParts parts_;
    const TableLimits& limits_;
    std::vector<std::pair<std::string, std::string>> sheets_;  // name, part
    std::vector<bool> is_day_style_;
    std::vector<std::string> shared_texts_;
    bool counts_from_1904_ = false;
};

void Workbook::read_sheet_names() {
    std::map<std::string, std::string, std::less<>> part_of_relation;
    parts_.read("xl/_rels/workbook.xml.rels", {[&](std::string_view name, Attributes attributes) {
                    if (name == "Relationship")
                        part_of_relation[std::string(attributes["Id"])] = attributes["Target"];
                }});
    std::vector<std::pair<std::string, std::string>> named;
    parts_.read("xl/workbook.xml", {[&](std::string_view name, Attributes attributes) {
                    if (name == "workbookPr")
                        counts_from_1904_ = attributes["date1904"] == "1" || attributes["date1904"] == "true";
                    // r:id, beside sheetId: only the name without its prefix is "id".
                    if (name == "sheet") named.emplace_back(attributes["name"], attributes["id"]);
                }});
    for (const auto& [name, relation] : named) {
        const auto found = part_of_relation.find(relation);
        if (found == part_of_relation.end() || found->second.empty()) continue;
        const std::string& target = found->second;
        sheets_.emplace_back(name, target.front() == '/' ? target.substr(1) : "xl/" + target);
    }
    if (sheets_.empty()) refuse_damaged();
}

void Workbook::read_styles() {
    std::set<std::size_t> day_formats;
    bool is_in_cell_formats = false;
    ElementListener listener;
    listener.start = [&](std::string_view name, Attributes attributes) {
        if (name == "numFmt" && shows_days(attributes["formatCode"]))
            day_formats.insert(whole_number(attributes["numFmtId"]));
        else if (name == "cellXfs") is_in_cell_formats = true;
        else if (name == "xf" && is_in_cell_formats) {
            const std::string_view format_text = attributes["numFmtId"];
            const std::size_t format = format_text.empty() ? 0 : whole_number(format_text);
            is_day_style_.push_back(is_built_in_day(format) || day_formats.contains(format));
        }
    };
    listener.end = [&](std::string_view name) {
        if (name == "cellXfs") is_in_cell_formats = false;
    };
    parts_.read("xl/styles.xml", listener);
}

void Workbook::read_shared_texts() {
    std::string text;
    std::size_t kept_bytes = 0;
    bool is_in_text = false;
    int phonetic_depth = 0;  // readings of Japanese names, not part of the text
    ElementListener listener;
    listener.start = [&](std::string_view name, Attributes) {
        if (name == "si") text.clear();
        else if (name == "rPh") ++phonetic_depth;
        else if (name == "t") is_in_text = phonetic_depth == 0;
    };
    listener.end = [&](std::string_view name) {
        if (name == "t") is_in_text = false;
        else if (name == "rPh") --phonetic_depth;
        else if (name == "si") {
            kept_bytes += text.size() + sizeof(std::string);
            if (kept_bytes > limits_.shared_bytes) throw UnreadableTable("exchange.workbook_too_large");
            shared_texts_.push_back(text);
        }
    };
    listener.text = [&](std::string_view piece) {
        if (!is_in_text) return;
        text += piece;
        if (text.size() > limits_.shared_bytes) throw UnreadableTable("exchange.workbook_too_large");
    };
    parts_.read("xl/sharedStrings.xml", listener);
}

Cell Workbook::cell_of(std::string_view type, std::size_t style, std::string text) const {
    if (type == "s") {
        const std::size_t index = whole_number(trimmed(text));
        if (index >= shared_texts_.size()) refuse_damaged();
        text = shared_texts_[index];
    } else if (type == "b") {
        return {CellKind::truth, std::move(text)};
    } else if (type == "e") {
        return {CellKind::fault, std::move(text)};
    } else if (type == "d") {
        return {CellKind::day, text.substr(0, 10)};
    } else if (type != "str" && type != "inlineStr") {
        if (text.empty()) return {};
        if (style < is_day_style_.size() && is_day_style_[style]) {
            double serial = 0;
            std::from_chars(text.data(), text.data() + text.size(), serial);
            std::string day = day_of_serial(serial, counts_from_1904_);
            if (!day.empty()) return {CellKind::day, std::move(day)};
        }
        return {CellKind::number, plain_number(text)};
    }
    std::string shown(without_guard(trimmed(text)));
    return shown.empty() ? Cell{} : Cell{CellKind::text, std::move(shown)};
}

void Workbook::read_sheet(std::string_view wanted, const VisitRow& visit) {
    auto sheet = sheets_.begin();
    if (!wanted.empty()) {
        sheet = std::find_if(sheets_.begin(), sheets_.end(),
                             [&](const auto& known) { return folded(known.first) == folded(wanted); });
        if (sheet == sheets_.end()) {
            std::string names;
            for (const auto& known : sheets_) names += (names.empty() ? "" : ", ") + known.first;
            throw UnreadableTable("exchange.no_such_sheet",
                                  {{"sheet", std::string(wanted)}, {"sheets", names}});
        }
    }
    std::vector<Cell> cells;
    std::size_t row = 0, column = 0, filled_rows = 0, style = 0;
    std::string text, type;
    bool is_in_value = false;
    int phonetic_depth = 0;
    ElementListener listener;
    listener.start = [&](std::string_view name, Attributes attributes) {
        if (name == "row") {
            cells.clear();
            column = 0;
            row = attributes["r"].empty() ? row + 1 : whole_number(attributes["r"]);
            if (row == 0 || row > last_row) refuse_damaged();
        } else if (name == "c") {
            if (const auto given = column_of(attributes["r"])) column = *given;
            type = attributes["t"];
            style = attributes["s"].empty() ? 0 : whole_number(attributes["s"]);
            text.clear();
        } else if (name == "rPh") {
            ++phonetic_depth;
        } else if (name == "v" || name == "t") {
            is_in_value = phonetic_depth == 0;
        }
    };
    listener.end = [&](std::string_view name) {
        if (name == "v" || name == "t") {
            is_in_value = false;
        } else if (name == "rPh") {
            --phonetic_depth;
        } else if (name == "c") {
            Cell cell = text.empty() ? Cell{} : cell_of(type, style, std::move(text));
            text.clear();
            if (cell.text.size() > limits_.cell_bytes)
                throw UnreadableTable("exchange.cell_too_long",
                                      {{"bytes", std::to_string(limits_.cell_bytes)}}, row);
            if (cell.kind != CellKind::empty) {
                if (column >= limits_.columns)
                    throw UnreadableTable("exchange.too_many_columns",
                                          {{"count", std::to_string(limits_.columns)}}, row);
                if (cells.size() <= column) cells.resize(column + 1);
                cells[column] = std::move(cell);
            }
            if (++column > most_columns_of_excel) refuse_damaged();
        } else if (name == "row" && !cells.empty()) {
            if (++filled_rows > limits_.rows + 1)
                throw UnreadableTable("exchange.too_many_rows", {{"count", std::to_string(limits_.rows)}},
                                      row);
            visit(row, cells);
            cells.clear();
        }
    };
    listener.text = [&](std::string_view piece) {
        if (!is_in_value) return;
        text += piece;
        if (text.size() > limits_.cell_bytes + 1000)
            throw UnreadableTable("exchange.cell_too_long", {{"bytes", std::to_string(limits_.cell_bytes)}},
                                  row);
    };
    parts_.read(sheet->second, listener);
}

}  // namespace

void read_workbook(std::string_view bytes, std::string_view sheet, const VisitRow& visit,
                   const TableLimits& limits) {
    Workbook(bytes, limits).read_sheet(sheet, visit);
}

}  // namespace gw::exchange
