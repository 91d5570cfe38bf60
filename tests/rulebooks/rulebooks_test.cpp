#include "rulebooks/rulebooks.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

using namespace gw::rulebooks;

namespace {

const std::string root = GROUNDWORK_SOURCE_DIR;

// A folder of its own, gone at the end.
struct Folder {
    std::string path = (std::filesystem::temp_directory_path() / "groundwork_rulebooks_test").string();
    Folder() {
        std::filesystem::remove_all(path);
        std::filesystem::create_directories(path);
    }
    ~Folder() { std::filesystem::remove_all(path); }
};

}  // namespace

TEST_CASE("every rulebook that is shipped is good, its worked cases included") {
    const Library library = Library::read_folder(root + "/rulebooks");
    for (const FileMistake& mistake : library.mistakes())
        FAIL_CHECK(mistake.file << ":" << mistake.line << ": " << mistake.key << ": " << mistake.message);
    CHECK(library.editions().size() == 6);
    for (const auto& edition : library.editions()) CHECK(edition->rulebook().languages.size() == 3);
}

TEST_CASE("the edition in force is found by year") {
    const Library library = Library::read_folder(root + "/rulebooks");
    REQUIRE(library.find("vn.classification", 2024) != nullptr);
    CHECK(library.find("vn.classification", 2024)->rulebook().edition == "2023-2024");
    CHECK(library.find("vn.classification", 2025)->rulebook().edition == "2025");
    CHECK(library.find("vn.classification", 2031)->rulebook().edition == "2025");
    CHECK(library.find("vn.classification", 2019) == nullptr);
    CHECK(library.find("vn.meeting", 2024) != nullptr);
    CHECK(library.find("nobody", 2024) == nullptr);
    CHECK(library.find_edition("vn.classification", "2023-2024") != nullptr);
    CHECK(library.find_edition("vn.classification", "1999") == nullptr);
}

TEST_CASE("check prints one line for a good file and every mistake of a bad one") {
    const Folder folder;
    const std::string bad = folder.path + "/bad.toml";
    std::ofstream(bad) << "format = 1\nid = \"bad\"\n";
    std::ostringstream out;
    const std::vector<std::string> files{root + "/rulebooks/vn/meeting/ward/2025.toml", bad,
                                         folder.path + "/none.toml"};
    CHECK(check(files, out) == 2);
    CHECK(out.str().find("2025.toml: good: vn.meeting.ward 2025, 1 subjects, 28 criteria, 8 worked cases") !=
          std::string::npos);
    CHECK(out.str().find("bad.toml:1: edition: is missing; expected a text") != std::string::npos);
    CHECK(out.str().find("none.toml:1: cannot be read") != std::string::npos);
    std::ostringstream fine;
    CHECK(check(std::vector<std::string>{files[0]}, fine) == 0);
}

TEST_CASE("a library keeps the good editions, lists the mistakes, and warns of years that overlap") {
    const Folder folder;
    const auto copy = [&](const std::string& to) {
        std::filesystem::copy_file(root + "/rulebooks/vn/meeting/ward/2025.toml", folder.path + "/" + to);
    };
    copy("a.toml");
    copy("b.toml");
    std::ofstream(folder.path + "/c.toml") << "id = 3\n";
    std::ofstream(folder.path + "/notes.txt") << "not a rulebook\n";
    const Library library = Library::read_folder(folder.path);
    CHECK(library.editions().size() == 2);
    CHECK(library.find("vn.meeting.ward", 2024)->file == folder.path + "/a.toml");
    bool says_overlap = false;
    for (const FileMistake& mistake : library.mistakes())
        says_overlap = says_overlap || mistake.message.find("same years") != std::string::npos;
    CHECK(says_overlap);
    CHECK_FALSE(Library::read_folder(folder.path + "/none").mistakes().empty());
}

TEST_CASE("a file that no person wrote is refused by its size") {
    const Folder folder;
    std::ofstream(folder.path + "/big.toml") << std::string(5'000'000, '#');
    const Reading reading = read_file(folder.path + "/big.toml");
    REQUIRE(reading.mistakes.size() == 1);
    CHECK(reading.mistakes[0].message.find("4 MB") != std::string::npos);
}

TEST_CASE("two texts have two checksums") {
    const Reading one = read_file(root + "/rulebooks/vn/meeting/ward/2025.toml");
    const Reading other = read_file(root + "/rulebooks/vn/classification/2025.toml");
    REQUIRE(one.edition != nullptr);
    REQUIRE(other.edition != nullptr);
    CHECK(one.edition->checksum != other.edition->checksum);
}
