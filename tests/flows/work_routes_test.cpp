// The working year over its addresses, as the browser app and the phone send it: visit, meeting, resolution,
// task, story.
#include <future>

#include "platform/http/gateway.h"
#include "platform/router.h"
#include "platform/texts/texts.h"
#include "resolutions/resolutions.h"
#include "support/people.h"
#include "support/store_for_test.h"

namespace gw {
namespace {

using test::day;

struct Edge {
    explicit Edge(Store& store)
        : world(store),
          texts(GROUNDWORK_SOURCE_DIR "/messages"),
          people(test::add_people(world, world.na_lung, 3)) {
        world.go_to(day("2024-05-04"), 22 * 60);
        store.after_commit([this] { world.announcements.deliver(); });
        tasks::add_routes(router, texts);
        findings::add_routes(router, {}, texts);
        visits::add_routes(router, texts);
        meetings::add_routes(router, {test::project_rulebooks(),
                                      420,
                                      {resolutions::agenda_of_open_items, resolutions::agenda_of_advice},
                                      resolutions::results_of_last,
                                      resolutions::visitor_score});
        resolutions::add_routes(router);
        const std::vector<std::string> everything{
            "tasks.read",    "tasks.assign",   "tasks.report",    "tasks.check",      "visits.read",
            "visits.record", "visits.confirm", "findings.report", "findings.check",   "findings.read",
            "meetings.read", "meetings.plan",  "meetings.record", "resolutions.read", "resolutions.adopt"};
        auto office = std::make_shared<Actor>(world.person(everything, world.khau_tinh));
        auto member = std::make_shared<Actor>(world.person({}, world.na_lung, people[2]));
        auto above =
            std::make_shared<Actor>(world.person({"findings.read", "findings.check"}, world.na_hang));
        gateway = std::make_unique<http::Gateway>(
            http::GatewayParts{.router = router,
                               .store = store,
                               .texts = texts,
                               .ids = world.ids,
                               .announcements = world.announcements,
                               .files = *world.files,
                               .static_files = nullptr,
                               .tree = [this] { return world.tree(); },
                               .find_actor = [office, member, above](std::string_view token, Moment,
                                                                     Date) -> std::shared_ptr<const Actor> {
                                   return token == "office"   ? office
                                          : token == "member" ? member
                                          : token == "above"  ? above
                                                              : nullptr;
                               },
                               .clock = [this] { return world.now; },
                               .zone_minutes = 420,
                               .language = "en"});
    }

    http::Response send(const std::string& who, const std::string& method, const std::string& address,
                        const std::string& body = "") {
        auto request = std::make_shared<http::Request>();
        request->method = method;
        request->path = address.substr(0, address.find('?'));
        if (const auto query = address.find('?'); query != std::string::npos)
            request->query = address.substr(query + 1);
        request->body = body;
        request->id = "REQUEST";
        request->headers = {{"Host", "here"}, {"Cookie", "groundwork_session=" + who}, {"X-Groundwork", "1"}};
        std::promise<http::Response> answer;
        gateway->application().answer(
            request, [&](http::Response response) { answer.set_value(std::move(response)); });
        return answer.get_future().get();
    }
    // The answer's body, which must be good.
    std::string good(const std::string& method, const std::string& address, const std::string& body = "",
                     const std::string& who = "office") {
        const http::Response answer = send(who, method, address, body);
        INFO(method << " " << address << ": " << answer.body);
        CHECK(answer.status == 200);
        return answer.body;
    }

    test::World world;
    Texts texts;
    std::vector<MemberId> people;
    Router router;
    std::unique_ptr<http::Gateway> gateway;
};

// The text value that follows `before` in `json`.
std::string text_after(const std::string& json, const std::string& before, std::size_t from = 0) {
    const auto start = json.find(before, from);
    REQUIRE(start != std::string::npos);
    const auto value = start + before.size();
    return json.substr(value, json.find('"', value) - value);
}

bool holds(const std::string& json, const std::string& part) { return json.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a phone sends visit, meeting, resolution and result, and reads the story") {
    test::for_each_store([](Store& store) {
        Edge edge(store);
        const std::string unit = to_text(edge.world.na_lung);
        const std::string visit = edge.good(
            "POST", "/api/units/" + unit + "/visits",
            R"({"visited_on":"2024-04-17","kind":"survey","group_name":"Working group","score":70,"advice_items":[)"
            R"({"text":"Name people","expected_change":"Named tasks","check_on":"2024-06-15"}],"findings":[)"
            R"({"gravity":"minor","text":"Minute book short","remedy":"Complete it","due_on":"2024-05-30"}]})");
        const std::string advice = text_after(visit, "\"advice_items\":[{\"id\":\"");
        const std::string finding = text_after(visit, "\"findings\":[{\"id\":\"");
        CHECK(holds(edge.good("GET", "/api/advice_items?unit_id=" + unit + "&state=open"), advice));
        CHECK(holds(edge.good("POST", "/api/findings/" + finding + "/remedy",
                              R"({"remedied_how":"Completed","remedied_on":"2024-04-20"})"),
                    "\"remedied\""));

        const std::string planned =
            std::to_string(moment_of(day("2024-05-04"), 19 * 60 + 30, 420).milliseconds);
        const std::string ended =
            std::to_string(moment_of(day("2024-05-04"), 21 * 60 + 10, 420).milliseconds);
        const std::string plan =
            edge.good("POST", "/api/meetings",
                      R"({"unit_id":")" + unit + R"(","kind":"regular","subject":"May","planned_for":)" +
                          planned + "}");
        const std::string meeting = text_after(plan, "{\"meeting\":{\"id\":\"");
        CHECK(holds(plan, "Name people"));
        CHECK(holds(edge.good("GET", "/api/meetings/" + meeting + "/roll"), to_text(edge.people[2])));
        std::string roll;
        for (const MemberId member : edge.people)
            roll += (roll.empty() ? "" : ",") + std::string(R"({"member_id":")") + to_text(member) +
                    R"(","mark":"present"})";
        const std::string record = R"({"happening":{"started_at":)" + planned + R"(,"ended_at":)" + ended +
                                   R"(,"roll":[)" + roll + R"(],"contributions":[{"member_id":")" +
                                   to_text(edge.people[1]) + R"(","text":"Gravel the road"}]}})";
        const std::string held = edge.good("POST", "/api/meetings/" + meeting + "/record", record);
        CHECK(edge.good("POST", "/api/meetings/" + meeting + "/record", record) == held);
        const std::string spoken = text_after(held, "\"contributions\":[{\"contribution\":{\"id\":\"");
        CHECK(holds(edge.good("POST", "/api/meetings/" + meeting + "/self_score",
                              R"({"marks":[{"fact":"content_fits","value":1}]})"),
                    "\"self\""));
        CHECK(holds(edge.good("POST", "/api/meetings/" + meeting + "/publication", "{}"), "2024-05-04"));
        CHECK(holds(edge.good("GET", "/api/meetings/" + meeting + "/score"), "\"maximum_milli\":65000"));
        CHECK(holds(edge.good("GET", "/api/meetings?within=" + to_text(edge.world.khau_tinh) + "&state=held"),
                    meeting));

        const std::string resolution = edge.good(
            "POST", "/api/resolutions",
            R"({"meeting_id":")" + meeting +
                R"(","title":"May","votes_for":3,"items":[{"text":"Gravel 800 m","citations":[{"kind":"contribution","cited_id":")" +
                spoken + R"("},{"kind":"advice","cited_id":")" + advice +
                R"("}],"tasks":[{"title":"Buy gravel","owner_kind":"member","owner_member_id":")" +
                to_text(edge.people[2]) + R"(","due_on":"2024-05-25"}]}]})");
        CHECK(holds(resolution, "\"01-NQ/CB\""));
        const std::string task = text_after(resolution, "\"tasks\":[{\"task\":{\"id\":\"");
        CHECK(holds(edge.good("GET", "/api/units/" + unit + "/open_items"), "Gravel 800 m"));
        CHECK(holds(edge.good("GET", "/api/tasks?owner=me", "", "member"), task));
        const std::string trail = edge.good("GET", "/api/tasks/" + task + "/origin", "", "member");
        CHECK(holds(trail, "Gravel the road"));
        CHECK(holds(trail, "Working group"));
        edge.good("POST", "/api/tasks/" + task + "/progress", R"({"progress":50,"result":"half"})", "member");
        edge.good("POST", "/api/tasks/" + task + "/result", R"({"result":"all","is_exceeded":true})",
                  "member");
        edge.good("POST", "/api/tasks/" + task + "/check", "{}");
        CHECK(holds(edge.good("GET", "/api/units/" + unit + "/open_items"), "\"items\":[]"));
        CHECK(holds(edge.good("GET", "/api/contributions/" + spoken + "/outcome"), "\"done\""));
        CHECK(holds(edge.good("GET", "/api/advice_items/" + advice + "/outcome"), "Gravel 800 m"));
        edge.good("POST", "/api/advice_items/" + advice + "/confirmation", R"({"effect":"Named"})");
        edge.good("POST", "/api/findings/" + finding + "/closing", R"({"closing_note":"Seen"})", "above");
        const std::string story = edge.good("GET", "/api/units/" + unit + "/story?year=2024");
        for (const char* kind : {"visit", "advice", "finding", "meeting", "resolution", "resolution_item",
                                 "task", "advice_confirmed", "finding_closed"})
            CHECK(holds(story, "\"kind\":\"" + std::string(kind) + "\""));
    });
}

TEST_CASE("a task cannot pretend to come from a resolution") {
    test::for_each_store([](Store& store) {
        Edge edge(store);
        const http::Response answer = edge.send(
            "office", "POST", "/api/tasks",
            R"({"unit_id":")" + to_text(edge.world.na_lung) +
                R"(","title":"x","owner_kind":"member","owner_member_id":")" + to_text(edge.people[0]) +
                R"(","due_on":"2024-05-20","origin":"resolution_item","origin_id":"0000000000042"})");
        CHECK(answer.status == 422);
        CHECK(holds(answer.body, "\"field\":\"origin\""));
        CHECK(edge.send("member", "POST", "/api/tasks", "{}").status == 422);
    });
}

TEST_CASE("mistakes of a meeting are answered all at once, in words") {
    test::for_each_store([](Store& store) {
        Edge edge(store);
        const http::Response answer = edge.send(
            "office", "POST", "/api/meetings",
            R"({"unit_id":")" + to_text(edge.world.na_lung) +
                R"(","kind":"regular","subject":"May","planned_for":1714825800000,"happening":{"started_at":1714825800000,)"
                R"("ended_at":1714825800000,"roll":[],"contributions":[]}})");
        CHECK(answer.status == 422);
        INFO(answer.body);
        CHECK(holds(answer.body, "Giờ kết thúc phải sau giờ bắt đầu."));
        CHECK(holds(answer.body, "Điểm danh chưa ghi Nguyễn Văn 1 có dự hay không."));
        CHECK(edge.send("member", "GET", "/api/meetings").status == 403);
        CHECK(edge.send("nobody", "GET", "/api/meetings").status == 401);
    });
}

TEST_CASE("every refusal of the working year has words in three languages") {
    const Texts texts(GROUNDWORK_SOURCE_DIR "/messages");
    for (const char* key : {"tasks.owner_is_elsewhere", "visits.own_unit", "meetings.recorded_differently",
                            "resolutions.not_carried", "checks.day_in_future"})
        for (const std::string& language : texts.languages()) CHECK(texts.text(language, key) != key);
}

}  // namespace gw
