// Printing: a document as it is laid out, before anybody says whether it becomes PDF, DOCX or a page of the
// browser, and the writers of both. It knows nothing of meetings or visits: who has something to print fills
// blocks of lines, tables and pairs of columns. Every line has a style by its part in the paper, not by its
// look; each writer knows how a part looks.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "platform/record.h"
#include "platform/text.h"

namespace gw::printing {

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

// By Pango and Cairo: tagged, with its fonts inside, the same bytes for the same document. A character that
// no font knows is shown as a box with its number. Throws std::runtime_error when Cairo cannot go on.
std::string pdf_of(const Document& document);

// Office Open XML (ECMA-376), for Word and LibreOffice; the same bytes for the same document.
std::string docx_of(const Document& document);

// By the rules of Unicode: papers set the names of units in capitals, and look for the name in "commune Na
// Lung".
std::string upper_case(const std::string& text);
bool starts_with_capital(std::string_view word);  // or with a digit

}  // namespace gw::printing
