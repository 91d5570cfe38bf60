#include <zip.h>

#include <memory>
#include <stdexcept>

#include "printing/docx_parts.h"

namespace gw::printing {

namespace {

// A run; new lines within a text become line breaks. Hindi is a complex script to Word, which takes another
// font and language for it only where <w:cs/> says so.
std::string run(const std::string& text, const Document& document, const std::string& properties = "") {
    std::string own = properties;
    if (document.language == "hi") own += "<w:cs/>";
    std::string xml = "<w:r>" + (own.empty() ? own : "<w:rPr>" + own + "</w:rPr>");
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        if (start > 0) xml += "<w:br/>";
        xml += "<w:t xml:space=\"preserve\">" + xml_text(text.substr(start, end - start)) + "</w:t>";
        start = end + 1;
    }
    return xml + "</w:r>";
}

std::string paragraph(const Line& line, const Document& document, bool starts_page = false) {
    std::string xml = "<w:p><w:pPr><w:pStyle w:val=\"" + style_id(line.style) + "\"/>";
    if (starts_page) xml += "<w:pageBreakBefore/>";
    xml += "</w:pPr>";
    if (!line.lead.empty()) xml += run(line.lead + " ", document, "<w:b/><w:bCs/>");
    if (!line.text.empty()) xml += run(line.text, document);
    return xml + "</w:p>";
}

std::string grid(const std::vector<double>& widths) {
    std::string xml = "<w:tblGrid>";
    for (const double width : widths) xml += "<w:gridCol w:w=\"" + twentieths(width) + "\"/>";
    return xml + "</w:tblGrid>";
}

std::string cell_of(double width, const std::string& paragraphs) {
    return "<w:tc><w:tcPr><w:tcW w:w=\"" + twentieths(width) + "\" w:type=\"dxa\"/></w:tcPr>" + paragraphs +
           "</w:tc>";
}

// Two columns are a table without borders.
std::string columns(const Block& block, const Document& document) {
    const std::vector<double> widths = {text_width * 0.45, text_width * 0.55};
    std::string left, right;
    for (const Line& line : block.lines) left += paragraph(line, document);
    for (const Line& line : block.right_lines) right += paragraph(line, document);
    // A cell ends with a paragraph, also when there is nothing in it.
    if (left.empty()) left = "<w:p/>";
    if (right.empty()) right = "<w:p/>";
    return "<w:tbl><w:tblPr><w:tblW w:w=\"" + twentieths(text_width) +
           "\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr>" + grid(widths) +
           "<w:tr><w:trPr><w:cantSplit/></w:trPr>" + cell_of(widths[0], left) + cell_of(widths[1], right) +
           "</w:tr></w:tbl>";
}

std::string table_cell(const std::string& text, double width, bool is_centred, bool is_bold,
                       const Document& document) {
    const std::string size = half_points(table_size);
    return cell_of(width, "<w:p><w:pPr><w:spacing w:before=\"40\" w:after=\"40\"/><w:jc w:val=\"" +
                              std::string(is_centred ? "center" : "left") + "\"/></w:pPr>" +
                              run(text, document,
                                  std::string(is_bold ? "<w:b/><w:bCs/>" : "") + "<w:sz w:val=\"" + size +
                                      "\"/><w:szCs w:val=\"" + size + "\"/>") +
                              "</w:p>");
}

std::string table(const Block& block, const Document& document) {
    std::vector<double> widths;
    for (const TableColumn& column : block.columns)
        widths.push_back(text_width * static_cast<double>(column.per_mille) / 1000);
    std::string borders;
    for (const char* side : {"top", "left", "bottom", "right", "insideH", "insideV"})
        borders +=
            std::string("<w:") + side + " w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>";
    std::string xml = "<w:tbl><w:tblPr><w:tblW w:w=\"" + twentieths(text_width) +
                      "\" w:type=\"dxa\"/><w:tblBorders>" + borders +
                      "</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr>" + grid(widths) +
                      "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>";
    for (std::size_t i = 0; i < widths.size(); ++i)
        xml += table_cell(block.columns[i].head, widths[i], true, true, document);
    xml += "</w:tr>";
    for (const TableRow& row : block.rows) {
        xml += "<w:tr>";
        for (std::size_t i = 0; i < widths.size(); ++i)
            xml += table_cell(row.cells[i], widths[i], block.columns[i].is_centred, row.is_sum, document);
        xml += "</w:tr>";
    }
    return xml + "</w:tbl>";
}

std::string body_of(const Document& document) {
    std::string xml = std::string(xml_head) + "<w:document " + word_names + "><w:body>";
    bool starts_page = false, was_table = false;
    for (const Block& block : document.blocks) {
        const bool is_table = block.kind == BlockKind::columns || block.kind == BlockKind::table;
        // Two tables without a paragraph between become one.
        if (is_table && (was_table || starts_page))
            xml +=
                std::string("<w:p>") + (starts_page ? "<w:pPr><w:pageBreakBefore/></w:pPr>" : "") + "</w:p>";
        switch (block.kind) {
            case BlockKind::columns: xml += columns(block, document); break;
            case BlockKind::table: xml += table(block, document); break;
            case BlockKind::lines:
                for (std::size_t i = 0; i < block.lines.size(); ++i)
                    xml += paragraph(block.lines[i], document, i == 0 && starts_page);
                break;
            case BlockKind::new_page: break;
        }
        starts_page = block.kind == BlockKind::new_page;
        was_table = is_table;
    }
    if (was_table) xml += "<w:p/>";
    return xml + "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId4\"/><w:pgSz w:w=\"" +
           twentieths(page_width) + "\" w:h=\"" + twentieths(page_height) + "\"/><w:pgMar w:top=\"" +
           twentieths(margin_top) + "\" w:right=\"" + twentieths(margin_right) + "\" w:bottom=\"" +
           twentieths(margin_bottom) + "\" w:left=\"" + twentieths(margin_left) +
           "\" w:header=\"560\" w:footer=\"560\" "
           "w:gutter=\"0\"/><w:titlePg/></w:sectPr></w:body></w:document>";
}

[[noreturn]] void fail(const char* what) {
    throw std::runtime_error(std::string("a DOCX was not written: ") + what);
}

struct SourceFree {
    void operator()(zip_source_t* source) const { zip_source_free(source); }
};

void add_part(zip_t* zip, const std::string& name, const std::string& content) {
    zip_source_t* const source = zip_source_buffer(zip, content.data(), content.size(), 0);
    if (!source) fail("no room");
    const zip_int64_t index = zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        fail(zip_strerror(zip));
    }
    // 1980-01-01, the first day a ZIP knows, so that the same paper gives the same bytes.
    zip_file_set_dostime(zip, static_cast<zip_uint64_t>(index), 0, (1 << 5) | 1, 0);
}

}  // namespace

std::string docx_of(const Document& document) {
    auto parts = fixed_parts(document);
    parts.emplace_back("word/document.xml", body_of(document));
    zip_error_t error;
    zip_error_init(&error);
    const std::unique_ptr<zip_source_t, SourceFree> target(zip_source_buffer_create(nullptr, 0, 0, &error));
    if (!target) fail("no room");
    // Closing the archive gives one reference to the source back; the other keeps the bytes.
    zip_source_keep(target.get());
    zip_t* const zip = zip_open_from_source(target.get(), ZIP_TRUNCATE, &error);
    if (!zip) fail(zip_error_strerror(&error));
    for (const auto& [name, content] : parts) add_part(zip, name, content);
    if (zip_close(zip) != 0) fail(zip_strerror(zip));
    if (zip_source_open(target.get()) != 0) fail("unreadable");
    std::string bytes;
    char piece[16 * 1024];
    for (zip_int64_t count; (count = zip_source_read(target.get(), piece, sizeof piece)) > 0;)
        bytes.append(piece, static_cast<std::size_t>(count));
    zip_source_close(target.get());
    return bytes;
}

}  // namespace gw::printing
