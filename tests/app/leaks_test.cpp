// Lists show nothing of units outside the reader's reach, and an inspector's order ends with its last day.
#include <doctest/doctest.h>
#include <signal.h>

#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "app.h"
#include "platform/router.h"
#include "sample/sample.h"
#include "sample_for_routes.h"
#include "support/served_program.h"

namespace gw::test {
namespace {

// Every unit an answer speaks of: the values of unit_id and the like, at any depth. Which body sent the
// inspectors is no secret to those it inspected and to those it sent, so it is left out.
void collect_units(const boost::json::value& value, std::set<std::string>& units) {
    if (const auto* list = value.if_array())
        for (const auto& each : *list) collect_units(each, units);
    const auto* object = value.if_object();
    if (!object) return;
    for (const auto& [key, inner] : *object) {
        if (std::string_view(key).ends_with("unit_id") && key != "deciding_unit_id" && inner.is_string())
            units.emplace(inner.get_string());
        collect_units(inner, units);
    }
}

// What a list says in all its pages.
struct Answers {
    std::set<std::string> units;
    int pages = 0;
};

std::string next_of(const boost::json::object& page) {
    for (const char* name : {"next", "next_after"})
        if (const auto* next = page.if_contains(name); next && !next->is_null())
            return next->is_string() ? std::string(next->get_string()) : std::to_string(next->as_int64());
    return "";
}

Answers read_all(ApiClient& client, const std::string& path) {
    Answers answers;
    std::string after;
    do {
        const auto answer = client.ask("GET", path + "?limit=200" + (after.empty() ? "" : "&after=" + after));
        if (answer.status == 403) return answers;
        REQUIRE_MESSAGE(answer.status == 200, path, ": ", answer.body);
        const boost::json::value page = boost::json::parse(answer.body);
        collect_units(page, answers.units);
        // The list of units names them by id alone.
        if (path == "/api/units")
            for (const auto& unit : page.at("units").as_array())
                answers.units.emplace(unit.at("id").as_string());
        after = next_of(page.as_object());
        ++answers.pages;
        REQUIRE(answers.pages < 200);
    } while (!after.empty());
    return answers;
}

// Whether a need names its unit for a file that the reader was sent to write, and may open: inspections and
// findings are read by their team, whatever became of the order.
bool is_of_own_file(ApiClient& client, const boost::json::object& need) {
    const std::string_view kind = need.at("kind").as_string();
    const bool is_inspection = kind.starts_with("inspection_");
    if (!is_inspection && !kind.starts_with("finding_")) return false;
    const std::string path = is_inspection ? "/api/inspections/" : "/api/findings/";
    return client.ask("GET", path + std::string(need.at("id").as_string())).status == 200;
}

constexpr const char* lists[] = {"/api/units",        "/api/members",  "/api/tasks",   "/api/meetings",
                                 "/api/advice_items", "/api/findings", "/api/accounts"};

}  // namespace

TEST_CASE("no list shows a unit outside the reach of its reader, on any page") {
    for_each_database([](Dialect dialect) {
        const SampleForRoutes& sample = SampleForRoutes::on(dialect);
        const SampleForRoutes::Copy copy(sample);
        ServedProgram program(GROUNDWORK_PROGRAM, copy.options());
        int seen = 0;
        for (const char* person : sample_people) {
            ApiClient client(program.port());
            REQUIRE(client.sign_in(person, sample::password) == 200);
            const auto& reached = sample.reached_units().at(person);
            const std::set<std::string> allowed(reached.begin(), reached.end());
            for (const char* list : lists)
                for (const std::string& unit : read_all(client, list).units) {
                    CHECK_MESSAGE(allowed.count(unit) == 1, person, " sees ", unit, " in ", list);
                    ++seen;
                }
            std::set<std::string> needed;
            const auto today = boost::json::parse(client.ask("GET", "/api/today").body);
            for (const auto& need : today.at("needs").as_array())
                if (!is_of_own_file(client, need.as_object())) collect_units(need, needed);
            for (const std::string& unit : needed)
                CHECK_MESSAGE(allowed.count(unit) == 1, person, " needs ", unit);
        }
        CHECK(seen > 1000);
    });
}

TEST_CASE("what lists page through is what the tables for a spreadsheet hold") {
    const SampleForRoutes& sample = SampleForRoutes::on(Dialect::sqlite);
    const SampleForRoutes::Copy copy(sample);
    ServedProgram program(GROUNDWORK_PROGRAM, copy.options());
    for (const char* person : {"thuky", "vanphong", "kiemtra", "khoi"}) {
        ApiClient client(program.port());
        REQUIRE(client.sign_in(person, sample::password) == 200);
        for (const std::string list : {"/api/units", "/api/members"}) {
            const auto page = boost::json::parse(client.ask("GET", list + "?limit=1").body);
            const std::string table = client.ask("GET", list + "/table.csv").body;
            CHECK_MESSAGE(std::count(table.begin(), table.end(), '\n') == page.at("total").as_int64() + 1,
                          person, " ", list);
        }
    }
}

TEST_CASE("an inspector reads until the order ends and nothing from that day on") {
    for_each_database([](Dialect dialect) {
        const SampleForRoutes& sample = SampleForRoutes::on(dialect);
        const auto status_on = [&](const char* day, const std::string& path) {
            const SampleForRoutes::Copy copy(sample);
            auto options = copy.options();
            *(std::find(options.begin(), options.end(), "--today") + 1) = day;
            ServedProgram program(GROUNDWORK_PROGRAM, options);
            ApiClient client(program.port());
            REQUIRE(client.sign_in("kiemtra", sample::password) == 200);
            const int status = client.ask("GET", filled(path, sample.names())).status;
            if (std::string_view(day) != "2025-01-01") return status;
            for (const char* list : lists) CHECK(client.ask("GET", list).status == 403);
            for (const char* one :
                 {"/api/units/{na_lung}/visits", "/api/units/{an_tuong_2}", "/api/visits/{visit}",
                  "/api/meetings/{meeting_held_1}", "/api/units/{na_lung}/dashboard"}) {
                const int answered = client.ask("GET", filled(one, sample.names())).status;
                CHECK_MESSAGE((answered == 403 || answered == 404), one, " answered ", answered);
            }
            CHECK(client
                      .ask("POST", filled("/api/units/{na_lung}/visits", sample.names()),
                           R"({"visited_on":"2024-12-12","kind":"survey","group_name":"x","advice_items":[],)"
                           R"("findings":[]})")
                      .status == 403);
            return status;
        };
        CHECK(status_on("2024-12-01", "/api/units/{na_lung}") == 403);  // the day before the order
        CHECK(status_on("2024-12-02", "/api/units/{na_lung}") == 200);
        CHECK(status_on("2024-12-31", "/api/units/{na_lung}") == 200);
        CHECK(status_on("2025-01-01", "/api/units/{na_lung}") == 403);
    });
}

}  // namespace gw::test
