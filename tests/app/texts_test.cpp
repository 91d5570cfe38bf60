// What the sources name must exist: every key of a text in the catalogues, every permission in a role.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <regex>
#include <set>
#include <sstream>

#include "app.h"
#include "platform/db/store.h"
#include "platform/texts/texts.h"
#include "support/store_for_test.h"

namespace gw::test {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

// Calls `see` for each place in the sources that `form` matches, comments left out.
int search_sources(const std::string& form,
                   const std::function<void(const fs::path&, const std::smatch&)>& see) {
    const std::regex pattern(form), comment("//[^\n]*");
    int count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(GROUNDWORK_SOURCE_DIR "/src")) {
        if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
        const std::string code = std::regex_replace(text_of(entry.path()), comment, "");
        for (std::sregex_iterator found(code.begin(), code.end(), pattern), end; found != end;
             ++found, ++count)
            see(entry.path(), *found);
    }
    return count;
}

std::set<std::string> permissions_of_roles() {
    const FolderForTest folder;
    Config config;
    config.data = folder.path();
    config.share = GROUNDWORK_SOURCE_DIR;
    App app(config);
    std::set<std::string> permissions;
    app.read("test", [&](const Call& call) {
        call.db.each("SELECT DISTINCT permission FROM role_permissions", {},
                     [&](const Row& row) { permissions.emplace(row.text(0)); });
    });
    return permissions;
}

std::string first_word(const std::string& key) { return key.substr(0, key.find('.')); }

}  // namespace

TEST_CASE("every permission that the program asks for is given by some role") {
    const auto permissions = permissions_of_roles();
    const int count =
        search_sources(R"re((?:require|may|reach|select_units)\(\s*(?:call,\s*)?"([a-z_.]+)")re",
                       [&](const fs::path& file, const std::smatch& found) {
                           CHECK_MESSAGE(permissions.count(found[1].str()) == 1, "no role gives ",
                                         found[1].str(), ", asked for in ", file.filename().string());
                       });
    CHECK(count > 50);
}

TEST_CASE("every text that the program names is in the catalogues") {
    const Texts texts(GROUNDWORK_SOURCE_DIR "/messages");
    const auto permissions = permissions_of_roles();
    // What looks like a key and is a job or an entry of the audit trail.
    const std::set<std::string> others{"exchange.commit", "classification.review", "organisation.founded",
                                       "sample.filled",   "vn.classification",     "vn.meeting"};
    std::set<std::string> capabilities{"platform", "checks", "files", "jobs"};
    for (const auto& entry : fs::directory_iterator(GROUNDWORK_SOURCE_DIR "/src"))
        if (entry.is_directory()) capabilities.insert(entry.path().filename().string());
    int keys = 0;
    search_sources(
        R"re("([a-z_]+(?:\.[a-z0-9_]+)+)")re", [&](const fs::path& file, const std::smatch& found) {
            const std::string key = found[1].str();
            if (capabilities.count(first_word(key)) == 0 || permissions.count(key) || others.count(key))
                return;
            ++keys;
            CHECK_MESSAGE(texts.has(key), "no text for ", key, ", named in ", file.filename().string());
        });
    CHECK(keys > 200);
}

}  // namespace gw::test
