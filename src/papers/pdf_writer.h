// A document as PDF, by Pango and Cairo: tagged, with its fonts inside, the same bytes for the same document.
#pragma once
#include <string>

#include "papers/document.h"

namespace gw::papers {

// A character that no font knows is shown as a box with its number. Throws std::runtime_error when Cairo
// cannot go on.
std::string pdf_of(const Document& document);

}  // namespace gw::papers
