#include "platform/http/gateway.h"

#include <future>

#include "support/store_for_test.h"
#include "support/world.h"

namespace gw::test {

namespace {

struct Note {
    Id<struct NoteMark> note_id;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(Note, (), (note_id, text))

struct NoteKey {
    Id<struct NoteMark> note_id;
};
BOOST_DESCRIBE_STRUCT(NoteKey, (), (note_id))

Note write_note(const Call& call, const Note& note) {
    call.record("note.written", note.note_id, {}, "");
    if (note.text == "refuse") throw Refusal(Reason::conflict, Problem{"text", "platform.not_valid"});
    if (note.text == "fault") throw std::runtime_error("out of paper");
    return note;
}

// A router, a gateway and one person who is signed in with the token "good".
struct Edge {
    explicit Edge(Store& store) : world(store), texts(GROUNDWORK_SOURCE_DIR "/messages") {
        store.after_commit([this] { world.announcements.deliver(); });
        router.post("/api/notes/{note_id}", "Writes a note", write_note);
        router.get("/api/notes/{note_id}", "Reads a note", [](const Call& call, const NoteKey& key) {
            return Note{key.note_id, call.actor.name};
        });
        router
            .get("/api/open", "Says hello to everyone", [](const Call&, const Nothing&) { return Nothing{}; })
            .is_open = true;
        router
            .post("/api/slow/{note_id}", "Writes a note outside the writer",
                  [](const Call& call, const Note& note) {
                      call.write([&](const Call& inner) { inner.record("note.written", note.note_id); });
                      return note;
                  })
            .way = Way::slow;
        auto person = std::make_shared<Actor>(world.person({}, world.na_lung));
        gateway = std::make_unique<http::Gateway>(http::GatewayParts{
            .router = router,
            .store = store,
            .texts = texts,
            .ids = world.ids,
            .announcements = world.announcements,
            .files = *world.files,
            .static_files = nullptr,
            .tree = [this] { return world.tree(); },
            .find_actor = [person](std::string_view token, Moment, Date) -> std::shared_ptr<const Actor> {
                return token == "good" ? person : nullptr;
            },
            .clock = [this] { return world.now; },
            .was_ended = [](std::string_view token) { return token == "ended"; },
            .zone_minutes = 420,
            .language = "en"});
    }

    http::Response send(const std::string& method, const std::string& path, const std::string& body = "",
                        std::vector<http::Header> more = {}) {
        auto request = std::make_shared<http::Request>();
        request->method = method;
        request->path = path;
        request->body = body;
        request->id = "REQUEST";
        request->headers = {{"Host", "here"}, {"Cookie", "groundwork_session=good"}, {"X-Groundwork", "1"}};
        for (auto& header : more) {
            std::erase_if(request->headers,
                          [&](const auto& old) { return http::same_header_name(old.name, header.name); });
            if (!header.value.empty()) request->headers.push_back(header);
        }
        std::promise<http::Response> answer;
        gateway->application().answer(
            request, [&](http::Response response) { answer.set_value(std::move(response)); });
        return answer.get_future().get();
    }

    World world;
    Texts texts;
    Router router;
    std::unique_ptr<http::Gateway> gateway;
};

const std::string note = "/api/notes/0000000000042";

}  // namespace

TEST_CASE("a route answers with what its operation returns, and a change leaves one audit entry") {
    for_each_store([](Store& store) {
        Edge edge(store);
        const auto before = edge.world.audit_count();
        const auto answer = edge.send("POST", note, R"({"text":"Nà Lung"})");
        CHECK(answer.status == 200);
        CHECK(answer.body == R"({"note_id":"0000000000042","text":"Nà Lung"})");
        CHECK(edge.world.audit_count() == before + 1);
        CHECK(edge.send("GET", note).body == R"({"note_id":"0000000000042","text":"a person"})");
        CHECK(edge.send("POST", "/api/slow/0000000000042", R"({"text":"x"})").status == 200);
        CHECK(edge.world.audit_count() == before + 2);
    });
}

TEST_CASE("the same key again is answered again and changes nothing; for another request it is a conflict") {
    for_each_store([](Store& store) {
        Edge edge(store);
        const auto before = edge.world.audit_count();
        const http::Header key{"Idempotency-Key", "k1"};
        const auto first = edge.send("POST", note, R"({"text":"one"})", {key});
        const auto again = edge.send("POST", note, R"({"text":"one"})", {key});
        CHECK(again.status == first.status);
        CHECK(again.body == first.body);
        CHECK(edge.world.audit_count() == before + 1);
        CHECK(edge.send("POST", note, R"({"text":"two"})", {key}).status == 409);
        // A refused request keeps nothing, so its key may be used again once the mistake is mended.
        CHECK(edge.send("POST", note, R"({"text":"refuse"})", {{"Idempotency-Key", "k2"}}).status == 409);
        CHECK(edge.send("POST", note, R"({"text":"mended"})", {{"Idempotency-Key", "k2"}}).status == 200);
        CHECK(
            edge.send("POST", note, R"({"text":"x"})", {{"Idempotency-Key", std::string(101, 'k')}}).status ==
            422);
    });
}

TEST_CASE("trouble is answered as problem+json in the reader's language and keeps nothing") {
    for_each_store([](Store& store) {
        Edge edge(store);
        const auto before = edge.world.audit_count();
        const auto refused = edge.send("POST", note, R"({"text":"refuse"})", {{"Accept-Language", "vi"}});
        CHECK(refused.status == 409);
        CHECK(refused.content_type == "application/problem+json");
        CHECK(refused.body.find(R"("field":"text")") != std::string::npos);
        CHECK(refused.body.find("Giá trị này") != std::string::npos);
        CHECK(refused.body.find(R"("request_id":"REQUEST")") != std::string::npos);
        const auto fault = edge.send("POST", note, R"({"text":"fault"})");
        CHECK(fault.status == 500);
        CHECK(fault.body.find("out of paper") == std::string::npos);
        CHECK(edge.world.audit_count() == before);
        CHECK(edge.send("POST", note, R"({"txt":1})").body.find("platform.unknown_field") !=
              std::string::npos);
        CHECK(edge.send("POST", note, "{").status == 422);
        CHECK(edge.send("GET", "/api/nothing").status == 404);
        CHECK(edge.send("PUT", note).status == 405);
        CHECK(edge.send("GET", "/api/notes/short").status == 422);
    });
}

TEST_CASE("only signed-in people pass, except where a route is open") {
    for_each_store([](Store& store) {
        Edge edge(store);
        CHECK(edge.send("GET", note, "", {{"Cookie", ""}}).status == 401);
        const auto bad = edge.send("GET", note, "", {{"Cookie", "groundwork_session=bad"}});
        CHECK(bad.status == 401);
        CHECK(bad.body.find("platform.session_was_ended") == std::string::npos);
        const auto ended = edge.send("GET", note, "", {{"Cookie", "groundwork_session=ended"}});
        CHECK(ended.status == 401);
        CHECK(ended.body.find("platform.session_was_ended") != std::string::npos);
        CHECK(edge.send("GET", "/api/open", "", {{"Cookie", ""}}).status == 200);
    });
}

TEST_CASE("a change asked for by another site is refused") {
    for_each_store([](Store& store) {
        Edge edge(store);
        const std::string body = R"({"text":"x"})";
        CHECK(edge.send("POST", note, body, {{"X-Groundwork", ""}}).status == 403);
        CHECK(edge.send("POST", note, body, {{"Origin", "https://elsewhere"}}).status == 403);
        CHECK(edge.send("POST", note, body, {{"Sec-Fetch-Site", "cross-site"}}).status == 403);
        CHECK(edge.send("POST", note, body, {{"Origin", "http://here"}, {"Sec-Fetch-Site", "same-origin"}})
                  .status == 200);
    });
}

TEST_CASE("the list of routes becomes an OpenAPI page") {
    for_each_store([](Store& store) {
        Edge edge(store);
        const std::string page = edge.router.openapi();
        for (const char* part :
             {R"("openapi":"3.1.0")", R"("/api/notes/{note_id}")", R"("operationId":"post_notes_by_note_id")",
              R"("security":[])", R"("summary":"Says hello to everyone")"})
            CHECK(page.find(part) != std::string::npos);
        boost::json::value value;
        Problems problems;
        CHECK(json::parse(page, value, problems));
    });
}

}  // namespace gw::test
