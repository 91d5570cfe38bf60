// Session tokens: 256 random bits for the browser, of which only a hash is kept.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gw {

using TokenHash = std::array<std::uint8_t, 32>;

std::string make_token();              // 43 characters of base64url
bool is_token(std::string_view text);  // whether it has the form of one
TokenHash hash_of_token(std::string_view token);
std::string to_text(const TokenHash& hash);  // 64 hex digits

}  // namespace gw
