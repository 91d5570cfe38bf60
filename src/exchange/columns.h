// Which column of a file is which field: by its header in Vietnamese, English, Hindi or as our own field
// name, in any order. And the words that stand for stages, offices and the like, in the same three languages.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/exchange.h"
#include "exchange/table_reader.h"
#include "members/members.h"

namespace gw::exchange {

struct ColumnName {
    std::string_view field;
    bool is_required = false;
    std::vector<std::string_view> headers;  // besides the field name itself
};

std::span<const ColumnName> columns_of(Subject subject);

// The columns of one file.
class Columns {
public:
    // Reads the header row. Missing required columns and columns that stand twice are added to `mistakes`.
    Columns(Subject subject, std::size_t row, const std::vector<Cell>& header_cells,
            std::vector<Mistake>& mistakes);

    bool has(std::string_view field) const { return find(field).has_value(); }
    // The cell of a field in a row; an empty one where the row or the file has none.
    const Cell& cell(std::string_view field, const std::vector<Cell>& cells) const;
    // A mistake in the cell of a field.
    Mistake mistake(std::size_t row, std::string_view field, std::string_view value, std::string key,
                    std::vector<std::pair<std::string, std::string>> arguments = {}) const;
    // Headers nobody knows, separated by line ends.
    const std::string& ignored() const { return ignored_; }

private:
    std::optional<std::size_t> find(std::string_view field) const;

    std::vector<std::pair<std::string_view, std::size_t>> places_;  // field, column
    std::vector<std::string> headers_;
    std::string ignored_;
};

// A header as it is compared: folded, without what stands in brackets, signs as spaces.
std::string comparable(std::string_view header);

std::optional<members::Stage> stage_of(std::string_view word);
std::optional<members::Office> office_of(std::string_view word);
std::optional<members::Sex> sex_of(std::string_view word);
std::optional<bool> yes_or_no(std::string_view word);
// 2024-04-17, 17/4/2024, 17-4-2024 or 17.4.2024; a time 00:00:00 behind it is left out.
std::optional<Date> day_in(std::string_view text);

}  // namespace gw::exchange
