// Imaging: pictures from strangers' devices made safe to keep and to show. No face is recognised here or
// anywhere.
//
// Words: a *photo* is what remains of a picture after *cleaning*: turned upright, at most 1600 points long,
// without the metadata a camera writes into it (place, device, owner), written anew as JPEG; with it comes a
// *thumbnail*.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace gw::imaging {

struct Photo {
    std::string bytes;      // JPEG, its longer side at most 1600 points
    std::string thumbnail;  // JPEG, its longer side at most 320 points
    std::int64_t width = 0, height = 0;
};

// Whether the bytes begin like a JPEG, PNG or WebP picture; says nothing about the rest.
bool looks_like_picture(std::string_view bytes);

// Cleans a JPEG, PNG or WebP picture. Takes 50 to 200 ms: for slow operations only. Refused (invalid, on
// "file"): what is no such picture (imaging.not_a_picture), is cut off or damaged (imaging.damaged), or has
// over 100 million points (imaging.too_many_points), however small its file.
Photo clean(std::string_view bytes);

}  // namespace gw::imaging
