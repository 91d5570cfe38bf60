// The sentences people read, in their language: ICU MessageFormat texts from messages/<language>/*.json, the
// same files the browser app is built from.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/problem.h"
#include "platform/text.h"

namespace gw {

class Texts {
public:
    // Reads every catalogue below `folder`. Throws when a file is not a JSON object of texts, a key stands
    // twice, a text is no MessageFormat, or a language lacks a key another has.
    explicit Texts(const std::string& folder);
    ~Texts();

    using Arguments = std::vector<std::pair<std::string, std::string>>;
    // The text of `key` in `language` with {named} arguments filled in; arguments that are whole numbers take
    // part in plural rules. An unknown key comes back as itself, an unknown language as the first one.
    std::string text(std::string_view language, std::string_view key, const Arguments& arguments = {}) const;
    bool has(std::string_view key) const;
    const std::vector<std::string>& languages() const { return languages_; }
    // The first language of an Accept-Language header there is a catalogue for.
    std::string preferred(std::string_view accept_language, std::string_view otherwise) const;

private:
    struct Catalogue;
    std::vector<std::string> languages_;
    std::map<std::string, std::unique_ptr<Catalogue>, std::less<>> catalogues_;
};

}  // namespace gw
