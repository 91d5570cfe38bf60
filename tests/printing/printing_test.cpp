#include "printing/printing.h"

#include <doctest/doctest.h>
#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

#include "support/printed.h"

namespace gw::printing {
using test::count_of;
using test::parts_of;
using test::printed;
using test::squeezed;

namespace {

const char* const sentences[][2] = {
    {"vi", "Giữ rừng là giữ nguồn nước của cả bản; mỗi nhà cử một người đi tuần mỗi tuần."},
    {"en", "Who keeps the forest keeps the water of the village; every house sends somebody each week."},
    {"hi", "जंगल बचाना पूरे गाँव का पानी बचाना है; हर घर से हर हफ़्ते एक व्यक्ति गश्त पर जाए।"}};

// A line of every style, columns, a table and a page of its own.
Document with_everything(const std::string& language, const std::string& sentence) {
    Document document{language, "Title <of> \"it\"", "Unit & unit", Date{std::chrono::sys_days{}}, {}};
    Block all{BlockKind::lines, {}, {}, {}, {}};
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<LineStyle>>([&](auto each) {
        all.lines.push_back({each.value, each.value == LineStyle::rule ? "" : sentence, ""});
    });
    all.lines.push_back({LineStyle::entry, sentence, "Somebody:"});
    document.blocks.push_back({BlockKind::columns,
                               {{LineStyle::organisation, sentence, ""}},
                               {{LineStyle::motto, sentence, ""}},
                               {},
                               {}});
    document.blocks.push_back(all);
    document.blocks.push_back({BlockKind::table,
                               {},
                               {},
                               {{"No", 200, true}, {"What", 800, false}},
                               {{{"1", sentence}, false}, {{"", "sum"}, true}}});
    document.blocks.push_back({BlockKind::columns, {}, {{LineStyle::signed_name, "Somebody", ""}}, {}, {}});
    document.blocks.push_back({BlockKind::new_page, {}, {}, {}, {}});
    document.blocks.push_back({BlockKind::lines, {{LineStyle::body, sentence, ""}}, {}, {}, {}});
    return document;
}

std::string mistakes_in(const std::string& part) {
    return printed("python3 " GROUNDWORK_SOURCE_DIR "/tests/printing/order_of_elements.py", part);
}

}  // namespace

TEST_CASE("the elements of a DOCX stand in the order of the schema, on which Word insists") {
    for (const auto& [language, sentence] : sentences) {
        CAPTURE(language);
        auto parts = parts_of(docx_of(with_everything(language, sentence)));
        for (const char* name : {"word/document.xml", "word/styles.xml", "word/numbering.xml",
                                 "word/settings.xml", "word/header1.xml"}) {
            CAPTURE(name);
            REQUIRE(parts.contains(name));
            CHECK(mistakes_in(parts.at(name)) == "");
        }
    }
}

TEST_CASE("an element in the wrong place is found") {
    const auto parts = parts_of(docx_of(with_everything("vi", sentences[0][1])));
    const auto with = [&](const std::string& part, const std::string& old, const std::string& changed) {
        std::string text = parts.at(part);
        const std::size_t at = text.find(old);
        REQUIRE(at != std::string::npos);
        return mistakes_in(text.replace(at, old.size(), changed));
    };
    CHECK(with("word/document.xml", "<w:b/><w:bCs/>", "<w:bCs/><w:b/>").find("rPr: b stands after bCs") !=
          std::string::npos);
    CHECK(with("word/document.xml", "<w:tblLayout w:type=\"fixed\"/></w:tblPr>",
               "<w:tblLayout w:type=\"fixed\"/><w:tblInd/></w:tblPr>")
              .find("tblPr: tblInd stands after tblLayout") != std::string::npos);
    CHECK(with("word/document.xml", "</w:p></w:tc>", "</w:p><w:tbl/></w:tc>").find("does not end") !=
          std::string::npos);
    CHECK(with("word/styles.xml", "<w:keepNext/>", "<w:jc/><w:keepNext/>").find("keepNext stands after jc") !=
          std::string::npos);
    CHECK(with("word/numbering.xml", "<w:multiLevelType", "<w:levels/><w:multiLevelType")
              .find("knows no levels") != std::string::npos);
}

TEST_CASE("the same document is the same bytes") {
    const Document document = with_everything("vi", sentences[0][1]);
    CHECK(pdf_of(document) == pdf_of(document));
    CHECK(docx_of(document) == docx_of(document));
}

TEST_CASE("both files tell whose they are, and hold every line") {
    for (const auto& [language, sentence] : sentences) {
        CAPTURE(language);
        const Document document = with_everything(language, sentence);
        const std::string pdf = pdf_of(document);
        CHECK(printed("pdfinfo", pdf).find("Title:           Title <of> \"it\"") != std::string::npos);
        const std::string text = squeezed(printed("pdftotext -raw -q", pdf, "-"));
        CHECK(count_of(text, squeezed(sentence).substr(0, 12)) >= 20);
        const auto parts = parts_of(docx_of(document));
        CHECK(count_of(parts.at("word/document.xml"), sentence) >= 20);
        CHECK(parts.at("docProps/core.xml").find("Title &lt;of&gt;") != std::string::npos);
    }
}

TEST_CASE("signs that mean something in XML, and signs it does not know, do no harm") {
    const auto parts = parts_of(docx_of(with_everything("vi", "<b>&\"'\x01 cùng nhau\nhai dòng")));
    const std::string& body = parts.at("word/document.xml");
    CHECK(body.find("&lt;b&gt;&amp;&quot;") != std::string::npos);
    CHECK(body.find("<w:br/><w:t xml:space=\"preserve\">hai dòng") != std::string::npos);
    CHECK(body.find('\x01') == std::string::npos);
    CHECK(squeezed(printed("pdftotext -raw -q", pdf_of(with_everything("vi", "mặt cười 😀 ở đây")), "-"))
              .find("ởđây") != std::string::npos);
}

}  // namespace gw::printing
