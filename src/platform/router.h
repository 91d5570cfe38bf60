// The list of routes. A route names its request, its answer and its operation; reading JSON, the transaction,
// the status code, the OpenAPI page and the TypeScript types are written once for all of them.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/call.h"
#include "platform/http/http.h"
#include "platform/json/json.h"
#include "platform/json/schema.h"

namespace gw {

// A body taken as it comes (an uploaded file). A request struct may have one such field.
struct Upload {
    std::string bytes;
    std::string content_type;
};

// An answer that is a file to keep rather than JSON.
struct Download {
    std::string file_name;
    std::string content_type;
    std::string bytes;
};

// An answer for programs that come again and again: given with its ETag, and not at all when they have it.
struct Feed {
    std::string content_type;
    std::string bytes;
    std::int64_t fresh_seconds = 0;  // how long they need not ask again
};

// Requests and answers without anything in them.
struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

using Values = std::vector<std::pair<std::string, std::string>>;

// How a call runs: `read` in a snapshot, where it arrives when the store is local; `write` in the writer's
// transaction; `slow` on the worker pool in a snapshot, changing things through Call::write.
BOOST_DEFINE_ENUM_CLASS(Way, read, write, slow)

// Puts what an operation answered into the response. Called once at most.
using WriteAnswer = std::function<void(http::Response&)>;

struct Route {
    std::string verb, path, summary;
    Way way = Way::read;
    bool is_open = false;  // answers people who have not signed in
    // Others may send to it (a mail program, a form without our script). Only for a route that asks for a
    // secret in its address and looks at no session.
    bool is_for_other_sites = false;
    std::uint64_t body_limit = 256 * 1024;
    std::vector<std::string> segments;
    // Reads the request struct; throws Refusal with every mistake. Needs no database.
    std::function<std::shared_ptr<void>(const http::Request&, const Values& path_values)> read_request;
    // Does it, in its transaction, and returns what writes the answer: that needs no database.
    std::function<WriteAnswer(const Call&, const void* request)> run;
    std::function<void(SchemaWriter&)> describe;  // adds the schemas of request and answer
    std::string request_schema, answer_schema;
    std::vector<Parameter> parameters;
    bool takes_upload = false, gives_download = false;
};

class Router {
public:
    // An operation is a function or lambda `Answer(const Call&, const Request&)`. The summary says what it
    // does: it is the OpenAPI text. Path values are written {unit_id} and name a field of the request.
    template <class Operation>
    Route& get(std::string path, std::string summary, Operation operation) {
        return add("GET", Way::read, std::move(path), std::move(summary),
                   std::function{std::move(operation)});
    }
    template <class Operation>
    Route& post(std::string path, std::string summary, Operation operation) {
        return add("POST", Way::write, std::move(path), std::move(summary),
                   std::function{std::move(operation)});
    }
    template <class Operation>
    Route& put(std::string path, std::string summary, Operation operation) {
        return add("PUT", Way::write, std::move(path), std::move(summary),
                   std::function{std::move(operation)});
    }
    template <class Operation>
    Route& remove(std::string path, std::string summary, Operation operation) {
        return add("DELETE", Way::write, std::move(path), std::move(summary),
                   std::function{std::move(operation)});
    }

    const std::vector<std::unique_ptr<Route>>& routes() const { return routes_; }
    // The route of an address, with the values of its {parts}; null and 404 or 405 in `status` when there is
    // none.
    const Route* find(std::string_view verb, std::string_view path, Values& path_values, int& status) const;
    // The OpenAPI 3.1 page of all routes, as JSON text.
    std::string openapi() const;

private:
    template <class Request, class Answer>
    Route& add(const char* verb, Way way, std::string path, std::string summary,
               std::function<Answer(const Call&, const Request&)> operation);
    Route& keep(std::unique_ptr<Route> route);
    std::vector<std::unique_ptr<Route>> routes_;
};

// The values of a query, percent-decoded.
Values query_values(std::string_view query, Problems& problems);
// The header that makes a browser keep an answer as a file, for names in any script.
std::string content_disposition(std::string_view file_name);
void give_feed(http::Response& response, Feed feed);

template <class Request, class Answer>
Route& Router::add(const char* verb, Way way, std::string path, std::string summary,
                   std::function<Answer(const Call&, const Request&)> operation) {
    auto route = std::make_unique<Route>();
    route->verb = verb;
    route->path = std::move(path);
    route->summary = std::move(summary);
    route->way = way;
    const bool has_body = route->verb == "POST" || route->verb == "PUT";
    Request sample{};
    each_field(sample, [&](const char*, auto& field) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(field)>, Upload>)
            route->takes_upload = true;
    });
    const bool reads_json = has_body && !route->takes_upload;
    constexpr bool is_file = std::is_same_v<Answer, Download> || std::is_same_v<Answer, Feed>;
    route->gives_download = is_file;
    route->read_request = [reads_json](const http::Request& http_request, const Values& path_values) {
        auto request = std::make_shared<Request>();
        Problems problems;
        if (reads_json) {
            read_json_text(http_request.body, *request, path_values, problems);
        } else {
            Values values = query_values(http_request.query, problems);
            values.insert(values.begin(), path_values.begin(), path_values.end());
            read_values(values, *request, problems);
            each_field(*request, [&](const char*, auto& field) {
                if constexpr (std::is_same_v<std::remove_cvref_t<decltype(field)>, Upload>)
                    field = Upload{http_request.body, std::string(http_request.header("content-type"))};
            });
        }
        refuse_if(problems);
        return std::static_pointer_cast<void>(request);
    };
    route->run = [operation](const Call& call, const void* request) -> WriteAnswer {
        auto answer = std::make_shared<Answer>(operation(call, *static_cast<const Request*>(request)));
        return [answer = std::move(answer)](http::Response& response) {
            if constexpr (std::is_same_v<Answer, Download>) {
                response.content_type = std::move(answer->content_type);
                response.headers.push_back({"Content-Disposition", content_disposition(answer->file_name)});
                response.body = std::move(answer->bytes);
            } else if constexpr (std::is_same_v<Answer, Feed>) {
                give_feed(response, std::move(*answer));
            } else {
                response.content_type = "application/json";
                write_json(response.body, *answer);
            }
        };
    };
    route->describe = [reads_json, plain = route.get()](SchemaWriter& schemas) {
        if (reads_json) plain->request_schema = schemas.add<Request>(plain->path);
        else plain->parameters = schemas.parameters<Request>(plain->path);
        if constexpr (!is_file) plain->answer_schema = schemas.add<Answer>({});
    };
    return keep(std::move(route));
}

}  // namespace gw
