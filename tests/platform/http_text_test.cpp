// The small readers and writers of HTTP's text: headers, cookies, percent signs, response heads, requests.
#include <doctest/doctest.h>

#include "platform/http/http.h"
#include "platform/http/request_reader.h"
#include "platform/http/response_head.h"

using gw::http::percent_decode;
using gw::http::Persistence;
using gw::http::Request;
using gw::http::RequestReader;
using gw::http::Response;
using gw::http::response_head;

TEST_CASE("percent signs are decoded, broken ones stay") {
    CHECK(percent_decode("") == "");
    CHECK(percent_decode("a%20b%2Fc") == "a b/c");
    CHECK(percent_decode("%c3%a9%C3%A9") == "éé");
    CHECK(percent_decode("a+b") == "a+b");
    CHECK(percent_decode("%") == "%");
    CHECK(percent_decode("%4") == "%4");
    CHECK(percent_decode("%zz%4g%41") == "%zz%4gA");
    CHECK(percent_decode("%%341") == "%41");
    CHECK(percent_decode("%00") == std::string(1, '\0'));
}

TEST_CASE("headers are found whatever their case") {
    Request request;
    request.headers = {{"Content-Type", "text/plain"}, {"X-One", "first"}, {"x-one", "second"}};
    CHECK(request.header("content-type") == "text/plain");
    CHECK(request.header("X-ONE") == "first");
    CHECK(request.header("X-On") == "");
    CHECK(request.header("X-Two") == "");
}

TEST_CASE("cookies are found among others") {
    Request request;
    CHECK(request.cookie("session") == "");
    request.headers = {{"Cookie", "a=1; xsession=no; session=\"to=ken\" ;b; c="},
                       {"cookie", "late=yes; a=2"}};
    CHECK(request.cookie("session") == "to=ken");
    CHECK(request.cookie("a") == "1");
    CHECK(request.cookie("c") == "");
    CHECK(request.cookie("b") == "");
    CHECK(request.cookie("late") == "yes");
    CHECK(request.cookie("Session") == "");
    CHECK(request.cookie("") == "");
}

TEST_CASE("a response head says what HTTP needs and what the application wants") {
    Response response;
    response.status = 201;
    response.content_type = "application/json";
    response.headers = {{"Location", "/units/1"},  {"date", "never"},     {"Transfer-Encoding", "chunked"},
                        {"connection", "upgrade"}, {"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}};
    const std::string head = response_head(response, 12, Persistence::keep_unsaid);
    const std::string after_date = head.substr(head.find("GMT\r\n") + 5);
    CHECK(head.starts_with("HTTP/1.1 201 Created\r\nDate: "));
    CHECK(after_date ==
          "Content-Type: application/json\r\nLocation: /units/1\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n"
          "Content-Length: 12\r\n\r\n");
    CHECK(head.find("Date: ") + 6 + 29 == head.find("\r\nContent-Type"));
}

TEST_CASE("a status without a body has no length, an unknown one no phrase") {
    Response response;
    for (const int status : {204, 304}) {
        response.status = status;
        CHECK(response_head(response, 5, Persistence::close).find("Content-Length") == std::string::npos);
    }
    response.status = 299;
    CHECK(response_head(response, 5, Persistence::keep_said).starts_with("HTTP/1.1 299 \r\n"));
}

TEST_CASE("a request is read alike however its bytes are cut") {
    const std::string bytes =
        "POST /a?b HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nX-Trailer: t\r\n\r\nGET / HT";
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        RequestReader reader(16 * 1024);
        std::size_t at = 0;
        auto progress = RequestReader::Progress::needs_more;
        for (const std::size_t end : {cut, bytes.size()})
            for (bool more = true; more && progress != RequestReader::Progress::complete;) {
                std::size_t used = 0;
                progress = reader.read(std::string_view(bytes).substr(at, end - at), used);
                at += used;
                more = progress == RequestReader::Progress::header_complete;
                if (more) {
                    CHECK(reader.limit_body(11) == RequestReader::Progress::needs_more);
                    CHECK(reader.request()->body.empty());
                }
            }
        CAPTURE(cut);
        CHECK(progress == RequestReader::Progress::complete);
        CHECK(reader.request()->body == "hello world");
        CHECK(reader.request()->path == "/a");
        CHECK(reader.request()->query == "b");
        CHECK(reader.request()->headers.size() == 2);
        CHECK(bytes.substr(at) == "GET / HT");
        CHECK(reader.keeps_alive());
    }
}

TEST_CASE("an empty chunked body may arrive byte by byte") {
    const std::string bytes =
        "POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\n\r\n";
    RequestReader reader(16 * 1024);
    auto progress = RequestReader::Progress::needs_more;
    std::size_t at = 0;
    for (std::size_t arrived = 1; arrived <= bytes.size(); ++arrived) {
        CHECK(progress == RequestReader::Progress::needs_more);
        std::size_t used = 0;
        progress = reader.read(std::string_view(bytes).substr(at, arrived - at), used);
        at += used;
        if (progress == RequestReader::Progress::header_complete) progress = reader.limit_body(0);
    }
    CHECK(progress == RequestReader::Progress::complete);
    CHECK(reader.request()->body.empty());
}
