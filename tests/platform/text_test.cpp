#include "platform/text.h"

#include <doctest/doctest.h>

#include <limits>

namespace gw {
namespace {

Date day(int year, unsigned month, unsigned day_of_month) {
    return {std::chrono::year(year), std::chrono::month(month), std::chrono::day(day_of_month)};
}

TEST_CASE("an identifier is always 13 characters and comes back the same") {
    for (const std::int64_t number :
         {std::int64_t{0}, std::int64_t{1}, std::int64_t{31}, std::int64_t{32},
          std::int64_t{9007199254740993}, std::numeric_limits<std::int64_t>::max()}) {
        const auto text = base32_text(number);
        CHECK(text.size() == 13);
        std::int64_t back = -1;
        CHECK(base32_number(text, back));
        CHECK(back == number);
    }
    CHECK(base32_text(0) == "0000000000000");
    CHECK(base32_text(31) == "000000000000Z");
    CHECK(base32_text(32) == "0000000000010");
    CHECK(base32_text(std::numeric_limits<std::int64_t>::max()) == "7ZZZZZZZZZZZZ");
}

TEST_CASE("identifiers sort as texts the way they sort as numbers") {
    std::int64_t number = 1;
    auto before = base32_text(0);
    for (int i = 0; i < 60; ++i, number *= 2) {
        const auto text = base32_text(number);
        CHECK(before < text);
        before = text;
    }
}

TEST_CASE("an identifier is read in small letters and with the letters people mistake for digits") {
    std::int64_t number = 0, other = 0;
    REQUIRE(base32_number("00000000abcde", number));
    REQUIRE(base32_number("OoOoOoOoABCDE", other));
    CHECK(number == other);
    REQUIRE(base32_number("000000000000I", number));
    CHECK(number == 1);
    REQUIRE(base32_number("000000000000l", number));
    CHECK(number == 1);
}

TEST_CASE("what is no identifier is refused and changes nothing") {
    for (const auto* text : {"", "1", "00000000000000", "000000000000", "000000000000U", "000000000000-",
                             "8000000000000", "ZZZZZZZZZZZZZ", "00000000 0000", "00000000000\xC3\xA9"}) {
        std::int64_t number = 7;
        CAPTURE(text);
        CHECK_FALSE(base32_number(text, number));
        CHECK(number == 7);
    }
}

TEST_CASE("a day is written and read as in ISO 8601") {
    CHECK(to_text(day(2024, 4, 7)) == "2024-04-07");
    Date read{};
    REQUIRE(from_text("2024-02-29", read));
    CHECK(read == day(2024, 2, 29));
    for (const auto* text :
         {"", "2023-02-29", "2024-13-01", "2024-00-10", "2024-1-1", "2024/01/01", "2024-01-0a", "0000-01-01",
          "24-01-01", "2024-01-011", "+024-01-01", "2024-04-31"}) {
        Date target = day(1999, 9, 9);
        CAPTURE(text);
        CHECK_FALSE(from_text(text, target));
        CHECK(target == day(1999, 9, 9));
    }
}

TEST_CASE("days are numbered from 1970") {
    CHECK(day_number(day(1970, 1, 1)) == 0);
    CHECK(day_number(day(2000, 3, 1)) == 11017);
    CHECK(date_of(11017) == day(2000, 3, 1));
    CHECK(date_of(-1) == day(1969, 12, 31));
}

TEST_CASE("a moment falls on the day of the organisation's zone") {
    constexpr int hanoi = 7 * 60, delhi = 5 * 60 + 30, new_york = -5 * 60;
    const auto evening = moment_of(day(2024, 4, 16), 18 * 60, 0);  // 18:00 in UTC
    CHECK(day_of(evening, 0) == day(2024, 4, 16));
    CHECK(day_of(evening, hanoi) == day(2024, 4, 17));
    CHECK(day_of(evening, delhi) == day(2024, 4, 16));
    CHECK(day_of(moment_of(day(2024, 4, 16), 3 * 60, 0), new_york) == day(2024, 4, 15));
    CHECK(moment_of(day(1970, 1, 1), 7 * 60, hanoi).milliseconds == 0);
    CHECK(day_of(moment_of(day(2024, 12, 31), 0, hanoi), hanoi) == day(2024, 12, 31));
    CHECK(day_of(moment_of(day(1960, 1, 1), 0, hanoi), hanoi) == day(1960, 1, 1));
    CHECK(day_of({-1}, 0) == day(1969, 12, 31));
}

TEST_CASE("search compares without diacritics, case and double spaces") {
    CHECK(folded("Nguyễn Đức") == "nguyen duc");
    CHECK(folded("  NGUYEN \t DUC ") == "nguyen duc");
    CHECK(folded("Đặng Thị Hường") == "dang thi huong");
    CHECK(folded("ĐẮK LẮK, ưỡn ơ Ỹ") == "dak lak, uon o y");
    // The same name in the two ways Unicode allows to write it.
    CHECK(folded("Nguye\xCC\x82\xCC\x83n") == folded("Nguyễn"));
    CHECK(folded("a\xC2\xA0  b") == "a b");
    CHECK(folded("Straße") == "strasse");
    CHECK(folded("") == "");
    CHECK(folded(" \n") == "");
}

TEST_CASE("search keeps the vowel signs of Hindi") {
    CHECK(folded("ग्राम सभा") == "ग्राम सभा");
    CHECK(folded("कि") != folded("कु"));
    CHECK(folded("क़िला") == folded("क़िला"));  // one letter, or letter and dot
}

TEST_CASE("characters are counted as a person counts them") {
    CHECK(character_count("") == 0);
    CHECK(character_count("abc") == 3);
    CHECK(character_count("Nguyễn") == 6);
    CHECK(character_count("Nguye\xCC\x82\xCC\x83n") == 6);
    CHECK(character_count("Đảng") == 4);
    CHECK(character_count("कि") == 1);
    CHECK(character_count("a\r\nb") == 3);
}

TEST_CASE("broken UTF-8 is recognised") {
    CHECK(is_valid_utf8(""));
    CHECK(is_valid_utf8("Tuyên Quang, ग्राम, \xF0\x9F\x8C\xBE"));
    CHECK(is_valid_utf8("\xF4\x8F\xBF\xBF"));
    for (const auto* text :
         {"\x80", "a\xC3", "\xC0\xAF", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xE1\xBB", "\xC3\x28"}) {
        CAPTURE(text);
        CHECK_FALSE(is_valid_utf8(text));
    }
}

TEST_CASE("white space is taken from both ends only") {
    CHECK(trimmed(" \t a b \r\n") == "a b");
    CHECK(trimmed("\xC2\xA0Na Lung\xE3\x80\x80") == "Na Lung");
    CHECK(trimmed("\xEF\xBB\xBFid") == "id");
    CHECK(trimmed("   ") == "");
    CHECK(trimmed("") == "");
    CHECK(trimmed("é") == "é");
    CHECK(trimmed("\xA0 ") == "\xA0");  // broken UTF-8 is left as it is
}

}  // namespace
}  // namespace gw
