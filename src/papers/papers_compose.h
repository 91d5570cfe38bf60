// Facts and words in, a laid out document out. Every word of a paper is a text of the catalogues.
#pragma once
#include <functional>

#include "papers/papers_facts.h"
#include "platform/texts/texts.h"

namespace gw::papers {

class Words {
public:
    Words(const Texts& texts, std::string language) : texts_(texts), language_(std::move(language)) {}
    std::string operator()(std::string_view key, const Texts::Arguments& arguments = {}) const {
        return texts_.text(language_, "papers." + std::string(key), arguments);
    }
    // The first of two keys that there is.
    std::string either(const std::string& key, const std::string& otherwise) const {
        return (*this)(texts_.has("papers." + key) ? key : otherwise);
    }
    const std::string& language() const { return language_; }

private:
    const Texts& texts_;
    std::string language_;
};

// The number is empty on a draft.
Document compose(const Facts& facts, const std::string& number_text, const Words& words);

// "7.5", "100": points as they are written in the language.
std::string points_text(std::int64_t milli, const std::string& language);

}  // namespace gw::papers
