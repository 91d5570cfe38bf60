#include "exchange/exchange.h"
#include "platform/router.h"
#include "platform/texts/texts.h"
#include "support/store_for_test.h"
#include "support/world.h"

namespace gw::exchange {

namespace {

using test::refuses;

struct Desk {
    explicit Desk(Store& store) : world(store), texts(std::string(GROUNDWORK_SOURCE_DIR) + "/messages") {
        add_routes(router, texts);
    }

    std::string ask(const Actor& actor, const std::string& verb, const std::string& address,
                    const std::string& body = "") {
        http::Request request;
        request.method = verb;
        request.path = address.substr(0, address.find('?'));
        if (request.path.size() < address.size()) request.query = address.substr(request.path.size() + 1);
        request.body = body;
        Values values;
        int status = 0;
        const Route* route = router.find(verb, request.path, values, status);
        REQUIRE(route != nullptr);
        const auto input = route->read_request(request, values);
        http::Response response;
        const auto run = [&](const Call& call) { route->run(call, input.get())(response); };
        if (route->way == Way::write) world.write(actor, run);
        else world.read(actor, run);
        return response.body;
    }

    test::World world;
    Texts texts;
    Router router;
};

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::string value_of(const std::string& json, const std::string& field) {
    const auto start = json.find("\"" + field + "\":\"") + field.size() + 4;
    return json.substr(start, json.find('"', start) - start);
}

}  // namespace

TEST_CASE("a table is uploaded, its mistakes are read, corrected and brought in, all through the routes") {
    test::for_each_store([](Store& store) {
        Desk desk(store);
        const Actor actor = desk.world.person({"exchange.import", "members.change", "organisation.change"},
                                              desk.world.na_hang);
        const Actor other = desk.world.person({"exchange.import", "members.change", "organisation.change"},
                                              desk.world.na_hang);
        const std::string address = "/api/imports?subject=members&file_name=danh%20s%C3%A1ch.csv";
        const std::string faulty =
            desk.ask(actor, "POST", address, "code,name,unit code,note\n1,A,nowhere,x\n2,B,02263-1,\n");
        CHECK(has(faulty, "\"state\":\"faulty\""));
        CHECK(has(faulty, "\"file_name\":\"danh sách.csv\""));
        CHECK(has(faulty, "\"row_count\":2,\"new_count\":1"));
        CHECK(has(faulty, "\"mistake_row_count\":1,\"mistake_count\":1,\"ignored_columns\":[\"note\"]"));
        const std::string path = "/api/imports/" + value_of(faulty, "id");
        const std::string mistakes = desk.ask(actor, "GET", path + "/mistakes?limit=1");
        CHECK(has(
            mistakes,
            R"("row":2,"column_letter":"C","column":"unit code","value":"nowhere","key":"exchange.no_such_unit","message":"No unit has this code today)"));
        CHECK(has(mistakes, "\"total\":1,\"next_after\":null"));
        CHECK(has(desk.ask(actor, "GET", path + "/mistakes.csv"), "2,C,unit code,nowhere,\"No unit has"));
        CHECK(refuses([&] { desk.ask(actor, "POST", path + "/commit", "{}"); }, Reason::conflict,
                      "exchange.has_mistakes"));
        for (const char* rest : {"", "/mistakes", "/mistakes.csv"})
            CHECK(refuses([&] { desk.ask(other, "GET", path + rest); }, Reason::not_found,
                          "platform.not_found"));
        desk.ask(actor, "DELETE", path);

        const std::string good = desk.ask(actor, "POST", address, "code,name,unit code\n1,A,02263-1\n");
        CHECK(has(good, R"("sample":[{"row":2,"outcome":"added","code":"1","name":"A","changes":[]}])"));
        const std::string started =
            desk.ask(actor, "POST", "/api/imports/" + value_of(good, "id") + "/commit", "{}");
        CHECK(value_of(started, "job_id").size() == 13);
        CHECK(
            has(desk.ask(actor, "GET", "/api/imports/" + value_of(good, "id")), "\"state\":\"committing\""));
        CHECK(has(desk.ask(actor, "GET", "/api/imports"), value_of(good, "id")));
        CHECK(desk.ask(other, "GET", "/api/imports") == R"({"imports":[]})");
    });
}

TEST_CASE("a missing column is named in the reader's language, and a template has all columns") {
    test::for_each_store([](Store& store) {
        Desk desk(store);
        const Actor actor = desk.world.person({"exchange.import", "members.change", "organisation.change"},
                                              desk.world.na_hang);
        const std::string answer = desk.ask(actor, "POST", "/api/imports?subject=members&file_name=a.csv",
                                            "code,unit code\n1,02263-1\n");
        CHECK(has(desk.ask(actor, "GET", "/api/imports/" + value_of(answer, "id") + "/mistakes"),
                  "The column \\\"Full name\\\" is missing"));
        CHECK(desk.ask(actor, "GET", "/api/imports/template.csv?subject=units") ==
              "\xEF\xBB\xBF"
              "Code,Name,Kind,Code of the unit above,Since\r\n");
    });
}

}  // namespace gw::exchange
