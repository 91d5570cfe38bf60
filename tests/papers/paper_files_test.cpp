#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "papers/papers_compose.h"
#include "printing/printing.h"
#include "support/people.h"
#include "support/printed.h"

namespace gw::papers {
using printing::docx_of;
using printing::pdf_of;
using test::count_of;
using test::day;
using test::parts_of;
using test::printed;
using test::squeezed;

namespace {

const char* const sentences[][2] = {
    {"vi", "Đề nghị mỗi hộ trồng thêm năm mươi gốc hồi trước mùa mưa, có người kèm cặp từng nhà."},
    {"en", "Every household plants fifty more star anise trees before the rains, with somebody at its side."},
    {"hi", "हर परिवार बरसात से पहले पचास और पेड़ लगाए और प्रत्येक घर के साथ एक कार्यकर्ता रहे।"}};

// Everything a paper can tell, `times` over, so that it runs over several pages.
Facts facts_in(const std::string& sentence, Kind kind, int times) {
    Facts facts;
    facts.kind = kind;
    facts.unit_name = "Chi bộ Nà Lung";
    facts.unit_kind = "cell";
    facts.upper_name = "Đảng bộ xã Khau Tinh";
    facts.top_name = "Đảng bộ tỉnh Tuyên Quang";
    facts.place_name = "Khau Tinh";
    facts.subject = "Sinh hoạt thường kỳ tháng 5";
    facts.place = "Nhà văn hóa thôn";
    facts.summary = sentence;
    facts.meets_on = day("2024-05-04");
    facts.started_minute = 19 * 60 + 30;
    facts.minutes = 95;
    facts.unit_members = 8;
    facts.chair_name = "Triệu Thị Mai";
    facts.second_name = "Hoàng Văn Sơn";
    facts.chair_office = members::Office::secretary;
    for (int i = 0; i < 7; ++i)
        facts.roll.push_back(
            {MemberId{i + 1}, "Nông Văn " + std::to_string(i + 1), i < 6, members::Office::none,
             i == 6 ? meetings::Mark::excused : meetings::Mark::present, i == 6 ? "ốm" : ""});
    ResolutionFact resolution{ResolutionId{1}, "05-NQ/CB", sentence, day("2024-05-04"), 5, 6, false, {}, {}};
    for (int i = 0; i < times; ++i) {
        facts.agenda.push_back(sentence);
        facts.contributions.push_back({"Nông Văn 1", i == 0 ? "Trồng hồi" : "", sentence});
        facts.ledger.push_back({sentence, "Hoàng Văn Sơn", i % 3, i == 1, i * 10, i % 2 == 0, false,
                                i % 2 == 0 ? sentence : ""});
        resolution.items.push_back({sentence, 5, i == 0, {{sentence, "Hoàng Văn Sơn", day("2024-06-04")}}});
    }
    resolution.ledger = facts.ledger;
    facts.resolutions.push_back(resolution);
    ScoreFacts score{"HD42 2025", "Tốt", 92'500, 95'000, {}};
    for (int i = 0; i < 10; ++i)
        score.criteria.push_back({i < 5 ? "A" : "B", sentence, i != 3, i != 4, i % 2 == 0, 2'500, 5'000});
    facts.score.push_back(score);
    return facts;
}

Document document_in(const std::string& language, const std::string& sentence, Kind kind, int times = 3) {
    static const Texts texts(std::string(GROUNDWORK_SOURCE_DIR) + "/messages");
    return compose(facts_in(sentence, kind, times), "07-BB/CB", Words(texts, language));
}

constexpr Kind kinds[] = {Kind::minutes, Kind::resolution, Kind::conclusion, Kind::score_sheet};

}  // namespace

TEST_CASE("the text of a PDF is found whole in Vietnamese, English and Hindi, on every page") {
    for (const auto& [language, sentence] : sentences)
        for (const Kind kind : kinds) {
            CAPTURE(language);
            CAPTURE(to_text(kind));
            const Document document = document_in(language, sentence, kind, 12);
            const std::string pdf = pdf_of(document);
            const std::string text = squeezed(printed("pdftotext -layout -q", pdf, "-"));
            CHECK(text.find(squeezed("CHI BỘ NÀ LUNG")) != std::string::npos);
            CHECK(text.find("papers.") == std::string::npos);  // every word has its text
            CHECK(squeezed(printed("pdftotext -raw -q", pdf, "-")).find(squeezed(sentence)) !=
                  std::string::npos);
            const std::string about = printed("pdfinfo -isodates", pdf);
            const std::string structure = printed("pdfinfo -struct", pdf);
            CHECK(structure.find("H1 (block)") != std::string::npos);
            CHECK(structure.find("TH") != std::string::npos);
            CHECK(about.find("Title:           " + document.title) != std::string::npos);
            CHECK(about.find("CreationDate:    2024-05-04") != std::string::npos);
            const std::string fonts = printed("pdffonts", pdf);
            CHECK(fonts.find("NotoSerif") != std::string::npos);
            CHECK(fonts.find(" no  ") == std::string::npos);  // every font is inside
        }
}

TEST_CASE("long papers lose nothing: every number of a long table and every line of a long text is there") {
    Facts facts = facts_in("x", Kind::minutes, 0);
    for (int i = 0; i < 300; ++i)
        facts.ledger.push_back({"viec" + std::to_string(i) + "het", "", 0, false, 0, true, false, ""});
    std::string endless;
    for (int i = 0; i < 1500; ++i) endless += "tu" + std::to_string(i) + "het ";
    facts.ledger.push_back({endless, "", 0, false, 0, true, false, ""});
    facts.contributions.push_back({"Nông Văn 1", "", endless});
    static const Texts texts(std::string(GROUNDWORK_SOURCE_DIR) + "/messages");
    const std::string text =
        printed("pdftotext -raw -q", pdf_of(compose(facts, "01-BB/CB", Words(texts, "vi"))), "-");
    for (int i = 0; i < 300; ++i) CHECK(count_of(text, "viec" + std::to_string(i) + "het") == 1);
    for (int i = 0; i < 1500; ++i) CHECK(count_of(text, "tu" + std::to_string(i) + "het") == 2);
}

TEST_CASE("a DOCX has its parts, its links and its text, and Hindi is marked as a complex script") {
    for (const auto& [language, sentence] : sentences)
        for (const Kind kind : kinds) {
            CAPTURE(language);
            CAPTURE(to_text(kind));
            const auto parts = parts_of(docx_of(document_in(language, sentence, kind)));
            for (const char* name : {"[Content_Types].xml", "_rels/.rels", "word/document.xml",
                                     "word/styles.xml", "word/numbering.xml", "word/settings.xml",
                                     "word/header1.xml", "docProps/core.xml", "word/_rels/document.xml.rels"})
                REQUIRE(parts.contains(name));
            for (const auto& [name, content] : parts) {
                CAPTURE(name);
                // The parser of the standard library of Python reads every part.
                printed("python3 -c 'import sys, xml.dom.minidom as m; m.parse(sys.argv[1])'", content);
            }
            const std::string& body = parts.at("word/document.xml");
            CHECK(body.find(sentence) != std::string::npos);
            CHECK((count_of(body, "<w:cs/>") > 0) == (std::string(language) == "hi"));
            CHECK(count_of(body, "<w:tbl>") == count_of(body, "</w:tbl>"));
            CHECK(body.find("</w:tc><w:tc><w:tcPr>") != std::string::npos);
            CHECK(body.find("</w:tbl><w:tbl>") == std::string::npos);
            CHECK(parts.at("word/styles.xml").find("hi-IN") != std::string::npos);
            // Every style that is used is there.
            const std::string& styles = parts.at("word/styles.xml");
            const std::string mark = "<w:pStyle w:val=\"";
            for (auto at = body.find(mark); at != std::string::npos; at = body.find(mark, at + 1)) {
                const std::string style =
                    body.substr(at + mark.size(), body.find('"', at + mark.size()) - at - mark.size());
                CHECK(styles.find("w:styleId=\"" + style + "\"") != std::string::npos);
            }
        }
}

TEST_CASE("LibreOffice opens every kind of paper in every language, with all of its text") {
    namespace fs = std::filesystem;
    const fs::path folder = fs::temp_directory_path() / ("papers-" + std::to_string(getpid()));
    fs::create_directories(folder);
    const auto file_of = [&](const std::string& language, Kind kind, const char* ending) {
        return folder / (to_text(kind) + "_" + language + ending);
    };
    for (const auto& [language, sentence] : sentences)
        for (const Kind kind : kinds)
            std::ofstream(file_of(language, kind, ".docx"), std::ios::binary)
                << docx_of(document_in(language, sentence, kind));
    // All in one run, with settings of its own: another LibreOffice of the same person is left alone.
    const std::string command = "soffice -env:UserInstallation=file://" + (folder / "settings").string() +
                                " --headless --convert-to pdf --outdir " + folder.string() + " " +
                                folder.string() + "/*.docx > " + (folder / "log").string() + " 2>&1";
    REQUIRE(std::system(command.c_str()) == 0);
    for (const auto& [language, sentence] : sentences)
        for (const Kind kind : kinds) {
            CAPTURE(language);
            CAPTURE(to_text(kind));
            std::ifstream file(file_of(language, kind, ".pdf"), std::ios::binary);
            REQUIRE(file);
            const std::string pdf{std::istreambuf_iterator<char>(file), {}};
            const std::string text = squeezed(printed("pdftotext -raw -q", pdf, "-"));
            CHECK(text.find(squeezed("CHI BỘ NÀ LUNG")) != std::string::npos);
            CHECK(text.find(squeezed(sentence)) != std::string::npos);
        }
    fs::remove_all(folder);
}

TEST_CASE("points are written as the language writes them") {
    CHECK(points_text(92'500, "vi") == "92,5");
    CHECK(points_text(92'500, "en") == "92.5");
    CHECK(points_text(100'000, "hi") == "100");
    CHECK(points_text(250, "en") == "0.25");
}

}  // namespace gw::papers
