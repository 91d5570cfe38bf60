// Writes the status line and the headers of a response.
#pragma once

#include "platform/http/http.h"

#include <string>
#include <string_view>

namespace gw::http {

// What to tell the client about the connection. HTTP/1.1 keeps it open unless told; HTTP/1.0 closes it.
enum class Persistence { keep_unsaid, keep_said, close };

// The head up to and including the empty line. `length` is that of the body, in bytes; it is left out for
// the statuses that never have a body (204 and 304).
std::string response_head(const Response& response, std::uint64_t length, Persistence persistence);

// Whether a response of this status has a body at all.
bool has_body(int status);

// The usual English words for a status; "" for one we do not know.
std::string_view reason_phrase(int status);

}  // namespace gw::http
