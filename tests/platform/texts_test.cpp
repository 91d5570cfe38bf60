#include "platform/texts/texts.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

namespace gw::test {

namespace {

namespace fs = std::filesystem;

struct Catalogues {
    fs::path folder = fs::temp_directory_path() / "groundwork-texts-test";
    Catalogues() {
        fs::remove_all(folder);
        for (const char* language : {"vi", "en", "hi"})
            put(language, "a.json",
                R"({"a.count":"{count, plural, one {# unit} other {# units}} of {name}"})");
    }
    ~Catalogues() { fs::remove_all(folder); }
    void put(const std::string& language, const std::string& file, const std::string& text) const {
        fs::create_directories(folder / language);
        std::ofstream(folder / language / file) << text;
    }
    std::string complaint() const {
        try {
            Texts texts(folder.string());
        } catch (const std::runtime_error& error) {
            return error.what();
        }
        return "";
    }
};

}  // namespace

TEST_CASE("a text is found by key and language, with plural and names filled in") {
    const Catalogues made;
    const Texts texts(made.folder.string());
    CHECK(texts.text("en", "a.count", {{"count", "1"}, {"name", "Khau Tinh"}}) == "1 unit of Khau Tinh");
    CHECK(texts.text("en", "a.count", {{"count", "4"}, {"name", "x"}}) == "4 units of x");
    CHECK(texts.text("en", "b.unknown") == "b.unknown");
}

TEST_CASE("a missing key, a key twice, and a broken text stop the start and are named") {
    const Catalogues made;
    made.put("vi", "b.json", R"({"b.only":"chỉ có ở đây"})");
    CHECK(made.complaint().find("b.only is missing in") != std::string::npos);
    fs::remove(made.folder / "vi/b.json");
    made.put("en", "b.json", R"({"a.count":"again"})");
    CHECK(made.complaint().find("a.count stands in two files") != std::string::npos);
    made.put("en", "b.json", R"({"b.broken":"{count, plural, "})");
    CHECK(made.complaint().find("b.broken is no MessageFormat text") != std::string::npos);
    made.put("en", "b.json", "[]");
    CHECK(made.complaint().find("not a JSON object") != std::string::npos);
}

TEST_CASE("the product's own texts are complete in all languages") {
    const Texts texts(GROUNDWORK_SOURCE_DIR "/messages");
    CHECK(texts.has("platform.not_signed_in"));
    CHECK(texts.preferred("hi-IN,en;q=0.8", "vi") == "hi");
    CHECK(texts.preferred("fr-FR,fr", "vi") == "vi");
}

}  // namespace gw::test
