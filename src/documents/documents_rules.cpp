#include <algorithm>
#include <array>

#include "documents/documents.h"
#include "imaging/imaging.h"

namespace gw::documents {

namespace {

struct Kind {
    std::string_view ending, first_bytes, media_type;
};
constexpr std::string_view zip = "PK\x03\x04";
constexpr std::array kinds{
    Kind{".pdf", "%PDF-", "application/pdf"},
    Kind{".docx", zip, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    Kind{".xlsx", zip, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    Kind{".pptx", zip, "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    Kind{".odt", zip, "application/vnd.oasis.opendocument.text"},
    Kind{".ods", zip, "application/vnd.oasis.opendocument.spreadsheet"},
    Kind{".odp", zip, "application/vnd.oasis.opendocument.presentation"},
};

bool ends_like(std::string_view name, std::string_view ending) {
    return name.size() > ending.size() &&
           std::equal(ending.rbegin(), ending.rend(), name.rbegin(),
                      [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b); });
}

}  // namespace

std::optional<std::string> media_type_of(std::string_view name, std::string_view bytes) {
    if (imaging::looks_like_picture(bytes)) return "image/jpeg";
    for (const Kind& kind : kinds)
        if (ends_like(name, kind.ending) && bytes.starts_with(kind.first_bytes))
            return std::string(kind.media_type);
    const bool has_nul = bytes.find('\0') != std::string_view::npos;
    if (ends_like(name, ".txt") && !has_nul && is_valid_utf8(bytes)) return "text/plain; charset=utf-8";
    return std::nullopt;
}

}  // namespace gw::documents
