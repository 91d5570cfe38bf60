// What a client says it accepts: content codings, media types and ranges of bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace gw::http {

// Whether an Accept-Encoding value allows the coding: named itself or by "*", and not with q=0.
bool accepts_encoding(std::string_view accept_encoding, std::string_view coding);

// Whether an Accept value names the media type itself, and not with q=0. "*/*" does not count: scripts and
// tools send it for everything, browsers name text/html when a person opens a page.
bool names_media_type(std::string_view accept, std::string_view media_type);

// Whether one of the entity tags in an If-None-Match value is `etag` (weakly compared), or the value is "*".
bool matches_etag(std::string_view if_none_match, std::string_view etag);

// The one range a Range header asks for, cut to the size. Nothing when it asks for several or is not
// understood, which RFC 9110 14.2 allows us to answer with the whole.
struct ByteRange {
    bool satisfiable = true;
    std::uint64_t offset = 0, length = 0;
};
std::optional<ByteRange> byte_range(std::string_view range, std::uint64_t size);

}  // namespace gw::http
