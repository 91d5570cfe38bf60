#include "platform/likeness.h"

#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <string>

namespace gw {

TEST_CASE("likeness does not mind diacritics, case and punctuation, in three languages") {
    const auto alike = [](const char* a, const char* b) { return likeness(shingles_of(a), shingles_of(b)); };
    CHECK(alike("Chi bộ thống nhất sửa đường vào thôn.", "chi bo THONG NHAT, sua duong vao thon") == 1);
    CHECK(alike("The cell decided to mend the road", "The cell decided to mend the bridge") ==
          doctest::Approx(2.0 / 3));
    CHECK(alike("प्रकोष्ठ ने सड़क सुधारने का निर्णय लिया।", "प्रकोष्ठ ने सड़क सुधारने का निर्णय लिया") == 1);
    CHECK(alike("प्रकोष्ठ ने सड़क सुधारने का निर्णय लिया", "बैठक में जल संकट पर चर्चा हुई आज") == 0);
    CHECK(alike("", "") == 0);
    CHECK(shingles_of("hai chữ").empty());
}

namespace {

struct Labelled {
    std::string about, text;
};

std::map<std::string, std::vector<Labelled>> labelled_texts() {
    std::ifstream file(GROUNDWORK_SOURCE_DIR "/tests/data/platform/short_texts.tsv");
    REQUIRE(file);
    std::map<std::string, std::vector<Labelled>> by_language;
    std::string line;
    while (std::getline(file, line)) {
        if (line.starts_with('#')) continue;
        const auto first = line.find('\t'), second = line.find('\t', first + 1);
        REQUIRE(second != std::string::npos);
        by_language[line.substr(0, first)].push_back(
            {line.substr(first + 1, second - first - 1), line.substr(second + 1)});
    }
    return by_language;
}

struct Found {
    double precision = 0, recall = 0;
};

Found found_in(const std::vector<Labelled>& texts) {
    ShortTexts words;
    for (const Labelled& each : texts) words.add(each.text);
    words.settle();
    int right = 0, wrong = 0, missed = 0;
    for (std::size_t a = 0; a < texts.size(); ++a)
        for (std::size_t b = a + 1; b < texts.size(); ++b) {
            const bool is_found = words.likeness(a, b) >= ShortTexts::alike_enough;
            const bool is_alike = texts[a].about == texts[b].about;
            right += is_found && is_alike;
            wrong += is_found && !is_alike;
            missed += !is_found && is_alike;
        }
    return {1.0 * right / (right + wrong), 1.0 * right / (right + missed)};
}

}  // namespace

TEST_CASE("short texts about the same are found in each language, with few false ones") {
    for (const auto& [language, texts] : labelled_texts()) {
        CAPTURE(language);
        const Found found = found_in(texts);
        MESSAGE(language << ": " << texts.size() << " texts, precision " << found.precision << ", recall "
                         << found.recall);
        CHECK(found.precision >= 0.8);
        CHECK(found.recall >= 0.7);
    }
}

TEST_CASE("a short text is wholly like itself without its marks, and not at all like one in another script") {
    ShortTexts words;
    const std::size_t with = words.add("Nhà văn hóa thôn chưa có ĐIỆN.");
    const std::size_t without = words.add("nha van hoa thon chua co dien");
    const std::size_t other = words.add("गाँव में बिजली नहीं है");
    const std::size_t empty = words.add(" ... ");
    words.settle();
    CHECK(words.likeness(with, without) == doctest::Approx(1));
    CHECK(words.likeness(with, other) == 0);
    CHECK(words.likeness(empty, with) == 0);
    CHECK(words.likeness(empty, empty) == 0);
}

TEST_CASE("words that every text has make no two alike") {
    ShortTexts words;
    for (const char* what : {"cầu treo", "đường điện", "bể nước", "lớp học", "sổ đỏ", "máy tính"})
        words.add(std::string("Chi bộ chúng tôi đề nghị cấp trên xem xét giải quyết ") + what);
    words.settle();
    for (std::size_t a = 0; a < 6; ++a)
        for (std::size_t b = a + 1; b < 6; ++b) CHECK(words.likeness(a, b) < ShortTexts::alike_enough);
}

}  // namespace gw
