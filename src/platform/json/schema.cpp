#include "platform/json/schema.h"

namespace gw {

std::string schema_name(std::string_view pretty_function) {
    // "std::string gw::schema_name_of() [with T = gw::meetings::Meeting; ...]" on g++, "[T = ...]" on clang.
    const auto start = pretty_function.find("T = ") + 4;
    const auto end = pretty_function.find_first_of(";]", start);
    std::string type(pretty_function.substr(start, end - start));
    // Structs that only one file knows keep their plain name.
    for (const std::string_view nameless : {"gw::", "{anonymous}::", "(anonymous namespace)::"})
        for (auto at = type.find(nameless); at != std::string::npos; at = type.find(nameless))
            type.erase(at, nameless.size());
    std::string name;
    for (std::size_t i = 0; i < type.size(); ++i) {
        if (type.substr(i, 2) == "::") {
            name += '.';
            ++i;
        } else name += std::isalnum(static_cast<unsigned char>(type[i])) ? type[i] : '_';
    }
    return name;
}

bool is_path_value(std::string_view path, std::string_view name) {
    return path.find("{" + std::string(name) + "}") != std::string_view::npos;
}

}  // namespace gw
