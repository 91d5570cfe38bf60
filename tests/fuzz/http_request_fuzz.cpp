// Feeds arbitrary bytes to the request reader, whole and in pieces: both ways must agree, nothing may
// crash, and no accepted body may pass its limit.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/request_reader.h"

namespace {

using gw::http::Request;
using gw::http::RequestReader;

constexpr std::uint32_t header_bytes = 512;
constexpr std::uint64_t body_bytes = 64;

void require(bool condition, const char* what) {
    if (condition) return;
    std::fprintf(stderr, "%s\n", what);
    std::abort();
}

// What became of the bytes: one line for each request, the last one for what was refused or is unfinished.
std::vector<std::string> outcome(std::string_view bytes, std::size_t piece) {
    std::vector<std::string> outcomes;
    std::size_t start = 0;
    std::size_t arrived = std::min(piece, bytes.size());
    while (true) {
        RequestReader reader(header_bytes);
        auto progress = RequestReader::Progress::needs_more;
        while (progress != RequestReader::Progress::complete) {
            std::size_t used = 0;
            progress = reader.read(bytes.substr(start, arrived - start), used);
            require(used <= arrived - start, "used more than there was");
            start += used;
            if (progress == RequestReader::Progress::header_complete)
                progress = reader.limit_body(body_bytes);
            if (progress == RequestReader::Progress::refused) {
                outcomes.push_back("refused " + std::to_string(reader.refusal()));
                return outcomes;
            }
            if (progress == RequestReader::Progress::needs_more && (arrived == start || used == 0)) {
                if (arrived == bytes.size()) {
                    outcomes.push_back("unfinished");
                    return outcomes;
                }
                arrived = std::min(arrived + piece, bytes.size());
            }
        }
        const Request& request = *reader.request();
        require(request.body.size() <= body_bytes, "a body over the limit");
        require(request.path.starts_with('/') || request.path == "*", "a path without a root");
        outcomes.push_back(request.method + " " + request.path + "?" + request.query + "\n" + request.body);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const auto whole = outcome(text, size + 1);
    for (const std::size_t piece : {1U, 7U}) {
        const auto pieces = outcome(text, piece);
        // In pieces, trouble may show before or after a limit is met; the requests read until then must
        // agree.
        require(whole.size() == pieces.size(), "a different number of requests");
        for (std::size_t index = 0; index + 1 < whole.size(); ++index)
            require(whole[index] == pieces[index], "a different request");
    }
    return 0;
}
