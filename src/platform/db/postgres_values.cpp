#include "platform/db/postgres_values.h"

#include <array>
#include <charconv>

#include "platform/db/statement_text.h"

namespace gw {

std::string text_of(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::to_string(*whole);
    std::array<char, 32> digits{};
    const auto* real = std::get_if<double>(&value);
    const auto [end, error] =
        std::to_chars(digits.data(), digits.data() + digits.size(), real == nullptr ? 0.0 : *real);
    return {digits.data(), end};
}

void add_array_element(const Value& value, std::string& array) {
    if (array.size() > 1) array += ',';
    if (std::holds_alternative<std::monostate>(value)) {
        array += "NULL";
        return;
    }
    check_value(value);
    const auto* text = std::get_if<std::string>(&value);
    if (text == nullptr) {
        array += text_of(value);
        return;
    }
    array += '"';
    for (const char c : *text) {
        if (c == '"' || c == '\\') array += '\\';
        array += c;
    }
    array += '"';
}

void add_copy_line(std::span<const Value> row, std::string& lines) {
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (i > 0) lines += '\t';
        if (std::holds_alternative<std::monostate>(row[i])) {
            lines += "\\N";
            continue;
        }
        check_value(row[i]);
        for (const char c : text_of(row[i])) {
            switch (c) {
                case '\\': lines += "\\\\"; break;
                case '\t': lines += "\\t"; break;
                case '\n': lines += "\\n"; break;
                case '\r': lines += "\\r"; break;
                default: lines += c;
            }
        }
    }
    lines += '\n';
}

}  // namespace gw
