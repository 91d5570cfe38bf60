#include "platform/auth/tokens.h"

#include <sodium.h>

#include <algorithm>
#include <stdexcept>

namespace gw {

namespace {

constexpr std::size_t random_bytes = 32;
constexpr std::size_t token_length = 43;
constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

bool is_token_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

}  // namespace

std::string make_token() {
    if (sodium_init() < 0) throw std::runtime_error("libsodium does not start on this machine");
    std::array<unsigned char, random_bytes> random{};
    randombytes_buf(random.data(), random.size());
    std::string text(token_length + 1, '\0');
    sodium_bin2base64(text.data(), text.size(), random.data(), random.size(), variant);
    text.pop_back();
    return text;
}

bool is_token(std::string_view text) {
    return text.size() == token_length && std::all_of(text.begin(), text.end(), is_token_character);
}

TokenHash hash_of_token(std::string_view token) {
    TokenHash hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(token.data()),
                       token.size(), nullptr, 0);
    return hash;
}

std::string to_text(const TokenHash& hash) {
    std::string text(hash.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
    text.pop_back();
    return text;
}

}  // namespace gw
