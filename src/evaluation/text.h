// A text for people in the three languages of the product, and where a number comes from.
#pragma once
#include <string>
#include <string_view>

namespace gw::evaluation {

struct Text {
    std::string vi;
    std::string en;
    std::string hi;

    // The text in `language` ("vi", "en" or "hi"); English when that language has none.
    const std::string& in(std::string_view language) const {
        const std::string& wanted = language == "vi" ? vi : language == "hi" ? hi : en;
        return wanted.empty() ? en : wanted;
    }
};

// Why a number stands in a rulebook. Basis is one of
//   source   it is in the cited public document,
//   general  it is common practice that no cited document confirms,
//   sample   it is the sample province's own choice,
//   assumed  it is a default of the product; never to be shown as law.
struct Origin {
    std::string basis;
    std::string source;  // key in Rulebook::sources, or empty
};

}  // namespace gw::evaluation
