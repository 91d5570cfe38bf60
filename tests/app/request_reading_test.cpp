// Every real route reads thousands of made-up bodies and queries: each is read, or refused with sentences.
#include <doctest/doctest.h>

#include <random>

#include "app.h"
#include "platform/router.h"
#include "platform/texts/texts.h"
#include "support/store_for_test.h"

namespace gw::test {
namespace {

// Texts that look a little like requests: names of fields with values of every kind, cut and stirred.
class MadeUp {
public:
    explicit MadeUp(std::vector<std::string> names) : names_(std::move(names)) {}

    std::string body() {
        std::string text = object(3);
        if (pick(4) == 0) text.resize(pick(text.size() + 1));
        if (pick(4) == 0 && !text.empty()) text[pick(text.size())] = static_cast<char>(pick(256));
        return text;
    }
    std::string query() {
        std::string text;
        for (std::size_t i = pick(6); i > 0; --i) text += name() + (pick(8) == 0 ? "" : "=") + value(0) + "&";
        if (pick(4) == 0 && !text.empty()) text[pick(text.size())] = static_cast<char>(pick(256));
        return text;
    }
    std::size_t pick(std::size_t count) { return count == 0 ? 0 : dice_() % count; }

private:
    const std::string& name() { return names_[pick(names_.size())]; }

    std::string object(int depth) {
        std::string text = "{";
        for (std::size_t i = pick(7); i > 0; --i)
            text += '"' + name() + "\":" + value(depth) + (i > 1 ? "," : "");
        return text + "}";
    }
    std::string value(int depth) {
        static const std::vector<std::string> plain{"null",
                                                    "true",
                                                    "0",
                                                    "-1",
                                                    "9223372036854775807",
                                                    "-9223372036854775808",
                                                    "1e308",
                                                    "1.5",
                                                    "\"\"",
                                                    "\"2024-12-30\"",
                                                    "\"2024-02-30\"",
                                                    "\"0EP4TM6G0003G\"",
                                                    "\"regular\"",
                                                    "\"full\"",
                                                    "\"\\u0000\"",
                                                    "\"\\ud800\"",
                                                    "\"\xff\"",
                                                    "%00",
                                                    "%ff",
                                                    "\"Nà Lung\"",
                                                    "18446744073709551616",
                                                    "-0",
                                                    "\"member\""};
        switch (pick(depth > 0 ? 6 : 4)) {
            case 4: return object(depth - 1);
            case 5: {
                std::string list = "[";
                for (std::size_t i = pick(4); i > 0; --i) list += value(depth - 1) + (i > 1 ? "," : "");
                return list + "]";
            }
            default: return plain[pick(plain.size())];
        }
    }

    std::vector<std::string> names_;
    std::mt19937 dice_{20241216};
};

// The names of the fields of all requests, from the page that describes them.
std::vector<std::string> field_names(const std::string& page) {
    std::vector<std::string> names{"", "x"};
    for (std::size_t at = 0; (at = page.find("\":{\"type\"", at)) != page.npos; ++at) {
        const auto start = page.rfind('"', at - 1) + 1;
        names.push_back(page.substr(start, at - start));
    }
    return names;
}

}  // namespace

TEST_CASE("every route reads made-up requests or refuses them with sentences") {
    const FolderForTest folder;
    Config config;
    config.data = folder.path();
    config.share = GROUNDWORK_SOURCE_DIR;
    App app(config);
    MadeUp made_up(field_names(app.router().openapi()));
    int read = 0, refused = 0;
    for (int round = 0; round < 200; ++round)
        for (const auto& route : app.router().routes()) {
            http::Request request;
            request.body = made_up.body();
            request.query = made_up.query();
            Values path_values;
            for (const std::string& segment : route->segments)
                if (segment.starts_with('{'))
                    path_values.emplace_back(segment.substr(1, segment.size() - 2),
                                             made_up.pick(2) ? "0EP4TM6G0003G" : made_up.query());
            try {
                REQUIRE(route->read_request(request, path_values));
                ++read;
            } catch (const Refusal& refusal) {
                ++refused;
                REQUIRE(refusal.reason == Reason::invalid);
                REQUIRE_FALSE(refusal.problems.empty());
                for (const Problem& problem : refusal.problems) REQUIRE(app.texts().has(problem.key));
            }
        }
    CHECK(read > 100);
    CHECK(refused > 1000);
}

}  // namespace gw::test
