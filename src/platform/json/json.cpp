#include "platform/json/json.h"

#include <algorithm>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>

namespace gw::json {

void append_text(std::string& out, std::string_view text) {
    static constexpr char digits[] = "0123456789abcdef";
    out += '"';
    std::size_t kept = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
        out.append(text, kept, i - kept);
        kept = i + 1;
        switch (byte) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            default:
                out += "\\u00";
                out += digits[byte >> 4];
                out += digits[byte & 15];
        }
    }
    out.append(text, kept);
    out += '"';
}

void append_number(std::string& out, std::int64_t number) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    out.append(digits, end);
}

void append_real(std::string& out, double number) {
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    out.append(digits, end);
}

void wrong(Problems& problems, const std::string& path, const char* key) { problems.push_back({path, key}); }

bool parse(std::string_view text, boost::json::value& value, Problems& problems) {
    if (trimmed(text).empty()) {
        value = boost::json::object();
        return true;
    }
    boost::system::error_code fault;
    boost::json::parse_options options;
    options.max_depth = 16;
    value = boost::json::parse({text.data(), text.size()}, fault, {}, options);
    if (fault) wrong(problems, "", "platform.not_json");
    else if (!value.is_object()) wrong(problems, "", "platform.must_be_object");
    return !fault && value.is_object();
}

// A terminal or a printer would obey them; lines and tabs are text.
static bool is_control_character(char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return (byte < 0x20 && letter != '\t' && letter != '\n' && letter != '\r') || byte == 0x7f;
}

bool is_clean_text(std::string_view text, const std::string& path, Problems& problems) {
    if (text.size() > longest_text) wrong(problems, path, "platform.too_long");
    else if (std::any_of(text.begin(), text.end(), is_control_character) || !is_valid_utf8(text))
        wrong(problems, path, "platform.not_text");
    else return true;
    return false;
}

bool read_text(const boost::json::value& value, std::string& text, const std::string& path,
               Problems& problems) {
    if (!value.is_string()) {
        wrong(problems, path, "platform.must_be_text");
        return false;
    }
    const std::string_view given(value.get_string().data(), value.get_string().size());
    if (!is_clean_text(given, path, problems)) return false;
    text = given;
    return true;
}

void add_path_values(boost::json::value& body,
                     const std::vector<std::pair<std::string, std::string>>& path_values,
                     const std::vector<std::string_view>& number_fields, Problems& problems) {
    auto& object = body.get_object();
    for (const auto& [name, text] : path_values) {
        boost::json::value given = boost::json::string(text);
        if (std::find(number_fields.begin(), number_fields.end(), name) != number_fields.end()) {
            std::int64_t number = 0;
            const auto end = text.data() + text.size();
            if (std::from_chars(text.data(), end, number).ptr == end && !text.empty()) given = number;
        }
        const auto* other = object.if_contains(name);
        if (other && *other != given) wrong(problems, name, "platform.contradicts_address");
        object[name] = std::move(given);
    }
}

}  // namespace gw::json
