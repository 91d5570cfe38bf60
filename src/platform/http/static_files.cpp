#include "platform/http/static_files.h"

#include "platform/http/accepted.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace gw::http {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view content_security_policy =
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src "
    "'self'; "
    "worker-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; "
    "require-trusted-types-for 'script'; trusted-types svelte-trusted-html gw-sw";

// Photos are taken and sheets scanned with the camera; the rest of the device is none of our business.
constexpr std::string_view permissions_policy =
    "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()";

// The build puts a hash of the content into the names below assets/, so they never change.
constexpr std::string_view keep_for_ever = "public, max-age=31536000, immutable";
constexpr std::string_view ask_every_time = "no-cache";

constexpr std::string_view octets = "application/octet-stream";
constexpr auto content_types = std::to_array<std::pair<std::string_view, std::string_view>>({
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".map", "application/json"},
    {".wasm", "application/wasm"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".webp", "image/webp"},
    {".avif", "image/avif"},
    {".ico", "image/vnd.microsoft.icon"},
    {".woff2", "font/woff2"},
    {".woff", "font/woff"},
    {".ttf", "font/ttf"},
    {".txt", "text/plain; charset=utf-8"},
    {".xml", "application/xml"},
    {".pdf", "application/pdf"},
    {".gz", "application/gzip"},
});

std::string_view content_type_of(std::string_view name) {
    const auto dot = name.rfind('.');
    if (dot == name.npos) return octets;
    const auto* found =
        std::ranges::find(content_types, name.substr(dot), &decltype(content_types)::value_type::first);
    return found == content_types.end() ? octets : found->second;
}

// FNV-1a, 64 bits: enough to tell two builds of one file apart. Nothing secret depends on it.
std::uint64_t fingerprint(std::istream& input) {
    std::uint64_t hash = 14695981039346656037ULL;
    std::array<char, 16 * 1024> block;
    while (input.read(block.data(), block.size()) || input.gcount() > 0)
        for (const char byte : std::string_view(block.data(), static_cast<std::size_t>(input.gcount())))
            hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
    return hash;
}

// What a page takes in and a browser never opens by itself. Scripts of workers would need the policy; the one
// we have, sw.js, lies outside assets/.
bool is_part_of_page(std::string_view path) {
    return path.starts_with("assets/") &&
           (path.ends_with(".js") || path.ends_with(".css") || path.ends_with(".woff2"));
}

Header strict_transport() { return {"Strict-Transport-Security", "max-age=31536000; includeSubDomains"}; }

// api/ and print/ are answered elsewhere: an unknown address there must not look like a page of the app.
bool belongs_to_app_routes(std::string_view path) {
    for (std::string_view folder : {"assets", "api", "print"})
        if (path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/'))
            return false;
    return true;
}

Response refusal(const Request& request, int status, std::string_view title) {
    Response response;
    response.status = status;
    response.content_type = "application/problem+json";
    response.headers = security_headers(request);
    response.headers.push_back({"Cache-Control", "no-store"});
    response.body = R"({"type":"about:blank","title":")" + std::string(title) + R"(","status":)" +
                    std::to_string(status) + "}";
    return response;
}

}  // namespace

std::vector<Header> security_headers(const Request& request) {
    std::vector<Header> headers = {
        {"Content-Security-Policy", std::string(content_security_policy)},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "same-origin"},
        {"Permissions-Policy", std::string(permissions_policy)},
        {"Cross-Origin-Opener-Policy", "same-origin"},
    };
    // Browsers ignore it over plain HTTP, and RFC 6797 7.2 forbids it there.
    if (request.secure) headers.push_back(strict_transport());
    return headers;
}

StaticFiles::StaticFiles(std::string root) {
    std::error_code error;
    if (!fs::is_directory(root, error)) throw std::runtime_error("no folder of web files at " + root);
    std::map<std::string, Variant, std::less<>> found;
    for (const auto& entry : fs::recursive_directory_iterator(root))
        if (entry.is_regular_file() && !entry.is_symlink())
            found.emplace(entry.path().lexically_relative(root).generic_string(),
                          describe(entry.path().string()));
    const auto neighbour = [&found](const std::string& path) -> std::optional<Variant> {
        const auto at = found.find(path);
        return at == found.end() ? std::nullopt : std::optional(at->second);
    };
    for (const auto& [path, variant] : found) {
        const bool is_compressed_copy = (path.ends_with(".br") || path.ends_with(".gz")) &&
                                        found.contains(std::string_view(path).substr(0, path.size() - 3));
        if (is_compressed_copy) continue;
        files_.emplace(path,
                       File{.plain = variant,
                            .brotli = neighbour(path + ".br"),
                            .gzip = neighbour(path + ".gz"),
                            .content_type = content_type_of(path),
                            .cache_control = path.starts_with("assets/") ? keep_for_ever : ask_every_time,
                            .is_part_of_page = is_part_of_page(path)});
    }
}

StaticFiles::Variant StaticFiles::describe(const std::string& path) {
    std::ifstream input(path, std::ios::binary);
    if (!input) throw std::runtime_error("cannot read " + path);
    std::array<char, 16> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), fingerprint(input), 16).ptr;
    return {.path = path, .size = fs::file_size(path), .etag = '"' + std::string(digits.data(), end) + '"'};
}

Response StaticFiles::serve(const Request& request, std::string_view relative_path) const {
    if (request.method != "GET" && request.method != "HEAD") {
        Response response = refusal(request, 405, "Method Not Allowed");
        response.headers.push_back({"Allow", "GET, HEAD"});
        return response;
    }
    if (relative_path.starts_with('/')) relative_path.remove_prefix(1);
    const std::string path = percent_decode(relative_path);
    const auto file = files_.find(path.empty() ? std::string_view("index.html") : std::string_view(path));
    if (file != files_.end()) return serve_file(request, file->second);
    const auto page = files_.find("index.html");
    const bool wants_page = names_media_type(request.header("Accept"), "text/html");
    if (page == files_.end() || !wants_page || !belongs_to_app_routes(path))
        return refusal(request, 404, "Not Found");
    return serve_file(request, page->second);
}

Response StaticFiles::serve_file(const Request& request, const File& file) const {
    const auto accepted = request.header("Accept-Encoding");
    const auto range_header = request.header("Range");
    const Variant* variant = &file.plain;
    std::string_view coding;
    // Parts of a file are only useful to clients that resume the plain one.
    if (range_header.empty() && file.brotli && accepts_encoding(accepted, "br")) {
        variant = &*file.brotli;
        coding = "br";
    } else if (range_header.empty() && file.gzip && accepts_encoding(accepted, "gzip")) {
        variant = &*file.gzip;
        coding = "gzip";
    }

    Response response;
    if (file.is_part_of_page) {
        response.headers.push_back({"X-Content-Type-Options", "nosniff"});
        if (request.secure) response.headers.push_back(strict_transport());
    } else {
        response.headers = security_headers(request);
    }
    response.headers.push_back({"Cache-Control", std::string(file.cache_control)});
    response.headers.push_back({"ETag", variant->etag});
    if (file.brotli || file.gzip) response.headers.push_back({"Vary", "Accept-Encoding"});
    if (matches_etag(request.header("If-None-Match"), variant->etag)) {
        response.status = 304;
        return response;
    }
    response.content_type = file.content_type;
    response.headers.push_back({"Accept-Ranges", "bytes"});
    if (!coding.empty()) response.headers.push_back({"Content-Encoding", std::string(coding)});
    response.file = FileRange{.path = variant->path, .offset = 0, .length = variant->size};

    // A range of a file that has changed since would be glued to the rest of another one.
    const auto if_range = request.header("If-Range");
    if (!if_range.empty() && if_range != variant->etag) return response;
    const auto range = byte_range(range_header, variant->size);
    if (!range) return response;
    const std::string size = std::to_string(variant->size);
    if (!range->satisfiable) {
        response.status = 416;
        response.content_type.clear();
        response.file.reset();
        response.headers.push_back({"Content-Range", "bytes */" + size});
        return response;
    }
    response.status = 206;
    response.file->offset = range->offset;
    response.file->length = range->length;
    response.headers.push_back({"Content-Range", "bytes " + std::to_string(range->offset) + "-" +
                                                     std::to_string(range->offset + range->length - 1) + "/" +
                                                     size});
    return response;
}

}  // namespace gw::http
