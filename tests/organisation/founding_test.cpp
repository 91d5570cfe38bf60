#include "organisation/founding.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "platform/json/json.h"
#include "support/store_for_test.h"
#include "support/world.h"

namespace gw::test {

namespace {

organisation::Founding read_founding(const std::filesystem::path& file) {
    std::ifstream stream(file);
    std::stringstream text;
    text << stream.rdbuf();
    organisation::Founding founding;
    Problems problems;
    read_json_text(text.str(), founding, {}, problems);
    refuse_if(problems);
    return founding;
}

// A call on a store in which nothing stands yet.
void on_empty(Store& store, const std::function<void(const Call&)>& work) {
    organisation::Trees trees;
    store.read([&](Db& db) { trees.rebuild(db, Date{std::chrono::year{2024} / 1 / 1}); });
    Ids ids{7};
    Announcements announcements;
    const FolderForTest folder;
    Files files(folder.path());
    const Actor actor = program_actor("test");
    store.write([&](Db& db) {
        work({db, actor, Moment{1704067200000}, std::chrono::year{2024} / 1 / 1, "en", trees.today(), ids,
              announcements, store, files, ""});
    });
}

}  // namespace

TEST_CASE("every founding file that ships makes an organisation") {
    for (const auto& entry : std::filesystem::directory_iterator(GROUNDWORK_SOURCE_DIR "/foundings")) {
        CAPTURE(entry.path().string());
        const auto founding = read_founding(entry.path());
        CHECK(problems_in(founding).empty());
        for_each_store([&](Store& store) {
            on_empty(store, [&](const Call& call) { organisation::found(call, founding); });
            organisation::Trees trees;
            store.read([&](Db& db) { trees.rebuild(db, Date{std::chrono::year{2026} / 1 / 1}); });
            REQUIRE(trees.today()->size() == 1);
            CHECK(trees.today()->at(0).name == founding.top.name);
            CHECK(trees.today()->kinds().size() == founding.kinds.size());
        });
    }
}

TEST_CASE("a store that holds an organisation cannot be founded again") {
    for_each_store([](Store& store) {
        World world(store);
        const auto founding = read_founding(GROUNDWORK_SOURCE_DIR "/foundings/scouts.json");
        CHECK(refuses([&] { world.write([&](const Call& call) { organisation::found(call, founding); }); },
                      Reason::conflict, "organisation.founded_already"));
    });
}

TEST_CASE("every mistake of a founding is named with its place") {
    organisation::Founding founding;
    founding.kinds = {{"Top", "a", "a", "a", true, false, {}},
                      {"cell", "a", "", "a", true, true, {"group"}},
                      {"cell", "a", "a", "a", true, true, {}}};
    founding.top = {"", "x", "club", {}};
    std::vector<std::string> found;
    for (const auto& problem : problems_in(founding)) found.push_back(problem.field + " " + problem.key);
    CHECK(found == std::vector<std::string>{
                       "kinds/0/key organisation.kind_key_malformed", "kinds/1/name_en platform.required",
                       "kinds/1/stands_below organisation.kind_not_above",
                       "kinds/2/key organisation.kind_key_twice", "top/kind organisation.no_such_kind",
                       "top/code platform.required"});
}

}  // namespace gw::test
