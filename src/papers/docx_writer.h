// A document as DOCX (Office Open XML, ECMA-376), for Word and LibreOffice.
#pragma once
#include <string>

#include "papers/document.h"

namespace gw::papers {

// The same bytes for the same document.
std::string docx_of(const Document& document);

}  // namespace gw::papers
