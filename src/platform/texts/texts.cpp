#include "platform/texts/texts.h"

#include <unicode/msgfmt.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace gw {

namespace fs = std::filesystem;

struct Texts::Catalogue {
    icu::Locale locale;
    std::map<std::string, std::unique_ptr<icu::MessageFormat>, std::less<>> texts;
};

namespace {

boost::json::object read_object(const fs::path& file) {
    std::ifstream stream(file);
    std::stringstream text;
    text << stream.rdbuf();
    boost::system::error_code fault;
    boost::json::value value = boost::json::parse(text.str(), fault);
    if (fault || !value.is_object())
        throw std::runtime_error(file.string() + " is not a JSON object of texts");
    return value.get_object();
}

icu::Formattable argument_of(const std::string& text) {
    std::int64_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault == std::errc{} && end == text.data() + text.size()) return icu::Formattable(number);
    return icu::Formattable(icu::UnicodeString::fromUTF8(text));
}

}  // namespace

Texts::~Texts() = default;

Texts::Texts(const std::string& folder) {
    for (const char* language : {"vi", "en", "hi"}) {
        const fs::path home = fs::path(folder) / language;
        if (!fs::is_directory(home)) throw std::runtime_error("there is no folder of texts " + home.string());
        auto catalogue = std::make_unique<Catalogue>();
        // Latin digits in Hindi too, as the browser app shows them.
        catalogue->locale = icu::Locale(std::string_view(language) == "hi" ? "hi_IN@numbers=latn" : language);
        for (const auto& entry : fs::directory_iterator(home)) {
            if (entry.path().extension() != ".json") continue;
            for (const auto& [key, value] : read_object(entry.path())) {
                const std::string name(key);
                if (!value.is_string())
                    throw std::runtime_error(entry.path().string() + ": " + name + " is not a text");
                UErrorCode status = U_ZERO_ERROR;
                UParseError where;
                auto format = std::make_unique<icu::MessageFormat>(
                    icu::UnicodeString::fromUTF8(std::string(value.get_string())), catalogue->locale, where,
                    status);
                if (U_FAILURE(status))
                    throw std::runtime_error(entry.path().string() + ": " + name +
                                             " is no MessageFormat text");
                if (!catalogue->texts.emplace(name, std::move(format)).second)
                    throw std::runtime_error(entry.path().string() + ": " + name + " stands in two files");
            }
        }
        languages_.emplace_back(language);
        catalogues_.emplace(language, std::move(catalogue));
    }
    for (const auto& [language, catalogue] : catalogues_)
        for (const auto& [other_language, other] : catalogues_)
            for (const auto& [key, format] : other->texts)
                if (!catalogue->texts.contains(key))
                    throw std::runtime_error("the text " + key + " is missing in " + language + " (" +
                                             other_language + " has it)");
}

bool Texts::has(std::string_view key) const { return catalogues_.begin()->second->texts.contains(key); }

std::string Texts::text(std::string_view language, std::string_view key, const Arguments& arguments) const {
    const auto known = catalogues_.find(language);
    const Catalogue& catalogue =
        *(known == catalogues_.end() ? catalogues_.find(languages_.front()) : known)->second;
    const auto found = catalogue.texts.find(key);
    if (found == catalogue.texts.end()) return std::string(key);
    std::vector<icu::UnicodeString> names;
    std::vector<icu::Formattable> values;
    for (const auto& [name, value] : arguments) {
        names.push_back(icu::UnicodeString::fromUTF8(name));
        values.push_back(argument_of(value));
    }
    icu::UnicodeString formatted;
    UErrorCode status = U_ZERO_ERROR;
    found->second->format(names.data(), values.data(), static_cast<int32_t>(names.size()), formatted, status);
    if (U_FAILURE(status)) return std::string(key);
    std::string text;
    return formatted.toUTF8String(text);
}

std::string Texts::preferred(std::string_view accept_language, std::string_view otherwise) const {
    while (!accept_language.empty()) {
        const auto end = std::min(accept_language.find(','), accept_language.size());
        std::string_view tag = trimmed(accept_language.substr(0, end));
        accept_language.remove_prefix(std::min(end + 1, accept_language.size()));
        tag = tag.substr(0, tag.find_first_of("-;"));
        if (catalogues_.contains(tag)) return std::string(tag);
    }
    return std::string(otherwise);
}

}  // namespace gw
