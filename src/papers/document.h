// A paper as it is laid out, before anybody says whether it becomes PDF, DOCX or a page of the browser:
// blocks of lines, tables and pairs of columns. Every line has a style by its part in the paper, not by its
// look; each writer knows how a part looks.
#pragma once
#include <string>
#include <vector>

#include "platform/record.h"
#include "platform/text.h"

namespace gw::papers {

BOOST_DEFINE_ENUM_CLASS(LineStyle, above, organisation, star, number, motto, place, kind, subject, rule,
                        heading, body, entry, signer, office, space_to_sign, signed_name, recipients,
                        recipient, note)
BOOST_DEFINE_ENUM_CLASS(BlockKind, lines, columns, table, new_page)

struct Line {
    LineStyle style = LineStyle::body;
    std::string text;
    std::string lead;  // words in front that stand out: the speaker of a contribution
};
BOOST_DESCRIBE_STRUCT(Line, (), (style, text, lead))

struct TableColumn {
    std::string head;
    std::int64_t per_mille = 0;  // of the width
    bool is_centred = false;
};
BOOST_DESCRIBE_STRUCT(TableColumn, (), (head, per_mille, is_centred))

struct TableRow {
    std::vector<std::string> cells;
    bool is_sum = false;  // of a group or of all
};
BOOST_DESCRIBE_STRUCT(TableRow, (), (cells, is_sum))

struct Block {
    BlockKind kind = BlockKind::lines;
    std::vector<Line> lines;        // of the left column when there are two
    std::vector<Line> right_lines;  // of columns
    std::vector<TableColumn> columns;
    std::vector<TableRow> rows;
};
BOOST_DESCRIBE_STRUCT(Block, (), (kind, lines, right_lines, columns, rows))

struct Document {
    std::string language;
    std::string title;   // of the file
    std::string author;  // the unit
    Date day{};  // of the paper; the only date in the file, so that the same paper gives the same bytes
    std::vector<Block> blocks;
};
BOOST_DESCRIBE_STRUCT(Document, (), (language, title, author, day, blocks))

// How a style looks on paper: both writers follow it.
enum class Side { start, centre, justified };
struct Look {
    double size = 13;  // points
    Side side = Side::justified;
    bool is_bold = false, is_italic = false, is_underlined = false;
    double before = 0, after = 0;  // points of space
    double indent = 0;             // of the first line
    bool stays_with_next = false;
};
Look look_of(LineStyle style);

// Points; A4 with the margins of official papers: 20 mm above and below, 30 left, 15 right.
inline constexpr double page_width = 595.28, page_height = 841.89;
inline constexpr double margin_top = 56.7, margin_bottom = 56.7, margin_left = 85.0, margin_right = 42.5;
inline constexpr double text_width = page_width - margin_left - margin_right;
inline constexpr double table_size = 11.5, entry_indent = 18, rule_width = 80;

}  // namespace gw::papers
