// Which file of the browser app is served for which request, and with what headers.
#include "platform/http/static_files.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

using gw::http::Header;
using gw::http::Request;
using gw::http::Response;
using gw::http::StaticFiles;

namespace {

namespace fs = std::filesystem;

class WebFolder {
public:
    WebFolder() : root_(fs::temp_directory_path() / ("gw_http_web_" + std::to_string(::getpid()))) {
        fs::create_directories(root_ / "assets");
        write("index.html", "<!doctype html>index");
        write("index.html.br", "br of index");
        write("sw.js", "worker");
        write("manifest.webmanifest", "{}");
        write("assets/app-1a2b.js", "0123456789");
        write("assets/app-1a2b.js.br", "brotli");
        write("assets/app-1a2b.js.gz", "gzip of it");
        write("assets/style-3c.css", "a{}");
        write("assets/style-3c.css.gz", "gz");
        write("assets/empty.txt", "");
        write("archive.gz", "not a copy of anything");
        write("bản in.svg", "<svg/>");
        std::ofstream(root_.string() + "_secret") << "secret";
        fs::create_symlink(root_.string() + "_secret", root_ / "link_file");
    }
    ~WebFolder() {
        fs::remove_all(root_);
        fs::remove(root_.string() + "_secret");
    }
    WebFolder(const WebFolder&) = delete;
    WebFolder& operator=(const WebFolder&) = delete;

    std::string path() const { return root_.string(); }
    void write(const std::string& name, std::string_view content) const {
        std::ofstream(root_ / name, std::ios::binary) << content;
    }

private:
    fs::path root_;
};

Request get(std::vector<Header> headers = {}) {
    Request request;
    request.method = "GET";
    request.headers = std::move(headers);
    return request;
}

std::string header(const Response& response, std::string_view name) {
    for (const Header& header : response.headers)
        if (gw::http::same_header_name(header.name, name)) return header.value;
    return "";
}

std::string sent(const Response& response) {
    if (!response.file) return response.body;
    std::ifstream input(response.file->path, std::ios::binary);
    std::ostringstream content;
    content << input.rdbuf();
    return content.str().substr(response.file->offset, response.file->length);
}

const Header browser{"Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"};

}  // namespace

TEST_CASE("files are served with their type and their time to live") {
    const WebFolder folder;
    const StaticFiles files(folder.path());
    const auto script = files.serve(get(), "/assets/app-1a2b.js");
    CHECK(script.status == 200);
    CHECK(sent(script) == "0123456789");
    CHECK(script.content_type == "text/javascript; charset=utf-8");
    CHECK(header(script, "Cache-Control") == "public, max-age=31536000, immutable");
    CHECK(header(script, "Vary") == "Accept-Encoding");
    const auto worker = files.serve(get(), "sw.js");
    CHECK(sent(worker) == "worker");
    CHECK(header(worker, "Cache-Control") == "no-cache");
    CHECK(header(worker, "Vary").empty());
    CHECK(files.serve(get(), "/assets/style-3c.css").content_type == "text/css; charset=utf-8");
    CHECK(files.serve(get(), "/manifest.webmanifest").content_type == "application/manifest+json");
    CHECK(files.serve(get(), "/archive.gz").content_type == "application/gzip");
    const auto drawing = files.serve(get(), "/b%E1%BA%A3n%20in.svg");
    CHECK(drawing.status == 200);
    CHECK(drawing.content_type == "image/svg+xml");
    CHECK(sent(files.serve(get(), "/assets/empty.txt")).empty());
}

TEST_CASE("the root is the page of the app") {
    const WebFolder folder;
    const StaticFiles files(folder.path());
    for (const char* path : {"", "/", "/index.html"}) {
        const auto page = files.serve(get(), path);
        CHECK(sent(page) == "<!doctype html>index");
        CHECK(page.content_type == "text/html; charset=utf-8");
        CHECK(header(page, "Cache-Control") == "no-cache");
    }
}

TEST_CASE("compressed copies are chosen by what the client accepts") {
    const WebFolder folder;
    const StaticFiles files(folder.path());
    const auto coding = [&](const std::string& path, const std::string& accepted) {
        const auto response = files.serve(get({{"Accept-Encoding", accepted}}), path);
        CHECK(response.status == 200);
        return header(response, "Content-Encoding") + ":" + sent(response);
    };
    const std::string script = "/assets/app-1a2b.js";
    CHECK(coding(script, "gzip, deflate, br") == "br:brotli");
    CHECK(coding(script, "gzip") == "gzip:gzip of it");
    CHECK(coding(script, "br;q=0, gzip") == "gzip:gzip of it");
    CHECK(coding(script, "br; q=0.000, gzip;q=0.5") == "gzip:gzip of it");
    CHECK(coding(script, "BR;Q=0.001") == "br:brotli");
    CHECK(coding(script, "*") == "br:brotli");
    CHECK(coding(script, "br;q=0, *") == "gzip:gzip of it");
    CHECK(coding(script, "*;q=0") == ":0123456789");
    CHECK(coding(script, "brotli, x-gzip") == ":0123456789");
    CHECK(coding(script, "") == ":0123456789");
    CHECK(coding("/assets/style-3c.css", "br, gzip") == "gzip:gz");
    CHECK(coding("/assets/style-3c.css", "br") == ":a{}");
    const auto compressed = files.serve(get({{"Accept-Encoding", "br"}}), script);
    CHECK(compressed.content_type == "text/javascript; charset=utf-8");
    CHECK(files.serve(get(), script + ".br").status == 404);
}

TEST_CASE("a client that has the file already is told so") {
    const WebFolder folder;
    const StaticFiles files(folder.path());
    const std::string path = "/assets/app-1a2b.js";
    const std::string tag = header(files.serve(get(), path), "ETag");
    REQUIRE(tag.size() > 2);
    for (const std::string& given : {tag, "W/" + tag, "\"other\", " + tag, std::string("*")}) {
        const auto response = files.serve(get({{"If-None-Match", given}}), path);
        CHECK(response.status == 304);
        CHECK_FALSE(response.file);
        CHECK(header(response, "ETag") == tag);
        CHECK(header(response, "Cache-Control") == "public, max-age=31536000, immutable");
    }
    CHECK(files.serve(get({{"If-None-Match", "\"other\""}}), path).status == 200);
    const Header brotli{"Accept-Encoding", "br"};
    CHECK(files.serve(get({{"If-None-Match", tag}, brotli}), path).status == 200);
    CHECK(header(files.serve(get({brotli}), path), "ETag") != tag);
}

TEST_CASE("the tag follows the content") {
    const WebFolder folder;
    const std::string before = header(StaticFiles(folder.path()).serve(get(), "sw.js"), "ETag");
    CHECK(header(StaticFiles(folder.path()).serve(get(), "sw.js"), "ETag") == before);
    folder.write("sw.js", "worked");
    CHECK(header(StaticFiles(folder.path()).serve(get(), "sw.js"), "ETag") != before);
}

TEST_CASE("ranges of a file") {
    const WebFolder folder;
    const StaticFiles files(folder.path());
    const std::string path = "/assets/app-1a2b.js";
    const auto ranged = [&](const std::string& range) {
        const auto response = files.serve(get({{"Range", range}, {"Accept-Encoding", "br"}}), path);
        return std::to_string(response.status) + " " + header(response, "Content-Range") + " " +
               sent(response);
    };
    CHECK(ranged("bytes=0-3") == "206 bytes 0-3/10 0123");
    CHECK(ranged("bytes=4-") == "206 bytes 4-9/10 456789");
    CHECK(ranged("bytes=-3") == "206 bytes 7-9/10 789");
    CHECK(ranged("bytes=-30") == "206 bytes 0-9/10 0123456789");
    CHECK(ranged("bytes=8-500") == "206 bytes 8-9/10 89");
    CHECK(ranged("bytes=8-18446744073709551615") == "206 bytes 8-9/10 89");
    CHECK(ranged("bytes=10-") == "416 bytes */10 ");
    CHECK(ranged("bytes=-0") == "416 bytes */10 ");
    for (const char* ignored : {"bytes=0-1,3-4", "bytes=3-2", "bytes=-", "bytes=a-b", "bytes=1", "lines=0-1",
                                "bytes=99999999999999999999-"})
        CHECK(ranged(ignored) == "200  0123456789");
}

TEST_CASE("a range of a file that has changed since gets the whole file") {
    const WebFolder folder;
    const StaticFiles files(folder.path());
    const std::string path = "/assets/app-1a2b.js";
    const std::string tag = header(files.serve(get(), path), "ETag");
    CHECK(files.serve(get({{"Range", "bytes=0-3"}, {"If-Range", tag}}), path).status == 206);
    CHECK(files.serve(get({{"Range", "bytes=0-3"}, {"If-Range", "\"old\""}}), path).status == 200);
    CHECK(files.serve(get({{"Range", "bytes=0-3"}, {"If-Range", "Sat, 21 Nov 2026 08:00:00 GMT"}}), path)
              .status == 200);
}

TEST_CASE("pages of the app are left to the app to find") {
    const WebFolder folder;
    const StaticFiles files(folder.path());
    for (const char* path : {"/meetings/42", "/units", "/apiary", "/printer/1", "/a.b/c"}) {
        CAPTURE(path);
        const auto page = files.serve(get({browser}), path);
        CHECK(page.status == 200);
        CHECK(sent(page) == "<!doctype html>index");
        CHECK(header(page, "Cache-Control") == "no-cache");
    }
}

TEST_CASE("what is missing is refused") {
    const WebFolder folder;
    const StaticFiles files(folder.path());
    for (const char* path : {"/assets/app-old.js", "/assets/", "/assets", "/api/meetings", "/api", "/print/1",
                             "/%61pi/meetings", "api/x"}) {
        CAPTURE(path);
        const auto response = files.serve(get({browser}), path);
        CHECK(response.status == 404);
        CHECK(response.content_type == "application/problem+json");
        CHECK(header(response, "Cache-Control") == "no-store");
    }
    CHECK(files.serve(get(), "/meetings/42").status == 404);
    CHECK(files.serve(get({{"Accept", "*/*"}}), "/meetings/42").status == 404);
    CHECK(files.serve(get({{"Accept", "application/json, text/html;q=0"}}), "/meetings/42").status == 404);
}

TEST_CASE("nothing outside the folder is served") {
    const WebFolder folder;
    const StaticFiles files(folder.path());
    const std::string secret = fs::path(folder.path() + "_secret").filename().string();
    for (const std::string& path :
         {"/../" + secret, "/..%2f" + secret, "/%2e%2e/" + secret, "/assets/../../" + secret,
          "/assets/..%2F..%2F" + secret, "//../" + secret, folder.path() + "_secret", "/..\\" + secret,
          "/../" + secret + std::string(1, '\0') + ".js", std::string("/link_file")}) {
        CAPTURE(path);
        CHECK(files.serve(get(), path).status == 404);
        CHECK(sent(files.serve(get({browser}), path)) != "secret");
    }
}

TEST_CASE("only reading is allowed") {
    const WebFolder folder;
    const StaticFiles files(folder.path());
    Request request = get();
    request.method = "POST";
    const auto response = files.serve(request, "/index.html");
    CHECK(response.status == 405);
    CHECK(header(response, "Allow") == "GET, HEAD");
    request.method = "HEAD";
    CHECK(files.serve(request, "/index.html").status == 200);
}

TEST_CASE("every answer that may be a page carries the security headers") {
    const WebFolder folder;
    const StaticFiles files(folder.path());
    for (const char* path : {"/", "/sw.js", "/bản in.svg", "/assets/empty.txt", "/assets/missing.js"}) {
        const auto response = files.serve(get(), path);
        CHECK(header(response, "Content-Security-Policy") ==
              "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
              "connect-src "
              "'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
              "form-action "
              "'self'; require-trusted-types-for 'script'; trusted-types svelte-trusted-html gw-sw");
        CHECK(header(response, "X-Content-Type-Options") == "nosniff");
        CHECK(header(response, "Referrer-Policy") == "same-origin");
        CHECK(header(response, "Permissions-Policy").starts_with("camera=(self), microphone=()"));
        CHECK(header(response, "Cross-Origin-Opener-Policy") == "same-origin");
        CHECK(header(response, "Strict-Transport-Security").empty());
    }
    Request secure = get();
    secure.secure = true;
    CHECK(header(files.serve(secure, "/"), "Strict-Transport-Security").starts_with("max-age=31536000"));
}

TEST_CASE("scripts and styles of a page carry no policy of pages, but their type holds") {
    const WebFolder folder;
    const StaticFiles files(folder.path());
    for (const char* path : {"/assets/app-1a2b.js", "/assets/style-3c.css"}) {
        const auto response = files.serve(get(), path);
        CHECK(response.status == 200);
        CHECK(header(response, "X-Content-Type-Options") == "nosniff");
        for (const char* policy : {"Content-Security-Policy", "Referrer-Policy", "Permissions-Policy",
                                   "Cross-Origin-Opener-Policy", "Strict-Transport-Security"})
            CHECK_MESSAGE(header(response, policy).empty(), path, " carries ", policy);
    }
    Request secure = get();
    secure.secure = true;
    const auto response = files.serve(secure, "/assets/app-1a2b.js");
    CHECK(header(response, "Strict-Transport-Security").starts_with("max-age=31536000"));
    CHECK(header(response, "X-Content-Type-Options") == "nosniff");
}

TEST_CASE("a folder that is not there is named at the start") {
    std::string reason;
    try {
        const StaticFiles files("/nonexistent/web");
    } catch (const std::runtime_error& error) {
        reason = error.what();
    }
    CHECK(reason.find("/nonexistent/web") != std::string::npos);
}
