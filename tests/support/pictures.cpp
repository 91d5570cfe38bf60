#include "support/pictures.h"

#include <doctest/doctest.h>
#include <vips/vips.h>

namespace gw::test {

std::string picture(const PictureToMake& wanted) {
    REQUIRE(vips_init("test") == 0);
    VipsImage* made = nullptr;
    if (wanted.is_plain) {
        REQUIRE(vips_black(&made, wanted.width, wanted.height, "bands", 3, nullptr) == 0);
    } else {
        VipsImage* noise = nullptr;
        REQUIRE(vips_gaussnoise(&noise, wanted.width, wanted.height, "seed", 21, nullptr) == 0);
        REQUIRE(vips_cast_uchar(noise, &made, nullptr) == 0);
        g_object_unref(noise);
    }
    VipsImage* image = nullptr;
    REQUIRE(vips_copy(made, &image, nullptr) == 0);
    vips_image_set_int(image, VIPS_META_ORIENTATION, wanted.orientation);
    if (!wanted.note.empty()) vips_image_set_string(image, "exif-ifd0-ImageDescription", wanted.note.c_str());
    void* bytes = nullptr;
    std::size_t size = 0;
    REQUIRE(vips_image_write_to_buffer(image, wanted.ending, &bytes, &size, nullptr) == 0);
    std::string text(static_cast<const char*>(bytes), size);
    g_free(bytes);
    g_object_unref(image);
    g_object_unref(made);
    return text;
}

std::pair<int, int> size_of(std::string_view bytes) {
    VipsImage* image = vips_image_new_from_buffer(bytes.data(), bytes.size(), "", nullptr);
    REQUIRE(image);
    const std::pair size{vips_image_get_width(image), vips_image_get_height(image)};
    g_object_unref(image);
    return size;
}

}  // namespace gw::test
