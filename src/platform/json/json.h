// Described structs as JSON, read and written. Field names are spelled as in C++.
// Reading lists every mistake with the field it is in; writing appends to a text without a tree in between.
#pragma once
#include <algorithm>
#include <boost/json/value.hpp>
#include <charconv>
#include <concepts>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/problem.h"
#include "platform/record.h"
#include "platform/text.h"

namespace gw {

struct Upload;

// A text that already is JSON (the detail of an audit entry); written as it stands.
struct JsonText {
    std::string text = "null";
};

namespace json {

// Between the years 1900 and 2200, so that arithmetic with moments of a request cannot overflow.
constexpr bool is_plausible_moment(std::int64_t milliseconds) {
    return milliseconds > -2'208'988'800'000 && milliseconds < 7'258'118'400'000;
}

inline constexpr std::size_t longest_text = 20'000;  // bytes; no field of a person is longer

void append_text(std::string& out, std::string_view text);  // quoted and escaped
void append_number(std::string& out, std::int64_t number);
void append_real(std::string& out, double number);
// The value of a JSON text; an empty text is an empty object. Adds a problem when it is not JSON.
bool parse(std::string_view text, boost::json::value& value, Problems& problems);
void wrong(Problems& problems, const std::string& path, const char* key);
bool read_text(const boost::json::value& value, std::string& text, const std::string& path,
               Problems& problems);
bool is_clean_text(std::string_view text, const std::string& path, Problems& problems);

}  // namespace json

template <class T>
void write_json(std::string& out, const T& value) {
    if constexpr (is_optional<T>) {
        if (value) write_json(out, *value);
        else out += "null";
    } else if constexpr (is_list<T>) {
        out += '[';
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (i > 0) out += ',';
            if constexpr (std::same_as<typename T::value_type, bool>) out += value[i] ? "true" : "false";
            else write_json(out, value[i]);
        }
        out += ']';
    } else if constexpr (std::same_as<T, JsonText>) {
        out += value.text.empty() ? "null" : value.text;
    } else if constexpr (std::same_as<T, Moment>) {
        json::append_number(out, value.milliseconds);
    } else if constexpr (Textual<T>) {
        json::append_text(out, to_text(value));
    } else if constexpr (Record<T>) {
        out += '{';
        bool is_first = true;
        each_field(value, [&](const char* name, const auto& field) {
            if (!is_first) out += ',';
            is_first = false;
            out += '"';
            out += name;
            out += "\":";
            write_json(out, field);
        });
        out += '}';
    } else if constexpr (std::same_as<T, bool>) {
        out += value ? "true" : "false";
    } else if constexpr (std::is_integral_v<T>) {
        json::append_number(out, static_cast<std::int64_t>(value));
    } else if constexpr (std::is_floating_point_v<T>) {
        json::append_real(out, value);
    } else {
        static_assert(std::convertible_to<const T&, std::string_view>,
                      "teach json.h this type, or give it a text form");
        json::append_text(out, value);
    }
}

template <class T>
std::string to_json(const T& value) {
    std::string out;
    write_json(out, value);
    return out;
}

// Fills `value` from JSON. Every mistake is added to `problems`, not only the first. A field that is absent
// keeps the default its struct gives it only when it is optional or a list; any other must be there.
template <class T>
void read_json(const boost::json::value& from, T& value, Problems& problems, const std::string& path = "") {
    if constexpr (is_optional<T>) {
        if (from.is_null()) value.reset();
        else read_json(from, value.emplace(), problems, path);
    } else if constexpr (is_list<T>) {
        if (!from.is_array()) return json::wrong(problems, path, "platform.must_be_list");
        const auto& list = from.get_array();
        value.resize(list.size());
        for (std::size_t i = 0; i < list.size(); ++i)
            read_json(list[i], value[i], problems, path + "/" + std::to_string(i));
    } else if constexpr (std::same_as<T, Moment>) {
        if (from.is_int64() && json::is_plausible_moment(from.get_int64()))
            value.milliseconds = from.get_int64();
        else json::wrong(problems, path, "platform.must_be_moment");
    } else if constexpr (Textual<T>) {
        if (!from.is_string() ||
            !from_text(std::string_view(from.get_string().data(), from.get_string().size()), value))
            json::wrong(problems, path,
                        std::same_as<T, Date> ? "platform.must_be_day" : "platform.not_valid");
    } else if constexpr (Record<T>) {
        if (!from.is_object()) return json::wrong(problems, path, "platform.must_be_object");
        const auto& object = from.get_object();
        std::vector<std::string_view> known;
        each_field(value, [&](const char* name, auto& field) {
            using Field = std::remove_cvref_t<decltype(field)>;
            if constexpr (!std::same_as<Field, Upload>) {  // an upload is a body of its own
                known.push_back(name);
                const std::string field_path = path.empty() ? name : path + "/" + name;
                if (const auto* found = object.if_contains(name))
                    read_json(*found, field, problems, field_path);
                else if constexpr (!is_optional<Field> && !is_list<Field>)
                    json::wrong(problems, field_path, "platform.required");
            }
        });
        for (const auto& entry : object)
            if (std::find(known.begin(), known.end(),
                          std::string_view(entry.key().data(), entry.key().size())) == known.end())
                json::wrong(problems, (path.empty() ? "" : path + "/") + std::string(entry.key()),
                            "platform.unknown_field");
    } else if constexpr (std::same_as<T, bool>) {
        if (from.is_bool()) value = from.get_bool();
        else json::wrong(problems, path, "platform.must_be_yes_or_no");
    } else if constexpr (std::is_integral_v<T>) {
        const bool fits = from.is_int64() && std::in_range<T>(from.get_int64());
        if (fits) value = static_cast<T>(from.get_int64());
        else json::wrong(problems, path, "platform.must_be_whole_number");
    } else {
        static_assert(std::same_as<T, std::string>, "teach json.h this type, or give it a text form");
        json::read_text(from, value, path, problems);
    }
}

template <class T>
void read_value(std::string_view text, T& value, const std::string& path, Problems& problems);

// Fills the fields of `record` from named texts, as they come from an address.
template <Record T>
void read_values(const std::vector<std::pair<std::string, std::string>>& values, T& record,
                 Problems& problems) {
    std::vector<std::string_view> known;
    each_field(record, [&](const char* name, auto& field) {
        using Field = std::remove_cvref_t<decltype(field)>;
        if constexpr (!std::same_as<Field, Upload>) {
            known.push_back(name);
            const std::string* text = nullptr;
            for (const auto& [key, given] : values)
                if (key == name && !text) text = &given;
            if constexpr (is_list<Field>) {
                if (!text) return;
                std::size_t start = 0;
                while (start <= text->size() && !text->empty()) {
                    const auto end = std::min(text->find(',', start), text->size());
                    read_value(std::string_view(*text).substr(start, end - start), field.emplace_back(), name,
                               problems);
                    start = end + 1;
                }
            } else if (text && !(is_optional<Field> && text->empty())) {
                if constexpr (is_optional<Field>) read_value(*text, field.emplace(), name, problems);
                else read_value(*text, field, name, problems);
            } else if constexpr (!is_optional<Field>) {
                json::wrong(problems, name, "platform.required");
            }
        }
    });
    for (const auto& [key, given] : values)
        if (std::find(known.begin(), known.end(), key) == known.end())
            json::wrong(problems, key, "platform.unknown_field");
}

// Fills one value from its text form.
template <class T>
void read_value(std::string_view text, T& value, const std::string& path, Problems& problems) {
    if constexpr (std::same_as<T, bool>) {
        value = text == "true";
        if (text != "true" && text != "false") json::wrong(problems, path, "platform.must_be_yes_or_no");
    } else if constexpr (std::same_as<T, Moment> || std::is_integral_v<T>) {
        std::int64_t number = 0;
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (fault != std::errc{} || end != text.data() + text.size())
            json::wrong(problems, path, "platform.must_be_whole_number");
        else if constexpr (std::same_as<T, Moment>) {
            if (json::is_plausible_moment(number)) value.milliseconds = number;
            else json::wrong(problems, path, "platform.must_be_moment");
        } else if (!std::in_range<T>(number)) json::wrong(problems, path, "platform.must_be_whole_number");
        else value = static_cast<T>(number);
    } else if constexpr (Textual<T>) {
        if (!from_text(text, value))
            json::wrong(problems, path,
                        std::same_as<T, Date> ? "platform.must_be_day" : "platform.not_valid");
    } else if constexpr (Record<T> || is_list<T>) {
        json::wrong(problems, path, "platform.not_valid");  // an address cannot hold one
    } else {
        if (json::is_clean_text(text, path, problems)) value = std::string(text);
    }
}

// Reads a request: the body is a JSON object, the path values are added to it. A field given in both places
// with different values is a mistake.
template <Record T>
void read_json_text(std::string_view body, T& record,
                    const std::vector<std::pair<std::string, std::string>>& path_values, Problems& problems);

template <class T>
inline constexpr bool is_number = std::is_integral_v<T> && !std::same_as<T, bool>;
template <class T>
inline constexpr bool is_number<std::optional<T>> = is_number<T>;

namespace json {
// Puts the path values into the body's object.
void add_path_values(boost::json::value& body,
                     const std::vector<std::pair<std::string, std::string>>& path_values,
                     const std::vector<std::string_view>& number_fields, Problems& problems);
}  // namespace json

template <Record T>
void read_json_text(std::string_view body, T& record,
                    const std::vector<std::pair<std::string, std::string>>& path_values, Problems& problems) {
    boost::json::value value;
    if (!json::parse(body, value, problems)) return;
    std::vector<std::string_view> number_fields;
    each_field(record, [&](const char* name, auto& field) {
        using Field = std::remove_cvref_t<decltype(field)>;
        if constexpr (is_number<Field>) number_fields.push_back(name);
    });
    json::add_path_values(value, path_values, number_fields, problems);
    read_json(value, record, problems);
}

}  // namespace gw
