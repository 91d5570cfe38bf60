#include "imaging/imaging.h"

#include <doctest/doctest.h>
#include <vips/vips.h>

#include "platform/problem.h"
#include "support/pictures.h"

namespace gw::imaging {

namespace {

std::string refusal_of(std::string_view bytes) {
    try {
        clean(bytes);
    } catch (const Refusal& refusal) {
        return refusal.problems.at(0).key;
    }
    return "";
}

bool contains(std::string_view bytes, std::string_view part) {
    return bytes.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("a photo from a camera loses its place and owner, stands upright and is made smaller") {
    const std::string given =
        test::picture({.width = 2400, .height = 1200, .orientation = 6, .note = "GPS 22.3 105.4"});
    REQUIRE(contains(given, "GPS 22.3 105.4"));
    const Photo photo = clean(given);
    CHECK(photo.width == 800);
    CHECK(photo.height == 1600);
    CHECK_FALSE(contains(photo.bytes, "GPS 22.3 105.4"));
    CHECK_FALSE(contains(photo.bytes, "Exif"));
    CHECK(photo.bytes.starts_with("\xff\xd8\xff"));
    const auto [width, height] = test::size_of(photo.thumbnail);
    CHECK(width == 160);
    CHECK(height == 320);
}

TEST_CASE("a small picture stays as small as it is, whatever its kind") {
    for (const char* ending : {".jpg", ".png", ".webp"}) {
        const Photo photo = clean(test::picture({.width = 200, .height = 100, .ending = ending}));
        CHECK(photo.width == 200);
        CHECK(photo.height == 100);
        CHECK(photo.bytes.starts_with("\xff\xd8\xff"));
    }
}

TEST_CASE("what is no picture, is cut off or would fill the memory is refused") {
    CHECK(refusal_of("") == "imaging.not_a_picture");
    CHECK(refusal_of("GIF89a") == "imaging.not_a_picture");
    CHECK(refusal_of("<svg xmlns='http://www.w3.org/2000/svg'/>") == "imaging.not_a_picture");
    CHECK(refusal_of("\xff\xd8\xff nothing more") == "imaging.not_a_picture");
    const std::string whole = test::picture({.width = 1000, .height = 1000});
    CHECK(refusal_of(whole.substr(0, whole.size() / 2)) == "imaging.damaged");
    // 12,000 x 12,000 points of one colour need a file of a few kilobytes.
    const std::string bomb =
        test::picture({.width = 12000, .height = 12000, .ending = ".png", .is_plain = true});
    CHECK(bomb.size() < 1'000'000);
    CHECK(refusal_of(bomb) == "imaging.too_many_points");
}

}  // namespace gw::imaging
