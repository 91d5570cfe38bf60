// Whatever comes as a request gets an answer that names the field, and never a fault of ours.
#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "sample/sample.h"
#include "sample_for_routes.h"
#include "support/served_program.h"

namespace gw::test {
namespace {

struct Hostile {
    std::string what, body;
    int status = 422;
    std::string field;  // a problem must name it; empty: any
};

std::string deep(int levels, char open, char close) {
    return "{\"title\":" + std::string(static_cast<std::size_t>(levels), open) +
           std::string(static_cast<std::size_t>(levels), close) + "}";
}

// Bodies for POST /api/tasks. `{na_lung}` and the like are names of the sample.
std::vector<Hostile> hostile_tasks() {
    const auto task = [](const std::string& title, const std::string& due_on, const std::string& more = "") {
        return R"({"unit_id":"{na_lung}","title":)" + title +
               R"(,"owner_kind":"member","owner_member_id":"{member_1}","due_on":)" + due_on + more + "}";
    };
    const std::string day = "\"2024-12-30\"";
    return {
        {"nothing", "", 422, "unit_id"},
        {"no JSON", "title=Sửa", 422, ""},
        {"half a JSON", R"({"title":"Sửa)", 422, ""},
        {"a list", "[]", 422, ""},
        {"a number", "7", 422, ""},
        {"null", "null", 422, ""},
        {"two values", "{}{}", 422, ""},
        {"lists in lists", deep(5000, '[', ']'), 422, ""},
        {"a hundred thousand brackets", std::string(100'000, '['), 422, ""},
        {"an unknown field", task("\"x\"", day, R"(,"is_admin":true)"), 422, "is_admin"},
        {"a number as title", task("12345678901234567890123", day), 422, "title"},
        {"a list as title", task("[\"x\"]", day), 422, "title"},
        {"an object as title", task(R"({"$ne":null})", day), 422, "title"},
        {"an empty title", task("\"\"", day), 422, "title"},
        {"spaces as title", task("\"   \"", day), 422, "title"},
        {"a NUL in the title", task(R"("a\u0000b")", day), 422, "title"},
        {"a control character", task(R"("a\u001bb")", day), 422, "title"},
        {"half a surrogate pair", task(R"("\ud800")", day), 422, ""},
        {"invalid UTF-8", task("\"\xc3\x28\"", day), 422, ""},
        {"overlong UTF-8", task("\"\xc0\xaf\"", day), 422, ""},
        {"a title of 100 KB", task("\"" + std::string(100'000, 'x') + "\"", day), 422, "title"},
        {"no such day", task("\"x\"", "\"2024-02-30\""), 422, "due_on"},
        {"a day of another world", task("\"x\"", "\"99999-01-01\""), 422, "due_on"},
        {"a number as day", task("\"x\"", "1e400"), 422, ""},
        {"minus infinity", task("\"x\"", "-Infinity"), 422, ""},
        {"a day long past", task("\"x\"", "\"1000-01-01\""), 422, "due_on"},
        {"a wrong choice", task("\"x\"", day, R"(,"origin":"heaven")"), 422, "origin"},
        {"an origin that is not for outsiders", task("\"x\"", day, R"(,"origin":"advice")"), 422, "origin"},
        {"a number as id", task("\"x\"", day, R"(,"id":-1)"), 422, "id"},
        {"an id with a quote", task("\"x\"", day, R"(,"id":"1' OR '1'='1")"), 422, "id"},
        {"an id that is too long", task("\"x\"", day, ",\"id\":\"" + std::string(500, 'Z') + "\""), 422,
         "id"},
    };
}

void check_answer(const testing::RawResponse& answer, const Hostile& hostile) {
    CHECK_MESSAGE(answer.status == hostile.status, hostile.what, ": ", answer.status, " ",
                  answer.body.substr(0, 300));
    if (answer.status == 0 || answer.status == 200) return;
    CHECK_MESSAGE(answer.header("Content-Type") == "application/problem+json", hostile.what);
    const auto page = boost::json::parse(answer.body);
    const auto& problems = page.at("problems").as_array();
    bool is_named = hostile.field.empty() && !problems.empty();
    for (const auto& problem : problems) {
        CHECK_MESSAGE(!problem.at("message").as_string().empty(), hostile.what);
        CHECK_MESSAGE(problem.at("message").as_string() != problem.at("key").as_string(), hostile.what);
        is_named |= problem.at("field").as_string() == hostile.field;
    }
    CHECK_MESSAGE(is_named, hostile.what, " names no ", hostile.field, ": ", answer.body.substr(0, 300));
}

}  // namespace

TEST_CASE("hostile bodies are refused with the field that is wrong") {
    for_each_database([](Dialect dialect) {
        const SampleForRoutes& sample = SampleForRoutes::on(dialect);
        const SampleForRoutes::Copy copy(sample);
        ServedProgram program(GROUNDWORK_PROGRAM, copy.options());
        ApiClient client(program.port());
        REQUIRE(client.sign_in("vanphong", sample::password) == 200);
        const auto before = copy.count("SELECT COUNT(*) FROM tasks");
        for (const Hostile& hostile : hostile_tasks())
            check_answer(client.ask("POST", "/api/tasks", filled(hostile.body, sample.names())), hostile);
        CHECK(copy.count("SELECT COUNT(*) FROM tasks") == before);
        check_answer(client.ask("POST", "/api/tasks", std::string(10'000'000, ' ')), {"10 MB", "", 413, ""});
        CHECK(client.ask("GET", "/api/tasks").status == 200);
    });
}

TEST_CASE("hostile addresses are refused with the value that is wrong") {
    for_each_database([](Dialect dialect) {
        const SampleForRoutes& sample = SampleForRoutes::on(dialect);
        const SampleForRoutes::Copy copy(sample);
        ServedProgram program(GROUNDWORK_PROGRAM, copy.options());
        ApiClient client(program.port());
        REQUIRE(client.sign_in("quantri", sample::password) == 200);
        const Hostile addresses[] = {
            {"an id that is none", "/api/members/'%20OR%201=1", 422, "member_id"},
            {"an id of nobody", "/api/members/7ZZZZZZZZZZZZ", 404, "member_id"},
            {"a NUL", "/api/members/%00", 422, "member_id"},
            {"a limit out of this world", "/api/members?limit=99999999999999999999", 422, "limit"},
            {"a limit that is no number", "/api/members?limit=ten", 422, "limit"},
            {"an unknown value", "/api/members?order=name;drop", 422, "order"},
            {"invalid UTF-8", "/api/members?text=%c3%28", 422, "text"},
            {"a NUL in a text", "/api/members?text=a%00b", 422, "text"},
            {"a wrong choice", "/api/members?stage=angel", 422, "stage"},
            {"a year of another age", "/api/units/{na_lung}/class?year=99999999", 422, "year"},
            {"a year before all", "/api/units/{na_lung}/story?year=-5", 422, "year"},
            {"a day that is none", "/api/units?as_of=2024-13-01", 422, "as_of"},
            {"a day out of range", "/api/units?as_of=9999-01-01", 422, "as_of"},
            {"a permission nobody knows", "/api/session/why?permission=%27&unit_id=x", 422, "unit_id"},
        };
        for (const Hostile& hostile : addresses)
            check_answer(client.ask("GET", filled(hostile.body, sample.names())), hostile);
        // Values that are odd but allowed get an answer as well, of whatever kind.
        for (const char* odd :
             {"/api/members?text=%25_%5C%27%22", "/api/members?limit=-5",
              "/api/units/{na_lung}/class?year=1900", "/api/members?after=-1",
              "/api/members?after=9223372036854775807", "/api/units?text=%27%3B--",
              "/api/tasks?due_from=2100-12-31&due_until=2000-01-01", "/api/units/{na_lung}/class?year=0",
              "/api/units/{na_lung}/classes?year=2024&class_number=-9223372036854775808",
              "/api/units/{na_lung}/classes?year=2024&after=9223372036854775807&limit=0",
              "/api/units/{na_lung}/member_classes?year=9223372036854775807",
              "/api/units/{na_lung}/class/proof?year=-9223372036854775808",
              "/api/units/{na_lung}/visits?year=9223372036854775807",
              "/api/resolutions?unit_id={na_lung}&year=-9223372036854775808",
              "/api/units/{na_lung}/story?year=2147483648", "/api/units/{na_lung}/roll?day=0001-01-01",
              "/api/units/{na_lung}/audit?limit=-1", "/api/imports/{import_1}/mistakes?after=-7&limit=0",
              "/api/meetings?from=0000-01-01&until=9999-12-31"}) {
            const int status = client.ask("GET", filled(odd, sample.names())).status;
            CHECK_MESSAGE((status >= 200 && status < 500), odd, " answered ", status);
        }
    });
}

TEST_CASE("bodies full of surprises never become a fault, on any route that takes one") {
    const SampleForRoutes& sample = SampleForRoutes::on(Dialect::sqlite);
    const SampleForRoutes::Copy copy(sample);
    ServedProgram program(GROUNDWORK_PROGRAM, copy.options());
    ApiClient client(program.port());
    REQUIRE(client.sign_in("quantri", sample::password) == 200);
    const auto page = boost::json::parse(client.ask("GET", "/api/openapi.json").body);
    const std::string surprises[] = {
        "{}",
        "[]",
        "\xff\xfe",
        R"({"":""})",
        std::string(3000, '{'),
        R"({"version":9223372036854775808})",
        R"({"year":-9223372036854775808,"levels":[{"key":"","level":9223372036854775807}]})",
        R"({"planned_for":9223372036854775807,"unit_id":"{na_lung}","kind":"regular","subject":"x","agenda":[]})",
        R"({"planned_for":-9223372036854775808,"unit_id":"{na_lung}","kind":"regular","subject":"x","agenda":[]})",
        R"({"unit_id":"{na_lung}","code":"1","full_name":"x","born_on":"0000-01-01","joined_on":"9999-12-31"})",
        R"({"effective_on":"9999-12-31","decision_number":"x","name":"x","parent_id":"{na_lung}"})",
        R"({"happening":{"started_at":-9223372036854775808,"ended_at":9223372036854775807,"roll":[],"contributions":[]}})",
        R"({"on":"0000-01-01","reason":"x"})",
        R"({"score":9223372036854775807,"visited_on":"2024-12-01","kind":"survey","group_name":"x"})"};
    int asked = 0;
    for (const auto& [path, verbs] : page.at("paths").as_object())
        for (const char* verb : {"post", "put", "delete"}) {
            // Signing out would end the walk.
            if (!verbs.as_object().contains(verb) || std::string_view(path).starts_with("/api/session"))
                continue;
            std::string address(path);
            for (const auto& [part, name] :
                 {std::pair("{unit_id}", "{na_lung}"), std::pair("{member_id}", "{member_6}"),
                  std::pair("{meeting_id}", "{meeting_planned_1}"), std::pair("{task_id}", "{task_6}"),
                  std::pair("{account_id}", "{account_spare}"), std::pair("{import_id}", "{import_1}"),
                  std::pair("{advice_item_id}", "{advice_1}"), std::pair("{finding_id}", "{finding_1}"),
                  std::pair("{resolution_item_id}", "{resolution_item_1}"),
                  std::pair("{inspection_id}", "{inspection}"), std::pair("{line_id}", "{programme_line}"),
                  std::pair("{number}", "4"), std::pair("{grant_id}", "{session_of_nobody}")})
                if (const auto at = address.find(part); at != address.npos)
                    address.replace(at, std::string_view(part).size(), name);
            std::string shouted(verb);
            for (char& letter : shouted) letter = static_cast<char>(letter - 'a' + 'A');
            for (const std::string& surprise : surprises) {
                const auto answer =
                    client.ask(shouted, filled(address, sample.names()), filled(surprise, sample.names()));
                CHECK_MESSAGE((answer.status >= 200 && answer.status < 500), shouted, " ", address, " ",
                              surprise.substr(0, 200), " answered ", answer.status, " ", answer.body,
                              program.log());
                ++asked;
            }
        }
    CHECK(asked > 300);
}

}  // namespace gw::test
