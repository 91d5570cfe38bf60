#include "printing/docx_parts.h"

#include <glib.h>
#include <boost/describe/enumerators.hpp>

#include <memory>

namespace gw::printing {

namespace {

std::string language_tag(const std::string& language) {
    return language == "vi" ? "vi-VN" : language == "hi" ? "hi-IN" : "en-GB";
}

// In the order of the schema: b, bCs, i, iCs, sz, szCs, u.
std::string run_properties(const Look& look) {
    std::string xml = "<w:rPr>";
    if (look.is_bold) xml += "<w:b/><w:bCs/>";
    if (look.is_italic) xml += "<w:i/><w:iCs/>";
    xml +=
        "<w:sz w:val=\"" + half_points(look.size) + "\"/><w:szCs w:val=\"" + half_points(look.size) + "\"/>";
    if (look.is_underlined) xml += "<w:u w:val=\"single\"/>";
    return xml + "</w:rPr>";
}

// keepNext, numPr, pBdr, spacing, ind, jc: the order of the schema.
std::string paragraph_properties(LineStyle style, const Look& look) {
    std::string xml = "<w:pPr>";
    if (look.stays_with_next) xml += "<w:keepNext/>";
    if (style == LineStyle::entry) xml += "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>";
    if (style == LineStyle::rule)
        xml += "<w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"000000\"/></w:pBdr>";
    xml += "<w:spacing w:before=\"" + twentieths(look.before) + "\" w:after=\"" + twentieths(look.after) +
           "\"/>";
    if (style == LineStyle::rule) {
        const std::string side = twentieths((text_width - rule_width) / 2);
        xml += "<w:ind w:left=\"" + side + "\" w:right=\"" + side + "\"/>";
    } else if (look.indent > 0) {
        xml += "<w:ind w:firstLine=\"" + twentieths(look.indent) + "\"/>";
    }
    const char* const side = look.side == Side::centre      ? "center"
                             : look.side == Side::justified ? "both"
                                                            : "left";
    return xml + "<w:jc w:val=\"" + side + "\"/></w:pPr>";
}

std::string name_of(LineStyle style) {
    // The names of Word itself, so that the outline and the search for headings work.
    switch (style) {
        case LineStyle::kind: return "Title";
        case LineStyle::subject: return "Subtitle";
        case LineStyle::heading: return "heading 1";
        case LineStyle::entry: return "List Paragraph";
        default: return "Paper " + to_text(style);
    }
}

std::string styles(const Document& document) {
    const std::string language = language_tag(document.language);
    std::string xml =
        std::string(xml_head) + "<w:styles " + word_names +
        "><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" "
        "w:hAnsi=\"Times New Roman\" w:eastAsia=\"Times New Roman\" w:cs=\"" +
        (document.language == "hi" ? "Nirmala UI" : "Times New Roman") +
        "\"/><w:sz w:val=\"26\"/><w:szCs w:val=\"26\"/><w:lang w:val=\"" +
        (document.language == "hi" ? "en-IN" : language) + "\" w:eastAsia=\"en-US\" w:bidi=\"" +
        (document.language == "hi" ? language : "hi-IN") +
        "\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name "
        "w:val=\"Normal\"/><w:qFormat/></w:style>"
        "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name "
        "w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/>"
        "<w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" "
        "w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/><w:bottom w:w=\"0\" "
        "w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>";
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<LineStyle>>([&](auto each) {
        const LineStyle style = each.value;
        const Look look = look_of(style);
        std::string paragraph = paragraph_properties(style, look);
        if (style == LineStyle::heading || style == LineStyle::kind)
            paragraph.insert(
                paragraph.size() - std::string("</w:pPr>").size(),
                style == LineStyle::kind ? "<w:outlineLvl w:val=\"0\"/>" : "<w:outlineLvl w:val=\"1\"/>");
        const std::string name = name_of(style);
        xml += "<w:style w:type=\"paragraph\"" +
               std::string(name.starts_with("Paper ") ? " w:customStyle=\"1\"" : "") + " w:styleId=\"" +
               style_id(style) + "\"><w:name w:val=\"" + name +
               "\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/>" + paragraph + run_properties(look) +
               "</w:style>";
    });
    return xml + "</w:styles>";
}

std::string numbering() {
    return std::string(xml_head) + "<w:numbering " + word_names +
           "><w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType w:val=\"hybridMultilevel\"/><w:lvl "
           "w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"–\"/><w:lvlJc "
           "w:val=\"left\"/><w:pPr><w:ind w:left=\"360\" w:hanging=\"280\"/></w:pPr></w:lvl></w:abstractNum>"
           "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
}

std::string header() {
    return std::string(xml_head) + "<w:hdr " + word_names +
           "><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r>"
           "<w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r><w:r><w:fldChar "
           "w:fldCharType=\"separate\"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar "
           "w:fldCharType=\"end\"/></w:r>"
           "</w:p></w:hdr>";
}

std::string core(const Document& document) {
    const std::string moment = to_text(document.day) + "T00:00:00Z";
    return std::string(xml_head) +
           "<cp:coreProperties "
           "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
           "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
           "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>" +
           xml_text(document.title) + "</dc:title><dc:creator>" + xml_text(document.author) +
           "</dc:creator><dc:language>" + language_tag(document.language) +
           "</dc:language><dcterms:created xsi:type=\"dcterms:W3CDTF\">" + moment +
           "</dcterms:created><dcterms:modified xsi:type=\"dcterms:W3CDTF\">" + moment +
           "</dcterms:modified></cp:coreProperties>";
}

constexpr const char* content_types =
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    "<Override PartName=\"/word/document.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>"
    "<Override PartName=\"/word/styles.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>"
    "<Override PartName=\"/word/numbering.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml\"/>"
    "<Override PartName=\"/word/settings.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>"
    "<Override PartName=\"/word/header1.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/>"
    "<Override PartName=\"/docProps/core.xml\" "
    "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>";

constexpr const char* package_links =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"rId1\" "
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
    "Target=\"word/document.xml\"/><Relationship Id=\"rId2\" "
    "Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" "
    "Target=\"docProps/core.xml\"/></Relationships>";

constexpr const char* document_links =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"rId1\" "
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" "
    "Target=\"styles.xml\"/>"
    "<Relationship Id=\"rId2\" "
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering\" "
    "Target=\"numbering.xml\"/>"
    "<Relationship Id=\"rId3\" "
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings\" "
    "Target=\"settings.xml\"/>"
    "<Relationship Id=\"rId4\" "
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/header\" "
    "Target=\"header1.xml\"/></Relationships>";

}  // namespace

std::string xml_text(const std::string& text) {
    std::string clean;
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') clean += c;
    const std::unique_ptr<gchar, decltype(&g_free)> escaped(
        g_markup_escape_text(clean.c_str(), static_cast<gssize>(clean.size())), g_free);
    return escaped.get();
}

std::string style_id(LineStyle style) { return "Paper_" + to_text(style); }

std::vector<std::pair<std::string, std::string>> fixed_parts(const Document& document) {
    return {{"[Content_Types].xml", std::string(xml_head) + content_types},
            {"_rels/.rels", std::string(xml_head) + package_links},
            {"docProps/core.xml", core(document)},
            {"word/_rels/document.xml.rels", std::string(xml_head) + document_links},
            {"word/styles.xml", styles(document)},
            {"word/numbering.xml", numbering()},
            {"word/settings.xml",
             std::string(xml_head) + "<w:settings " + word_names +
                 "><w:defaultTabStop w:val=\"720\"/><w:characterSpacingControl w:val=\"doNotCompress\"/>"
                 "<w:compat><w:compatSetting w:name=\"compatibilityMode\" "
                 "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"},
            {"word/header1.xml", header()}};
}

}  // namespace gw::printing
