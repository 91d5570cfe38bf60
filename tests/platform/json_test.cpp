#include "platform/json/json.h"

#include <doctest/doctest.h>

#include "platform/json/schema.h"

namespace gw::test {

namespace {

BOOST_DEFINE_ENUM_CLASS(Colour, red, green)

struct Part {
    std::string name;
    std::optional<std::int64_t> count;
};
BOOST_DESCRIBE_STRUCT(Part, (), (name, count))

struct Thing {
    Id<struct ThingMark> id;
    std::string name;
    Date on{};
    Moment at;
    Colour colour = Colour::red;
    bool is_big = false;
    int size = 0;
    std::vector<Part> parts;
};
BOOST_DESCRIBE_STRUCT(Thing, (), (id, name, on, at, colour, is_big, size, parts))

std::vector<std::string> mistakes(std::string_view text) {
    Thing thing;
    Problems problems;
    read_json_text(text, thing, {}, problems);
    std::vector<std::string> found;
    for (const auto& problem : problems) found.push_back(problem.field + " " + problem.key);
    return found;
}

const char* good =
    R"({"id":"0000000000042","name":"Nà Lung \"1\"\n","on":"2024-04-17","at":1713348000000,"colour":"green","is_big":true,"size":7,"parts":[{"name":"a","count":null},{"name":"b","count":2}]})";

}  // namespace

TEST_CASE("what is written is read back the same") {
    Thing thing;
    Problems problems;
    read_json_text(good, thing, {}, problems);
    REQUIRE(problems.empty());
    CHECK(thing.name == "Nà Lung \"1\"\n");
    CHECK(thing.colour == Colour::green);
    CHECK(thing.parts.size() == 2);
    CHECK_FALSE(thing.parts[0].count);
    CHECK(to_json(thing) == good);
}

TEST_CASE("every mistake is listed with its field, not only the first") {
    const auto found = mistakes(
        R"({"id":"no","name":3,"on":"2024-02-30","at":"soon","colour":"blue","is_big":1,"size":99999999999,"parts":[{"name":"a"},{}],"weight":1})");
    CHECK(found == std::vector<std::string>{
                       "id platform.not_valid", "name platform.must_be_text", "on platform.must_be_day",
                       "at platform.must_be_moment", "colour platform.not_valid",
                       "is_big platform.must_be_yes_or_no", "size platform.must_be_whole_number",
                       "parts/1/name platform.required", "weight platform.unknown_field"});
}

TEST_CASE("what is not JSON, too deep, or not text is refused by name") {
    CHECK(mistakes("{") == std::vector<std::string>{" platform.not_json"});
    CHECK(mistakes("[]") == std::vector<std::string>{" platform.must_be_object"});
    CHECK(mistakes(std::string(40, '[')) == std::vector<std::string>{" platform.not_json"});
    CHECK(mistakes(std::string(5000, '[') + std::string(5000, ']')) ==
          std::vector<std::string>{" platform.not_json"});
    std::string with_nul = good;
    with_nul.replace(with_nul.find("N"), 1, "\\u0000");
    CHECK(mistakes(with_nul) == std::vector<std::string>{"name platform.not_text"});
    std::string long_name = good;
    long_name.replace(long_name.find("N"), 1, std::string(20'001, 'x'));
    CHECK(mistakes(long_name) == std::vector<std::string>{"name platform.too_long"});
}

TEST_CASE("a moment outside the years 1900 to 2200 is refused before anybody computes with it") {
    std::string far = good;
    far.replace(far.find("1713348000000"), 13, "9223372036854775807");
    CHECK(mistakes(far) == std::vector<std::string>{"at platform.must_be_moment"});
}

TEST_CASE("a value of the address fills its field and may not contradict the body") {
    Part part;
    Problems problems;
    read_json_text("{}", part, {{"name", "Lý"}, {"count", "4"}}, problems);
    CHECK(problems.empty());
    CHECK(part.name == "Lý");
    CHECK(part.count == 4);
    read_json_text(R"({"name":"Vi"})", part, {{"name", "Lý"}}, problems);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].key == "platform.contradicts_address");
}

TEST_CASE("values of an address are read as their fields") {
    Part part;
    Problems problems;
    read_values({{"name", "x"}, {"count", "many"}, {"other", "1"}}, part, problems);
    REQUIRE(problems.size() == 2);
    CHECK(problems[0].field == "count");
    CHECK(problems[1].key == "platform.unknown_field");
}

TEST_CASE("the schema names what may be absent and what an enum may be") {
    SchemaWriter schemas;
    const std::string reference = schemas.add<Thing>("/api/things/{id}");
    CHECK(reference.find("#/components/schemas/") != std::string::npos);
    std::string all;
    for (const auto& [name, schema] : schemas.schemas()) all += name + schema;
    CHECK(all.find(R"("colour":{"type":"string","enum":["red","green"]})") != std::string::npos);
    CHECK(all.find(R"("count":{"anyOf":[{"type":"integer"},{"type":"null"}]})") != std::string::npos);
    CHECK(all.find(R"("id":)") == std::string::npos);  // it stands in the path
}

}  // namespace gw::test
