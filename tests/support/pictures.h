// Pictures as a camera or a stranger might send them.
#pragma once
#include <string>
#include <string_view>
#include <utility>

namespace gw::test {

struct PictureToMake {
    int width = 640, height = 480;
    const char* ending = ".jpg";
    int orientation = 1;    // as cameras note it: 6 is "turn right to stand upright"
    std::string note = {};  // written into the metadata
    bool is_plain = false;  // one colour instead of noise
};
std::string picture(const PictureToMake& wanted);
// Width and height of a picture.
std::pair<int, int> size_of(std::string_view bytes);

}  // namespace gw::test
