// Serves the files of the browser app (web/dist) with the headers that make them fast and safe.
#pragma once

#include "platform/http/http.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::http {

// The headers every answer to a browser carries: content security policy, nosniff, referrer and
// permissions policy, and Strict-Transport-Security when the request came over TLS. Scripts, styles and
// letters below assets/ carry only nosniff and the last: the policies of a page hold for what it takes in,
// and a browser heeds none on these; on a slow network 700 bytes on each file count.
std::vector<Header> security_headers(const Request& request);

class StaticFiles {
public:
    // Lists the files under `root` once: only what was there at the start is ever served, so no request
    // can reach outside. Symbolic links are left out for the same reason. Throws std::runtime_error when
    // `root` is not a directory.
    explicit StaticFiles(std::string root);

    // Answers GET and HEAD; anything else gets 405. `relative_path` is the path below the root, still
    // percent-encoded, with or without a leading "/"; "" and "/" mean index.html.
    // 404 for what is missing, except that pages (a browser asking for text/html) get index.html and let
    // the app find its own route; never below assets/, api/ and print/.
    // Ranges, ETag and the precompressed neighbours x.br and x.gz of a file x are taken care of.
    Response serve(const Request& request, std::string_view relative_path) const;

private:
    struct Variant {
        std::string path;  // on disk
        std::uint64_t size = 0;
        std::string etag;
    };
    struct File {
        Variant plain;
        std::optional<Variant> brotli, gzip;
        std::string_view content_type;
        std::string_view cache_control;
        bool is_part_of_page =
            false;  // a script, style or font below assets/: never a document, never a worker
    };
    static Variant describe(const std::string& path);
    Response serve_file(const Request& request, const File& file) const;

    std::map<std::string, File, std::less<>> files_;  // by path below the root, with "/"
};

}  // namespace gw::http
