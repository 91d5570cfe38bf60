// The parts of a DOCX that are the same for every paper, apart from its language and title: styles, the list,
// the number at the head of a page, properties.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "printing/look.h"

namespace gw::printing {

// Fit to stand in XML, between tags and in attributes; characters that XML does not know are left out.
std::string xml_text(const std::string& text);
// "w:val" of a style.
std::string style_id(LineStyle style);
// Names and contents, in the order in which they stand in the file.
std::vector<std::pair<std::string, std::string>> fixed_parts(const Document& document);

inline constexpr const char* xml_head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
inline constexpr const char* word_names =
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

// Twentieths of a point, in which Word counts.
inline std::string twentieths(double points) { return std::to_string(static_cast<long>(points * 20 + 0.5)); }

// Half points, in which Word gives sizes of letters.
inline std::string half_points(double points) { return std::to_string(static_cast<long>(points * 2 + 0.5)); }

}  // namespace gw::printing
