// One table of a TOML file, read key by key: wrong types and keys that nobody asked for become mistakes.
#pragma once
// Header-only here: the shared library reports mistakes by throwing, and a mistake in a file is no exception.
#undef TOML_SHARED_LIB
#undef TOML_HEADER_ONLY
#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

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
