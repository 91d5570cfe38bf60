#include <doctest/doctest.h>

#include "consolidation/consolidation_rules.h"

namespace gw::consolidation {

namespace {
Date day(std::string_view text) {
    Date date{};
    REQUIRE(from_text(text, date));
    return date;
}
}  // namespace

// Worked by hand: 1 - 5/6 * 3/4 after three months, 1 - 5/6 * 3/4 * 2/3 after six.
TEST_CASE("the share that left is that of Kaplan and Meier, with those who are only followed so far") {
    const std::vector<Stay> stays{{100, true},  {60, false}, {30, true},
                                  {400, false}, {90, true},  {200, false}};
    const LeftBy three = left_by(stays, 3);
    CHECK(three.followed == 5);
    CHECK(three.share_milli == 375);
    CHECK(three.low_milli == 107);
    CHECK(three.high_milli == 858);
    CHECK(left_by(stays, 6).share_milli == 583);
}

TEST_CASE("fewer than five that were followed are too few to tell") {
    const std::vector<Stay> stays{{100, true},  {60, false}, {30, true},
                                  {400, false}, {90, true},  {200, false}};
    const LeftBy twelve = left_by(stays, 12);
    CHECK(twelve.followed == 4);
    CHECK_FALSE(twelve.share_milli);
    CHECK_FALSE(left_by({}, 3).share_milli);
}

TEST_CASE("beyond the time that those on the list were followed there is no share, however many left") {
    std::vector<Stay> stays(8, Stay{150, true});
    stays.push_back({215, false});
    CHECK(left_by(stays, 6).share_milli == 889);
    CHECK(left_by(stays, 12).followed == 8);
    CHECK_FALSE(left_by(stays, 12).share_milli);
    stays.push_back({365, false});
    CHECK(left_by(stays, 12).share_milli);
}

TEST_CASE("where nobody left, or everybody did, there is a share but no interval") {
    const LeftBy none = left_by(std::vector<Stay>(5, Stay{200, false}), 6);
    CHECK(none.share_milli == 0);
    CHECK_FALSE(none.low_milli);
    const LeftBy all = left_by(std::vector<Stay>(5, Stay{50, true}), 6);
    CHECK(all.share_milli == 1000);
    CHECK_FALSE(all.high_milli);
}

TEST_CASE("months are counted on the calendar") {
    CHECK(months_after(day("2024-08-31"), 6) == day("2025-02-28"));
    CHECK(months_after(day("2024-04-17"), 12) == day("2025-04-17"));
    CHECK(month_before(day("2024-03-17"), 3) == day("2023-12-01"));
}

TEST_CASE("an item of the exit test is met by its figure, and an own one only by a person") {
    ExitCondition item;
    item.kind = ExitKind::meetings_held;
    item.target = 3;
    CHECK(is_met(item, 3) == true);
    CHECK(is_met(item, 2) == false);
    CHECK(is_met(item, std::nullopt) == false);
    item.kind = ExitKind::no_serious_findings;
    CHECK(is_met(item, 0) == true);
    CHECK(is_met(item, 1) == false);
    item.kind = ExitKind::own;
    CHECK_FALSE(is_met(item, std::nullopt));
}

TEST_CASE("targets that cannot be are told by field") {
    CHECK(problems_in({ExitKind::meeting_score, 80, 3, ""}, "x").empty());
    CHECK(problems_in({ExitKind::meeting_score, 101, 3, ""}, "x").size() == 1);
    CHECK(problems_in({ExitKind::meetings_held, 4, 3, ""}, "x").size() == 1);
    CHECK(problems_in({ExitKind::measures_done, 0, 0, ""}, "x").size() == 1);
    CHECK(problems_in({ExitKind::own, 0, 0, " "}, "x").size() == 1);
}

}  // namespace gw::consolidation
