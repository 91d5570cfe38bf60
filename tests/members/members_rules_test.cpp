#include <doctest/doctest.h>

#include "members/members.h"

namespace gw::members {

namespace {

using std::chrono::day, std::chrono::month, std::chrono::year;
const Date today = year{2024} / month{5} / day{4};
const Date tomorrow = year{2024} / month{5} / day{5};

Member good_member() {
    Member member;
    member.code = "08.000001";
    member.full_name = "Hoàng Thị Én";
    member.born_on = year{1980} / month{2} / day{29};
    member.joined_on = year{2020} / month{1} / day{1};
    member.admitted_on = year{2005} / month{9} / day{2};
    member.full_on = year{2006} / month{9} / day{2};
    return member;
}

// The keys of what is wrong once `change` has been made, by field.
std::string found(const std::function<void(Member&)>& change) {
    Member member = good_member();
    change(member);
    std::string all;
    for (const Problem& problem : problems_in(member, today)) all += problem.field + ":" + problem.key + " ";
    return all;
}

}  // namespace

TEST_CASE("a member with everything in order has no problems") {
    CHECK(found([](Member&) {}).empty());
    CHECK(found([](Member& m) { m.born_on.reset(), m.admitted_on.reset(), m.full_on.reset(); }).empty());
}

TEST_CASE("texts of a member are there, short and printable") {
    CHECK(found([](Member& m) { m.code = " "; }) == "code:members.required ");
    CHECK(found([](Member& m) { m.full_name = ""; }) == "full_name:members.required ");
    CHECK(found([](Member& m) { m.code = std::string(41, '1'); }) == "code:members.too_long ");
    CHECK(found([](Member& m) { m.full_name = std::string(101, 'a'); }) == "full_name:members.too_long ");
    CHECK(found([](Member& m) { m.full_name = "An\x01"; }) == "full_name:members.control_character ");
    CHECK(found([](Member& m) { m.phone = "call me"; }) == "phone:members.no_phone ");
    CHECK(found([](Member& m) { m.phone = "+84 (912) 345-678"; }).empty());
}

TEST_CASE("no day of a member lies in the future") {
    CHECK(found([](Member& m) { m.born_on = tomorrow; }).find("born_on:members.day_in_future") !=
          std::string::npos);
    CHECK(found([](Member& m) { m.joined_on = tomorrow; }) == "joined_on:members.day_in_future ");
    CHECK(found([](Member& m) { m.admitted_on = tomorrow; }).find("admitted_on:members.day_in_future") !=
          std::string::npos);
    CHECK(found([](Member& m) { m.full_on = tomorrow; }) == "full_on:members.day_in_future ");
    CHECK(found([](Member& m) { m.left_on = tomorrow; }) == "left_on:members.day_in_future ");
    CHECK(found([](Member& m) { m.joined_on = Date{}; }) == "joined_on:members.required ");
}

TEST_CASE("the days of a member follow each other") {
    CHECK(found([](Member& m) { m.born_on = year{1899} / month{1} / day{1}; }) ==
          "born_on:members.born_too_early ");
    CHECK(found([](Member& m) { m.admitted_on = year{1996} / month{1} / day{1}; }) ==
          "admitted_on:members.too_young ");
    CHECK(found([](Member& m) { m.full_on = year{2005} / month{9} / day{1}; }) ==
          "full_on:members.full_before_admitted ");
    CHECK(found([](Member& m) { m.left_on = year{2019} / month{9} / day{1}; }) ==
          "left_on:members.left_before_joined ");
}

TEST_CASE("the stage of a member fits the days and the office") {
    CHECK(found([](Member& m) { m.stage = Stage::candidate; }) == "stage:members.candidate_was_admitted ");
    CHECK(found([](Member& m) { m.stage = Stage::probationary; }) == "stage:members.probationary_is_full ");
    CHECK(found([](Member& m) {
              m.stage = Stage::candidate, m.office = Office::secretary;
              m.admitted_on.reset(), m.full_on.reset();
          }) == "office:members.candidate_in_office ");
    CHECK(found([](Member& m) { m.discipline = 4; }) == "discipline:members.no_discipline ");
}

TEST_CASE("a cell needs three full members") {
    CHECK(has_too_few_full_members({2, 5, 0, 0}));
    CHECK(!has_too_few_full_members({3, 0, 0, 0}));
}

}  // namespace gw::members
