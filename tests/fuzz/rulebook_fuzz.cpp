// Feeds arbitrary texts to the reader of rulebooks: it gives an edition, or mistakes with lines and words.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "rulebooks/rulebooks.h"

namespace {

void require(bool condition, const char* what) {
    if (condition) return;
    std::fprintf(stderr, "%s\n", what);
    std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const gw::rulebooks::Reading reading = gw::rulebooks::read_text(text, "fuzz.toml");
    require((reading.edition == nullptr) == !reading.mistakes.empty(),
            "neither an edition nor a mistake, or both");
    for (const auto& mistake : reading.mistakes) {
        require(mistake.line > 0, "a mistake without a line");
        require(!mistake.message.empty(), "a mistake without words");
    }
    return 0;
}
