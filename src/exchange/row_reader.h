// From cells to values: the part of reading rows that members and units share.
#pragma once
#include "exchange/plan.h"

namespace gw::exchange {

class RowReader {
public:
    RowReader(const Columns& columns, std::size_t row, const std::vector<Cell>& cells, Mistakes& mistakes)
        : columns_(columns), row_(row), cells_(cells), mistakes_(mistakes) {}

protected:
    std::size_t row() const { return row_; }
    bool has(std::string_view field) const { return columns_.has(field); }

    std::string text(std::string_view field) {
        const Cell& cell = columns_.cell(field, cells_);
        if (cell.kind == CellKind::fault) wrong(field, cell, "exchange.fault_in_cell");
        return cell.text;
    }

    std::string required_text(std::string_view field) {
        std::string value = text(field);
        // A column that is missing as a whole is one mistake, not one per row.
        if (value.empty() && has(field)) wrong(field, {}, "exchange.cell_missing");
        return value;
    }

    // Nothing when the file has no such column; an empty day when the cell is empty.
    std::optional<std::optional<Date>> day(std::string_view field) {
        if (!has(field)) return std::nullopt;
        const Cell& cell = columns_.cell(field, cells_);
        if (cell.kind == CellKind::empty) return std::optional<Date>();
        const auto day =
            cell.kind == CellKind::day || cell.kind == CellKind::text ? day_in(cell.text) : std::nullopt;
        if (!day) wrong(field, cell, "exchange.no_day");
        return day;
    }

    // Nothing when the file has no such column; `when_empty` when the cell is empty.
    template <class E>
    std::optional<E> word(std::string_view field, std::optional<E> (*understand)(std::string_view),
                          E when_empty, const char* key) {
        if (!has(field)) return std::nullopt;
        const Cell& cell = columns_.cell(field, cells_);
        if (cell.kind == CellKind::empty) return when_empty;
        const auto meaning = understand(cell.text);
        if (!meaning) wrong(field, cell, key);
        return meaning.value_or(when_empty);
    }

private:
    void wrong(std::string_view field, const Cell& cell, const char* key) {
        mistakes_.add(columns_.mistake(row_, field, cell.text, key));
    }

    const Columns& columns_;
    std::size_t row_;
    const std::vector<Cell>& cells_;
    Mistakes& mistakes_;
};

// Reads a whole file: the first row that is not empty is the header.
template <class RowOfSubject, class Reader>
FileRows<RowOfSubject> read_rows(Subject subject, std::string_view bytes, std::string_view sheet) {
    FileRows<RowOfSubject> file;
    read_table(bytes, sheet, [&](std::size_t row, const std::vector<Cell>& cells) {
        if (!file.columns) {
            std::vector<Mistake> header_mistakes;
            file.columns.emplace(subject, row, cells, header_mistakes);
            file.header_row = row;
            for (Mistake& mistake : header_mistakes) file.mistakes.add(std::move(mistake));
            return;
        }
        ++file.row_count;
        if (!file.mistakes.is_full())
            file.rows.push_back(Reader(*file.columns, row, cells, file.mistakes).read());
    });
    if (!file.columns) throw UnreadableTable("exchange.file_is_empty");
    return file;
}

}  // namespace gw::exchange
