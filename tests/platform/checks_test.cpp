#include "platform/checks.h"

#include <doctest/doctest.h>

namespace gw {

namespace {
std::string key_of(const Problems& problems) { return problems.empty() ? "" : problems[0].key; }
Date day(int year, unsigned month, unsigned number) {
    return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{number};
}
}  // namespace

TEST_CASE("a text that must be there is not blank and counts characters, not bytes") {
    Problems problems;
    check_text(problems, "title", "Nà Lung");
    check_text(problems, "title", std::string(1000, 'x').substr(0, 500));
    std::string words;
    for (int i = 0; i < 500; ++i) words += "ữ";
    check_text(problems, "title", words);
    CHECK(problems.empty());
    check_text(problems, "title", " \t ");
    CHECK(key_of(problems) == "platform.required");
    problems.clear();
    check_text(problems, "title", words + "x");
    CHECK(key_of(problems) == "checks.too_long");
    problems.clear();
    check_length(problems, "place", "");
    CHECK(problems.empty());
}

TEST_CASE("days and moments outside 2000 to 2100 are slips of the finger") {
    const auto found = [](Date date) {
        Problems problems;
        check_day(problems, "due_on", date);
        return key_of(problems);
    };
    CHECK(found(day(2000, 1, 1)).empty());
    CHECK(found(day(2100, 12, 31)).empty());
    CHECK(found(day(1999, 12, 31)) == "checks.day_out_of_range");
    CHECK(found(day(2024, 2, 30)) == "checks.day_out_of_range");
    CHECK(found(Date{}) == "checks.day_out_of_range");
    Problems problems;
    check_moment(problems, "planned_for", moment_of(day(2024, 5, 4), 0, 0));
    CHECK(problems.empty());
    check_moment(problems, "planned_for", moment_of(day(2101, 1, 1), 0, 0));
    CHECK(key_of(problems) == "checks.day_out_of_range");
    problems.clear();
    check_past_day(problems, "done_on", day(2024, 5, 4), day(2024, 5, 4));
    CHECK(problems.empty());
    check_past_day(problems, "done_on", day(2024, 5, 5), day(2024, 5, 4));
    CHECK(key_of(problems) == "checks.day_in_future");
}

TEST_CASE("a page holds 1 to 200 rows, 50 when nobody says") {
    CHECK(page_size(std::nullopt) == 50);
    CHECK(page_size(200) == 200);
    CHECK_THROWS_AS(page_size(0), Refusal);
    CHECK_THROWS_AS(page_size(201), Refusal);
}

}  // namespace gw
