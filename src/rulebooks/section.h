// One table of a TOML file, read key by key: wrong types and keys that nobody asked for become mistakes.
#pragma once
#include <stdexcept>

namespace gw::rulebooks {
// The TOML library asserts that a key begins like a key instead of reporting it; a typing mistake such as
// "[+x]" would end the program. Its assertions are turned into an exception that the reader reports.
[[noreturn]] inline void refuse_text() {
    throw std::logic_error("a key does not begin with a letter, a digit or a quote");
}
}  // namespace gw::rulebooks

// Compiled in here and with assertions on, whatever the build: the shared library would keep its own.
#undef TOML_SHARED_LIB
#undef TOML_HEADER_ONLY
#define TOML_HEADER_ONLY 1
#define TOML_ASSERT(condition) ((condition) ? static_cast<void>(0) : gw::rulebooks::refuse_text())
#pragma push_macro("NDEBUG")
#undef NDEBUG
#include <toml++/toml.h>
#pragma pop_macro("NDEBUG")

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "evaluation/rulebook.h"
#include "rulebooks/rulebook_reader.h"

namespace gw::rulebooks {

class Section {
public:
    Section(const toml::table& table, std::string path, const std::string& file, ReadText& out)
        : table_(table), path_(std::move(path)), file_(file), out_(out) {
        out_.lines.emplace(path_, table.source().begin.line);
    }

    const std::string& path() const { return path_; }
    void say(const std::string& key, const std::string& message);

    // A required value; a mistake and an empty value when it is missing or of another type.
    std::string text(const std::string& key);
    std::int64_t number(const std::string& key);
    std::optional<std::int64_t> find_number(const std::string& key);
    std::string find_text(const std::string& key, const std::string& otherwise = "");
    bool has(const std::string& key) const { return table_.contains(key); }
    std::vector<std::string> list_texts(const std::string& key);
    std::vector<std::int64_t> list_numbers(const std::string& key);
    std::vector<std::vector<std::int64_t>> list_pairs(const std::string& key);
    std::map<std::string, std::string> map_of_texts(const std::string& key);
    std::map<std::string, std::int64_t> map_of_numbers(const std::string& key);

    evaluation::Text words(const std::string& key);
    evaluation::Origin origin();
    evaluation::Formula formula(const std::string& key);
    evaluation::Formula find_formula(const std::string& key);

    // The place of a word in a list of allowed words; a mistake names them all.
    std::size_t choice(const std::string& key, const std::vector<std::string>& allowed,
                       std::optional<std::size_t> otherwise = {});

    // Visits every table of [[key]]; `name` of a table is its "key" or, if it has none, its `naming` value.
    void each(const std::string& key, const std::string& naming, const std::function<void(Section&)>& visit);
    void inside(const std::string& key, const std::function<void(Section&)>& visit);

    // Reports keys that were never asked for.
    void close();

private:
    const toml::node* find(const std::string& key);
    void wrong_type(const std::string& key, const char* expected);

    const toml::table& table_;
    std::string path_;
    const std::string& file_;
    ReadText& out_;
    std::set<std::string> asked_;
};

}  // namespace gw::rulebooks
