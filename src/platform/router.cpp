#include "platform/router.h"

#include <algorithm>

namespace gw {

namespace {

std::vector<std::string> split_path(std::string_view path) {
    std::vector<std::string> segments;
    while (!path.empty()) {
        if (path.front() == '/') path.remove_prefix(1);
        const auto end = std::min(path.find('/'), path.size());
        segments.push_back(std::string(path.substr(0, end)));
        path.remove_prefix(end);
    }
    return segments;
}

bool is_value(std::string_view segment) { return segment.starts_with('{') && segment.ends_with('}'); }

bool matches(const Route& route, const std::vector<std::string>& segments, Values& values) {
    if (route.segments.size() != segments.size()) return false;
    values.clear();
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const std::string& expected = route.segments[i];
        if (is_value(expected))
            values.emplace_back(expected.substr(1, expected.size() - 2), http::percent_decode(segments[i]));
        else if (expected != segments[i]) return false;
    }
    return true;
}

// "GET", "/api/units/{unit_id}" -> "get_units_by_unit_id".
std::string operation_name(const Route& route) {
    std::string name;
    for (char letter : route.verb)
        name += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    for (const std::string& segment : route.segments) {
        if (segment == "api") continue;
        name += is_value(segment) ? "_by_" + segment.substr(1, segment.size() - 2) : "_" + segment;
    }
    std::replace(name.begin(), name.end(), '.', '_');
    return name;
}

std::string tag_of(const Route& route) { return route.segments.size() > 1 ? route.segments[1] : "service"; }

std::string problem_answer(const char* description) {
    return std::string("{\"description\":\"") + description +
           R"(","content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}})";
}

std::string route_page(const Route& route) {
    std::string page = "{\"operationId\":";
    json::append_text(page, operation_name(route));
    page += ",\"tags\":[";
    json::append_text(page, tag_of(route));
    page += "],\"summary\":";
    json::append_text(page, route.summary);
    if (route.is_open) page += ",\"security\":[]";
    std::vector<Parameter> parameters = route.parameters;
    for (const std::string& segment : route.segments) {
        if (!is_value(segment)) continue;
        const std::string name = segment.substr(1, segment.size() - 2);
        const auto known =
            std::find_if(parameters.begin(), parameters.end(), [&](const auto& p) { return p.name == name; });
        if (known == parameters.end()) parameters.push_back({name, true, true, R"({"type":"string"})"});
    }
    page += ",\"parameters\":[";
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const Parameter& parameter = parameters[i];
        page += std::string(i > 0 ? "," : "") + "{\"name\":\"" + parameter.name + "\",\"in\":\"" +
                (parameter.is_in_path ? "path" : "query") +
                "\",\"required\":" + (parameter.is_required ? "true" : "false") +
                (parameter.schema.starts_with("{\"type\":\"array\"") ? ",\"style\":\"form\",\"explode\":false"
                                                                     : "") +
                ",\"schema\":" + parameter.schema + "}";
    }
    page += "]";
    if (route.takes_upload)
        page +=
            R"(,"requestBody":{"required":true,"content":{"application/octet-stream":{"schema":{"type":"string","format":"binary"}}}})";
    else if (!route.request_schema.empty())
        page += ",\"requestBody\":{\"required\":true,\"content\":{\"application/json\":{\"schema\":" +
                route.request_schema + "}}}";
    page += ",\"responses\":{\"200\":{\"description\":\"Done.\",\"content\":";
    if (route.gives_download)
        page += R"({"application/octet-stream":{"schema":{"type":"string","format":"binary"}}}})";
    else page += "{\"application/json\":{\"schema\":" + route.answer_schema + "}}}";
    if (!route.is_open)
        page += ",\"401\":" + problem_answer("Not signed in.") + ",\"403\":" + problem_answer("Not allowed.");
    page += ",\"422\":" + problem_answer("Mistakes in the request, all of them.") + "}}";
    return page;
}

}  // namespace

const Route* Router::find(std::string_view verb, std::string_view path, Values& path_values,
                          int& status) const {
    const auto segments = split_path(path);
    const Route* found = nullptr;
    bool is_known_path = false;
    Values values;
    for (const auto& route : routes_) {
        if (!matches(*route, segments, values)) continue;
        is_known_path = true;
        const bool answers = route->verb == verb || (verb == "HEAD" && route->verb == "GET");
        // A fixed part beats a {value}: /api/units/table.csv is not a unit.
        if (answers && (!found || values.size() < path_values.size())) {
            found = route.get();
            path_values = values;
        }
    }
    status = found ? 200 : is_known_path ? 405 : 404;
    return found;
}

Route& Router::keep(std::unique_ptr<Route> route) {
    route->segments = split_path(route->path);
    routes_.push_back(std::move(route));
    return *routes_.back();
}

std::string Router::openapi() const {
    SchemaWriter schemas;
    for (const auto& route : routes_) route->describe(schemas);
    std::map<std::string, std::map<std::string, std::string>> paths;
    for (const auto& route : routes_) {
        std::string verb = route->verb;
        for (char& letter : verb)
            letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
        paths[route->path][verb] = route_page(*route);
    }
    std::string page =
        R"({"openapi":"3.1.0","info":{"title":"Groundwork","version":")" GROUNDWORK_VERSION
        R"(","description":"Strengthens the grassroots units of a membership organisation. Every write may carry an Idempotency-Key; every request that changes something carries X-Groundwork: 1.","license":{"name":"Apache-2.0","identifier":"Apache-2.0"}},"servers":[{"url":"/"}],"security":[{"session":[]}],"paths":{)";
    bool is_first = true;
    for (const auto& [path, verbs] : paths) {
        page += std::string(is_first ? "" : ",") + "\"" + path + "\":{";
        is_first = false;
        bool is_first_verb = true;
        for (const auto& [verb, text] : verbs) {
            page += std::string(is_first_verb ? "" : ",") + "\"" + verb + "\":" + text;
            is_first_verb = false;
        }
        page += "}";
    }
    page +=
        R"(},"components":{"securitySchemes":{"session":{"type":"apiKey","in":"cookie","name":"groundwork_session"}},"schemas":{"Problem":{"type":"object","properties":{"type":{"type":"string"},"title":{"type":"string"},"status":{"type":"integer"},"reason":{"type":"string"},"problems":{"type":"array","items":{"type":"object","properties":{"field":{"type":"string"},"key":{"type":"string"},"message":{"type":"string"}},"required":["field","key","message"]}},"request_id":{"type":"string"}},"required":["type","title","status","reason","problems","request_id"]})";
    for (const auto& [name, schema] : schemas.schemas()) page += ",\"" + name + "\":" + schema;
    page += "}}}";
    return page;
}

Values query_values(std::string_view query, Problems& problems) {
    Values values;
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (pair.empty()) continue;
        const auto equals = std::min(pair.find('='), pair.size());
        std::string name = http::percent_decode(pair.substr(0, equals));
        std::string value(equals < pair.size() ? pair.substr(equals + 1) : std::string_view{});
        std::replace(value.begin(), value.end(), '+', ' ');
        if (values.size() >= 64) {
            problems.push_back({name, "platform.too_many_values"});
            break;
        }
        values.emplace_back(std::move(name), http::percent_decode(value));
    }
    return values;
}

std::string content_disposition(std::string_view file_name) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string encoded;
    for (char letter : file_name) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte < 128 && (std::isalnum(byte) || letter == '.' || letter == '-' || letter == '_'))
            encoded += letter;
        else encoded += {'%', digits[byte >> 4], digits[byte & 15]};
    }
    return "attachment; filename*=UTF-8''" + encoded;
}

}  // namespace gw
