#include "imaging/imaging.h"

#include <vips/vips.h>

#include <memory>
#include <stdexcept>

#include "platform/problem.h"

namespace gw::imaging {

namespace {

constexpr int longest_side = 1600;
constexpr int longest_thumbnail_side = 320;
constexpr std::int64_t most_points = 100'000'000;
constexpr int jpeg_quality = 80;

void start_library() {
    static const bool is_ready = [] {
        // Finds the formats it reads itself; the program has no name to give.
        if (vips_init("groundwork") != 0) throw std::runtime_error("libvips does not start");
        // Readers that were not hardened against hostile files stay away.
        vips_block_untrusted_set(TRUE);
        // What it has to say of a damaged file is told to whoever sent the file.
        g_log_set_handler(
            "VIPS", G_LOG_LEVEL_WARNING, [](auto...) {}, nullptr);
        vips_cache_set_max(0);
        vips_concurrency_set(1);
        return true;
    }();
    static_cast<void>(is_ready);
}

[[noreturn]] void refuse(const char* key) {
    vips_error_clear();
    throw Refusal(Reason::invalid, Problem{"file", key});
}

struct Unreference {
    void operator()(VipsImage* image) const { g_object_unref(image); }
};
using Image = std::unique_ptr<VipsImage, Unreference>;

// Reads only the head of the file.
Image opened(std::string_view bytes) {
    VipsImage* image =
        vips_image_new_from_buffer(bytes.data(), bytes.size(), "", "access", VIPS_ACCESS_SEQUENTIAL,
                                   "fail_on", VIPS_FAIL_ON_TRUNCATED, nullptr);
    if (!image) refuse("imaging.not_a_picture");
    return Image(image);
}

// Upright, in the colours of screens, its longer side at most `side`; a small picture stays as small as it
// is.
Image shrunk(VipsImage* image, int side) {
    VipsImage* result = nullptr;
    if (vips_thumbnail_image(image, &result, side, "height", side, "size", VIPS_SIZE_DOWN, "export_profile",
                             "srgb", "fail_on", VIPS_FAIL_ON_TRUNCATED, nullptr) != 0)
        refuse("imaging.damaged");
    return Image(result);
}

std::string written(VipsImage* image) {
    void* bytes = nullptr;
    std::size_t size = 0;
    // What is transparent becomes white; everything but the points is left out.
    VipsArrayDouble* white = vips_array_double_newv(3, 255.0, 255.0, 255.0);
    const int failed = vips_jpegsave_buffer(image, &bytes, &size, "Q", jpeg_quality, "strip", TRUE,
                                            "optimize_coding", TRUE, "background", white, nullptr);
    vips_area_unref(VIPS_AREA(white));
    if (failed) refuse("imaging.damaged");
    std::string text(static_cast<const char*>(bytes), size);
    g_free(bytes);
    return text;
}

}  // namespace

bool looks_like_picture(std::string_view bytes) {
    return bytes.starts_with("\xff\xd8\xff") || bytes.starts_with("\x89PNG\r\n\x1a\n") ||
           (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP"));
}

Photo clean(std::string_view bytes) {
    if (!looks_like_picture(bytes)) refuse("imaging.not_a_picture");
    start_library();
    Image whole = opened(bytes);
    const std::int64_t points =
        static_cast<std::int64_t>(vips_image_get_width(whole.get())) * vips_image_get_height(whole.get());
    if (points > most_points) refuse("imaging.too_many_points");

    Photo photo;
    // The rows of the file come once, in order: the photo is made whole in memory, the thumbnail from it.
    const Image lazy = shrunk(whole.get(), longest_side);
    const Image image(vips_image_copy_memory(lazy.get()));
    if (!image) refuse("imaging.damaged");
    photo.width = vips_image_get_width(image.get());
    photo.height = vips_image_get_height(image.get());
    photo.bytes = written(image.get());
    const Image thumbnail = shrunk(image.get(), longest_thumbnail_side);
    photo.thumbnail = written(thumbnail.get());
    return photo;
}

}  // namespace gw::imaging
