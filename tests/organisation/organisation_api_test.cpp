#include "platform/router.h"
#include "support/store_for_test.h"
#include "support/world.h"

using namespace gw;
using gw::test::World;

namespace {

struct Exchange {
    std::string verb, path, body;
};

// The answer to a request as the routes give it, without a socket; throws their refusals.
std::string answer(World& world, const Router& router, const Actor& actor, const Exchange& exchange) {
    http::Request request;
    request.method = exchange.verb;
    request.path = exchange.path.substr(0, exchange.path.find('?'));
    if (exchange.path.find('?') != std::string::npos)
        request.query = exchange.path.substr(exchange.path.find('?') + 1);
    request.body = exchange.body;
    Values values;
    int status = 0;
    const Route* route = router.find(request.method, request.path, values, status);
    REQUIRE(route);
    const auto input = route->read_request(request, values);
    http::Response response;
    const auto run = [&](const Call& call) { route->run(call, input.get())(response); };
    if (route->way == Way::write) world.write(actor, run);
    else world.read(actor, run);
    return response.body;
}

}  // namespace

TEST_CASE("the routes of organisation take and give JSON") {
    test::for_each_store([](Store& store) {
        World world(store);
        Router router;
        organisation::add_routes(router, world.trees,
                                 [](const Call&, UnitId, Date) { return std::int64_t{0}; });
        const Actor keeper = world.person({"organisation.read", "organisation.change"}, world.na_hang);
        const std::string khau_tinh = to_text(world.khau_tinh), na_lung = to_text(world.na_lung),
                          son_phu = to_text(world.son_phu), ban_lang = to_text(world.ban_lang);
        const auto has = [&](const Exchange& exchange, std::string_view text) {
            const std::string body = answer(world, router, keeper, exchange);
            INFO(body);
            CHECK(body.find(text) != std::string::npos);
        };
        has({"GET", "/api/units/" + na_lung, ""}, "\"name\":\"Nà Lung\"");
        has({"GET", "/api/units/" + khau_tinh + "/children?as_of=2024-01-01", ""},
            "\"as_of\":\"2024-01-01\"");
        has({"GET", "/api/units?within=" + khau_tinh + "&kind=cell&text=na%20lung&sort=name&limit=20000", ""},
            "\"total\":1");
        has({"GET", "/api/units/table.csv", ""}, "02263-1,Nà Lung,cell,Cell,02263");
        has({"GET", "/api/unit_kinds", ""}, "\"key\":\"front_board\"");
        has({"POST", "/api/units",
             R"({"parent_id":")" + khau_tinh +
                 R"(","kind":"cell","code":"c9","name":"Chi bộ 9","effective_on":"2024-05-04","decision_number":"9"})"},
            "\"code\":\"c9\"");
        has({"POST", "/api/units/" + na_lung + "/renaming",
             R"({"name":"Nà Lung A","effective_on":"2024-05-04","decision_number":"10"})"},
            "\"name\":\"Nà Lung A\"");
        has({"POST", "/api/units/" + na_lung + "/moving",
             R"({"parent_id":")" + son_phu + R"(","effective_on":"2024-05-05","decision_number":"11"})"},
            "\"parent_id\":\"" + son_phu);
        has({"POST", "/api/units/" + ban_lang + "/dissolution",
             R"({"effective_on":"2024-06-01","decision_number":"12"})"},
            "\"name\":\"Bản Lãng\"");
        has({"GET", "/api/units/" + na_lung + "/periods", ""}, "\"decision_number\":\"11\"");
    });
}

TEST_CASE("every mistake of a request about units is named at once") {
    test::for_each_store([](Store& store) {
        World world(store);
        Router router;
        organisation::add_routes(router, world.trees, {});
        try {
            answer(world, router, world.program,
                   {"POST", "/api/units",
                    R"({"parent_id":"?","code":7,"effective_on":"2024-02-30","colour":1})"});
            FAIL("was not refused");
        } catch (const Refusal& refusal) {
            std::vector<std::string> fields;
            for (const Problem& problem : refusal.problems) fields.push_back(problem.field);
            for (const char* field :
                 {"parent_id", "kind", "code", "name", "effective_on", "decision_number", "colour"})
                CHECK(std::find(fields.begin(), fields.end(), field) != fields.end());
        }
        CHECK(test::refuses(
            [&] {
                answer(world, router, world.program, {"GET", "/api/units?colour=red", ""});
            },
            Reason::invalid, "platform.unknown_field"));
    });
}
